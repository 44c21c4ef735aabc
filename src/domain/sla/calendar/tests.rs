use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::clock::{MICROS_PER_HOUR, MICROS_PER_MINUTE};
use crate::domain::sla::{Holidays, MinuteOfDay};

const SECOND: i64 = 1_000_000;

/// One for all, since it remembers its years.
static SERVICEDESK: LazyLock<Calendar> = LazyLock::new(Calendar::servicedesk);

/// A local date-time in Stockholm, or an RFC 3339 instant when it ends in Z.
fn at(text: &str) -> Instant {
    if text.ends_with('Z') {
        return Instant::parse_rfc3339(text).unwrap();
    }
    let datetime: jiff::civil::DateTime = text.parse().unwrap();
    Instant::from_timestamp(datetime.to_zoned(super::super::stockholm().clone()).unwrap().timestamp())
}

fn around_the_clock() -> Calendar {
    let all_day = OpeningHours::new(MinuteOfDay::MIDNIGHT, MinuteOfDay::END);
    Calendar::new(CalendarRules {
        week: [all_day; 7],
        holidays: Holidays::None,
        short_day: None,
        closed_eves: Vec::new(),
        ..CalendarRules::servicedesk()
    })
    .unwrap()
}

/// The slow way: asks the rules about every minute.
fn minutes_counted_one_by_one(calendar: &Calendar, from: Instant, to: Instant) -> i64 {
    let zone = super::super::stockholm();
    let mut now = from;
    let mut open = 0;
    while now < to {
        let local = zone.to_datetime(now.to_timestamp());
        let minute = u16::try_from(local.hour()).unwrap() * 60 + u16::try_from(local.minute()).unwrap();
        if let Some(hours) = calendar.day(local.date())
            && hours.opens().minutes() <= minute
            && minute < hours.closes().minutes()
        {
            open += 1;
        }
        now = now.plus_micros(MICROS_PER_MINUTE);
    }
    open
}

#[test]
fn opening_hours_of_special_days() {
    let calendar = &*SERVICEDESK;
    let table = [
        ("2026-03-02", "07:30–16:00"), // an ordinary Monday
        ("2026-03-07", "closed"),      // Saturday
        ("2026-03-08", "closed"),      // Sunday
        ("2026-03-06", "07:30–16:00"), // Friday: an ordinary Sunday makes nothing short
        ("2026-01-05", "07:30–15:00"), // before Epiphany
        ("2026-01-06", "closed"),
        ("2026-04-02", "07:30–15:00"), // Maundy Thursday
        ("2026-04-03", "closed"),
        ("2026-04-06", "closed"),
        ("2026-04-30", "07:30–15:00"), // Walpurgis Night
        ("2026-05-01", "closed"),
        ("2026-05-13", "07:30–15:00"), // before Ascension
        ("2026-05-15", "07:30–16:00"), // the day after it is an ordinary Friday
        ("2026-06-05", "07:30–15:00"), // Friday before the National Day on a Saturday
        ("2025-06-05", "07:30–15:00"),
        ("2026-06-18", "07:30–16:00"), // the day before an eve isn't short
        ("2026-06-19", "closed"),      // Midsummer Eve
        ("2026-10-30", "07:30–15:00"), // before All Saints
        ("2026-12-23", "07:30–16:00"),
        ("2026-12-24", "closed"),
        ("2026-12-30", "07:30–16:00"),
        ("2026-12-31", "closed"),
        ("2000-06-09", "07:30–16:00"), // Friday before Whit Sunday
        ("2000-06-12", "closed"),      // Whit Monday was a holiday up to 2004
        ("2005-05-16", "07:30–16:00"),
        ("2004-06-04", "07:30–16:00"), // the National Day wasn't one yet
        ("2008-04-30", "07:30–15:00"), // before first of May and Ascension on one day
        ("2100-03-25", "07:30–15:00"),
    ];
    for (day, expected) in table {
        let hours = calendar.day(day.parse().unwrap());
        let text = hours.map_or("closed".to_owned(), |hours| format!("{}–{}", hours.opens(), hours.closes()));
        assert_eq!(text, expected, "{day}");
    }
}

#[test]
fn a_calendar_must_open_some_day() {
    let rules = CalendarRules { week: [None; 7], ..CalendarRules::servicedesk() };
    let never = CalendarProblem::new("versions[0].hours", CalendarFault::NeverOpen);
    assert_eq!(Calendar::new(rules).err(), Some(vec![never]));
}

#[test]
fn working_time_of_a_weekend_and_a_day() {
    let calendar = &*SERVICEDESK;
    let cases = [
        ("2026-03-06T15:30", "2026-03-09T08:00", 60),
        ("2026-03-07T00:00", "2026-03-08T23:59", 0),
        ("2026-03-02T00:00", "2026-03-03T00:00", 510),
        ("2026-04-02T12:00", "2026-04-07T12:00", 180 + 270),
        ("2025-12-30T15:00", "2026-01-02T08:30", 60 + 60),
        ("2026-03-09T08:00", "2026-03-06T15:30", 0),
    ];
    for (from, to, minutes) in cases {
        assert_eq!(calendar.elapsed_micros(at(from), at(to)), minutes * MICROS_PER_MINUTE, "{from} {to}");
    }
}

#[test]
fn turning_points_count_like_minute_by_minute_counting() {
    let calendar = &*SERVICEDESK;
    for (from, to) in [
        ("2026-03-20T10:17", "2026-04-09T09:03"),
        ("2026-10-20T10:17", "2026-11-03T15:03"),
        ("2025-12-20T03:00", "2026-01-09T15:03"),
        ("2099-12-30T12:00", "2100-01-08T12:00"),
        ("1969-12-29T12:00", "1970-01-08T12:00"),
    ] {
        let (from, to) = (at(from), at(to));
        let expected = minutes_counted_one_by_one(calendar, from, to) * MICROS_PER_MINUTE;
        assert_eq!(calendar.elapsed_micros(from, to), expected, "{from} {to}");
    }
}

#[test]
fn a_clock_that_never_stops_counts_changed_hours() {
    let calendar = around_the_clock();
    let day = |from, to| calendar.elapsed_micros(at(from), at(to)) / MICROS_PER_HOUR;
    assert_eq!(day("2026-03-29T00:00", "2026-03-30T00:00"), 23);
    assert_eq!(day("2026-10-25T00:00", "2026-10-26T00:00"), 25);
    assert_eq!(day("2026-01-01T00:00", "2027-01-01T00:00"), 365 * 24);
}

#[test]
fn opening_hours_are_local_on_both_sides_of_changed_clocks() {
    let calendar = &*SERVICEDESK;
    let cases = [
        ("2026-03-27T15:00:00Z", "2026-03-30T05:30:00Z", 0), // Friday 16:00 winter to Monday 07:30 summer
        ("2026-03-27T14:59:00Z", "2026-03-30T05:31:00Z", 2),
        ("2026-10-23T13:59:00Z", "2026-10-26T06:31:00Z", 2), // and back
        ("2027-03-26T15:00:00Z", "2027-03-30T05:31:00Z", 1), // over Easter too
    ];
    for (from, to, minutes) in cases {
        assert_eq!(calendar.elapsed_micros(at(from), at(to)), minutes * MICROS_PER_MINUTE, "{from} {to}");
    }
}

#[test]
fn an_open_hour_that_is_skipped_or_repeated() {
    let early = OpeningHours::new(MinuteOfDay::new(1, 0).unwrap(), MinuteOfDay::new(4, 0).unwrap());
    let rules = CalendarRules {
        week: [early; 7],
        holidays: Holidays::None,
        short_day: None,
        closed_eves: Vec::new(),
        ..CalendarRules::servicedesk()
    };
    let calendar = Calendar::new(rules).unwrap();
    let open = |day: &str| {
        let start = at(&format!("{day}T00:00"));
        calendar.elapsed_micros(start, start.plus_micros(12 * MICROS_PER_HOUR)) / MICROS_PER_HOUR
    };
    assert_eq!((open("2026-03-28"), open("2026-03-29"), open("2026-10-25")), (3, 2, 4));
}

#[test]
fn adding_working_time_ends_at_closing_not_at_the_next_opening() {
    let calendar = &*SERVICEDESK;
    let hours =
        |text, minutes: i64| calendar.add_working_micros(at(text), minutes * MICROS_PER_MINUTE).unwrap();
    assert_eq!(hours("2026-03-06T15:30", 30), at("2026-03-06T16:00"));
    assert_eq!(hours("2026-03-06T15:30", 31), at("2026-03-09T07:31"));
    assert_eq!(hours("2026-03-07T12:00", 60), at("2026-03-09T08:30"));
    assert_eq!(hours("2026-03-06T07:30", 510), at("2026-03-06T16:00"));
    assert_eq!(hours("2025-12-30T15:00", 61), at("2026-01-02T07:31"));
    assert_eq!(hours("2026-03-07T12:00", 0), at("2026-03-07T12:00"));
}

#[test]
fn working_day_due_instants_of_the_contract() {
    let calendar = &*SERVICEDESK;
    let cases = [
        // arrived while open: same local time on the nth following working day
        ("2026-03-02T09:15", 1, "2026-03-03T09:15"),
        ("2026-03-06T09:15", 1, "2026-03-09T09:15"),
        ("2026-03-02T07:30", 1, "2026-03-03T07:30"),
        ("2026-03-02T09:15", 5, "2026-03-09T09:15"),
        // … or its closing time if it closes earlier
        ("2026-04-01T15:40", 1, "2026-04-02T15:00"),
        ("2026-04-01T15:00", 1, "2026-04-02T15:00"),
        ("2026-04-02T14:30", 1, "2026-04-07T14:30"),
        // arrived while closed: closing time of the nth working day that opens after it
        ("2026-03-02T06:00", 1, "2026-03-02T16:00"),
        ("2026-03-02T16:00", 1, "2026-03-03T16:00"),
        ("2026-03-02T22:00", 2, "2026-03-04T16:00"),
        ("2026-03-07T12:00", 1, "2026-03-09T16:00"),
        ("2026-04-02T15:00", 1, "2026-04-07T16:00"),
        ("2026-04-01T17:00", 1, "2026-04-02T15:00"),
        // over New Year and changed clocks
        ("2025-12-30T10:00", 1, "2026-01-02T10:00"),
        ("2025-12-31T10:00", 1, "2026-01-02T16:00"),
        ("2026-03-27T10:00", 1, "2026-03-30T10:00"),
        ("2026-10-23T10:00", 1, "2026-10-26T10:00"),
        ("2026-06-18T10:00", 1, "2026-06-22T10:00"),
        ("2026-03-02T09:15", 0, "2026-03-02T09:15"),
    ];
    for (start, days, due) in cases {
        assert_eq!(calendar.due_after_working_days(at(start), days), Some(at(due)), "{start} + {days}");
    }
}

#[test]
fn due_time_that_does_not_exist_or_comes_twice_is_still_one_instant() {
    let calendar = around_the_clock();
    let due = |start: &str| calendar.due_after_working_days(at(start), 1).unwrap();
    assert_eq!(due("2026-03-28T02:30"), at("2026-03-29T01:30:00Z"));
    assert_eq!(due("2026-10-24T02:30"), at("2026-10-25T00:30:00Z"));
    assert_eq!(due("2026-10-25T01:30:00Z"), at("2026-10-26T01:30:00Z"));
}

#[test]
fn a_pause_moves_a_due_instant_by_working_time() {
    let calendar = &*SERVICEDESK;
    let due = calendar.due_after_working_days(at("2026-03-05T09:00"), 1).unwrap();
    assert_eq!(due, at("2026-03-06T09:00"));
    assert_eq!(calendar.moved_by_pause(due, 480 * MICROS_PER_MINUTE), Some(at("2026-03-09T08:30")));
    assert_eq!(calendar.moved_by_pause(due, 0), Some(due));
}

#[test]
fn instants_at_the_end_of_time_do_no_harm() {
    let calendar = &*SERVICEDESK;
    let (first, last) = (Instant::from_micros(i64::MIN), Instant::from_micros(i64::MAX));
    assert_eq!(calendar.elapsed_micros(last, first), 0);
    assert_eq!(calendar.add_working_micros(last, 1), None);
    assert_eq!(calendar.add_working_micros(at("9990-01-02T12:00"), i64::MAX), None);
    assert_eq!(calendar.due_after_working_days(last, 1), None);
    assert!(calendar.due_after_working_days(first, 1).is_some());
    assert!(!calendar.is_open(last));
    assert_eq!(calendar.day(date(9998, 12, 25)), None);
}

/// Instants from 1960 to 2190, denser where clocks change and years turn.
fn instants() -> impl Strategy<Value = Instant> {
    let seconds = |from: &str, days: i64| {
        let from = at(from).micros() / SECOND;
        (from..from + days * 86_400).prop_map(|second| Instant::from_micros(second * SECOND))
    };
    prop_oneof![
        4 => seconds("1960-01-01T00:00", 84_000),
        2 => seconds("2026-03-26T00:00", 8),
        2 => seconds("2026-10-22T00:00", 8),
        2 => seconds("2025-12-20T00:00", 25),
    ]
}

proptest! {
    #[test]
    fn cutting_an_interval_changes_nothing(a in instants(), first in 0..40_000_000i64, second in 0..40_000_000i64) {
        let calendar = &*SERVICEDESK;
        let (b, c) = (a.plus_micros(first * SECOND), a.plus_micros((first + second) * SECOND));
        let whole = calendar.elapsed_micros(a, c);
        prop_assert_eq!(calendar.elapsed_micros(a, b) + calendar.elapsed_micros(b, c), whole);
    }

    #[test]
    fn working_time_never_runs_backwards_nor_faster_than_the_clock(a in instants(), b in instants(), more in 0..900_000i64) {
        let calendar = &*SERVICEDESK;
        let (from, to) = (a.min(b), a.max(b));
        let later = to.plus_micros(more * SECOND);
        let (elapsed, longer) = (calendar.elapsed_micros(from, to), calendar.elapsed_micros(from, later));
        prop_assert!(elapsed <= longer);
        prop_assert!(longer - elapsed <= later.micros_since(to));
    }

    #[test]
    fn added_working_time_has_elapsed_and_not_an_instant_earlier(start in instants(), amount in 1..3_000_000_000_000i64) {
        let calendar = &*SERVICEDESK;
        let end = calendar.add_working_micros(start, amount).unwrap();
        prop_assert_eq!(calendar.elapsed_micros(start, end), amount);
        prop_assert_eq!(calendar.elapsed_micros(start, end.plus_micros(-1)), amount - 1);
    }

    #[test]
    fn due_instants_never_fall_while_closed(start in instants(), days in 1..400u32) {
        let calendar = &*SERVICEDESK;
        let due = calendar.due_after_working_days(start, days).unwrap();
        prop_assert!(calendar.is_open(due) || calendar.is_open(due.plus_micros(-1)), "{due}");
        prop_assert!(due > start);
        let next = calendar.due_after_working_days(start, days + 1).unwrap();
        let to_next = calendar.elapsed_micros(due, next);
        prop_assert!((0..=2 * 510 * MICROS_PER_MINUTE).contains(&to_next) && next > due);
    }

    #[test]
    fn later_arrival_is_never_due_earlier_by_working_time(start in instants(), more in 0..900_000i64, minutes in 1..3_000i64) {
        let calendar = &*SERVICEDESK;
        let due = |start| calendar.add_working_micros(start, minutes * MICROS_PER_MINUTE).unwrap();
        prop_assert!(due(start) <= due(start.plus_micros(more * SECOND)));
    }

    #[test]
    fn any_week_counts_like_minute_by_minute_counting(start in instants(), minutes in 0..12_000i64) {
        let calendar = &*SERVICEDESK;
        let start = Instant::from_micros(start.micros().div_euclid(MICROS_PER_MINUTE) * MICROS_PER_MINUTE);
        let end = start.plus_micros(minutes * MICROS_PER_MINUTE);
        let counted = minutes_counted_one_by_one(calendar, start, end);
        prop_assert_eq!(calendar.elapsed_micros(start, end), counted * MICROS_PER_MINUTE);
    }
}

/// Open day and night.
pub(in crate::domain::sla) fn always() -> Calendar {
    let all_day =
        OpeningHours::new(MinuteOfDay::parse("00:00").unwrap(), MinuteOfDay::parse("24:00").unwrap());
    let rules = CalendarRules {
        week: [all_day; 7],
        holidays: Holidays::None,
        short_day: None,
        closed_eves: Vec::new(),
        ..CalendarRules::servicedesk()
    };
    Calendar::new(rules).unwrap()
}
