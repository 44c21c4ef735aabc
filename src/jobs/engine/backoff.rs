//! When a failed job is tried again.

use crate::domain::clock::{Instant, MICROS_PER_HOUR, MICROS_PER_SECOND};

const FIRST: i64 = 5 * MICROS_PER_SECOND;
const LONGEST: i64 = 6 * MICROS_PER_HOUR;

/// 5 s after the first attempt, twice as long after each further one, at most 6 hours; and up to a
/// quarter more by `random`, so that what failed together doesn't come back together.
pub(super) fn retry_at(now: Instant, attempts: i64, random: u32) -> Instant {
    let doublings = attempts.clamp(1, 20) - 1;
    let delay = (FIRST << doublings).min(LONGEST);
    let jitter = delay / 4 * i64::from(random % 1_024) / 1_024;
    now.plus_micros(delay + jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delay_doubles_up_to_six_hours() {
        let now = Instant::from_micros(1_000);
        let seconds = |attempts| retry_at(now, attempts, 0).micros_since(now) / MICROS_PER_SECOND;
        assert_eq!([1, 2, 3, 10].map(seconds), [5, 10, 20, 2_560]);
        assert_eq!([0, 14, i64::MAX].map(seconds), [5, 21_600, 21_600]);
    }

    #[test]
    fn jitter_adds_at_most_a_quarter() {
        let now = Instant::from_micros(0);
        for random in [1, 512, 1_023, u32::MAX] {
            let delay = retry_at(now, 2, random).micros();
            assert!((10 * MICROS_PER_SECOND..=25 * MICROS_PER_SECOND / 2).contains(&delay), "{delay}");
        }
    }
}
