//! What people and the product ask of a ticket.

use super::{
    Action, Channel, HandOverReason, Line, LinkKind, Priority, Rank, SystemAction, TicketKind, TicketNumber,
    Visibility, WaitingFor, priority_of,
};
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementVersionId, AttachmentId, CategoryId, DeskId, GroupId, MessageId, OrganisationId, ServiceId,
    SystemId, UserId,
};
use crate::domain::routing::{ActivityCode, PriorityReason, Routed, SupportLevelCode};
use crate::domain::text::{Body, Reason, Subject};

/// A ticket about to be filed; everything has been looked up and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What it is.
    pub kind: TicketKind,
    /// The desk that takes it in.
    pub desk: DeskId,
    /// The desk's first-line group, which will own it.
    pub group: GroupRef,
    /// The subject.
    pub subject: Subject,
    /// The description; may be empty when the subject says it all.
    pub description: Option<Body>,
    /// How it came in.
    pub channel: Channel,
    /// Whom it is for.
    pub requester: UserId,
    /// Who registers it.
    pub registered_by: UserId,
    /// The requester's organisation at this moment.
    pub organisation: OrganisationId,
    /// The top of that organisation's tree.
    pub customer: OrganisationId,
    /// The service.
    pub service: Option<ServiceId>,
    /// The system.
    pub system: Option<SystemId>,
    /// The category.
    pub category: Option<CategoryId>,
    /// The impact.
    pub impact: Rank,
    /// The urgency.
    pub urgency: Rank,
    /// What the desk's policies make of it; nothing for what comes from another system.
    pub terms: Terms,
}

/// What the desk's policies make of a ticket as it is filed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The support level of what it concerns.
    pub support_level: Option<SupportLevelCode>,
    /// What is to be done.
    pub activity: Option<ActivityCode>,
    /// The version of the agreement that says what is promised.
    pub agreement: Option<AgreementVersionId>,
    /// How priority and group were decided.
    pub routed: Option<Box<Routed>>,
    /// The group it goes to at once, when that isn't the intake group.
    pub group: Option<GroupRef>,
}

impl Opening {
    /// The priority it will get.
    #[must_use]
    pub fn priority(&self) -> Priority {
        let routed = self.terms.routed.as_ref();
        routed.map_or_else(|| priority_of(self.impact, self.urgency), |routed| routed.priority)
    }
}

/// A group as far as the lifecycle needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupRef {
    /// The group.
    pub id: GroupId,
    /// Its line.
    pub line: Line,
}

/// In which capacity somebody acts on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByRole {
    /// As the one it is for, or the program that raised it.
    Requester,
    /// As staff.
    Staff,
    /// The product itself.
    System,
    /// As the supplier's group that has it, by a signed link.
    External,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// The person; nobody for the product itself and for suppliers.
    pub user: Option<UserId>,
    /// In which capacity.
    pub role: ByRole,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Take it; into the taker's group when that stands in the same line.
    Take {
        /// The group the taker works in, when it isn't the ticket's.
        group: Option<GroupRef>,
    },
    /// Give it to a person, or to another group in the same line.
    Assign {
        /// The group.
        group: GroupRef,
        /// The person.
        assignee: Option<UserId>,
    },
    /// Hand it to another line or an external group.
    Escalate {
        /// The group.
        to: GroupRef,
        /// Why.
        reason: Reason,
        /// Why, as a code.
        code: Option<HandOverReason>,
    },
    /// Give it back to its owner.
    Return {
        /// The owner group.
        owner: GroupRef,
        /// Why.
        reason: Reason,
        /// Why, as a code.
        code: Option<HandOverReason>,
    },
    /// Let it wait.
    Wait {
        /// For whom.
        waiting_for: WaitingFor,
        /// Until when.
        until: Option<Instant>,
    },
    /// Go on.
    Resume,
    /// Solve it.
    Resolve {
        /// What was done.
        solution: Body,
        /// The category found while solving.
        category: Option<CategoryId>,
    },
    /// Close it.
    Close,
    /// Open it again.
    Reopen {
        /// Why.
        reason: Reason,
    },
    /// Withdraw it.
    Cancel {
        /// Why.
        reason: Reason,
    },
    /// Change its fields.
    Edit(Edit),
    /// Write a message.
    AddMessage {
        /// Which.
        message: MessageId,
        /// Who reads it.
        visibility: Visibility,
    },
    /// Add a file.
    AddAttachment {
        /// Which.
        attachment: AttachmentId,
        /// Its name.
        name: String,
        /// Who may fetch it.
        visibility: Visibility,
    },
    /// Link it.
    AddLink {
        /// What it is to the other.
        link: LinkKind,
        /// The other.
        other: TicketNumber,
    },
    /// Take a link away.
    RemoveLink {
        /// What it was to the other.
        link: LinkKind,
        /// The other.
        other: TicketNumber,
    },
    /// Judge whether the first line could have solved what another line solved.
    ReviewFirstLine {
        /// Whether it could have.
        could_have_solved: bool,
        /// What it would have taken, or why not.
        note: Option<Reason>,
    },
    /// Make a link for the supplier's group that has it.
    CreateExternalLink {
        /// Its random id.
        id: String,
        /// Until when it is good.
        until: Instant,
    },
    /// Answer the desk as that group.
    AnswerExternally {
        /// What it writes.
        text: Body,
    },
    /// What the product does by itself.
    System(SystemAction),
}

impl Command {
    /// The lifecycle action it stands for, if it moves the ticket.
    #[must_use]
    pub const fn action(&self) -> Option<Action> {
        Some(match self {
            Self::Take { .. } => Action::Take,
            Self::Assign { .. } => Action::Assign,
            Self::Escalate { .. } => Action::Escalate,
            Self::Return { .. } => Action::Return,
            Self::Wait { .. } => Action::Wait,
            Self::Resume => Action::Resume,
            Self::Resolve { .. } => Action::Resolve,
            Self::Close => Action::Close,
            Self::Reopen { .. } => Action::Reopen,
            Self::Cancel { .. } => Action::Cancel,
            Self::Edit(_)
            | Self::AddMessage { .. }
            | Self::AddAttachment { .. }
            | Self::AddLink { .. }
            | Self::RemoveLink { .. }
            | Self::ReviewFirstLine { .. }
            | Self::CreateExternalLink { .. }
            | Self::AnswerExternally { .. }
            | Self::System(_) => return None,
        })
    }
}

/// New values for fields; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    /// The subject.
    pub subject: Option<Subject>,
    /// The description; `Some(None)` empties it.
    pub description: Option<Option<Body>>,
    /// The service; `Some(None)` takes it away.
    pub service: Option<Option<ServiceId>>,
    /// The system; `Some(None)` takes it away.
    pub system: Option<Option<SystemId>>,
    /// The category; `Some(None)` takes it away.
    pub category: Option<Option<CategoryId>>,
    /// The support level; `Some(None)` takes it away.
    pub support_level: Option<Option<SupportLevelCode>>,
    /// What is to be done; `Some(None)` takes it away.
    pub activity: Option<Option<ActivityCode>>,
    /// The impact.
    pub impact: Option<Rank>,
    /// The urgency.
    pub urgency: Option<Rank>,
    /// What the policies make of impact, urgency and system, when any of them changes.
    pub priority: Option<(Priority, PriorityReason)>,
}
