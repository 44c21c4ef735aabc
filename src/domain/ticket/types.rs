//! The ticket and the words its fields are made of.

use super::{Priority, Rank, TicketNumber};
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementVersionId, CategoryId, DeskId, GroupId, OrganisationId, ServiceId, SystemId, TicketId, UserId,
};
use crate::domain::routing::{ActivityCode, SupportLevelCode};
use crate::text_enum;

text_enum! {
    /// What a ticket is (ITIL 4 practices; Bilaga 4 of the support requirements).
    pub enum TicketKind {
        /// Something doesn't work as agreed.
        Incident = "incident",
        /// Something is ordered or asked for.
        Request = "request",
        /// The cause of incidents is sought.
        Problem = "problem",
        /// Something is to be altered.
        Change = "change",
    }
}

impl TicketKind {
    /// Whether people can file this kind now.
    #[must_use]
    pub const fn can_be_filed(self) -> bool {
        matches!(self, Self::Incident | Self::Request)
    }
}

text_enum! {
    /// Where a ticket stands.
    pub enum Status {
        /// Registered; nobody has it yet.
        New = "new",
        /// A group or person has been given it.
        Assigned = "assigned",
        /// Somebody works on it.
        InProgress = "inProgress",
        /// It waits for somebody or something outside.
        Waiting = "waiting",
        /// Solved; the requester hasn't confirmed yet.
        Resolved = "resolved",
        /// Done and verified.
        Closed = "closed",
        /// Withdrawn.
        Cancelled = "cancelled",
    }
}

impl Status {
    /// Whether work remains.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::New | Self::Assigned | Self::InProgress | Self::Waiting => true,
            Self::Resolved | Self::Closed | Self::Cancelled => false,
        }
    }
}

text_enum! {
    /// What a person can do to a ticket's state.
    pub enum Action {
        /// Take it and begin.
        Take = "take",
        /// Give it to a person, or to another group in the same line.
        Assign = "assign",
        /// Hand it to another line or an external group.
        Escalate = "escalate",
        /// Give it back to the group that owns it.
        Return = "return",
        /// Let it wait.
        Wait = "wait",
        /// Go on after waiting.
        Resume = "resume",
        /// Solve it.
        Resolve = "resolve",
        /// Confirm and close it.
        Close = "close",
        /// Open it again.
        Reopen = "reopen",
        /// Withdraw it.
        Cancel = "cancel",
    }
}

text_enum! {
    /// What the product does to a ticket's state by itself.
    pub enum SystemAction {
        /// The requester answered a ticket that waited for it.
        AnswerArrived = "answerArrived",
        /// The planned waiting time is over.
        WaitEnded = "waitEnded",
        /// Nobody objected to the solution in time.
        AutoClose = "autoClose",
    }
}

text_enum! {
    /// How a ticket came in.
    pub enum Channel {
        /// Written by the requester in the portal.
        Portal = "portal",
        /// Came as e-mail.
        Email = "email",
        /// Told on the phone or at the desk, registered by staff.
        Phone = "phone",
        /// Raised by monitoring.
        Alarm = "alarm",
        /// Filed by another system.
        Api = "api",
        /// Anything else.
        Other = "other",
    }
}

text_enum! {
    /// The line of support a group stands in (domain A, C2).
    pub enum Line {
        /// The servicedesk.
        First = "1",
        /// IT workplace, IT infrastructure.
        Second = "2",
        /// Specialists.
        Third = "3",
        /// A supplier's group.
        External = "external",
    }
}

text_enum! {
    /// Whom a waiting ticket waits for.
    pub enum WaitingFor {
        /// An answer of the requester.
        Requester = "requester",
        /// A supplier.
        Supplier = "supplier",
        /// A planned time: a visit, a maintenance window.
        Planned = "planned",
    }
}

text_enum! {
    /// Who reads a message.
    pub enum Visibility {
        /// The requester and staff.
        Public = "public",
        /// Staff only.
        Internal = "internal",
    }
}

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its key.
    pub id: TicketId,
    /// Its human number, `INC-1042`.
    pub number: TicketNumber,
    /// What it is.
    pub kind: TicketKind,
    /// Where it stands.
    pub status: Status,
    /// The desk it lies at.
    pub desk: DeskId,
    /// One line that says what it is about.
    pub subject: String,
    /// The matter in the requester's words.
    pub description: String,
    /// How it came in.
    pub channel: Channel,
    /// Whom it is for.
    pub requester: UserId,
    /// Who registered it.
    pub registered_by: UserId,
    /// The requester's organisation when it was filed; it doesn't follow the person.
    pub organisation: OrganisationId,
    /// The customer (top of the organisation tree) when it was filed.
    pub customer: OrganisationId,
    /// The service it concerns.
    pub service: Option<ServiceId>,
    /// The business system it concerns.
    pub system: Option<SystemId>,
    /// Its category.
    pub category: Option<CategoryId>,
    /// The support level of what it concerns: which chain of support holds for it.
    pub support_level: Option<SupportLevelCode>,
    /// What is to be done, in the words of the responsibility matrix.
    pub activity: Option<ActivityCode>,
    /// How much is hit.
    pub impact: Rank,
    /// How soon it hurts.
    pub urgency: Rank,
    /// Impact × urgency, raised by the priority list or set by a rule.
    pub priority: Priority,
    /// The version of the agreement that says what was promised.
    pub agreement: Option<AgreementVersionId>,
    /// The line it lies in.
    pub line: Line,
    /// The group that has it.
    pub group: GroupId,
    /// The group that owns it to the verified close: the desk's first line.
    pub owner_group: GroupId,
    /// The person who has it.
    pub assignee: Option<UserId>,
    /// Whom it waits for, while it waits.
    pub waiting: Option<Waiting>,
    /// When it was filed.
    pub opened_at: Instant,
    /// When staff first answered or solved it.
    pub first_response_at: Option<Instant>,
    /// When it was last resolved; empty again once re-opened.
    pub resolved_at: Option<Instant>,
    /// When it was closed or cancelled.
    pub closed_at: Option<Instant>,
    /// How it was resolved.
    pub resolution: Option<Resolution>,
    /// When it was last re-opened.
    pub reopened_at: Option<Instant>,
    /// How often it was re-opened.
    pub reopen_count: i64,
    /// Microseconds it was open up to its last resolution, the times in between left out.
    pub open_micros: i64,
    /// When anything last happened to it.
    pub updated_at: Instant,
    /// Rises by one with every command; what an editor saw must still hold.
    pub version: i64,
    /// Its id in the system it was imported from.
    pub external_id: Option<String>,
}

/// Whom or what a ticket waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Waiting {
    /// Whom.
    pub waiting_for: WaitingFor,
    /// When it goes on by itself.
    pub until: Option<Instant>,
}

/// How a ticket was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// What was done.
    pub solution: String,
    /// The line it lay in.
    pub line: Line,
    /// The group it lay with.
    pub group: GroupId,
    /// Who resolved it; nobody known for some imported tickets.
    pub by: Option<UserId>,
}
