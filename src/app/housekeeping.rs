//! Forgetting what is kept for a time only.

use super::outbox::{self, Purge};
use super::{App, AppError};
use crate::db::{idempotency, sessions};
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR};
use std::time::Duration;

/// How long a file may take to arrive; what is older was broken off.
const UNFINISHED_FILES: Duration = Duration::from_secs(24 * 60 * 60);

impl App {
    /// Sees to it that purging goes on every hour. For the start of a server.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn ensure_purge_queued(&self) -> Result<(), AppError> {
        self.queue_purge(self.now()).await
    }

    /// Removes ended sessions, failed sign-ins and idempotency keys older than a day, and files that never
    /// arrived whole. Queues itself for the next hour first, so that a failure doesn't end the chain.
    ///
    /// # Errors
    /// [`AppError`] when database or disk fail.
    pub async fn purge(&self, _: &Purge) -> Result<(), AppError> {
        let now = self.now();
        let into_hour = now.micros().rem_euclid(MICROS_PER_HOUR);
        self.queue_purge(now.plus_micros(MICROS_PER_HOUR - into_hour)).await?;
        let day_ago = now.plus_micros(-MICROS_PER_DAY);
        self.db()
            .write(move |tx| {
                sessions::purge(tx, now, day_ago)?;
                idempotency::purge(tx, day_ago)?;
                Ok::<_, AppError>(())
            })
            .await?;
        let files = self.files().clone();
        let removed = tokio::task::spawn_blocking(move || files.remove_unfinished(UNFINISHED_FILES))
            .await
            .map_err(|error| AppError::internal("removing unfinished files", error))?
            .map_err(|error| AppError::internal("removing unfinished files", error))?;
        if removed > 0 {
            tracing::info!(files = removed, "Removed files that never arrived whole");
        }
        Ok(())
    }

    /// One purge waits for each hour at most, however many servers there are.
    async fn queue_purge(&self, run_at: Instant) -> Result<(), AppError> {
        let now = self.now();
        let key = format!("purge:{}", run_at.micros().div_euclid(MICROS_PER_HOUR));
        self.db().write(move |tx| outbox::queue(tx, &Purge {}, Some(key.clone()), run_at, now)).await
    }
}
