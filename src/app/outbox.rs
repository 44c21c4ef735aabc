//! What is done after a commit: the payloads of the jobs that use cases queue. The handlers are in
//! `jobs::kinds`; they call back into the use cases.

use super::AppError;
use crate::db::Tx;
use crate::db::jobs::{JobKind, NewJob, enqueue};
use crate::domain::clock::Instant;
use crate::domain::ids::{ImportId, InboundMailId, OutboundMailId, TicketId};
use serde::{Deserialize, Serialize};

/// Tell people what has happened to a ticket.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellPeople {
    /// The ticket.
    pub ticket: TicketId,
    /// The first event to tell of.
    pub first: i64,
    /// The last event to tell of.
    pub last: i64,
}

impl JobKind for TellPeople {
    const KIND: &'static str = "tellPeople";
    const MAX_ATTEMPTS: i64 = 10;
}

/// Send a mail that has been noted.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// The mail.
    pub mail: OutboundMailId,
}

impl JobKind for SendMail {
    const KIND: &'static str = "sendMail";
    // A mail counts its own failures; these are the database's besides.
    const MAX_ATTEMPTS: i64 = 40;
}

/// Close a ticket whose solution nobody objected to.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseResolved {
    /// The ticket.
    pub ticket: TicketId,
    /// The resolution it was queued for; a later one has a job of its own.
    pub resolved_at: Instant,
}

impl JobKind for CloseResolved {
    const KIND: &'static str = "closeResolved";
    const MAX_ATTEMPTS: i64 = 20;
}

/// Go on with a ticket whose waiting time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndWait {
    /// The ticket.
    pub ticket: TicketId,
    /// The waiting time it was queued for.
    pub until: Instant,
}

impl JobKind for EndWait {
    const KIND: &'static str = "endWait";
    const MAX_ATTEMPTS: i64 = 20;
}

/// Take in the tickets of an uploaded file.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportTickets {
    /// The import.
    pub import: ImportId,
}

impl JobKind for ImportTickets {
    const KIND: &'static str = "importTickets";
    const MAX_ATTEMPTS: i64 = 5;
}

/// Forget what is kept for a time only: ended sessions, idempotency keys.
#[derive(Debug, Serialize, Deserialize)]
pub struct Purge {}

impl JobKind for Purge {
    const KIND: &'static str = "purge";
    const MAX_ATTEMPTS: i64 = 3;
}

/// Compare the timers of promises with the history they are drawn from.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReconcileClocks {}

impl JobKind for ReconcileClocks {
    const KIND: &'static str = "reconcileClocks";
    const MAX_ATTEMPTS: i64 = 3;
}

/// Understand a message that was taken in.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnderstandMail {
    /// The message.
    pub mail: InboundMailId,
}

impl JobKind for UnderstandMail {
    const KIND: &'static str = "understandMail";
    /// Ten minutes and a half; then a person sees it in quarantine.
    const MAX_ATTEMPTS: i64 = 8;
}

/// Queues a job to run at `run_at`, in the transaction that causes it.
///
/// # Errors
/// When the database fails.
pub(super) fn queue<K: JobKind>(
    tx: &mut Tx<'_>,
    payload: &K,
    dedupe_key: Option<String>,
    run_at: Instant,
    now: Instant,
) -> Result<(), AppError> {
    let mut job =
        NewJob::of(payload, now).map_err(|error| AppError::internal("writing a job's payload", error))?;
    job.run_at = run_at;
    job.dedupe_key = dedupe_key;
    enqueue(tx, &job)?;
    Ok(())
}
