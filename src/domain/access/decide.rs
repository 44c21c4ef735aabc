//! The decision itself: role × permission × relation, printed whole to
//! `tests/it/matrix/permissions.txt` by a test.

use super::{Actor, Permission, Role};
use crate::domain::ids::{DeskId, OrganisationId, UserId};
use crate::text_enum;

text_enum! {
    /// How somebody stands to the thing acted on.
    pub enum Relation {
        /// Its requester, or the one who registered it.
        Own = "own",
        /// It belongs to an organisation the person manages.
        Unit = "unit",
        /// It belongs to an organisation the person represents towards the IT organisation.
        Represented = "represented",
        /// It lies at a desk the person works for.
        Desk = "desk",
        /// None of these; also everything that isn't about one ticket.
        Other = "other",
    }
}

/// The relations that hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relations(u8);

impl Relations {
    /// Just this one.
    #[must_use]
    pub const fn of(relation: Relation) -> Self {
        Self(Self::bit(relation))
    }

    /// This one too.
    #[must_use]
    pub const fn with(self, relation: Relation) -> Self {
        Self(self.0 | Self::bit(relation))
    }

    /// Whether it holds.
    #[must_use]
    pub const fn has(self, relation: Relation) -> bool {
        self.0 & Self::bit(relation) != 0
    }

    fn iter(self) -> impl Iterator<Item = Relation> {
        Relation::ALL.iter().copied().filter(move |relation| self.has(*relation))
    }

    const fn bit(relation: Relation) -> u8 {
        match relation {
            Relation::Own => 1,
            Relation::Unit => 2,
            Relation::Represented => 4,
            Relation::Desk => 8,
            Relation::Other => 16,
        }
    }
}

/// The answer to "may they?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They may.
    Allow,
    /// They may not, and may know that the thing exists: 403.
    Deny,
    /// They may not know that it exists: 404.
    Hide,
}

/// Whether a role allows a permission under one relation. Everything else follows from this table.
#[must_use]
pub const fn role_allows(role: Role, permission: Permission, relation: Relation) -> bool {
    use Permission as P;
    match role {
        Role::Requester => match permission {
            P::TicketCreate => true,
            P::TicketView
            | P::TicketReply
            | P::TicketClose
            | P::TicketReopen
            | P::TicketCancel
            | P::AttachmentAdd => matches!(relation, Relation::Own),
            _ => false,
        },
        Role::Manager => matches!(permission, P::TicketView) && matches!(relation, Relation::Unit),
        Role::Agent | Role::GroupLead => match permission {
            P::TicketCreate
            | P::TicketCreateOnBehalf
            | P::QueueView
            | P::DirectoryView
            | P::PolicyView
            | P::ReportView => true,
            // What came to their desks' mailboxes.
            P::MailHandle => matches!(relation, Relation::Desk),
            _ => permission.concerns_ticket() && matches!(relation, Relation::Desk),
        },
        Role::ProblemManager | Role::ChangeManager | Role::MajorIncidentCoordinator => match permission {
            P::QueueView | P::DirectoryView | P::PolicyView | P::ReportView => true,
            P::TicketView | P::TicketViewInternal | P::TicketNote | P::TicketLink | P::AttachmentAdd => {
                matches!(relation, Relation::Desk)
            }
            _ => false,
        },
        Role::CabMember => false,
        Role::OrganisationRepresentative => {
            matches!(permission, P::ReportView) && matches!(relation, Relation::Represented)
        }
        Role::Board => matches!(permission, P::ReportView),
        Role::Administrator => matches!(
            permission,
            P::TicketView
                | P::TicketViewInternal
                | P::QueueView
                | P::DirectoryView
                | P::PeopleManage
                | P::OrganisationManage
                | P::GroupManage
                | P::CatalogueManage
                | P::PolicyView
                | P::PolicyManage
                | P::ReportView
                | P::TicketImport
                | P::MailIntake
                | P::MailHandle
                | P::MailManage
                | P::JobsManage
        ),
        Role::Integration => match permission {
            P::TicketCreate | P::TicketCreateOnBehalf | P::DirectoryView | P::MailIntake => true,
            P::TicketView | P::TicketReply | P::AttachmentAdd | P::TicketClose => {
                matches!(relation, Relation::Own)
            }
            _ => false,
        },
    }
}

/// Decides for an actor who stands in these relations to the thing.
#[must_use]
pub fn decide(actor: &Actor, permission: Permission, relations: Relations) -> Verdict {
    if may(actor, permission, relations) {
        Verdict::Allow
    } else if !permission.concerns_ticket() || may(actor, Permission::TicketView, relations) {
        Verdict::Deny
    } else {
        Verdict::Hide
    }
}

/// Whether the actor may, yes or no.
#[must_use]
pub fn may(actor: &Actor, permission: Permission, relations: Relations) -> bool {
    actor.roles.iter().any(|role| relations.iter().any(|relation| role_allows(*role, permission, relation)))
}

/// Whether the actor may under any relation at all: what menus go by.
#[must_use]
pub fn may_somewhere(actor: &Actor, permission: Permission) -> bool {
    may(
        actor,
        permission,
        Relation::ALL.iter().fold(Relations::default(), |all, relation| all.with(*relation)),
    )
}

/// The tickets a list, search or export may show, drawn from the same table as single decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TicketScope {
    /// Every ticket there is.
    pub all: bool,
    /// Tickets this person requested or registered.
    pub own: Option<UserId>,
    /// Tickets of these organisations.
    pub units: Vec<OrganisationId>,
    /// Tickets at these desks.
    pub desks: Vec<DeskId>,
}

impl TicketScope {
    /// Whether it can hold any ticket.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.all && self.own.is_none() && self.units.is_empty() && self.desks.is_empty()
    }
}

/// The scope in which the actor holds a permission that concerns tickets.
#[must_use]
pub fn ticket_scope(actor: &Actor, permission: Permission) -> TicketScope {
    let under = |relation| may(actor, permission, Relations::of(relation));
    TicketScope {
        all: under(Relation::Other),
        own: under(Relation::Own).then_some(actor.user),
        units: if under(Relation::Unit) { actor.units.clone() } else { Vec::new() },
        desks: if under(Relation::Desk) { actor.desks.clone() } else { Vec::new() },
    }
}
