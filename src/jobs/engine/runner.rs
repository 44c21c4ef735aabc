//! A worker: claims jobs, runs them side by side, records how they ended.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::backoff::retry_at;
use super::queue::Queue;
use super::registry::{Handlers, JobError, Registry};
use crate::db::jobs::{ClaimedJob, FinishedJob, JobEnd};
use crate::db::{Db, panic_text};
use crate::domain::clock::{Clock, Instant};
use crate::domain::ids::JobId;

/// How long ended runs and newly queued jobs are gathered, so that one transaction serves many.
const GATHER: Duration = Duration::from_millis(3);

/// How a worker works.
#[derive(Debug, Clone)]
pub struct RunnerOptions {
    /// Its name in the leases, different for each process.
    pub owner: String,
    /// Most jobs at a time.
    pub batch: usize,
    /// How often it looks for jobs that nobody told it of, ±10 %.
    pub poll: Duration,
    /// After how long without a sign of life others may take its jobs.
    pub lease: Duration,
    /// How long a shutdown waits for running jobs.
    pub grace: Duration,
}

impl RunnerOptions {
    /// 64 jobs at a time, a look every second, leases of a minute, ten seconds to stop.
    #[must_use]
    pub fn new(owner: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            batch: 64,
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(60),
            grace: Duration::from_secs(10),
        }
    }
}

/// A worker that isn't running by itself.
pub struct Runner {
    queue: Queue,
    handlers: Arc<Handlers>,
    options: RunnerOptions,
}

/// A worker that runs. Dropping it stops the worker after the jobs under way, without waiting.
pub struct RunnerHandle {
    stop: watch::Sender<bool>,
    wake: Arc<Notify>,
    task: JoinHandle<()>,
}

impl RunnerHandle {
    /// Lets the worker look at the queue now.
    pub fn notify(&self) {
        self.wake.notify_one();
    }

    /// Stops claiming, waits for the running jobs up to the grace, and lets others have the rest.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "The job worker ended badly");
        }
    }
}

impl Runner {
    /// A worker for [`Runner::run_due`].
    #[must_use]
    pub fn new<C: Send + Sync + 'static>(
        db: Db,
        registry: Registry<C>,
        clock: Arc<dyn Clock>,
        options: RunnerOptions,
    ) -> Self {
        let queue = Queue { db, clock, owner: options.owner.clone(), lease: options.lease };
        Self { queue, handlers: Arc::new(registry.into_handlers()), options }
    }

    /// Starts a worker on the current runtime.
    #[must_use]
    pub fn start<C: Send + Sync + 'static>(
        db: Db,
        registry: Registry<C>,
        clock: Arc<dyn Clock>,
        options: RunnerOptions,
    ) -> RunnerHandle {
        let runner = Self::new(db, registry, clock, options);
        let (stop, stopped) = watch::channel(false);
        let wake = Arc::new(Notify::new());
        let task = tokio::spawn(runner.work(stopped, Arc::clone(&wake)));
        RunnerHandle { stop, wake, task }
    }

    /// Runs everything that is due, and what that queues, until nothing is; gives the number of runs.
    /// A failed job isn't due again before its delay is over.
    pub async fn run_due(&self) -> usize {
        let mut running = Running::default();
        let mut runs = 0;
        loop {
            let claimed = match self.queue.exchange(&mut running.ended, self.options.batch).await {
                Ok(claimed) if claimed.is_empty() => return runs,
                Ok(claimed) => claimed,
                Err(error) => {
                    tracing::error!(%error, "Claiming jobs failed");
                    return runs;
                }
            };
            runs += claimed.len();
            self.spawn(claimed, &mut running);
            while running.next().await {}
        }
    }

    async fn work(self, mut stopped: watch::Receiver<bool>, wake: Arc<Notify>) {
        let mut running = Running::default();
        let mut heartbeat = interval(self.options.lease / 3);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut look = true;
        loop {
            let free = if look { self.options.batch.saturating_sub(running.held.len()) } else { 0 };
            if free > 0 || !running.ended.is_empty() {
                match self.queue.exchange(&mut running.ended, free).await {
                    Ok(claimed) => {
                        look = free > 0 && claimed.len() == free;
                        self.spawn(claimed, &mut running);
                    }
                    Err(error) => {
                        tracing::warn!(%error, "Claiming or recording jobs failed");
                        tokio::select! {
                            _ = stopped.changed() => break,
                            () = sleep(self.poll()) => continue,
                        }
                    }
                }
            }
            tokio::select! {
                // Told to stop, or the handle is gone.
                _ = stopped.changed() => break,
                true = running.next() => running.gather().await,
                () = self.queue.db.jobs_queued() => {
                    sleep(GATHER).await;
                    look = true;
                }
                () = wake.notified() => look = true,
                () = sleep(self.poll()), if !look => match self.queue.has_due().await {
                    Ok(due) => look = due,
                    Err(error) => tracing::warn!(%error, "Looking for jobs failed"),
                },
                _ = heartbeat.tick(), if !running.held.is_empty() => {
                    if let Err(error) = self.queue.extend(running.held()).await {
                        tracing::warn!(%error, "Extending the leases of running jobs failed");
                    }
                }
            }
        }
        self.stop(running).await;
    }

    /// Waits for what runs, up to the grace; the rest is let go.
    async fn stop(&self, mut running: Running) {
        let all_ended = timeout(self.options.grace, async { while running.next().await {} }).await;
        if all_ended.is_err() {
            tracing::warn!(jobs = running.held.len(), "Stopping before all jobs have ended");
        }
        running.release(self.queue.now()).await;
        if let Err(error) = self.queue.exchange(&mut running.ended, 0).await {
            // Their leases run out, and then others take them.
            tracing::error!(%error, jobs = running.ended.len(), "Recording the last jobs failed");
        }
    }

    fn spawn(&self, claimed: Vec<ClaimedJob>, running: &mut Running) {
        for job in claimed {
            let handlers = Arc::clone(&self.handlers);
            let clock = Arc::clone(&self.queue.clock);
            running.held.insert(job.id, job.clone());
            running.tasks.spawn(run(handlers, clock, job));
        }
    }

    /// The polling interval with ±10 %, so that several workers don't all come at once.
    fn poll(&self) -> Duration {
        let random = getrandom::u32().unwrap_or_default() % 201;
        self.options.poll * (900 + random) / 1_000
    }
}

/// The jobs that a worker has at present.
#[derive(Default)]
struct Running {
    tasks: JoinSet<FinishedJob>,
    held: BTreeMap<JobId, ClaimedJob>,
    /// Ended and not yet recorded.
    ended: Vec<FinishedJob>,
}

impl Running {
    /// Waits for the next end; false when nothing runs.
    async fn next(&mut self) -> bool {
        match self.tasks.join_next().await {
            Some(Ok(finished)) => {
                self.held.remove(&finished.job.id);
                self.ended.push(finished);
                true
            }
            // `run` catches panics, so this is a task that was aborted; its lease will run out.
            Some(Err(_)) => true,
            None => false,
        }
    }

    /// Waits a little for others that end at the same time.
    async fn gather(&mut self) {
        let all = timeout(GATHER, async { while self.next().await {} });
        // Whether all ended or time ran out makes no difference.
        drop(all.await);
    }

    fn held(&self) -> Vec<(JobId, i64)> {
        self.held.values().map(|job| (job.id, job.attempts)).collect()
    }

    /// Aborts what still runs.
    async fn release(&mut self, now: Instant) {
        self.tasks.shutdown().await;
        let left = std::mem::take(&mut self.held).into_values();
        self.ended.extend(left.map(|job| FinishedJob { job, end: JobEnd::Released { at: now } }));
    }
}

async fn run(handlers: Arc<Handlers>, clock: Arc<dyn Clock>, job: ClaimedJob) -> FinishedJob {
    let end = if job.attempts > job.max_attempts {
        JobEnd::Dead { error: "its worker died in the last attempt".to_owned() }
    } else {
        end_of(caught(handlers.run(&job.kind, &job.payload)).await, &job, clock.as_ref())
    };
    report(&job, &end);
    if let JobEnd::Dead { .. } = &end
        && let Err(error) = caught(handlers.rescue(&job.kind, &job.payload)).await
    {
        tracing::error!(job.id = %job.id, job.kind = job.kind, %error, "What a job given up was about wasn't rescued");
    }
    FinishedJob { job, end }
}

/// A panic is a failure like others.
async fn caught(work: impl Future<Output = Result<(), JobError>>) -> Result<(), JobError> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|panic| {
        Err(JobError::Retry(format!("the job panicked: {}", panic_text(panic.as_ref()))))
    })
}

fn end_of(result: Result<(), JobError>, job: &ClaimedJob, clock: &dyn Clock) -> JobEnd {
    let (at, error) = match result {
        Ok(()) => return JobEnd::Done,
        Err(JobError::Fail(error)) => return JobEnd::Dead { error },
        Err(JobError::RetryAt { at, why }) => (at, why),
        Err(JobError::Retry(error)) => {
            let random = getrandom::u32().unwrap_or_default();
            (retry_at(clock.now(), job.attempts, random), error)
        }
    };
    if job.attempts < job.max_attempts { JobEnd::Again { at, error } } else { JobEnd::Dead { error } }
}

fn report(job: &ClaimedJob, end: &JobEnd) {
    let ClaimedJob { id, kind, attempts, .. } = job;
    let outcome = match end {
        JobEnd::Done => "done",
        JobEnd::Again { at, error } => {
            tracing::warn!(job.id = %id, job.kind = kind, attempts, cause = error, retry_at = %at, "Job failed");
            "retried"
        }
        JobEnd::Dead { error } => {
            tracing::error!(job.id = %id, job.kind = kind, attempts, cause = error, "Job given up");
            "dead"
        }
        JobEnd::Released { .. } => "released",
    };
    metrics::counter!("arende_jobs_ended_total", "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests;
