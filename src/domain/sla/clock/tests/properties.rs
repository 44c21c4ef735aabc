//! What holds for every clock.

use proptest::prelude::*;

use super::*;
use crate::domain::sla::calendar::always;
use std::sync::LazyLock;

static ON_CALL: LazyLock<Calendar> = LazyLock::new(always);
const SECOND: i64 = 1_000_000;

/// Openings from 2000 to 2100, denser where clocks change and years turn.
fn openings() -> impl Strategy<Value = Instant> {
    let seconds = |from: &str, days: i64| {
        let from = at(from).micros() / SECOND;
        (from..from + days * 86_400).prop_map(|second| Instant::from_micros(second * SECOND))
    };
    prop_oneof![
        4 => seconds("2000-01-01T00:00", 36_800),
        2 => seconds("2026-03-26T00:00", 5),
        2 => seconds("2026-10-22T00:00", 5),
        2 => seconds("2025-12-20T00:00", 15),
    ]
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![(1..4000u32).prop_map(Target::WorkingMinutes), (1..12u32).prop_map(Target::WorkingDays)]
}

fn kinds() -> impl Strategy<Value = ClockEventKind> {
    prop_oneof![
        4 => Just(ClockEventKind::Paused { why: Some(WaitingFor::Supplier) }),
        4 => Just(ClockEventKind::Resumed),
        1 => Just(ClockEventKind::Resolved),
        1 => Just(ClockEventKind::Reopened),
        1 => targets().prop_map(ClockEventKind::TargetChanged),
    ]
}

/// A clock's life: its events, each at an instant of its own, and when it is looked at.
fn lives() -> impl Strategy<Value = (Vec<ClockEvent>, Instant)> {
    let steps = proptest::collection::vec((1..300_000i64, kinds()), 0..12);
    (openings(), steps, 0..500_000i64).prop_map(|(opened_at, steps, rest)| {
        let mut events = vec![ClockEvent { at: opened_at, kind: ClockEventKind::Opened }];
        let mut time = opened_at;
        for (gap, kind) in steps {
            time = time.plus_micros(gap * SECOND);
            events.push(ClockEvent { at: time, kind });
        }
        (events, time.plus_micros(rest * SECOND))
    })
}

fn of(target: Target, events: &[ClockEvent], now: Instant) -> Evaluation {
    evaluate(&SERVICEDESK, target, events, now).unwrap()
}

fn marks_of(target: Target, events: &[ClockEvent], now: Instant) -> Vec<Mark> {
    marks(&SERVICEDESK, target, &[50, 75, 90], events, now).unwrap()
}

fn paused(from: Instant, to: Instant) -> [ClockEvent; 2] {
    [
        ClockEvent { at: from, kind: ClockEventKind::Paused { why: None } },
        ClockEvent { at: to, kind: ClockEventKind::Resumed },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn order_of_listing_changes_nothing(
        (sorted, now) in lives(),
        target in targets(),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let mut events = sorted.clone();
        events.rotate_left(shuffled.index(sorted.len()));
        prop_assert_eq!(of(target, &events, now), of(target, &sorted, now));
        events.reverse();
        prop_assert_eq!(of(target, &events, now), of(target, &sorted, now));
    }

    /// Another target of the same calendar is the same as other terms with that target.
    #[test]
    fn replay_by_terms_and_by_targets_gives_the_same((events, now) in lives(), target in targets()) {
        let begun = Terms { calendar: &SERVICEDESK, target, warn_at_percent: &[50, 75] };
        let mut terms = vec![begun];
        let by_terms: Vec<ClockEvent> = events
            .iter()
            .map(|event| match event.kind {
                ClockEventKind::TargetChanged(target) => {
                    terms.push(Terms { target, ..begun });
                    ClockEvent { kind: ClockEventKind::TermsChanged, ..*event }
                }
                _ => *event,
            })
            .collect();
        let one = Replay::run(&[begun], &events, now).unwrap();
        let other = Replay::run(&terms, &by_terms, now).unwrap();
        prop_assert_eq!(one.evaluation(), other.evaluation());
        prop_assert_eq!(one.marks(), other.marks());
        prop_assert_eq!(one.next_wake(), other.next_wake());
    }

    /// A breach of one calendar is never undone or moved by another.
    #[test]
    fn another_calendar_moves_no_breach((events, now) in lives(), target in targets(), rest in 0..500_000i64) {
        let of = |calendar| Terms { calendar, target, warn_at_percent: &[75] };
        let before = Replay::run(&[of(&SERVICEDESK)], &events, now).unwrap();
        let mut changed = events.clone();
        changed.push(ClockEvent { at: now, kind: ClockEventKind::TermsChanged });
        let later = now.plus_micros(rest * SECOND);
        let after = Replay::run(&[of(&SERVICEDESK), of(&ON_CALL)], &changed, later).unwrap();
        let kept = after.marks().get(..before.marks().len());
        prop_assert_eq!(kept, Some(before.marks()));
        prop_assert!(after.marks().iter().skip(before.marks().len()).all(|mark| mark.at >= now));
        if let Some(at) = before.evaluation().breached_at {
            prop_assert_eq!(after.evaluation().breached_at, Some(at));
            prop_assert_eq!(after.evaluation().due_at, before.evaluation().due_at);
        }
    }

    #[test]
    fn pauses_add_nothing_in_any_number(
        opened_at in openings(),
        target in targets(),
        stretches in proptest::collection::vec((1..90_000i64, 1..90_000i64), 0..6),
    ) {
        let mut events = vec![ClockEvent { at: opened_at, kind: ClockEventKind::Opened }];
        let (mut time, mut used, mut resting) = (opened_at, 0, 0);
        for (running, still) in stretches {
            let from = time.plus_micros(running * SECOND);
            let to = from.plus_micros(still * SECOND);
            used += SERVICEDESK.elapsed_micros(time, from);
            resting += SERVICEDESK.elapsed_micros(from, to);
            events.extend(paused(from, to));
            time = to;
        }
        let evaluation = of(target, &events, time);
        prop_assert_eq!(evaluation.elapsed_micros, used);
        if evaluation.state != ClockState::Breached {
            let unpaused = target.due(&SERVICEDESK, opened_at).unwrap();
            prop_assert_eq!(evaluation.due_at, SERVICEDESK.add_working_micros(unpaused, resting).unwrap());
        }
    }

    #[test]
    fn a_pause_cut_in_two_is_the_same_pause(
        (mut events, _) in lives(),
        target in targets(),
        first in 1..90_000i64,
        second in 1..90_000i64,
    ) {
        let from = events[events.len() - 1].at.plus_micros(SECOND);
        let middle = from.plus_micros(first * SECOND);
        let to = middle.plus_micros(second * SECOND);
        let now = to.plus_micros(600 * SECOND);
        let mut whole = events.clone();
        whole.extend(paused(from, to));
        events.extend(paused(from, middle));
        events.extend(paused(middle, to));
        let (whole, cut) = (of(target, &whole, now), of(target, &events, now));
        prop_assert_eq!((whole.due_at, whole.elapsed_micros, whole.state), (cut.due_at, cut.elapsed_micros, cut.state));
    }

    #[test]
    fn used_and_left_make_up_a_target_in_minutes((events, now) in lives(), minutes in 1..4000u32) {
        let events: Vec<_> =
            events.into_iter().filter(|e| !matches!(e.kind, ClockEventKind::TargetChanged(_))).collect();
        let evaluation = of(Target::WorkingMinutes(minutes), &events, now);
        prop_assert_eq!(evaluation.elapsed_micros + evaluation.remaining_micros, i64::from(minutes) * MICROS_PER_MINUTE);
        if matches!(evaluation.state, ClockState::Running | ClockState::Paused) {
            prop_assert_eq!(SERVICEDESK.elapsed_micros(now, evaluation.due_at), evaluation.remaining_micros);
        }
    }

    #[test]
    fn due_never_falls_while_closed((events, now) in lives(), target in targets()) {
        let due = of(target, &events, now).due_at;
        prop_assert!(SERVICEDESK.is_open(due) || SERVICEDESK.is_open(due.plus_micros(-1)), "{due}");
    }

    #[test]
    fn time_used_only_grows_and_a_breach_stays((events, now) in lives(), target in targets(), more in 0..900_000i64) {
        let (before, after) = (of(target, &events, now), of(target, &events, now.plus_micros(more * SECOND)));
        prop_assert!(before.elapsed_micros <= after.elapsed_micros);
        if before.state == ClockState::Breached {
            prop_assert_eq!((before.due_at, before.breached_at), (after.due_at, after.breached_at));
            prop_assert_eq!(after.state, ClockState::Breached);
        }
    }

    #[test]
    fn what_comes_later_undoes_no_breach(
        (mut events, now) in lives(),
        target in targets(),
        later in proptest::collection::vec(kinds(), 1..6),
    ) {
        let before = of(target, &events, now);
        if before.state != ClockState::Breached {
            return Ok(());
        }
        let mut time = now;
        for kind in later {
            time = time.plus_micros(3600 * SECOND);
            events.push(ClockEvent { at: time, kind });
        }
        let after = of(target, &events, time);
        prop_assert_eq!((before.state, before.due_at, before.breached_at), (after.state, after.due_at, after.breached_at));
    }

    #[test]
    fn a_changed_target_keeps_earlier_pauses(
        opened_at in openings(),
        first in targets(),
        second in targets(),
        (running, still) in (1..9_000i64, 1..90_000i64),
    ) {
        let from = opened_at.plus_micros(running * SECOND);
        let to = from.plus_micros(still * SECOND);
        let mut events = vec![ClockEvent { at: opened_at, kind: ClockEventKind::Opened }];
        events.extend(paused(from, to));
        let as_if_from_the_start = of(second, &events, to);
        let before = of(first, &events, to);
        if before.state == ClockState::Breached {
            return Ok(());
        }
        events.push(ClockEvent { at: to, kind: ClockEventKind::TargetChanged(second) });
        let changed = of(first, &events, to);
        prop_assert_eq!(changed.elapsed_micros, before.elapsed_micros);
        if as_if_from_the_start.state != ClockState::Breached {
            prop_assert_eq!(changed.due_at, as_if_from_the_start.due_at);
            prop_assert_eq!(changed.remaining_micros, as_if_from_the_start.remaining_micros);
        }
    }

    #[test]
    fn marks_only_grow_and_never_come_twice((events, now) in lives(), target in targets(), early in 0..100i64) {
        let opened_at = events[0].at;
        let earlier = opened_at.plus_micros(now.micros_since(opened_at) / 100 * early);
        let (first, all) = (marks_of(target, &events, earlier), marks_of(target, &events, now));
        prop_assert!(all.starts_with(&first), "{first:?} {all:?}");
        prop_assert!(all.is_sorted_by_key(|mark| mark.at));
        for (index, mark) in all.iter().enumerate() {
            prop_assert!(mark.at <= now && mark.at >= opened_at);
            prop_assert!(all[..index].iter().all(|other| (other.kind, other.cycle) != (mark.kind, mark.cycle)));
        }
        prop_assert!(all.iter().filter(|mark| mark.kind == MarkKind::Breached).count() <= 1);
    }

    #[test]
    fn waking_when_told_to_misses_nothing((events, now) in lives(), target in targets()) {
        let warn = [50, 75, 90];
        let mut seen = Vec::new();
        let mut moments: Vec<Instant> = events.iter().map(|event| event.at).collect();
        moments.push(now);
        for (index, &moment) in moments.iter().enumerate() {
            let until = moments.get(index + 1).copied().unwrap_or(now);
            let mut at = moment;
            loop {
                seen = marks_of(target, &events, at);
                match next_wake(&SERVICEDESK, target, &warn, &events, at).unwrap() {
                    Some(wake) if wake < until => {
                        prop_assert!(wake > at);
                        prop_assert!(marks_of(target, &events, wake).len() > seen.len(), "woken for nothing at {wake}");
                        let before = wake.plus_micros(-1);
                        prop_assert!(marks_of(target, &events, before).len() == seen.len(), "woken too late at {wake}");
                        at = wake;
                    }
                    _ => break,
                }
            }
        }
        prop_assert_eq!(seen, marks_of(target, &events, now));
    }
}
