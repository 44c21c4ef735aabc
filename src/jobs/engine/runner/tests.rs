use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use super::*;
use crate::db::DbError;
use crate::db::jobs::{self, JobKind, JobRow, JobState, NewJob};
use crate::db::testing::{TestDb, each_backend};
use crate::domain::clock::{FakeClock, MICROS_PER_MINUTE, MICROS_PER_SECOND};

#[derive(Debug, Serialize, Deserialize)]
struct Greet {
    name: String,
}

impl JobKind for Greet {
    const KIND: &'static str = "greet";
    const MAX_ATTEMPTS: i64 = 3;
}

#[derive(Default)]
struct World {
    greeted: Mutex<Vec<String>>,
    rescued: Mutex<Vec<String>>,
    tries: AtomicUsize,
}

impl World {
    fn greeted(&self) -> Vec<String> {
        let mut names = self.greeted.lock().unwrap().clone();
        names.sort();
        names
    }
}

async fn greet(world: Arc<World>, job: Greet) -> Result<(), JobError> {
    world.tries.fetch_add(1, Ordering::SeqCst);
    match job.name.as_str() {
        "panic" => panic!("boom"),
        "retry" => Err(JobError::Retry("not now".to_owned())),
        "fail" => Err(JobError::Fail("never".to_owned())),
        "hang" => std::future::pending().await,
        name => {
            world.greeted.lock().unwrap().push(name.to_owned());
            Ok(())
        }
    }
}

async fn rescue(world: Arc<World>, job: Greet) -> Result<(), JobError> {
    world.rescued.lock().unwrap().push(job.name);
    Ok(())
}

struct Stage {
    test: TestDb,
    clock: Arc<FakeClock>,
    world: Arc<World>,
}

impl Stage {
    fn on(test: TestDb) -> Self {
        let clock = Arc::new(FakeClock::at(Instant::from_micros(1_000_000)));
        Self { test, clock, world: Arc::default() }
    }

    fn each() -> impl Iterator<Item = Self> {
        each_backend().into_iter().map(Self::on)
    }

    fn registry(&self) -> Registry<World> {
        Registry::new(Arc::clone(&self.world)).with(greet).with_rescue(rescue)
    }

    fn options(owner: &str) -> RunnerOptions {
        // Longer than any test: what happens, happens because the worker was told.
        let poll = Duration::from_secs(3_600);
        RunnerOptions { poll, grace: Duration::from_millis(200), ..RunnerOptions::new(owner) }
    }

    fn runner(&self, owner: &str) -> Runner {
        let (db, clock) = (self.test.db.clone(), Arc::clone(&self.clock));
        Runner::new(db, self.registry(), clock, Self::options(owner))
    }

    fn start(&self, owner: &str) -> RunnerHandle {
        let (db, clock) = (self.test.db.clone(), Arc::clone(&self.clock));
        Runner::start(db, self.registry(), clock, Self::options(owner))
    }

    async fn queue(&self, name: &str) {
        self.queue_raw("greet", format!(r#"{{"name":"{name}"}}"#)).await;
    }

    async fn queue_raw(&self, kind: &'static str, payload: String) {
        let greet = NewJob::of(&Greet { name: String::new() }, self.clock.now()).unwrap();
        let job = NewJob { kind, payload, ..greet };
        self.test.db.write(move |tx| jobs::enqueue(tx, &job)).await.unwrap();
    }

    async fn in_state(&self, state: JobState) -> Vec<JobRow> {
        self.test.db.read(move |conn| jobs::list(conn, state, None, 1_000)).await.unwrap()
    }

    async fn until(&self, what: impl Fn(&World) -> bool) {
        let deadline = std::time::Instant::now() + Duration::from_secs(20);
        while !what(&self.world) {
            assert!(std::time::Instant::now() < deadline, "nothing happened");
            sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test]
async fn due_jobs_run_once_and_are_gone() {
    for stage in Stage::each() {
        for n in 0..150 {
            stage.queue(&format!("{n:03}")).await;
        }
        let runner = stage.runner("a");
        assert_eq!(runner.run_due().await, 150);
        assert_eq!(runner.run_due().await, 0);
        assert_eq!(stage.world.greeted().len(), 150);
        assert!(stage.in_state(JobState::Running).await.is_empty());
    }
}

#[tokio::test]
async fn failing_and_panicking_jobs_are_tried_again_until_they_are_dead() {
    for stage in Stage::each() {
        let runner = stage.runner("a");
        for name in ["retry", "panic", "anna"] {
            stage.queue(name).await;
        }
        assert_eq!(runner.run_due().await, 3);
        assert_eq!(stage.world.greeted(), ["anna"]);
        let waiting = stage.in_state(JobState::Ready).await;
        assert_eq!(waiting[0].last_error.as_deref(), Some("not now"));
        assert_eq!(waiting[1].last_error.as_deref(), Some("the job panicked: boom"));
        assert_eq!(runner.run_due().await, 0);
        for _ in 0..2 {
            stage.clock.advance_micros(MICROS_PER_MINUTE);
            assert_eq!(runner.run_due().await, 2);
        }
        assert_eq!(stage.in_state(JobState::Dead).await.len(), 2);
        stage.clock.advance_micros(MICROS_PER_MINUTE * 60);
        assert_eq!(runner.run_due().await, 0);
    }
}

#[tokio::test]
async fn hopeless_jobs_die_at_once_with_the_reason() {
    for stage in Stage::each() {
        stage.queue("fail").await;
        stage.queue_raw("greet", "{\"name\":7}".to_owned()).await;
        stage.queue_raw("greet", "not json".to_owned()).await;
        stage.queue_raw("unheardOf", "{}".to_owned()).await;
        stage.runner("a").run_due().await;
        let dead = stage.in_state(JobState::Dead).await;
        let reasons: Vec<&str> = dead.iter().map(|job| job.last_error.as_deref().unwrap()).collect();
        assert_eq!(reasons[0], "never");
        assert!(reasons[1].starts_with("reading the payload: invalid type"), "{}", reasons[1]);
        assert!(reasons[2].starts_with("reading the payload: expected"), "{}", reasons[2]);
        assert_eq!(reasons[3], "no handler for jobs of kind `unheardOf`");
    }
}

#[tokio::test]
async fn started_worker_is_woken_by_the_commit_that_queues() {
    for stage in Stage::each() {
        let worker = stage.start("a");
        stage.queue("anna").await;
        stage.until(|world| world.greeted() == ["anna"]).await;
        stage.queue("bo").await;
        stage.until(|world| world.greeted() == ["anna", "bo"]).await;
        worker.shutdown().await;
        assert!(stage.in_state(JobState::Running).await.is_empty());
    }
}

#[tokio::test]
async fn started_worker_works_off_more_than_a_batch() {
    for stage in Stage::each() {
        for n in 0..200 {
            stage.queue(&n.to_string()).await;
        }
        let workers = [stage.start("a"), stage.start("b")];
        stage.until(|world| world.greeted.lock().unwrap().len() >= 200).await;
        for worker in workers {
            worker.shutdown().await;
        }
        assert_eq!(stage.world.tries.load(Ordering::SeqCst), 200);
        assert!(stage.in_state(JobState::Ready).await.is_empty());
        assert!(stage.in_state(JobState::Running).await.is_empty());
    }
}

#[tokio::test]
async fn worker_looks_again_when_told() {
    for stage in Stage::each() {
        stage.queue("retry").await;
        let worker = stage.start("a");
        stage.until(|world| world.tries.load(Ordering::SeqCst) == 1).await;
        while stage.in_state(JobState::Ready).await.is_empty() {
            sleep(Duration::from_millis(5)).await;
        }
        stage.clock.advance_micros(MICROS_PER_MINUTE);
        worker.notify();
        stage.until(|world| world.tries.load(Ordering::SeqCst) == 2).await;
        worker.shutdown().await;
    }
}

#[tokio::test]
async fn shutdown_lets_others_have_what_does_not_end() {
    for stage in Stage::each() {
        stage.queue("hang").await;
        let worker = stage.start("a");
        stage.until(|world| world.tries.load(Ordering::SeqCst) == 1).await;
        worker.shutdown().await;
        let waiting = stage.in_state(JobState::Ready).await;
        assert_eq!((waiting.len(), waiting[0].attempts), (1, 0));
    }
}

/// A worker that is killed between claiming and finishing.
async fn claim_and_die(stage: &Stage) {
    let now = stage.clock.now();
    let until = now.plus_micros(60 * MICROS_PER_SECOND);
    let lease = jobs::Lease { owner: "killed".to_owned(), now, until };
    let claimed = stage.test.db.write(move |tx| Ok::<_, DbError>(jobs::claim(tx, &lease, 10)?.len())).await;
    assert_eq!(claimed.unwrap(), 1);
}

#[tokio::test]
async fn job_of_a_killed_worker_runs_after_its_lease() {
    for stage in Stage::each() {
        stage.queue("anna").await;
        claim_and_die(&stage).await;
        let heir = stage.runner("heir");
        assert_eq!(heir.run_due().await, 0);
        stage.clock.advance_micros(61 * MICROS_PER_SECOND);
        assert_eq!(heir.run_due().await, 1);
        assert_eq!(stage.world.greeted(), ["anna"]);
    }
}

#[tokio::test]
async fn job_that_kills_its_workers_is_given_up() {
    for stage in Stage::each() {
        stage.queue("anna").await;
        for _ in 0..3 {
            claim_and_die(&stage).await;
            stage.clock.advance_micros(61 * MICROS_PER_SECOND);
        }
        assert_eq!(stage.runner("heir").run_due().await, 1);
        assert!(stage.world.greeted().is_empty());
        let dead = stage.in_state(JobState::Dead).await;
        assert_eq!(dead[0].last_error.as_deref(), Some("its worker died in the last attempt"));
        assert_eq!(*stage.world.rescued.lock().unwrap(), ["anna"]);
    }
}

#[tokio::test]
async fn what_a_job_was_about_is_rescued_once_when_it_is_given_up() {
    for stage in Stage::each() {
        for name in ["fail", "panic", "retry", "anna"] {
            stage.queue(name).await;
        }
        let runner = stage.runner("a");
        for expected in [1, 1, 3] {
            runner.run_due().await;
            assert_eq!(stage.world.rescued.lock().unwrap().len(), expected);
            stage.clock.advance_micros(MICROS_PER_MINUTE);
        }
        runner.run_due().await;
        let mut rescued = stage.world.rescued.lock().unwrap().clone();
        rescued.sort();
        assert_eq!(rescued, ["fail", "panic", "retry"]);
    }
}

#[tokio::test]
async fn running_job_keeps_its_lease_by_heartbeat() {
    let stage = Stage::on(TestDb::sqlite());
    stage.queue("hang").await;
    let (db, clock) = (stage.test.db.clone(), Arc::clone(&stage.clock));
    let options = RunnerOptions { lease: Duration::from_millis(60), ..Stage::options("a") };
    let worker = Runner::start(db, stage.registry(), clock, options);
    stage.until(|world| world.tries.load(Ordering::SeqCst) == 1).await;
    stage.clock.advance_micros(50_000);
    let after_the_first_lease = stage.clock.now().plus_micros(50_000);
    let due = || stage.test.db.read(move |conn| jobs::has_due(conn, after_the_first_lease));
    while due().await.unwrap() {
        sleep(Duration::from_millis(5)).await;
    }
    stage.clock.advance_micros(50_000);
    assert_eq!(stage.runner("b").run_due().await, 0);
    worker.shutdown().await;
}
