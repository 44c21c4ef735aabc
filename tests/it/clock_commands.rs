//! `arende calendar hours`, `sla due` and `sla evaluate` as the contract's users run them (§1, §4).

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn arende(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_arende"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments doesn't read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn said(output: &Output) -> &str {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).unwrap()
}

#[track_caller]
fn refused(output: &Output) -> String {
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn hours_of_a_century_are_printed_day_by_day() {
    let output =
        arende(&["calendar", "hours", "--from", "2000-01-01", "--to", "2100-12-31", "--format", "csv"], "");
    let lines: Vec<&str> = said(&output).lines().collect();
    assert_eq!(lines.len(), 1 + 36_890);
    assert_eq!(lines[..4], ["date,opens,closes", "2000-01-01,,", "2000-01-02,,", "2000-01-03,07:30,16:00"]);
    assert!(lines.contains(&"2026-04-02,07:30,15:00") && lines.contains(&"2026-12-24,,"));
}

#[test]
fn due_takes_working_days_or_working_minutes() {
    let due = |target: &[&str]| {
        arende(&[&["sla", "due", "--start", "2026-03-27T15:40:00+01:00"], target].concat(), "")
    };
    assert_eq!(said(&due(&["--working-days", "1"])), "2026-03-30T13:40:00Z\n");
    assert_eq!(
        said(&due(&["--working-minutes", "30", "--calendar", "servicedesk"])),
        "2026-03-30T05:40:00Z\n"
    );
    refused(&due(&[]));
    refused(&due(&["--working-days", "1", "--working-minutes", "5"]));
    refused(&due(&["--working-days", "0"]));
    let sentence = refused(&due(&["--working-days", "1", "--calendar", "night"]));
    assert!(sentence.contains("no calendar “night”"), "{sentence}");
}

#[test]
fn evaluate_reads_a_file_or_standard_input() {
    let json = r#"{"calendar":"servicedesk","target":{"workingDays":1},"now":"2026-03-03T10:00:00Z","events":[
        {"at":"2026-03-02T09:00:00Z","type":"opened"},
        {"at":"2026-03-02T10:00:00Z","type":"paused"},
        {"at":"2026-03-02T12:00:00Z","type":"resumed"}]}"#;
    let output = arende(&["sla", "evaluate", "-"], json);
    let answer: serde_json::Value = serde_json::from_str(said(&output)).unwrap();
    assert_eq!(answer["dueAt"], "2026-03-03T11:00:00Z");
    assert_eq!((&answer["elapsedMinutes"], &answer["remainingMinutes"]), (&450.into(), &60.into()));
    assert_eq!((&answer["state"], &answer["breachedAt"]), (&"running".into(), &serde_json::Value::Null));
    assert!(answer["explanation"].as_array().unwrap().contains(&"paused 2 h".into()), "{answer}");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clock.json");
    std::fs::write(&file, json).unwrap();
    assert_eq!(said(&arende(&["sla", "evaluate", file.to_str().unwrap()], "")), said(&output));

    let sentence = refused(&arende(&["sla", "evaluate", "-"], &json.replace("paused", "parked")));
    assert!(sentence.starts_with("arende: -: ") && sentence.trim_end().lines().count() == 1, "{sentence}");
    refused(&arende(&["sla", "evaluate", "no-such-file.json"], ""));
}
