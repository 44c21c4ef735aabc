//! The hand-over ledger: who had a ticket when, drawn from its events (domain C2; issue 3, part 5).
//!
//! A ticket's time is cut into stays, each with one holder: line, group and person. While a ticket is
//! resolved, closed or cancelled it is nobody's. Nothing is stored: the events are the ledger.

use super::{EventKind, HandOverReason, Line, TicketEvent};
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, UserId};
use crate::text_enum;
use std::collections::{BTreeMap, BTreeSet};

text_enum! {
    /// What ended a stay.
    pub enum StayEnd {
        /// Somebody took it.
        Taken = "taken",
        /// It was given to a person, or to another group in the line.
        Assigned = "assigned",
        /// It was handed to another line.
        Escalated = "escalated",
        /// It was given back to its owner.
        Returned = "returned",
        /// It was resolved.
        Resolved = "resolved",
        /// The requester closed it unsolved.
        Closed = "closed",
        /// It was withdrawn.
        Cancelled = "cancelled",
    }
}

/// A time in which one holder had the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The line.
    pub line: Line,
    /// The group.
    pub group: GroupId,
    /// The person; nobody while it lay in the group's queue.
    pub assignee: Option<UserId>,
    /// From when.
    pub from: Instant,
    /// Until when; empty while it lasts.
    pub until: Option<Instant>,
    /// What ended it.
    pub ended_by: Option<StayEnd>,
    /// The hand-over that ended it, when it went to another line or back.
    pub hand_over: Option<HandOver>,
}

/// Why a ticket was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// By whom; nobody when the product did it.
    pub by: Option<UserId>,
    /// Why, as a code; older events have none.
    pub code: Option<HandOverReason>,
    /// Why, in words.
    pub reason: String,
}

/// The ledger of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Who had it, in order of time.
    pub stays: Vec<Stay>,
    /// How often it changed group.
    pub hand_overs: usize,
    /// How often it came back to a group that had had it before.
    pub bounces: usize,
    /// Whether the first line solved it: resolved there, never elsewhere, not opened again.
    pub first_line_solution: bool,
    /// What staff judged last: whether the first line could have solved it.
    pub first_line_could_have: Option<bool>,
    /// Until when the last stay counts while it lasts.
    as_of: Instant,
}

/// A measure of time summed by holder. Each of the three maps adds up to the whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// By line.
    pub lines: BTreeMap<Line, i64>,
    /// By group.
    pub groups: BTreeMap<GroupId, i64>,
    /// By person; under nobody what it lay in queues.
    pub people: BTreeMap<Option<UserId>, i64>,
    /// All of it.
    pub whole: i64,
}

impl Ledger {
    /// The stays' time summed, counted as the caller counts: in working time by a calendar's
    /// `elapsed`, for one.
    pub fn totals(&self, elapsed: impl Fn(Instant, Instant) -> i64) -> Totals {
        let mut totals = Totals::default();
        for stay in &self.stays {
            let time = elapsed(stay.from, self.until(stay));
            *totals.lines.entry(stay.line).or_default() += time;
            *totals.groups.entry(stay.group).or_default() += time;
            *totals.people.entry(stay.assignee).or_default() += time;
            totals.whole += time;
        }
        totals
    }

    /// Until when a stay counts: its end, or while it lasts the instant the ledger was drawn for.
    #[must_use]
    pub fn until(&self, stay: &Stay) -> Instant {
        stay.until.unwrap_or(self.as_of)
    }

    /// The stays' time summed in microseconds by the clock on the wall.
    #[must_use]
    pub fn wall_totals(&self) -> Totals {
        self.totals(|from, until| until.micros_since(from))
    }
}

/// Draws the ledger of a ticket's events, in their order, as of `now`. Empty for a history that
/// doesn't begin with an opening.
#[must_use]
pub fn ledger(events: &[TicketEvent], now: Instant) -> Ledger {
    let mut walk = Walk::default();
    for event in events {
        walk.step(event);
    }
    walk.ledger(now)
}

/// Who has the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holder {
    line: Line,
    group: GroupId,
    assignee: Option<UserId>,
}

/// A walk through the events.
#[derive(Default)]
struct Walk {
    stays: Vec<Stay>,
    holder: Option<Holder>,
    had_it: BTreeSet<GroupId>,
    hand_overs: usize,
    bounces: usize,
    left_first_line: bool,
    /// The line it stands resolved in; empty while it is open, and for what was closed unsolved.
    resolved_in: Option<Line>,
    was_reopened: bool,
    could_have: Option<bool>,
    last_at: Option<Instant>,
}

impl Walk {
    fn step(&mut self, event: &TicketEvent) {
        let at = event.at;
        self.last_at = self.last_at.max(Some(at));
        let hand_over = |reason: &str, code: Option<HandOverReason>| {
            Some(HandOver { by: event.actor, code, reason: reason.to_owned() })
        };
        match &event.kind {
            EventKind::Opened { line, group, .. } => {
                self.had_it.insert(*group);
                self.begin(Holder { line: *line, group: *group, assignee: None }, at);
            }
            // It never lay with the intake group: the first stay is the chosen group's.
            EventKind::Routed { from_group: _, to_group, from_line: _, to_line } => {
                self.stays.clear();
                self.had_it.clear();
                self.left_first_line = false;
                self.had_it.insert(*to_group);
                self.begin(Holder { line: *to_line, group: *to_group, assignee: None }, at);
            }
            EventKind::Taken { from: _, to, group } => {
                let to = |now: Holder| Holder { group: *group, assignee: Some(*to), ..now };
                self.pass(to, StayEnd::Taken, at, None);
            }
            EventKind::Assigned { from_group: _, to_group, from: _, to } => {
                let to = |now: Holder| Holder { group: *to_group, assignee: *to, ..now };
                self.pass(to, StayEnd::Assigned, at, None);
            }
            EventKind::Escalated { from_group: _, to_group, from_line: _, to_line, reason, code } => {
                let to = |_| Holder { line: *to_line, group: *to_group, assignee: None };
                self.pass(to, StayEnd::Escalated, at, hand_over(reason, *code));
            }
            EventKind::Returned { from_group: _, to_group, from_line: _, to_line, reason, code } => {
                let to = |_| Holder { line: *to_line, group: *to_group, assignee: None };
                self.pass(to, StayEnd::Returned, at, hand_over(reason, *code));
            }
            EventKind::Resolved { line, .. } => {
                self.resolved_in = Some(*line);
                self.end(StayEnd::Resolved, at, None);
            }
            EventKind::Closed { by: _ } => self.end(StayEnd::Closed, at, None),
            EventKind::Cancelled { reason: _ } => self.end(StayEnd::Cancelled, at, None),
            EventKind::Reopened { reason: _ } => {
                self.was_reopened = true;
                self.resolved_in = None;
                if let Some(holder) = self.holder {
                    self.begin(holder, at);
                }
            }
            EventKind::FirstLineReviewed { could_have_solved, note: _ } => {
                self.could_have = Some(*could_have_solved);
            }
            EventKind::WaitStarted { .. }
            | EventKind::WaitEnded { .. }
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
            | EventKind::AgreementChanged { .. }
            | EventKind::ClockWarned { .. }
            | EventKind::ClockBreached { .. }
            | EventKind::ExternalLinkCreated { .. }
            | EventKind::MailNoted { .. }
            | EventKind::ExternalAnswered { .. } => {}
        }
    }

    /// The ticket passes from whoever has it. The same holder keeps the same stay.
    fn pass(
        &mut self,
        to: impl FnOnce(Holder) -> Holder,
        how: StayEnd,
        at: Instant,
        hand_over: Option<HandOver>,
    ) {
        let Some(before) = self.holder else { return };
        let after = to(before);
        if after == before {
            return;
        }
        if after.group != before.group {
            self.hand_overs += 1;
            self.bounces += usize::from(!self.had_it.insert(after.group));
        }
        self.end(how, at, hand_over);
        self.begin(after, at);
    }

    fn begin(&mut self, holder: Holder, from: Instant) {
        let Holder { line, group, assignee } = holder;
        self.left_first_line |= line != Line::First;
        self.holder = Some(holder);
        self.stays.push(Stay { line, group, assignee, from, until: None, ended_by: None, hand_over: None });
    }

    /// Ends the stay that lasts, if one does: a resolved ticket that is closed has none.
    fn end(&mut self, how: StayEnd, at: Instant, hand_over: Option<HandOver>) {
        if let Some(stay) = self.stays.last_mut().filter(|stay| stay.until.is_none()) {
            stay.until = Some(at);
            stay.ended_by = Some(how);
            stay.hand_over = hand_over;
        }
    }

    fn ledger(self, now: Instant) -> Ledger {
        Ledger {
            first_line_solution: self.resolved_in == Some(Line::First)
                && !self.left_first_line
                && !self.was_reopened,
            stays: self.stays,
            hand_overs: self.hand_overs,
            bounces: self.bounces,
            first_line_could_have: self.could_have,
            as_of: self.last_at.map_or(now, |last| last.max(now)),
        }
    }
}

#[cfg(test)]
mod tests;
