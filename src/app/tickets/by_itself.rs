//! What the product does to tickets by itself: closing what nobody objected to, going on with what
//! has waited long enough.

use super::store::{Stamp, apply};
use crate::app::outbox::{CloseResolved, EndWait};
use crate::app::{App, AppError};
use crate::db::tickets;
use crate::domain::ids::TicketId;
use crate::domain::ticket::{By, ByRole, Command, Origin, SystemAction, Ticket, decide};

impl App {
    /// Closes a resolved ticket, unless it was re-opened meanwhile.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn close_resolved(&self, job: &CloseResolved) -> Result<(), AppError> {
        let resolved_at = job.resolved_at;
        self.by_itself(job.ticket, SystemAction::AutoClose, move |ticket| {
            ticket.resolved_at == Some(resolved_at)
        })
        .await
    }

    /// Goes on with a ticket whose waiting time is over, unless it no longer waits for that time.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn end_wait(&self, job: &EndWait) -> Result<(), AppError> {
        let until = job.until;
        self.by_itself(job.ticket, SystemAction::WaitEnded, move |ticket| {
            ticket.waiting.and_then(|waiting| waiting.until) == Some(until)
        })
        .await
    }

    async fn by_itself(
        &self,
        id: TicketId,
        action: SystemAction,
        still_meant: impl Fn(&Ticket) -> bool + Send + 'static,
    ) -> Result<(), AppError> {
        let grounds = self.grounds().await?;
        let now = self.now();
        self.db()
            .write(move |tx| {
                let Some(mut ticket) = tickets::lock(tx, id)? else { return Ok(()) };
                if !still_meant(&ticket) {
                    return Ok(());
                }
                let by = By { user: None, role: ByRole::System };
                let events = decide(&ticket, &Command::System(action), by, now)
                    .map_err(|error| AppError::internal("acting by itself", error))?;
                apply(tx, &mut ticket, events, Stamp { actor: None, origin: Origin::System, now }, &grounds)
            })
            .await
    }
}
