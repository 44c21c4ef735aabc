//! Versions, own days and the preview of a year.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::clock::MICROS_PER_HOUR;
use crate::domain::sla::holidays::{Eve, Holiday};
use crate::domain::sla::rules::{ExtraDay, Season};
use crate::domain::sla::{MinuteOfDay, stockholm};

fn hours(opens: &str, closes: &str) -> OpeningHours {
    OpeningHours::new(MinuteOfDay::parse(opens).unwrap(), MinuteOfDay::parse(closes).unwrap()).unwrap()
}

fn local(text: &str) -> Instant {
    let datetime: jiff::civil::DateTime = text.parse().unwrap();
    Instant::from_timestamp(datetime.to_zoned(stockholm().clone()).unwrap().timestamp())
}

/// Weekdays from `opens` to `closes`, otherwise like the default.
fn weekdays(opens: &str, closes: &str) -> CalendarRules {
    let day = Some(hours(opens, closes));
    CalendarRules { week: [day, day, day, day, day, None, None], ..CalendarRules::servicedesk() }
}

/// With summer hours, a closed bridge day, an open Saturday, and an open Epiphany.
fn own_days() -> CalendarRules {
    let summer = Some(hours("08:00", "15:30"));
    let mut rules = CalendarRules::servicedesk();
    rules.seasons.push(Season {
        from: date(2026, 6, 15),
        to: date(2026, 8, 9),
        week: [summer, summer, summer, summer, Some(hours("08:00", "12:00")), None, None],
    });
    rules.extra_days.insert(date(2026, 5, 15), ExtraDay::Closed);
    rules.extra_days.insert(date(2026, 11, 28), ExtraDay::Open(hours("10:00", "14:00")));
    rules.extra_days.insert(date(2026, 1, 6), ExtraDay::Open(hours("10:00", "12:00")));
    rules
}

fn version(valid_from: Date, rules: CalendarRules) -> CalendarVersion {
    CalendarVersion { valid_from, rules }
}

fn faults(versions: Vec<CalendarVersion>) -> Vec<String> {
    let problems = Calendar::of_versions(versions).err().unwrap_or_default();
    problems.iter().map(|problem| format!("{} {}", problem.field, problem.fault)).collect()
}

#[test]
fn every_day_has_the_rule_behind_it() {
    let preview = Calendar::new(own_days()).unwrap().preview(2026);
    assert_eq!(preview.len(), 365);
    let table = [
        (date(2026, 1, 6), "10:00–12:00", DayReason::ExtraDay),
        (date(2026, 1, 5), "07:30–15:00", DayReason::ShortDay(Holiday::Epiphany)),
        (date(2026, 3, 2), "07:30–16:00", DayReason::Weekday),
        (date(2026, 3, 8), "closed", DayReason::Weekday),
        (date(2026, 4, 5), "closed", DayReason::Holiday(Holiday::EasterSunday)),
        (date(2026, 5, 14), "closed", DayReason::Holiday(Holiday::Ascension)),
        (date(2026, 5, 15), "closed", DayReason::ExtraDay),
        (date(2026, 6, 15), "08:00–15:30", DayReason::Season),
        (date(2026, 6, 19), "closed", DayReason::Eve(Eve::Midsummer)),
        (date(2026, 6, 26), "08:00–12:00", DayReason::Season),
        (date(2026, 8, 9), "closed", DayReason::Season),
        (date(2026, 8, 10), "07:30–16:00", DayReason::Weekday),
        (date(2026, 11, 28), "10:00–14:00", DayReason::ExtraDay),
        (date(2026, 12, 31), "closed", DayReason::Eve(Eve::NewYear)),
    ];
    for (date, expected, why) in table {
        let day = preview.iter().find(|day| day.date == date).unwrap();
        let said = day.hours.map_or("closed".to_owned(), |h| format!("{}–{}", h.opens(), h.closes()));
        assert_eq!((said.as_str(), day.why), (expected, why), "{date}");
    }
}

#[test]
fn a_short_day_that_closes_before_it_opens_is_closed() {
    let calendar = Calendar::new(weekdays("15:30", "20:00")).unwrap();
    let day = calendar.preview(2026).into_iter().find(|day| day.date == date(2026, 4, 2)).unwrap();
    assert_eq!((day.hours, day.why), (None, DayReason::ShortDay(Holiday::GoodFriday)));
    let early = Calendar::new(weekdays("07:00", "15:00")).unwrap();
    let day = early.preview(2026).into_iter().find(|day| day.date == date(2026, 4, 2)).unwrap();
    assert_eq!((day.hours, day.why), (Some(hours("07:00", "15:00")), DayReason::Weekday));
}

#[test]
fn own_days_count_as_working_days() {
    let calendar = Calendar::new(own_days()).unwrap();
    let due = |start| calendar.due_after_working_days(local(start), 1).unwrap();
    assert_eq!(due("2026-11-27T10:30"), local("2026-11-28T10:30"), "an open Saturday");
    assert_eq!(due("2026-11-27T15:30"), local("2026-11-28T14:00"), "that closes early");
    assert_eq!(due("2026-05-13T10:30"), local("2026-05-18T10:30"), "over a closed bridge day");
    assert_eq!(due("2026-07-02T14:00"), local("2026-07-03T12:00"), "a Friday in summer");
}

#[test]
fn a_version_holds_from_its_date() {
    let calendar = Calendar::of_versions(vec![
        version(date(2026, 1, 1), weekdays("07:30", "16:00")),
        version(date(2026, 9, 1), weekdays("07:00", "17:00")),
        version(date(2027, 1, 1), weekdays("08:00", "12:00")),
    ])
    .unwrap();
    let open = |day: Date| calendar.day(day).unwrap();
    assert_eq!(open(date(2020, 3, 2)), hours("07:30", "16:00"), "the first one holds before it too");
    assert_eq!(open(date(2026, 8, 31)), hours("07:30", "16:00"));
    assert_eq!(open(date(2026, 9, 1)), hours("07:00", "17:00"));
    assert_eq!(open(date(2027, 1, 4)), hours("08:00", "12:00"));
    // Monday 31 August from 16:00 closes, Tuesday opens at 07:00.
    let elapsed = calendar.elapsed_micros(local("2026-08-31T15:00"), local("2026-09-01T08:00"));
    assert_eq!(elapsed, 2 * MICROS_PER_HOUR);
    assert_eq!(
        calendar.due_after_working_days(local("2026-12-30T16:30"), 1),
        Some(local("2027-01-04T12:00")),
        "due within the hours of its own day"
    );
}

#[test]
fn versions_that_make_no_calendar_are_refused() {
    let at = |day| version(date(2026, 1, day), CalendarRules::servicedesk());
    assert_eq!(faults(Vec::new()), ["versions noVersion"]);
    assert_eq!(faults(vec![at(1), at(1)]), ["versions[1].validFrom versionsOutOfOrder"]);
    assert_eq!(faults(vec![at(2), at(1)]), ["versions[1].validFrom versionsOutOfOrder"]);
    let elsewhere = CalendarRules { zone: TimeZone::UTC, ..CalendarRules::servicedesk() };
    assert_eq!(faults(vec![at(1), version(date(2026, 2, 1), elsewhere)]), ["versions[1].zone zonesDiffer"]);
    let never = CalendarRules { week: Default::default(), ..CalendarRules::servicedesk() };
    assert_eq!(faults(vec![at(1), version(date(2026, 2, 1), never)]), ["versions[1].hours neverOpen"]);
}

#[test]
fn history_is_not_rewritten_by_a_new_version() {
    let calendar = Calendar::servicedesk();
    let today = date(2026, 3, 2);
    let longer = |from| version(from, weekdays("06:00", "20:00"));
    let refused = calendar.with_version(longer(date(2026, 3, 1)), today).unwrap_err();
    assert_eq!(refused, [CalendarProblem::new("validFrom", CalendarFault::VersionTooEarly)]);
    let changed = calendar.with_version(longer(today), today).unwrap();
    assert_eq!(changed.day(date(2026, 2, 27)), calendar.day(date(2026, 2, 27)));
    assert_eq!(changed.day(today), Some(hours("06:00", "20:00")));
    let between = changed.with_version(longer(date(2026, 4, 1)), today).unwrap();
    assert_eq!(between.versions().count(), 3);
    assert!(between.with_version(longer(date(2026, 4, 1)), today).is_err(), "the date is taken");
}

#[test]
fn the_next_opening_and_closing_are_found() {
    let calendar = Calendar::servicedesk();
    let opening = |text| calendar.next_opening(local(text)).unwrap();
    assert_eq!(opening("2026-03-02T07:29"), local("2026-03-02T07:30"));
    assert_eq!(opening("2026-03-02T12:00"), local("2026-03-02T12:00"));
    assert_eq!(opening("2026-03-06T16:00"), local("2026-03-09T07:30"));
    assert_eq!(opening("2025-12-30T16:00"), local("2026-01-02T07:30"));
    assert_eq!(calendar.next_closing(local("2026-03-06T12:00")), local("2026-03-06T16:00"));
    assert_eq!(calendar.next_closing(local("2026-03-06T17:00")), local("2026-03-06T17:00"));
    assert_eq!(calendar.next_opening(local("9998-12-31T12:00")), None);
}

proptest! {
    #[test]
    fn a_later_version_changes_nothing_that_was_counted_before(
        start in 0..400_000i64, length in 0..60_000i64, from in 0..700i64,
    ) {
        let minutes = |minutes: i64| local("2025-12-01T00:00").plus_micros(minutes * 60_000_000);
        let (start, end) = (minutes(start), minutes(start + length));
        let valid_from = date(2025, 12, 1).saturating_add(jiff::Span::new().days(from));
        let calendar = Calendar::servicedesk();
        let changed = calendar.with_version(version(valid_from, weekdays("05:00", "23:00")), Date::MIN).unwrap();
        let boundary = local(&format!("{valid_from}T00:00"));
        let before = |calendar: &Calendar| calendar.elapsed_micros(start.min(boundary), end.min(boundary));
        prop_assert_eq!(before(&changed), before(&calendar));
        let after = Calendar::new(weekdays("05:00", "23:00")).unwrap();
        prop_assert_eq!(
            changed.elapsed_micros(start, end),
            before(&calendar) + after.elapsed_micros(start.max(boundary), end.max(boundary))
        );
    }
}
