//! Numbers that other organisations' systems gave the matter of a ticket.

use super::schema::foreign_numbers;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{InboundMailId, TicketId};
use diesel::prelude::*;

/// More than any matter has.
const MOST: i64 = 100;

/// Keeps a number that a mail named; whether it is new on the ticket.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_once(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    number: &str,
    mail: InboundMailId,
    now: Instant,
) -> Result<bool, DbError> {
    let row = (
        foreign_numbers::ticket_id.eq(ticket),
        foreign_numbers::number.eq(number),
        foreign_numbers::mail_id.eq(mail),
        foreign_numbers::created_at.eq(now),
    );
    let rows = each!(tx.conn(), |conn| diesel::insert_into(foreign_numbers::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(rows > 0)
}

/// A ticket's numbers elsewhere, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<String>, DbError> {
    Ok(foreign_numbers::table
        .filter(foreign_numbers::ticket_id.eq(ticket))
        .order((foreign_numbers::created_at, foreign_numbers::number))
        .limit(MOST)
        .select(foreign_numbers::number)
        .load(conn)?)
}
