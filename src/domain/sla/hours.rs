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

    /// Reads `07:30`, exactly two digits each; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let two_digits = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        Self::new(two_digits(hour)?, two_digits(minute)?)
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

    /// Whether both are open at some time.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.opens < other.closes && other.opens < self.closes
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
    fn times_are_read_as_they_are_written() {
        for minutes in 0..=24 * 60 {
            let time = MinuteOfDay(minutes);
            assert_eq!(MinuteOfDay::parse(&time.to_string()), Some(time));
        }
        for wrong in
            ["", ":", "7:30", "07:3", "07.30", "+7:30", "24:01", "25:00", "07:60", "07:30:00", " 07:30"]
        {
            assert_eq!(MinuteOfDay::parse(wrong), None, "{wrong}");
        }
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
