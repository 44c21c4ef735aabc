//! Goes on with a ticket whose waiting time is over.

use super::job_error;
use crate::app::App;
use crate::app::outbox::EndWait;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: EndWait) -> Result<(), JobError> {
    app.end_wait(&job).await.map_err(|error| job_error(&error))
}
