//! What one worker does with the queue: look, exchange ended runs for new jobs, keep its leases.

use std::sync::Arc;
use std::time::Duration;

use crate::db::jobs::{self, ClaimedJob, FinishedJob, Lease};
use crate::db::{Db, DbError};
use crate::domain::clock::{Clock, Instant};
use crate::domain::ids::JobId;

pub(super) struct Queue {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) owner: String,
    pub(super) lease: Duration,
}

impl Queue {
    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Whether anything is due; costs no write.
    pub(super) async fn has_due(&self) -> Result<bool, DbError> {
        let now = self.now();
        self.db.point(move |conn| jobs::has_due(conn, now)).await
    }

    /// Records the ended runs and takes up to `free` jobs, in one transaction. `finished` is empty
    /// afterwards, or as it was when that failed.
    pub(super) async fn exchange(
        &self,
        finished: &mut Vec<FinishedJob>,
        free: usize,
    ) -> Result<Vec<ClaimedJob>, DbError> {
        let ended = Arc::new(std::mem::take(finished));
        let lease = self.new_lease();
        let to_record = Arc::clone(&ended);
        let exchanged = self
            .db
            .write(move |tx| {
                let lost = jobs::finish(tx, &lease.owner, &to_record)?;
                let claimed = if free > 0 { jobs::claim(tx, &lease, free)? } else { Vec::new() };
                Ok::<_, DbError>((claimed, lost))
            })
            .await;
        match exchanged {
            Ok((claimed, lost)) => {
                if lost > 0 {
                    tracing::warn!(jobs = lost, "Jobs ended after another worker had taken them over");
                }
                Ok(claimed)
            }
            Err(error) => {
                *finished = Arc::unwrap_or_clone(ended);
                Err(error)
            }
        }
    }

    /// Keeps the jobs for another lease.
    pub(super) async fn extend(&self, held: Vec<(JobId, i64)>) -> Result<(), DbError> {
        let lease = self.new_lease();
        let kept = {
            let held = held.clone();
            self.db.write(move |tx| jobs::extend(tx, &lease, &held)).await?
        };
        if kept < held.len() {
            tracing::warn!(jobs = held.len() - kept, "Jobs still running were taken over by another worker");
        }
        Ok(())
    }

    fn new_lease(&self) -> Lease {
        let now = self.now();
        let micros = i64::try_from(self.lease.as_micros()).unwrap_or(i64::MAX);
        Lease { owner: self.owner.clone(), now, until: now.plus_micros(micros) }
    }
}
