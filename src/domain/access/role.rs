//! The roles a person can hold (domain A).

use crate::text_enum;

text_enum! {
    /// What somebody is in the organisation; a person may hold several.
    pub enum Role {
        /// Employee, teacher, pupil or elected politician: files and follows own tickets.
        Requester = "requester",
        /// Orders what only managers may order; sees the tickets of the managed units.
        Manager = "manager",
        /// Works tickets of the desks whose groups the person belongs to, in any line.
        Agent = "agent",
        /// An agent who leads groups and moves work between people.
        GroupLead = "groupLead",
        /// Owns the problem process.
        ProblemManager = "problemManager",
        /// Owns the change process.
        ChangeManager = "changeManager",
        /// Votes in the change advisory board.
        CabMember = "cabMember",
        /// Leads the handling of major incidents.
        MajorIncidentCoordinator = "majorIncidentCoordinator",
        /// Follows the figures of the own organisation.
        OrganisationRepresentative = "organisationRepresentative",
        /// Member of the board or its secretary: reports only, never a single ticket.
        Board = "board",
        /// Runs the installation.
        Administrator = "administrator",
        /// A program: monitoring, HR feed, intranet.
        Integration = "integration",
    }
}

impl Role {
    /// Whether its holder works with tickets in the staff workspace.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        match self {
            Self::Agent
            | Self::GroupLead
            | Self::ProblemManager
            | Self::ChangeManager
            | Self::MajorIncidentCoordinator
            | Self::Administrator => true,
            Self::Requester
            | Self::Manager
            | Self::CabMember
            | Self::OrganisationRepresentative
            | Self::Board
            | Self::Integration => false,
        }
    }

    /// Whether it is held for an organisation and everything below it, not for the whole installation.
    #[must_use]
    pub const fn is_held_for_one_organisation(self) -> bool {
        matches!(self, Self::Manager | Self::OrganisationRepresentative)
    }

    /// Whether whoever is given this role is given [`Role::Requester`] too: people file tickets of
    /// their own, the board as such and programs don't.
    #[must_use]
    pub const fn also_requester(self) -> bool {
        !matches!(self, Self::Board | Self::Integration)
    }
}
