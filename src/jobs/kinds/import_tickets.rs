//! Takes in the tickets of an uploaded file.

use super::job_error;
use crate::app::App;
use crate::app::outbox::ImportTickets;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: ImportTickets) -> Result<(), JobError> {
    app.run_import(&job).await.map_err(|error| job_error(&error))
}
