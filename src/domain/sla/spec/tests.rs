use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn servicedesk() -> Value {
    json!({
        "zone": "Europe/Stockholm",
        "hours": [
            {"weekday": "monday", "opens": "07:30", "closes": "16:00"},
            {"weekday": "tuesday", "opens": "07:30", "closes": "16:00"},
            {"weekday": "wednesday", "opens": "07:30", "closes": "16:00"},
            {"weekday": "thursday", "opens": "07:30", "closes": "16:00"},
            {"weekday": "friday", "opens": "07:30", "closes": "16:00"}
        ],
        "holidays": "swedish",
        "closedEves": ["midsummer", "christmas", "newYear"],
        "shortDay": {"closes": "15:00"},
        "extraDays": [],
        "seasons": []
    })
}

fn read(json: Value) -> Result<CalendarRules, Vec<CalendarProblem>> {
    serde_json::from_value::<CalendarSpec>(json).unwrap().rules()
}

/// What is wrong with the default calendar once one field is replaced.
fn wrong(field: &str, value: Value) -> Vec<String> {
    let mut json = servicedesk();
    json[field] = value;
    let problems = read(json).err().unwrap_or_default();
    problems.iter().map(|problem| format!("{} {}", problem.field, problem.fault)).collect()
}

#[test]
fn the_default_calendar_as_json() {
    assert_eq!(read(servicedesk()).unwrap(), CalendarRules::servicedesk());
    let written = serde_json::to_value(CalendarSpec::from(&CalendarRules::servicedesk())).unwrap();
    assert_eq!(written, servicedesk());
}

#[test]
fn own_days_and_seasons_are_read_and_written() {
    let mut json = servicedesk();
    json["extraDays"] = json!([
        {"date": "2026-05-15"},
        {"date": "2026-11-28", "opens": "10:00", "closes": "14:00"}
    ]);
    json["seasons"] = json!([{
        "from": "2026-06-29", "to": "2026-08-09",
        "hours": [{"weekday": "monday", "opens": "08:00", "closes": "15:00"}]
    }]);
    let rules = read(json.clone()).unwrap();
    assert_eq!(rules.extra_days[&date(2026, 5, 15)], ExtraDay::Closed);
    assert_eq!(rules.seasons[0].to, date(2026, 8, 9));
    assert_eq!(serde_json::to_value(CalendarSpec::from(&rules)).unwrap(), json);
}

#[test]
fn every_fault_has_its_field_and_code() {
    let monday = |opens: &str, closes: &str| json!({"weekday": "monday", "opens": opens, "closes": closes});
    let season = |from: &str, to: &str| json!({"from": from, "to": to, "hours": []});
    let cases = [
        ("zone", json!("Europe/Stockolm"), "zone unknownZone"),
        ("zone", json!(""), "zone unknownZone"),
        ("hours", json!([]), "hours neverOpen"),
        ("hours", json!([monday("7.30", "16:00")]), "hours[0].opens notATime"),
        ("hours", json!([monday("16:00", "07:30")]), "hours[0].closes opensAfterItCloses"),
        ("hours", json!([monday("07:30", "07:30")]), "hours[0].closes opensAfterItCloses"),
        ("hours", json!([monday("07:30", "12:00"), monday("11:59", "16:00")]), "hours[1] hoursOverlap"),
        ("hours", json!([monday("07:30", "12:00"), monday("13:00", "16:00")]), "hours[1] severalOpenings"),
        ("shortDay", json!({"closes": "15"}), "shortDay.closes notATime"),
        ("extraDays", json!([{"date": "2026-02-30"}]), "extraDays[0].date notADate"),
        ("extraDays", json!([{"date": "2026-02-03T10:00"}]), "extraDays[0].date notADate"),
        ("extraDays", json!([{"date": "2026-02-03", "opens": "08:00"}]), "extraDays[0] halfADay"),
        ("extraDays", json!([{"date": "2026-02-03"}, {"date": "2026-02-03"}]), "extraDays[1].date dateTwice"),
        ("seasons", json!([season("2026-06-01", "juli")]), "seasons[0].to notADate"),
        ("seasons", json!([season("2026-06-02", "2026-06-01")]), "seasons[0].to seasonEndsBeforeItStarts"),
        ("seasons", json!([season("2026-01-01", "2027-01-02")]), "seasons[0].to seasonTooLong"),
        (
            "seasons",
            json!([season("2026-06-01", "2026-06-30"), season("2026-06-30", "2026-07-02")]),
            "seasons[1].to seasonsOverlap",
        ),
    ];
    for (field, value, expected) in cases {
        assert_eq!(wrong(field, value.clone()), [expected], "{field}: {value}");
    }
    assert_eq!(wrong("seasons", json!([season("2026-01-01", "2027-01-01")])), Vec::<String>::new());
}

#[test]
fn all_faults_are_told_at_once() {
    let mut json = servicedesk();
    json["zone"] = json!("Mars/Base");
    json["hours"] = json!([{"weekday": "monday", "opens": "x", "closes": "y"}]);
    json["shortDay"] = json!({"closes": "z"});
    let fields: Vec<String> = read(json).unwrap_err().into_iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["zone", "hours[0].opens", "hours[0].closes", "shortDay.closes"]);
}

#[test]
fn fields_and_words_that_do_not_exist_are_refused() {
    for (field, value) in
        [("lunch", json!("12:00")), ("holidays", json!("danish")), ("closedEves", json!(["easter"]))]
    {
        let mut json = servicedesk();
        json[field] = value;
        assert!(serde_json::from_value::<CalendarSpec>(json).is_err(), "{field}");
    }
}

fn opening() -> impl Strategy<Value = OpeningHours> {
    (0..24 * 60u16, 1..24 * 60u16).prop_map(|(opens, length)| {
        let minute = |minutes: u16| MinuteOfDay::new(minutes / 60, minutes % 60).unwrap();
        OpeningHours::new(minute(opens), minute((opens + length).min(24 * 60))).unwrap()
    })
}

fn week() -> impl Strategy<Value = Week> {
    proptest::array::uniform7(proptest::option::of(opening()))
}

proptest! {
    #[test]
    fn written_rules_read_as_the_same_rules(
        mut week in week(),
        summer in week(),
        extra in proptest::collection::btree_map(0..4000i64, proptest::option::of(opening()), 0..6),
        short in proptest::option::of(opening()),
    ) {
        week[0] = week[0].or(OpeningHours::new(MinuteOfDay::MIDNIGHT, MinuteOfDay::END));
        let day = |days: i64| date(2024, 1, 1).saturating_add(jiff::Span::new().days(days));
        let rules = CalendarRules {
            week,
            short_day: short.map(|hours| ShortDay { closes: hours.closes() }),
            extra_days: extra
                .into_iter()
                .map(|(days, hours)| (day(days), hours.map_or(ExtraDay::Closed, ExtraDay::Open)))
                .collect(),
            seasons: vec![Season { from: day(150), to: day(200), week: summer }],
            ..CalendarRules::servicedesk()
        };
        let json = serde_json::to_string(&CalendarSpec::from(&rules)).unwrap();
        prop_assert_eq!(serde_json::from_str::<CalendarSpec>(&json).unwrap().rules().unwrap(), rules);
    }
}
