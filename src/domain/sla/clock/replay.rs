//! Running through the events of one clock.

use super::explain::{self, Account};
use super::{ClockError, ClockEvent, ClockEventKind, ClockState, Evaluation, Mark, MarkKind, Terms};
use crate::domain::clock::Instant;
use crate::domain::sla::calendar::Calendar;
use crate::domain::sla::target::Target;
use crate::domain::ticket::WaitingFor;

/// A clock run up to an instant.
#[derive(Debug, Clone)]
pub struct Replay<'c> {
    held_to: Held<'c>,
    /// What holds as soon as the clock is open again.
    next: Option<Held<'c>>,
    /// Terms that no event has named yet, the next one last.
    terms_ahead: Vec<Terms<'c>>,
    /// Thresholds in per cent, rising, each once.
    warn_at_percent: Vec<u8>,
    opened_at: Instant,
    now: Instant,
    phase: Phase,
    /// When the phase began, or the target changed in it.
    since: Instant,
    /// Working time paused before the phase.
    paused_micros: i64,
    cycle: u32,
    breach: Option<Breach>,
    marks: Vec<Mark>,
    rests: Vec<Rest>,
    target_changes: Vec<(Instant, Target)>,
}

/// Terms, and what they come to.
#[derive(Debug, Clone, Copy)]
struct Held<'c> {
    terms: Terms<'c>,
    /// Their place among those given.
    place: usize,
    plan: Plan,
}

/// The target as it would come out without pauses.
#[derive(Debug, Clone, Copy)]
struct Plan {
    due_at: Instant,
    /// Working time from the opening to due.
    allowance_micros: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Running,
    Paused { why: Option<WaitingFor> },
    Resolved,
}

#[derive(Debug, Clone, Copy)]
struct Breach {
    at: Instant,
    due_at: Instant,
}

/// A stretch in which the clock stood still.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    pub(super) why: Resting,
    from: Instant,
    to: Instant,
}

impl Rest {
    pub(super) fn working_micros(&self, calendar: &Calendar) -> i64 {
        calendar.elapsed_micros(self.from, self.to)
    }
}

/// Why a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resting {
    Paused(Option<WaitingFor>),
    Resolved,
}

impl<'c> Replay<'c> {
    /// Runs through the events up to `now`, in the order of their instants and, at the same instant, as
    /// listed. The first terms hold from the opening, the others each from a
    /// [`TermsChanged`](ClockEventKind::TermsChanged).
    ///
    /// # Errors
    /// [`ClockError`] when the events make no clock.
    pub fn run(terms: &[Terms<'c>], events: &[ClockEvent], now: Instant) -> Result<Self, ClockError> {
        let mut happened: Vec<ClockEvent> = events.iter().filter(|event| event.at <= now).copied().collect();
        // Of several things at the instant of the opening, the opening comes first.
        happened.sort_by_key(|event| (event.at, event.kind != ClockEventKind::Opened));
        let opened_at = happened
            .iter()
            .find(|event| event.kind == ClockEventKind::Opened)
            .map(|event| event.at)
            .ok_or(ClockError::NeverOpened)?;
        let (terms, ahead) = terms.split_first().ok_or(ClockError::NoTerms)?;
        let terms = *terms;
        let mut replay = Self {
            held_to: Held { terms, place: 0, plan: Plan::new(terms, opened_at)? },
            next: None,
            terms_ahead: ahead.iter().rev().copied().collect(),
            warn_at_percent: thresholds(terms),
            opened_at,
            now,
            phase: Phase::Running,
            since: opened_at,
            paused_micros: 0,
            cycle: 0,
            breach: None,
            marks: Vec::new(),
            rests: Vec::new(),
            target_changes: Vec::new(),
        };
        let mut opened = false;
        for event in happened {
            if event.at < opened_at {
                return Err(ClockError::BeforeOpened { at: event.at, opened_at });
            }
            if event.kind == ClockEventKind::Opened {
                if opened {
                    return Err(ClockError::OpenedTwice { at: event.at });
                }
                opened = true;
            } else {
                replay.apply(event)?;
            }
        }
        replay.run_to(now)?;
        // Everything that is asked later is known to lie within the calendar.
        replay.due_at(now)?;
        Ok(replay)
    }

    /// How the clock stands.
    #[must_use]
    pub fn evaluation(&self) -> Evaluation {
        let due_at = match self.breach {
            Some(breach) => breach.due_at,
            None => self.due_at(self.now).unwrap_or(self.held_to.plan.due_at),
        };
        let elapsed_micros = self.elapsed_micros();
        Evaluation {
            due_at,
            elapsed_micros,
            remaining_micros: self.held_to.plan.allowance_micros - elapsed_micros,
            state: self.state(),
            breached_at: self.breach.map(|breach| breach.at),
            explanation: explain::explain(&self.account(due_at)),
        }
    }

    /// What it has passed, in order.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// When to look again, see [`super::next_wake`].
    #[must_use]
    pub fn next_wake(&self) -> Option<Instant> {
        if self.state() != ClockState::Running {
            return None;
        }
        let breaks_at = self.due_at(self.now).ok()?.max(self.since);
        let next_warning = self.warnings_ahead(breaks_at).map(|(_, at)| at).next();
        // At the due instant itself the promise can still be kept.
        Some(next_warning.unwrap_or_else(|| breaks_at.plus_micros(1)))
    }

    /// The place of the terms it is judged by, among those given. A clock that was breached or met is judged
    /// by those that held then.
    #[must_use]
    pub const fn judged_by(&self) -> usize {
        self.held_to.place
    }

    /// How it stands, in one word.
    #[must_use]
    pub fn state(&self) -> ClockState {
        match (self.breach, self.phase) {
            (Some(_), _) => ClockState::Breached,
            (None, Phase::Running) => ClockState::Running,
            (None, Phase::Paused { .. }) => ClockState::Paused,
            (None, Phase::Resolved) => ClockState::Met,
        }
    }

    fn apply(&mut self, event: ClockEvent) -> Result<(), ClockError> {
        self.run_to(event.at)?;
        match (event.kind, self.phase) {
            (ClockEventKind::Paused { why }, Phase::Running) => self.enter(Phase::Paused { why }, event.at),
            (ClockEventKind::Resumed, Phase::Paused { .. }) | (ClockEventKind::Reopened, Phase::Resolved) => {
                self.enter(Phase::Running, event.at);
                self.follow_next(event.at)?;
            }
            (ClockEventKind::Resolved, Phase::Running | Phase::Paused { .. }) => {
                self.enter(Phase::Resolved, event.at);
            }
            (ClockEventKind::TargetChanged(target), _) => {
                let Held { terms, place, .. } = self.next.unwrap_or(self.held_to);
                self.change_terms(Terms { target, ..terms }, place, event.at)?;
            }
            (ClockEventKind::TermsChanged, _) => {
                let place = self.next.unwrap_or(self.held_to).place;
                let terms = self.terms_ahead.pop().ok_or(ClockError::NoTerms)?;
                self.change_terms(terms, place + 1, event.at)?;
            }
            (ClockEventKind::Opened | ClockEventKind::Reopened, _)
            | (ClockEventKind::Paused { .. }, Phase::Paused { .. } | Phase::Resolved)
            | (ClockEventKind::Resumed, Phase::Running | Phase::Resolved)
            | (ClockEventKind::Resolved, Phase::Resolved) => {}
        }
        Ok(())
    }

    /// Ends the phase, and keeps what it rested.
    fn enter(&mut self, phase: Phase, at: Instant) {
        let why = match self.phase {
            Phase::Running => None,
            Phase::Paused { why } => Some(Resting::Paused(why)),
            Phase::Resolved => Some(Resting::Resolved),
        };
        if let Some(why) = why {
            let rest = Rest { why, from: self.since, to: at };
            self.paused_micros += rest.working_micros(self.held_to.terms.calendar);
            self.rests.push(rest);
        }
        self.phase = phase;
        self.since = at;
    }

    fn change_terms(&mut self, terms: Terms<'c>, place: usize, at: Instant) -> Result<(), ClockError> {
        let plan = Plan::new(terms, self.opened_at)?;
        if terms.target != self.next.unwrap_or(self.held_to).terms.target {
            self.target_changes.push((at, terms.target));
        }
        self.next = Some(Held { terms, place, plan });
        self.follow_next(at)
    }

    /// Lets changed terms hold; what is resolved was judged by the old ones.
    fn follow_next(&mut self, at: Instant) -> Result<(), ClockError> {
        if self.phase == Phase::Resolved || self.breach.is_some() {
            return Ok(());
        }
        let Some(next) = self.next.take() else {
            return Ok(());
        };
        let Held { terms: before, .. } = std::mem::replace(&mut self.held_to, next);
        let Held { terms, plan, .. } = next;
        self.warn_at_percent = thresholds(terms);
        let is_counted_alike = std::ptr::eq(terms.calendar, before.calendar);
        if is_counted_alike && terms.target == before.target {
            // What it warns of in addition was not said before.
            if self.phase == Phase::Running {
                self.since = at;
            }
            return Ok(());
        }
        if !is_counted_alike {
            self.paused_micros = self.rests.iter().map(|rest| rest.working_micros(terms.calendar)).sum();
        }
        self.cycle += 1;
        let due_at = self.due_at(at)?;
        let used_up = match self.phase {
            Phase::Running => {
                self.since = at;
                due_at < at
            }
            Phase::Paused { .. } => self.elapsed_micros() > plan.allowance_micros,
            Phase::Resolved => false,
        };
        if used_up {
            self.break_promise(Breach { at, due_at });
        }
        Ok(())
    }

    /// Lets the clock run on to `to` and keeps what it passes.
    fn run_to(&mut self, to: Instant) -> Result<(), ClockError> {
        if self.phase != Phase::Running || self.breach.is_some() {
            return Ok(());
        }
        let due_at = self.due_at(to)?;
        let breaks_at = due_at.max(self.since);
        let passed: Vec<Mark> = self
            .warnings_ahead(breaks_at)
            .filter(|&(_, at)| at <= to)
            .map(|(percent, at)| Mark { kind: MarkKind::Warned { percent }, at, cycle: self.cycle })
            .collect();
        self.marks.extend(passed);
        if breaks_at < to {
            self.break_promise(Breach { at: breaks_at, due_at });
        }
        Ok(())
    }

    fn break_promise(&mut self, breach: Breach) {
        self.breach = Some(breach);
        self.marks.push(Mark { kind: MarkKind::Breached, at: breach.at, cycle: self.cycle });
    }

    /// The thresholds that haven't been passed in this cycle, and when the running clock passes each;
    /// when it breaks the promise there is nothing left to warn of.
    fn warnings_ahead(&self, breaks_at: Instant) -> impl Iterator<Item = (u8, Instant)> {
        self.warn_at_percent.iter().filter_map(move |&percent| {
            let kind = MarkKind::Warned { percent };
            if self.marks.iter().any(|mark| mark.cycle == self.cycle && mark.kind == kind) {
                return None;
            }
            let used = self.held_to.plan.share_micros(percent).saturating_add(self.paused_micros);
            let calendar = self.held_to.terms.calendar;
            let at = calendar.add_working_micros(self.opened_at, used)?.max(self.since);
            (at < breaks_at).then_some((percent, at))
        })
    }

    /// When the promise is due, as seen at `at` within the phase.
    fn due_at(&self, at: Instant) -> Result<Instant, ClockError> {
        let Held { terms: Terms { calendar, .. }, plan, .. } = self.held_to;
        let resting = match self.phase {
            Phase::Paused { .. } => calendar.elapsed_micros(self.since, at),
            Phase::Running | Phase::Resolved => 0,
        };
        calendar.moved_by_pause(plan.due_at, self.paused_micros + resting).ok_or(ClockError::DueTooFar)
    }

    /// Working time used up to the end of the replay.
    fn elapsed_micros(&self) -> i64 {
        let stopped_at = match self.phase {
            Phase::Running => self.now,
            Phase::Paused { .. } | Phase::Resolved => self.since,
        };
        self.held_to.terms.calendar.elapsed_micros(self.opened_at, stopped_at) - self.paused_micros
    }

    fn account(&self, due_at: Instant) -> Account<'_> {
        let paused_now = match self.phase {
            Phase::Paused { why } => Some((self.since, why)),
            Phase::Running | Phase::Resolved => None,
        };
        Account {
            calendar: self.held_to.terms.calendar,
            opened_at: self.opened_at,
            due_at,
            target: self.held_to.terms.target,
            breached_at: self.breach.map(|breach| breach.at),
            resolved_at: (self.phase == Phase::Resolved).then_some(self.since),
            paused_now,
            rests: &self.rests,
            target_changes: &self.target_changes,
        }
    }
}

impl Plan {
    fn new(terms: Terms<'_>, opened_at: Instant) -> Result<Self, ClockError> {
        let Terms { calendar, target, .. } = terms;
        if target.is_zero() {
            return Err(ClockError::TargetIsZero);
        }
        let due_at = target.due(calendar, opened_at).ok_or(ClockError::DueTooFar)?;
        Ok(Self { due_at, allowance_micros: calendar.elapsed_micros(opened_at, due_at) })
    }

    /// The smallest working time that is at least this share of the allowance.
    fn share_micros(&self, percent: u8) -> i64 {
        let share = (i128::from(self.allowance_micros) * i128::from(percent) + 99) / 100;
        i64::try_from(share).unwrap_or(i64::MAX)
    }
}

fn thresholds(terms: Terms<'_>) -> Vec<u8> {
    let known = terms.warn_at_percent.iter().copied().filter(|percent| (1..100).contains(percent));
    let mut thresholds: Vec<u8> = known.collect();
    thresholds.sort_unstable();
    thresholds.dedup();
    thresholds
}
