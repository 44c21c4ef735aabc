//! What became of an import, for people and for the record.

use super::reader::OpenError;
use crate::domain::import::{Column, RowError, RowErrorCode};
use serde::{Deserialize, Serialize};

/// Faults of rows that are told one by one; the others are counted.
const MOST_ERRORS: usize = 100;

/// What became of an import; of a dry run what would have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportSummary {
    /// Rows in the file.
    pub rows: u64,
    /// Tickets taken in.
    pub imported: u64,
    /// Rows that had been taken in before.
    pub skipped: u64,
    /// Names of organisations that weren't known.
    pub created_organisations: Vec<String>,
    /// Names of categories that weren't known.
    pub created_categories: Vec<String>,
    /// Names of services that weren't known.
    pub created_services: Vec<String>,
    /// Names of systems that weren't known.
    pub created_systems: Vec<String>,
    /// Names of resolver groups that weren't known.
    pub created_groups: Vec<String>,
    /// How many requesters weren't known.
    pub created_requesters: u64,
    /// How many assignees weren't known.
    pub created_assignees: u64,
    /// What is wrong with the rows, the first hundred faults. With any, nothing was taken in.
    pub errors: Vec<RowFault>,
    /// How many faults there are in all.
    pub error_count: u64,
    /// Why the file as a whole is no import file.
    pub file_error: Option<FileFault>,
    /// Whether it only looked.
    pub dry_run: bool,
    /// How long it took.
    pub seconds: f64,
    /// Tickets taken in a second.
    pub per_second: f64,
}

impl ImportSummary {
    /// Whether the file was wrong, so that nothing of it was taken in.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.error_count > 0 || self.file_error.is_some()
    }

    pub(super) fn note(&mut self, error: &RowError) {
        self.error_count += 1;
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(RowFault::from(error));
        }
    }
}

/// One thing that is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowFault {
    /// The row's number, from 1; the header isn't one.
    pub row: u64,
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// The column; none when the row as a whole is wrong.
    pub column: Option<Column>,
    /// What is wrong.
    pub code: RowErrorCode,
    /// The value found, or what else the code says; short and printable.
    pub detail: String,
    /// An English sentence with all of it.
    pub message: String,
}

impl From<&RowError> for RowFault {
    fn from(error: &RowError) -> Self {
        let RowError { at, column, code, detail } = error;
        Self {
            row: at.row,
            line: at.line,
            column: *column,
            code: *code,
            detail: detail.clone(),
            message: error.to_string(),
        }
    }
}

/// Why a file is no import file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileFault {
    /// `empty`, `notUtf8`, `missingColumns`, `unknownColumns` or `repeatedColumns`.
    pub code: String,
    /// The columns in question.
    pub columns: Vec<String>,
    /// An English sentence with all of it.
    pub message: String,
}

impl FileFault {
    /// The fault of the file; none when it couldn't be read, which isn't the file's.
    pub(super) fn of(error: &OpenError) -> Option<Self> {
        let names = |columns: &[Column]| columns.iter().map(ToString::to_string).collect();
        let (code, columns) = match error {
            OpenError::Io(_) => return None,
            OpenError::Empty => ("empty", Vec::new()),
            OpenError::NotUtf8 => ("notUtf8", Vec::new()),
            OpenError::MissingColumns(columns) => ("missingColumns", names(columns)),
            OpenError::UnknownColumns(columns) => ("unknownColumns", columns.clone()),
            OpenError::RepeatedColumns(columns) => ("repeatedColumns", names(columns)),
        };
        Some(Self { code: code.to_owned(), columns, message: error.to_string() })
    }
}
