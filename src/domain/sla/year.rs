//! One local year of a calendar laid out in instants, so that working time is two subtractions.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::calendar::Calendar;
use super::hours::MinuteOfDay;
use crate::domain::clock::{Instant, MICROS_PER_DAY};

/// One local day in instants (microseconds in UTC).
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    midnight: i64,
    /// Microseconds from this midnight to the next: not 24 hours when clocks are changed.
    length: i64,
    opens: i64,
    /// The same as `opens` on a closed day.
    closes: i64,
    /// Open microseconds of the year before this day.
    open_before: i64,
    /// Working days of the year before this day.
    working_before: u32,
}

impl Day {
    fn is_working(&self) -> bool {
        self.opens < self.closes
    }

    pub(super) fn is_open(&self, at: i64) -> bool {
        self.opens <= at && at < self.closes
    }

    pub(super) fn opens(&self) -> i64 {
        self.opens
    }

    pub(super) fn closes(&self) -> i64 {
        self.closes
    }

    /// The local time that `at` has on its day `arrival`, on this day and within its opening hours.
    pub(super) fn same_local_time(&self, at: i64, arrival: &Self, zone: &TimeZone) -> i64 {
        let same = if self.length == MICROS_PER_DAY && arrival.length == MICROS_PER_DAY {
            self.midnight + (at - arrival.midnight)
        } else {
            let time = zone.to_datetime(Instant::from_micros(at).to_timestamp()).time();
            let date = zone.to_datetime(Instant::from_micros(self.midnight).to_timestamp()).date();
            local(date.to_datetime(time), zone)
        };
        same.clamp(self.opens, self.closes)
    }

    fn open_through(&self) -> i64 {
        self.open_before + (self.closes - self.opens)
    }

    fn working_through(&self) -> u32 {
        self.working_before + u32::from(self.is_working())
    }
}

/// The days of one local year, without a gap.
#[derive(Debug, Clone)]
pub(super) struct YearTable {
    days: Vec<Day>,
    start: i64,
    end: i64,
    open_total: i64,
    working_days: u32,
}

impl YearTable {
    /// Lays out the year by the calendar's rules.
    pub(super) fn new(calendar: &Calendar, year: i16) -> Self {
        let zone = calendar.zone();
        let mut table =
            Self { days: Vec::with_capacity(366), start: 0, end: 0, open_total: 0, working_days: 0 };
        let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
        let mut midnight = local(first.to_datetime(jiff::civil::Time::midnight()), zone);
        table.start = midnight;
        for date in dates_of(year) {
            let at = |time| local(at_minute(date, time), zone);
            let next_midnight = at(MinuteOfDay::END);
            let (opens, closes) = match calendar.day(date) {
                Some(hours) => (at(hours.opens()), at(hours.closes())),
                None => (midnight, midnight),
            };
            let day = Day {
                midnight,
                length: next_midnight - midnight,
                opens,
                // Hours inside the hour that is skipped or repeated may come out backwards.
                closes: closes.max(opens),
                open_before: table.open_total,
                working_before: table.working_days,
            };
            table.open_total = day.open_through();
            table.working_days = day.working_through();
            table.days.push(day);
            midnight = next_midnight;
        }
        table.end = midnight;
        table
    }

    /// The first instant of the year.
    pub(super) fn start(&self) -> i64 {
        self.start
    }

    /// The first instant after the year.
    pub(super) fn end(&self) -> i64 {
        self.end
    }

    /// Open microseconds in the whole year.
    pub(super) fn open_total(&self) -> i64 {
        self.open_total
    }

    /// Working days in the whole year.
    pub(super) fn working_days(&self) -> u32 {
        self.working_days
    }

    /// The day that holds the instant; the nearest for instants outside the year.
    pub(super) fn day_at(&self, at: i64) -> Day {
        // Changed clocks move a midnight by an hour or two, so the guess is at most one day off.
        let guess = usize::try_from((at - self.start).div_euclid(MICROS_PER_DAY)).unwrap_or(0);
        let near = guess.saturating_sub(1)..guess.saturating_add(2).min(self.days.len());
        let holds = |day: &&Day| at >= day.midnight && at < day.midnight + day.length;
        let found = self.days.get(near).and_then(|days| days.iter().find(holds));
        let nearest = || if at < self.start { self.days.first() } else { self.days.last() };
        #[expect(clippy::expect_used, reason = "a year of the calendar has days")]
        *found.or_else(nearest).expect("a year has days")
    }

    /// Open microseconds from the start of the year to the instant.
    pub(super) fn open_until(&self, at: i64) -> i64 {
        let day = self.day_at(at);
        day.open_before + (at.clamp(day.opens, day.closes) - day.opens)
    }

    /// The earliest instant by which the year has been open for so long; `None` if it isn't for so long.
    pub(super) fn opened_for(&self, micros: i64) -> Option<i64> {
        let index = self.days.partition_point(|day| day.open_through() < micros);
        self.days.get(index).map(|day| day.opens + (micros - day.open_before))
    }

    /// The working day with this ordinal, counted from 0 at the start of the year.
    pub(super) fn working_day(&self, ordinal: u32) -> Option<&Day> {
        let index = self.days.partition_point(|day| day.working_through() <= ordinal);
        self.days.get(index)
    }

    /// How many working days of the year have opened by the instant.
    pub(super) fn working_days_begun(&self, at: i64) -> u32 {
        let day = self.day_at(at);
        if at >= day.opens { day.working_through() } else { day.working_before }
    }
}

/// Every date of a year.
pub(super) fn dates_of(year: i16) -> impl Iterator<Item = Date> {
    let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
    first.series(jiff::Span::new().days(1)).take_while(move |date| date.year() == year)
}

/// The date at a minute of the day; 24:00 is the next date's midnight.
fn at_minute(date: Date, time: MinuteOfDay) -> DateTime {
    let (hour, minute) = (time.minutes() / 60, time.minutes() % 60);
    let (date, hour) = if hour == 24 { (date.tomorrow().unwrap_or(date), 0) } else { (date, hour) };
    let part = |value: u16| i8::try_from(value).unwrap_or(0);
    date.at(part(hour), part(minute), 0, 0)
}

/// A local date-time as microseconds in UTC. In the skipped hour it is moved on by an hour, and in the
/// repeated hour the first one is meant, as jiff does it.
fn local(datetime: DateTime, zone: &TimeZone) -> i64 {
    zone.to_ambiguous_timestamp(datetime)
        .compatible()
        .map_or(if datetime.year() < 0 { i64::MIN } else { i64::MAX }, jiff::Timestamp::as_microsecond)
}
