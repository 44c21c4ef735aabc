//! A calendar as data: when a desk is open, and why a day is as it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::holidays::{Eve, Holiday, public_holiday};
use super::hours::{MinuteOfDay, OpeningHours};
use super::problem::{CalendarFault, CalendarProblem};
use crate::text_enum;

text_enum! {
    /// Which days a calendar treats as public holidays.
    pub enum Holidays {
        /// The named holidays of Swedish law, closed.
        Swedish = "swedish",
        /// None: open by the week alone, such as an on-call desk.
        None = "none",
    }
}

/// Opening hours from Monday to Sunday; `None` is closed.
pub type Week = [Option<OpeningHours>; 7];

/// Earlier closing on an open day whose next day is a public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShortDay {
    /// The latest closing time of such a day.
    pub closes: MinuteOfDay,
}

/// A date of the desk's own, which holds before every other rule: a bridge day, an open Saturday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtraDay {
    /// Closed, whatever the weekday.
    Closed,
    /// Open at these hours, even on a holiday.
    Open(OpeningHours),
}

/// A stretch of dates with a week of its own, such as summer hours. Holidays, eves and short days hold in
/// it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// The first date.
    pub from: Date,
    /// The last date, included.
    pub to: Date,
    /// Its week.
    pub week: Week,
}

/// A calendar as data.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarRules {
    /// The zone its local times are meant in.
    pub zone: TimeZone,
    /// Its ordinary week.
    pub week: Week,
    /// Days that are closed whatever the weekday.
    pub holidays: Holidays,
    /// The short day before a public holiday, if the desk has one.
    pub short_day: Option<ShortDay>,
    /// Eves that are closed though the law doesn't make them holidays.
    pub closed_eves: Vec<Eve>,
    /// Dates of the desk's own.
    pub extra_days: BTreeMap<Date, ExtraDay>,
    /// Stretches with another week; they don't overlap.
    pub seasons: Vec<Season>,
}

/// The rule that made a day what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayReason {
    /// The ordinary week.
    Weekday,
    /// The week of a season.
    Season,
    /// A public holiday.
    Holiday(Holiday),
    /// A closed eve.
    Eve(Eve),
    /// It closes early, because the next day is this holiday.
    ShortDay(Holiday),
    /// A date of the desk's own.
    ExtraDay,
}

impl CalendarRules {
    /// The longest season in days.
    pub const LONGEST_SEASON: i32 = 366;

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
            extra_days: BTreeMap::new(),
            seasons: Vec::new(),
        }
    }

    /// The opening hours of a local date; `None` when closed.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<OpeningHours> {
        self.day_with_reason(date).0
    }

    /// The opening hours of a local date, and the rule that says so.
    #[must_use]
    pub fn day_with_reason(&self, date: Date) -> (Option<OpeningHours>, DayReason) {
        match self.extra_days.get(&date) {
            Some(ExtraDay::Closed) => return (None, DayReason::ExtraDay),
            Some(ExtraDay::Open(hours)) => return (Some(*hours), DayReason::ExtraDay),
            None => {}
        }
        if let Some(holiday) = self.holiday(date) {
            return (None, DayReason::Holiday(holiday));
        }
        if let Some(eve) = self.closed_eves.iter().find(|eve| eve.falls_on(date)) {
            return (None, DayReason::Eve(*eve));
        }
        let season = self.seasons.iter().find(|season| (season.from..=season.to).contains(&date));
        let (week, why) = match season {
            Some(season) => (&season.week, DayReason::Season),
            None => (&self.week, DayReason::Weekday),
        };
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let Some(hours) = week.get(weekday).copied().flatten() else {
            return (None, why);
        };
        match (self.short_day, date.tomorrow().ok().and_then(|next| self.holiday(next))) {
            (Some(short), Some(holiday)) if short.closes < hours.closes() => {
                (hours.closing_at(short.closes), DayReason::ShortDay(holiday))
            }
            _ => (Some(hours), why),
        }
    }

    /// What is wrong with the rules as a whole; empty when they make a calendar.
    #[must_use]
    pub fn problems(&self) -> Vec<CalendarProblem> {
        let mut problems = Vec::new();
        if self.week.iter().all(Option::is_none) {
            problems.push(CalendarProblem::new("hours", CalendarFault::NeverOpen));
        }
        for (index, season) in self.seasons.iter().enumerate() {
            let days = season.to.since(season.from).map_or(i32::MAX, |span| span.get_days());
            let mut earlier = self.seasons.iter().take(index);
            let fault = if days < 0 {
                CalendarFault::SeasonEndsBeforeItStarts
            } else if days >= Self::LONGEST_SEASON {
                CalendarFault::SeasonTooLong
            } else if earlier.any(|other| other.from <= season.to && season.from <= other.to) {
                CalendarFault::SeasonsOverlap
            } else {
                continue;
            };
            problems.push(CalendarProblem::new(format!("seasons[{index}].to"), fault));
        }
        problems
    }

    fn holiday(&self, date: Date) -> Option<Holiday> {
        match self.holidays {
            Holidays::Swedish => public_holiday(date),
            Holidays::None => None,
        }
    }
}
