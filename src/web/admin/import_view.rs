//! What an import says, in the reader's language.

use super::{imports::number, parts};
use crate::app::import::{FileFault, ImportState, ImportSummary, ImportView};
use crate::domain::import::RowErrorCode;
use crate::i18n::Texts;
use crate::web::components::{Cell, Fact, Table};

/// What is happening or has happened, in a sentence.
pub(super) fn state(t: &Texts, run: &ImportView) -> String {
    let summary = run.summary.as_ref();
    let count = |of: fn(&ImportSummary) -> u64| {
        summary.map_or(0, |summary| i64::try_from(of(summary)).unwrap_or(i64::MAX))
    };
    match run.state {
        ImportState::Queued => t.t("import-queued").to_owned(),
        ImportState::Running => t.t("import-running").to_owned(),
        ImportState::Failed => t.t("import-failed").to_owned(),
        ImportState::Refused => match summary.and_then(|summary| summary.file_error.as_ref()) {
            Some(fault) => format!("{} {}", t.t("import-file-wrong"), file_fault(t, fault)),
            None => t.t1("import-refused", "count", count(|summary| summary.error_count)),
        },
        ImportState::Done if run.is_dry_run => t.t1("import-checked", "count", count(|summary| summary.rows)),
        ImportState::Done => t.t1("import-done", "count", count(|summary| summary.imported)),
    }
}

/// Why the file as a whole is no import file.
fn file_fault(t: &Texts, fault: &FileFault) -> String {
    let columns = fault.columns.join(", ");
    match fault.code.as_str() {
        "empty" => t.t("import-file-empty").to_owned(),
        "notUtf8" => t.t("import-file-not-utf8").to_owned(),
        "missingColumns" => t.t1("import-file-missing-columns", "columns", &columns),
        "unknownColumns" => t.t1("import-file-unknown-columns", "columns", &columns),
        "repeatedColumns" => t.t1("import-file-repeated-columns", "columns", &columns),
        _ => String::new(),
    }
}

/// What the import met and made.
pub(super) fn facts(t: &Texts, summary: &ImportSummary) -> Vec<Fact> {
    let mut facts = vec![Fact::text(t.t("import-rows"), number(t, summary.rows))];
    if summary.skipped > 0 {
        facts.push(Fact::text(t.t("import-skipped"), number(t, summary.skipped)));
    }
    let made = [
        (t.t("import-created"), &summary.created_organisations),
        (t.t("import-new-categories"), &summary.created_categories),
        (t.t("import-new-services"), &summary.created_services),
        (t.t("import-new-systems"), &summary.created_systems),
        (t.t("import-new-groups"), &summary.created_groups),
    ];
    let made = made.into_iter().filter(|(_, names)| !names.is_empty());
    facts.extend(made.map(|(label, names)| Fact::text(label, names.join(", "))));
    let people = summary.created_requesters + summary.created_assignees;
    if people > 0 {
        facts.push(Fact::text(t.t("import-new-people"), number(t, people)));
    }
    facts
}

/// The rows that were wrong, if any.
pub(super) fn faults(t: &Texts, summary: &ImportSummary) -> Option<Table> {
    if summary.errors.is_empty() {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = summary
        .errors
        .iter()
        .map(|error| {
            vec![
                Cell::text(number(t, error.row)),
                Cell::text(error.column.map_or("", |column| column.as_text())),
                Cell::text(fault(t, error.code, &error.detail)),
            ]
        })
        .collect();
    let told = u64::try_from(summary.errors.len()).unwrap_or(u64::MAX);
    let more = i64::try_from(summary.error_count.saturating_sub(told)).unwrap_or(i64::MAX);
    if more > 0 {
        let words = t.t1("import-more-errors", "count", more);
        rows.push(vec![Cell::text("…"), Cell::text(""), Cell::text(words)]);
    }
    let columns = [t.t("import-row"), t.t("import-column"), t.t("import-reason")];
    Some(parts::table(t.t("import-refused-rows"), &columns, rows, ""))
}

/// What is wrong with a row; the column stands before it.
#[must_use]
pub fn fault(t: &Texts, code: RowErrorCode, found: &str) -> String {
    let with = |key: &'static str| t.t1(key, "found", found);
    match code {
        RowErrorCode::Required => t.t("import-fault-required").to_owned(),
        RowErrorCode::RequiredWhenResolved => t.t("import-fault-required-when-resolved").to_owned(),
        RowErrorCode::NotAChoice => with("import-fault-not-a-choice"),
        RowErrorCode::NotAnInstant => with("import-fault-not-an-instant"),
        RowErrorCode::InFuture => with("import-fault-in-future"),
        RowErrorCode::TooEarly => with("import-fault-too-early"),
        RowErrorCode::BeforeOpened => with("import-fault-before-opened"),
        RowErrorCode::BeforeResolved => with("import-fault-before-resolved"),
        RowErrorCode::ClosedNotResolved => t.t("import-fault-closed-not-resolved").to_owned(),
        RowErrorCode::NotAnAddress => with("import-fault-not-an-address"),
        RowErrorCode::TooLong => with("import-fault-too-long"),
        RowErrorCode::ControlCharacter => with("import-fault-control-character"),
        RowErrorCode::Duplicate => with("import-fault-duplicate"),
        RowErrorCode::NotUtf8 => t.t("import-fault-not-utf8").to_owned(),
        RowErrorCode::FieldCount => with("import-fault-field-count"),
        RowErrorCode::NotJson => with("import-fault-not-json"),
        RowErrorCode::WrongType => t.t("import-fault-wrong-type").to_owned(),
        RowErrorCode::UnknownColumn => with("import-fault-unknown-column"),
        RowErrorCode::RepeatedColumn => t.t("import-fault-repeated-column").to_owned(),
        RowErrorCode::TooLarge => with("import-fault-too-large"),
    }
}
