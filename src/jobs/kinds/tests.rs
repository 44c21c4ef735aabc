use super::*;
use crate::app::Ctx;
use crate::app::outbox::{Purge, TellPeople};
use crate::app::testing::House;
use crate::app::tickets::{NewTicket, Transition};
use crate::db::jobs::{self, JobState};
use crate::db::{idempotency, inbound_mails, notifications, sessions, ticket_events};
use crate::domain::access::Role;
use crate::domain::clock::{MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::mail::{Classification, InboundSource, InboundState};
use crate::domain::notify::NoticeKind;
use crate::domain::ticket::{Origin, Status, Ticket};
use crate::jobs::engine::{Runner, RunnerOptions};

fn worker(house: &House) -> Runner {
    let options = RunnerOptions::new("test");
    let clock: Arc<dyn crate::domain::clock::Clock> = house.clock.clone();
    Runner::new(house.app.db().clone(), registry(&house.app), clock, options)
}

/// An installation with a requester and an agent.
async fn staffed(house: &House) -> (Ctx, Ctx) {
    house.organisation("norrvik", "Norrvik").await;
    let requester = house.person("anna@norrvik.example.se", Role::Requester).await;
    (requester, house.person("siv@it.example.se", Role::Agent).await)
}

/// A phone call of Anna's that Siv registers and takes.
async fn taken(house: &House, agent: &Ctx) -> Ticket {
    let new = NewTicket {
        kind: "incident".to_owned(),
        subject: "Skrivaren krånglar".to_owned(),
        requester: Some("anna@norrvik.example.se".to_owned()),
        ..NewTicket::default()
    };
    let ticket = house.app.create_ticket(agent, new).await.unwrap();
    act(house, agent, &ticket, Transition { action: "take".to_owned(), ..Transition::default() }).await
}

async fn act(house: &House, cx: &Ctx, ticket: &Ticket, transition: Transition) -> Ticket {
    house.app.transition_ticket(cx, ticket.number, None, &transition).await.unwrap()
}

async fn resolve(house: &House, agent: &Ctx, ticket: &Ticket) -> Ticket {
    let solution = Some("Ny toner".to_owned());
    let transition = Transition { action: "resolve".to_owned(), solution, ..Transition::default() };
    act(house, agent, ticket, transition).await
}

fn as_stored(house: &House, ticket: &Ticket) -> Ticket {
    let id = ticket.id;
    house.app.db().read_blocking(|conn| crate::db::tickets::by_id(conn, id)).unwrap().unwrap()
}

fn waiting(house: &House, kind: &str) -> usize {
    let ready = house.app.db().read_blocking(|conn| jobs::list(conn, JobState::Ready, None, 100)).unwrap();
    ready.iter().filter(|job| job.kind == kind).count()
}

#[tokio::test]
async fn people_are_told_once_however_often_the_job_runs() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let ticket = taken(&house, &agent).await;
        worker(&house).run_due().await;
        house.app.tell_people(&TellPeople { ticket: ticket.id, first: 1, last: 2 }).await.unwrap();
        let unread = |cx: &Ctx| {
            let user = cx.user();
            house.app.db().read_blocking(move |conn| notifications::unread(conn, user, 10)).unwrap()
        };
        let notices = unread(&requester);
        assert_eq!(notices.len(), 1);
        assert_eq!((notices[0].kind, notices[0].number.as_str()), (NoticeKind::Registered, "INC-1"));
        assert_eq!(unread(&agent), []);
    }
}

#[tokio::test]
async fn resolved_ticket_closes_by_itself_when_nobody_objects() {
    for house in House::each().await {
        let (_, agent) = staffed(&house).await;
        let ticket = taken(&house, &agent).await;
        resolve(&house, &agent, &ticket).await;
        let worker = worker(&house);
        house.clock.advance_micros(7 * MICROS_PER_DAY - 1);
        worker.run_due().await;
        assert_eq!(as_stored(&house, &ticket).status, Status::Resolved);
        house.clock.advance_micros(1);
        worker.run_due().await;
        let closed = as_stored(&house, &ticket);
        assert_eq!((closed.status, closed.closed_at), (Status::Closed, Some(house.app.now())));
        let id = ticket.id;
        let events = house.app.db().read_blocking(|conn| ticket_events::all(conn, id)).unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.actor, last.origin), (None, Origin::System));
    }
}

#[tokio::test]
async fn reopened_ticket_closes_a_week_after_its_last_resolution() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let ticket = taken(&house, &agent).await;
        resolve(&house, &agent, &ticket).await;
        house.clock.advance_micros(MICROS_PER_DAY);
        let reason = Some("Samma fel igen".to_owned());
        let reopen = Transition { action: "reopen".to_owned(), reason, ..Transition::default() };
        act(&house, &requester, &ticket, reopen).await;
        let worker = worker(&house);
        house.clock.advance_micros(5 * MICROS_PER_DAY);
        act(&house, &agent, &ticket, Transition { action: "take".to_owned(), ..Transition::default() }).await;
        resolve(&house, &agent, &ticket).await;
        house.clock.advance_micros(MICROS_PER_DAY);
        worker.run_due().await;
        assert_eq!(as_stored(&house, &ticket).status, Status::Resolved);
        house.clock.advance_micros(6 * MICROS_PER_DAY);
        worker.run_due().await;
        assert_eq!(as_stored(&house, &ticket).status, Status::Closed);
    }
}

#[tokio::test]
async fn planned_wait_ends_at_its_time_unless_it_was_ended_before() {
    for house in House::each().await {
        let (_, agent) = staffed(&house).await;
        let [ends, resumed] = [taken(&house, &agent).await, taken(&house, &agent).await];
        let until = house.app.now().plus_micros(MICROS_PER_HOUR);
        let wait = Transition {
            action: "wait".to_owned(),
            waiting_for: Some("planned".to_owned()),
            until: Some(until.to_string()),
            ..Transition::default()
        };
        act(&house, &agent, &ends, wait.clone()).await;
        act(&house, &agent, &resumed, wait).await;
        act(&house, &agent, &resumed, Transition { action: "resume".to_owned(), ..Transition::default() })
            .await;
        let worker = worker(&house);
        worker.run_due().await;
        assert_eq!(as_stored(&house, &ends).status, Status::Waiting);
        house.clock.advance_micros(MICROS_PER_HOUR);
        worker.run_due().await;
        assert_eq!(as_stored(&house, &ends).status, Status::Assigned);
        assert_eq!(as_stored(&house, &resumed).status, Status::InProgress);
        assert_eq!(waiting(&house, "endWait"), 0);
    }
}

#[tokio::test]
async fn purge_forgets_what_is_over_and_comes_again_every_hour() {
    for house in House::each().await {
        let (requester, _) = staffed(&house).await;
        let (user, now) = (requester.user(), house.app.now());
        house
            .app
            .db()
            .write(move |tx| {
                for (token, hours) in [("ends", 1), ("lasts", 3)] {
                    let expires_at = now.plus_micros(hours * MICROS_PER_HOUR);
                    let (kind, user_agent) = (sessions::SessionKind::Web, "test");
                    let new = sessions::NewSession { user, kind, token_hash: token, user_agent, expires_at };
                    sessions::insert(tx, new, now)?;
                }
                for (key, hours) in [("old", -25), ("new", -20)] {
                    let made = idempotency::Outcome { request_hash: "h".to_owned(), outcome: key.to_owned() };
                    idempotency::insert(tx, user, key, &made, now.plus_micros(hours * MICROS_PER_HOUR))?;
                    sessions::note_failure(tx, key, 3, now, now.plus_micros(hours * MICROS_PER_HOUR))?;
                }
                Ok::<_, crate::db::DbError>(())
            })
            .await
            .unwrap();
        let worker = worker(&house);
        // Two servers start.
        house.app.ensure_purge_queued().await.unwrap();
        house.app.ensure_purge_queued().await.unwrap();
        assert_eq!(worker.run_due().await, 1);
        let left = || {
            let read = |conn: &mut crate::db::Conn| {
                let past = now.plus_micros(-48 * MICROS_PER_HOUR);
                let keys =
                    ["old", "new"].map(|key| idempotency::find(conn, user, key, past).unwrap().is_some());
                let failures = ["old", "new"].map(|key| sessions::failures(conn, key).unwrap().0);
                Ok::<_, crate::db::DbError>((sessions::of_user(conn, user)?.len(), keys, failures))
            };
            house.app.db().read_blocking(read).unwrap()
        };
        assert_eq!(left(), (2, [false, true], [0, 3]));
        for (hours, sessions) in [(1, 1), (2, 1), (3, 0)] {
            assert_eq!(waiting(&house, "purge"), 1, "before hour {hours}");
            house.clock.advance_micros(MICROS_PER_HOUR);
            assert_eq!(worker.run_due().await, 1);
            assert_eq!(left().0, sessions);
        }
        house.app.purge(&Purge {}).await.unwrap();
        assert_eq!(waiting(&house, "purge"), 1);
    }
}

#[test]
fn troubles_that_pass_are_tried_again_and_refusals_are_not() {
    let busy = job_error(&AppError::Unavailable("the write queue is full"));
    assert!(matches!(busy, JobError::Retry(text) if text == "unavailable: the write queue is full"));
    let broken = AppError::internal("importing tickets", std::io::Error::other("disk on fire"));
    let told = "internal: importing tickets: disk on fire";
    assert!(matches!(job_error(&broken), JobError::Retry(text) if text == told));
    assert!(matches!(job_error(&AppError::NotFound), JobError::Fail(_)));
}

#[tokio::test]
async fn a_message_that_can_not_be_understood_comes_before_a_person() {
    for house in House::each().await {
        let mut incoming = house.app.begin_mail().unwrap();
        incoming
            .write(b"From: anna@norrvik.example.se\r\nSubject: Skrivaren\r\n\r\nPapper fastnar.\r\n")
            .unwrap();
        let id = house.app.take_in_mail(None, InboundSource::Rest, incoming).await.unwrap().id;
        let record = || house.app.db().read_blocking(|conn| inbound_mails::by_id(conn, id)).unwrap().unwrap();
        // As if the disk had lost it: every attempt fails.
        house.app.files().remove(&record().storage_key).unwrap();
        for _ in 0..7 {
            worker(&house).run_due().await;
            assert_eq!(record().state, InboundState::Received);
            house.clock.advance_micros(MICROS_PER_HOUR);
        }
        worker(&house).run_due().await;
        let settled = record();
        assert_eq!(
            (settled.state, settled.classification),
            (InboundState::Quarantined, Some(Classification::Unparsable))
        );
        assert!(settled.trace.unwrap().contains("readerFailed"));
    }
}
