//! In whose name and how a use case runs.

use super::AppError;
use crate::db::idempotency;
use crate::db::{Conn, DbError, Tx};
use crate::domain::access::{self, Actor, Permission, Relations, Role, Verdict};
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::ids::UserId;
use crate::domain::ticket::Action;
use crate::domain::ticket::{By, ByRole, Guard, Origin, Ticket, allowed_actions, guard_holds};
use std::sync::Arc;

/// In whose name and how a use case runs.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Who acts.
    pub actor: Arc<Actor>,
    /// By which way.
    pub origin: Origin,
    /// What makes a repeated request harmless.
    pub once: Option<Once>,
}

/// A key under which a request is carried out once only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key the caller chose.
    pub key: String,
    /// A hash of what is asked, so that the key isn't used for something else.
    pub request_hash: String,
}

impl Ctx {
    /// The command line's: whoever may start the program on the server administers the installation.
    #[must_use]
    pub fn command_line() -> Self {
        let actor = Actor {
            user: UserId(0),
            session: None,
            name: String::new(),
            roles: vec![Role::Administrator],
            organisations: Vec::new(),
            units: Vec::new(),
            represented: Vec::new(),
            desks: Vec::new(),
            groups: Vec::new(),
        };
        Self { actor: Arc::new(actor), origin: Origin::System, once: None }
    }

    /// The person who acts.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.actor.user
    }

    /// Requires a permission that isn't about one ticket.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if access::may_somewhere(&self.actor, permission) { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Requires a permission on a ticket.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], or [`AppError::NotFound`] when the actor may not know of the ticket.
    pub fn require_on(&self, permission: Permission, ticket: &Ticket) -> Result<(), AppError> {
        match access::decide(&self.actor, permission, self.relations_to(ticket)) {
            Verdict::Allow => Ok(()),
            Verdict::Deny => Err(AppError::Forbidden),
            Verdict::Hide => Err(AppError::NotFound),
        }
    }

    /// Whether the actor holds a permission on a ticket.
    #[must_use]
    pub fn may_on(&self, permission: Permission, ticket: &Ticket) -> bool {
        access::may(&self.actor, permission, self.relations_to(ticket))
    }

    /// What the actor may do to the ticket as it stands.
    #[must_use]
    pub fn allowed_actions(&self, ticket: &Ticket) -> Vec<Action> {
        let by = self.by(ticket);
        allowed_actions(
            ticket.kind,
            ticket.status,
            |guard: Guard| guard_holds(ticket, guard, by),
            |permission| self.may_on(permission, ticket),
        )
    }

    /// In which capacity the actor acts on a ticket: its requester acts as requester even when staff.
    #[must_use]
    pub fn by(&self, ticket: &Ticket) -> By {
        let as_staff = ticket.requester != self.actor.user && self.may_on(Permission::TicketNote, ticket);
        By { user: Some(self.actor.user), role: if as_staff { ByRole::Staff } else { ByRole::Requester } }
    }

    fn relations_to(&self, ticket: &Ticket) -> Relations {
        self.actor.relations_to(ticket)
    }

    /// What a request with the same key has made before.
    ///
    /// # Errors
    /// [`AppError::KeyReused`] when the key was used for something else.
    pub fn made_before(&self, conn: &mut Conn, now: Instant) -> Result<Option<String>, AppError> {
        let Some(once) = &self.once else { return Ok(None) };
        let not_before = now.plus_micros(-MICROS_PER_DAY);
        match idempotency::find(conn, self.actor.user, &once.key, not_before)? {
            None => Ok(None),
            Some(made) if made.request_hash == once.request_hash => Ok(Some(made.outcome)),
            Some(_) => Err(AppError::KeyReused),
        }
    }

    /// Notes what the request has made, in the transaction that makes it.
    ///
    /// # Errors
    /// [`DbError::UniqueViolation`] when a twin of the request came first.
    pub fn note_made(&self, tx: &mut Tx<'_>, outcome: &str, now: Instant) -> Result<(), DbError> {
        let Some(once) = &self.once else { return Ok(()) };
        let made =
            idempotency::Outcome { request_hash: once.request_hash.clone(), outcome: outcome.to_owned() };
        idempotency::insert(tx, self.actor.user, &once.key, &made, now)
    }
}
