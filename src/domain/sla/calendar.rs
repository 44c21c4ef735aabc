//! The business calendar: when a desk is open, and arithmetic in working time.
//!
//! [`CalendarRules`] is the calendar as data (opening hours per weekday, holidays, the short day
//! before one, closed eves, zone); [`Calendar`] is the same made ready for counting. Rules are never
//! changed in place: a new version is a new value, so that what was counted once counts the same again.
//!
//! Days are open from their first minute up to, not including, their closing time. A calendar knows
//! the years 1–9998; instants outside are taken as lying at the end of them.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::holidays::{Eve, public_holiday};
use super::hours::{MinuteOfDay, OpeningHours};
use super::year::YearTable;
use crate::domain::clock::{Instant, MICROS_PER_DAY};

const FIRST_YEAR: i16 = 1;
const LAST_YEAR: i16 = 9998;
/// The years whose tables are kept once made; other years are made again each time.
const FIRST_KEPT: i16 = 1970;
const KEPT: usize = 200;

/// Which days a calendar treats as public holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holidays {
    /// The named holidays of Swedish law, closed.
    Swedish,
    /// None: open by the week alone, such as an on-call desk.
    None,
}

/// Earlier closing on an open day whose next day is a public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShortDay {
    /// The latest closing time of such a day.
    pub closes: MinuteOfDay,
}

/// A calendar as data.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarRules {
    /// The zone its local times are meant in.
    pub zone: TimeZone,
    /// Opening hours from Monday to Sunday; `None` is closed.
    pub week: [Option<OpeningHours>; 7],
    /// Days that are closed whatever the weekday.
    pub holidays: Holidays,
    /// The short day before a public holiday, if the desk has one.
    pub short_day: Option<ShortDay>,
    /// Eves that are closed though the law doesn't make them holidays.
    pub closed_eves: Vec<Eve>,
}

impl CalendarRules {
    /// The default calendar `servicedesk`: weekdays 07:30–16:00, 07:30–15:00 on the day before a public
    /// holiday, closed on weekends, public holidays, Midsummer Eve, Christmas Eve and New Year's Eve.
    #[must_use]
    pub fn servicedesk() -> Self {
        const fn at(hour: u16, minute: u16) -> MinuteOfDay {
            match MinuteOfDay::new(hour, minute) {
                Some(time) => time,
                None => panic!("not a time of day"),
            }
        }
        const CLOSES_EARLY: MinuteOfDay = at(15, 0);
        const WEEKDAY: Option<OpeningHours> = OpeningHours::new(at(7, 30), at(16, 0));
        Self {
            zone: super::stockholm().clone(),
            week: [WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, None, None],
            holidays: Holidays::Swedish,
            short_day: Some(ShortDay { closes: CLOSES_EARLY }),
            closed_eves: vec![Eve::Midsummer, Eve::Christmas, Eve::NewYear],
        }
    }

    /// The opening hours of a local date; `None` when closed.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<OpeningHours> {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
        let hours = self.week.get(weekday).copied().flatten()?;
        if self.is_holiday(date) || self.closed_eves.iter().any(|eve| eve.falls_on(date)) {
            return None;
        }
        match (self.short_day, date.tomorrow()) {
            (Some(short), Ok(next)) if self.is_holiday(next) => hours.closing_at(short.closes),
            _ => Some(hours),
        }
    }

    fn is_holiday(&self, date: Date) -> bool {
        match self.holidays {
            Holidays::Swedish => public_holiday(date).is_some(),
            Holidays::None => false,
        }
    }
}

/// Why rules make no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No weekday has opening hours, so that no work would ever be done.
    #[error("is closed on every day of the week")]
    NeverOpen,
}

/// A calendar ready for counting. Make it once and keep it: it remembers the years it has met.
#[derive(Debug)]
pub struct Calendar {
    rules: CalendarRules,
    years: Box<[OnceLock<YearTable>]>,
}

impl Calendar {
    /// Makes rules ready for counting.
    ///
    /// # Errors
    /// [`CalendarError::NeverOpen`] when every weekday is closed.
    pub fn new(rules: CalendarRules) -> Result<Self, CalendarError> {
        if rules.week.iter().all(Option::is_none) {
            return Err(CalendarError::NeverOpen);
        }
        Ok(Self::of(rules))
    }

    /// The default calendar, see [`CalendarRules::servicedesk`].
    #[must_use]
    pub fn servicedesk() -> Self {
        Self::of(CalendarRules::servicedesk())
    }

    /// The rules it counts by.
    #[must_use]
    pub fn rules(&self) -> &CalendarRules {
        &self.rules
    }

    /// The opening hours of a local date; `None` when closed.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<OpeningHours> {
        self.rules.day(date)
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
                    due_day.same_local_time(start.micros(), &arrival, &self.rules.zone)
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

    /// The zone its local times are meant in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.rules.zone
    }

    /// A due instant moved by the working time that the clock stood still. `None` when that lies after
    /// the last year known.
    #[must_use]
    pub fn moved_by_pause(&self, due: Instant, paused_working_micros: i64) -> Option<Instant> {
        self.add_working_micros(due, paused_working_micros)
    }

    fn of(rules: CalendarRules) -> Self {
        Self { rules, years: std::iter::repeat_with(OnceLock::new).take(KEPT).collect() }
    }

    fn year(&self, year: i16) -> Cow<'_, YearTable> {
        let kept = usize::try_from(year - FIRST_KEPT).ok().and_then(|index| self.years.get(index));
        match kept {
            Some(cell) => Cow::Borrowed(cell.get_or_init(|| YearTable::new(&self.rules, year))),
            None => Cow::Owned(YearTable::new(&self.rules, year)),
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

#[cfg(test)]
mod tests;
