//! The queue of work to be done after a commit: rows and statements. Who runs it: `jobs::engine`.

use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schema::jobs;
use super::types::AsText;
use super::{DbError, Tx, each};
use crate::domain::clock::Instant;

crate::text_enum! {
    /// Where a job is; one that is done is deleted.
    pub enum JobState {
        /// Waits for its time or a free worker.
        Ready = "ready",
        /// Somebody has it.
        Running = "running",
        /// Given up; a person decides what becomes of it.
        Dead = "dead",
    }
}

/// The payload of one kind of job. New fields get `#[serde(default)]`, since old payloads may wait.
pub trait JobKind: Serialize + DeserializeOwned {
    /// The stable name in the database, a verb phrase: `sendMail`.
    const KIND: &'static str;
    /// After so many failures the job is dead.
    const MAX_ATTEMPTS: i64;
}

/// A job to be queued.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// [`JobKind::KIND`].
    pub kind: &'static str,
    /// JSON.
    pub payload: String,
    /// While a job with this key waits, no second one is queued.
    pub dedupe_key: Option<String>,
    /// Higher runs first; 0 is ordinary.
    pub priority: i64,
    /// Not before.
    pub run_at: Instant,
    /// When it is queued.
    pub now: Instant,
    /// [`JobKind::MAX_ATTEMPTS`].
    pub max_attempts: i64,
}

impl NewJob {
    /// A job of ordinary priority that may run at once.
    ///
    /// # Errors
    /// When the payload can't be written as JSON (a map with keys that aren't texts).
    pub fn of<K: JobKind>(payload: &K, now: Instant) -> Result<Self, serde_json::Error> {
        Ok(Self {
            kind: K::KIND,
            payload: serde_json::to_string(payload)?,
            dedupe_key: None,
            priority: 0,
            run_at: now,
            now,
            max_attempts: K::MAX_ATTEMPTS,
        })
    }
}

/// Queues a job; it exists when the transaction has been committed, and the workers are woken then.
///
/// # Errors
/// [`DbError`] when the statement fails. A job whose key is waiting already is no error.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob) -> Result<(), DbError> {
    let row = (
        jobs::kind.eq(job.kind),
        jobs::payload.eq(&job.payload),
        jobs::dedupe_key.eq(&job.dedupe_key),
        jobs::state.eq(AsText(JobState::Ready)),
        jobs::priority.eq(job.priority),
        jobs::run_at.eq(job.run_at),
        jobs::max_attempts.eq(job.max_attempts),
        jobs::created_at.eq(job.now),
    );
    each!(tx.conn(), |c| diesel::insert_into(jobs::table).values(&row).on_conflict_do_nothing().execute(c))?;
    if job.run_at <= job.now {
        tx.note_job();
    }
    Ok(())
}
