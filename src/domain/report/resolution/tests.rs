use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::clock::{MICROS_PER_MINUTE, MICROS_PER_SECOND};
use crate::domain::report::published::{PUBLISHED, published_history};

fn at(local: &str) -> Instant {
    let datetime: jiff::civil::DateTime = local.parse().unwrap();
    Instant::from_timestamp(datetime.to_zoned(crate::domain::sla::stockholm().clone()).unwrap().timestamp())
}

fn fact(opened_at: Instant, resolved_at: Instant) -> ResolvedFact<'static> {
    ResolvedFact { opened_at, resolved_at, open_micros: resolved_at.micros_since(opened_at), segments: &[] }
}

fn spec(by: By, clock: ResolutionClock) -> ResolutionSpec {
    ResolutionSpec { from: date(2026, 1, 1), to: date(2026, 12, 31), by, clock }
}

/// The shares of a table over one ticket, as a word of five: `x` within, `.` not.
fn bounds_of(clock: ResolutionClock, fact: &ResolvedFact<'_>) -> String {
    let calendar = Calendar::servicedesk();
    let mut table = ResolutionTable::new(&spec(By::Year, clock), &calendar).unwrap();
    table.add(fact);
    let row = table.rows()[0];
    assert_eq!(row.tickets, 1);
    [row.within_1h, row.within_2h, row.within_1d, row.within_3d, row.within_1w]
        .map(|share| if share == Permille::of(1, 1) { 'x' } else { '.' })
        .iter()
        .collect()
}

#[test]
fn published_table_of_2010_to_2015_is_reproduced() {
    let calendar = Calendar::servicedesk();
    let spec = ResolutionSpec {
        from: date(2010, 1, 1),
        to: date(2015, 12, 31),
        by: By::Year,
        clock: ResolutionClock::Elapsed,
    };
    let mut table = ResolutionTable::new(&spec, &calendar).unwrap();
    for ticket in published_history() {
        table.add(&fact(ticket.opened_at, ticket.resolved_at));
    }
    let rows = table.rows();
    assert_eq!(rows.len(), PUBLISHED.len());
    for (row, published) in rows.iter().zip(PUBLISHED) {
        assert_eq!(row.period.to_string(), published.year.to_string());
        assert_eq!(row.tickets, published.tickets);
        let shares = [row.within_1h, row.within_2h, row.within_1d, row.within_3d, row.within_1w];
        let expected = published.shares.map(|share| Permille::of(share, 100));
        assert_eq!(shares, expected, "{}", published.year);
    }
}

#[test]
fn published_tickets_lie_on_the_bounds_too() {
    let durations: Vec<i64> =
        published_history().map(|ticket| ticket.resolved_at.micros_since(ticket.opened_at)).collect();
    assert_eq!(durations.len(), 126_110);
    assert!(durations.iter().all(|&micros| micros > 0 && micros % MICROS_PER_SECOND == 0));
    for bound in
        [MICROS_PER_HOUR, 2 * MICROS_PER_HOUR, MICROS_PER_DAY, 3 * MICROS_PER_DAY, 7 * MICROS_PER_DAY]
    {
        assert!(durations.contains(&bound), "{bound}");
    }
}

#[test]
fn elapsed_bounds_are_inclusive() {
    let opened = at("2026-03-06T15:30");
    let cases = [
        (0, "xxxxx"),
        (MICROS_PER_HOUR, "xxxxx"),
        (MICROS_PER_HOUR + 1, ".xxxx"),
        (2 * MICROS_PER_HOUR, ".xxxx"),
        (2 * MICROS_PER_HOUR + 1, "..xxx"),
        (MICROS_PER_DAY, "..xxx"),
        (MICROS_PER_DAY + 1, "...xx"),
        (3 * MICROS_PER_DAY, "...xx"),
        (3 * MICROS_PER_DAY + 1, "....x"),
        (7 * MICROS_PER_DAY, "....x"),
        (7 * MICROS_PER_DAY + 1, "....."),
    ];
    for (micros, expected) in cases {
        let fact = fact(opened, opened.plus_micros(micros));
        assert_eq!(bounds_of(ResolutionClock::Elapsed, &fact), expected, "{micros}");
    }
}

#[test]
fn an_elapsed_day_is_24_hours_also_when_clocks_change() {
    let opened = at("2026-03-28T12:00");
    let next_noon = fact(opened, at("2026-03-29T12:00"));
    assert_eq!(next_noon.open_micros, 23 * MICROS_PER_HOUR);
    assert_eq!(bounds_of(ResolutionClock::Elapsed, &next_noon), "..xxx");
    let autumn = fact(at("2026-10-24T12:00"), at("2026-10-25T12:00"));
    assert_eq!(bounds_of(ResolutionClock::Elapsed, &autumn), "...xx");
}

#[test]
fn working_time_counts_opening_hours_and_working_days() {
    let cases = [
        // Friday 15:30 + one working hour is Monday 08:00
        ("2026-03-06T15:30", "2026-03-09T08:00", "xxxxx"),
        ("2026-03-06T15:30", "2026-03-09T08:01", ".xxxx"),
        ("2026-03-06T15:30", "2026-03-09T09:00", ".xxxx"),
        ("2026-03-06T15:30", "2026-03-09T09:01", "..xxx"),
        // one working day: the same time on the next working day
        ("2026-03-06T09:15", "2026-03-09T09:15", "..xxx"),
        ("2026-03-06T09:15", "2026-03-09T09:16", "...xx"),
        // three and five working days
        ("2026-03-06T09:15", "2026-03-11T09:15", "...xx"),
        ("2026-03-06T09:15", "2026-03-11T09:16", "....x"),
        ("2026-03-06T09:15", "2026-03-13T09:15", "....x"),
        ("2026-03-06T09:15", "2026-03-13T09:16", "....."),
        // arrived on Saturday: to Monday's closing time
        ("2026-03-07T12:00", "2026-03-07T13:00", "xxxxx"),
        ("2026-03-07T12:00", "2026-03-09T16:00", "..xxx"),
        ("2026-03-07T12:00", "2026-03-10T07:31", "...xx"),
        // Easter: Maundy Thursday 14:30 to Tuesday after
        ("2026-04-02T14:30", "2026-04-07T14:30", "..xxx"),
        ("2026-04-02T14:30", "2026-04-07T14:31", "...xx"),
    ];
    for (opened, resolved, expected) in cases {
        let fact = fact(at(opened), at(resolved));
        assert_eq!(bounds_of(ResolutionClock::Working, &fact), expected, "{opened} {resolved}");
    }
}

#[test]
fn reopened_ticket_counts_over_the_time_it_was_open() {
    // 30 minutes on Monday, re-opened on Wednesday 10:00 and resolved half an hour later
    let segments =
        [(at("2026-03-02T09:00"), at("2026-03-02T09:30")), (at("2026-03-04T10:00"), at("2026-03-04T10:30"))];
    let mut fact = ResolvedFact {
        opened_at: segments[0].0,
        resolved_at: segments[1].1,
        open_micros: 60 * MICROS_PER_MINUTE,
        segments: &segments,
    };
    assert_eq!(bounds_of(ResolutionClock::Elapsed, &fact), "xxxxx");
    assert_eq!(bounds_of(ResolutionClock::Working, &fact), "xxxxx");

    // The pause Monday 09:30 – Wednesday 10:00 is 17.5 working hours, so that one working day from
    // Monday 09:00 is due Thursday 09:30.
    let until = |end| [segments[0], (segments[1].0, at(end))];
    for (end, expected) in [("2026-03-05T09:30", "..xxx"), ("2026-03-05T09:31", "...xx")] {
        let segments = until(end);
        fact.resolved_at = at(end);
        let fact = ResolvedFact { segments: &segments, ..fact };
        assert_eq!(bounds_of(ResolutionClock::Working, &fact), expected, "{end}");
    }
}

#[test]
fn tickets_fall_into_the_local_period_of_their_resolution() {
    let calendar = Calendar::servicedesk();
    let names = |by, resolved: &str| {
        let mut table = ResolutionTable::new(&spec(by, ResolutionClock::Elapsed), &calendar).unwrap();
        let resolved = at(resolved);
        table.add(&fact(resolved.plus_micros(-1), resolved));
        let hit: Vec<String> =
            table.rows().iter().filter(|row| row.tickets == 1).map(|row| row.period.to_string()).collect();
        hit.join(" ")
    };
    assert_eq!(names(By::Month, "2026-01-31T23:59:59.999999"), "2026-01");
    assert_eq!(names(By::Month, "2026-02-01T00:00:00"), "2026-02");
    assert_eq!(names(By::Quarter, "2026-06-30T23:30:00"), "2026-Q2");
    assert_eq!(names(By::Quarter, "2026-07-01T00:00:00"), "2026-Q3");
    assert_eq!(names(By::Tertial, "2026-04-30T23:59:59"), "2026-T1");
    assert_eq!(names(By::Tertial, "2026-05-01T00:00:00"), "2026-T2");
    assert_eq!(names(By::Year, "2026-01-01T00:00:00"), "2026");
    assert_eq!(names(By::Year, "2026-12-31T23:59:59.999999"), "2026");
    assert_eq!(names(By::Year, "2025-12-31T23:59:59.999999"), "");
    assert_eq!(names(By::Year, "2027-01-01T00:00:00"), "");
}

#[test]
fn both_dates_are_included_and_cut_their_periods() {
    let calendar = Calendar::servicedesk();
    let spec = ResolutionSpec {
        from: date(2026, 2, 10),
        to: date(2026, 4, 15),
        by: By::Month,
        clock: ResolutionClock::Elapsed,
    };
    let mut table = ResolutionTable::new(&spec, &calendar).unwrap();
    assert_eq!(table.range(), (at("2026-02-10T00:00"), at("2026-04-16T00:00")));
    for resolved in
        ["2026-02-09T23:59:59", "2026-02-10T00:00:00", "2026-04-15T23:59:59", "2026-04-16T00:00:00"]
    {
        table.add(&fact(at("2026-02-09T12:00"), at(resolved)));
    }
    let rows: Vec<(String, u64)> =
        table.rows().iter().map(|row| (row.period.to_string(), row.tickets)).collect();
    let expected = [("2026-02", 1), ("2026-03", 0), ("2026-04", 1)];
    assert_eq!(rows, expected.map(|(name, tickets)| (name.to_owned(), tickets)));
    assert_eq!(table.rows()[1].within_1w, None);
}

#[test]
fn impossible_dates_are_refused() {
    let calendar = Calendar::servicedesk();
    let new = |from, to, by| {
        let spec = ResolutionSpec { from, to, by, clock: ResolutionClock::Elapsed };
        ResolutionTable::new(&spec, &calendar).map(|table| table.rows().len())
    };
    assert_eq!(new(date(2026, 1, 2), date(2026, 1, 1), By::Year), Err(SpecError::FromAfterTo));
    assert_eq!(new(date(1, 1, 1), date(9999, 12, 31), By::Month), Err(SpecError::TooManyPeriods));
    assert_eq!(new(date(1926, 1, 1), date(2025, 12, 31), By::Month), Ok(1200));
    assert_eq!(new(date(9999, 12, 31), date(9999, 12, 31), By::Month), Ok(1));
}

#[test]
fn shares_round_half_up() {
    let text = |part, whole| Permille::of(part, whole).map(|share| share.to_string());
    assert_eq!(text(1, 3).unwrap(), "33.3");
    assert_eq!(text(2, 3).unwrap(), "66.7");
    assert_eq!(text(1, 2_000).unwrap(), "0.1");
    assert_eq!(text(1, 2_001).unwrap(), "0.0");
    assert_eq!(text(1_999, 2_000).unwrap(), "100.0");
    assert_eq!(text(1_997, 2_000).unwrap(), "99.9");
    assert_eq!(text(u64::MAX, u64::MAX).unwrap(), "100.0");
    assert_eq!(text(0, 0), None);
    assert_eq!(text(2, 1), None);
}

proptest! {
    #[test]
    fn wider_bounds_never_hold_fewer(
        opened in 1_700_000_000..1_800_000_000i64,
        spans in prop::collection::vec(0..900_000i64, 1..6),
    ) {
        let calendar = Calendar::servicedesk();
        let mut instants = vec![Instant::from_micros(opened * MICROS_PER_SECOND)];
        for span in spans {
            instants.push(instants[instants.len() - 1].plus_micros(span * MICROS_PER_SECOND));
        }
        let segments: Vec<OpenSegment> =
            instants.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let fact = ResolvedFact {
            opened_at: instants[0],
            resolved_at: segments[segments.len() - 1].1,
            open_micros: segments.iter().map(|(from, to)| to.micros_since(*from)).sum(),
            segments: &segments,
        };
        for bounds in [elapsed_bounds(fact.open_micros), working_bounds(&fact, &calendar)] {
            prop_assert!(bounds.is_sorted(), "{bounds:?}");
        }
        // Days differ: five working days from a Sunday end on Friday, seven days on the next Sunday.
        let elapsed = elapsed_bounds(fact.open_micros);
        let working = working_bounds(&fact, &calendar);
        prop_assert!(working[0] || !elapsed[0]);
        prop_assert!(working[1] || !elapsed[1]);
    }
}
