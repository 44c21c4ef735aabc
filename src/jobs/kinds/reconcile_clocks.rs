//! Compares the timers of promises with the history they are drawn from.

use super::job_error;
use crate::app::App;
use crate::app::outbox::ReconcileClocks;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: ReconcileClocks) -> Result<(), JobError> {
    app.reconcile_clocks(&job).await.map_err(|error| job_error(&error))
}
