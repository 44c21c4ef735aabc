//! The clocks of a ticket, drawn from its events: what was promised to the customer, and what the group
//! that has it has promised about its own part.
//!
//! Nothing here is stored. The customer's promises are those of the agreement versions that the events
//! name; the group's are those of the agreement that held when the ticket came to it.

use super::agreement::{AgreementVersion, Metric, Promise, Tell};
use super::clock::{ClockEvent, ClockEventKind, ClockState, Evaluation, Mark, MarkKind, Replay, Terms};
use super::{Calendar, Target};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementVersionId, TicketId};
use crate::domain::people::Directory;
use crate::domain::policies::{Policies, facts_of};
use crate::domain::ticket::{EventKind, Ticket, TicketEvent, WaitingFor, evolve};

/// Sequences of events and cycles of targets share one number: so many targets fit under one hand-over.
const CYCLES_PER_STAY: i64 = 1_000;

/// Working days in which nothing is due, while nothing is promised: longer than tickets live.
const LONGEST_LIFE: u32 = 5_000;

/// One promise about a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Promised<'p> {
    /// The agreement as it holds for the ticket.
    pub version: &'p AgreementVersion,
    /// The promise.
    pub promise: &'p Promise,
    /// The calendar it is counted in.
    pub calendar: &'p Calendar,
}

impl<'p> Promised<'p> {
    fn of(policies: &'p Policies, version: &'p AgreementVersion, metric: Metric) -> Option<Self> {
        let promise = version.promise(metric)?;
        Some(Self { version, promise, calendar: &policies.calendar(version.calendar)?.calendar })
    }

    fn terms(&self) -> Terms<'p> {
        let Self { promise, calendar, .. } = *self;
        Terms { calendar, target: promise.target, warn_at_percent: &promise.warn_at_percent }
    }
}

/// How a promise stands.
#[derive(Debug, Clone)]
pub struct Standing<'p> {
    /// What it is judged by: a promise that was broken or kept, by what held then.
    pub clock: Promised<'p>,
    /// Tells the times apart that a ticket came to a group; 0 for the customer's promises.
    stay: i64,
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
            cycle: self.stay * CYCLES_PER_STAY + i64::from(mark.cycle),
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
    let to_customer = [Metric::FirstResponse, Metric::Resolution]
        .into_iter()
        .filter_map(|metric| promised_to_customer(policies, events, metric));
    let by_group = promised_by_group(policies, directory, ticket, events);
    Standings(to_customer.chain(by_group).filter_map(|clock| clock.standing(now)).collect())
}

/// First response or resolution, by the versions that the events name, each from when it was named.
fn promised_to_customer<'p>(
    policies: &'p Policies,
    events: &[TicketEvent],
    metric: Metric,
) -> Option<ClockWalk<'p>> {
    let version = |event: &TicketEvent| match &event.kind {
        EventKind::Opened { agreement: to, .. } | EventKind::AgreementChanged { to, .. } => {
            to.and_then(|id| policies.agreement(id))
        }
        _ => None,
    };
    let first = events.iter().find_map(|event| Promised::of(policies, version(event)?, metric))?;
    let is_from_opening =
        events.first().and_then(version).is_some_and(|version| version.id == first.version.id);
    let mut clock = ClockWalk::new(first, 0);
    clock.is_awaited = !is_from_opening;
    clock.began_unpromised = !is_from_opening;
    for event in events {
        if let EventKind::AgreementChanged { to, .. } = event.kind {
            match (to, version(event)) {
                (None, _) => clock.held_to(event.at, None),
                (Some(_), Some(version)) => clock.held_to(event.at, Promised::of(policies, version, metric)),
                // It can't be read: what held goes on.
                (Some(_), None) => {}
            }
        } else if metric == Metric::FirstResponse {
            clock.first_response(event);
        } else {
            clock.resolution(event);
        }
    }
    Some(clock)
}

/// The time in the group that has the ticket now.
fn promised_by_group<'p>(
    policies: &'p Policies,
    directory: &Directory,
    id: TicketId,
    events: &[TicketEvent],
) -> Option<ClockWalk<'p>> {
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
    let mut clock = ClockWalk::new(Promised::of(policies, version, Metric::TimeInGroup)?, came.sequence);
    clock.push(came.at, ClockEventKind::Opened);
    for event in events.iter().filter(|event| event.sequence > came.sequence) {
        clock.resolution(event);
    }
    Some(clock)
}

/// Turns what happens to a ticket into what happens to a clock.
struct ClockWalk<'p> {
    /// What was promised, one after the other.
    promised: Vec<Promised<'p>>,
    /// What holds now; nothing when the agreement that holds now doesn't promise this.
    held_to: Option<Promised<'p>>,
    stay: i64,
    events: Vec<ClockEvent>,
    /// What the ticket waits for.
    waiting: Option<WaitingFor>,
    /// Nothing of the kind was promised at first: what is promised later can't have been broken before.
    began_unpromised: bool,
    /// Nothing of the kind is promised yet.
    is_awaited: bool,
    is_over: bool,
}

impl<'p> ClockWalk<'p> {
    fn new(first: Promised<'p>, stay: i64) -> Self {
        let promised = vec![first];
        Self {
            promised,
            held_to: Some(first),
            stay,
            events: Vec::new(),
            waiting: None,
            began_unpromised: false,
            is_awaited: false,
            is_over: false,
        }
    }

    fn push(&mut self, at: Instant, kind: ClockEventKind) {
        self.events.push(ClockEvent { at, kind });
    }

    fn standing(self, now: Instant) -> Option<Standing<'p>> {
        let Self { promised, held_to, stay, events, began_unpromised, .. } = self;
        let mut terms: Vec<Terms<'p>> = promised.iter().map(Promised::terms).collect();
        if began_unpromised {
            let first = *terms.first()?;
            terms.insert(
                0,
                Terms { target: Target::WorkingDays(LONGEST_LIFE), warn_at_percent: &[], ..first },
            );
        }
        let replay = Replay::run(&terms, &events, now).ok()?;
        let judged_by = replay.judged_by().checked_sub(usize::from(began_unpromised))?;
        // What is no longer promised is told of when it was broken before.
        if held_to.is_none() && replay.state() != ClockState::Breached {
            return None;
        }
        Some(Standing {
            clock: *promised.get(judged_by)?,
            stay,
            evaluation: replay.evaluation(),
            marks: replay.marks().to_vec(),
            next_wake: replay.next_wake(),
        })
    }

    /// Another agreement holds: what it promises, if it does. A ticket that waits goes on or stands still by what
    /// the new one says.
    fn held_to(&mut self, at: Instant, promised: Option<Promised<'p>>) {
        if self.is_awaited {
            self.is_awaited = promised.is_none();
            if promised.is_some() {
                self.push(at, ClockEventKind::TermsChanged);
            }
            return;
        }
        let id = |promised: &Promised<'_>| promised.version.id;
        let is_same = promised.as_ref().map(id) == self.held_to.as_ref().map(id);
        let had_none = self.held_to.is_none();
        self.held_to = promised;
        let Some(promised) = promised else {
            self.push(at, ClockEventKind::Resolved);
            return;
        };
        if is_same || self.is_over {
            return;
        }
        if had_none {
            self.push(at, ClockEventKind::Reopened);
        }
        self.promised.push(promised);
        self.push(at, ClockEventKind::TermsChanged);
        if let Some(waiting) = self.waiting {
            self.wait(at, waiting);
        }
    }

    fn wait(&mut self, at: Instant, waiting: WaitingFor) {
        let pauses = self.held_to.is_some_and(|held| held.promise.pauses_on.contains(&waiting));
        let paused = ClockEventKind::Paused { why: Some(waiting) };
        self.push(at, if pauses { paused } else { ClockEventKind::Resumed });
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
            EventKind::WaitStarted { waiting } => {
                self.waiting = Some(waiting.waiting_for);
                self.wait(at, waiting.waiting_for);
            }
            EventKind::WaitEnded { .. }
            | EventKind::Taken { .. }
            | EventKind::Assigned { .. }
            | EventKind::Escalated { .. }
            | EventKind::Returned { .. } => {
                self.waiting = None;
                self.push(at, ClockEventKind::Resumed);
            }
            EventKind::Resolved { .. } | EventKind::Closed { .. } | EventKind::Cancelled { .. } => {
                self.waiting = None;
                self.push(at, ClockEventKind::Resolved);
            }
            EventKind::Reopened { .. } if self.held_to.is_some() => self.push(at, ClockEventKind::Reopened),
            EventKind::Reopened { .. }
            | EventKind::Routed { .. }
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
