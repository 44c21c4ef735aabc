//! Queues: one per group, with counts that are a second old at most.

use crate::app::cache::Workers;
use crate::app::{App, AppError, Ctx};
use crate::db::ticket_list::{self, AssigneeFilter, TicketFilter};
use crate::domain::access::{self, Permission};
use crate::domain::ids::GroupId;
use crate::domain::people::Group;
use std::sync::Arc;

/// A group's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The group.
    pub group: Group,
    /// Open tickets.
    pub open: i64,
    /// Open tickets that nobody has.
    pub unassigned: i64,
    /// Whether the actor belongs to the group.
    pub is_own: bool,
}

/// The queues somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queues {
    /// By line and name.
    pub queues: Vec<Queue>,
    /// The actor's own open tickets, counted to a hundred.
    pub mine: i64,
}

impl App {
    /// Everybody who can be given work, by name, once for each of their groups.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who work no queues.
    pub async fn workers(&self, cx: &Ctx) -> Result<Arc<Workers>, AppError> {
        cx.require(Permission::QueueView)?;
        self.inner.caches.workers(self.db(), self.now()).await
    }

    /// The queues of the desks the actor works for.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who work no queues.
    pub async fn queues(&self, cx: &Ctx) -> Result<Queues, AppError> {
        cx.require(Permission::QueueView)?;
        let directory = self.directory().await?;
        let scope = access::ticket_scope(&cx.actor, Permission::TicketView);
        let counts = self.inner.caches.queue_counts(self.db(), self.now()).await?;
        let count = |group: GroupId| counts.get(&group).copied().unwrap_or_default();
        let queues = directory
            .groups
            .iter()
            .filter(|group| scope.all || scope.desks.contains(&group.desk))
            .filter(|group| group.is_active || count(group.id).0 > 0)
            .map(|group| {
                let (open, unassigned) = count(group.id);
                Queue { open, unassigned, is_own: cx.actor.groups.contains(&group.id), group: group.clone() }
            })
            .collect();
        let filter = TicketFilter {
            scope,
            open: Some(true),
            assignee: AssigneeFilter::Is(cx.user()),
            ..TicketFilter::default()
        };
        let mine = self.db().point(move |conn| ticket_list::count_capped(conn, &filter, 100)).await?;
        Ok(Queues { queues, mine })
    }
}
