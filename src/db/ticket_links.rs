//! Links between tickets, read from both ends.

use super::schema::{ticket_links, tickets};
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{LinkId, TicketId, UserId};
use crate::domain::ticket::{LinkKind, Status};
use diesel::prelude::*;

/// A link as one of its tickets shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its key.
    pub id: LinkId,
    /// What the first ticket is to the second.
    pub kind: LinkKind,
    /// Whether the ticket asked about is the first.
    pub is_from: bool,
    /// The other ticket.
    pub other: TicketId,
    /// The other's number.
    pub other_number: String,
    /// The other's subject.
    pub other_subject: String,
    /// Where the other stands.
    pub other_status: Status,
}

type Row = (LinkId, AsText<LinkKind>, TicketId, String, String, AsText<Status>);

/// Stores a link.
///
/// # Errors
/// [`DbError::UniqueViolation`] when it exists.
pub fn insert(
    tx: &mut Tx<'_>,
    from: TicketId,
    to: TicketId,
    kind: LinkKind,
    by: UserId,
    now: Instant,
) -> Result<LinkId, DbError> {
    Ok(diesel::insert_into(ticket_links::table)
        .values((
            ticket_links::from_ticket_id.eq(from),
            ticket_links::to_ticket_id.eq(to),
            ticket_links::kind.eq(AsText(kind)),
            ticket_links::created_by_id.eq(by),
            ticket_links::created_at.eq(now),
        ))
        .returning(ticket_links::id)
        .get_result(tx.conn())?)
}

/// Removes a link; whether there was one.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn delete(tx: &mut Tx<'_>, id: LinkId) -> Result<bool, DbError> {
    Ok(diesel::delete(ticket_links::table.filter(ticket_links::id.eq(id))).execute(tx.conn())? > 0)
}

/// A ticket's links, from either end.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<Link>, DbError> {
    let outgoing: Vec<Row> = ticket_links::table
        .inner_join(tickets::table.on(tickets::id.eq(ticket_links::to_ticket_id)))
        .filter(ticket_links::from_ticket_id.eq(ticket))
        .order(ticket_links::id)
        .select((
            ticket_links::id,
            ticket_links::kind,
            tickets::id,
            tickets::number,
            tickets::subject,
            tickets::status,
        ))
        .load(conn)?;
    let incoming: Vec<Row> = ticket_links::table
        .inner_join(tickets::table.on(tickets::id.eq(ticket_links::from_ticket_id)))
        .filter(ticket_links::to_ticket_id.eq(ticket))
        .order(ticket_links::id)
        .select((
            ticket_links::id,
            ticket_links::kind,
            tickets::id,
            tickets::number,
            tickets::subject,
            tickets::status,
        ))
        .load(conn)?;
    let link = |is_from| {
        move |(id, kind, other, other_number, other_subject, other_status): Row| Link {
            id,
            kind: kind.0,
            is_from,
            other,
            other_number,
            other_subject,
            other_status: other_status.0,
        }
    };
    Ok(outgoing.into_iter().map(link(true)).chain(incoming.into_iter().map(link(false))).collect())
}
