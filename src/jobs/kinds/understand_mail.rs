//! Understands a message that was taken in.

use super::job_error;
use crate::app::App;
use crate::app::outbox::UnderstandMail;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: UnderstandMail) -> Result<(), JobError> {
    app.understand_mail(job.mail).await.map_err(|error| job_error(&error))
}

/// A message that can't be understood however often it is tried is put before a person.
pub(super) async fn rescue(app: Arc<App>, job: UnderstandMail) -> Result<(), JobError> {
    app.quarantine_mail(job.mail).await.map_err(|error| job_error(&error))
}
