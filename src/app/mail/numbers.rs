//! Numbers that other organisations' systems gave the matter: kept on the ticket that a mail belongs to, and searched.

use crate::app::{App, AppError, Ctx};
use crate::db::{Tx, foreign_numbers, search, ticket_messages, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{InboundMailId, TicketId};
use crate::domain::mail::ForeignNumber;
use crate::domain::ticket::{Ticket, TicketNumber};

impl App {
    /// A ticket's numbers at other organisations, oldest first; none for those who don't work with it.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn foreign_numbers(&self, cx: &Ctx, ticket: &Ticket) -> Result<Vec<String>, AppError> {
        if !cx.may_on(Permission::TicketViewInternal, ticket) {
            return Ok(Vec::new());
        }
        let id = ticket.id;
        Ok(self.db().point(move |conn| foreign_numbers::of_ticket(conn, id)).await?)
    }
}

/// Keeps what a mail named. A number that is one of ours is no other's.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    mail: InboundMailId,
    numbers: &[ForeignNumber],
    now: Instant,
) -> Result<(), AppError> {
    let mut is_new = false;
    for ForeignNumber { number } in numbers {
        let is_ours = match TicketNumber::parse(number) {
            Some(ours) => tickets::by_number(tx.conn(), ours)?.is_some(),
            None => false,
        };
        if !is_ours {
            is_new |= foreign_numbers::insert_once(tx, ticket, number, mail, now)?;
        }
    }
    if is_new {
        let (public, internal) = ticket_messages::searchable(tx.conn(), ticket)?;
        search::replace(tx, ticket, &public, &internal)?;
    }
    Ok(())
}
