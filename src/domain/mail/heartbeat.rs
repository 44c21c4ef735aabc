//! Whether a mailbox is alive, told by what was noted about it.

use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_MINUTE};
use crate::domain::sla::Calendar;
use crate::text_enum;

/// A mailbox is looked at every few minutes; not for so long means that nobody reads it.
const LOOK_WITHIN_MICROS: i64 = 15 * MICROS_PER_MINUTE;
/// A new mailbox, or one switched on, gets this long for the first look.
const FIRST_LOOK_WITHIN_MICROS: i64 = 5 * MICROS_PER_MINUTE;
/// Failures that pass by themselves within this time concern nobody.
const FAILING_AFTER_MICROS: i64 = 5 * MICROS_PER_MINUTE;
/// How long before its end a secret is mentioned.
const SECRET_NOTICE_MICROS: i64 = 30 * MICROS_PER_DAY;

text_enum! {
    /// How a mailbox is.
    pub enum Heartbeat {
        /// It is switched off.
        Off = "off",
        /// It is read, and mail comes.
        Ok = "ok",
        /// Its secret ends within thirty days.
        SecretExpiring = "secretExpiring",
        /// No mail has come for longer than it should.
        Silent = "silent",
        /// Its secret has ended.
        SecretExpired = "secretExpired",
        /// Nobody has looked into it for too long: no worker runs, or it hangs.
        NotLooked = "notLooked",
        /// Nobody has ever looked into it.
        NeverLooked = "neverLooked",
        /// Reading it fails.
        Failing = "failing",
    }
}

impl Heartbeat {
    /// Whether somebody should do something about it.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        !matches!(self, Self::Off | Self::Ok)
    }

    /// Whether mail isn't being read at all.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        matches!(self, Self::NotLooked | Self::NeverLooked | Self::Failing)
    }
}

/// What is known about a mailbox's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    /// Whether it is switched on.
    pub is_active: bool,
    /// Whether the product fetches its mail; where it doesn't, only silence can be told.
    pub is_fetched: bool,
    /// Since when its settings are what they are.
    pub changed_at: Instant,
    /// The last look that succeeded.
    pub looked_at: Option<Instant>,
    /// The last message.
    pub message_at: Option<Instant>,
    /// Since when reading it fails.
    pub failing_since: Option<Instant>,
    /// After so many minutes of opening hours without a message it is too silent.
    pub silent_after_minutes: Option<u32>,
    /// When the secret ends.
    pub secret_ends_at: Option<Instant>,
}

/// How a mailbox is and since when, or until when for a secret; the worst that can be said.
#[must_use]
pub fn heartbeat(pulse: &Pulse, calendar: &Calendar, now: Instant) -> (Heartbeat, Option<Instant>) {
    if !pulse.is_active {
        return (Heartbeat::Off, None);
    }
    if pulse.is_fetched
        && let Some(told) = trouble(pulse, now)
    {
        return told;
    }
    if let Some(minutes) = pulse.silent_after_minutes {
        let since = pulse.message_at.unwrap_or(pulse.changed_at);
        if calendar.elapsed_micros(since, now) > i64::from(minutes) * MICROS_PER_MINUTE {
            return (Heartbeat::Silent, Some(since));
        }
    }
    let ends_soon = |end: &Instant| pulse.is_fetched && end.micros_since(now) <= SECRET_NOTICE_MICROS;
    if let Some(end) = pulse.secret_ends_at.filter(ends_soon) {
        return (Heartbeat::SecretExpiring, Some(end));
    }
    (Heartbeat::Ok, None)
}

/// What keeps a mailbox from being read.
fn trouble(pulse: &Pulse, now: Instant) -> Option<(Heartbeat, Option<Instant>)> {
    let longer_than = |since: Instant, micros: i64| now.micros_since(since) > micros;
    if let Some(since) = pulse.failing_since.filter(|since| longer_than(*since, FAILING_AFTER_MICROS)) {
        return Some((Heartbeat::Failing, Some(since)));
    }
    match pulse.looked_at {
        None if longer_than(pulse.changed_at, FIRST_LOOK_WITHIN_MICROS) => {
            return Some((Heartbeat::NeverLooked, Some(pulse.changed_at)));
        }
        Some(at)
            if longer_than(at, LOOK_WITHIN_MICROS)
                && longer_than(pulse.changed_at, FIRST_LOOK_WITHIN_MICROS) =>
        {
            return Some((Heartbeat::NotLooked, Some(at)));
        }
        None | Some(_) => {}
    }
    if let Some(end) = pulse.secret_ends_at.filter(|end| *end <= now) {
        return Some((Heartbeat::SecretExpired, Some(end)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    /// Read a minute before the present, a message an hour before.
    fn healthy() -> Pulse {
        Pulse {
            is_active: true,
            is_fetched: true,
            changed_at: at("2026-03-01T08:00:00Z"),
            looked_at: Some(at("2026-03-16T09:59:00Z")),
            message_at: Some(at("2026-03-16T09:00:00Z")),
            failing_since: None,
            silent_after_minutes: Some(120),
            secret_ends_at: None,
        }
    }

    /// A Monday, 11.00 in Stockholm.
    const NOW: &str = "2026-03-16T10:00:00Z";

    #[track_caller]
    fn assert_beats(pulse: Pulse, expected: Heartbeat) {
        assert_eq!(heartbeat(&pulse, &Calendar::servicedesk(), at(NOW)).0, expected);
    }

    #[test]
    fn a_mailbox_that_is_read_and_gets_mail_is_well() {
        assert_beats(healthy(), Heartbeat::Ok);
        assert_beats(Pulse { is_active: false, looked_at: None, ..healthy() }, Heartbeat::Off);
    }

    #[test]
    fn silence_counts_during_opening_hours_only() {
        // Friday 15.30 in Stockholm: half an hour of Friday and three and a half hours of Monday.
        let friday = Pulse { message_at: Some(at("2026-03-13T14:30:00Z")), ..healthy() };
        assert_beats(Pulse { silent_after_minutes: Some(239), ..friday }, Heartbeat::Silent);
        assert_beats(Pulse { silent_after_minutes: Some(240), ..friday }, Heartbeat::Ok);
        assert_beats(Pulse { silent_after_minutes: None, ..friday }, Heartbeat::Ok);
    }

    #[test]
    fn what_nobody_looks_at_is_told() {
        assert_beats(
            Pulse { looked_at: Some(at("2026-03-16T09:40:00Z")), ..healthy() },
            Heartbeat::NotLooked,
        );
        assert_beats(Pulse { looked_at: None, ..healthy() }, Heartbeat::NeverLooked);
        let new = Pulse { looked_at: None, changed_at: at("2026-03-16T09:58:00Z"), ..healthy() };
        assert_beats(new, Heartbeat::Ok);
    }

    #[test]
    fn where_nothing_is_fetched_only_silence_is_told() {
        let handed_over = Pulse {
            is_fetched: false,
            looked_at: None,
            failing_since: Some(at("2026-03-16T08:00:00Z")),
            secret_ends_at: Some(at("2026-03-15T23:00:00Z")),
            ..healthy()
        };
        assert_beats(handed_over, Heartbeat::Ok);
        assert_beats(Pulse { silent_after_minutes: Some(30), ..handed_over }, Heartbeat::Silent);
    }

    #[test]
    fn failures_weigh_more_than_silence_once_they_last() {
        let failing =
            Pulse { failing_since: Some(at("2026-03-16T09:50:00Z")), message_at: None, ..healthy() };
        assert_beats(failing, Heartbeat::Failing);
        let moment = Pulse { failing_since: Some(at("2026-03-16T09:58:00Z")), ..healthy() };
        assert_beats(moment, Heartbeat::Ok);
    }

    #[test]
    fn a_secret_is_mentioned_before_it_ends() {
        let ends = |text: &str| Pulse { secret_ends_at: Some(at(text)), ..healthy() };
        assert_beats(ends("2026-04-20T22:00:00Z"), Heartbeat::Ok);
        assert_beats(ends("2026-04-10T22:00:00Z"), Heartbeat::SecretExpiring);
        assert_beats(ends("2026-03-15T23:00:00Z"), Heartbeat::SecretExpired);
    }
}
