//! What can be allowed.

use crate::text_enum;

text_enum! {
    /// One thing that somebody may or may not do.
    pub enum Permission {
        /// Read a ticket, its public messages and its history.
        TicketView = "ticketView",
        /// Read internal notes.
        TicketViewInternal = "ticketViewInternal",
        /// File a ticket for oneself.
        TicketCreate = "ticketCreate",
        /// Register a ticket for somebody else (a phone call, a visit).
        TicketCreateOnBehalf = "ticketCreateOnBehalf",
        /// Write a message that the requester reads.
        TicketReply = "ticketReply",
        /// Write an internal note.
        TicketNote = "ticketNote",
        /// Change subject, classification, impact and urgency.
        TicketEdit = "ticketEdit",
        /// Take a ticket.
        TicketTake = "ticketTake",
        /// Give a ticket to a group or a person.
        TicketAssign = "ticketAssign",
        /// Hand a ticket to another line or an external group, or back.
        TicketEscalate = "ticketEscalate",
        /// Let a ticket wait, and go on with it.
        TicketWait = "ticketWait",
        /// Resolve a ticket.
        TicketResolve = "ticketResolve",
        /// Close a ticket.
        TicketClose = "ticketClose",
        /// Open a resolved or closed ticket again.
        TicketReopen = "ticketReopen",
        /// Cancel a ticket.
        TicketCancel = "ticketCancel",
        /// Link tickets.
        TicketLink = "ticketLink",
        /// Judge whether the first line could have solved a ticket that another line solved.
        TicketReview = "ticketReview",
        /// Add a file to a ticket.
        AttachmentAdd = "attachmentAdd",
        /// See the queues of the workspace.
        QueueView = "queueView",
        /// Look up people.
        DirectoryView = "directoryView",
        /// Create and change people, their roles and memberships.
        PeopleManage = "peopleManage",
        /// Create and change organisations.
        OrganisationManage = "organisationManage",
        /// Create and change groups and their members.
        GroupManage = "groupManage",
        /// Create and change categories, services and systems.
        CatalogueManage = "catalogueManage",
        /// Read the desk's policies: calendars, agreements, priority list, responsibilities, rules.
        PolicyView = "policyView",
        /// Change the desk's policies.
        PolicyManage = "policyManage",
        /// Read the figures; by the relation `represented` only those of that organisation.
        ReportView = "reportView",
        /// Import tickets from another system.
        TicketImport = "ticketImport",
        /// See and retry failed jobs.
        JobsManage = "jobsManage",
        /// Set up mailboxes and mail domains.
        MailManage = "mailManage",
    }
}

impl Permission {
    /// Whether it is about one ticket, so that the relation to the ticket matters.
    #[must_use]
    pub const fn concerns_ticket(self) -> bool {
        match self {
            Self::TicketView
            | Self::TicketViewInternal
            | Self::TicketReply
            | Self::TicketNote
            | Self::TicketEdit
            | Self::TicketTake
            | Self::TicketAssign
            | Self::TicketEscalate
            | Self::TicketWait
            | Self::TicketResolve
            | Self::TicketClose
            | Self::TicketReopen
            | Self::TicketCancel
            | Self::TicketLink
            | Self::TicketReview
            | Self::AttachmentAdd => true,
            Self::TicketCreate
            | Self::TicketCreateOnBehalf
            | Self::QueueView
            | Self::DirectoryView
            | Self::PeopleManage
            | Self::OrganisationManage
            | Self::GroupManage
            | Self::CatalogueManage
            | Self::PolicyView
            | Self::PolicyManage
            | Self::ReportView
            | Self::TicketImport
            | Self::JobsManage
            | Self::MailManage => false,
        }
    }
}
