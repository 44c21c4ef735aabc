//! What happens to one ticket from its opening on, in working time and along the lifecycle.

use std::borrow::Cow;

use super::plan::{DemoAction, DemoStep};
use super::random::Random;
use super::texts;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use crate::domain::sla::Calendar;
use crate::domain::ticket::{Visibility, WaitingFor};

/// Who has to do with a ticket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parties {
    pub(super) requester: usize,
    /// The first-line agent who takes it.
    pub(super) agent: usize,
    /// Where it goes when the first line can't solve it.
    pub(super) beyond: Option<Beyond>,
}

/// A hand-over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beyond {
    pub(super) group: usize,
    pub(super) reason: &'static str,
    /// Who takes it there; nobody at a supplier, where the first-line agent keeps watch.
    pub(super) agent: Option<usize>,
}

/// The state an open ticket is left in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenState {
    New,
    GivenToAgent,
    Escalated,
    Reopened,
    WorkedOn,
    WorkedOnBeyond,
    WaitsForRequester,
    WaitsForSupplier,
    WaitsForDate,
}

/// Work that takes longer is begun and answered within the hour, not in proportion.
const LONG: i64 = MICROS_PER_HOUR;
/// Work that takes longer mostly waits for somebody: no promise is kept by working on for days.
const VERY_LONG: i64 = 8 * MICROS_PER_HOUR;

/// The history of a ticket while it is written.
pub(super) struct History<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) now: Instant,
    pub(super) opened_at: Instant,
    pub(super) parties: Parties,
    /// Whether all messages are written out; of old tickets only the first answer is, which was promised.
    pub(super) is_talkative: bool,
    pub(super) steps: Vec<DemoStep>,
}

impl History<'_> {
    /// Works a ticket for so long in working time and resolves it.
    pub(super) fn resolved(&mut self, work: i64, solution: &'static str, is_call: bool, random: &mut Random) {
        let agent = self.parties.agent;
        if is_call && work <= 20 * MICROS_PER_MINUTE && self.parties.beyond.is_none() {
            // Solved while the requester is on the phone.
            self.step(self.opened_at, agent, DemoAction::Take);
            self.resolve(agent, work, solution);
            return;
        }
        match self.parties.beyond {
            None => {
                self.take_first(work, 100, 500, agent, random);
                let asks = work > MICROS_PER_HOUR && random.chance(if work > VERY_LONG { 600 } else { 150 });
                self.conversation(agent, work, asks, random);
                self.resolve(agent, work, solution);
            }
            Some(beyond) => {
                self.hand_over(work, beyond, random);
                let solver = self.worked_beyond(work, beyond, random);
                self.resolve(solver, work, solution);
            }
        }
    }

    /// Withdrawn by the requester after so long.
    pub(super) fn cancelled(&mut self, work: i64, random: &mut Random) {
        let reason = random.text(&texts::CANCEL_REASONS).into();
        self.at(work, 1_000, self.parties.requester, DemoAction::Cancel { reason });
    }

    /// Opens a resolved ticket again and resolves it once more, unless that hasn't happened yet.
    pub(super) fn reopened(&mut self, solution: &'static str, random: &mut Random) {
        let Some(DemoStep { at: resolved_at, actor: Some(solver), .. }) = self.steps.last().cloned() else {
            return;
        };
        let minutes = |random: &mut Random, from, to| random.between(from, to) * MICROS_PER_MINUTE;
        let after =
            |from, micros| self.calendar.add_working_micros(from, micros).filter(|at| *at <= self.now);
        let reopened_at = after(resolved_at, minutes(random, 20, 900));
        let taken_at = reopened_at.and_then(|at| after(at, minutes(random, 1, 60)));
        let again_at = taken_at.and_then(|at| after(at, minutes(random, 5, 400)));
        if let (Some(reopened_at), Some(taken_at), Some(again_at)) = (reopened_at, taken_at, again_at) {
            let reason = random.text(&texts::REOPEN_REASONS).into();
            self.step(reopened_at, self.parties.requester, DemoAction::Reopen { reason });
            self.step(taken_at, solver, DemoAction::Take);
            self.step(again_at, solver, DemoAction::Resolve { solution: Cow::Borrowed(solution) });
        }
    }

    /// Closes a resolved ticket: one in five requesters confirms, the others let the time run out.
    pub(super) fn closed(&mut self, auto_close_micros: i64, can_confirm: bool, random: &mut Random) {
        let Some(resolved_at) = self.steps.last().map(|step| step.at) else { return };
        let confirms = can_confirm && random.chance(200);
        let wait =
            if confirms { random.between(MICROS_PER_MINUTE, 2 * MICROS_PER_DAY) } else { auto_close_micros };
        let wait = wait.min(auto_close_micros);
        let (actor, what) = if confirms {
            (Some(self.parties.requester), DemoAction::Close)
        } else {
            (None, DemoAction::AutoClose)
        };
        let at = resolved_at.plus_micros(wait);
        if at <= self.now {
            self.steps.push(DemoStep { at, actor, what });
        }
    }

    /// Leaves a ticket open in a state, after so much working time since it came in.
    pub(super) fn left_open(&mut self, state: OpenState, age: i64, lead: usize, random: &mut Random) {
        let agent = self.parties.agent;
        let age = match state {
            // What waits has done so since soon after it came in.
            OpenState::WaitsForRequester | OpenState::WaitsForSupplier | OpenState::WaitsForDate => {
                age.min(4 * MICROS_PER_HOUR)
            }
            _ => age,
        };
        match state {
            OpenState::New => {}
            OpenState::GivenToAgent => self.at(age, 300, lead, DemoAction::Assign { assignee: agent }),
            OpenState::Escalated => {
                if let Some(beyond) = self.parties.beyond {
                    self.hand_over(age, beyond, random);
                }
            }
            OpenState::Reopened => {
                self.at(age, 100, agent, DemoAction::Take);
                self.at(
                    age,
                    500,
                    agent,
                    DemoAction::Resolve { solution: "Omstart av datorn hjälpte.".into() },
                );
                let reason = random.text(&texts::REOPEN_REASONS).into();
                self.at(age, 900, self.parties.requester, DemoAction::Reopen { reason });
            }
            OpenState::WorkedOn => {
                self.take_first(age, 100, 500, agent, random);
                self.conversation(agent, age, false, random);
            }
            OpenState::WorkedOnBeyond => {
                self.holder(age, random);
            }
            OpenState::WaitsForRequester => {
                self.take_first(age, 100, 500, agent, random);
                self.say(age, 700, agent, Visibility::Public, &texts::QUESTIONS, random);
                self.wait(age, 710, agent, WaitingFor::Requester, None);
            }
            OpenState::WaitsForSupplier => {
                let holder = self.holder(age, random);
                self.wait(age, 800, holder, WaitingFor::Supplier, None);
            }
            OpenState::WaitsForDate => {
                self.take_first(age, 100, 500, agent, random);
                let work = random.between(500, 2_500) * MICROS_PER_MINUTE;
                let until = self.calendar.add_working_micros(self.now, work);
                self.wait(age, 800, agent, WaitingFor::Planned, until);
            }
        }
    }

    /// Puts it into the hands of whoever works on it beyond the first line, and says who that is.
    fn holder(&mut self, age: i64, random: &mut Random) -> usize {
        let Some(beyond) = self.parties.beyond else {
            self.at(age, 200, self.parties.agent, DemoAction::Take);
            return self.parties.agent;
        };
        self.hand_over(age, beyond, random);
        let holder = beyond.agent.unwrap_or(self.parties.agent);
        if beyond.agent.is_some() {
            self.at(age, random.between(400, 600), holder, DemoAction::Take);
        }
        self.say(age, 620, holder, Visibility::Internal, &texts::NOTES, random);
        holder
    }

    fn hand_over(&mut self, work: i64, beyond: Beyond, random: &mut Random) {
        let agent = self.parties.agent;
        self.take_first(work, 50, 200, agent, random);
        if work <= LONG && random.chance(500) {
            self.say(work, 210, agent, Visibility::Public, &texts::FIRST_ANSWERS, random);
        }
        let what = DemoAction::Escalate { to: beyond.group, reason: Cow::Borrowed(beyond.reason) };
        self.at(work.min(VERY_LONG), random.between(220, 380), agent, what);
    }

    /// Taken by the first line: soon, when the work is long, and then mostly with a first answer; otherwise
    /// between these thousandths of the work.
    fn take_first(&mut self, work: i64, from: i64, to: i64, agent: usize, random: &mut Random) {
        if work <= LONG {
            self.at(work, random.between(from, to), agent, DemoAction::Take);
            return;
        }
        let minute = random.between(3, 45);
        self.at_minute(minute, agent, DemoAction::Take);
        if random.chance(880) {
            let body = Cow::Borrowed(random.text(&texts::FIRST_ANSWERS));
            let answer = DemoAction::Message { visibility: Visibility::Public, body };
            self.at_minute(minute + random.between(1, 4), agent, answer);
        }
    }

    /// What happens after a hand-over, up to the solving; returns who solves.
    fn worked_beyond(&mut self, work: i64, beyond: Beyond, random: &mut Random) -> usize {
        if work > VERY_LONG {
            return self.long_work_beyond(work / MICROS_PER_MINUTE, beyond, random);
        }
        let Some(agent) = beyond.agent else {
            self.wait(work, 400, self.parties.agent, WaitingFor::Supplier, None);
            self.at(work, random.between(800, 950), self.parties.agent, DemoAction::Resume);
            return self.parties.agent;
        };
        self.at(work, random.between(400, 600), agent, DemoAction::Take);
        self.say(work, 620, agent, Visibility::Internal, &texts::NOTES, random);
        if random.chance(120) {
            self.wait(work, 650, agent, WaitingFor::Supplier, None);
            self.at(work, 850, agent, DemoAction::Resume);
        }
        if !random.chance(50) {
            return agent;
        }
        let reason = random.text(&texts::RETURN_REASONS).into();
        self.at(work, 900, agent, DemoAction::Return { reason });
        self.at(work, 950, self.parties.agent, DemoAction::Take);
        self.parties.agent
    }

    /// The same for work that takes days: most of them it waits for a supplier or the requester.
    fn long_work_beyond(&mut self, minutes: i64, beyond: Beyond, random: &mut Random) -> usize {
        let (first, holder) = (self.parties.agent, beyond.agent.unwrap_or(self.parties.agent));
        if beyond.agent.is_some() {
            self.at(VERY_LONG, random.between(390, 430), holder, DemoAction::Take);
            self.say(VERY_LONG, 440, holder, Visibility::Internal, &texts::NOTES, random);
        }
        if beyond.agent.is_none() || random.chance(720) {
            let is_suppliers = beyond.agent.is_none() || random.chance(150);
            let whom = if is_suppliers { WaitingFor::Supplier } else { WaitingFor::Requester };
            self.wait(VERY_LONG, 450, holder, whom, None);
            self.at_minute(minutes - random.between(20, 150), holder, DemoAction::Resume);
        }
        if beyond.agent.is_none() || !random.chance(50) {
            return holder;
        }
        let reason = random.text(&texts::RETURN_REASONS).into();
        self.at_minute(minutes - 10, holder, DemoAction::Return { reason });
        self.at_minute(minutes - 5, first, DemoAction::Take);
        first
    }

    /// A first answer, and a question that is waited for.
    fn conversation(&mut self, agent: usize, work: i64, asks: bool, random: &mut Random) {
        if work <= LONG && random.chance(600) {
            self.say(work, 520, agent, Visibility::Public, &texts::FIRST_ANSWERS, random);
        }
        if random.chance(250) {
            self.say(work.min(VERY_LONG / 2), 540, agent, Visibility::Internal, &texts::NOTES, random);
        }
        if asks {
            // Very long work is long because the answer is.
            let (asked, answered) = if work > VERY_LONG { (VERY_LONG / 2, 970) } else { (work, 800) };
            self.say(asked, 600, agent, Visibility::Public, &texts::QUESTIONS, random);
            self.wait(asked, 610, agent, WaitingFor::Requester, None);
            let answers = random.chance(700) && self.is_talkative;
            if answers {
                self.say(work, answered, self.parties.requester, Visibility::Public, &texts::ANSWERS, random);
            } else {
                self.at(work, answered, agent, DemoAction::Resume);
            }
        }
    }

    fn at_minute(&mut self, minute: i64, actor: usize, what: DemoAction) {
        self.at(minute * MICROS_PER_MINUTE, 1_000, actor, what);
    }

    fn resolve(&mut self, solver: usize, work: i64, solution: &'static str) {
        self.at(work, 1_000, solver, DemoAction::Resolve { solution: Cow::Borrowed(solution) });
    }

    fn wait(
        &mut self,
        work: i64,
        of_thousand: i64,
        actor: usize,
        waiting_for: WaitingFor,
        until: Option<Instant>,
    ) {
        self.at(work, of_thousand, actor, DemoAction::Wait { waiting_for, until });
    }

    fn say(
        &mut self,
        work: i64,
        of_thousand: i64,
        actor: usize,
        visibility: Visibility,
        texts: &[&'static str],
        random: &mut Random,
    ) {
        if self.is_talkative {
            let body = Cow::Borrowed(random.text(texts));
            self.at(work, of_thousand, actor, DemoAction::Message { visibility, body });
        }
    }

    /// A step after so many thousandths of the working time, in whole seconds.
    fn at(&mut self, work: i64, of_thousand: i64, actor: usize, what: DemoAction) {
        let amount = work / MICROS_PER_SECOND * of_thousand / 1_000 * MICROS_PER_SECOND;
        let at = self.calendar.add_working_micros(self.opened_at, amount).unwrap_or(self.opened_at);
        self.step(at, actor, what);
    }

    /// Never before the step before.
    fn step(&mut self, at: Instant, actor: usize, what: DemoAction) {
        let at = self.steps.last().map_or(at, |last| at.max(last.at));
        self.steps.push(DemoStep { at, actor: Some(actor), what });
    }
}
