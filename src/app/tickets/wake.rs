//! The timers of promises: whoever's clock has something to say is looked at, what its clocks have passed
//! is recorded once and for ever, and people are told.
//!
//! Any number of workers may do this at once. What a clock has passed is unique in `clock_marks`, and only
//! the worker that wrote the mark adds it to the ticket's history and tells people; all in one transaction,
//! so that a worker that is killed in between has done nothing.

use super::store::timers_of;
use crate::app::cache::FRESH_MICROS;
use crate::app::outbox::{self, ReconcileClocks, TellPeople};
use crate::app::policies::Grounds;
use crate::app::{App, AppError};
use crate::db::clock_marks::{self, ClockMark};
use crate::db::tickets::Timers;
use crate::db::{DbError, Tx, ticket_events, tickets};
use crate::domain::clock::{Instant, MICROS_PER_HOUR, MICROS_PER_MINUTE};
use crate::domain::ids::TicketId;
use crate::domain::notify;
use crate::domain::sla::ticket_clock::{Passed, Standings, standings};
use crate::domain::ticket::{Origin, Ticket, TicketEvent, group_at};
use std::sync::Arc;

/// Tickets looked at in one transaction: a few milliseconds, so that those who file don't wait.
const BATCH: i64 = 50;
/// How long a ticket whose clocks can't be looked at is left alone.
const PUT_OFF: i64 = 15 * MICROS_PER_MINUTE;
/// Tickets whose timers are compared at a time: about a millisecond of a thread that others share.
const COMPARED: usize = 20;

impl App {
    /// Looks at the tickets whose clocks have something to say by now, one batch of them. Whether there may
    /// be more.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn wake_clocks(&self) -> Result<bool, AppError> {
        let now = self.now();
        let due = self.db().point(move |conn| clock_marks::due(conn, now, BATCH)).await?;
        if due.is_empty() {
            return Ok(false);
        }
        let more = i64::try_from(due.len()).unwrap_or(BATCH) == BATCH;
        let grounds = Arc::new(self.grounds().await?);
        let recorded = match self.wake_together(due.clone(), &grounds, now).await {
            Ok(recorded) => recorded,
            Err(error) if !error.may_pass() => self.wake_apart(due, &grounds, now).await?,
            Err(error) => return Err(error),
        };
        if recorded > 0 {
            tracing::info!(clock.marks = recorded, "Recorded warnings and breaches");
        }
        Ok(more)
    }

    async fn wake_together(
        &self,
        due: Vec<TicketId>,
        grounds: &Arc<Grounds>,
        now: Instant,
    ) -> Result<usize, AppError> {
        let grounds = grounds.clone();
        self.db()
            .write(move |tx| {
                due.iter().try_fold(0, |recorded, id| Ok(recorded + wake(tx, &grounds, *id, now)?))
            })
            .await
    }

    /// Each ticket by itself, so that one whose history can't be read keeps no other from being recorded. It is
    /// looked at again later.
    async fn wake_apart(
        &self,
        due: Vec<TicketId>,
        grounds: &Arc<Grounds>,
        now: Instant,
    ) -> Result<usize, AppError> {
        let mut recorded = 0;
        for id in due {
            match self.wake_together(vec![id], grounds, now).await {
                Ok(more) => recorded += more,
                Err(error) if !error.may_pass() => {
                    tracing::error!(ticket.id = id.get(), error = ?error, "The clocks of a ticket can't be looked at");
                    let later = now.plus_micros(PUT_OFF);
                    self.db().write(move |tx| tickets::wake_then(tx, id, later)).await?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(recorded)
    }

    /// Sees to it that the timers are compared with the history every hour, on the hour. For the start of a
    /// server.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn ensure_reconcile_queued(&self) -> Result<(), AppError> {
        self.queue_reconcile(next_hour(self.now())).await
    }

    /// Compares the timers of every open ticket with its history, and mends those that differ. Queues itself
    /// for the next hour first.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn reconcile_clocks(&self, _: &ReconcileClocks) -> Result<(), AppError> {
        let now = self.now();
        self.queue_reconcile(next_hour(now)).await?;
        // The threads' own readers: those of the pool map the file, and would keep every page looked at resident.
        let open = self.db().point(tickets::open_keys).await?;
        let mut mended = 0;
        for ids in open.chunks(COMPARED) {
            mended += match self.mend(ids.to_vec()).await {
                Err(error) if !error.may_pass() => self.mend_apart(ids).await?,
                mended => mended?,
            };
            tokio::task::yield_now().await;
        }
        if mended > 0 {
            tracing::warn!(tickets = mended, "Mended timers that didn't fit the history");
        }
        Ok(())
    }

    async fn mend_apart(&self, ids: &[TicketId]) -> Result<usize, AppError> {
        let mut mended = 0;
        for id in ids {
            match self.mend(vec![*id]).await {
                Ok(more) => mended += more,
                Err(error) if !error.may_pass() => {
                    tracing::error!(ticket.id = id.get(), error = ?error, "The timers of a ticket can't be compared");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(mended)
    }

    async fn mend(&self, ids: Vec<TicketId>) -> Result<usize, AppError> {
        let grounds = self.grounds().await?;
        let now = self.now();
        let wrong: Vec<(Ticket, Timers)> = self
            .db()
            .point(move |conn| {
                let mut wrong = Vec::new();
                let recorded = clock_marks::recorded(conn, &ids)?;
                for id in ids {
                    let Some((ticket, stored)) = tickets::with_timers(conn, id)? else { continue };
                    // What is due now is for the timers themselves.
                    if stored.wake_at.is_some_and(|at| at <= now) {
                        continue;
                    }
                    let history = ticket_events::all(conn, id)?;
                    let standings = standings(&grounds.policies, &grounds.directory, id, &history, now);
                    let mut right = timers_of(&ticket, &standings);
                    let is_recorded = |passed: &Passed| {
                        recorded.contains(&(id, passed.metric, passed.cycle, i64::from(passed.percent)))
                    };
                    if ticket.external_id.is_none() && !standings.passed().iter().all(is_recorded) {
                        right.wake_at = Some(now);
                    }
                    if right != stored {
                        wrong.push((ticket, right));
                    }
                }
                Ok::<_, DbError>(wrong)
            })
            .await?;
        let mended = wrong.len();
        if mended > 0 {
            self.db()
                .write(move |tx| {
                    wrong.iter().try_for_each(|(ticket, timers)| tickets::set_timers(tx, ticket, *timers))
                })
                .await?;
        }
        Ok(mended)
    }

    async fn queue_reconcile(&self, run_at: Instant) -> Result<(), AppError> {
        let now = self.now();
        let key = format!("reconcileClocks:{}", run_at.micros().div_euclid(MICROS_PER_HOUR));
        self.db()
            .write(move |tx| outbox::queue(tx, &ReconcileClocks {}, Some(key.clone()), run_at, now))
            .await
    }
}

/// Compares the timers with the history once every server has seen the change that makes it necessary.
pub(in crate::app) fn queue_reconcile_soon(tx: &mut Tx<'_>, now: Instant) -> Result<(), AppError> {
    let run_at = now.plus_micros(FRESH_MICROS);
    outbox::queue(tx, &ReconcileClocks {}, Some("reconcileClocks:soon".to_owned()), run_at, now)
}

fn next_hour(now: Instant) -> Instant {
    now.plus_micros(MICROS_PER_HOUR - now.micros().rem_euclid(MICROS_PER_HOUR))
}

/// Records what a ticket's clocks have passed, and says when to look again; how much was new.
fn wake(tx: &mut Tx<'_>, grounds: &Grounds, id: TicketId, now: Instant) -> Result<usize, AppError> {
    let Some(ticket) = tickets::lock(tx, id)? else { return Ok(0) };
    let mut history = ticket_events::all(tx.conn(), id)?;
    let before = history.len();
    let standings = record(tx, grounds, &ticket, &mut history, now)?;
    tickets::set_timers(tx, &ticket, timers_of(&ticket, &standings))?;
    Ok(history.len() - before)
}

/// Records what a ticket's clocks have passed by now and adds what is new to its history; how its clocks stand.
pub(super) fn record<'g>(
    tx: &mut Tx<'_>,
    grounds: &'g Grounds,
    ticket: &Ticket,
    history: &mut Vec<TicketEvent>,
    now: Instant,
) -> Result<Standings<'g>, AppError> {
    let standings = standings(&grounds.policies, &grounds.directory, ticket.id, history, now);
    let mut sequence = history.last().map_or(0, |event| event.sequence);
    let mut events = Vec::new();
    for passed in standings.passed() {
        let mark = ClockMark {
            ticket: ticket.id,
            metric: passed.metric,
            cycle: passed.cycle,
            percent: i64::from(passed.percent),
            agreement_version: passed.version,
            group: group_at(history, passed.at).unwrap_or(ticket.group),
            at: passed.at,
        };
        if clock_marks::insert_once(tx, &mark, now)? {
            sequence += 1;
            let (kind, origin) = (passed.event(), Origin::System);
            events.push(TicketEvent { sequence, at: now, actor: None, origin, kind });
        }
    }
    ticket_events::append(tx, ticket.id, &events)?;
    let told: Vec<i64> = events
        .iter()
        .filter(|event| !notify::plan(ticket, event).is_empty())
        .map(|event| event.sequence)
        .collect();
    if let (Some(first), Some(last)) = (told.first(), told.last()) {
        outbox::queue(tx, &TellPeople { ticket: ticket.id, first: *first, last: *last }, None, now, now)?;
    }
    history.append(&mut events);
    Ok(standings)
}

#[cfg(test)]
mod tests;
