//! `arende mail inspect` (contract §5) on one message of each kind that really comes: `tests/fixtures/mail`.
//!
//! `UPDATE_TABLES=1` writes the expected results and the overview anew; the diff is reviewed like code.

use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Signs the marks in the fixtures.
const SECRET: &str = "fixtures-of-the-mail-tests-secret-1";

fn inspect(file: &str, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_arende"))
        .args(["mail", "inspect", file, "--own-address", "servicedesk@example.se"])
        .args(["--domain", "arende.example.se", "--trusted-server", "mx.example.se"])
        .args(["--trusted-server", "-"])
        .env("ARENDE_AUTH__SECRET", SECRET)
        .env("ARENDE_DATA_DIR", "no-such-folder")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments doesn't read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mail")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_fixture_becomes_what_stands_beside_it() {
    let update = std::env::var_os("UPDATE_TABLES").is_some();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    assert!(files.len() >= 80, "{}", files.len());
    let mut overview = String::from("fixture | classification | ticket | reason\n");
    let mut wrong = Vec::new();
    for file in files {
        let output = inspect(file.to_str().unwrap(), b"");
        let found = json(&output);
        let name = file.file_stem().unwrap().to_str().unwrap();
        let text = |key: &str| found[key].as_str().unwrap_or("-").to_owned();
        writeln!(overview, "{name} | {} | {} | {}", text("classification"), text("ticket"), text("reason"))
            .unwrap();
        let beside = file.with_extension("json");
        if update {
            std::fs::write(&beside, &output.stdout).unwrap();
        } else if serde_json::from_slice::<Value>(&std::fs::read(&beside).unwrap()).unwrap() != found {
            wrong.push(format!("{name}:\n{}", String::from_utf8_lossy(&output.stdout)));
        }
    }
    if update {
        std::fs::write(folder().join("overview.txt"), &overview).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(std::fs::read_to_string(folder().join("overview.txt")).unwrap(), overview);
}

#[test]
fn standard_input_is_read_and_a_missing_file_is_named() {
    let found = json(&inspect("-", b"From: Anna <anna@example.se>\nSubject: SV: [INC-1042] x\n\nHej\n"));
    assert_eq!(
        (found["classification"].as_str(), found["ticket"].as_str()),
        (Some("reply"), Some("INC-1042"))
    );
    assert!(found["reason"].as_str().unwrap().contains("wasn't checked"), "{found}");
    let output = inspect("no-such-file.eml", b"");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("no-such-file.eml"), "{said}");
}

#[test]
fn the_database_is_asked_where_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_arende"));
        let command = command.args(arguments).env("ARENDE_DATA_DIR", folder.path()).stdin(Stdio::null());
        command.output().unwrap()
    };
    let letter = folder_file(folder.path(), "From: Anna <anna@example.se>\nSubject: Skrivaren\n\nHej\n");
    let alone = json(&run(&["mail", "inspect", &letter]));
    assert_eq!((alone["classification"].as_str(), alone.get("becomes")), (Some("new"), None));
    assert!(
        run(&["user", "add", "--email", "eva@example.se", "--name", "Eva", "--role", "administrator"])
            .status
            .success()
    );
    let asked = json(&run(&["mail", "inspect", &letter]));
    assert_eq!((asked["classification"].as_str(), asked["becomes"].as_str()), (Some("new"), Some("hold")));
}

fn folder_file(folder: &Path, text: &str) -> String {
    let file = folder.join("message.eml");
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}
