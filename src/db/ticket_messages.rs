//! What people have written on tickets.

use super::schema::{ticket_messages, tickets};
use super::types::AsText;
use super::{Conn, DbError, Tx, foreign_numbers};
use crate::domain::clock::Instant;
use crate::domain::ids::{MessageId, TicketId, UserId};
use crate::domain::ticket::Visibility;
use diesel::prelude::*;

/// A message as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// Who reads it.
    pub visibility: Visibility,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = ticket_messages)]
struct MessageRow {
    id: MessageId,
    author_id: UserId,
    visibility: AsText<Visibility>,
    body: String,
    created_at: Instant,
}

/// Stores a message.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    author: UserId,
    visibility: Visibility,
    body: &str,
    now: Instant,
) -> Result<MessageId, DbError> {
    Ok(diesel::insert_into(ticket_messages::table)
        .values((
            ticket_messages::ticket_id.eq(ticket),
            ticket_messages::author_id.eq(author),
            ticket_messages::visibility.eq(AsText(visibility)),
            ticket_messages::body.eq(body),
            ticket_messages::created_at.eq(now),
        ))
        .returning(ticket_messages::id)
        .get_result(tx.conn())?)
}

/// A ticket's messages after one, oldest first; internal ones only when asked for.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn after(
    conn: &mut Conn,
    ticket: TicketId,
    after: MessageId,
    with_internal: bool,
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    let mut query = ticket_messages::table
        .filter(ticket_messages::ticket_id.eq(ticket))
        .filter(ticket_messages::id.gt(after))
        .order(ticket_messages::id)
        .limit(limit)
        .select(MessageRow::as_select())
        .into_boxed();
    if !with_internal {
        query = query.filter(ticket_messages::visibility.eq(AsText(Visibility::Public)));
    }
    let rows: Vec<MessageRow> = query.load(conn)?;
    Ok(rows
        .into_iter()
        .map(|MessageRow { id, author_id, visibility, body, created_at }| Message {
            id,
            author: author_id,
            visibility: visibility.0,
            body,
            created_at,
        })
        .collect())
}

/// The texts of a ticket that are searched: what everybody on it reads, and what only staff reads.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn searchable(conn: &mut Conn, ticket: TicketId) -> Result<(String, String), DbError> {
    let (subject, description, solution): (String, String, Option<String>) = tickets::table
        .filter(tickets::id.eq(ticket))
        .select((tickets::subject, tickets::description, tickets::solution))
        .first(conn)?;
    let mut public = format!("{subject}\n{description}\n{}", solution.unwrap_or_default());
    let mut internal = String::new();
    for message in after(conn, ticket, MessageId(0), true, i64::MAX)? {
        let text = match message.visibility {
            Visibility::Public => &mut public,
            Visibility::Internal => &mut internal,
        };
        text.push('\n');
        text.push_str(&message.body);
    }
    for number in foreign_numbers::of_ticket(conn, ticket)? {
        // PostgreSQL takes "SUP-4711" for a word and a negative number.
        let apart: String = number.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        internal.push('\n');
        internal.push_str(&apart);
    }
    Ok((public, internal))
}
