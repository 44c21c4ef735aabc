//! How many intervals a second the calendar measures in working time, on one core: spans of up to 30
//! days from 2000 to 2100, as the clocks of open tickets ask for them (docs/PERFORMANCE.md).
//!
//! `cargo bench --bench sla -- --seconds 5`

use arende::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_MINUTE};
use arende::domain::sla::clock::{ClockEvent, ClockEventKind, evaluate};
use arende::domain::sla::{Calendar, Target};
use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant as Timer};

/// How many questions are asked between two looks at the time.
const ROUND: usize = 65_536;

fn main() -> std::io::Result<()> {
    let seconds: u64 = argument("--seconds").and_then(|text| text.parse().ok()).unwrap_or(3);
    let calendar = Calendar::servicedesk();
    let spans = spans();
    let elapsed = per_second(seconds, &spans, |&(from, to)| calendar.elapsed_micros(from, to));
    let due = per_second(seconds, &spans, |&(from, to)| {
        calendar.add_working_micros(from, to.micros_since(from) / 4).map_or(0, Instant::micros)
    });
    let working_days = per_second(seconds, &spans, |&(from, _)| {
        calendar.due_after_working_days(from, 5).map_or(0, Instant::micros)
    });
    let clocks = per_second(seconds, &spans, |&(from, to)| {
        let paused_at = from.plus_micros(to.micros_since(from) / 2);
        let events = [
            ClockEvent { at: from, kind: ClockEventKind::Opened },
            ClockEvent { at: paused_at, kind: ClockEventKind::Paused { why: None } },
            ClockEvent { at: paused_at.plus_micros(60 * MICROS_PER_MINUTE), kind: ClockEventKind::Resumed },
        ];
        evaluate(&calendar, Target::WorkingDays(5), &events, to).map_or(0, |clock| clock.elapsed_micros)
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "elapsed              {elapsed:>12} a second")?;
    writeln!(out, "add working minutes  {due:>12} a second")?;
    writeln!(out, "due after 5 days     {working_days:>12} a second")?;
    writeln!(out, "evaluate, 1 pause    {clocks:>12} a second")
}

fn argument(name: &str) -> Option<String> {
    let mut arguments = std::env::args();
    arguments.find(|argument| argument == name).and_then(|_| arguments.next())
}

/// Spans all over 101 years in no order, so that tables of years are met cold and warm.
fn spans() -> Vec<(Instant, Instant)> {
    const YEAR_2000: i64 = 946_684_800_000_000;
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut below = |limit: i64| {
        // Steele and Vigna's splitmix64.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(0) % limit
    };
    (0..ROUND)
        .map(|_| {
            let from = Instant::from_micros(YEAR_2000 + below(36_800 * MICROS_PER_DAY));
            (from, from.plus_micros(below(30 * MICROS_PER_DAY)))
        })
        .collect()
}

fn per_second(seconds: u64, spans: &[(Instant, Instant)], ask: impl Fn(&(Instant, Instant)) -> i64) -> u64 {
    let whole = Duration::from_secs(seconds);
    let begun = Timer::now();
    let mut asked: u64 = 0;
    while begun.elapsed() < whole {
        for span in spans {
            black_box(ask(black_box(span)));
        }
        asked += u64::try_from(spans.len()).unwrap_or(0);
    }
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX).max(1);
    asked.saturating_mul(1_000_000) / micros
}
