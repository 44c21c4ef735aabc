//! Imports as they are sent.

use crate::app::import::{FileFault, ImportState, ImportSummary, ImportView, RowFault};
use crate::domain::import::Column;
use crate::web::api::parts::At;
use crate::web::api::words::ImportStateWord;
use serde::Serialize;

/// An import.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Import)]
#[serde(rename_all = "camelCase")]
pub struct ImportOut<'a> {
    /// The opaque id.
    id: &'a str,
    /// The file's name.
    file_name: &'a str,
    /// Whether it only looks.
    dry_run: bool,
    /// How far it has come.
    #[schema(value_type = ImportStateWord)]
    state: ImportState,
    /// Rows checked so far.
    #[schema(minimum = 0)]
    rows_read: i64,
    /// Rows taken in so far, those known before included.
    #[schema(minimum = 0)]
    rows_done: i64,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    finished_at: Option<At>,
    /// The outcome, once there is one.
    #[schema(required)]
    summary: Option<SummaryOut<'a>>,
}

/// What became of an import; of a dry run what would have.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ImportSummary)]
#[serde(rename_all = "camelCase")]
pub struct SummaryOut<'a> {
    /// Rows in the file.
    rows: u64,
    /// Tickets taken in.
    imported: u64,
    /// Rows that had been taken in before.
    skipped: u64,
    /// Names of organisations that weren't known.
    created_organisations: &'a [String],
    /// Names of categories that weren't known.
    created_categories: &'a [String],
    /// Names of services that weren't known.
    created_services: &'a [String],
    /// Names of systems that weren't known.
    created_systems: &'a [String],
    /// Names of groups that weren't known.
    created_groups: &'a [String],
    /// How many requesters weren't known.
    created_requesters: u64,
    /// How many assignees weren't known.
    created_assignees: u64,
    /// What is wrong with the rows, the first hundred faults. With any, nothing was taken in.
    errors: Vec<RowFaultOut<'a>>,
    /// How many faults there are in all.
    error_count: u64,
    /// Why the file as a whole is no import file.
    #[schema(required)]
    file_error: Option<FileFaultOut<'a>>,
    /// How long it took.
    seconds: f64,
    /// Tickets taken in a second.
    per_second: f64,
}

/// One thing that is wrong with one row.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RowFault)]
#[serde(rename_all = "camelCase")]
pub struct RowFaultOut<'a> {
    /// The row's number, from 1; the header isn't one.
    row: u64,
    /// The line of the file it begins on, from 1.
    line: u64,
    /// The column; null when the row as a whole is wrong.
    #[schema(required)]
    column: Option<&'static str>,
    /// What is wrong, for programs.
    code: &'static str,
    /// The value found, or what else the code says.
    detail: &'a str,
    /// A sentence with all of it, in English.
    message: &'a str,
}

/// Why a file is no import file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = FileFault)]
pub struct FileFaultOut<'a> {
    /// `empty`, `notUtf8`, `missingColumns`, `unknownColumns` or `repeatedColumns`.
    code: &'a str,
    /// The columns in question.
    columns: &'a [String],
    /// A sentence with all of it, in English.
    message: &'a str,
}

impl<'a> From<&'a ImportView> for ImportOut<'a> {
    fn from(import: &'a ImportView) -> Self {
        let ImportView {
            id,
            file_name,
            is_dry_run,
            state,
            rows_read,
            rows_done,
            summary,
            created_at,
            finished_at,
        } = import;
        Self {
            id,
            file_name,
            dry_run: *is_dry_run,
            state: *state,
            rows_read: *rows_read,
            rows_done: *rows_done,
            created_at: At(*created_at),
            finished_at: finished_at.map(At),
            summary: summary.as_ref().map(SummaryOut::from),
        }
    }
}

impl<'a> From<&'a ImportSummary> for SummaryOut<'a> {
    fn from(summary: &'a ImportSummary) -> Self {
        let ImportSummary {
            rows,
            imported,
            skipped,
            created_organisations,
            created_categories,
            created_services,
            created_systems,
            created_groups,
            created_requesters,
            created_assignees,
            errors,
            error_count,
            file_error,
            dry_run: _,
            seconds,
            per_second,
        } = summary;
        Self {
            rows: *rows,
            imported: *imported,
            skipped: *skipped,
            created_organisations,
            created_categories,
            created_services,
            created_systems,
            created_groups,
            created_requesters: *created_requesters,
            created_assignees: *created_assignees,
            errors: errors.iter().map(RowFaultOut::from).collect(),
            error_count: *error_count,
            file_error: file_error.as_ref().map(FileFaultOut::from),
            seconds: *seconds,
            per_second: *per_second,
        }
    }
}

impl<'a> From<&'a RowFault> for RowFaultOut<'a> {
    fn from(fault: &'a RowFault) -> Self {
        let RowFault { row, line, column, code, detail, message } = fault;
        Self {
            row: *row,
            line: *line,
            column: column.as_ref().map(Column::as_text),
            code: code.as_text(),
            detail,
            message,
        }
    }
}

impl<'a> From<&'a FileFault> for FileFaultOut<'a> {
    fn from(fault: &'a FileFault) -> Self {
        let FileFault { code, columns, message } = fault;
        Self { code, columns, message }
    }
}
