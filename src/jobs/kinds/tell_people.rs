//! Tells people what has happened to a ticket.

use super::job_error;
use crate::app::App;
use crate::app::outbox::TellPeople;
use crate::jobs::engine::JobError;
use std::sync::Arc;

pub(super) async fn run(app: Arc<App>, job: TellPeople) -> Result<(), JobError> {
    app.tell_people(&job).await.map_err(|error| job_error(&error))
}
