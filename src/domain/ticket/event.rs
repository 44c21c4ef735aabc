//! What has happened to a ticket: who, when, what, old → new. Only ever added to.

use super::{
    Channel, HandOverReason, Line, LinkKind, Priority, Rank, SystemAction, TicketKind, TicketNumber,
    Visibility, Waiting,
};
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementVersionId, AttachmentId, CategoryId, DeskId, GroupId, InboundMailId, MessageId, OrganisationId,
    ServiceId, SystemId, UserId,
};
use crate::domain::mail::Classification;
use crate::domain::routing::{ActivityCode, PriorityReason, Routed, SupportLevelCode};
use crate::domain::sla::agreement::{Metric, Tell};
use crate::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The way an event came about.
    pub enum Origin {
        /// In the portal.
        Portal = "portal",
        /// In the staff workspace.
        Workspace = "workspace",
        /// Through the REST API.
        Api = "api",
        /// Taken over from another system; it happened there.
        Import = "import",
        /// By the product itself.
        System = "system",
        /// By a supplier's group through a signed link; nobody is signed in.
        External = "external",
        /// By e-mail.
        Email = "email",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketEvent {
    /// Its place in the ticket's history, from 1.
    pub sequence: i64,
    /// When.
    pub at: Instant,
    /// Who; nobody when the product did it, or a supplier by a link.
    pub actor: Option<UserId>,
    /// By which way.
    pub origin: Origin,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum EventKind {
    /// The ticket was filed, with all it began with.
    Opened {
        /// Its number's sequence.
        number: i64,
        /// What it is.
        kind: TicketKind,
        /// The desk.
        desk: DeskId,
        /// The subject.
        subject: String,
        /// The description.
        description: String,
        /// How it came in.
        channel: Channel,
        /// Whom it is for.
        requester: UserId,
        /// Who registered it.
        registered_by: UserId,
        /// The organisation.
        organisation: OrganisationId,
        /// The customer.
        customer: OrganisationId,
        /// The service.
        service: Option<ServiceId>,
        /// The system.
        system: Option<SystemId>,
        /// The category.
        category: Option<CategoryId>,
        /// The impact.
        impact: Rank,
        /// The urgency.
        urgency: Rank,
        /// The priority.
        priority: Priority,
        /// The line.
        line: Line,
        /// The group that has and owns it.
        group: GroupId,
        /// The id in the system it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external_id: Option<String>,
        /// The support level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        support_level: Option<SupportLevelCode>,
        /// What is to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        activity: Option<ActivityCode>,
        /// The version of the agreement that says what was promised.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<AgreementVersionId>,
        /// How priority and group were decided, when more than impact and urgency decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        routed: Option<Box<Routed>>,
    },
    /// The product gave it to the group that the responsibility matrix or a rule names.
    Routed {
        /// The intake group.
        from_group: GroupId,
        /// The group after.
        to_group: GroupId,
        /// The line before.
        from_line: Line,
        /// The line after.
        to_line: Line,
    },
    /// Another agreement holds for it, because what it concerns or its priority changed.
    AgreementChanged {
        /// The version before.
        from: Option<AgreementVersionId>,
        /// The version after.
        to: Option<AgreementVersionId>,
    },
    /// A clock has used up a share of its time.
    ClockWarned {
        /// What is measured.
        metric: Metric,
        /// The share in per cent.
        percent: u8,
        /// When it is due.
        due_at: Instant,
        /// Who is told.
        tells: Vec<Tell>,
    },
    /// A promise was broken.
    ClockBreached {
        /// What is measured.
        metric: Metric,
        /// When it was due.
        due_at: Instant,
        /// Who is told.
        tells: Vec<Tell>,
    },
    /// Somebody took it.
    Taken {
        /// Who had it.
        from: Option<UserId>,
        /// Who has it.
        to: UserId,
        /// The group it moves to when the taker works in another of the same line.
        group: GroupId,
    },
    /// It was given to a person or to another group in the same line.
    Assigned {
        /// The group before.
        from_group: GroupId,
        /// The group after.
        to_group: GroupId,
        /// The person before.
        from: Option<UserId>,
        /// The person after.
        to: Option<UserId>,
    },
    /// It was handed to another line.
    Escalated {
        /// The group before.
        from_group: GroupId,
        /// The group after.
        to_group: GroupId,
        /// The line before.
        from_line: Line,
        /// The line after.
        to_line: Line,
        /// Why.
        reason: String,
        /// Why, as a code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<HandOverReason>,
    },
    /// It was given back to its owner.
    Returned {
        /// The group before.
        from_group: GroupId,
        /// The owner group.
        to_group: GroupId,
        /// The line before.
        from_line: Line,
        /// The line after.
        to_line: Line,
        /// Why.
        reason: String,
        /// Why, as a code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<HandOverReason>,
    },
    /// It began to wait.
    WaitStarted {
        /// For whom and until when.
        waiting: Waiting,
    },
    /// It stopped waiting.
    WaitEnded {
        /// What made it go on when nobody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<SystemAction>,
    },
    /// Staff answered for the first time.
    FirstResponded,
    /// It was solved.
    Resolved {
        /// What was done.
        solution: String,
        /// The line it lay in.
        line: Line,
        /// The group it lay with.
        group: GroupId,
    },
    /// Staff judged afterwards whether the first line could have solved what another line solved.
    FirstLineReviewed {
        /// Whether it could have.
        could_have_solved: bool,
        /// What it would have taken, or why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Staff made a link for the supplier's group that has it.
    ExternalLinkCreated {
        /// The group.
        group: GroupId,
        /// Until when it is good.
        until: Instant,
        /// Its random id; the link itself is signed and can't be made of it.
        id: String,
    },
    /// A mail came in about it that nobody has to answer: an automatic one, a bounce, a stranger's.
    MailNoted {
        /// Which.
        mail: InboundMailId,
        /// What it was taken for.
        what: Classification,
        /// The address it came from, or that a mail of ours didn't reach.
        from: String,
        /// A mail of ours was given up: what their server said (RFC 3463), `5.1.1`; may be empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undelivered: Option<String>,
    },
    /// The supplier answered by a link.
    ExternalAnswered {
        /// The supplier's group.
        group: GroupId,
        /// What it wrote.
        text: String,
    },
    /// It was closed.
    Closed {
        /// What closed it when nobody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<SystemAction>,
    },
    /// It was opened again.
    Reopened {
        /// Why.
        reason: String,
    },
    /// It was withdrawn.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// The subject changed.
    SubjectChanged {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// The description changed.
    DescriptionChanged {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// The service changed.
    ServiceChanged {
        /// Before.
        from: Option<ServiceId>,
        /// After.
        to: Option<ServiceId>,
    },
    /// The system changed.
    SystemChanged {
        /// Before.
        from: Option<SystemId>,
        /// After.
        to: Option<SystemId>,
    },
    /// The support level changed.
    SupportLevelChanged {
        /// Before.
        from: Option<SupportLevelCode>,
        /// After.
        to: Option<SupportLevelCode>,
    },
    /// What is to be done changed.
    ActivityChanged {
        /// Before.
        from: Option<ActivityCode>,
        /// After.
        to: Option<ActivityCode>,
    },
    /// What it concerns changed, and responsibility and rules say anew whose it is. It isn't moved: staff
    /// hand it over, or know better.
    RouteAdvised {
        /// The group they name, and why.
        routed: Box<Routed>,
    },
    /// The category changed.
    CategoryChanged {
        /// Before.
        from: Option<CategoryId>,
        /// After.
        to: Option<CategoryId>,
    },
    /// Impact or urgency changed, and the priority with them.
    PriorityChanged {
        /// Impact before.
        from_impact: Rank,
        /// Urgency before.
        from_urgency: Rank,
        /// Priority before.
        from: Priority,
        /// Impact after.
        impact: Rank,
        /// Urgency after.
        urgency: Rank,
        /// Priority after.
        to: Priority,
        /// Why, when more than impact and urgency decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<PriorityReason>,
    },
    /// A message was written.
    MessageAdded {
        /// Which.
        message: MessageId,
        /// Who reads it.
        visibility: Visibility,
    },
    /// A file was added.
    AttachmentAdded {
        /// Which.
        attachment: AttachmentId,
        /// Its name.
        name: String,
        /// Who may fetch it.
        visibility: Visibility,
    },
    /// It was linked to another ticket.
    LinkAdded {
        /// What it is to the other.
        link: LinkKind,
        /// The other's number.
        other: String,
    },
    /// A link was taken away.
    LinkRemoved {
        /// What it was to the other.
        link: LinkKind,
        /// The other's number.
        other: String,
    },
}

impl EventKind {
    /// Whether only staff may see it: what would tell a requester of notes, internal files, what suppliers
    /// write to the desk and how staff judge each other's work.
    #[must_use]
    pub const fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::MessageAdded { visibility: Visibility::Internal, .. }
                | Self::AttachmentAdded { visibility: Visibility::Internal, .. }
                | Self::ClockWarned { .. }
                | Self::FirstLineReviewed { .. }
                | Self::RouteAdvised { .. }
                | Self::MailNoted { .. }
                | Self::ExternalLinkCreated { .. }
                | Self::ExternalAnswered { .. }
        )
    }

    /// The number an opening gives its ticket.
    #[must_use]
    pub const fn opened_number(&self) -> Option<TicketNumber> {
        match self {
            Self::Opened { number, kind, .. } => Some(TicketNumber::new(*kind, *number)),
            _ => None,
        }
    }

    /// What responsibility and rules said: when it was filed, or since.
    #[must_use]
    pub fn routed(&self) -> Option<&Routed> {
        match self {
            Self::Opened { routed, .. } => routed.as_deref(),
            Self::RouteAdvised { routed } => Some(routed),
            _ => None,
        }
    }
}
