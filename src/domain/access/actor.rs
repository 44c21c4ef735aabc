//! Whoever acts: a signed-in person or program with everything the rights depend on.

use super::{Relation, Relations, Role};
use crate::domain::ids::{DeskId, GroupId, OrganisationId, SessionId, UserId};
use crate::domain::ticket::Ticket;

/// A signed-in person or program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The session acted in; none for the command line.
    pub session: Option<SessionId>,
    /// The person's name, for greetings.
    pub name: String,
    /// The roles held.
    pub roles: Vec<Role>,
    /// The organisations the person belongs to, the primary one first.
    pub organisations: Vec<OrganisationId>,
    /// The organisations the person manages, everything below them included.
    pub units: Vec<OrganisationId>,
    /// The organisations the person represents, everything below them included.
    pub represented: Vec<OrganisationId>,
    /// The desks whose groups the person belongs to.
    pub desks: Vec<DeskId>,
    /// The groups the person belongs to.
    pub groups: Vec<GroupId>,
}

impl Actor {
    /// Whether any of the roles works in the staff workspace.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| role.is_staff())
    }

    /// Whether the role is held.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// How this actor stands to a ticket.
    #[must_use]
    pub fn relations_to(&self, ticket: &Ticket) -> Relations {
        let mut relations = Relations::of(Relation::Other);
        if ticket.requester == self.user || ticket.registered_by == self.user {
            relations = relations.with(Relation::Own);
        }
        if self.units.contains(&ticket.organisation) {
            relations = relations.with(Relation::Unit);
        }
        if self.represented.contains(&ticket.organisation) {
            relations = relations.with(Relation::Represented);
        }
        if self.desks.contains(&ticket.desk) {
            relations = relations.with(Relation::Desk);
        }
        relations
    }
}
