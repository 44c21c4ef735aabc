//! The queue of work to be done after a commit: rows and statements. Who runs it: `jobs::engine`.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schema::jobs;
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::JobId;

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

/// Most characters of an error that are kept.
const LONGEST_ERROR: usize = 2_000;

/// A job that a worker has taken.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ClaimedJob {
    /// Its key.
    pub id: JobId,
    /// [`JobKind::KIND`] of the kind that it was queued as.
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// The key that its like are held back by.
    pub dedupe_key: Option<String>,
    /// How often it has been taken, this time included; fences its end.
    pub attempts: i64,
    /// How often it may be.
    pub max_attempts: i64,
}

/// Who takes jobs and for how long.
#[derive(Debug, Clone)]
pub struct Lease {
    /// The worker.
    pub owner: String,
    /// The present.
    pub now: Instant,
    /// When others may take the job over.
    pub until: Instant,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// Done; the job is deleted.
    Done,
    /// To be tried again.
    Again {
        /// Not before.
        at: Instant,
        /// Why it failed.
        error: String,
    },
    /// Given up.
    Dead {
        /// Why.
        error: String,
    },
    /// Not run to its end because the worker stops: waits again, and the attempt doesn't count.
    Released {
        /// Not before.
        at: Instant,
    },
}

/// A run that has ended.
#[derive(Debug, Clone)]
pub struct FinishedJob {
    /// The job as it was taken.
    pub job: ClaimedJob,
    /// What became of it.
    pub end: JobEnd,
}

/// Whether there is anything to claim.
///
/// # Errors
/// [`DbError`] when the query fails.
pub fn has_due(conn: &mut Conn, now: Instant) -> Result<bool, DbError> {
    let ready = jobs::table.filter(jobs::state.eq(AsText(JobState::Ready)).and(jobs::run_at.le(now)));
    if diesel::select(diesel::dsl::exists(ready)).get_result(conn)? {
        return Ok(true);
    }
    let expired =
        jobs::table.filter(jobs::state.eq(AsText(JobState::Running)).and(jobs::lease_until.lt(now)));
    Ok(diesel::select(diesel::dsl::exists(expired)).get_result(conn)?)
}

/// Takes up to `limit` jobs: first those whose worker has died, then the due ones, the most urgent first.
///
/// # Errors
/// [`DbError`] when a statement fails.
pub fn claim(tx: &mut Tx<'_>, lease: &Lease, limit: usize) -> Result<Vec<ClaimedJob>, DbError> {
    let expired = jobs::state.eq(AsText(JobState::Running)).and(jobs::lease_until.lt(lease.now));
    let ready = jobs::state.eq(AsText(JobState::Ready)).and(jobs::run_at.le(lease.now));
    let columns = (jobs::id, jobs::kind, jobs::payload, jobs::dedupe_key, jobs::attempts, jobs::max_attempts);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let order = (jobs::priority.desc(), jobs::run_at, jobs::id);
    // The writers of PostgreSQL run beside one another, so each skips what another is taking. SQLite has
    // one writer at a time.
    let mut claimed: Vec<ClaimedJob> = match tx.conn() {
        Conn::Sqlite(c) => jobs::table.filter(expired).select(columns).order(order).limit(limit).load(c)?,
        Conn::Pg(c) => jobs::table
            .filter(expired)
            .select(columns)
            .order(order)
            .limit(limit)
            .for_update()
            .skip_locked()
            .load(c)?,
    };
    let limit = limit.saturating_sub(i64::try_from(claimed.len()).unwrap_or(i64::MAX));
    if limit > 0 {
        claimed.append(&mut match tx.conn() {
            Conn::Sqlite(c) => jobs::table.filter(ready).select(columns).order(order).limit(limit).load(c)?,
            Conn::Pg(c) => jobs::table
                .filter(ready)
                .select(columns)
                .order(order)
                .limit(limit)
                .for_update()
                .skip_locked()
                .load(c)?,
        });
    }
    if claimed.is_empty() {
        return Ok(claimed);
    }
    diesel::update(jobs::table.filter(jobs::id.eq_any(claimed.iter().map(|job| job.id))))
        .set((
            jobs::state.eq(AsText(JobState::Running)),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::lease_owner.eq(Some(&lease.owner)),
            jobs::lease_until.eq(Some(lease.until)),
        ))
        .execute(tx.conn())?;
    for job in &mut claimed {
        job.attempts += 1;
    }
    Ok(claimed)
}

/// Keeps the jobs for the owner until `lease.until`; gives how many it still had.
///
/// # Errors
/// [`DbError`] when a statement fails.
pub fn extend(tx: &mut Tx<'_>, lease: &Lease, held: &[(JobId, i64)]) -> Result<usize, DbError> {
    let mut kept = 0;
    for (attempts, ids) in by_attempts(held.iter().copied()) {
        kept += diesel::update(
            jobs::table
                .filter(jobs::id.eq_any(ids))
                .filter(jobs::lease_owner.eq(&lease.owner))
                .filter(jobs::attempts.eq(attempts)),
        )
        .set(jobs::lease_until.eq(Some(lease.until)))
        .execute(tx.conn())?;
    }
    Ok(kept)
}

/// Records how the runs ended; gives how many of them had been taken over by another worker, which
/// then decides about them.
///
/// # Errors
/// [`DbError`] when a statement fails.
pub fn finish(tx: &mut Tx<'_>, owner: &str, finished: &[FinishedJob]) -> Result<usize, DbError> {
    let done = finished.iter().filter(|run| run.end == JobEnd::Done);
    let mut recorded = 0;
    for (attempts, ids) in by_attempts(done.map(|run| (run.job.id, run.job.attempts))) {
        recorded += diesel::delete(
            jobs::table
                .filter(jobs::id.eq_any(ids))
                .filter(jobs::lease_owner.eq(owner))
                .filter(jobs::attempts.eq(attempts)),
        )
        .execute(tx.conn())?;
    }
    for FinishedJob { job, end } in finished {
        recorded += match end {
            JobEnd::Done => 0,
            JobEnd::Again { at, error } => wait_again(tx, owner, job, *at, job.attempts, Some(error))?,
            JobEnd::Released { at } => wait_again(tx, owner, job, *at, job.attempts - 1, None)?,
            JobEnd::Dead { error } => diesel::update(held(owner, job))
                .set((
                    jobs::state.eq(AsText(JobState::Dead)),
                    jobs::lease_owner.eq(None::<&str>),
                    jobs::lease_until.eq(None::<Instant>),
                    jobs::last_error.eq(Some(shortened(error))),
                ))
                .execute(tx.conn())?,
        };
    }
    Ok(finished.len().saturating_sub(recorded))
}

#[diesel::dsl::auto_type]
fn held<'a>(owner: &'a str, job: &'a ClaimedJob) -> _ {
    let id: JobId = job.id;
    let attempts: i64 = job.attempts;
    jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::lease_owner.eq(owner))
        .filter(jobs::attempts.eq(attempts))
}

fn wait_again(
    tx: &mut Tx<'_>,
    owner: &str,
    job: &ClaimedJob,
    at: Instant,
    attempts: i64,
    error: Option<&String>,
) -> Result<usize, DbError> {
    if has_waiting_twin(tx.conn(), job.dedupe_key.as_deref())? {
        // The one that waits does the same work.
        return Ok(diesel::delete(held(owner, job)).execute(tx.conn())?);
    }
    let changes = (
        jobs::state.eq(AsText(JobState::Ready)),
        jobs::run_at.eq(at),
        jobs::attempts.eq(attempts),
        jobs::lease_owner.eq(None::<&str>),
        jobs::lease_until.eq(None::<Instant>),
        error.map(|error| jobs::last_error.eq(Some(shortened(error)))),
    );
    Ok(diesel::update(held(owner, job)).set(changes).execute(tx.conn())?)
}

fn has_waiting_twin(conn: &mut Conn, dedupe_key: Option<&str>) -> Result<bool, DbError> {
    let Some(key) = dedupe_key else { return Ok(false) };
    let twins = jobs::table.filter(jobs::dedupe_key.eq(key)).filter(jobs::state.eq(AsText(JobState::Ready)));
    Ok(diesel::select(diesel::dsl::exists(twins)).get_result(conn)?)
}

fn by_attempts(held: impl Iterator<Item = (JobId, i64)>) -> BTreeMap<i64, Vec<JobId>> {
    let mut groups: BTreeMap<i64, Vec<JobId>> = BTreeMap::new();
    for (id, attempts) in held {
        groups.entry(attempts).or_default().push(id);
    }
    groups
}

fn shortened(error: &str) -> String {
    error.chars().filter(|c| *c != '\0').take(LONGEST_ERROR).collect()
}

/// A job as people look at it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct JobRow {
    /// Its key.
    pub id: JobId,
    /// [`JobKind::KIND`].
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// How often it has been taken.
    pub attempts: i64,
    /// Not before; for a dead one when it was last due.
    pub run_at: Instant,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Instant,
}

/// Jobs in a state, the oldest key first, after the key `after`.
///
/// # Errors
/// [`DbError`] when the query fails.
pub fn list(
    conn: &mut Conn,
    state: JobState,
    after: Option<JobId>,
    limit: i64,
) -> Result<Vec<JobRow>, DbError> {
    let rows = jobs::table
        .filter(jobs::state.eq(AsText(state)))
        .filter(jobs::id.gt(after.unwrap_or(JobId(0))))
        .order(jobs::id)
        .limit(limit)
        .select((
            jobs::id,
            jobs::kind,
            jobs::payload,
            jobs::attempts,
            jobs::run_at,
            jobs::last_error,
            jobs::created_at,
        ))
        .load(conn)?;
    Ok(rows)
}

/// Lets a dead job wait again, with all its attempts; false when there is no such dead job.
///
/// # Errors
/// [`DbError`] when a statement fails.
pub fn retry(tx: &mut Tx<'_>, id: JobId, now: Instant) -> Result<bool, DbError> {
    let dead = jobs::table.filter(jobs::id.eq(id)).filter(jobs::state.eq(AsText(JobState::Dead)));
    let Some(key): Option<Option<String>> = dead.select(jobs::dedupe_key).first(tx.conn()).optional()? else {
        return Ok(false);
    };
    if has_waiting_twin(tx.conn(), key.as_deref())? {
        diesel::delete(dead).execute(tx.conn())?;
    } else {
        let changes = (jobs::state.eq(AsText(JobState::Ready)), jobs::run_at.eq(now), jobs::attempts.eq(0));
        diesel::update(dead).set(changes).execute(tx.conn())?;
    }
    tx.note_job();
    Ok(true)
}

#[cfg(test)]
mod tests;
