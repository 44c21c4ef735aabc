//! How much lies with each group and person: a few counts over the queue indexes, none by ticket.

use super::schema::tickets;
use super::{Conn, DbError};
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, UserId};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// What lies with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Open tickets.
    pub open: i64,
    /// Of them those whose solution is late.
    pub overdue: i64,
    /// Of them those whose solution is due before the end of the day.
    pub due_today: i64,
    /// Of them those that wait for somebody outside.
    pub waiting: i64,
    /// When the oldest was filed.
    pub oldest: Option<Instant>,
}

/// Whose: a group, and a person of it or its queue.
pub type Holder = (GroupId, Option<UserId>);

/// The load of some groups by person; under nobody what lies in their queues. The day ends at `midnight`.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_holder(
    conn: &mut Conn,
    groups: &[GroupId],
    now: Instant,
    midnight: Instant,
) -> Result<BTreeMap<Holder, Load>, DbError> {
    let mut loads: BTreeMap<Holder, Load> = BTreeMap::new();
    let by = (tickets::group_id, tickets::assignee_id);
    let open = || {
        tickets::table
            .filter(tickets::group_id.eq_any(groups.to_vec()))
            .filter(tickets::open_priority.is_not_null())
    };
    let whole: Vec<(GroupId, Option<UserId>, i64, Option<Instant>)> = open()
        .group_by(by)
        .select((tickets::group_id, tickets::assignee_id, count_star(), min(tickets::opened_at)))
        .load(conn)?;
    for (group, person, count, oldest) in whole {
        loads.insert((group, person), Load { open: count, oldest, ..Load::default() });
    }
    let counted = (tickets::group_id, tickets::assignee_id, count_star());
    let overdue: Vec<(GroupId, Option<UserId>, i64)> =
        open().filter(tickets::due_at.le(now)).group_by(by).select(counted).load(conn)?;
    for (group, person, count) in overdue {
        loads.entry((group, person)).or_default().overdue = count;
    }
    let due_today: Vec<(GroupId, Option<UserId>, i64)> = open()
        .filter(tickets::due_at.gt(now))
        .filter(tickets::due_at.lt(midnight))
        .group_by(by)
        .select(counted)
        .load(conn)?;
    for (group, person, count) in due_today {
        loads.entry((group, person)).or_default().due_today = count;
    }
    let waiting: Vec<(GroupId, Option<UserId>, i64)> =
        open().filter(tickets::waiting_for.is_not_null()).group_by(by).select(counted).load(conn)?;
    for (group, person, count) in waiting {
        loads.entry((group, person)).or_default().waiting = count;
    }
    Ok(loads)
}
