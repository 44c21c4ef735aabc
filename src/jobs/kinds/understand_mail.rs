//! Understands a message that was taken in.

use super::job_error;
use crate::app::App;
use crate::app::outbox::UnderstandMail;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: UnderstandMail) -> Result<(), JobError> {
    app.understand_mail(job.mail).await.map_err(|error| job_error(&error))
}
