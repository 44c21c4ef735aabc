//! The history of tickets: added to, read in order, never changed.

use super::schema::ticket_events;
use super::types::{AsText, JsonText};
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{EventKind, Origin, TicketEvent};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = ticket_events)]
struct EventRow {
    sequence: i64,
    at: Instant,
    actor_id: Option<UserId>,
    origin: AsText<Origin>,
    data: JsonText<EventKind>,
}

impl From<EventRow> for TicketEvent {
    fn from(row: EventRow) -> Self {
        let EventRow { sequence, at, actor_id, origin, data } = row;
        Self { sequence, at, actor: actor_id, origin: origin.0, kind: data.0 }
    }
}

/// Adds events to a ticket's history.
///
/// # Errors
/// [`DbError::UniqueViolation`] when somebody else added one at the same place meanwhile.
pub fn append(tx: &mut Tx<'_>, ticket: TicketId, events: &[TicketEvent]) -> Result<(), DbError> {
    for event in events {
        diesel::insert_into(ticket_events::table)
            .values((
                ticket_events::ticket_id.eq(ticket),
                ticket_events::sequence.eq(event.sequence),
                ticket_events::at.eq(event.at),
                ticket_events::actor_id.eq(event.actor),
                ticket_events::origin.eq(AsText(event.origin)),
                ticket_events::data.eq(JsonText(event.kind.clone())),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// A ticket's history from an event on, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails or an event can't be read.
pub fn after(
    conn: &mut Conn,
    ticket: TicketId,
    sequence: i64,
    limit: i64,
) -> Result<Vec<TicketEvent>, DbError> {
    let rows: Vec<EventRow> = ticket_events::table
        .filter(ticket_events::ticket_id.eq(ticket))
        .filter(ticket_events::sequence.gt(sequence))
        .order(ticket_events::sequence)
        .limit(limit)
        .select(EventRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(TicketEvent::from).collect())
}

/// A ticket's whole history, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails or an event can't be read.
pub fn all(conn: &mut Conn, ticket: TicketId) -> Result<Vec<TicketEvent>, DbError> {
    after(conn, ticket, 0, i64::MAX)
}

/// The whole histories of some tickets, by ticket, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails or an event can't be read.
pub fn of_many(
    conn: &mut Conn,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Vec<TicketEvent>>, DbError> {
    let rows: Vec<(TicketId, EventRow)> = ticket_events::table
        .filter(ticket_events::ticket_id.eq_any(tickets.to_vec()))
        .order((ticket_events::ticket_id, ticket_events::sequence))
        .select((ticket_events::ticket_id, EventRow::as_select()))
        .load(conn)?;
    let mut histories: HashMap<TicketId, Vec<TicketEvent>> = HashMap::with_capacity(tickets.len());
    for (ticket, row) in rows {
        histories.entry(ticket).or_default().push(row.into());
    }
    Ok(histories)
}

/// The place of a ticket's latest event.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn last_sequence(conn: &mut Conn, ticket: TicketId) -> Result<i64, DbError> {
    Ok(ticket_events::table
        .filter(ticket_events::ticket_id.eq(ticket))
        .order(ticket_events::sequence.desc())
        .select(ticket_events::sequence)
        .first(conn)
        .optional()?
        .unwrap_or(0))
}
