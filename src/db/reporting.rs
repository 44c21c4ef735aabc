//! Narrow reads for the figures, streamed from an index that holds all they need.

use super::connection::MultiBackend;
use super::schema::{ticket_events, tickets};
use super::types::{AsText, JsonText};
use super::{Conn, DbError};
use crate::domain::clock::Instant;
use crate::domain::ids::{OrganisationId, TicketId};
use crate::domain::ticket::{EventKind, Line};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

/// A resolved ticket as the resolution table sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedRow {
    /// The ticket.
    pub ticket: TicketId,
    /// When it was filed.
    pub opened_at: Instant,
    /// When it was last resolved.
    pub resolved_at: Instant,
    /// Microseconds it was open.
    pub open_micros: i64,
    /// Whether it was re-opened, so that its open time has gaps.
    pub was_reopened: bool,
}

/// Which resolved tickets.
#[derive(Debug, Clone, Default)]
pub struct ResolvedFilter {
    /// Resolved at or after.
    pub from: Option<Instant>,
    /// Resolved before.
    pub before: Option<Instant>,
    /// Resolved in this line.
    pub line: Option<Line>,
    /// Of one of these organisations; all when none are given.
    pub organisations: Option<Vec<OrganisationId>>,
}

/// Hands every resolved ticket to `each`, in order of resolution.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn resolved(
    conn: &mut Conn,
    filter: &ResolvedFilter,
    mut each: impl FnMut(ResolvedRow),
) -> Result<(), DbError> {
    let ResolvedFilter { from, before, line, organisations } = filter;
    let mut query = tickets::table
        .filter(tickets::resolved_at.is_not_null())
        .order(tickets::resolved_at)
        .select((
            tickets::id,
            tickets::opened_at,
            tickets::resolved_at.assume_not_null(),
            tickets::open_micros,
            tickets::reopen_count,
        ))
        .into_boxed::<MultiBackend>();
    if let Some(from) = from {
        query = query.filter(tickets::resolved_at.ge(*from));
    }
    if let Some(before) = before {
        query = query.filter(tickets::resolved_at.lt(*before));
    }
    if let Some(line) = line {
        query = query.filter(tickets::resolved_by_line.eq(AsText(*line)));
    }
    if let Some(organisations) = organisations {
        query = query.filter(tickets::organisation_id.eq_any(organisations.clone()));
    }
    let rows = query.load_iter::<(TicketId, Instant, Instant, i64, i64), DefaultLoadingMode>(conn)?;
    for row in rows {
        let (ticket, opened_at, resolved_at, open_micros, reopen_count) = row?;
        each(ResolvedRow { ticket, opened_at, resolved_at, open_micros, was_reopened: reopen_count > 0 });
    }
    Ok(())
}

/// Resolved tickets with the line that resolved them, in order of resolution, so many behind the one given.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn resolved_keys(
    conn: &mut Conn,
    filter: &ResolvedFilter,
    after: Option<(Instant, TicketId)>,
    limit: i64,
) -> Result<Vec<(Instant, TicketId, Line)>, DbError> {
    let ResolvedFilter { from, before, line, organisations } = filter;
    let mut query = tickets::table
        .filter(tickets::resolved_at.is_not_null())
        .order((tickets::resolved_at, tickets::id))
        .limit(limit)
        .select((tickets::resolved_at.assume_not_null(), tickets::id, tickets::resolved_by_line))
        .into_boxed::<MultiBackend>();
    // Where the page begins says more than where the period does.
    if let Some(from) = after.map(|(at, _)| at).or(*from) {
        query = query.filter(tickets::resolved_at.ge(from));
    }
    if let Some((at, ticket)) = after {
        let later = tickets::resolved_at.assume_not_null().gt(at);
        let same = tickets::resolved_at.assume_not_null().eq(at);
        query = query.filter(later.or(same.and(tickets::id.gt(ticket))));
    }
    if let Some(before) = before {
        query = query.filter(tickets::resolved_at.lt(*before));
    }
    if let Some(line) = line {
        query = query.filter(tickets::resolved_by_line.eq(AsText(*line)));
    }
    if let Some(organisations) = organisations {
        query = query.filter(tickets::organisation_id.eq_any(organisations.clone()));
    }
    let rows: Vec<(Instant, TicketId, Option<AsText<Line>>)> = query.load(conn)?;
    Ok(rows.into_iter().map(|(at, id, line)| (at, id, line.map_or(Line::First, |line| line.0))).collect())
}

/// A ticket as it was filed.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: String,
    /// When it was filed.
    pub opened_at: Instant,
    /// The event that filed it.
    pub opened: EventKind,
}

/// The tickets filed in a period, oldest first, so many behind the one given.
///
/// # Errors
/// [`DbError`] when the database fails or an event can't be read.
pub fn filed(
    conn: &mut Conn,
    from: Instant,
    before: Instant,
    after: Option<(Instant, TicketId)>,
    limit: i64,
) -> Result<Vec<Filed>, DbError> {
    let mut query = tickets::table
        .inner_join(ticket_events::table.on(ticket_events::ticket_id.eq(tickets::id)))
        .filter(ticket_events::sequence.eq(1))
        .filter(tickets::opened_at.ge(from))
        .filter(tickets::opened_at.lt(before))
        .order((tickets::opened_at, tickets::id))
        .limit(limit)
        .select((tickets::id, tickets::number, tickets::opened_at, ticket_events::data))
        .into_boxed::<MultiBackend>();
    if let Some((at, ticket)) = after {
        let later = tickets::opened_at.gt(at);
        query = query.filter(later.or(tickets::opened_at.eq(at).and(tickets::id.gt(ticket))));
        // What the condition above means for the index.
        query = query.filter(tickets::opened_at.ge(at));
    }
    let rows: Vec<(TicketId, String, Instant, JsonText<EventKind>)> = query.load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(ticket, number, opened_at, opened)| Filed { ticket, number, opened_at, opened: opened.0 })
        .collect())
}

/// When a re-opened ticket was open: from filing or re-opening to resolution, in order.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn open_segments(conn: &mut Conn, ticket: TicketId) -> Result<Vec<(Instant, Instant)>, DbError> {
    let events: Vec<(Instant, JsonText<EventKind>)> = ticket_events::table
        .filter(ticket_events::ticket_id.eq(ticket))
        .order(ticket_events::sequence)
        .select((ticket_events::at, ticket_events::data))
        .load(conn)?;
    let mut segments = Vec::new();
    let mut open_since = None;
    for (at, event) in events {
        match event.0 {
            EventKind::Opened { .. } | EventKind::Reopened { .. } => open_since = Some(at),
            EventKind::Resolved { .. } | EventKind::Closed { .. } => {
                segments.extend(open_since.take().map(|since| (since, at)));
            }
            _ => {}
        }
    }
    Ok(segments)
}
