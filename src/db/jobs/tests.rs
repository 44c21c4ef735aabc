use super::*;
use crate::db::Db;
use crate::db::testing::each_backend;

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

fn job(payload: &str) -> NewJob {
    NewJob {
        kind: "sendMail",
        payload: payload.to_owned(),
        dedupe_key: None,
        priority: 0,
        run_at: at(0),
        now: at(0),
        max_attempts: 3,
    }
}

fn queue(db: &Db, new: &NewJob) {
    let new = new.clone();
    db.write_blocking(move |tx| enqueue(tx, &new)).unwrap();
}

fn lease(owner: &str, now: i64, until: i64) -> Lease {
    Lease { owner: owner.to_owned(), now: at(now), until: at(until) }
}

fn take(db: &Db, owner: &str, now: i64, until: i64) -> Vec<ClaimedJob> {
    let lease = lease(owner, now, until);
    db.write_blocking(move |tx| claim(tx, &lease, 10)).unwrap()
}

fn end(db: &Db, owner: &'static str, job: &ClaimedJob, end: JobEnd) -> usize {
    let finished = [FinishedJob { job: job.clone(), end }];
    db.write_blocking(move |tx| finish(tx, owner, &finished)).unwrap()
}

fn in_state(db: &Db, state: JobState) -> Vec<JobRow> {
    db.read_blocking(move |conn| list(conn, state, None, 100)).unwrap()
}

fn payloads(jobs: &[ClaimedJob]) -> Vec<&str> {
    jobs.iter().map(|job| job.payload.as_str()).collect()
}

#[test]
fn job_of_a_transaction_that_fails_never_existed() {
    for test in each_backend() {
        let failed = test.db.write_blocking(|tx| {
            enqueue(tx, &job("1"))?;
            Err::<(), _>(DbError::Stale)
        });
        assert!(failed.is_err());
        assert!(take(&test.db, "a", 1, 60).is_empty());
    }
}

#[test]
fn urgent_jobs_come_first_and_future_ones_not_yet() {
    for test in each_backend() {
        let db = &test.db;
        queue(db, &NewJob { run_at: at(5), ..job("later") });
        queue(db, &NewJob { run_at: at(1), ..job("second") });
        queue(db, &job("first"));
        queue(db, &NewJob { priority: 10, run_at: at(2), ..job("urgent") });
        assert_eq!(payloads(&take(db, "a", 2, 60)), ["urgent", "first", "second"]);
        assert!(!db.read_blocking(|conn| has_due(conn, at(4))).unwrap());
        assert!(db.read_blocking(|conn| has_due(conn, at(5))).unwrap());
        assert_eq!(payloads(&take(db, "a", 5, 60)), ["later"]);
    }
}

#[test]
fn waiting_key_is_not_queued_twice_but_a_running_one_is() {
    for test in each_backend() {
        let db = &test.db;
        let keyed = NewJob { dedupe_key: Some("digest-7".to_owned()), ..job("1") };
        queue(db, &keyed);
        queue(db, &keyed);
        queue(db, &job("other"));
        queue(db, &job("other"));
        let claimed = take(db, "a", 1, 60);
        assert_eq!(payloads(&claimed), ["1", "other", "other"]);
        queue(db, &keyed);
        assert_eq!(in_state(db, JobState::Ready).len(), 1);
        // The one that failed gives way to the one that waits.
        assert_eq!(end(db, "a", &claimed[0], JobEnd::Again { at: at(9), error: "x".to_owned() }), 0);
        assert_eq!(in_state(db, JobState::Ready).len(), 1);
        assert_eq!(in_state(db, JobState::Running).len(), 2);
    }
}

#[test]
fn jobs_of_a_dead_worker_are_taken_over_after_the_lease_and_its_late_end_is_void() {
    for test in each_backend() {
        let db = &test.db;
        queue(db, &job("1"));
        let dead = take(db, "dead", 1, 60);
        assert!(take(db, "heir", 60, 120).is_empty());
        let taken_over = take(db, "heir", 61, 120);
        assert_eq!(payloads(&taken_over), ["1"]);
        assert_eq!(taken_over[0].attempts, 2);
        for late in [JobEnd::Done, JobEnd::Dead { error: "x".to_owned() }, JobEnd::Released { at: at(0) }] {
            assert_eq!(end(db, "dead", &dead[0], late), 1);
        }
        assert_eq!(in_state(db, JobState::Running).len(), 1);
        assert_eq!(end(db, "heir", &taken_over[0], JobEnd::Done), 0);
        assert!(in_state(db, JobState::Running).is_empty());
    }
}

#[test]
fn extended_lease_keeps_the_job() {
    for test in each_backend() {
        let db = &test.db;
        queue(db, &job("1"));
        let claimed = take(db, "a", 1, 60);
        let held = vec![(claimed[0].id, 1), (claimed[0].id, 7)];
        let renewed = lease("a", 30, 90);
        assert_eq!(db.write_blocking(move |tx| extend(tx, &renewed, &held)).unwrap(), 1);
        assert!(take(db, "b", 61, 120).is_empty());
        assert_eq!(take(db, "b", 91, 150).len(), 1);
    }
}

#[test]
fn failed_job_waits_and_released_job_keeps_its_attempts() {
    for test in each_backend() {
        let db = &test.db;
        queue(db, &job("1"));
        let first = take(db, "a", 1, 60);
        end(db, "a", &first[0], JobEnd::Again { at: at(10), error: "no route to host".to_owned() });
        assert_eq!(in_state(db, JobState::Ready)[0].last_error.as_deref(), Some("no route to host"));
        assert!(take(db, "a", 9, 60).is_empty());
        let second = take(db, "a", 10, 60);
        assert_eq!(second[0].attempts, 2);
        end(db, "a", &second[0], JobEnd::Released { at: at(11) });
        assert_eq!(take(db, "a", 11, 60)[0].attempts, 2);
    }
}

#[test]
fn dead_job_is_listed_and_can_be_retried_from_the_start() {
    for test in each_backend() {
        let db = &test.db;
        queue(db, &job("1"));
        let claimed = take(db, "a", 1, 60);
        end(db, "a", &claimed[0], JobEnd::Dead { error: "å".repeat(3_000) });
        assert!(take(db, "a", 1_000, 1_060).is_empty());
        let dead = in_state(db, JobState::Dead);
        assert_eq!(dead[0].last_error.as_ref().unwrap().chars().count(), LONGEST_ERROR);
        let id = dead[0].id;
        assert!(db.write_blocking(move |tx| retry(tx, id, at(2_000))).unwrap());
        assert!(!db.write_blocking(move |tx| retry(tx, id, at(2_000))).unwrap());
        assert_eq!(take(db, "a", 2_000, 2_060)[0].attempts, 1);
    }
}

#[test]
fn retried_dead_job_gives_way_to_the_one_that_waits() {
    for test in each_backend() {
        let db = &test.db;
        let keyed = NewJob { dedupe_key: Some("k".to_owned()), ..job("1") };
        queue(db, &keyed);
        let claimed = take(db, "a", 1, 60);
        end(db, "a", &claimed[0], JobEnd::Dead { error: "x".to_owned() });
        queue(db, &keyed);
        let id = claimed[0].id;
        assert!(db.write_blocking(move |tx| retry(tx, id, at(5))).unwrap());
        assert!(in_state(db, JobState::Dead).is_empty());
        assert_eq!(in_state(db, JobState::Ready).len(), 1);
    }
}

#[test]
fn two_workers_never_get_the_same_job() {
    for test in each_backend() {
        let db = &test.db;
        for n in 0..200 {
            queue(db, &job(&n.to_string()));
        }
        let workers = ["a", "b", "c"].map(|owner| {
            let db = db.clone();
            std::thread::spawn(move || {
                let mut all = Vec::new();
                loop {
                    let claimed = take(&db, owner, 1, 60);
                    if claimed.is_empty() {
                        return all;
                    }
                    all.extend(claimed.into_iter().map(|job| job.id));
                }
            })
        });
        let mut ids: Vec<JobId> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        ids.sort();
        let taken = ids.len();
        ids.dedup();
        assert_eq!((taken, ids.len()), (200, 200));
    }
}
