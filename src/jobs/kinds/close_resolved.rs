//! Closes a ticket whose solution nobody objected to in time.

use super::job_error;
use crate::app::App;
use crate::app::outbox::CloseResolved;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: CloseResolved) -> Result<(), JobError> {
    app.close_resolved(&job).await.map_err(|error| job_error(&error))
}
