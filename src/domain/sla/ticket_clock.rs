//! The clocks of a ticket, drawn from its events: what was promised to the customer, and what the group
//! that has it has promised about its own part.
//!
//! Nothing here is stored. The customer's promises are those of the agreement versions that the events
//! name; the group's are those of the agreement that held when the ticket came to it.

use super::Calendar;
use super::agreement::{AgreementVersion, Metric, Promise, Tell};
use super::clock::{ClockEvent, ClockEventKind, ClockState, Evaluation, Mark, MarkKind, Replay};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementVersionId, TicketId};
use crate::domain::people::Directory;
use crate::domain::policies::{Policies, facts_of};
use crate::domain::ticket::{EventKind, Ticket, TicketEvent, evolve};

/// Sequences of events and cycles of targets share one number: so many targets fit under one hand-over.
const CYCLES_PER_STAY: i64 = 1_000;

/// One promise about a ticket.
#[derive(Debug, Clone)]
pub struct TicketClock<'p> {
    /// The agreement as it holds for the ticket.
    pub version: &'p AgreementVersion,
    /// The promise.
    pub promise: &'p Promise,
    /// The calendar it is counted in.
    pub calendar: &'p Calendar,
    /// Tells the times apart that a ticket came to a group; 0 for the customer's promises.
    stay: i64,
    first: &'p Promise,
    events: Vec<ClockEvent>,
}

/// How a promise stands.
#[derive(Debug, Clone)]
pub struct Standing<'p> {
    /// The clock.
    pub clock: TicketClock<'p>,
    /// How it stands.
    pub evaluation: Evaluation,
    /// What it has passed.
    pub marks: Vec<Mark>,
    /// When to look again.
    pub next_wake: Option<Instant>,
}

/// Something a clock has passed, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// What is measured.
    pub metric: Metric,
    /// Which clock of that metric, and which target of it.
    pub cycle: i64,
    /// The share of the target that was used up, in per cent; 100 is the breach.
    pub percent: u8,
    /// When.
    pub at: Instant,
    /// When it was due.
    pub due_at: Instant,
    /// The version that promised it.
    pub version: AgreementVersionId,
    /// Who is told.
    pub tells: Vec<Tell>,
}

impl Passed {
    /// What is added to the ticket's history.
    #[must_use]
    pub fn event(&self) -> EventKind {
        let (metric, due_at, tells) = (self.metric, self.due_at, self.tells.clone());
        if self.percent >= 100 {
            EventKind::ClockBreached { metric, due_at, tells }
        } else {
            EventKind::ClockWarned { metric, percent: self.percent, due_at, tells }
        }
    }
}

/// How everything promised about a ticket stands, and what is kept of it for queues and timers.
#[derive(Debug, Clone, Default)]
pub struct Standings<'p>(pub Vec<Standing<'p>>);

impl Standings<'_> {
    /// When the solution is due, for queues: while its clock runs, and for ever once it is late. Nothing
    /// while the clock stands still.
    #[must_use]
    pub fn due_at(&self) -> Option<Instant> {
        let resolution =
            self.0.iter().find(|standing| standing.clock.promise.metric == Metric::Resolution)?;
        let counts = matches!(resolution.evaluation.state, ClockState::Running | ClockState::Breached);
        counts.then_some(resolution.evaluation.due_at)
    }

    /// When any of the clocks next has something to say.
    #[must_use]
    pub fn next_wake(&self) -> Option<Instant> {
        self.0.iter().filter_map(|standing| standing.next_wake).min()
    }

    /// All that the clocks have passed, in order of time.
    #[must_use]
    pub fn passed(&self) -> Vec<Passed> {
        let mut passed: Vec<Passed> = self.0.iter().flat_map(Standing::passed).collect();
        passed.sort_by_key(|passed| passed.at);
        passed
    }
}

impl Standing<'_> {
    fn passed(&self) -> impl Iterator<Item = Passed> + '_ {
        self.marks.iter().map(|mark| Passed {
            metric: self.clock.promise.metric,
            cycle: self.clock.stay * CYCLES_PER_STAY + i64::from(mark.cycle),
            percent: match mark.kind {
                MarkKind::Warned { percent } => percent,
                MarkKind::Breached => 100,
            },
            at: mark.at,
            due_at: self.evaluation.due_at,
            version: self.clock.version.id,
            tells: self.clock.promise.tells.clone(),
        })
    }
}

/// How everything promised about a ticket stands at `now`. Promises that its events or policies no longer
/// make sense of are left out.
#[must_use]
pub fn standings<'p>(
    policies: &'p Policies,
    directory: &Directory,
    ticket: TicketId,
    events: &[TicketEvent],
    now: Instant,
) -> Standings<'p> {
    let mut clocks = promised_to_customer(policies, events);
    clocks.extend(promised_by_group(policies, directory, ticket, events));
    Standings(clocks.into_iter().filter_map(|clock| clock.standing(now)).collect())
}

impl<'p> TicketClock<'p> {
    fn standing(self, now: Instant) -> Option<Standing<'p>> {
        let warnings = &self.promise.warn_at_percent;
        let replay = Replay::run(self.calendar, self.first.target, warnings, &self.events, now).ok()?;
        let (evaluation, marks, next_wake) =
            (replay.evaluation(), replay.marks().to_vec(), replay.next_wake());
        drop(replay);
        Some(Standing { clock: self, evaluation, marks, next_wake })
    }
}

/// First response and resolution, by the versions that the events name.
fn promised_to_customer<'p>(policies: &'p Policies, events: &[TicketEvent]) -> Vec<TicketClock<'p>> {
    [Metric::FirstResponse, Metric::Resolution]
        .into_iter()
        .filter_map(|metric| customer_clock(policies, events, metric))
        .collect()
}

fn customer_clock<'p>(
    policies: &'p Policies,
    events: &[TicketEvent],
    metric: Metric,
) -> Option<TicketClock<'p>> {
    let version = |id: Option<AgreementVersionId>| id.and_then(|id| policies.agreement(id));
    let named = |event: &TicketEvent| match &event.kind {
        EventKind::Opened { agreement, .. } => version(*agreement),
        EventKind::AgreementChanged { to, .. } => version(*to),
        _ => None,
    };
    let current = events.iter().rev().find_map(named)?;
    let promise = current.promise(metric)?;
    let first = events.iter().find_map(|event| named(event)?.promise(metric))?;
    let mut clock = ClockWalk::new(promise);
    for event in events {
        if let EventKind::AgreementChanged { .. } = event.kind {
            if let Some(target) = named(event).and_then(|version| version.promise(metric)) {
                clock.push(event.at, ClockEventKind::TargetChanged(target.target));
            }
        } else if metric == Metric::FirstResponse {
            clock.first_response(event);
        } else {
            clock.resolution(event);
        }
    }
    let calendar = &policies.calendar(current.calendar)?.calendar;
    Some(TicketClock { version: current, promise, calendar, stay: 0, first, events: clock.events })
}

/// The time in the group that has the ticket now.
fn promised_by_group<'p>(
    policies: &'p Policies,
    directory: &Directory,
    id: TicketId,
    events: &[TicketEvent],
) -> Option<TicketClock<'p>> {
    let has_any = policies.agreements.iter().any(|version| version.promise(Metric::TimeInGroup).is_some());
    if !has_any {
        return None;
    }
    let (opening, later) = events.split_first()?;
    let mut ticket = Ticket::opened(id, opening)?;
    let mut arrival = (opening, ticket.clone());
    for event in later {
        let before = ticket.group;
        evolve(&mut ticket, event);
        if ticket.group != before {
            arrival = (event, ticket.clone());
        }
    }
    let (came, then) = arrival;
    let version = policies.promised_by_group(&facts_of(&then, directory, came.at), then.line)?;
    let promise = version.promise(Metric::TimeInGroup)?;
    let mut clock = ClockWalk::new(promise);
    clock.push(came.at, ClockEventKind::Opened);
    for event in events.iter().filter(|event| event.sequence > came.sequence) {
        clock.resolution(event);
    }
    let calendar = &policies.calendar(version.calendar)?.calendar;
    Some(TicketClock {
        version,
        promise,
        calendar,
        stay: came.sequence,
        first: promise,
        events: clock.events,
    })
}

/// Turns what happens to a ticket into what happens to a clock.
struct ClockWalk<'p> {
    promise: &'p Promise,
    events: Vec<ClockEvent>,
    is_over: bool,
}

impl<'p> ClockWalk<'p> {
    const fn new(promise: &'p Promise) -> Self {
        Self { promise, events: Vec::new(), is_over: false }
    }

    fn push(&mut self, at: Instant, kind: ClockEventKind) {
        self.events.push(ClockEvent { at, kind });
    }

    /// Kept by the first answer, and never opened again.
    fn first_response(&mut self, event: &TicketEvent) {
        if self.is_over {
            return;
        }
        match event.kind {
            EventKind::FirstResponded => {
                self.push(event.at, ClockEventKind::Resolved);
                self.is_over = true;
            }
            EventKind::Cancelled { .. } | EventKind::Closed { .. } => {
                self.resolution(event);
                self.is_over = true;
            }
            _ => self.resolution(event),
        }
    }

    fn resolution(&mut self, event: &TicketEvent) {
        let at = event.at;
        match &event.kind {
            EventKind::Opened { .. } => self.push(at, ClockEventKind::Opened),
            EventKind::WaitStarted { waiting } if self.promise.pauses_on.contains(&waiting.waiting_for) => {
                self.push(at, ClockEventKind::Paused { why: Some(waiting.waiting_for) });
            }
            // Waiting for somebody else, or taken up again by whatever ends a wait.
            EventKind::WaitStarted { .. }
            | EventKind::WaitEnded { .. }
            | EventKind::Taken { .. }
            | EventKind::Assigned { .. }
            | EventKind::Escalated { .. }
            | EventKind::Returned { .. } => self.push(at, ClockEventKind::Resumed),
            EventKind::Resolved { .. } | EventKind::Closed { .. } | EventKind::Cancelled { .. } => {
                self.push(at, ClockEventKind::Resolved);
            }
            EventKind::Reopened { .. } => self.push(at, ClockEventKind::Reopened),
            EventKind::Routed { .. }
            | EventKind::AgreementChanged { .. }
            | EventKind::ClockWarned { .. }
            | EventKind::ClockBreached { .. }
            | EventKind::FirstResponded
            | EventKind::SubjectChanged { .. }
            | EventKind::DescriptionChanged { .. }
            | EventKind::ServiceChanged { .. }
            | EventKind::SystemChanged { .. }
            | EventKind::CategoryChanged { .. }
            | EventKind::SupportLevelChanged { .. }
            | EventKind::ActivityChanged { .. }
            | EventKind::RouteAdvised { .. }
            | EventKind::PriorityChanged { .. }
            | EventKind::MessageAdded { .. }
            | EventKind::AttachmentAdded { .. }
            | EventKind::LinkAdded { .. }
            | EventKind::LinkRemoved { .. }
            | EventKind::FirstLineReviewed { .. }
            | EventKind::ExternalLinkCreated { .. }
            | EventKind::MailNoted { .. }
            | EventKind::ExternalAnswered { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests;
