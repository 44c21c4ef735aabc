//! Service levels: the business calendar that working time is counted in, what is promised, and the
//! clock that tells how a promise stands.

pub mod agreement;
pub mod calendar;
pub mod clock;
pub mod holidays;
pub mod hours;
pub mod problem;
pub mod rules;
pub mod spec;
mod target;
pub mod ticket_clock;
mod year;

pub use calendar::{Calendar, CalendarVersion, PreviewDay};
pub use hours::{MinuteOfDay, OpeningHours};
pub use problem::{CalendarFault, CalendarProblem};
pub use rules::{CalendarRules, DayReason, ExtraDay, Holidays, Season, ShortDay};
pub use spec::CalendarSpec;
pub use target::Target;

use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Swedish local time, from the time zone database inside the program, so that no machine's own
/// database (or lack of one) can change a figure.
static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the bundled database holds the zone; a test looks it up")]
    TimeZoneDatabase::bundled().get("Europe/Stockholm").expect("bundled zone Europe/Stockholm")
});

/// The zone Europe/Stockholm, in which days, periods and opening hours are meant.
#[must_use]
pub fn stockholm() -> &'static TimeZone {
    &STOCKHOLM
}

#[cfg(test)]
mod tests {
    #[test]
    fn stockholm_is_in_the_bundled_database() {
        assert_eq!(super::stockholm().iana_name(), Some("Europe/Stockholm"));
    }
}
