//! The resolution table (contract §3, domain I2): how large a share of the tickets resolved in each
//! period was resolved within an hour, two hours, a day, three days and a week.
//!
//! A ticket counts in the period of its last resolution, once, over the time it was open: what lay
//! between a resolution and the re-opening is left out. Bounds are inclusive.
//!
//! *Elapsed* is wall-clock time. *Working* is opening hours, and its days are working days: within 1
//! day means by the due instant of one working day (contract §4) from the opening, moved by the working
//! time that a re-opened ticket lay closed; 3 days are three working days and a week is five of them.
//! So a ticket from 09:15 is within a day up to 09:15 the next working day, whatever the hours are that
//! day, and one from the evening up to the next closing time.

use std::fmt;

use jiff::civil::Date;

use super::period::{By, Period, local_midnight};
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::sla::Calendar;
use crate::text_enum;

/// More periods than anybody reads: a hundred years of months.
const MAX_PERIODS: usize = 1_200;

text_enum! {
    /// What time is counted in.
    pub enum ResolutionClock {
        /// Wall-clock time.
        Elapsed = "elapsed",
        /// Opening hours and working days.
        Working = "working",
    }
}

text_enum! {
    /// Whose tickets are counted. Whoever reads the facts applies it.
    pub enum Scope {
        /// All resolved tickets.
        All = "all",
        /// Those resolved by line 1.
        Servicedesk = "servicedesk",
    }
}

/// What table is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolutionSpec {
    /// First local date, included.
    pub from: Date,
    /// Last local date, included.
    pub to: Date,
    /// The length of the periods.
    pub by: By,
    /// What time is counted in.
    pub clock: ResolutionClock,
}

/// Why no table can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// `from` lies after `to`.
    #[error("the first day lies after the last")]
    FromAfterTo,
    /// More periods than the table holds.
    #[error("more than {MAX_PERIODS} periods")]
    TooManyPeriods,
}

/// A stretch that a ticket was open, from the first instant to the second.
pub type OpenSegment = (Instant, Instant);

/// What the table has to know of one resolved ticket.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedFact<'s> {
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last resolved.
    pub resolved_at: Instant,
    /// Wall-clock microseconds it was open, the times in between left out.
    pub open_micros: i64,
    /// Of a re-opened ticket the stretches it was open, in order and apart; empty for one that was never
    /// re-opened. Only [`ResolutionClock::Working`] asks for them.
    pub segments: &'s [OpenSegment],
}

/// A share in tenths of a per cent, 0–1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Permille(u16);

impl Permille {
    /// `part` of `whole`, half rounded up. `None` when there is no whole or the part is larger.
    #[must_use]
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        if part > whole {
            return None;
        }
        let (part, whole) = (u128::from(part), u128::from(whole));
        let rounded = (2_000 * part + whole).checked_div(2 * whole)?;
        u16::try_from(rounded).ok().map(Self)
    }

    /// Tenths of a per cent.
    #[must_use]
    pub const fn tenths(self) -> u16 {
        self.0
    }

    /// Per cent, for drawing and JSON.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

/// Per cent with a point and one decimal: `49.0`.
impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl serde::Serialize for Permille {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.percent())
    }
}

/// One period of the table. Shares are `None` when no ticket was resolved in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionRow {
    /// The period; at the ends of the table only its part inside the dates asked for is counted.
    pub period: Period,
    /// Tickets resolved in it.
    pub tickets: u64,
    /// Share resolved within one hour.
    pub within_1h: Option<Permille>,
    /// Share resolved within two hours.
    pub within_2h: Option<Permille>,
    /// Share resolved within a day.
    pub within_1d: Option<Permille>,
    /// Share resolved within three days.
    pub within_3d: Option<Permille>,
    /// Share resolved within a week.
    pub within_1w: Option<Permille>,
}

/// How many bounds a share is given for.
const BOUNDS: usize = 5;

#[derive(Debug, Clone)]
struct Bucket {
    period: Period,
    /// The first instant after it.
    end: i64,
    tickets: u64,
    within: [u64; BOUNDS],
}

/// The table while facts are added to it, one at a time and in any order.
#[derive(Debug)]
pub struct ResolutionTable<'c> {
    start: i64,
    buckets: Vec<Bucket>,
    clock: ResolutionClock,
    calendar: &'c Calendar,
}

impl<'c> ResolutionTable<'c> {
    /// An empty table with all its periods.
    ///
    /// # Errors
    /// [`SpecError`] when the dates are the wrong way round or too far apart.
    pub fn new(spec: &ResolutionSpec, calendar: &'c Calendar) -> Result<Self, SpecError> {
        if spec.from > spec.to {
            return Err(SpecError::FromAfterTo);
        }
        let after_last = spec.to.tomorrow().map_or(Instant::from_micros(i64::MAX), local_midnight);
        let last = Period::containing(spec.by, spec.to);
        let mut buckets = Vec::new();
        let mut period = Period::containing(spec.by, spec.from);
        loop {
            if buckets.len() == MAX_PERIODS {
                return Err(SpecError::TooManyPeriods);
            }
            let is_last = period == last;
            let end = if is_last { after_last } else { local_midnight(period.next().first_day()) };
            buckets.push(Bucket { period, end: end.micros(), tickets: 0, within: [0; BOUNDS] });
            if is_last {
                break;
            }
            period = period.next();
        }
        Ok(Self { start: local_midnight(spec.from).micros(), buckets, clock: spec.clock, calendar })
    }

    /// The instants whose resolutions the table counts: from the first, up to but not at the second.
    #[must_use]
    pub fn range(&self) -> (Instant, Instant) {
        let end = self.buckets.last().map_or(self.start, |bucket| bucket.end);
        (Instant::from_micros(self.start), Instant::from_micros(end))
    }

    /// Counts a ticket; one resolved outside the dates asked for is passed over.
    pub fn add(&mut self, fact: &ResolvedFact<'_>) {
        let at = fact.resolved_at.micros();
        if at < self.start {
            return;
        }
        let index = self.buckets.partition_point(|bucket| bucket.end <= at);
        let (clock, calendar) = (self.clock, self.calendar);
        let Some(bucket) = self.buckets.get_mut(index) else { return };
        let within = match clock {
            ResolutionClock::Elapsed => elapsed_bounds(fact.open_micros),
            ResolutionClock::Working => working_bounds(fact, calendar),
        };
        bucket.tickets += 1;
        for (count, is_within) in bucket.within.iter_mut().zip(within) {
            *count += u64::from(is_within);
        }
    }

    /// The rows, in the order of time.
    #[must_use]
    pub fn rows(&self) -> Vec<ResolutionRow> {
        let row = |bucket: &Bucket| {
            let [within_1h, within_2h, within_1d, within_3d, within_1w] =
                bucket.within.map(|count| Permille::of(count, bucket.tickets));
            let (period, tickets) = (bucket.period, bucket.tickets);
            ResolutionRow { period, tickets, within_1h, within_2h, within_1d, within_3d, within_1w }
        };
        self.buckets.iter().map(row).collect()
    }
}

fn elapsed_bounds(open_micros: i64) -> [bool; BOUNDS] {
    [MICROS_PER_HOUR, 2 * MICROS_PER_HOUR, MICROS_PER_DAY, 3 * MICROS_PER_DAY, 7 * MICROS_PER_DAY]
        .map(|bound| open_micros <= bound)
}

fn working_bounds(fact: &ResolvedFact<'_>, calendar: &Calendar) -> [bool; BOUNDS] {
    let whole = [(fact.opened_at, fact.resolved_at)];
    let segments = if fact.segments.is_empty() { &whole } else { fact.segments };
    let open: i64 = segments.iter().map(|&(from, to)| calendar.elapsed_micros(from, to)).sum();
    let closed: i64 = segments
        .iter()
        .zip(segments.iter().skip(1))
        .map(|(&(_, resolved), &(reopened, _))| calendar.elapsed_micros(resolved, reopened))
        .sum();
    let by_day = |days| {
        calendar
            .due_after_working_days(fact.opened_at, days)
            .and_then(|due| calendar.moved_by_pause(due, closed))
            .is_none_or(|due| fact.resolved_at <= due)
    };
    let within_1d = by_day(1);
    let within_3d = within_1d || by_day(3);
    let within_1w = within_3d || by_day(5);
    [open <= MICROS_PER_HOUR, open <= 2 * MICROS_PER_HOUR, within_1d, within_3d, within_1w]
}

#[cfg(test)]
mod tests;
