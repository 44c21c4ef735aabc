//! Imports that are started in the workspace or through the API: the file is kept, a job does the work.

use super::run::{ImportError, ImportOptions, Progress, import_file};
use super::summary::{FileFault, ImportSummary};
use crate::app::outbox::{self, ImportTickets};
use crate::app::tickets::{Incoming, plain_name};
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::imports::{self, Import, ImportState};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::ImportId;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Imports that are listed.
const MOST_LISTED: i64 = 50;
/// How often an import notes how far it is.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// An import as those who may import see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportView {
    /// Its opaque id.
    pub id: String,
    /// The file's name.
    pub file_name: String,
    /// Whether it only looks.
    pub is_dry_run: bool,
    /// How far it has come.
    pub state: ImportState,
    /// Rows checked so far.
    pub rows_read: i64,
    /// Rows taken in so far, those known before included.
    pub rows_done: i64,
    /// The outcome, once there is one.
    pub summary: Option<ImportSummary>,
    /// When it was started.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        let Import {
            id,
            started_by: _,
            file_name,
            storage_key: _,
            is_dry_run,
            state,
            rows_read,
            rows_done,
            summary,
            created_at,
            finished_at,
        } = import;
        let ended = !matches!(state, ImportState::Queued | ImportState::Running);
        Self {
            id: opaque::encode(id.get()),
            file_name,
            is_dry_run,
            state,
            rows_read,
            rows_done,
            summary: serde_json::from_str(&summary).ok(),
            created_at,
            // One that failed has ended before, and goes on when it is tried again.
            finished_at: finished_at.filter(|_| ended),
        }
    }
}

impl App {
    /// Keeps a file that has arrived and queues its import. A request repeated under the same key gets the
    /// import begun the first time.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when disk or database fail.
    pub async fn begin_import(
        &self,
        cx: &Ctx,
        file_name: &str,
        incoming: Incoming,
        dry_run: bool,
    ) -> Result<ImportView, AppError> {
        cx.require(Permission::TicketImport)?;
        let app = self.clone();
        let storage_key = tokio::task::spawn_blocking(move || incoming.keep(&app))
            .await
            .map_err(|error| AppError::internal("storing a file", error))??;
        let (file_name, now) = (plain_name(file_name), self.now());
        let (write_cx, key) = (cx.clone(), storage_key.clone());
        let begun = self
            .db()
            .write(move |tx| {
                if let Some(made) = write_cx.made_before(tx.conn(), now)? {
                    let id = opaque::decode(&made).map(ImportId).ok_or(AppError::NotFound)?;
                    return imports::by_id(tx.conn(), id)?.ok_or(AppError::NotFound);
                }
                let id = imports::insert(tx, write_cx.user(), &file_name, &key, dry_run, now)?;
                outbox::queue(tx, &ImportTickets { import: id }, None, now, now)?;
                write_cx.note_made(tx, &opaque::encode(id.get()), now)?;
                imports::by_id(tx.conn(), id)?.ok_or(AppError::NotFound)
            })
            .await;
        if !matches!(&begun, Ok(import) if import.storage_key == storage_key) {
            self.remove_file(&storage_key)?;
        }
        begun.map(ImportView::from)
    }

    /// An import by opaque id.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`].
    pub async fn import(&self, cx: &Ctx, id: &str) -> Result<ImportView, AppError> {
        cx.require(Permission::TicketImport)?;
        let id = opaque::decode(id).map(ImportId).ok_or(AppError::NotFound)?;
        let import = self.db().point(move |conn| imports::by_id(conn, id)).await?;
        import.map(ImportView::from).ok_or(AppError::NotFound)
    }

    /// The latest imports, fifty at most.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn imports(&self, cx: &Ctx) -> Result<Vec<ImportView>, AppError> {
        cx.require(Permission::TicketImport)?;
        let latest = self.db().read(move |conn| imports::latest(conn, MOST_LISTED)).await?;
        Ok(latest.into_iter().map(ImportView::from).collect())
    }

    /// Carries an import out. Done again after it broke off it goes on, done again after its end it does
    /// nothing; should two do it at once, each row is still taken in once.
    ///
    /// # Errors
    /// [`AppError`] when it broke off for a reason that may pass; the import is marked as failed until
    /// it is tried again.
    pub async fn run_import(&self, job: &ImportTickets) -> Result<(), AppError> {
        let id = job.import;
        let Some(import) = self.db().point(move |conn| imports::by_id(conn, id)).await? else {
            return Ok(());
        };
        if matches!(import.state, ImportState::Done | ImportState::Refused) {
            return self.remove_file(&import.storage_key);
        }
        // A worker that stops drops this future, and the import ends after the chunk under way.
        let stop = StopOnDrop(Arc::default());
        let options = ImportOptions {
            dry_run: import.is_dry_run,
            started_by: Some(import.started_by),
            stop: Arc::clone(&stop.0),
        };
        let (app, path) = (self.clone(), self.files().path(&import.storage_key));
        let result = tokio::task::spawn_blocking(move || {
            let mut noted = Noted::new(&app, id);
            let result = import_file(&app, &path, &options, &mut |progress| noted.note(progress));
            noted.write();
            result
        })
        .await
        .map_err(|error| AppError::internal("importing tickets", error))?;
        match result {
            Ok(summary) => self.end_import(&import, &summary).await,
            Err(ImportError::File(error)) if let Some(fault) = FileFault::of(&error) => {
                let summary = ImportSummary { file_error: Some(fault), ..ImportSummary::default() };
                self.end_import(&import, &summary).await
            }
            Err(error) => {
                let now = self.now();
                self.db().write(move |tx| imports::finish(tx, id, ImportState::Failed, "", now)).await?;
                Err(error.into())
            }
        }
    }

    async fn end_import(&self, import: &Import, summary: &ImportSummary) -> Result<(), AppError> {
        let state = if summary.is_refused() { ImportState::Refused } else { ImportState::Done };
        let text = serde_json::to_string(summary)
            .map_err(|error| AppError::internal("writing an import's summary", error))?;
        let (id, now) = (import.id, self.now());
        self.db().write(move |tx| imports::finish(tx, id, state, &text, now)).await?;
        self.remove_file(&import.storage_key)
    }

    fn remove_file(&self, key: &str) -> Result<(), AppError> {
        self.files().remove(key).map_err(|error| AppError::internal("removing a file", error))
    }
}

/// Tells an import to stop when nobody waits for it any more.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How far an import is, noted now and then.
struct Noted<'a> {
    app: &'a App,
    id: ImportId,
    rows_read: u64,
    rows_done: u64,
    last: Option<std::time::Instant>,
}

impl<'a> Noted<'a> {
    const fn new(app: &'a App, id: ImportId) -> Self {
        Self { app, id, rows_read: 0, rows_done: 0, last: None }
    }

    fn note(&mut self, progress: Progress) {
        match progress {
            Progress::Checking { rows, .. } => self.rows_read = rows,
            Progress::Importing { rows, of_rows } => (self.rows_read, self.rows_done) = (of_rows, rows),
        }
        if self.last.is_none_or(|last| last.elapsed() >= NOTE_EVERY) {
            self.write();
        }
    }

    fn write(&mut self) {
        self.last = Some(std::time::Instant::now());
        let (id, read, done) = (self.id, self.rows_read, self.rows_done);
        let [read, done] = [read, done].map(|rows| i64::try_from(rows).unwrap_or(i64::MAX));
        let noted = self.app.db().write_blocking(move |tx| imports::note_progress(tx, id, read, done));
        if let Err(error) = noted {
            // The import itself meets the same trouble, and reports it.
            tracing::warn!(%error, import.id = %id, "Noting an import's progress failed");
        }
    }
}
