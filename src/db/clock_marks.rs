//! Warnings and breaches of promises, each recorded once and for ever.

use super::schema::{clock_marks, tickets};
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementVersionId, GroupId, TicketId};
use crate::domain::sla::agreement::Metric;
use diesel::prelude::*;
use std::collections::HashSet;

/// Something a clock has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockMark {
    /// The ticket.
    pub ticket: TicketId,
    /// What is measured.
    pub metric: Metric,
    /// Which clock of that metric, and which target of it.
    pub cycle: i64,
    /// The share of the target that was used up, in per cent; 100 is the breach.
    pub percent: i64,
    /// The version of the agreement that promised it.
    pub agreement_version: AgreementVersionId,
    /// The group that had the ticket.
    pub group: GroupId,
    /// When it was passed.
    pub at: Instant,
}

/// Records it, unless it was recorded before; whether it is new.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_once(tx: &mut Tx<'_>, mark: &ClockMark, now: Instant) -> Result<bool, DbError> {
    let ClockMark { ticket, metric, cycle, percent, agreement_version, group, at } = *mark;
    let row = (
        clock_marks::ticket_id.eq(ticket),
        clock_marks::metric.eq(AsText(metric)),
        clock_marks::cycle.eq(cycle),
        clock_marks::percent.eq(percent),
        clock_marks::agreement_version_id.eq(agreement_version),
        clock_marks::group_id.eq(group),
        clock_marks::at.eq(at),
        clock_marks::recorded_at.eq(now),
    );
    let written = each!(tx.conn(), |conn| diesel::insert_into(clock_marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(written > 0)
}

/// What is recorded of these tickets: metric, cycle and share, by ticket.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn recorded(
    conn: &mut Conn,
    tickets: &[TicketId],
) -> Result<HashSet<(TicketId, Metric, i64, i64)>, DbError> {
    let rows: Vec<(TicketId, AsText<Metric>, i64, i64)> = clock_marks::table
        .filter(clock_marks::ticket_id.eq_any(tickets))
        .select((clock_marks::ticket_id, clock_marks::metric, clock_marks::cycle, clock_marks::percent))
        .load(conn)?;
    Ok(rows.into_iter().map(|(ticket, metric, cycle, percent)| (ticket, metric.0, cycle, percent)).collect())
}

/// Open tickets whose clocks have something to say by now, longest since first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn due(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<TicketId>, DbError> {
    Ok(tickets::table
        .filter(tickets::wake_at.le(now))
        .order(tickets::wake_at)
        .limit(limit)
        .select(tickets::id)
        .load(conn)?)
}

/// The next instant at which a clock has something to say.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn next_wake(conn: &mut Conn) -> Result<Option<Instant>, DbError> {
    Ok(tickets::table
        .filter(tickets::wake_at.is_not_null())
        .order(tickets::wake_at)
        .select(tickets::wake_at.assume_not_null())
        .first(conn)
        .optional()?)
}
