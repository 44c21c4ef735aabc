//! Jobs that were given up, for those who look after the installation.

use super::{App, AppError, Ctx, opaque};
use crate::db::jobs::{self, JobRow, JobState};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::JobId;

/// Jobs shown at once; more than these mean that the cause must be mended first.
const MOST_LISTED: i64 = 200;

/// A job that was given up. Its payload isn't shown: it may name people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its opaque id.
    pub id: String,
    /// What it was to do.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was last due.
    pub last_due_at: Instant,
    /// Why it failed last.
    pub last_error: Option<String>,
}

impl From<JobRow> for DeadJob {
    fn from(row: JobRow) -> Self {
        let JobRow { id, kind, payload: _, attempts, run_at, last_error, created_at: _ } = row;
        Self { id: opaque::encode(id.get()), kind, attempts, last_due_at: run_at, last_error }
    }
}

impl App {
    /// The jobs that were given up, the oldest first, two hundred at most.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn dead_jobs(&self, cx: &Ctx) -> Result<Vec<DeadJob>, AppError> {
        cx.require(Permission::JobsManage)?;
        let rows = self.db().read(|conn| jobs::list(conn, JobState::Dead, None, MOST_LISTED)).await?;
        Ok(rows.into_iter().map(DeadJob::from).collect())
    }

    /// Lets a job that was given up be tried again from the start.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] when no such job is given up.
    pub async fn retry_job(&self, cx: &Ctx, id: &str) -> Result<(), AppError> {
        cx.require(Permission::JobsManage)?;
        let id = opaque::decode(id).map(JobId).ok_or(AppError::NotFound)?;
        let now = self.now();
        if self.db().write(move |tx| jobs::retry(tx, id, now)).await? {
            tracing::info!(job.id = %id, "Let a job be tried again");
            return Ok(());
        }
        Err(AppError::NotFound)
    }
}
