//! The form of a calendar: a week in seven lines, dates of its own and periods a line each.

use crate::app::policies::{Fault, PolicyFault};
use crate::app::{FieldError, OwnFault};
use crate::domain::sla::holidays::Eve;
use crate::domain::sla::spec::{DayOfWeek, ExtraDaySpec, SeasonSpec, ShortDaySpec, WeekdayHours};
use crate::domain::sla::{CalendarSpec, Holidays};
use crate::i18n::{Arg, Texts};
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::site::error_text;
use crate::web::{policy_words, routes};

/// What is typed between two times or two dates.
const DASHES: [char; 2] = ['–', '-'];

/// What a form that wasn't sent yet starts from.
pub(in crate::web) fn filled(t: &Texts, spec: &CalendarSpec, valid_from: &str, based_on: &str) -> FormState {
    let CalendarSpec { zone, hours, holidays, closed_eves, short_day, extra_days, seasons } = spec;
    let mut values: Vec<(&str, String)> = vec![
        ("validFrom", valid_from.to_owned()),
        ("basedOn", based_on.to_owned()),
        ("zone", zone.clone()),
        ("holidays", holidays.as_text().to_owned()),
        ("short", short_day.as_ref().map(|short| short.closes.clone()).unwrap_or_default()),
        ("days", extra_days.iter().map(|day| day_line(t, day)).collect::<Vec<_>>().join("\n")),
        ("seasons", seasons.iter().map(|season| season_line(t, season)).collect::<Vec<_>>().join("\n")),
    ];
    values.extend(DayOfWeek::ALL.iter().map(|day| (day.as_text(), times_of(hours, *day))));
    values.extend(closed_eves.iter().map(|eve| ("eves", eve.as_text().to_owned())));
    FormState::of(values)
}

/// The form: of a version of the calendar with this code, or of a new calendar.
pub(in crate::web) fn form(t: &Texts, state: &FormState, code: Option<&str>, is_previewed: bool) -> Form {
    let mut fields = match code {
        Some(_) => vec![
            Field::hidden("basedOn", state.value("basedOn")),
            Field::typed(state, "validFrom", t.t("policy-valid-from"), "date")
                .hint(t.t("calendar-valid-from-hint")),
        ],
        None => vec![Field::line(state, "name", t.t("field-name")).max(200)],
    };
    for day in DayOfWeek::ALL {
        let label = policy_words::weekday(t, day.as_text());
        let field = Field::line(state, day.as_text(), label).max(60).optional();
        fields.push(if *day == DayOfWeek::Monday { field.hint(t.t("calendar-hours-hint")) } else { field });
    }
    let holidays = vec![
        Choice::new(Holidays::Swedish.as_text(), t.t("holidays-swedish")),
        Choice::new(Holidays::None.as_text(), t.t("holidays-none")),
    ];
    let eves = Eve::ALL.iter().map(|eve| Choice::new(eve.as_text(), policy_words::eve(t, *eve))).collect();
    fields.extend([
        Field::radios(state, "holidays", t.t("calendar-holidays"), holidays),
        Field::checks(state, "eves", t.t("calendar-eves"), eves).optional(),
        Field::line(state, "short", t.t("calendar-short")).hint(t.t("calendar-short-hint")).max(5).optional(),
        Field::area(state, "days", t.t("calendar-days"), 4, 20_000)
            .hint(t.t("calendar-days-hint"))
            .optional(),
        Field::area(state, "seasons", t.t("calendar-seasons"), 3, 20_000)
            .hint(t.t("calendar-seasons-hint"))
            .optional(),
        Field::line(state, "zone", t.t("calendar-zone")).max(60),
        Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
    ]);
    let (action, back) = match code {
        Some(code) => (routes::calendar_change(code), routes::calendar(code)),
        None => (routes::NEW_CALENDAR.to_owned(), routes::CALENDARS.to_owned()),
    };
    let look = Submit::primary(t.t("policy-preview")).sending("step", "preview");
    let submits = if is_previewed {
        let again = Submit::secondary(t.t("policy-preview")).sending("step", "preview");
        vec![Submit::primary(t.t("policy-activate")).sending("step", "activate"), again]
    } else {
        vec![look]
    };
    Form::new("calendar", action, "")
        .fields(fields)
        .submits(submits)
        .cancel(Link::new(back, t.t("form-cancel")))
}

/// Where on the page the parts of a calendar were typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The field of each opening of its week.
    hours: Vec<&'static str>,
    /// The line of each date of its own, counted from 1, and what stands on it.
    days: Vec<(usize, String)>,
    /// The line of each period.
    seasons: Vec<(usize, String)>,
}

/// What was typed, as a calendar, and where.
pub(super) fn read(t: &Texts, state: &FormState) -> (CalendarSpec, Typed) {
    let mut hours = Vec::new();
    let mut typed =
        Typed { hours: Vec::new(), days: lines(state.value("days")), seasons: lines(state.value("seasons")) };
    for weekday in DayOfWeek::ALL {
        for opening in openings(state.value(weekday.as_text())) {
            let (opens, closes) = opening;
            hours.push(WeekdayHours { weekday: *weekday, opens, closes });
            typed.hours.push(weekday.as_text());
        }
    }
    let short = state.value("short").trim();
    let spec = CalendarSpec {
        zone: state.value("zone").trim().to_owned(),
        hours,
        holidays: Holidays::from_text(state.value("holidays")).unwrap_or(Holidays::Swedish),
        closed_eves: state.all("eves").filter_map(Eve::from_text).collect(),
        short_day: (!short.is_empty()).then(|| ShortDaySpec { closes: short.to_owned() }),
        extra_days: typed.days.iter().map(|(_, line)| read_day(t, line)).collect(),
        seasons: typed.seasons.iter().map(|(_, line)| read_season(t, line)).collect(),
    };
    (spec, typed)
}

impl Typed {
    /// At which of the page's fields an error stands, and its sentence, with the line that it is about.
    pub(super) fn told(&self, t: &Texts, error: &FieldError) -> (String, String) {
        let path = error.field.as_ref();
        let (list, rest) = path.split_once(['[', '.']).unwrap_or((path, ""));
        let at = rest.split_once(']').and_then(|(at, _)| at.parse::<usize>().ok());
        let (field, line) = match list {
            "hours" => {
                let day = at.and_then(|at| self.hours.get(at)).copied();
                (day.unwrap_or(DayOfWeek::Monday.as_text()), None)
            }
            "extraDays" => ("days", at.and_then(|at| self.days.get(at))),
            "seasons" => ("seasons", at.and_then(|at| self.seasons.get(at))),
            "shortDay" => ("short", None),
            "code" => ("name", None),
            _ => (path, None),
        };
        let is_half = matches!(
            error.fault.as_deref(),
            Some(OwnFault::Policy(Fault { code: PolicyFault::HalfADay, .. })) if field == "days"
        );
        // A line holds no empty fields that the sentence could speak of.
        let sentence =
            if is_half { t.t("calendar-day-unread").to_owned() } else { error_text(t, field, error) };
        let sentence = match line {
            Some((number, text)) => t.tr(
                "calendar-line",
                &[
                    ("line", Arg::Text(&number.to_string())),
                    ("text", Arg::Text(text)),
                    ("sentence", Arg::Text(&sentence)),
                ],
            ),
            None => sentence,
        };
        (field.to_owned(), sentence)
    }
}

/// The lines that say something, with their numbers from 1.
fn lines(text: &str) -> Vec<(usize, String)> {
    let lines = (1..).zip(text.lines().map(str::trim));
    lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| (number, line.to_owned())).collect()
}

/// `07:30–12:00, 13:00–16:00` as openings; what has no dash has no closing time, which is then refused.
fn openings(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| {
        let (opens, closes) = part.split_once(DASHES).unwrap_or((part, ""));
        (opens.trim().to_owned(), closes.trim().to_owned())
    })
}

fn times_of(hours: &[WeekdayHours], weekday: DayOfWeek) -> String {
    let of_day = hours.iter().filter(|opening| opening.weekday == weekday);
    of_day.map(|opening| format!("{}–{}", opening.opens, opening.closes)).collect::<Vec<_>>().join(", ")
}

/// `2026-05-15 stängt`, `2026-07-01 08:00–12:00`.
pub(super) fn day_line(t: &Texts, day: &ExtraDaySpec) -> String {
    let ExtraDaySpec { date, opens, closes } = day;
    match (opens, closes) {
        (Some(opens), Some(closes)) => format!("{date} {opens}–{closes}"),
        _ => format!("{date} {}", t.t("calendar-closed")),
    }
}

fn read_day(t: &Texts, line: &str) -> ExtraDaySpec {
    let (date, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (date, rest) = (date.to_owned(), rest.trim());
    if rest.eq_ignore_ascii_case("closed") || rest.to_lowercase() == t.t("calendar-closed").to_lowercase() {
        return ExtraDaySpec { date, opens: None, closes: None };
    }
    let opening = openings(rest).next();
    let (opens, closes) = opening.unwrap_or_default();
    ExtraDaySpec { date, opens: Some(opens), closes: (!closes.is_empty()).then_some(closes) }
}

/// `2026-06-22 2026-08-07 må 08:00–15:00, ti 08:00–15:00`.
pub(super) fn season_line(t: &Texts, season: &SeasonSpec) -> String {
    let SeasonSpec { from, to, hours } = season;
    let week: Vec<String> = hours
        .iter()
        .map(|hours| format!("{} {}–{}", short_name(t, hours.weekday), hours.opens, hours.closes))
        .collect();
    format!("{from} {to} {}", week.join(", "))
}

fn read_season(t: &Texts, line: &str) -> SeasonSpec {
    let mut words = line.splitn(3, char::is_whitespace);
    let mut next = || words.next().unwrap_or_default().trim().to_owned();
    let (from, to, week) = (next(), next(), next());
    let mut hours = Vec::new();
    for part in week.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (days, times) = part.split_once(char::is_whitespace).unwrap_or(("", part));
        let (first, last) = days.split_once(DASHES).unwrap_or((days, days));
        let (opens, closes) = openings(times).next().unwrap_or_default();
        match (day_of(t, first), day_of(t, last)) {
            (Some(first), Some(last)) => {
                let meant = DayOfWeek::ALL.iter().filter(|day| (first..=last).contains(*day));
                hours.extend(meant.map(|weekday| WeekdayHours {
                    weekday: *weekday,
                    opens: opens.clone(),
                    closes: closes.clone(),
                }));
            }
            // No weekday: told as a time that is none, with all that was typed.
            _ => hours.push(WeekdayHours {
                weekday: DayOfWeek::Monday,
                opens: part.to_owned(),
                closes: String::new(),
            }),
        }
    }
    SeasonSpec { from, to, hours }
}

/// The first three letters of the weekday: "mån".
fn short_name(t: &Texts, day: DayOfWeek) -> String {
    policy_words::weekday(t, day.as_text()).to_lowercase().chars().take(3).collect()
}

/// The weekday that begins like this, in the reader's language: "må", "mån", "måndag".
fn day_of(t: &Texts, text: &str) -> Option<DayOfWeek> {
    let text = text.trim().to_lowercase();
    let begins = |day: &&DayOfWeek| policy_words::weekday(t, day.as_text()).to_lowercase().starts_with(&text);
    (text.chars().count() >= 2).then(|| DayOfWeek::ALL.iter().find(begins).copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::domain::sla::CalendarRules;
    use crate::i18n::texts;

    #[test]
    fn what_is_filled_in_reads_as_the_same_calendar() {
        let mut spec = CalendarSpec::from(&CalendarRules::servicedesk());
        for locale in Locale::ALL {
            let t = texts(locale);
            let typed = FormState::of([
                ("days", "2026-05-15 closed\n\n 2026-07-01 08:00-12:00"),
                (
                    "seasons",
                    match locale {
                        Locale::Sv => "2026-06-22 2026-08-07 mån–tors 08:00–15:00, fredag 08:00-12:00",
                        Locale::En => "2026-06-22 2026-08-07 mon-thu 08:00–15:00, friday 08:00-12:00",
                    },
                ),
            ]);
            let (read_days, _) = read(t, &typed);
            assert_eq!((read_days.extra_days.len(), read_days.seasons[0].hours.len()), (2, 5));
            spec.extra_days = read_days.extra_days;
            spec.seasons = read_days.seasons;
            assert!(spec.rules().is_ok(), "{spec:?}");
            assert_eq!(read(t, &filled(t, &spec, "", "")).0, spec);
        }
    }

    #[test]
    fn faults_stand_at_the_line_they_were_typed_in() {
        let t = texts(Locale::Sv);
        let state = FormState::of([
            ("zone", "Europe/Stockholm"),
            ("tuesday", "07:30–12:00, 11:00–16:00"),
            ("days", "2026-05-14 stängt\n\n2026-05-15 stängd\n2026-02-30 stängt"),
            ("seasons", "2026-06-22 2026-08-07 ti 08–12"),
        ]);
        let (spec, typed) = read(t, &state);
        let told: Vec<(String, String)> = spec
            .rules()
            .unwrap_err()
            .iter()
            .map(|problem| {
                let fault = Fault::about(problem.fault.into(), "tuesday");
                typed.told(t, &FieldError::of_policy(problem.field.clone(), fault))
            })
            .collect();
        let fields: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["tuesday", "days", "days", "seasons", "seasons"]);
        let sentences: Vec<&str> = told.iter().skip(1).map(|(_, sentence)| sentence.as_str()).collect();
        assert_eq!(
            sentences,
            [
                "Rad 3, ”2026-05-15 stängd”: Skriv ett datum och sedan ”stängt” eller två klockslag, som 2026-07-01 08:00–12:00.",
                "Rad 4, ”2026-02-30 stängt”: Det är inget datum. Skriv det som 2026-06-29.",
                "Rad 1, ”2026-06-22 2026-08-07 ti 08–12”: Det är inget klockslag. Skriv det som 07:30.",
                "Rad 1, ”2026-06-22 2026-08-07 ti 08–12”: Det är inget klockslag. Skriv det som 07:30.",
            ]
        );
    }
}
