//! Sends a mail that has been noted.

use super::job_error;
use crate::app::App;
use crate::app::mail::Sending;
use crate::app::outbox::SendMail;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: SendMail) -> Result<(), JobError> {
    match app.send_mail(&job).await.map_err(|error| job_error(&error))? {
        Sending::Settled => Ok(()),
        Sending::Again { at, why } => Err(JobError::RetryAt { at, why }),
    }
}

#[cfg(test)]
mod storm_tests;
#[cfg(test)]
mod stranger_tests;
#[cfg(test)]
mod tests;
