//! What people are told in the portal and the workspace.

use super::schema::{notifications, tickets};
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{NotificationId, TicketId, UserId};
use crate::domain::notify::NoticeKind;
use diesel::prelude::*;

/// Something a person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its key.
    pub id: NotificationId,
    /// What.
    pub kind: NoticeKind,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// When.
    pub created_at: Instant,
}

/// Tells a person once per cause; a repeated cause changes nothing.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_once(
    tx: &mut Tx<'_>,
    user: UserId,
    ticket: TicketId,
    event_sequence: i64,
    kind: NoticeKind,
    now: Instant,
) -> Result<(), DbError> {
    let row = (
        notifications::user_id.eq(user),
        notifications::ticket_id.eq(ticket),
        notifications::event_sequence.eq(event_sequence),
        notifications::kind.eq(AsText(kind)),
        notifications::created_at.eq(now),
    );
    each!(tx.conn(), |conn| diesel::insert_into(notifications::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// What a person hasn't read, latest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn unread(conn: &mut Conn, user: UserId, limit: i64) -> Result<Vec<Notice>, DbError> {
    let rows: Vec<(NotificationId, AsText<NoticeKind>, String, String, Instant)> = notifications::table
        .inner_join(tickets::table.on(tickets::id.eq(notifications::ticket_id)))
        .filter(notifications::user_id.eq(user))
        .filter(notifications::read_at.is_null())
        .order(notifications::id.desc())
        .limit(limit)
        .select((
            notifications::id,
            notifications::kind,
            tickets::number,
            tickets::subject,
            notifications::created_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, kind, number, subject, created_at)| Notice {
            id,
            kind: kind.0,
            number,
            subject,
            created_at,
        })
        .collect())
}

/// Marks all that a person was told of one ticket as read; how many there were.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn mark_read(tx: &mut Tx<'_>, user: UserId, ticket: TicketId, now: Instant) -> Result<usize, DbError> {
    Ok(diesel::update(
        notifications::table
            .filter(notifications::user_id.eq(user))
            .filter(notifications::ticket_id.eq(ticket))
            .filter(notifications::read_at.is_null()),
    )
    .set(notifications::read_at.eq(now))
    .execute(tx.conn())?)
}

/// Whether a person has anything unread about a ticket.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn has_unread(conn: &mut Conn, user: UserId, ticket: TicketId) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(
        notifications::table
            .filter(notifications::user_id.eq(user))
            .filter(notifications::ticket_id.eq(ticket))
            .filter(notifications::read_at.is_null()),
    ))
    .get_result(conn)?)
}
