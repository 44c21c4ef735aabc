//! Dates, times, numbers and sizes as people of each language write them, in Europe/Stockholm.
//!
//! Pure: the present is an argument. Swedish by *klarspråk*: "i dag 09.41", "26 nov kl. 14.05",
//! "4 812", "76 %", with no-break spaces inside what must stay together.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::texts;
use crate::domain::clock::Instant;
use crate::domain::locale::Locale;

const NO_BREAK_SPACE: char = '\u{a0}';

static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("Europe/Stockholm").unwrap_or_else(|error| {
        tracing::error!("The time zone Europe/Stockholm is unknown, showing UTC: {error}");
        TimeZone::UTC
    })
});

/// Writes instants as seen from one present; holds the words so that a list looks them up once.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    locale: Locale,
    today: Date,
    yesterday: Date,
    tomorrow: Date,
}

impl Moments {
    /// Moments as seen at `now`.
    #[must_use]
    pub fn new(locale: Locale, now: Instant) -> Self {
        let today = local(now).date();
        Self {
            locale,
            today,
            yesterday: today.yesterday().unwrap_or(today),
            tomorrow: today.tomorrow().unwrap_or(today),
        }
    }

    /// Date and time, the date in words when near: "i dag 09.41", "i går 16.12", "i morgon 09.30",
    /// "26 nov kl. 14.05", and with the year when it isn't this one.
    #[must_use]
    pub fn date_time(&self, at: Instant) -> String {
        let at = local(at);
        let date = at.date();
        let time = clock_time(self.locale, &at);
        let t = texts(self.locale);
        let near = if date == self.today {
            t.t("time-today")
        } else if date == self.yesterday {
            t.t("time-yesterday")
        } else if date == self.tomorrow {
            t.t("time-tomorrow")
        } else {
            let day = self.day(date);
            return match self.locale {
                Locale::Sv => format!("{day} kl.{NO_BREAK_SPACE}{time}"),
                Locale::En => format!("{day}{NO_BREAK_SPACE}{time}"),
            };
        };
        format!("{near}{NO_BREAK_SPACE}{time}")
    }

    /// The date: "i dag", "26 nov", "26 nov 2025".
    #[must_use]
    pub fn date(&self, at: Instant) -> String {
        let date = local(at).date();
        let t = texts(self.locale);
        if date == self.today {
            t.t("time-today").to_owned()
        } else if date == self.yesterday {
            t.t("time-yesterday").to_owned()
        } else {
            self.day(date)
        }
    }

    fn day(&self, date: Date) -> String {
        if date.year() == self.today.year() {
            short_date(self.locale, date)
        } else {
            format!("{}{NO_BREAK_SPACE}{}", short_date(self.locale, date), date.year())
        }
    }
}

/// The local date and time, always whole: "26 nov 2026 kl. 14.05". For print and history.
#[must_use]
pub fn full(locale: Locale, at: Instant) -> String {
    let at = local(at);
    let time = clock_time(locale, &at);
    let date = short_date(locale, at.date());
    let year = at.year();
    match locale {
        Locale::Sv => format!("{date}{NO_BREAK_SPACE}{year} kl.{NO_BREAK_SPACE}{time}"),
        Locale::En => format!("{date}{NO_BREAK_SPACE}{year}, {time}"),
    }
}

/// The local date as a form field takes it: `2026-11-26`.
#[must_use]
pub fn iso_date(at: Instant) -> String {
    local(at).date().to_string()
}

/// A whole number with its digits in groups of three: "4 812", "4,812".
#[must_use]
pub fn number(locale: Locale, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let separator = match locale {
        Locale::Sv => NO_BREAK_SPACE,
        Locale::En => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A share in tenths of a per cent, a whole one without decimals: 765 → "76,5 %", 760 → "76 %"
/// ("76.5%", "76%").
#[must_use]
pub fn percent(locale: Locale, tenths: i64) -> String {
    match (locale, tenths % 10) {
        (Locale::Sv, 0) => format!("{}{NO_BREAK_SPACE}%", number(locale, tenths / 10)),
        (Locale::En, 0) => format!("{}%", number(locale, tenths / 10)),
        (Locale::Sv | Locale::En, _) => percent_with_decimal(locale, tenths),
    }
}

/// A share in tenths of a per cent, always with its decimal, for columns of figures: "76,0 %".
#[must_use]
pub fn percent_with_decimal(locale: Locale, tenths: i64) -> String {
    let (whole, rest) = (tenths / 10, (tenths % 10).abs());
    let sign = if tenths < 0 && whole == 0 { "\u{2212}" } else { "" };
    let text = number(locale, whole);
    match locale {
        Locale::Sv => format!("{sign}{text},{rest}{NO_BREAK_SPACE}%"),
        Locale::En => format!("{sign}{text}.{rest}%"),
    }
}

/// A file's size, 1 000 bytes to a kB: "812 B", "214 kB", "3,4 MB".
#[must_use]
pub fn file_size(locale: Locale, bytes: u64) -> String {
    let point = match locale {
        Locale::Sv => ',',
        Locale::En => '.',
    };
    let scaled = |unit: u64, name: &str| {
        let tenths = (bytes.saturating_mul(10).saturating_add(unit / 2)) / unit;
        let whole = i64::try_from(tenths / 10).unwrap_or(i64::MAX);
        // A decimal says something below ten only.
        if whole < 10 && !tenths.is_multiple_of(10) {
            format!("{whole}{point}{}{NO_BREAK_SPACE}{name}", tenths % 10)
        } else {
            let rounded = bytes.saturating_add(unit / 2) / unit;
            format!("{}{NO_BREAK_SPACE}{name}", number(locale, i64::try_from(rounded).unwrap_or(i64::MAX)))
        }
    };
    match bytes {
        0..1_000 => format!("{bytes}{NO_BREAK_SPACE}B"),
        1_000..1_000_000 => format!("{}{NO_BREAK_SPACE}kB", bytes.saturating_add(500) / 1_000),
        1_000_000..1_000_000_000 => scaled(1_000_000, "MB"),
        _ => scaled(1_000_000_000, "GB"),
    }
}

/// A span of time from its minutes: "3 tim 55 min", "2 dagar 4 tim"; less than one is "0 min".
#[must_use]
pub fn duration(locale: Locale, minutes: i64) -> String {
    let t = texts(locale);
    let minutes = minutes.max(0);
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let part = |count: i64, unit: &str| format!("{count}{NO_BREAK_SPACE}{unit}");
    let day_unit = if days == 1 { t.t("time-day") } else { t.t("time-days") };
    match (days, hours, rest) {
        (0, 0, rest) => part(rest, t.t("time-minutes")),
        (0, hours, 0) => part(hours, t.t("time-hours")),
        (0, hours, rest) => format!("{} {}", part(hours, t.t("time-hours")), part(rest, t.t("time-minutes"))),
        (days, 0, _) => part(days, day_unit),
        (days, hours, _) => format!("{} {}", part(days, day_unit), part(hours, t.t("time-hours"))),
    }
}

/// Working time from its minutes, in hours however many: "26 tim 5 min". A day has no fixed number of them.
#[must_use]
pub fn hours(locale: Locale, minutes: i64) -> String {
    let t = texts(locale);
    let minutes = minutes.max(0);
    let part = |count: i64, unit: &str| format!("{}{NO_BREAK_SPACE}{unit}", number(locale, count));
    match (minutes / 60, minutes % 60) {
        (0, rest) => part(rest, t.t("time-minutes")),
        (hours, 0) => part(hours, t.t("time-hours")),
        (hours, rest) => format!("{} {}", part(hours, t.t("time-hours")), part(rest, t.t("time-minutes"))),
    }
}

/// When work begins on the local date of a form field: `2026-11-26` → 07.30. Nothing when it is no date.
#[must_use]
pub fn morning_of(date: &str) -> Option<Instant> {
    let date: Date = date.trim().parse().ok()?;
    let morning = date.at(7, 30, 0, 0).to_zoned(STOCKHOLM.clone()).ok()?;
    Some(Instant::from_timestamp(morning.timestamp()))
}

/// The first instant of the local day that lies `days` before the one of `now`.
#[must_use]
pub fn start_of_day_before(now: Instant, days: i32) -> Instant {
    local(now)
        .checked_sub(days.days())
        .and_then(|day| day.start_of_day())
        .map_or(now, |day| Instant::from_timestamp(day.timestamp()))
}

fn local(at: Instant) -> Zoned {
    at.to_timestamp().to_zoned(STOCKHOLM.clone())
}

fn clock_time(locale: Locale, at: &Zoned) -> String {
    match locale {
        Locale::Sv => format!("{:02}.{:02}", at.hour(), at.minute()),
        Locale::En => format!("{:02}:{:02}", at.hour(), at.minute()),
    }
}

fn short_date(locale: Locale, date: Date) -> String {
    let months = texts(locale).t("time-months");
    let at = usize::try_from(date.month() - 1).unwrap_or_default();
    let month = months.split(' ').nth(at).unwrap_or_default();
    format!("{}{NO_BREAK_SPACE}{month}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    fn plain(text: &str) -> String {
        text.replace(NO_BREAK_SPACE, " ")
    }

    #[test]
    fn near_days_are_words_and_far_days_are_dates() {
        let now = at("2026-11-20T23:30:00Z"); // 21 November 00.30 in Stockholm
        let sv = Moments::new(Locale::Sv, now);
        let en = Moments::new(Locale::En, now);
        for (instant, swedish, english) in [
            ("2026-11-20T23:05:00Z", "i dag 00.05", "today 00:05"),
            ("2026-11-20T15:12:00Z", "i går 16.12", "yesterday 16:12"),
            ("2026-11-22T08:30:00Z", "i morgon 09.30", "tomorrow 09:30"),
            ("2026-11-26T13:05:00Z", "26 nov kl. 14.05", "26 Nov 14:05"),
            ("2026-05-03T12:00:00Z", "3 maj kl. 14.00", "3 May 14:00"),
            ("2025-12-31T22:59:00Z", "31 dec 2025 kl. 23.59", "31 Dec 2025 23:59"),
        ] {
            assert_eq!(plain(&sv.date_time(at(instant))), swedish);
            assert_eq!(plain(&en.date_time(at(instant))), english);
        }
        assert_eq!(plain(&sv.date(at("2026-11-20T15:12:00Z"))), "i går");
        assert_eq!(plain(&full(Locale::Sv, at("2026-11-26T13:05:00Z"))), "26 nov 2026 kl. 14.05");
        assert_eq!(iso_date(now), "2026-11-21");
    }

    #[test]
    fn numbers_are_grouped_and_stay_together() {
        assert_eq!(number(Locale::Sv, 4_812), "4\u{a0}812");
        assert_eq!(number(Locale::Sv, 1_000_000), "1\u{a0}000\u{a0}000");
        assert_eq!(number(Locale::En, 25_862), "25,862");
        assert_eq!(number(Locale::Sv, -12), "\u{2212}12");
        assert_eq!(number(Locale::Sv, 999), "999");
        assert_eq!(percent(Locale::Sv, 760), "76\u{a0}%");
        assert_eq!(percent(Locale::Sv, 765), "76,5\u{a0}%");
        assert_eq!(percent_with_decimal(Locale::Sv, 760), "76,0\u{a0}%");
        assert_eq!(percent(Locale::En, 5), "0.5%");
        assert_eq!(percent(Locale::En, -5), "\u{2212}0.5%");
    }

    #[test]
    fn sizes_are_rounded_to_what_says_something() {
        let sv = |bytes| plain(&file_size(Locale::Sv, bytes));
        assert_eq!(sv(812), "812 B");
        assert_eq!(sv(214_300), "214 kB");
        assert_eq!(sv(3_440_000), "3,4 MB");
        assert_eq!(sv(20_000_000), "20 MB");
        assert_eq!(sv(1_500_000_000), "1,5 GB");
        assert_eq!(plain(&file_size(Locale::En, 3_440_000)), "3.4 MB");
    }

    #[test]
    fn durations_keep_their_two_largest_units() {
        let sv = |minutes| plain(&duration(Locale::Sv, minutes));
        assert_eq!(sv(0), "0 min");
        assert_eq!(sv(-5), "0 min");
        assert_eq!(sv(55), "55 min");
        assert_eq!(sv(235), "3 tim 55 min");
        assert_eq!(sv(120), "2 tim");
        assert_eq!(sv(1_440), "1 dag");
        assert_eq!(sv(3_130), "2 dagar 4 tim");
        assert_eq!(plain(&duration(Locale::En, 235)), "3 h 55 min");
    }

    #[test]
    fn dates_of_forms_mean_the_morning() {
        assert_eq!(morning_of("2026-11-26"), Some(at("2026-11-26T06:30:00Z")));
        assert_eq!(morning_of(" 2026-07-01 "), Some(at("2026-07-01T05:30:00Z")));
        for bad in ["", "26/11 2026", "2026-02-30", "2026-11-26T08:00:00Z and more"] {
            assert_eq!(morning_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn day_starts_hold_over_daylight_saving() {
        assert_eq!(start_of_day_before(at("2026-03-30T10:00:00Z"), 1), at("2026-03-28T23:00:00Z"));
        assert_eq!(start_of_day_before(at("2026-03-30T10:00:00Z"), 0), at("2026-03-29T22:00:00Z"));
    }
}
