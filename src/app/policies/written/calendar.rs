//! Calendars: the domain's own form has no keys in it and is written as it is.

use super::{Written, as_json, parsed};
use crate::app::policies::fault::{Fault, PolicyFault};
use crate::app::policies::stored::Stored;
use crate::app::{AppError, FieldError, FieldErrors};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::sla::{CalendarFault, CalendarProblem, CalendarSpec, CalendarVersion};
use jiff::tz::TimeZone;

impl Written for CalendarSpec {
    const KIND: PolicyKind = PolicyKind::Calendar;

    fn of_stored(json: &str, _: &Stored) -> Result<Self, AppError> {
        parsed(json)
    }

    fn checked(
        &self,
        code: &str,
        valid_from: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError> {
        let known = stored.policies.calendar_by_code(code);
        match self.rules() {
            Err(problems) => problems.iter().for_each(|problem| errors.push(told(self, problem))),
            Ok(rules) => {
                let date = valid_from.to_timestamp().to_zoned(rules.zone.clone()).date();
                let with = known.map(|known| {
                    let earliest = tomorrow(stored.now, known.calendar.zone());
                    known.calendar.with_version(CalendarVersion { valid_from: date, rules }, earliest)
                });
                if let Some(Err(problems)) = with {
                    problems.iter().for_each(|problem| errors.push(told(self, problem)));
                }
            }
        }
        as_json(self)
    }
}

/// The first date that a calendar may change on: today has been counted by already.
pub(in crate::app::policies) fn tomorrow(now: Instant, zone: &TimeZone) -> jiff::civil::Date {
    let today = now.to_timestamp().to_zoned(zone.clone()).date();
    today.tomorrow().unwrap_or(today)
}

/// A problem at the field it is about. Those of versions put together come with the place of the version.
fn told(spec: &CalendarSpec, problem: &CalendarProblem) -> FieldError {
    let CalendarProblem { field, fault } = problem;
    let path = match field.strip_prefix("versions[").and_then(|rest| rest.split_once("].")) {
        Some((_, path)) => path,
        None => field,
    };
    let about = match fault {
        CalendarFault::HoursOverlap | CalendarFault::SeveralOpenings => weekday(spec, path),
        _ => String::new(),
    };
    FieldError::of_policy(path, Fault::about(PolicyFault::from(*fault), about))
}

/// The weekday that `hours[3]` or `seasons[0].hours[3]` is about.
fn weekday(spec: &CalendarSpec, path: &str) -> String {
    let index = |part: &str| part.split_once('[')?.1.strip_suffix(']')?.parse::<usize>().ok();
    let hours = match path.split_once('.') {
        Some((season, hours)) => {
            index(season).and_then(|at| spec.seasons.get(at)).zip(index(hours)).map(|(s, at)| (&s.hours, at))
        }
        None => index(path).map(|at| (&spec.hours, at)),
    };
    let day = hours.and_then(|(hours, at)| hours.get(at));
    day.map(|day| day.weekday.as_text().to_owned()).unwrap_or_default()
}
