//! What the clock does, case by case; what always holds is in `properties`.

use std::sync::LazyLock;

use super::*;
use crate::domain::clock::MICROS_PER_MINUTE;

mod oracle;
mod properties;

/// One for all, since it remembers its years.
static SERVICEDESK: LazyLock<Calendar> = LazyLock::new(Calendar::servicedesk);

/// A local date-time in Stockholm, or an RFC 3339 instant when it ends in Z.
fn at(text: &str) -> Instant {
    if text.ends_with('Z') {
        return Instant::parse_rfc3339(text).unwrap();
    }
    let datetime: jiff::civil::DateTime = text.parse().unwrap();
    let zone = super::super::stockholm().clone();
    Instant::from_timestamp(datetime.to_zoned(zone).unwrap().timestamp())
}

/// Events in the week of Monday 2 March 2026: `opened Mon 09:00`, `target=60m Tue 10:00`.
fn events(text: &str) -> Vec<ClockEvent> {
    text.split(", ")
        .map(|event| {
            let (what, when) = event.split_once(' ').unwrap();
            let kind = match what {
                "opened" => ClockEventKind::Opened,
                "paused" => ClockEventKind::Paused { why: Some(WaitingFor::Requester) },
                "resumed" => ClockEventKind::Resumed,
                "resolved" => ClockEventKind::Resolved,
                "reopened" => ClockEventKind::Reopened,
                other => ClockEventKind::TargetChanged(target(other.strip_prefix("target=").unwrap())),
            };
            ClockEvent { at: in_the_week(when), kind }
        })
        .collect()
}

fn in_the_week(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap();
    let date = 2 + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].iter().position(|d| *d == day).unwrap();
    at(&format!("2026-03-{date:02}T{time}"))
}

fn target(text: &str) -> Target {
    let (amount, unit) = text.split_at(text.len() - 1);
    let amount = amount.parse().unwrap();
    if unit == "d" { Target::WorkingDays(amount) } else { Target::WorkingMinutes(amount) }
}

fn evaluated(first_target: &str, happened: &str, now: &str) -> Evaluation {
    evaluate(&SERVICEDESK, target(first_target), &events(happened), in_the_week(now)).unwrap()
}

/// `running due Tue 10:30 used 60 left 60`, with ` breached Tue 10:30` when it is.
fn standing(first_target: &str, happened: &str, now: &str) -> String {
    let evaluation = evaluated(first_target, happened, now);
    let zone = super::super::stockholm();
    let said = |at: Instant| zone.to_datetime(at.to_timestamp()).strftime("%a %H:%M").to_string();
    let breached = evaluation.breached_at.map_or(String::new(), |at| format!(" breached {}", said(at)));
    format!(
        "{} due {} used {} left {}{breached}",
        if evaluation.state == ClockState::Breached { "late" } else { evaluation.state.as_text() },
        said(evaluation.due_at),
        evaluation.elapsed_micros / MICROS_PER_MINUTE,
        evaluation.remaining_micros / MICROS_PER_MINUTE,
    )
}

#[test]
fn clocks_stand_as_the_contract_says() {
    let table = [
        // only opening hours count
        ("120m", "opened Mon 15:00", "Tue 07:45", "running due Tue 08:30 used 75 left 45"),
        ("60m", "opened Mon 15:00", "Mon 16:00", "running due Mon 16:00 used 60 left 0"),
        ("60m", "opened Sat 12:00", "Sun 12:00", "running due Mon 08:30 used 0 left 60"),
        ("1d", "opened Mon 09:15", "Mon 10:15", "running due Tue 09:15 used 60 left 450"),
        ("1d", "opened Mon 17:00", "Mon 18:00", "running due Tue 16:00 used 0 left 510"),
        // a pause moves due by the working time paused
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, resumed Mon 11:00",
            "Mon 11:10",
            "running due Mon 11:30 used 40 left 20",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 15:30, resumed Tue 08:00",
            "Tue 08:00",
            "late due Mon 10:00 used 390 left -330 breached Mon 10:00",
        ),
        (
            "480m",
            "opened Mon 09:00, paused Mon 15:30, resumed Tue 08:00",
            "Tue 08:00",
            "running due Tue 09:30 used 390 left 90",
        ),
        (
            "1d",
            "opened Mon 09:00, paused Mon 10:00, resumed Mon 12:00",
            "Mon 12:00",
            "running due Tue 11:00 used 60 left 450",
        ),
        (
            "1d",
            "opened Mon 09:00, paused Mon 16:30, resumed Tue 07:00",
            "Tue 08:00",
            "running due Tue 09:00 used 450 left 60",
        ),
        // while paused it is as if the clock went on now
        ("60m", "opened Mon 09:00, paused Mon 09:30", "Mon 12:00", "paused due Mon 12:30 used 30 left 30"),
        ("60m", "opened Mon 09:00, paused Mon 09:30", "Thu 12:00", "paused due Thu 12:30 used 30 left 30"),
        // pausing what is paused and resuming what runs changes nothing
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, paused Mon 10:00, resumed Mon 11:00, resumed Mon 11:05",
            "Mon 11:10",
            "running due Mon 11:30 used 40 left 20",
        ),
        (
            "60m",
            "opened Mon 09:00, resumed Mon 09:10, reopened Mon 09:15",
            "Mon 09:20",
            "running due Mon 10:00 used 20 left 40",
        ),
        // what comes after now hasn't happened
        ("60m", "opened Mon 09:00, paused Mon 09:30", "Mon 09:20", "running due Mon 10:00 used 20 left 40"),
        // resolved exactly when due is met, and an instant later it isn't
        ("60m", "opened Mon 09:00, resolved Mon 10:00", "Fri 12:00", "met due Mon 10:00 used 60 left 0"),
        (
            "60m",
            "opened Mon 09:00, resolved Mon 10:01",
            "Fri 12:00",
            "late due Mon 10:00 used 61 left -1 breached Mon 10:00",
        ),
        ("60m", "opened Mon 15:00, resolved Mon 16:00", "Mon 17:00", "met due Mon 16:00 used 60 left 0"),
        (
            "60m",
            "opened Mon 15:00, resolved Mon 16:01",
            "Mon 17:00",
            "late due Mon 16:00 used 60 left 0 breached Mon 16:00",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, resolved Tue 12:00",
            "Fri 12:00",
            "met due Tue 12:30 used 30 left 30",
        ),
        (
            "60m",
            "opened Mon 09:00, resolved Mon 09:20, resolved Mon 11:00",
            "Fri 12:00",
            "met due Mon 10:00 used 20 left 40",
        ),
        // between resolved and reopened it rests
        (
            "60m",
            "opened Mon 09:00, resolved Mon 09:30, reopened Tue 09:30",
            "Tue 09:40",
            "running due Tue 10:00 used 40 left 20",
        ),
        (
            "60m",
            "opened Mon 09:00, resolved Mon 09:30, paused Mon 09:40, resumed Mon 09:50",
            "Mon 12:00",
            "met due Mon 10:00 used 30 left 30",
        ),
        // a breach is for ever
        ("60m", "opened Mon 09:00", "Mon 12:00", "late due Mon 10:00 used 180 left -120 breached Mon 10:00"),
        (
            "60m",
            "opened Mon 09:00, paused Mon 11:00",
            "Mon 15:00",
            "late due Mon 10:00 used 120 left -60 breached Mon 10:00",
        ),
        (
            "60m",
            "opened Mon 09:00, target=600m Mon 11:00",
            "Mon 11:30",
            "late due Mon 10:00 used 150 left -90 breached Mon 10:00",
        ),
        (
            "60m",
            "opened Mon 09:00, resolved Mon 11:00, reopened Mon 12:00, resolved Mon 12:10",
            "Mon 15:00",
            "late due Mon 10:00 used 130 left -70 breached Mon 10:00",
        ),
        // another target counts from the opening and keeps the pauses
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, resumed Mon 11:00, target=120m Mon 11:10",
            "Mon 11:10",
            "running due Mon 12:30 used 40 left 80",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, resumed Mon 11:00, target=1d Mon 11:10",
            "Mon 11:10",
            "running due Tue 10:30 used 40 left 470",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, target=120m Mon 10:00",
            "Mon 11:00",
            "paused due Mon 12:30 used 30 left 90",
        ),
        (
            "1d",
            "opened Mon 09:00, target=60m Mon 09:30",
            "Mon 09:50",
            "running due Mon 10:00 used 50 left 10",
        ),
        // … and is breached when it is set, if it is used up already
        (
            "1d",
            "opened Mon 09:00, target=60m Mon 11:00",
            "Mon 11:00",
            "late due Mon 10:00 used 120 left -60 breached Mon 11:00",
        ),
        (
            "1d",
            "opened Mon 09:00, paused Mon 11:00, target=60m Mon 13:00",
            "Mon 15:00",
            "late due Mon 12:00 used 120 left -60 breached Mon 13:00",
        ),
        ("1d", "opened Mon 09:00, target=60m Mon 10:00", "Mon 10:00", "running due Mon 10:00 used 60 left 0"),
        (
            "1d",
            "opened Mon 09:00, paused Mon 10:00, target=60m Mon 13:00",
            "Mon 13:00",
            "paused due Mon 13:00 used 60 left 0",
        ),
        // a target that changes while resolved judges what comes after it
        (
            "1d",
            "opened Mon 09:00, resolved Mon 11:00, target=60m Mon 12:00",
            "Mon 13:00",
            "met due Tue 09:00 used 120 left 390",
        ),
        (
            "1d",
            "opened Mon 09:00, resolved Mon 11:00, target=60m Mon 12:00, reopened Mon 13:00",
            "Mon 13:00",
            "late due Mon 12:00 used 120 left -60 breached Mon 13:00",
        ),
        (
            "1d",
            "opened Mon 09:00, resolved Mon 11:00, target=180m Mon 12:00, reopened Mon 13:00",
            "Mon 13:30",
            "running due Mon 14:00 used 150 left 30",
        ),
        // used up exactly when it was paused: late once it goes on, not before
        ("60m", "opened Mon 09:00, paused Mon 10:00", "Mon 17:00", "paused due Mon 16:00 used 60 left 0"),
        (
            "60m",
            "opened Mon 09:00, paused Mon 10:00, resumed Mon 17:00",
            "Mon 17:00",
            "running due Mon 16:00 used 60 left 0",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 10:00, resumed Mon 17:00, resolved Mon 17:00",
            "Tue 12:00",
            "met due Mon 16:00 used 60 left 0",
        ),
        (
            "60m",
            "opened Mon 09:00, paused Mon 10:00, resumed Mon 17:00",
            "Mon 17:01",
            "late due Mon 16:00 used 60 left 0 breached Mon 17:00",
        ),
    ];
    for (first_target, happened, now, expected) in table {
        assert_eq!(standing(first_target, happened, now), expected, "{first_target}: {happened}; now {now}");
    }
}

#[test]
fn pauses_over_changed_clocks_count_opening_hours_only() {
    let paused = |from: &str, to: &str| {
        let kinds = [
            (at("2026-03-27T09:00"), ClockEventKind::Opened),
            (at(from), ClockEventKind::Paused { why: None }),
            (at(to), ClockEventKind::Resumed),
        ];
        let events = kinds.map(|(at, kind)| ClockEvent { at, kind });
        evaluate(&SERVICEDESK, Target::WorkingMinutes(600), &events, at(to)).unwrap().due_at
    };
    // The night to Sunday 29 March 2026 lacks an hour; the desk is closed and nobody notices.
    assert_eq!(paused("2026-03-27T15:00", "2026-03-30T08:30"), at("2026-03-30T12:30"));
    assert_eq!(paused("2026-03-28T00:00", "2026-03-29T23:59"), at("2026-03-30T10:30"));
}

#[test]
fn events_that_make_no_clock_are_refused() {
    let refused = |happened: &[ClockEvent], target| {
        evaluate(&SERVICEDESK, target, happened, in_the_week("Fri 12:00")).unwrap_err()
    };
    let hour = Target::WorkingMinutes(60);
    assert_eq!(refused(&[], hour), ClockError::NeverOpened);
    assert_eq!(refused(&events("resolved Mon 09:00"), hour), ClockError::NeverOpened);
    assert_eq!(
        refused(&events("opened Mon 09:00, opened Mon 10:00"), hour),
        ClockError::OpenedTwice { at: in_the_week("Mon 10:00") }
    );
    assert_eq!(
        refused(&events("opened Mon 09:00, paused Mon 08:00"), hour),
        ClockError::BeforeOpened { at: in_the_week("Mon 08:00"), opened_at: in_the_week("Mon 09:00") }
    );
    let opened = events("opened Mon 09:00");
    assert_eq!(refused(&opened, Target::WorkingDays(0)), ClockError::TargetIsZero);
    assert_eq!(refused(&events("opened Mon 09:00, target=0m Mon 10:00"), hour), ClockError::TargetIsZero);
    let last = [ClockEvent { at: at("9998-12-30T12:00"), kind: ClockEventKind::Opened }];
    let beyond = evaluate(&SERVICEDESK, Target::WorkingDays(5), &last, at("9998-12-31T12:00"));
    assert_eq!(beyond, Err(ClockError::DueTooFar));
    let later = evaluate(&SERVICEDESK, hour, &opened, in_the_week("Mon 08:00"));
    assert_eq!(later, Err(ClockError::NeverOpened), "not opened yet");
}

/// Every mark up to Friday noon as `75% Mon 09:45`, `late Tue 10:00`, with `/1` after the first new target.
fn marked(first_target: &str, warn_at_percent: &[u8], happened: &str) -> String {
    let zone = super::super::stockholm();
    let now = in_the_week("Fri 12:00");
    let marks = marks(&SERVICEDESK, target(first_target), warn_at_percent, &events(happened), now).unwrap();
    let said = marks.iter().map(|mark| {
        let what = match mark.kind {
            MarkKind::Warned { percent } => format!("{percent}%"),
            MarkKind::Breached => "late".to_owned(),
        };
        let cycle = if mark.cycle == 0 { String::new() } else { format!("/{}", mark.cycle) };
        format!("{what}{cycle} {}", zone.to_datetime(mark.at.to_timestamp()).strftime("%a %H:%M"))
    });
    said.collect::<Vec<_>>().join(", ")
}

#[test]
fn warnings_and_breach_are_marked_once() {
    let table = [
        ("60m", "opened Mon 09:00", "50% Mon 09:30, 75% Mon 09:45, late Mon 10:00"),
        ("60m", "opened Mon 15:30", "50% Mon 16:00, 75% Tue 07:45, late Tue 08:00"),
        ("1d", "opened Mon 09:00", "50% Mon 13:15, 75% Mon 15:22, late Tue 09:00"),
        ("60m", "opened Mon 09:00, resolved Mon 09:40", "50% Mon 09:30"),
        (
            "60m",
            "opened Mon 09:00, paused Mon 09:30, resumed Mon 12:00",
            "50% Mon 09:30, 75% Mon 12:15, late Mon 12:30",
        ),
        (
            "60m",
            "opened Mon 09:00, resolved Mon 09:30, reopened Tue 12:00",
            "50% Mon 09:30, 75% Tue 12:15, late Tue 12:30",
        ),
        // a new target warns anew
        (
            "60m",
            "opened Mon 09:00, target=120m Mon 09:50",
            "50% Mon 09:30, 75% Mon 09:45, 50%/1 Mon 10:00, 75%/1 Mon 10:30, late/1 Mon 11:00",
        ),
        (
            "120m",
            "opened Mon 09:00, target=60m Mon 09:50",
            "50%/1 Mon 09:50, 75%/1 Mon 09:50, late/1 Mon 10:00",
        ),
        ("60m", "opened Mon 09:00, target=60m Mon 09:50", "50% Mon 09:30, 75% Mon 09:45, late Mon 10:00"),
        // one that is used up already says so, and no more
        ("240m", "opened Mon 09:00, target=60m Mon 10:30", "late/1 Mon 10:30"),
        ("60m", "opened Mon 09:00, target=600m Mon 12:00", "50% Mon 09:30, 75% Mon 09:45, late Mon 10:00"),
    ];
    for (first_target, happened, expected) in table {
        assert_eq!(
            marked(first_target, &[75, 50, 75, 0, 100], happened),
            expected,
            "{first_target}: {happened}"
        );
    }
}

#[test]
fn next_wake_is_the_first_instant_with_something_new() {
    let wake = |happened: &str, now: &str| {
        next_wake(&SERVICEDESK, target("60m"), &[75], &events(happened), in_the_week(now)).unwrap()
    };
    assert_eq!(wake("opened Mon 09:00", "Mon 09:00"), Some(in_the_week("Mon 09:45")));
    let first_late = in_the_week("Mon 10:00").plus_micros(1);
    assert_eq!(wake("opened Mon 09:00", "Mon 09:45"), Some(first_late));
    assert_eq!(wake("opened Mon 09:00", "Mon 10:00"), Some(first_late), "it can still be kept");
    assert_eq!(wake("opened Mon 09:00", "Mon 10:01"), None);
    assert_eq!(wake("opened Mon 09:00, paused Mon 09:10", "Mon 09:20"), None);
    assert_eq!(wake("opened Mon 09:00, resolved Mon 09:10", "Mon 09:20"), None);
    assert_eq!(wake("opened Sat 12:00", "Sat 12:00"), Some(at("2026-03-09T08:15")));
}

fn told(first_target: &str, happened: &str, now: &str) -> String {
    let now_at = in_the_week(now);
    let zone = super::super::stockholm();
    let sentences = evaluated(first_target, happened, now).explanation;
    sentences.iter().map(|said| said.spoken(zone, now_at).to_string()).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_clock_explains_itself() {
    assert_eq!(
        told("120m", "opened Mon 15:40, paused Tue 08:00, resumed Tue 09:20", "Tue 10:00"),
        "due Tuesday 10:30; the target is 2 h of opening hours; arrived Monday 15:40; closed 16:00–07:30; \
         paused 1 h 20 min waiting for you"
    );
    assert_eq!(
        told("1d", "opened Sat 12:00, paused Sat 13:00", "Sun 12:00"),
        "due Monday 16:00; paused since Saturday 13:00 waiting for you; the target is 1 working day; \
         arrived Saturday 12:00 while closed until Monday 07:30"
    );
    assert_eq!(
        told(
            "60m",
            "opened Mon 09:00, target=1d Mon 09:10, resolved Mon 12:00, reopened Mon 13:00",
            "Mon 14:00"
        ),
        "due Tuesday 10:00; the target is 1 working day; the target was changed to 1 working day Monday 09:10; \
         arrived Monday 09:00; closed 16:00–07:30; 1 h between resolved and reopened"
    );
    assert_eq!(
        told("60m", "opened Mon 09:00, resolved Mon 09:20", "Mon 14:00"),
        "met Monday 09:20, due Monday 10:00; the target is 1 h of opening hours; arrived Monday 09:00"
    );
    assert_eq!(
        told("60m", "opened Mon 09:00", "Mon 14:00"),
        "breached: was due Monday 10:00; the target is 1 h of opening hours; arrived Monday 09:00"
    );
    assert_eq!(
        told("1d", "opened Mon 09:00, target=60m Mon 11:00", "Mon 14:00"),
        "breached Monday 11:00: was due Monday 10:00; the target is 1 h of opening hours; \
         the target was changed to 1 h of opening hours Monday 11:00; arrived Monday 09:00"
    );
    assert_eq!(
        told("1d", "opened Fri 12:00", "Fri 13:00"),
        "due Monday 12:00; the target is 1 working day; arrived Friday 12:00; \
         closed Friday 16:00–Monday 07:30"
    );
    assert_eq!(
        told("10d", "opened Mon 09:00", "Mon 13:00"),
        "due Monday 2026-03-16 09:00; the target is 10 working days; arrived Monday 09:00; \
         only opening hours count between Monday 09:00 and Monday 2026-03-16 09:00"
    );
}
