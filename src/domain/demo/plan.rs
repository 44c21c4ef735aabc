//! What the demo installation consists of. Things refer to each other by their place in the plan's lists.

use std::borrow::Cow;

use crate::domain::access::Role;
use crate::domain::clock::Instant;
use crate::domain::people::OrganisationKind;
use crate::domain::routing::PriorityClass;
use crate::domain::sla::agreement::AgreementKind;
use crate::domain::ticket::{Channel, Line, Rank, TicketKind, Visibility, WaitingFor};

/// Everything but the tickets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoPlan {
    /// The desks; groups and tickets are the first one's.
    pub desks: Vec<DemoNamed>,
    /// The organisations, each after the one it belongs to.
    pub organisations: Vec<DemoOrganisation>,
    /// The resolver groups; the first one takes in and owns the tickets.
    pub groups: Vec<DemoGroup>,
    /// The services.
    pub services: Vec<DemoService>,
    /// The business systems.
    pub systems: Vec<DemoNamed>,
    /// The categories.
    pub categories: Vec<DemoNamed>,
    /// The people, and one program.
    pub users: Vec<DemoUser>,
    /// Whom to show as examples of each role when the logins are printed.
    pub logins: Vec<DemoLogin>,
}

/// A thing with a code and a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoNamed {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A customer organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoOrganisation {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The organisation above.
    pub parent: Option<usize>,
}

/// A resolver group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoGroup {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its line.
    pub line: Line,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoService {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is a base function (domain D2).
    pub is_base_function: bool,
}

/// A system on the priority list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoListed {
    /// Which.
    pub system: usize,
    /// How critical it is.
    pub class: PriorityClass,
}

/// A routing rule: where some tickets go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRule {
    /// What it is called.
    pub name: &'static str,
    /// The tickets are of this kind.
    pub kind: TicketKind,
    /// They came in this way; in any when empty.
    pub channel: Option<Channel>,
    /// They concern this service; any when empty.
    pub service: Option<usize>,
    /// They go to this group.
    pub group: usize,
    /// They get this priority; their own when empty.
    pub priority: Option<i64>,
}

/// What a group or a supplier has promised about the tickets it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoOwnAgreement {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// By a group or a supplier.
    pub kind: AgreementKind,
    /// Whose promise it is.
    pub group: usize,
    /// How long the group may have a ticket, in working days.
    pub working_days: u32,
}

/// A person or program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoUser {
    /// The address, in lower case.
    pub email: String,
    /// The name.
    pub name: String,
    /// The phone number, of some.
    pub phone: Option<String>,
    /// The organisation it belongs to.
    pub organisation: usize,
    /// Another organisation it belongs to as well.
    pub also_in: Option<usize>,
    /// The roles; a manager's and a representative's hold for an organisation.
    pub roles: Vec<(Role, Option<usize>)>,
    /// The groups it works in, and whether it leads them.
    pub groups: Vec<(usize, bool)>,
}

/// An example of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DemoLogin {
    /// The role it shows.
    pub role: Role,
    /// The user.
    pub user: usize,
}

/// A ticket with everything that has happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoTicket {
    /// What it is.
    pub kind: TicketKind,
    /// The subject.
    pub subject: String,
    /// The description.
    pub description: String,
    /// How it came in.
    pub channel: Channel,
    /// Whom it is for.
    pub requester: usize,
    /// Who registered it.
    pub registered_by: usize,
    /// The requester's organisation.
    pub organisation: usize,
    /// The service.
    pub service: Option<usize>,
    /// The system.
    pub system: Option<usize>,
    /// The category.
    pub category: usize,
    /// How much is hit.
    pub impact: Rank,
    /// How soon it hurts.
    pub urgency: Rank,
    /// When it was opened.
    pub opened_at: Instant,
    /// What has happened since, in order. It keeps to the lifecycle.
    pub history: Vec<DemoStep>,
}

/// One thing that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DemoStep {
    /// When.
    pub at: Instant,
    /// Who did it; `None` is the product itself.
    pub actor: Option<usize>,
    /// What.
    pub what: DemoAction,
}

/// What happened; each stands for one command of the lifecycle.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DemoAction {
    /// The actor took it.
    Take,
    /// It was given to a person of the group it lies with.
    Assign {
        /// The person.
        assignee: usize,
    },
    /// It was handed to another line.
    Escalate {
        /// The group.
        to: usize,
        /// Why.
        reason: Cow<'static, str>,
    },
    /// It was given back to the owner group.
    Return {
        /// Why.
        reason: Cow<'static, str>,
    },
    /// It began to wait.
    Wait {
        /// For whom.
        waiting_for: WaitingFor,
        /// Until when.
        until: Option<Instant>,
    },
    /// Work went on.
    Resume,
    /// It was solved.
    Resolve {
        /// What was done.
        solution: Cow<'static, str>,
    },
    /// The requester confirmed the solution.
    Close,
    /// Nobody objected to the solution in time; done by the product itself.
    AutoClose,
    /// It was opened again.
    Reopen {
        /// Why.
        reason: Cow<'static, str>,
    },
    /// It was withdrawn.
    Cancel {
        /// Why.
        reason: Cow<'static, str>,
    },
    /// A message or note was written. A requester's public answer ends the waiting for one.
    Message {
        /// Who reads it.
        visibility: Visibility,
        /// The text.
        body: Cow<'static, str>,
    },
}
