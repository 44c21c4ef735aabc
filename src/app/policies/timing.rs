//! From when a version holds: never in the past, and never before a version to come, which would undo it
//! without a word.

use super::change::Amendment;
use super::documents::Document;
use super::fault::{Fault, PolicyFault};
use super::stored::Stored;
use super::written::tomorrow;
use crate::app::{FieldError, FieldErrors, FieldProblem};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::sla::{CalendarSpec, stockholm};
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// When a version of the document of that code begins, what is wrong with that noted.
pub(super) fn when(
    kind: PolicyKind,
    code: &str,
    amendment: &Amendment,
    is_new: bool,
    stored: &Stored,
    errors: &mut FieldErrors,
) -> Instant {
    let asked = amendment.valid_from.as_deref();
    let valid_from = match kind {
        PolicyKind::Calendar if is_new => stored.now,
        PolicyKind::Calendar => turns(asked, code, stored, errors),
        PolicyKind::Agreement
        | PolicyKind::PriorityList
        | PolicyKind::Responsibilities
        | PolicyKind::RoutingRules => begins(asked, stored.now, errors),
    };
    let begun = stored.of(kind, code).map(|version| version.valid_from);
    let coming = begun.filter(|from| *from > stored.now).max();
    if let Some(coming) = coming.filter(|coming| valid_from < *coming && !errors.has("validFrom")) {
        let date = coming.to_timestamp().to_zoned(stockholm().clone()).date();
        let fault = Fault::about(PolicyFault::BeginsBeforeAnother, date.to_string());
        errors.push(FieldError::of_policy("validFrom", fault));
    }
    // The rules of calendars and agreements say this themselves, and the matrix is written over.
    let is_whole = matches!(kind, PolicyKind::PriorityList | PolicyKind::RoutingRules);
    if is_whole && coming == Some(valid_from) {
        errors.push(FieldError::of_policy("validFrom", Fault::new(PolicyFault::BeginsWithAnother)));
    }
    valid_from
}

/// When a version begins: now, a local date or an instant, none of them in the past.
pub(super) fn begins(asked: Option<&str>, now: Instant, errors: &mut FieldErrors) -> Instant {
    let Some(text) = asked.map(str::trim).filter(|text| !text.is_empty()) else { return now };
    let mut refuse = |fault| errors.push(FieldError::of_policy("validFrom", Fault::new(fault)));
    let date: Option<Date> = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    let instant = match date {
        Some(date) => midnight(date, stockholm()).ok_or(PolicyFault::TooFarAhead),
        None => Instant::parse_rfc3339(text).map_err(|_| PolicyFault::NotADate),
    };
    match instant {
        Err(fault) => refuse(fault),
        Ok(at) if at < now => refuse(PolicyFault::BeginsTooEarly),
        Ok(at) => return at,
    }
    now
}

/// When a calendar changes: at a midnight of its own, tomorrow's or a later one.
fn turns(asked: Option<&str>, code: &str, stored: &Stored, errors: &mut FieldErrors) -> Instant {
    let zone = stored.policies.calendar_by_code(code).map_or(stockholm(), |known| known.calendar.zone());
    let text = asked.unwrap_or_default().trim();
    let first = tomorrow(stored.now, zone);
    let date: Option<Date> = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    match date {
        None if text.is_empty() => errors.add("validFrom", FieldProblem::Required),
        None => errors.push(FieldError::of_policy("validFrom", Fault::new(PolicyFault::NotADate))),
        // The calendar itself refuses dates that are too early, if its hours can be read at all.
        Some(date) => match midnight(date, zone) {
            Some(at) => return at,
            None => errors.push(FieldError::of_policy("validFrom", Fault::new(PolicyFault::TooFarAhead))),
        },
    }
    midnight(first, zone).unwrap_or(stored.now)
}

/// The beginning of a local date; nothing for dates beyond what can be counted.
pub(super) fn midnight(date: Date, zone: &TimeZone) -> Option<Instant> {
    let start = date.to_zoned(zone.clone()).ok()?;
    Some(Instant::from_timestamp(start.timestamp()))
}

/// What a new version of a calendar may begin on at the earliest, as forms suggest it: tomorrow, or the day
/// after the last version to come begins.
#[must_use]
pub fn earliest_change(now: Instant, calendar: &Document<CalendarSpec>) -> String {
    let zone = calendar.content().and_then(|spec| TimeZoneDatabase::bundled().get(&spec.zone).ok());
    let last = calendar.versions.iter().map(|version| version.valid_from).max();
    tomorrow(last.map_or(now, |last| last.max(now)), zone.as_ref().unwrap_or(stockholm())).to_string()
}
