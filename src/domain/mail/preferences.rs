//! How a person wants mail, and when one may go out.

use crate::domain::clock::Instant;
use crate::text_enum;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

text_enum! {
    /// Whether a person wants mail gathered.
    pub enum Digest {
        /// Each at once.
        Off = "off",
        /// Once an hour.
        Hourly = "hourly",
        /// Once a day.
        Daily = "daily",
    }
}

/// How a person wants mail. Times are minutes after midnight, local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPreferences {
    /// Whether it is gathered.
    pub digest: Digest,
    /// When the daily digest comes.
    pub digest_at: i64,
    /// Nothing comes from this time …
    pub quiet_from: Option<i64>,
    /// … until this one, the next day when it is the earlier.
    pub quiet_until: Option<i64>,
}

/// Eight in the morning, when a day's digest comes unless another time is chosen.
pub const USUAL_DIGEST_AT: i64 = 8 * 60;

impl Default for MailPreferences {
    fn default() -> Self {
        Self { digest: Digest::Off, digest_at: USUAL_DIGEST_AT, quiet_from: None, quiet_until: None }
    }
}

impl MailPreferences {
    /// When a mail that is ready at `now` goes out by itself: at once, or when the quiet hours end.
    #[must_use]
    pub fn single_at(&self, now: Instant, zone: &TimeZone) -> Instant {
        let (Some(from), Some(until)) = (self.quiet_from, self.quiet_until) else { return now };
        let local = now.to_timestamp().to_zoned(zone.clone());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let is_quiet =
            if from <= until { (from..until).contains(&minute) } else { minute >= from || minute < until };
        if is_quiet { next_at(&local, until) } else { now }
    }

    /// When the digest that takes in what is ready at `now` goes out; nothing when mail isn't gathered.
    #[must_use]
    pub fn digest_after(&self, now: Instant, zone: &TimeZone) -> Option<Instant> {
        let local = now.to_timestamp().to_zoned(zone.clone());
        let at = match self.digest {
            Digest::Off => return None,
            Digest::Hourly => {
                let into = i64::from(local.minute()) * 60 + i64::from(local.second());
                let whole = local.timestamp().as_second() + 3_600 - into;
                Instant::from_micros(whole * crate::domain::clock::MICROS_PER_SECOND)
            }
            Digest::Daily => next_at(&local, self.digest_at),
        };
        Some(self.single_at(at, zone))
    }
}

/// The next time the clock shows so many minutes after midnight.
fn next_at(local: &Zoned, minutes: i64) -> Instant {
    let day = |from: &Zoned| {
        let time = jiff::civil::Time::midnight().wrapping_add(SignedDuration::from_mins(minutes));
        // A time that the clock skips in spring is moved on, as jiff does.
        from.datetime().date().to_datetime(time).to_zoned(from.time_zone().clone()).ok()
    };
    let today = day(local).filter(|at| at > local);
    let next = today.or_else(|| local.tomorrow().ok().and_then(|tomorrow| day(&tomorrow)));
    next.map_or_else(
        || Instant::from_timestamp(local.timestamp()),
        |at| Instant::from_timestamp(at.timestamp()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").unwrap()
    }

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    fn quiet(from: i64, until: i64) -> MailPreferences {
        MailPreferences {
            quiet_from: Some(from * 60),
            quiet_until: Some(until * 60),
            ..MailPreferences::default()
        }
    }

    #[test]
    fn quiet_hours_over_midnight_end_in_the_morning() {
        let night = quiet(22, 7);
        for (now, goes) in [
            ("2026-11-20T20:59:00Z", "2026-11-20T20:59:00Z"),
            ("2026-11-20T21:00:00Z", "2026-11-21T06:00:00Z"),
            ("2026-11-21T02:00:00Z", "2026-11-21T06:00:00Z"),
            ("2026-11-21T06:00:00Z", "2026-11-21T06:00:00Z"),
        ] {
            assert_eq!(night.single_at(at(now), &stockholm()), at(goes), "{now}");
        }
        assert_eq!(
            quiet(12, 13).single_at(at("2026-11-20T11:30:00Z"), &stockholm()),
            at("2026-11-20T12:00:00Z")
        );
    }

    #[test]
    fn quiet_night_in_which_clocks_change_ends_at_the_same_local_time() {
        let ends = quiet(22, 7).single_at(at("2026-10-24T21:30:00Z"), &stockholm());
        assert_eq!(ends, at("2026-10-25T06:00:00Z"));
    }

    #[test]
    fn digests_come_by_the_hour_or_the_day_and_never_in_quiet_hours() {
        let hourly = MailPreferences { digest: Digest::Hourly, ..MailPreferences::default() };
        let now = at("2026-11-20T13:05:12Z");
        assert_eq!(hourly.digest_after(now, &stockholm()), Some(at("2026-11-20T14:00:00Z")));
        let daily = MailPreferences { digest: Digest::Daily, ..MailPreferences::default() };
        assert_eq!(daily.digest_after(now, &stockholm()), Some(at("2026-11-21T07:00:00Z")));
        let quiet = MailPreferences { digest: Digest::Daily, ..quiet(6, 9) };
        assert_eq!(quiet.digest_after(now, &stockholm()), Some(at("2026-11-21T08:00:00Z")));
        assert_eq!(MailPreferences::default().digest_after(now, &stockholm()), None);
    }
}
