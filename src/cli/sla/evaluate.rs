//! `arende sla evaluate`: a clock from a list of events (contract §4).

use super::super::CliError;
use super::super::calendar::{DEFAULT_CALENDAR, calendar_named};
use crate::config::Config;
use crate::domain::clock::{Clock as _, Instant, MICROS_PER_MINUTE, SystemClock};
use crate::domain::sla::clock::{ClockEvent, ClockEventKind, ClockState, Evaluation, evaluate};
use crate::domain::sla::{Calendar, Target};
use crate::domain::ticket::WaitingFor;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use std::io::Read as _;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object with target and events")]
struct EvaluateIn {
    calendar: Option<String>,
    target: TargetIn,
    events: Vec<EventIn>,
    now: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an event as an object with at and type")]
struct EventIn {
    at: String,
    #[serde(rename = "type")]
    kind: EventType,
    /// With `targetChanged` only.
    target: Option<TargetIn>,
    /// With `paused` only: what the clock waits for.
    why: Option<WaitingFor>,
}

/// A [`Target`] as it may be mistyped: what is wrong with it is said in words.
#[derive(Debug, Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "a target as an object with workingMinutes or workingDays"
)]
struct TargetIn {
    working_minutes: Option<Number>,
    working_days: Option<Number>,
}

impl TargetIn {
    /// The target; `of` begins the sentence about what is wrong with it.
    fn read(&self, of: &str) -> Result<Target, CliError> {
        let refuse = |what: String| CliError::new(format!("{of}target {what}"));
        let (name, number, unit): (_, _, fn(u32) -> Target) =
            match (&self.working_minutes, &self.working_days) {
                (Some(minutes), None) => ("workingMinutes", minutes, Target::WorkingMinutes),
                (None, Some(days)) => ("workingDays", days, Target::WorkingDays),
                (Some(_), Some(_)) => {
                    return Err(refuse(
                        "has both workingMinutes and workingDays; keep one of them".to_owned(),
                    ));
                }
                (None, None) => {
                    return Err(refuse("says no time; give workingMinutes or workingDays".to_owned()));
                }
            };
        let amount = number.as_u64().and_then(|amount| u32::try_from(amount).ok());
        let wrong = || refuse(format!("has {name} {number}; give a whole number from 1 to {}", u32::MAX));
        amount.map(unit).ok_or_else(wrong)
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum EventType {
    Opened,
    Paused,
    Resumed,
    Resolved,
    Reopened,
    TargetChanged,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct EvaluateOut {
    due_at: String,
    elapsed_minutes: i64,
    remaining_minutes: i64,
    state: ClockState,
    breached_at: Option<String>,
    explanation: Vec<String>,
}

pub(super) fn run(config: &Config, file: &Path) -> Result<String, CliError> {
    let name = file.display();
    let text = read(file).map_err(|error| CliError::new(format!("reading {name}: {error}")))?;
    answer(config, &text, SystemClock.now())
        .map_err(|error| CliError::new(format!("{name}: {}", error.sentence)))
}

fn read(file: &Path) -> std::io::Result<String> {
    if file.as_os_str() != "-" {
        return std::fs::read_to_string(file);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn answer(config: &Config, text: &str, present: Instant) -> Result<String, CliError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // A list would be read as an object whose names are left out.
    if text.starts_with('[') {
        return Err(CliError::new("holds a list; write one object with target and events"));
    }
    let asked: EvaluateIn = serde_json::from_str(text)
        .map_err(|error| CliError::new(format!("not as `sla evaluate` reads it: {error}")))?;
    let target = asked.target.read("the ")?;
    let calendar = calendar_named(config, asked.calendar.as_deref().unwrap_or(DEFAULT_CALENDAR))?;
    let now = match &asked.now {
        Some(text) => instant("now", text)?,
        None => present,
    };
    let events = asked
        .events
        .iter()
        .enumerate()
        .map(|(index, event)| clock_event(index + 1, event))
        .collect::<Result<Vec<_>, _>>()?;
    let evaluation =
        evaluate(&calendar, target, &events, now).map_err(|error| CliError::new(error.to_string()))?;
    serde_json::to_string_pretty(&EvaluateOut::new(&evaluation, &calendar, now))
        .map(|json| format!("{json}\n"))
        .map_err(|error| CliError::new(format!("writing JSON: {error}")))
}

fn instant(field: &str, text: &str) -> Result<Instant, CliError> {
    Instant::parse_rfc3339(text).map_err(|error| CliError::new(format!("{field} “{text}” is {error}")))
}

/// The event with this number, counted from 1.
fn clock_event(number: usize, event: &EventIn) -> Result<ClockEvent, CliError> {
    let EventIn { at, kind, target, why } = event;
    let refuse = |what: &str| CliError::new(format!("event {number} {what}"));
    let kind = match (kind, target, why) {
        (EventType::TargetChanged, Some(target), None) => {
            ClockEventKind::TargetChanged(target.read(&format!("event {number}: the "))?)
        }
        (EventType::TargetChanged, None, _) => {
            return Err(refuse("is targetChanged but has no target; add the new one"));
        }
        (_, Some(_), _) => return Err(refuse("has a target; only targetChanged takes one")),
        (EventType::Paused, None, why) => ClockEventKind::Paused { why: *why },
        (_, _, Some(_)) => return Err(refuse("says why; only paused does")),
        (EventType::Opened, None, None) => ClockEventKind::Opened,
        (EventType::Resumed, None, None) => ClockEventKind::Resumed,
        (EventType::Resolved, None, None) => ClockEventKind::Resolved,
        (EventType::Reopened, None, None) => ClockEventKind::Reopened,
    };
    Ok(ClockEvent { at: instant(&format!("event {number}: at"), at)?, kind })
}

impl EvaluateOut {
    fn new(evaluation: &Evaluation, calendar: &Calendar, now: Instant) -> Self {
        // Whole minutes begun are left, whole minutes ended are used, so that both make up the target.
        let begun = |micros: i64| -(-micros).div_euclid(MICROS_PER_MINUTE);
        let ended = |micros: i64| micros.div_euclid(MICROS_PER_MINUTE);
        Self {
            due_at: evaluation.due_at.to_string(),
            elapsed_minutes: ended(evaluation.elapsed_micros),
            remaining_minutes: begun(evaluation.remaining_micros),
            state: evaluation.state,
            breached_at: evaluation.breached_at.map(|at| at.to_string()),
            explanation: evaluation
                .explanation
                .iter()
                .map(|sentence| sentence.spoken(calendar.zone(), now).to_string())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_772_524_800_000_000); // 2026-03-03T08:00:00Z

    fn asked(json: &str) -> Result<String, CliError> {
        let folder = tempfile::tempdir().unwrap();
        answer(&Config::for_data_dir(folder.path()).unwrap(), json, NOW)
    }

    fn refused(json: &str) -> String {
        asked(json).unwrap_err().sentence
    }

    #[test]
    fn a_paused_clock_is_explained() {
        let json = r#"{"calendar":"servicedesk","target":{"workingMinutes":240},"events":[
            {"at":"2026-03-02T15:40:00+01:00","type":"opened"},
            {"at":"2026-03-03T08:20:00+01:00","type":"paused","why":"requester"},
            {"at":"2026-03-03T09:40:00+01:00","type":"resumed"}],
            "now":"2026-03-03T10:00:00+01:00"}"#;
        let expected = r#"{
  "dueAt": "2026-03-03T11:30:00Z",
  "elapsedMinutes": 90,
  "remainingMinutes": 150,
  "state": "running",
  "breachedAt": null,
  "explanation": [
    "due Tuesday 12:30",
    "the target is 4 h of opening hours",
    "arrived Monday 15:40",
    "closed 16:00–07:30",
    "paused 1 h 20 min waiting for you"
  ]
}
"#;
        assert_eq!(asked(json).unwrap(), expected);
    }

    #[test]
    fn the_machine_says_what_now_is_when_the_file_does_not() {
        let json = r#"{"target":{"workingDays":1},"events":[{"at":"2026-03-02T08:00:00Z","type":"opened"}]}"#;
        assert!(asked(json).unwrap().contains("\"elapsedMinutes\": 510"));
    }

    #[test]
    fn part_minutes_used_and_left_make_up_the_target() {
        let json =
            r#"{"target":{"workingMinutes":10},"events":[{"at":"2026-03-03T07:50:30Z","type":"opened"}]}"#;
        let answer = asked(json).unwrap();
        assert!(answer.contains("\"elapsedMinutes\": 9,\n  \"remainingMinutes\": 1,"), "{answer}");
    }

    #[test]
    fn what_is_wrong_is_said_in_one_sentence() {
        let opened = r#"{"at":"2026-03-02T08:00:00Z","type":"opened"}"#;
        let with = |events: &str| format!(r#"{{"target":{{"workingDays":1}},"events":[{events}]}}"#);
        let cases = [
            ("{}".to_owned(), "missing field `target`"),
            (with(r#"{"at":"2026-03-02T08:00:00Z","type":"opened","by":"me"}"#), "unknown field `by`"),
            (with(r#"{"at":"2026-03-02T08:00:00Z","type":"begun"}"#), "unknown variant `begun`"),
            (with(r#"{"at":"yesterday","type":"opened"}"#), "event 1: at “yesterday” is not an RFC 3339"),
            (with(""), "no event says that the clock was opened"),
            (with(&format!("{opened},{opened}")), "opened a second time"),
            (
                with(&format!(r#"{opened},{{"at":"2026-03-02T07:00:00Z","type":"paused"}}"#)),
                "an event at 2026-03-02T07:00:00Z comes before",
            ),
            (
                with(&format!(r#"{opened},{{"at":"2026-03-02T09:00:00Z","type":"targetChanged"}}"#)),
                "event 2 is targetChanged but has no target",
            ),
            (
                with(&format!(
                    r#"{opened},{{"at":"2026-03-02T09:00:00Z","type":"paused","target":{{"workingDays":1}}}}"#
                )),
                "event 2 has a target",
            ),
            (
                with(&format!(
                    r#"{opened},{{"at":"2026-03-02T09:00:00Z","type":"resumed","why":"supplier"}}"#
                )),
                "event 2 says why",
            ),
            (
                format!(r#"{{"target":{{"workingMinutes":0}},"events":[{opened}]}}"#),
                "a target must be at least one",
            ),
            (
                format!(r#"{{"target":{{"workingMinutes":60,"workingDays":1}},"events":[{opened}]}}"#),
                "the target has both workingMinutes and workingDays; keep one of them",
            ),
            (
                format!(r#"{{"target":{{}},"events":[{opened}]}}"#),
                "the target says no time; give workingMinutes",
            ),
            (
                format!(r#"{{"target":{{"workingMinutes":-1}},"events":[{opened}]}}"#),
                "the target has workingMinutes -1; give a whole number from 1 to 4294967295",
            ),
            (
                with(&format!(
                    r#"{opened},{{"at":"2026-03-02T09:00:00Z","type":"targetChanged","target":{{"workingDays":1.5}}}}"#
                )),
                "event 2: the target has workingDays 1.5; give a whole number",
            ),
            ("[]".to_owned(), "holds a list; write one object with target and events"),
            (with("[]"), "expected an event as an object with at and type"),
            (
                format!(r#"{{"calendar":"x","target":{{"workingDays":1}},"events":[{opened}]}}"#),
                "there is no calendar “x”",
            ),
        ];
        for (json, expected) in cases {
            let sentence = refused(&json);
            assert!(sentence.contains(expected) && !sentence.contains('\n'), "{json}: {sentence}");
        }
    }
}
