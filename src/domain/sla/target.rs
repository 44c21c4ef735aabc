//! How much time a promise leaves: working minutes, or working days in the sense of the contract.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_MINUTE};

/// How much working time something may take. As JSON `{"workingMinutes":480}` or `{"workingDays":1}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// So many minutes of opening hours.
    WorkingMinutes(u32),
    /// The same local time so many working days later, see [`Calendar::due_after_working_days`].
    WorkingDays(u32),
}

/// A leap year: work that is due later than this is due beyond a year.
const YEAR_MICROS: i64 = 366 * MICROS_PER_DAY;

impl Target {
    /// The longest target in days that any calendar lets an agreement hold.
    pub const MAX_DAYS: u32 = 365;
    /// The longest target in minutes that any calendar lets an agreement hold.
    pub const MAX_MINUTES: u32 = Self::MAX_DAYS * 24 * 60;

    /// Whether it leaves no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        match self {
            Self::WorkingMinutes(amount) | Self::WorkingDays(amount) => amount == 0,
        }
    }

    /// Whether an agreement may promise it by no calendar: even one that never closes makes it longer than
    /// a year.
    #[must_use]
    pub const fn is_beyond_any_year(self) -> bool {
        match self {
            Self::WorkingMinutes(minutes) => minutes > Self::MAX_MINUTES,
            Self::WorkingDays(days) => days > Self::MAX_DAYS,
        }
    }

    /// Whether it is longer than an agreement may promise: work that arrives at `start` would be due more
    /// than a year later, as opening hours are.
    #[must_use]
    pub fn is_beyond_a_year(self, calendar: &Calendar, start: Instant) -> bool {
        let is_late = |due: Instant| due.micros_since(start) > YEAR_MICROS;
        self.is_beyond_any_year() || self.due(calendar, start).is_none_or(is_late)
    }

    /// Whether it leaves more time than another to work that arrives at `start`. Minutes and days are
    /// compared by when they are due.
    #[must_use]
    pub fn is_longer_than(self, other: Self, calendar: &Calendar, start: Instant) -> bool {
        match (self, other) {
            (Self::WorkingMinutes(own), Self::WorkingMinutes(others))
            | (Self::WorkingDays(own), Self::WorkingDays(others)) => own > others,
            (Self::WorkingMinutes(_), Self::WorkingDays(_))
            | (Self::WorkingDays(_), Self::WorkingMinutes(_)) => {
                self.due(calendar, start) > other.due(calendar, start)
            }
        }
    }

    /// When work that arrived at `start` is due if nothing pauses it; `None` when that lies after the
    /// last year the calendar knows.
    #[must_use]
    pub fn due(self, calendar: &Calendar, start: Instant) -> Option<Instant> {
        match self {
            Self::WorkingMinutes(minutes) => {
                calendar.add_working_micros(start, i64::from(minutes) * MICROS_PER_MINUTE)
            }
            Self::WorkingDays(days) => calendar.due_after_working_days(start, days),
        }
    }
}

/// `1 working day`, `8 h of opening hours`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays(1) => f.write_str("1 working day"),
            Self::WorkingDays(days) => write!(f, "{days} working days"),
            Self::WorkingMinutes(minutes) => {
                write!(f, "{} of opening hours", HoursAndMinutes((*minutes).into()))
            }
        }
    }
}

/// A number of minutes as `1 h 20 min`, `2 h` or `5 min`.
pub(super) struct HoursAndMinutes(pub(super) i64);

impl fmt::Display for HoursAndMinutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes} min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sla::{CalendarRules, Holidays, MinuteOfDay, OpeningHours};

    #[test]
    fn a_target_reads_and_writes_as_the_contract_says() {
        let json = r#"{"workingMinutes":480}"#;
        let target: Target = serde_json::from_str(json).unwrap();
        assert_eq!(
            (target, serde_json::to_string(&target).unwrap()),
            (Target::WorkingMinutes(480), json.into())
        );
        assert_eq!(serde_json::from_str::<Target>(r#"{"workingDays":1}"#).unwrap(), Target::WorkingDays(1));
        for wrong in [r#"{"workingDays":-1}"#, r#"{"workingDays":1.5}"#, r#"{"hours":1}"#, "{}"] {
            assert!(serde_json::from_str::<Target>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_year_is_the_longest_target_as_opening_hours_are() {
        let start = Instant::parse_rfc3339("2026-01-05T08:00:00Z").unwrap();
        let mondays = {
            let mut rules = CalendarRules::servicedesk();
            rules.week.iter_mut().skip(1).for_each(|day| *day = None);
            Calendar::new(rules).unwrap()
        };
        let always = {
            let mut rules = CalendarRules::servicedesk();
            rules.week = [OpeningHours::new(
                MinuteOfDay::parse("00:00").unwrap(),
                MinuteOfDay::parse("24:00").unwrap(),
            ); 7];
            (rules.holidays, rules.short_day, rules.closed_eves) = (Holidays::None, None, Vec::new());
            Calendar::new(rules).unwrap()
        };
        let desk = Calendar::servicedesk();
        let beyond = |target: Target, calendar: &Calendar| target.is_beyond_a_year(calendar, start);
        // The desk is open on some 250 days a year, which are 127 000 minutes.
        assert!(!beyond(Target::WorkingDays(240), &desk) && beyond(Target::WorkingDays(260), &desk));
        assert!(!beyond(Target::WorkingMinutes(120_000), &desk));
        assert!(beyond(Target::WorkingMinutes(525_600), &desk));
        assert!(!beyond(Target::WorkingDays(45), &mondays) && beyond(Target::WorkingDays(60), &mondays));
        assert!(!beyond(Target::WorkingDays(365), &always) && beyond(Target::WorkingDays(366), &always));
        assert!(!beyond(Target::WorkingMinutes(525_600), &always));
        assert!(beyond(Target::WorkingMinutes(525_601), &always));
        // Beyond the last year that calendars know.
        let late = Instant::parse_rfc3339("9999-06-01T08:00:00Z").unwrap();
        assert!(Target::WorkingDays(300).is_beyond_a_year(&desk, late));
    }

    #[test]
    fn minutes_and_days_are_compared_by_when_they_are_due() {
        let (desk, monday) =
            (Calendar::servicedesk(), Instant::parse_rfc3339("2026-01-12T08:00:00Z").unwrap());
        let longer = |own: Target, other: Target| own.is_longer_than(other, &desk, monday);
        assert!(longer(Target::WorkingMinutes(511), Target::WorkingDays(1)));
        assert!(!longer(Target::WorkingMinutes(510), Target::WorkingDays(1)));
        assert!(longer(Target::WorkingDays(2), Target::WorkingMinutes(1_019)));
        assert!(!longer(Target::WorkingDays(2), Target::WorkingDays(2)));
    }

    #[test]
    fn durations_are_said_in_hours_and_minutes() {
        let said = |minutes| HoursAndMinutes(minutes).to_string();
        assert_eq!([said(5), said(80), said(120)], ["5 min", "1 h 20 min", "2 h"]);
        assert_eq!(Target::WorkingMinutes(480).to_string(), "8 h of opening hours");
        assert_eq!(Target::WorkingDays(1).to_string(), "1 working day");
    }
}
