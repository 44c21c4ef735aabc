//! Opening hours of one day, in local time and whole minutes.

use std::fmt;

/// A local time of day in whole minutes, 00:00 to 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// The start of the day, 00:00.
    pub const MIDNIGHT: Self = Self(0);
    /// The end of the day, 24:00.
    pub const END: Self = Self(24 * 60);

    /// From hours and minutes; `None` above 24:00 or with more than 59 minutes.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            None
        } else {
            Some(Self(hour * 60 + minute))
        }
    }

    /// Minutes since 00:00.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

/// `07:30`.
impl fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// When a day opens and closes: open from `opens`, no longer open at `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    opens: MinuteOfDay,
    closes: MinuteOfDay,
}

impl OpeningHours {
    /// `None` unless it opens before it closes.
    #[must_use]
    pub const fn new(opens: MinuteOfDay, closes: MinuteOfDay) -> Option<Self> {
        if opens.0 < closes.0 { Some(Self { opens, closes }) } else { None }
    }

    /// The first open minute.
    #[must_use]
    pub const fn opens(self) -> MinuteOfDay {
        self.opens
    }

    /// The first closed minute after it.
    #[must_use]
    pub const fn closes(self) -> MinuteOfDay {
        self.closes
    }

    /// The same day cut off at `at`; `None` when nothing is left.
    #[must_use]
    pub fn closing_at(self, at: MinuteOfDay) -> Option<Self> {
        Self::new(self.opens, self.closes.min(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_of_the_day_are_bounded() {
        assert_eq!(MinuteOfDay::new(7, 30).unwrap().to_string(), "07:30");
        assert_eq!(MinuteOfDay::new(24, 0), Some(MinuteOfDay::END));
        assert_eq!(MinuteOfDay::new(24, 1), None);
        assert_eq!(MinuteOfDay::new(9, 60), None);
    }

    #[test]
    fn a_day_opens_before_it_closes() {
        let noon = MinuteOfDay::new(12, 0).unwrap();
        assert_eq!(OpeningHours::new(noon, noon), None);
        let day = OpeningHours::new(noon, MinuteOfDay::END).unwrap();
        assert_eq!(day.closing_at(noon), None);
        assert_eq!(day.closing_at(MinuteOfDay::END), Some(day));
    }
}
