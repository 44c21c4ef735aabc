//! Forgets what is kept for a time only; queues itself for the next hour.

use super::job_error;
use crate::app::App;
use crate::app::outbox::Purge;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: Purge) -> Result<(), JobError> {
    app.purge(&job).await.map_err(|error| job_error(&error))
}
