//! Tickets that another line than the first solved, and what was judged of them afterwards.

use super::connection::MultiBackend;
use super::schema::{ticket_events, tickets};
use super::ticket_list::visible;
use super::types::{AsText, JsonText};
use super::{Conn, DbError};
use crate::domain::access::TicketScope;
use crate::domain::clock::Instant;
use crate::domain::ids::{CategoryId, GroupId, TicketId, UserId};
use crate::domain::ticket::{EventKind, Line};
use diesel::prelude::*;
use std::collections::HashMap;

/// How the stored event of a review begins; the tag of an event is its first key.
const REVIEW: &str = "{\"type\":\"firstLineReviewed\"%";

/// A ticket that another line than the first solved.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tickets)]
pub struct BeyondRow {
    /// Its key.
    pub id: TicketId,
    /// Its number.
    pub number: String,
    /// The subject.
    pub subject: String,
    /// The category.
    pub category_id: Option<CategoryId>,
    /// When it was solved.
    pub resolved_at: Option<Instant>,
    /// The line that solved it.
    pub resolved_by_line: Option<AsText<Line>>,
    /// The group that solved it.
    pub resolved_by_group_id: Option<GroupId>,
    /// Who solved it.
    pub resolved_by_id: Option<UserId>,
}

/// Tickets in the scope that another line than the first has solved since `from`, the latest first; those
/// before a place in that order when one is given.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn solved_beyond_first_line(
    conn: &mut Conn,
    scope: &TicketScope,
    from: Instant,
    before: Option<(Instant, TicketId)>,
    limit: i64,
) -> Result<Vec<BeyondRow>, DbError> {
    let mut query = tickets::table
        .into_boxed::<MultiBackend>()
        .filter(visible(scope))
        .filter(tickets::resolved_at.ge(from))
        .filter(tickets::resolved_by_line.ne(AsText(Line::First)));
    if let Some((at, id)) = before {
        // The bound is repeated in front, so that both planners seek in the index.
        query = query.filter(tickets::resolved_at.le(at)).filter(
            tickets::resolved_at
                .lt(at)
                .assume_not_null()
                .or(tickets::resolved_at.eq(at).assume_not_null().and(tickets::id.lt(id))),
        );
    }
    Ok(query
        .order((tickets::resolved_at.desc(), tickets::id.desc()))
        .limit(limit)
        .select(BeyondRow::as_select())
        .load(conn)?)
}

/// What was judged last of each ticket that has been reviewed.
///
/// # Errors
/// [`DbError`] when the database fails or an event can't be read.
pub fn latest(conn: &mut Conn, of: &[TicketId]) -> Result<HashMap<TicketId, bool>, DbError> {
    let rows: Vec<(TicketId, JsonText<EventKind>)> = ticket_events::table
        .filter(ticket_events::ticket_id.eq_any(of.to_vec()))
        .filter(ticket_events::data.like(REVIEW))
        .order((ticket_events::ticket_id, ticket_events::sequence))
        .select((ticket_events::ticket_id, ticket_events::data))
        .load(conn)?;
    // The last of each stays.
    let judged = rows.into_iter().filter_map(|(ticket, kind)| match kind.0 {
        EventKind::FirstLineReviewed { could_have_solved, note: _ } => Some((ticket, could_have_solved)),
        _ => None,
    });
    Ok(judged.collect())
}
