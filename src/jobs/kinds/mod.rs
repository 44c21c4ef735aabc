//! The kinds of job: one file each, which hands the payload to the use case that does the work.
//! How to add one: `docs/how-to/add-a-job.md`.

mod close_resolved;
mod end_wait;
mod import_tickets;
mod purge;
mod reconcile_clocks;
mod send_mail;
mod tell_people;
mod understand_mail;

use super::engine::{JobError, Registry};
use crate::app::{App, AppError};
use crate::domain::causes::with_causes;
use std::sync::Arc;

/// All kinds.
#[must_use]
pub fn registry(app: &App) -> Registry<App> {
    Registry::new(Arc::new(app.clone()))
        .with(tell_people::run)
        .with(send_mail::run)
        .with(close_resolved::run)
        .with(end_wait::run)
        .with(import_tickets::run)
        .with(purge::run)
        .with(reconcile_clocks::run)
        .with(understand_mail::run)
        .with_rescue(understand_mail::rescue)
}

/// What the queue is to do about a use case that failed: troubles of database and disk pass, a refusal
/// would come again.
fn job_error(error: &AppError) -> JobError {
    let text = with_causes(error);
    match error {
        AppError::Unavailable(_) | AppError::Internal { .. } | AppError::Stale { .. } | AppError::Exists => {
            JobError::Retry(text)
        }
        AppError::Invalid(_)
        | AppError::NotFound
        | AppError::Forbidden
        | AppError::Unauthenticated
        | AppError::WrongCredentials
        | AppError::LockedOut { .. }
        | AppError::Refused { .. }
        | AppError::MailSettled { .. }
        | AppError::KeyReused
        | AppError::TooLarge { .. }
        | AppError::FileType(_) => JobError::Fail(text),
    }
}

#[cfg(test)]
mod tests;
