//! What can be wrong with a calendar, as codes that pages and the API say in the reader's language.

use std::fmt;

use crate::text_enum;

text_enum! {
    /// What is wrong.
    pub enum CalendarFault {
        /// No zone of that name in the time zone database.
        UnknownZone = "unknownZone",
        /// Not a time such as 07:30.
        NotATime = "notATime",
        /// Not a date such as 2026-06-29.
        NotADate = "notADate",
        /// A day closes before it opens, or at the same time.
        OpensAfterItCloses = "opensAfterItCloses",
        /// Only one of opening and closing time is given.
        HalfADay = "halfADay",
        /// Two openings of one weekday overlap.
        HoursOverlap = "hoursOverlap",
        /// A weekday opens more than once; a desk has one opening a day.
        SeveralOpenings = "severalOpenings",
        /// No weekday of the ordinary week is open.
        NeverOpen = "neverOpen",
        /// The same date is listed twice.
        DateTwice = "dateTwice",
        /// A season's last date lies before its first.
        SeasonEndsBeforeItStarts = "seasonEndsBeforeItStarts",
        /// A season is longer than a year.
        SeasonTooLong = "seasonTooLong",
        /// Two seasons share a date.
        SeasonsOverlap = "seasonsOverlap",
        /// A calendar without a version.
        NoVersion = "noVersion",
        /// Two versions begin on the same date, or a later one is listed first.
        VersionsOutOfOrder = "versionsOutOfOrder",
        /// A version in another zone than the first.
        ZonesDiffer = "zonesDiffer",
        /// A version begins before the earliest date allowed: history isn't rewritten.
        VersionTooEarly = "versionTooEarly",
    }
}

impl CalendarFault {
    /// What to change, in English for logs and the command line.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::UnknownZone => "is no time zone; name one such as Europe/Stockholm",
            Self::NotATime => "is no time; write it as 07:30",
            Self::NotADate => "is no date; write it as 2026-06-29",
            Self::OpensAfterItCloses => "closes before it opens; swap or change the times",
            Self::HalfADay => "has only one of opens and closes; give both, or neither for a closed day",
            Self::HoursOverlap => "overlaps another opening of the same weekday; keep one",
            Self::SeveralOpenings => "opens the weekday a second time; give one opening a day",
            Self::NeverOpen => "opens on no weekday; open at least one",
            Self::DateTwice => "names a date that is listed already; keep one",
            Self::SeasonEndsBeforeItStarts => "lies before the season's first date; swap or change the dates",
            Self::SeasonTooLong => "makes the season longer than a year; shorten it or change the week",
            Self::SeasonsOverlap => "shares dates with another season; let one end before the other begins",
            Self::NoVersion => "is empty; a calendar has at least one version",
            Self::VersionsOutOfOrder => "isn't later than the version before it; give each its own date",
            Self::ZonesDiffer => "differs from the first version's; a calendar has one zone",
            Self::VersionTooEarly => "would change what has been counted already; choose a later date",
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct CalendarProblem {
    /// The field as in JSON: `zone`, `hours[2].closes`, `versions[1].validFrom`.
    pub field: String,
    /// What is wrong with it.
    pub fault: CalendarFault,
}

impl CalendarProblem {
    /// A fault of a field.
    #[must_use]
    pub fn new(field: impl Into<String>, fault: CalendarFault) -> Self {
        Self { field: field.into(), fault }
    }
}

impl fmt::Display for CalendarProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.fault.advice())
    }
}
