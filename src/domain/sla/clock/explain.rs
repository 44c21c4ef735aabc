//! Why a clock stands as it does, as facts that can be said in any language – and in English, for the
//! command line.

use std::fmt;

use jiff::tz::TimeZone;

use super::replay::{Rest, Resting};
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::sla::calendar::Calendar;
use crate::domain::sla::target::{HoursAndMinutes, Target};
use crate::domain::ticket::WaitingFor;

/// Closed stretches that are told one by one; more are told in one sentence.
const MOST_CLOSED_STRETCHES: usize = 4;

/// One fact of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sentence {
    /// The promise is due.
    DueAt {
        /// When.
        at: Instant,
    },
    /// The promise was kept.
    MetAt {
        /// When it was resolved.
        at: Instant,
        /// When it was due.
        due_at: Instant,
    },
    /// The promise was broken.
    BreachedAt {
        /// When.
        at: Instant,
        /// When it was due.
        due_at: Instant,
    },
    /// The clock stands still now; due is as if it went on now.
    PausedSince {
        /// Since when.
        at: Instant,
        /// What for, if known.
        why: Option<WaitingFor>,
    },
    /// What was promised.
    TargetIs(Target),
    /// Another target was set.
    TargetChanged {
        /// When.
        at: Instant,
        /// The new one.
        target: Target,
    },
    /// The work arrived during opening hours.
    Arrived {
        /// When.
        at: Instant,
    },
    /// The work arrived outside opening hours.
    ArrivedWhileClosed {
        /// When.
        at: Instant,
        /// When the desk opened after that.
        opens_at: Instant,
    },
    /// A stretch in between that doesn't count.
    ClosedBetween {
        /// The closing time.
        from: Instant,
        /// When it opened again.
        to: Instant,
    },
    /// More such stretches than are worth telling.
    ClosedOften {
        /// The first closing time.
        from: Instant,
        /// The end of the time looked at.
        to: Instant,
    },
    /// Pauses that are over, together.
    PausedFor {
        /// What for, if known.
        why: Option<WaitingFor>,
        /// Opening hours paused, in microseconds.
        working_micros: i64,
    },
    /// It was resolved and reopened; the time in between doesn't count.
    ResolvedFor {
        /// Opening hours in between, in microseconds.
        working_micros: i64,
    },
}

impl Sentence {
    /// The sentence in English, its instants in this zone; days are called by their weekday alone when
    /// they are within a week of `now`.
    #[must_use]
    pub fn spoken<'a>(&'a self, zone: &'a TimeZone, now: Instant) -> Spoken<'a> {
        Spoken { sentence: self, zone, now }
    }
}

/// A sentence in English. Pages say it in the reader's language instead.
#[derive(Debug)]
pub struct Spoken<'a> {
    sentence: &'a Sentence,
    zone: &'a TimeZone,
    now: Instant,
}

impl fmt::Display for Spoken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = |micros: i64| HoursAndMinutes(micros.div_euclid(MICROS_PER_MINUTE));
        match *self.sentence {
            Sentence::DueAt { at } => write!(f, "due {}", self.day(at)),
            Sentence::MetAt { at, due_at } => {
                write!(f, "met {}, due {}", self.day(at), self.day(due_at))
            }
            Sentence::BreachedAt { at, due_at } if at == due_at => {
                write!(f, "breached: was due {}", self.day(at))
            }
            Sentence::BreachedAt { at, due_at } => {
                write!(f, "breached {}: was due {}", self.day(at), self.day(due_at))
            }
            Sentence::PausedSince { at, why } => {
                write!(f, "paused since {}{}", self.day(at), reason(why))
            }
            Sentence::TargetIs(target) => write!(f, "the target is {target}"),
            Sentence::TargetChanged { at, target } => {
                write!(f, "the target was changed to {target} {}", self.day(at))
            }
            Sentence::Arrived { at } => write!(f, "arrived {}", self.day(at)),
            Sentence::ArrivedWhileClosed { at, opens_at } => {
                write!(f, "arrived {} while closed until {}", self.day(at), self.day(opens_at))
            }
            Sentence::ClosedBetween { from, to } if self.is_one_night(from, to) => {
                write!(f, "closed {}–{}", self.time(from), self.time(to))
            }
            Sentence::ClosedBetween { from, to } => {
                write!(f, "closed {}–{}", self.day(from), self.day(to))
            }
            Sentence::ClosedOften { from, to } => {
                write!(f, "only opening hours count between {} and {}", self.day(from), self.day(to))
            }
            Sentence::PausedFor { why, working_micros } => {
                write!(f, "paused {}{}", minutes(working_micros), reason(why))
            }
            Sentence::ResolvedFor { working_micros } => {
                write!(f, "{} between resolved and reopened", minutes(working_micros))
            }
        }
    }
}

impl Spoken<'_> {
    fn local(&self, at: Instant) -> jiff::civil::DateTime {
        self.zone.to_datetime(at.to_timestamp())
    }

    fn time(&self, at: Instant) -> impl fmt::Display {
        self.local(at).strftime("%H:%M")
    }

    fn day(&self, at: Instant) -> impl fmt::Display {
        let (day, today) = (self.local(at), self.local(self.now));
        let days_away = day.date().since(today.date()).map_or(i32::MAX, |span| span.get_days().abs());
        day.strftime(if days_away < 7 { "%A %H:%M" } else { "%A %Y-%m-%d %H:%M" })
    }

    fn is_one_night(&self, from: Instant, to: Instant) -> bool {
        let evening = self.local(from).date();
        let morning = self.local(to).date();
        evening == morning || evening.tomorrow().is_ok_and(|next| next == morning)
    }
}

fn reason(why: Option<WaitingFor>) -> &'static str {
    match why {
        Some(WaitingFor::Requester) => " waiting for you",
        Some(WaitingFor::Supplier) => " waiting for a supplier",
        Some(WaitingFor::Planned) => " until a planned time",
        None => "",
    }
}

/// What an explanation is made of.
pub(super) struct Account<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) opened_at: Instant,
    pub(super) due_at: Instant,
    pub(super) target: Target,
    pub(super) breached_at: Option<Instant>,
    pub(super) resolved_at: Option<Instant>,
    pub(super) paused_now: Option<(Instant, Option<WaitingFor>)>,
    pub(super) rests: &'a [Rest],
    pub(super) target_changes: &'a [(Instant, Target)],
}

/// The facts, the outcome first.
pub(super) fn explain(account: &Account<'_>) -> Vec<Sentence> {
    let due_at = account.due_at;
    let mut sentences = vec![match (account.breached_at, account.resolved_at) {
        (Some(at), _) => Sentence::BreachedAt { at, due_at },
        (None, Some(at)) => Sentence::MetAt { at, due_at },
        (None, None) => Sentence::DueAt { at: due_at },
    }];
    if let Some((at, why)) = account.paused_now {
        sentences.push(Sentence::PausedSince { at, why });
    }
    sentences.push(Sentence::TargetIs(account.target));
    sentences
        .extend(account.target_changes.iter().map(|&(at, target)| Sentence::TargetChanged { at, target }));
    sentences.extend(arrival(account));
    sentences.extend(closed_stretches(account));
    sentences.extend(rests(account));
    sentences
}

fn arrival(account: &Account<'_>) -> Option<Sentence> {
    let at = account.opened_at;
    let opens_at = account.calendar.next_opening(at)?;
    Some(if opens_at == at {
        Sentence::Arrived { at }
    } else {
        Sentence::ArrivedWhileClosed { at, opens_at }
    })
}

/// The closed stretches between the arrival and due.
fn closed_stretches(account: &Account<'_>) -> Vec<Sentence> {
    let Account { calendar, due_at, .. } = *account;
    let Some(mut open_at) = calendar.next_opening(account.opened_at) else {
        return Vec::new();
    };
    let mut stretches = Vec::new();
    loop {
        let from = calendar.next_closing(open_at);
        match calendar.next_opening(from) {
            // A desk that never closes, or a night after the end.
            Some(to) if from < due_at && to <= due_at && from < to => {
                stretches.push(Sentence::ClosedBetween { from, to });
                open_at = to;
            }
            _ => return stretches,
        }
        if stretches.len() > MOST_CLOSED_STRETCHES {
            return vec![Sentence::ClosedOften { from: account.opened_at, to: due_at }];
        }
    }
}

/// The rests that are over, those of one kind together, in order of their first.
fn rests(account: &Account<'_>) -> Vec<Sentence> {
    let mut totals: Vec<(Resting, i64)> = Vec::new();
    let working = account.rests.iter().map(|rest| (rest.why, rest.working_micros(account.calendar)));
    for (why, working_micros) in working.filter(|(_, working_micros)| *working_micros > 0) {
        match totals.iter_mut().find(|(total, _)| *total == why) {
            Some((_, total)) => *total += working_micros,
            None => totals.push((why, working_micros)),
        }
    }
    totals
        .into_iter()
        .map(|(why, working_micros)| match why {
            Resting::Paused(why) => Sentence::PausedFor { why, working_micros },
            Resting::Resolved => Sentence::ResolvedFor { working_micros },
        })
        .collect()
}
