//! Mailboxes at a real Dovecot, which `./test` starts (`ARENDE_TEST_IMAP`); without one they say that they
//! are left out.

mod oauth;
mod server;

use crate::support::app::{START, TestApp};
use arende::app::mail::{MailboxChange, MailboxTest, NewMailbox, Reader};
use arende::app::{Ctx, Secret};
use arende::db::inbound_mails::{self, MailRecord, RecordFilter};
use arende::domain::clock::{Instant, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use arende::domain::ids::MailboxId;
use arende::domain::mail::{
    AfterFetch, FirstFetch, Heartbeat, InboundSource, InboundState, MailFault, MailSecurity, MailboxSpec,
    TestStep,
};
use arende::jobs::mailboxes::MailboxWatch;
use server::{Dovecot, PASSWORD, message};
use std::time::Duration;

/// Long enough for a busy machine, and only waited for by tests that fail.
const PATIENCE: Duration = Duration::from_secs(20);

fn change(spec: MailboxSpec) -> MailboxChange {
    MailboxChange {
        name: spec.username.clone(),
        address: format!("{}@example.se", spec.username),
        spec,
        secret: Some(Secret::new(PASSWORD)),
        is_active: true,
        ..MailboxChange::default()
    }
}

async fn add(house: &TestApp, spec: MailboxSpec) -> String {
    let new = NewMailbox { code: None, settings: change(spec) };
    house.app.create_mailbox(&Ctx::command_line(), &new).await.unwrap()
}

async fn mails(house: &TestApp) -> Vec<MailRecord> {
    let all = RecordFilter::default();
    house.app.db().read(move |conn| inbound_mails::page(conn, &all, 0, 500)).await.unwrap()
}

/// Waits until so many messages are stored.
async fn until_stored(house: &TestApp, count: usize) {
    let begun = std::time::Instant::now();
    while mails(house).await.len() != count {
        assert!(begun.elapsed() < PATIENCE, "{} of {count} messages came", mails(house).await.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the mailbox has been read to this UID and looked through after that.
async fn until_read(house: &TestApp, code: &str, uid: u32) {
    let begun = std::time::Instant::now();
    loop {
        let wanted = code.to_owned();
        let stored = house
            .app
            .db()
            .read(move |conn| arende::db::mailboxes::by_code(conn, &wanted))
            .await
            .unwrap()
            .unwrap();
        let is_read = stored.cursor.is_some_and(|cursor| cursor.last == uid);
        if stored.looked_at.is_some() && is_read && stored.owed.is_none() {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{code}: {stored:?} {:?}", stored.error);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn watch(house: &TestApp) -> MailboxWatch {
    MailboxWatch::start(house.app.clone(), "test".to_owned())
}

#[actix_web::test]
async fn messages_come_once_whoever_opened_them_and_however_often_the_worker_starts() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("anna");
    imap.create("Desk");
    for n in 1..=3 {
        imap.append("Desk", "\\Seen", &message(n));
    }
    let spec = MailboxSpec { folder: "Desk".to_owned(), ..dovecot.spec("anna") };
    let code = add(&house, spec).await;
    let first = watch(&house);
    until_stored(&house, 3).await;
    until_read(&house, &code, 3).await;
    first.shutdown().await;

    imap.append("Desk", "", &message(4));
    let second = watch(&house);
    until_read(&house, &code, 4).await;
    until_stored(&house, 4).await;
    second.shutdown().await;

    // Made anew, as after a restore: other UIDs, another UIDVALIDITY, the same messages and one more.
    imap.delete("Desk");
    imap.create("Desk");
    for n in 2..=5 {
        imap.append("Desk", "", &message(n));
    }
    let third = watch(&house);
    until_stored(&house, 5).await;
    until_read(&house, &code, 4).await;
    third.shutdown().await;
    assert_eq!(mails(&house).await.len(), 5);
}

#[actix_web::test]
async fn a_message_is_there_within_two_seconds_beside_a_mailbox_that_fails() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("bo");
    let well = add(&house, dovecot.spec("bo")).await;
    let new = NewMailbox {
        code: Some("trasig".to_owned()),
        settings: MailboxChange {
            secret: Some(Secret::new("fel lösenord")),
            ..change(dovecot.spec("cecilia"))
        },
    };
    house.app.create_mailbox(&Ctx::command_line(), &new).await.unwrap();
    let watch = watch(&house);
    until_read(&house, &well, 0).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let sent = std::time::Instant::now();
    imap.append("INBOX", "", &message(1));
    until_stored(&house, 1).await;
    assert!(sent.elapsed() < Duration::from_secs(2), "{:?}", sent.elapsed());

    let begun = std::time::Instant::now();
    let broken = loop {
        let view = house.app.mailbox(&Ctx::command_line(), "trasig").await.unwrap();
        if view.fault.is_some() {
            break view;
        }
        assert!(begun.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(broken.fault, Some(MailFault::SignIn));
    assert!(!format!("{broken:?}").contains("fel lösenord"));
    watch.shutdown().await;
    house.clock.advance_micros(6 * MICROS_PER_MINUTE);
    let beat = house.app.mailbox(&Ctx::command_line(), "trasig").await.unwrap().heartbeat;
    assert_eq!(beat, Heartbeat::Failing);
    let warned = house.app.mailbox_warnings().await.unwrap();
    assert_eq!(warned, [("trasig".to_owned(), Heartbeat::Failing)]);
}

async fn test_of(house: &TestApp, name: &str, spec: MailboxSpec) -> MailboxTest {
    let settings = MailboxChange {
        name: name.to_owned(),
        address: format!("{name}@example.se"),
        is_active: false,
        ..change(spec)
    };
    let new = NewMailbox { code: None, settings };
    let code = house.app.create_mailbox(&Ctx::command_line(), &new).await.unwrap();
    house.app.test_mailbox(&Ctx::command_line(), &code).await.unwrap()
}

#[actix_web::test]
async fn trying_a_mailbox_tells_each_step_up_to_the_one_that_fails() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    dovecot.sign_in("doris").append("INBOX", "", &message(1));
    let failed = |test: &MailboxTest| {
        let step = test.steps.last().unwrap();
        (step.step, step.failed.as_ref().map(|(fault, _)| *fault))
    };
    let start_tls =
        MailboxSpec { security: MailSecurity::StartTls, port: dovecot.plain_port, ..dovecot.spec("doris") };
    for (name, spec) in [("tls", dovecot.spec("doris")), ("starttls", start_tls)] {
        let test = test_of(&house, name, spec.clone()).await;
        assert_eq!((failed(&test), test.messages), ((TestStep::Folder, None), Some(1)), "{test:?}");
        // The same server with a certificate of an authority that nobody trusts.
        let stranger = MailboxSpec { authorities: String::new(), ..spec };
        let test = test_of(&house, &format!("{name}-stranger"), stranger).await;
        assert_eq!(failed(&test), (TestStep::Connect, Some(MailFault::Security)), "{test:?}");
    }
    let folder = MailboxSpec { folder: "Finns inte".to_owned(), ..dovecot.spec("doris") };
    assert_eq!(failed(&test_of(&house, "folder", folder).await), (TestStep::Folder, Some(MailFault::Folder)));
    let nobody = MailboxSpec { port: 1, ..dovecot.spec("doris") };
    assert_eq!(
        failed(&test_of(&house, "nobody", nobody).await),
        (TestStep::Connect, Some(MailFault::Unreachable))
    );
}

#[actix_web::test]
async fn messages_are_moved_once_they_are_stored_and_large_ones_come_whole_or_are_told_of() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("erik");
    imap.create("Done");
    let mut large = message(1);
    large.extend(b"0123456789abcdef\r\n".repeat(40_000_000 / 18));
    let mut too_large = message(2);
    too_large.extend(b"0123456789abcdef\r\n".repeat(62_000_000 / 18));
    imap.append("INBOX", "", &large);
    imap.append("INBOX", "", &too_large);
    imap.append("INBOX", "", &message(3));
    let spec =
        MailboxSpec { after_fetch: AfterFetch::Move, move_to: "Done".to_owned(), ..dovecot.spec("erik") };
    let code = add(&house, spec).await;
    let watch = watch(&house);
    until_read(&house, &code, 3).await;
    watch.shutdown().await;
    let mut stored = mails(&house).await;
    stored.sort_by_key(|mail| mail.id);
    let told: Vec<(InboundState, Option<&str>)> =
        stored.iter().map(|mail| (mail.state, mail.reason.as_deref())).collect();
    assert_eq!(
        told,
        [
            (InboundState::Received, None),
            (InboundState::Held, Some("tooLarge")),
            (InboundState::Received, None)
        ]
    );
    assert_eq!(stored[0].size_bytes, i64::try_from(large.len()).unwrap());
    // Nothing but its header is stored of the one that is too large: it stays.
    assert_eq!(imap.count("INBOX"), 1);
    assert_eq!(imap.count("Done"), 2);
}

#[actix_web::test]
async fn a_folder_that_is_missing_keeps_nobody_from_fetching_and_is_asked_again() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("hedda");
    for n in 1..=8 {
        imap.append("INBOX", "", &message(n));
    }
    let spec =
        MailboxSpec { after_fetch: AfterFetch::Move, move_to: "Klart".to_owned(), ..dovecot.spec("hedda") };
    let code = add(&house, spec).await;
    let watch = watch(&house);
    until_stored(&house, 8).await;
    let begun = std::time::Instant::now();
    loop {
        let view = house.app.mailbox(&Ctx::command_line(), &code).await.unwrap();
        if view.fault == Some(MailFault::MoveTo) {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{:?}", view.error);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(imap.count("INBOX"), 8);

    imap.create("Klart");
    imap.append("INBOX", "", &message(9));
    until_stored(&house, 9).await;
    until_read(&house, &code, 9).await;
    assert_eq!((imap.count("INBOX"), imap.count("Klart")), (0, 9));
    assert!(house.app.mailbox(&Ctx::command_line(), &code).await.unwrap().fault.is_none());
    watch.shutdown().await;
}

#[actix_web::test]
async fn what_was_stored_before_the_cursor_moved_is_not_doubled() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("fia");
    imap.append("INBOX", "", &message(1));
    let code = add(&house, dovecot.spec("fia")).await;
    // What a worker leaves that dies between storing a message and noting how far it has read.
    let mut incoming = house.app.begin_mail().unwrap();
    incoming.write(&message(1)).unwrap();
    house.app.take_in_mail(None, InboundSource::Imap, incoming).await.unwrap();
    let watch = watch(&house);
    until_read(&house, &code, 1).await;
    watch.shutdown().await;
    assert_eq!(mails(&house).await.len(), 1);
}

#[actix_web::test]
async fn only_new_messages_are_taken_where_that_is_set() {
    let Some(dovecot) = Dovecot::given() else { return };
    let house = TestApp::new().await;
    let mut imap = dovecot.sign_in("gun");
    imap.append("INBOX", "", &message(1));
    let spec = MailboxSpec { first_fetch: FirstFetch::New, ..dovecot.spec("gun") };
    let code = add(&house, spec).await;
    let watch = watch(&house);
    until_read(&house, &code, 1).await;
    assert_eq!(mails(&house).await.len(), 0);
    imap.append("INBOX", "", &message(2));
    until_read(&house, &code, 2).await;
    watch.shutdown().await;
    assert_eq!(mails(&house).await.len(), 1);
}

#[actix_web::test]
async fn a_mailbox_has_one_reader_and_another_when_that_one_has_died() {
    let house = TestApp::new().await;
    let spec = MailboxSpec {
        host: "imap.example.se".to_owned(),
        username: "it".to_owned(),
        ..MailboxSpec::default()
    };
    add(&house, spec).await;
    let mailbox = MailboxId(1);
    let reader = |owner: &str| Reader { mailbox, owner: owner.to_owned() };
    let minute = 60 * MICROS_PER_SECOND;
    assert!(house.app.take_mailbox(&reader("a"), minute).await.unwrap());
    assert!(!house.app.take_mailbox(&reader("b"), minute).await.unwrap());
    assert!(house.app.take_mailbox(&reader("a"), minute).await.unwrap());
    house.clock.advance_micros(minute + 1);
    assert!(house.app.take_mailbox(&reader("b"), minute).await.unwrap());
    assert!(!house.app.take_mailbox(&reader("a"), minute).await.unwrap());
    house.app.leave_mailbox(&reader("a")).await.unwrap();
    assert!(!house.app.take_mailbox(&reader("a"), minute).await.unwrap(), "a let go of what is b's");
    house.app.leave_mailbox(&reader("b")).await.unwrap();
    assert!(house.app.take_mailbox(&reader("a"), minute).await.unwrap());
    assert!(house.app.now() > Instant::parse_rfc3339(START).unwrap());
}

#[actix_web::test]
async fn figures_about_mailboxes_are_on_the_address_of_their_own_too() {
    let house = TestApp::new().await;
    let spec = MailboxSpec {
        host: "127.0.0.1".to_owned(),
        port: 1,
        username: "it".to_owned(),
        ..MailboxSpec::default()
    };
    let code = add(&house, spec).await;
    let free = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let metrics = free();
    let options = arende::web::server::ServerOptions {
        metrics_bind: Some(metrics.clone()),
        handles_signals: false,
        bind: "127.0.0.1:0".to_owned(),
        ..arende::web::server::ServerOptions::default()
    };
    let state = arende::web::state::WebState::new(house.app.clone());
    let running = arende::web::server::start(state, &options, arende::web::server::no_pages).unwrap();
    let handle = running.handle();
    let ended = actix_web::rt::spawn(running.until_ended());
    let figures = actix_web::web::block(move || {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(metrics).unwrap();
        stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let figures = figures.await.unwrap();
    handle.stop(false).await;
    ended.await.unwrap().unwrap();
    assert!(figures.contains(&format!("arende_mailbox_failing{{mailbox=\"{code}\"}}")), "{figures}");
}
