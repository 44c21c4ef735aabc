//! Periods that reports speak of: months, quarters, tertials and years in Swedish local time.

use std::fmt;

use jiff::civil::{Date, Time};

use crate::domain::clock::Instant;
use crate::domain::sla::stockholm;
use crate::text_enum;

text_enum! {
    /// The length of a report's periods.
    pub enum By {
        /// `2015-09`.
        Month = "month",
        /// `2015-Q3`.
        Quarter = "quarter",
        /// `2015-T2`: January–April, May–August, September–December.
        Tertial = "tertial",
        /// `2015`.
        Year = "year",
    }
}

impl By {
    const fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Tertial => 4,
            Self::Year => 12,
        }
    }
}

/// One month, quarter, tertial or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    by: By,
    year: i16,
    /// 1 for the first of the year.
    part: i8,
}

/// The text isn't the name of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period such as 2026, 2026-Q3, 2026-T2 or 2026-09")]
pub struct PeriodError;

impl Period {
    /// The period of this length that holds the date.
    #[must_use]
    pub fn containing(by: By, date: Date) -> Self {
        Self { by, year: date.year(), part: (date.month() - 1) / by.months() + 1 }
    }

    /// Reads `2026`, `2026-Q3`, `2026-T2` or `2026-09`.
    ///
    /// # Errors
    /// [`PeriodError`] when it is none of these.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let digits = |text: &str, length: usize| {
            (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<i16>().ok())
                .flatten()
                .ok_or(PeriodError)
        };
        let (by, part) = match part {
            None => (By::Year, 1),
            Some(part) => {
                let (by, number) = if let Some(number) = part.strip_prefix('Q') {
                    (By::Quarter, digits(number, 1)?)
                } else if let Some(number) = part.strip_prefix('T') {
                    (By::Tertial, digits(number, 1)?)
                } else {
                    (By::Month, digits(part, 2)?)
                };
                (by, i8::try_from(number).map_err(|_| PeriodError)?)
            }
        };
        let year = digits(year, 4)?;
        if year == 0 || !(1..=12 / by.months()).contains(&part) {
            return Err(PeriodError);
        }
        Ok(Self { by, year, part })
    }

    /// Its length.
    #[must_use]
    pub const fn by(self) -> By {
        self.by
    }

    /// Its first local date.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::new(self.year, (self.part - 1) * self.by.months() + 1, 1).unwrap_or(Date::MAX)
    }

    /// Its last local date.
    #[must_use]
    pub fn last_day(self) -> Date {
        Date::new(self.year, self.part * self.by.months(), 1).map_or(Date::MAX, Date::last_of_month)
    }

    /// The period after it.
    #[must_use]
    pub fn next(self) -> Self {
        if self.part < 12 / self.by.months() {
            Self { part: self.part + 1, ..self }
        } else {
            Self { year: self.year.saturating_add(1), part: 1, ..self }
        }
    }
}

/// `2015`, `2015-Q3`, `2015-T2`, `2015-09`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, year, part } = self;
        match by {
            By::Month => write!(f, "{year:04}-{part:02}"),
            By::Quarter => write!(f, "{year:04}-Q{part}"),
            By::Tertial => write!(f, "{year:04}-T{part}"),
            By::Year => write!(f, "{year:04}"),
        }
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The instant at which a local date begins in Sweden.
#[must_use]
pub fn local_midnight(date: Date) -> Instant {
    let midnight = date.to_datetime(Time::midnight());
    // Only the very ends of jiff's years have no instant.
    stockholm().to_ambiguous_timestamp(midnight).compatible().map_or(
        Instant::from_micros(if date.year() < 0 { i64::MIN } else { i64::MAX }),
        Instant::from_timestamp,
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_are_read_and_written_alike() {
        for name in ["2015", "2015-Q1", "2015-Q4", "2026-T2", "2026-T3", "2026-01", "2026-12"] {
            assert_eq!(Period::parse(name).map(|period| period.to_string()), Ok(name.to_owned()));
        }
    }

    #[test]
    fn other_names_are_refused() {
        for name in [
            "",
            "-",
            "15",
            "2015-",
            "2015-Q5",
            "2015-Q0",
            "2015-T4",
            "2015-13",
            "2015-00",
            "2015-9",
            "2015-Q03",
            "0000",
            "2015-q3",
            "2015-09-01",
            "２０１５",
            "+201",
            "2015-+9",
        ] {
            assert_eq!(Period::parse(name), Err(PeriodError), "{name}");
        }
    }

    #[test]
    fn periods_follow_each_other_without_gap() {
        for by in [By::Month, By::Quarter, By::Tertial, By::Year] {
            let mut period = Period::containing(by, date(2015, 1, 1));
            for _ in 0..40 {
                assert_eq!(period.last_day().tomorrow().unwrap(), period.next().first_day(), "{period}");
                assert_eq!(Period::containing(by, period.first_day()), period);
                assert_eq!(Period::containing(by, period.last_day()), period);
                period = period.next();
            }
        }
    }

    #[test]
    fn a_tertial_is_four_months() {
        let period = Period::parse("2026-T2").unwrap();
        assert_eq!((period.first_day(), period.last_day()), (date(2026, 5, 1), date(2026, 8, 31)));
    }

    #[test]
    fn days_begin_at_swedish_midnight() {
        assert_eq!(local_midnight(date(2026, 1, 1)).to_string(), "2025-12-31T23:00:00Z");
        assert_eq!(local_midnight(date(2026, 7, 1)).to_string(), "2026-06-30T22:00:00Z");
    }
}
