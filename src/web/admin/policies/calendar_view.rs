//! A calendar in words: its rules, and a year with every day that isn't as other weeks.

use crate::domain::sla::spec::{DayOfWeek, WeekdayHours};
use crate::domain::sla::{CalendarSpec, DayReason, Holidays, OpeningHours, PreviewDay};
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Column, Fact, Table};
use crate::web::policy_words;

use super::calendar_form::{day_line, season_line};

/// The rules, a fact each.
pub(super) fn facts(t: &Texts, spec: &CalendarSpec) -> Vec<Fact> {
    let CalendarSpec { zone, hours, holidays, closed_eves, short_day, extra_days, seasons } = spec;
    let mut facts: Vec<Fact> = DayOfWeek::ALL
        .iter()
        .map(|day| Fact::text(policy_words::weekday(t, day.as_text()), open_on(t, hours, *day)))
        .collect();
    let none = || t.t("choice-none").to_owned();
    let joined = |parts: Vec<String>| if parts.is_empty() { none() } else { parts.join("; ") };
    facts.extend([
        Fact::text(
            t.t("calendar-holidays"),
            match holidays {
                Holidays::Swedish => t.t("holidays-swedish"),
                Holidays::None => t.t("holidays-none"),
            },
        ),
        Fact::text(
            t.t("calendar-eves"),
            joined(closed_eves.iter().map(|eve| policy_words::eve(t, *eve).to_owned()).collect()),
        ),
        Fact::text(t.t("calendar-short"), short_day.as_ref().map_or_else(none, |short| short.closes.clone())),
        Fact::text(t.t("calendar-days"), joined(extra_days.iter().map(|day| day_line(t, day)).collect())),
        Fact::text(
            t.t("calendar-seasons"),
            joined(seasons.iter().map(|season| season_line(t, season)).collect()),
        ),
        Fact::text(t.t("calendar-zone"), zone.clone()),
    ]);
    facts
}

fn open_on(t: &Texts, hours: &[WeekdayHours], day: DayOfWeek) -> String {
    hours.iter().find(|opening| opening.weekday == day).map_or_else(
        || t.t("calendar-closed").to_owned(),
        |opening| format!("{}–{}", opening.opens, opening.closes),
    )
}

/// A year, a row a month: how many days are open, and in words which days are closed or short and why.
pub(super) fn year(t: &Texts, year: i16, days: &[PreviewDay]) -> Table {
    let months: Vec<&str> = t.t("time-months").split(' ').collect();
    let rows = (1..=12_i8)
        .zip(months)
        .map(|(month, name)| {
            let of_month: Vec<&PreviewDay> = days.iter().filter(|day| day.date.month() == month).collect();
            let open = of_month.iter().filter(|day| day.hours.is_some()).count();
            vec![
                Cell::text(name),
                Cell::Number(open.to_string()),
                Cell::text(told(t, of_month.iter().filter_map(|day| closed(t, day)))),
                Cell::text(told(t, of_month.iter().filter_map(|day| other_hours(t, day)))),
            ]
        })
        .collect();
    Table {
        caption: t.t1("calendar-year", "year", year.to_string()),
        columns: vec![
            Column::new(t.t("calendar-month")),
            Column::number(t.t("calendar-open-days")),
            Column::new(t.t("calendar-closed-days")),
            Column::new(t.t("calendar-other-days")),
        ],
        rows,
        empty: String::new(),
    }
}

fn told(t: &Texts, days: impl Iterator<Item = String>) -> String {
    let days: Vec<String> = days.collect();
    if days.is_empty() { t.t("calendar-no-days").to_owned() } else { days.join("; ") }
}

/// A day that is closed though its weekday may be open.
fn closed(t: &Texts, day: &PreviewDay) -> Option<String> {
    let PreviewDay { date: _, hours, why } = day;
    let is_remarkable = match why {
        DayReason::Holiday(_) | DayReason::Eve(_) | DayReason::ExtraDay => true,
        DayReason::Weekday | DayReason::Season | DayReason::ShortDay(_) => false,
    };
    (hours.is_none() && is_remarkable).then(|| {
        let why = policy_words::day_reason(t, *why);
        let day = named(t, day);
        t.tr("calendar-day-closed", &[("day", Arg::Text(&day)), ("why", Arg::Text(&why))])
    })
}

/// A day with other hours than its weekday.
fn other_hours(t: &Texts, day: &PreviewDay) -> Option<String> {
    let PreviewDay { date: _, hours, why } = day;
    let is_remarkable = match why {
        DayReason::ShortDay(_) | DayReason::ExtraDay => true,
        DayReason::Weekday | DayReason::Season | DayReason::Holiday(_) | DayReason::Eve(_) => false,
    };
    let hours: OpeningHours = (*hours).filter(|_| is_remarkable)?;
    let why = policy_words::day_reason(t, *why);
    let times = format!("{}–{}", hours.opens(), hours.closes());
    let day = named(t, day);
    let args = [("day", Arg::Text(&day)), ("times", Arg::Text(&times)), ("why", Arg::Text(&why))];
    Some(t.tr("calendar-day-hours", &args))
}

/// "fre 3".
fn named(t: &Texts, day: &PreviewDay) -> String {
    let at = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = DayOfWeek::ALL.get(at).map_or("", |weekday| weekday.as_text());
    let short: String = policy_words::weekday(t, weekday).to_lowercase().chars().take(3).collect();
    format!("{short} {}", day.date.day())
}
