//! Jobs that were given up.

use arende::app::outbox::EndWait;
use arende::db::DbError;
use arende::db::jobs::{self, FinishedJob, JobEnd, JobKind as _, Lease};
use arende::domain::clock::MICROS_PER_MINUTE;
use arende::domain::ids::TicketId;
use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

/// Queues a job, lets a worker take it and give it up.
async fn give_up_a_job(house: &House) {
    let now = house.app.now();
    let job = jobs::NewJob::of(&EndWait { ticket: TicketId(1), until: now }, now).unwrap();
    house.app.db().write(move |tx| jobs::enqueue(tx, &job)).await.unwrap();
    house
        .app
        .db()
        .write(move |tx| {
            let lease = Lease { owner: "test".to_owned(), now, until: now.plus_micros(MICROS_PER_MINUTE) };
            let taken = jobs::claim(tx, &lease, 1)?;
            let finished: Vec<FinishedJob> = taken
                .into_iter()
                .map(|job| FinishedJob { job, end: JobEnd::Dead { error: "ärendet finns inte".to_owned() } })
                .collect();
            jobs::finish(tx, "test", &finished)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

#[test]
fn a_job_that_was_given_up_is_shown_and_tried_again() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        let browser = Browser::of(&house, "Adam").await;
        browser.get("/admin/jobs").await.assert_says("Inga jobb har misslyckats.");
        give_up_a_job(&house).await;
        let list = browser.get("/admin/jobs").await;
        list.assert_says(EndWait::KIND).assert_says("ärendet finns inte");
        let action = list.html.split_once("action=\"/admin/jobs/").unwrap().1.split_once('"').unwrap().0;
        let action = format!("/admin/jobs/{action}");
        let retried = browser.submit(&list, &action, &[]).await;
        browser.follow(&retried).await.assert_says("Inga jobb har misslyckats.");
        // Gone from the list, it can't be tried once more.
        browser.submit(&list, &action, &[]).await.assert_status(404);
    });
}
