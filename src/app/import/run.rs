//! The import as a whole: check, then write chunk by chunk while the next ones are read.

use super::check::{Rows, check};
use super::chunk::{CHUNK_ROWS, Chunk, ChunkRow, People, Written};
use super::names::Names;
use super::reader::OpenError;
use super::summary::ImportSummary;
use crate::app::{App, AppError};
use crate::db::{AsDbError, DbError, reference};
use crate::domain::clock::Instant;
use crate::domain::ids::UserId;
use crossbeam_channel::Sender;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Chunks that are read ahead.
const AHEAD: usize = 2;
/// People kept in memory; more are looked up again.
const MOST_PEOPLE: usize = 50_000;
/// How often a chunk is tried when somebody else makes the same people or names at the same moment.
const TRIES: u32 = 4;

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Only look, and tell what would be done.
    pub dry_run: bool,
    /// Who started it, for the log; nobody on the command line.
    pub started_by: Option<UserId>,
    /// Set it to end the import after the chunk under way.
    pub stop: Arc<AtomicBool>,
}

impl ImportOptions {
    pub(super) fn go_on(&self) -> Result<(), ImportError> {
        if self.stop.load(Ordering::Relaxed) { Err(ImportError::Stopped) } else { Ok(()) }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Rows are being checked.
    Checking {
        /// Checked so far.
        rows: u64,
        /// Bytes read so far.
        bytes: u64,
        /// Bytes of the file.
        of_bytes: u64,
    },
    /// Rows are being written, or looked up in a dry run.
    Importing {
        /// Done so far.
        rows: u64,
        /// Rows in all.
        of_rows: u64,
    },
}

/// Why an import ended before its end. What had been taken in stays; running it again goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no import file.
    #[error(transparent)]
    File(#[from] OpenError),
    /// It couldn't be read to its end.
    #[error("reading the import file")]
    Reading(#[source] io::Error),
    /// It was changed while it was read.
    #[error("the import file was changed during the import; import it again")]
    Changed,
    /// There is no desk with a group that takes tickets in.
    #[error("no desk takes tickets in yet; start the server once to set the installation up")]
    NoDesk,
    /// It was told to stop.
    #[error("the import was stopped; run it again to go on")]
    Stopped,
    /// The product contradicts itself.
    #[error("a row that was right couldn't be made a ticket of")]
    Impossible,
    /// The database failed.
    #[error("writing to the database")]
    Database(#[from] DbError),
}

impl AsDbError for ImportError {
    fn as_db_error(&self) -> Option<&DbError> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ImportError> for AppError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Database(error) => error.into(),
            other => Self::internal("importing tickets", other),
        }
    }
}

/// Imports a file; blocks, so it belongs on a thread where that is allowed. A summary with errors means
/// that rows were wrong and nothing was taken in.
///
/// # Errors
/// [`ImportError`]; of the chunks, those before the error have been taken in.
pub fn import_file(
    app: &App,
    path: &Path,
    options: &ImportOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<ImportSummary, ImportError> {
    let started = std::time::Instant::now();
    let now = app.now();
    let mut summary = ImportSummary { dry_run: options.dry_run, ..ImportSummary::default() };
    check(path, now, options, &mut summary, progress)?;
    if summary.error_count == 0 {
        let directory = app.db().read_blocking(reference::directory)?;
        let names = Names::new(&directory).ok_or(ImportError::NoDesk)?;
        let import = Import { app, path, options, now, names: Arc::new(names) };
        let done = import.take_in(&mut summary, progress);
        if !options.dry_run {
            app.inner.caches.forget_directory();
        }
        done?;
    }
    summary.seconds = started.elapsed().as_secs_f64();
    summary.per_second = f64::from(u32::try_from(summary.imported).unwrap_or(u32::MAX)) / summary.seconds;
    tracing::info!(
        rows = summary.rows,
        imported = summary.imported,
        skipped = summary.skipped,
        errors = summary.error_count,
        dry_run = summary.dry_run,
        started_by = options.started_by.map(UserId::get),
        "Imported tickets"
    );
    Ok(summary)
}

/// The second reading.
struct Import<'a> {
    app: &'a App,
    path: &'a Path,
    options: &'a ImportOptions,
    now: Instant,
    names: Arc<Names>,
}

impl Import<'_> {
    fn take_in(
        mut self,
        summary: &mut ImportSummary,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), ImportError> {
        let of_rows = summary.rows;
        let (path, now) = (self.path, self.now);
        let mut rows = 0;
        std::thread::scope(|scope| {
            let (send, chunks) = crossbeam_channel::bounded(AHEAD);
            scope.spawn(move || read_ahead(path, now, of_rows, &send));
            let mut people = People::new();
            let mut met = HashSet::new();
            for chunk in chunks {
                self.options.go_on()?;
                let chunk = Arc::new(chunk?);
                rows += u64::try_from(chunk.rows.len()).unwrap_or(0);
                let made = if self.options.dry_run {
                    let names = Arc::make_mut(&mut self.names);
                    self.app.db().read_blocking(|conn| chunk.look(conn, names, &mut met))?
                } else {
                    self.write(&chunk, &mut people)?
                };
                add(summary, made);
                progress(Progress::Importing { rows, of_rows });
            }
            // The file has got shorter.
            if rows == of_rows { Ok(()) } else { Err(ImportError::Changed) }
        })
    }

    fn write(&mut self, chunk: &Arc<Chunk>, people: &mut People) -> Result<ImportSummary, ImportError> {
        let mut tried = 1;
        let written = loop {
            let known: People = chunk
                .addresses()
                .filter_map(|address| people.get(address).map(|user| (address.clone(), *user)))
                .collect();
            let (chunk, names, now) = (Arc::clone(chunk), Arc::clone(&self.names), self.now);
            let written: Result<Written, ImportError> =
                self.app.db().write_blocking(move |tx| chunk.write(tx, &names, &known, now));
            match written {
                Err(ImportError::Database(DbError::UniqueViolation { .. })) if tried < TRIES => tried += 1,
                other => break other?,
            }
        };
        if let Some(names) = written.names {
            self.names = names;
        }
        if people.len() + written.people.len() > MOST_PEOPLE {
            people.clear();
        }
        people.extend(written.people);
        Ok(written.made)
    }
}

/// Reads chunks until the other end no longer wants any. The file has been checked, so that a wrong or an
/// additional row means that it has been changed since.
fn read_ahead(path: &Path, now: Instant, of_rows: u64, send: &Sender<Result<Chunk, ImportError>>) {
    let read = || -> Result<(), ImportError> {
        let mut chunk = Chunk::default();
        let mut read = 0;
        for row in Rows::open(path, now)? {
            let row = row.map_err(ImportError::Reading)?.map_err(|_| ImportError::Changed)?;
            read += 1;
            if read > of_rows {
                return Err(ImportError::Changed);
            }
            chunk.rows.push(ChunkRow::from(row));
            if chunk.rows.len() == CHUNK_ROWS && send.send(Ok(std::mem::take(&mut chunk))).is_err() {
                return Ok(());
            }
        }
        if !chunk.rows.is_empty() {
            // Nobody wants the last chunk after an error in an earlier one.
            drop(send.send(Ok(chunk)));
        }
        Ok(())
    };
    if let Err(error) = read() {
        drop(send.send(Err(error)));
    }
}

fn add(summary: &mut ImportSummary, made: ImportSummary) {
    summary.imported += made.imported;
    summary.skipped += made.skipped;
    summary.created_organisations.extend(made.created_organisations);
    summary.created_categories.extend(made.created_categories);
    summary.created_services.extend(made.created_services);
    summary.created_systems.extend(made.created_systems);
    summary.created_groups.extend(made.created_groups);
    summary.created_requesters += made.created_requesters;
    summary.created_assignees += made.created_assignees;
}
