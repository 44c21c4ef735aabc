//! The slow way: a clock that looks at every minute. Everything happens on whole minutes here.

use proptest::prelude::*;

use super::*;

/// What the slow clock saw.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    used_minutes: i64,
    /// When the promise was broken, and when it had been due.
    breached: Option<(Instant, Instant)>,
}

fn is_open(calendar: &Calendar, at: Instant) -> bool {
    let local = calendar.zone().to_datetime(at.to_timestamp());
    let minute = u16::try_from(local.hour()).unwrap() * 60 + u16::try_from(local.minute()).unwrap();
    calendar
        .day(local.date())
        .is_some_and(|hours| (hours.opens().minutes()..hours.closes().minutes()).contains(&minute))
}

/// Walks from minute to minute with a target in minutes that doesn't change.
fn walk(calendar: &Calendar, minutes: i64, events: &[ClockEvent], now: Instant) -> Seen {
    let (mut running, mut resolved, mut used, mut breached) = (true, false, 0, None);
    // The first minute's end at which the target was used up; a rest moves it on by the open minutes rested.
    let mut due_at = None;
    let mut minute = events[0].at;
    let mut running_since = minute;
    loop {
        let was_running = running;
        for event in events.iter().filter(|event| event.at == minute) {
            match event.kind {
                ClockEventKind::Paused { .. } if !resolved => running = false,
                ClockEventKind::Resumed if !resolved => running = true,
                ClockEventKind::Resolved => (running, resolved) = (false, true),
                ClockEventKind::Reopened if resolved => (running, resolved) = (true, false),
                _ => {}
            }
        }
        if running && !was_running {
            running_since = minute;
        }
        if minute >= now {
            return Seen { used_minutes: used, breached };
        }
        if running && breached.is_none() && used >= minutes {
            // It runs on though all is used: late since due, or since it went on while closed.
            breached = due_at.map(|due_at: Instant| (due_at.max(running_since), due_at));
        }
        let next = minute.plus_micros(MICROS_PER_MINUTE);
        let is_open = is_open(calendar, minute);
        if running && is_open {
            used += 1;
        }
        if used >= minutes && (due_at.is_none() || !running && is_open) {
            due_at = Some(next);
        }
        minute = next;
    }
}

/// Minutes of 2000–2100, and events after an opening there.
fn lives() -> impl Strategy<Value = (Vec<ClockEvent>, Instant)> {
    let century = at("2000-01-01T00:00").micros() / MICROS_PER_MINUTE
        ..at("2100-12-20T00:00").micros() / MICROS_PER_MINUTE;
    let kinds = prop_oneof![
        3 => Just(ClockEventKind::Paused { why: None }),
        3 => Just(ClockEventKind::Resumed),
        1 => Just(ClockEventKind::Resolved),
        1 => Just(ClockEventKind::Reopened),
    ];
    (century, proptest::collection::vec((1..1500i64, kinds), 0..8), 0..3000i64).prop_map(
        |(opened, gaps, rest)| {
            let minute = |minutes: i64| Instant::from_micros(minutes * MICROS_PER_MINUTE);
            let mut events = vec![ClockEvent { at: minute(opened), kind: ClockEventKind::Opened }];
            let mut time = opened;
            for (gap, kind) in gaps {
                time += gap;
                events.push(ClockEvent { at: minute(time), kind });
            }
            (events, minute(time + rest))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn clock_agrees_with_looking_at_every_minute((events, now) in lives(), minutes in 1..2000u32) {
        let evaluation = evaluate(&SERVICEDESK, Target::WorkingMinutes(minutes), &events, now).unwrap();
        let seen = walk(&SERVICEDESK, minutes.into(), &events, now);
        prop_assert_eq!(evaluation.elapsed_micros, seen.used_minutes * MICROS_PER_MINUTE);
        let breached = evaluation.breached_at.map(|at| (at, evaluation.due_at));
        prop_assert_eq!(breached, seen.breached);
    }

    #[test]
    fn due_agrees_with_looking_at_every_minute((events, _) in lives(), minutes in 1..3000u32) {
        let opened_at = events[0].at;
        let due_at = Target::WorkingMinutes(minutes).due(&SERVICEDESK, opened_at).unwrap();
        let (mut left, mut minute) = (minutes, opened_at);
        while left > 0 {
            left -= u32::from(is_open(&SERVICEDESK, minute));
            minute = minute.plus_micros(MICROS_PER_MINUTE);
        }
        prop_assert_eq!(due_at, minute);
    }
}
