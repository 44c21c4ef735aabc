//! How much time a promise leaves: working minutes, or working days in the sense of the contract.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};

/// How much working time something may take. As JSON `{"workingMinutes":480}` or `{"workingDays":1}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// So many minutes of opening hours.
    WorkingMinutes(u32),
    /// The same local time so many working days later, see [`Calendar::due_after_working_days`].
    WorkingDays(u32),
}

impl Target {
    /// The longest target in days that an agreement may hold.
    pub const MAX_DAYS: u32 = 365;
    /// The longest target in minutes that an agreement may hold.
    pub const MAX_MINUTES: u32 = Self::MAX_DAYS * 24 * 60;

    /// Whether it leaves no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        match self {
            Self::WorkingMinutes(amount) | Self::WorkingDays(amount) => amount == 0,
        }
    }

    /// Whether it is longer than an agreement may promise.
    #[must_use]
    pub const fn is_beyond_a_year(self) -> bool {
        match self {
            Self::WorkingMinutes(minutes) => minutes > Self::MAX_MINUTES,
            Self::WorkingDays(days) => days > Self::MAX_DAYS,
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
    fn a_year_is_the_longest_target() {
        assert!(!Target::WorkingDays(365).is_beyond_a_year());
        assert!(Target::WorkingDays(366).is_beyond_a_year());
        assert!(!Target::WorkingMinutes(525_600).is_beyond_a_year());
        assert!(Target::WorkingMinutes(525_601).is_beyond_a_year());
    }

    #[test]
    fn durations_are_said_in_hours_and_minutes() {
        let said = |minutes| HoursAndMinutes(minutes).to_string();
        assert_eq!([said(5), said(80), said(120)], ["5 min", "1 h 20 min", "2 h"]);
        assert_eq!(Target::WorkingMinutes(480).to_string(), "8 h of opening hours");
        assert_eq!(Target::WorkingDays(1).to_string(), "1 working day");
    }
}
