//! Understands a message that was taken in.

use super::job_error;
use crate::app::App;
use crate::app::outbox::UnderstandMail;
use crate::domain::causes::with_causes;
use crate::jobs::engine::JobError;
use std::sync::Arc;

/// Whatever goes wrong may go right when the ticket, the disk or the database stands otherwise: it is tried again.
pub(super) async fn run(app: Arc<App>, job: UnderstandMail) -> Result<(), JobError> {
    app.understand_mail(job.mail).await.map_err(|error| JobError::Retry(with_causes(&error)))
}

/// A message that can't be understood however often it is tried is put before a person.
pub(super) async fn rescue(app: Arc<App>, job: UnderstandMail) -> Result<(), JobError> {
    app.quarantine_mail(job.mail).await.map_err(|error| job_error(&error))
}
