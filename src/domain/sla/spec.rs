//! A calendar's rules as text: what the database keeps, the API sends and the forms fill in.
//!
//! Everything in it is as somebody wrote it. [`CalendarSpec::rules`] checks all of it at once, so that a
//! form can show every fault; rules that are written back read as the same rules.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::holidays::Eve;
use super::hours::{MinuteOfDay, OpeningHours};
use super::problem::{CalendarFault, CalendarProblem};
use super::rules::{CalendarRules, ExtraDay, Holidays, Season, ShortDay, Week};
use crate::text_enum;

text_enum! {
    /// A day of the week.
    pub enum DayOfWeek {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

/// A calendar's rules as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CalendarSpec {
    /// The IANA zone its times are meant in, `Europe/Stockholm`.
    pub zone: String,
    /// When the desk is open in an ordinary week; weekdays left out are closed.
    pub hours: Vec<WeekdayHours>,
    /// Which public holidays close it.
    pub holidays: Holidays,
    /// Eves that are closed.
    #[serde(default)]
    pub closed_eves: Vec<Eve>,
    /// Earlier closing before a public holiday.
    #[serde(default)]
    pub short_day: Option<ShortDaySpec>,
    /// Dates of its own.
    #[serde(default)]
    pub extra_days: Vec<ExtraDaySpec>,
    /// Stretches with another week.
    #[serde(default)]
    pub seasons: Vec<SeasonSpec>,
}

/// When a weekday is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WeekdayHours {
    /// The weekday.
    pub weekday: DayOfWeek,
    /// Opening time, `07:30`.
    pub opens: String,
    /// Closing time, up to `24:00`.
    pub closes: String,
}

/// Earlier closing before a public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShortDaySpec {
    /// The latest closing time, `15:00`.
    pub closes: String,
}

/// A date of the desk's own: with both times open, with neither closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtraDaySpec {
    /// The date, `2026-05-15`.
    pub date: String,
    /// Opening time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// Closing time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
}

/// A stretch of dates with a week of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeasonSpec {
    /// The first date.
    pub from: String,
    /// The last date, included.
    pub to: String,
    /// Its week.
    pub hours: Vec<WeekdayHours>,
}

impl CalendarSpec {
    /// The rules that are meant.
    ///
    /// # Errors
    /// Every [`CalendarProblem`], each with the field it is about.
    pub fn rules(&self) -> Result<CalendarRules, Vec<CalendarProblem>> {
        let mut reading = Reading::default();
        let rules = CalendarRules {
            zone: reading.zone(&self.zone),
            week: reading.week("hours", &self.hours),
            holidays: self.holidays,
            short_day: self.short_day.as_ref().and_then(|short| {
                let closes = reading.time("shortDay.closes", &short.closes)?;
                Some(ShortDay { closes })
            }),
            closed_eves: self.closed_eves.clone(),
            extra_days: reading.extra_days(&self.extra_days),
            seasons: reading.seasons(&self.seasons),
        };
        if reading.problems.is_empty() {
            reading.problems = rules.problems();
        }
        if reading.problems.is_empty() { Ok(rules) } else { Err(reading.problems) }
    }
}

/// Texts read so far, and what was wrong with them.
#[derive(Default)]
struct Reading {
    problems: Vec<CalendarProblem>,
}

impl Reading {
    fn refuse<T>(&mut self, field: impl Into<String>, fault: CalendarFault) -> Option<T> {
        self.problems.push(CalendarProblem::new(field, fault));
        None
    }

    fn zone(&mut self, name: &str) -> TimeZone {
        let zone = TimeZoneDatabase::bundled().get(name).ok();
        zone.or_else(|| self.refuse("zone", CalendarFault::UnknownZone)).unwrap_or(TimeZone::UTC)
    }

    fn time(&mut self, field: &str, text: &str) -> Option<MinuteOfDay> {
        MinuteOfDay::parse(text).or_else(|| self.refuse(field, CalendarFault::NotATime))
    }

    fn date(&mut self, field: &str, text: &str) -> Option<Date> {
        // jiff reads more than a date, such as a date with a time.
        let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
        date.or_else(|| self.refuse(field, CalendarFault::NotADate))
    }

    fn opening(&mut self, field: &str, opens: &str, closes: &str) -> Option<OpeningHours> {
        let opens = self.time(&format!("{field}.opens"), opens);
        let closes_field = format!("{field}.closes");
        let closes = self.time(&closes_field, closes);
        OpeningHours::new(opens?, closes?)
            .or_else(|| self.refuse(closes_field, CalendarFault::OpensAfterItCloses))
    }

    fn week(&mut self, field: &str, hours: &[WeekdayHours]) -> Week {
        let mut week = Week::default();
        for (index, WeekdayHours { weekday, opens, closes }) in hours.iter().enumerate() {
            let field = format!("{field}[{index}]");
            let Some(opening) = self.opening(&field, opens, closes) else {
                continue;
            };
            let slot = week.iter_mut().zip(DayOfWeek::ALL).find(|(_, day)| *day == weekday);
            match slot {
                Some((Some(first), _)) if first.overlaps(opening) => {
                    self.refuse::<()>(field, CalendarFault::HoursOverlap);
                }
                Some((Some(_), _)) => {
                    self.refuse::<()>(field, CalendarFault::SeveralOpenings);
                }
                Some((empty, _)) => *empty = Some(opening),
                None => {}
            }
        }
        week
    }

    fn extra_days(&mut self, days: &[ExtraDaySpec]) -> BTreeMap<Date, ExtraDay> {
        let mut read = BTreeMap::new();
        for (index, ExtraDaySpec { date, opens, closes }) in days.iter().enumerate() {
            let field = format!("extraDays[{index}]");
            let date_field = format!("{field}.date");
            let date = self.date(&date_field, date);
            let day = match (opens, closes) {
                (None, None) => Some(ExtraDay::Closed),
                (Some(opens), Some(closes)) => self.opening(&field, opens, closes).map(ExtraDay::Open),
                (Some(_), None) | (None, Some(_)) => self.refuse(&field, CalendarFault::HalfADay),
            };
            if let (Some(date), Some(day)) = (date, day)
                && read.insert(date, day).is_some()
            {
                self.refuse::<()>(date_field, CalendarFault::DateTwice);
            }
        }
        read
    }

    fn seasons(&mut self, seasons: &[SeasonSpec]) -> Vec<Season> {
        let read = seasons.iter().enumerate().filter_map(|(index, SeasonSpec { from, to, hours })| {
            let from = self.date(&format!("seasons[{index}].from"), from);
            let to = self.date(&format!("seasons[{index}].to"), to);
            let week = self.week(&format!("seasons[{index}].hours"), hours);
            Some(Season { from: from?, to: to?, week })
        });
        read.collect()
    }
}

impl From<&CalendarRules> for CalendarSpec {
    fn from(rules: &CalendarRules) -> Self {
        let CalendarRules { zone, week, holidays, short_day, closed_eves, extra_days, seasons } = rules;
        Self {
            // Rules are read with zones of the database, and those have names.
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            hours: hours_of(week),
            holidays: *holidays,
            closed_eves: closed_eves.clone(),
            short_day: short_day.map(|short| ShortDaySpec { closes: short.closes.to_string() }),
            extra_days: extra_days
                .iter()
                .map(|(date, day)| {
                    let hours = match day {
                        ExtraDay::Closed => None,
                        ExtraDay::Open(hours) => Some(hours),
                    };
                    ExtraDaySpec {
                        date: date.to_string(),
                        opens: hours.map(|hours| hours.opens().to_string()),
                        closes: hours.map(|hours| hours.closes().to_string()),
                    }
                })
                .collect(),
            seasons: seasons
                .iter()
                .map(|Season { from, to, week }| SeasonSpec {
                    from: from.to_string(),
                    to: to.to_string(),
                    hours: hours_of(week),
                })
                .collect(),
        }
    }
}

fn hours_of(week: &Week) -> Vec<WeekdayHours> {
    let days = DayOfWeek::ALL.iter().zip(week);
    days.filter_map(|(weekday, hours)| {
        let hours = (*hours)?;
        Some(WeekdayHours {
            weekday: *weekday,
            opens: hours.opens().to_string(),
            closes: hours.closes().to_string(),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests;
