//! The business calendar: when a desk is open, and arithmetic in working time.
//!
//! [`CalendarRules`] is the calendar as data (opening hours per weekday, holidays, the short day
//! before one, closed eves, the desk's own days, zone); [`Calendar`] is one or several versions of it made
//! ready for counting. Rules are never changed in place: a new version holds from its date, so that what
//! was counted once counts the same again.
//!
//! Days are open from their first minute up to, not including, their closing time. A calendar knows
//! the years 1–9998; instants outside are taken as lying at the end of them.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::hours::OpeningHours;
use super::problem::{CalendarFault, CalendarProblem};
use super::rules::{CalendarRules, DayReason};
use super::year::{YearTable, dates_of};
use crate::domain::clock::{Instant, MICROS_PER_DAY};

const FIRST_YEAR: i16 = 1;
const LAST_YEAR: i16 = 9998;
/// The years whose tables are kept once made; other years are made again each time.
const FIRST_KEPT: i16 = 1970;
const KEPT: usize = 200;

/// Rules that hold from a date.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarVersion {
    /// The first local date they hold on. Those of the first version hold before it too.
    pub valid_from: Date,
    /// The rules.
    pub rules: CalendarRules,
}

/// A day as a calendar has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewDay {
    /// The date.
    pub date: Date,
    /// Its opening hours; `None` when closed.
    pub hours: Option<OpeningHours>,
    /// The rule that says so.
    pub why: DayReason,
}

/// A calendar ready for counting. Make it once and keep it: it remembers the years it has met.
#[derive(Debug)]
pub struct Calendar {
    first: CalendarVersion,
    /// The later versions, in order of their dates.
    later: Vec<CalendarVersion>,
    years: Box<[OnceLock<YearTable>]>,
}

impl Calendar {
    /// Makes rules that always hold ready for counting.
    ///
    /// # Errors
    /// Every [`CalendarProblem`] of the rules.
    pub fn new(rules: CalendarRules) -> Result<Self, Vec<CalendarProblem>> {
        Self::of_versions(vec![CalendarVersion { valid_from: Date::MIN, rules }])
    }

    /// Makes versions ready for counting, each holding from its date until the next one begins.
    ///
    /// # Errors
    /// Every [`CalendarProblem`] of the rules; versions that aren't in order of their dates, share one,
    /// or have different zones.
    pub fn of_versions(versions: Vec<CalendarVersion>) -> Result<Self, Vec<CalendarProblem>> {
        let problems = problems_of_versions(&versions);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut versions = versions.into_iter();
        let Some(first) = versions.next() else {
            return Err(vec![CalendarProblem::new("versions", CalendarFault::NoVersion)]);
        };
        Ok(Self::ready(first, versions.collect()))
    }

    /// This calendar with one version more, to be shown and then kept.
    ///
    /// # Errors
    /// As [`Calendar::of_versions`]; also a version that begins before `earliest`, since what has been
    /// counted must count the same again.
    pub fn with_version(&self, new: CalendarVersion, earliest: Date) -> Result<Self, Vec<CalendarProblem>> {
        if new.valid_from < earliest {
            return Err(vec![CalendarProblem::new("validFrom", CalendarFault::VersionTooEarly)]);
        }
        let mut versions: Vec<CalendarVersion> = self.versions().cloned().collect();
        let place = versions.partition_point(|version| version.valid_from <= new.valid_from);
        versions.insert(place, new);
        Self::of_versions(versions)
    }

    /// The default calendar, see [`CalendarRules::servicedesk`].
    #[must_use]
    pub fn servicedesk() -> Self {
        let first = CalendarVersion { valid_from: Date::MIN, rules: CalendarRules::servicedesk() };
        Self::ready(first, Vec::new())
    }

    /// Its versions, in order of their dates.
    pub fn versions(&self) -> impl Iterator<Item = &CalendarVersion> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The version that holds on a local date.
    #[must_use]
    pub fn version_on(&self, date: Date) -> &CalendarVersion {
        let begun = self.later.partition_point(|version| version.valid_from <= date);
        begun.checked_sub(1).and_then(|index| self.later.get(index)).unwrap_or(&self.first)
    }

    /// The zone its local times are meant in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.first.rules.zone
    }

    /// The opening hours of a local date; `None` when closed.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<OpeningHours> {
        self.version_on(date).rules.day(date)
    }

    /// Every day of a year, with the rule behind it.
    #[must_use]
    pub fn preview(&self, year: i16) -> Vec<PreviewDay> {
        let day = |date| {
            let (hours, why) = self.version_on(date).rules.day_with_reason(date);
            PreviewDay { date, hours, why }
        };
        dates_of(year).map(day).collect()
    }

    /// Whether the desk is open at this instant: from the opening minute, up to but not at the closing time.
    #[must_use]
    pub fn is_open(&self, at: Instant) -> bool {
        self.year_of(at).1.day_at(at.micros()).is_open(at.micros())
    }

    /// Working time between two instants in microseconds; 0 when `to` isn't after `from`.
    #[must_use]
    pub fn elapsed_micros(&self, from: Instant, to: Instant) -> i64 {
        if to <= from {
            return 0;
        }
        let (first, first_table) = self.year_of(from);
        let before = first_table.open_until(from.micros());
        let (last, last_table) = self.year_of(to);
        let until = last_table.open_until(to.micros());
        let whole_years: i64 = (first..last).map(|year| self.year(year).open_total()).sum();
        whole_years + until - before
    }

    /// The earliest instant by which so much working time has passed since `start`: `start` itself when
    /// `amount_micros` isn't positive, a closing time rather than the next opening when it comes out even.
    /// `None` when that lies after the last year known.
    #[must_use]
    pub fn add_working_micros(&self, start: Instant, amount_micros: i64) -> Option<Instant> {
        if amount_micros <= 0 {
            return Some(start);
        }
        let (first, table) = self.year_of(start);
        let mut wanted = table.open_until(start.micros()).saturating_add(amount_micros);
        for year in first..=LAST_YEAR {
            let table = self.year(year);
            if let Some(instant) = table.opened_for(wanted) {
                return Some(Instant::from_micros(instant));
            }
            wanted -= table.open_total();
        }
        None
    }

    /// When work that arrived at `start` is due after `days` working days (contract §4). Arrived while
    /// open: the same local time on that following working day, within its opening hours. Arrived while
    /// closed: the closing time of the so manieth working day that opens after it. 0 days is `start`.
    /// `None` when that lies after the last year known.
    #[must_use]
    pub fn due_after_working_days(&self, start: Instant, days: u32) -> Option<Instant> {
        let Some(to_skip) = days.checked_sub(1) else {
            return Some(start);
        };
        let (first, table) = self.year_of(start);
        let arrival = table.day_at(start.micros());
        let arrived_open = arrival.is_open(start.micros());
        let mut ordinal = table.working_days_begun(start.micros()).saturating_add(to_skip);
        for year in first..=LAST_YEAR {
            let table = self.year(year);
            if let Some(due_day) = table.working_day(ordinal) {
                let due = if arrived_open {
                    due_day.same_local_time(start.micros(), &arrival, self.zone())
                } else {
                    due_day.closes()
                };
                return Some(Instant::from_micros(due));
            }
            ordinal -= table.working_days();
        }
        None
    }

    /// The first instant from `at` on at which the desk is open: `at` itself when it is. `None` when that
    /// lies after the last year known.
    #[must_use]
    pub fn next_opening(&self, at: Instant) -> Option<Instant> {
        let (first, table) = self.year_of(at);
        if table.day_at(at.micros()).is_open(at.micros()) {
            return Some(at);
        }
        let mut ordinal = table.working_days_begun(at.micros());
        for year in first..=LAST_YEAR {
            let table = self.year(year);
            if let Some(day) = table.working_day(ordinal) {
                return Some(Instant::from_micros(day.opens()));
            }
            ordinal -= table.working_days();
        }
        None
    }

    /// The first instant from `at` on at which the desk is closed: `at` itself when it is.
    #[must_use]
    pub fn next_closing(&self, at: Instant) -> Instant {
        let mut closing = at.micros();
        // A desk that never closes is said to close after a week at the latest.
        for _ in 0..7 {
            let day = self.year_of(Instant::from_micros(closing)).1.day_at(closing);
            if !day.is_open(closing) {
                break;
            }
            closing = day.closes();
        }
        Instant::from_micros(closing)
    }

    /// A due instant moved by the working time that the clock stood still. `None` when that lies after
    /// the last year known.
    #[must_use]
    pub fn moved_by_pause(&self, due: Instant, paused_working_micros: i64) -> Option<Instant> {
        self.add_working_micros(due, paused_working_micros)
    }

    fn ready(first: CalendarVersion, later: Vec<CalendarVersion>) -> Self {
        Self { first, later, years: std::iter::repeat_with(OnceLock::new).take(KEPT).collect() }
    }

    fn year(&self, year: i16) -> Cow<'_, YearTable> {
        let kept = usize::try_from(year - FIRST_KEPT).ok().and_then(|index| self.years.get(index));
        match kept {
            Some(cell) => Cow::Borrowed(cell.get_or_init(|| YearTable::new(self, year))),
            None => Cow::Owned(YearTable::new(self, year)),
        }
    }

    /// The local year of an instant, and its table.
    fn year_of(&self, at: Instant) -> (i16, Cow<'_, YearTable>) {
        // 400 Gregorian years have 146 097 days: right but for the days around New Year.
        let guess = 1970 + (at.micros().div_euclid(MICROS_PER_DAY) * 400).div_euclid(146_097);
        let guess = i16::try_from(guess.clamp(FIRST_YEAR.into(), LAST_YEAR.into())).unwrap_or(LAST_YEAR);
        let table = self.year(guess);
        let year = if at.micros() < table.start() && guess > FIRST_YEAR {
            guess - 1
        } else if at.micros() >= table.end() && guess < LAST_YEAR {
            guess + 1
        } else {
            return (guess, table);
        };
        (year, self.year(year))
    }
}

fn problems_of_versions(versions: &[CalendarVersion]) -> Vec<CalendarProblem> {
    let mut problems = Vec::new();
    let mut before: Option<&CalendarVersion> = None;
    for (index, version) in versions.iter().enumerate() {
        let mut refuse = |field: &str, fault| {
            problems.push(CalendarProblem::new(format!("versions[{index}].{field}"), fault));
        };
        for problem in version.rules.problems() {
            refuse(&problem.field, problem.fault);
        }
        if before.is_some_and(|before| before.valid_from >= version.valid_from) {
            refuse("validFrom", CalendarFault::VersionsOutOfOrder);
        }
        if before.is_some_and(|before| before.rules.zone != version.rules.zone) {
            refuse("zone", CalendarFault::ZonesDiffer);
        }
        before = Some(version);
    }
    problems
}

#[cfg(test)]
pub(in crate::domain::sla) use tests::always;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;
