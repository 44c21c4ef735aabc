//! A ticket's way through the lines, with the time that each line, group and person had it.

use super::People;
use crate::app::{App, AppError, Ctx};
use crate::db::{ticket_events, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::ids::{GroupId, UserId};
use crate::domain::ticket::{Line, Stay, TicketEvent, TicketNumber, Totals, ledger};
use std::collections::BTreeMap;

/// Time as the clock on the wall counts it, and as opening hours do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// By the wall, in microseconds.
    pub elapsed_micros: i64,
    /// Within opening hours, in microseconds.
    pub working_micros: i64,
}

impl Spent {
    /// Whole minutes by the wall.
    #[must_use]
    pub const fn elapsed_minutes(self) -> i64 {
        self.elapsed_micros / MICROS_PER_MINUTE
    }

    /// Whole minutes within opening hours.
    #[must_use]
    pub const fn working_minutes(self) -> i64 {
        self.working_micros / MICROS_PER_MINUTE
    }
}

/// A ticket's ledger with its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerView {
    /// Who had it, in order of time, and for how long.
    pub stays: Vec<(Stay, Spent)>,
    /// How often it changed group.
    pub hand_overs: usize,
    /// How often it came back to a group that had had it before.
    pub bounces: usize,
    /// Whether the first line solved it.
    pub first_line_solution: bool,
    /// What staff judged last: whether the first line could have solved it.
    pub first_line_could_have: Option<bool>,
    /// By line.
    pub lines: Vec<(Line, Spent)>,
    /// By group.
    pub groups: Vec<(GroupId, Spent)>,
    /// By person; under nobody what it lay in queues.
    pub people: Vec<(Option<UserId>, Spent)>,
    /// All of it.
    pub whole: Spent,
}

impl LedgerView {
    /// Everybody it names.
    pub fn named(&self) -> impl Iterator<Item = UserId> {
        self.stays.iter().flat_map(|(stay, _)| {
            stay.assignee.into_iter().chain(stay.hand_over.as_ref().and_then(|hand_over| hand_over.by))
        })
    }
}

impl App {
    /// A ticket's ledger, for those who read how staff work.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of the ticket; [`AppError::Forbidden`] for its
    /// requester.
    pub async fn ticket_ledger(
        &self,
        cx: &Ctx,
        number: TicketNumber,
    ) -> Result<(LedgerView, People), AppError> {
        let cx = cx.clone();
        let events: Vec<TicketEvent> = self
            .db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?.ok_or(AppError::NotFound)?;
                cx.require_on(Permission::TicketViewInternal, &ticket)?;
                Ok::<_, AppError>(ticket_events::all(conn, ticket.id)?)
            })
            .await?;
        let view = self.ledger_of(&events).await?;
        let named: Vec<UserId> = view.named().collect();
        let people = self.people(&named).await?;
        Ok((view, people))
    }

    /// The ledger of a whole history that has been read already, its working time counted by the desk's
    /// calendar.
    ///
    /// # Errors
    /// [`AppError`] when the policies can't be read.
    pub async fn ledger_of(&self, events: &[TicketEvent]) -> Result<LedgerView, AppError> {
        let calendar = self.policies().await?.opening_hours();
        Ok(drawn(events, self.now(), |from, until| calendar.elapsed_micros(from, until)))
    }
}

/// Draws a ledger; `working` counts the working microseconds between two instants.
fn drawn(events: &[TicketEvent], now: Instant, working: impl Fn(Instant, Instant) -> i64) -> LedgerView {
    let ledger = ledger(events, now);
    let (by_wall, by_hours) = (ledger.wall_totals(), ledger.totals(&working));
    let Totals { lines, groups, people, whole } = by_wall;
    LedgerView {
        lines: both(lines, &by_hours.lines),
        groups: both(groups, &by_hours.groups),
        people: both(people, &by_hours.people),
        whole: Spent { elapsed_micros: whole, working_micros: by_hours.whole },
        hand_overs: ledger.hand_overs,
        bounces: ledger.bounces,
        first_line_solution: ledger.first_line_solution,
        first_line_could_have: ledger.first_line_could_have,
        stays: ledger
            .stays
            .iter()
            .map(|stay| {
                let until = ledger.until(stay);
                let elapsed_micros = until.micros_since(stay.from);
                (stay.clone(), Spent { elapsed_micros, working_micros: working(stay.from, until) })
            })
            .collect(),
    }
}

fn both<K: Ord>(by_wall: BTreeMap<K, i64>, by_hours: &BTreeMap<K, i64>) -> Vec<(K, Spent)> {
    by_wall
        .into_iter()
        .map(|(key, elapsed_micros)| {
            let working_micros = by_hours.get(&key).copied().unwrap_or_default();
            (key, Spent { elapsed_micros, working_micros })
        })
        .collect()
}
