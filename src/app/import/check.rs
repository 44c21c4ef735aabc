//! The first reading: every row is checked, nothing is written. And the rows themselves, for both readings.

use super::reader::{ImportReader, OpenError, ReadError};
use super::run::{ImportError, ImportOptions, Progress};
use super::summary::ImportSummary;
use crate::domain::clock::Instant;
use crate::domain::import::{Column, ImportRow, RowError, RowErrorCode, SeenIds, parse_row};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows between two reports of progress.
const REPORT_EVERY: u64 = 1_024;

/// Checked rows in the order of the file.
pub(super) struct Rows {
    reader: ImportReader,
    now: Instant,
    bytes_read: Arc<AtomicU64>,
    bytes: u64,
}

/// A row, or what is wrong with it.
pub(super) type Checked = Result<ImportRow, Vec<RowError>>;

impl Rows {
    pub(super) fn open(path: &Path, now: Instant) -> Result<Self, OpenError> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let bytes_read = Arc::new(AtomicU64::new(0));
        let reader = ImportReader::new(Counted { file, bytes_read: Arc::clone(&bytes_read) })?;
        Ok(Self { reader, now, bytes_read, bytes })
    }
}

impl Iterator for Rows {
    type Item = io::Result<Checked>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.reader.next()? {
            Ok(numbered) => Ok(parse_row(&numbered.raw, numbered.at, self.now)),
            Err(ReadError::Row(error)) => Ok(Err(vec![error])),
            Err(ReadError::Io(error)) => Err(error),
        })
    }
}

/// Counts what is read, for a progress bar.
struct Counted {
    file: File,
    bytes_read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.bytes_read.fetch_add(u64::try_from(length).unwrap_or(0), Ordering::Relaxed);
        Ok(length)
    }
}

/// Counts the rows and notes what is wrong with them.
pub(super) fn check(
    path: &Path,
    now: Instant,
    options: &ImportOptions,
    summary: &mut ImportSummary,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), ImportError> {
    let mut rows = Rows::open(path, now)?;
    let mut seen = SeenIds::default();
    while let Some(row) = rows.next() {
        summary.rows += 1;
        match row.map_err(ImportError::Reading)? {
            Ok(row) => {
                if !seen.insert(&row.external_id) {
                    let (column, id) = (Some(Column::ExternalId), row.external_id.as_str());
                    summary.note(&RowError::new(row.at, column, RowErrorCode::Duplicate, id));
                }
            }
            Err(errors) => errors.iter().for_each(|error| summary.note(error)),
        }
        if summary.rows.is_multiple_of(REPORT_EVERY) {
            options.go_on()?;
            progress(Progress::Checking {
                rows: summary.rows,
                bytes: rows.bytes_read.load(Ordering::Relaxed),
                of_bytes: rows.bytes,
            });
        }
    }
    Ok(())
}
