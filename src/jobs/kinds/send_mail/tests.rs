use crate::app::mail::{MailPreferencesInput, MailSettings, OutgoingMail, OutgoingQuery};
use crate::app::outbox::{SendMail, TellPeople};
use crate::app::testing::{House, mail_through};
use crate::app::tickets::{NewTicket, Transition};
use crate::app::{Ctx, opaque};
use crate::db::testing::each_backend;
use crate::db::{outbound_mails, users};
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::ids::OutboundMailId;
use crate::domain::mail::{InboundSource, OutboundState, Suppressed, Template};
use crate::domain::people::Language;
use crate::domain::ticket::Ticket;
use crate::jobs::engine::{Runner, RunnerOptions};
use std::path::PathBuf;
use std::sync::Arc;

/// Installations whose mail server doesn't answer.
async fn without_server(change: impl Fn(&mut MailSettings)) -> Vec<House> {
    let mut houses = Vec::new();
    for test in each_backend() {
        let mut mail = mail_through("127.0.0.1", 1);
        change(&mut mail);
        houses.push(House::mailing(test, mail).await);
    }
    houses
}

/// Installations with a real mail server, and where it delivers; none, and a loud line, when there is none.
async fn with_server() -> Option<(Vec<House>, PathBuf)> {
    #[expect(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
    let (address, folder) = (std::env::var("ARENDE_TEST_SMTP"), std::env::var("ARENDE_TEST_SMTP_MAILDIR"));
    let (Ok(address), Ok(folder)) = (address, folder) else {
        println!("LEFT OUT: a real mail server, since ARENDE_TEST_SMTP is not set. ./test runs it.");
        return None;
    };
    let (host, port) = address.split_once(':').unwrap();
    let mut houses = Vec::new();
    for test in each_backend() {
        houses.push(House::mailing(test, mail_through(host, port.parse().unwrap())).await);
    }
    Some((houses, folder.into()))
}

fn worker(house: &House) -> Runner {
    let clock: Arc<dyn crate::domain::clock::Clock> = house.clock.clone();
    let registry = crate::jobs::kinds::registry(&house.app);
    Runner::new(house.app.db().clone(), registry, clock, RunnerOptions::new("test"))
}

async fn run(house: &House) {
    worker(house).run_due().await;
}

/// An address that no other test writes to.
fn unique(local: &str) -> String {
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes).unwrap();
    format!("{local}@{}.example.se", crate::app::hex(&bytes))
}

async fn people(house: &House) -> (Ctx, Ctx) {
    house.organisation("norrvik", "Norrvik").await;
    let requester = house.person(&unique("anna"), Role::Requester).await;
    (requester, house.person(&unique("siv"), Role::Agent).await)
}

async fn file(house: &House, requester: &Ctx) -> Ticket {
    let new = NewTicket {
        kind: "incident".to_owned(),
        subject: "Skrivaren krånglar".to_owned(),
        description: Some("Den drar papperet snett.".to_owned()),
        ..NewTicket::default()
    };
    house.app.create_ticket(requester, new).await.unwrap()
}

async fn act(house: &House, cx: &Ctx, ticket: &Ticket, action: &str, text: &str) {
    let text = (!text.is_empty()).then(|| text.to_owned());
    let transition = Transition {
        action: action.to_owned(),
        solution: text.clone().filter(|_| action == "resolve"),
        reason: text.filter(|_| action == "reopen"),
        ..Transition::default()
    };
    house.app.transition_ticket(cx, ticket.number, None, &transition).await.unwrap();
}

async fn log(house: &House) -> Vec<OutgoingMail> {
    house.app.outgoing_mails(&Ctx::command_line(), &OutgoingQuery::default(), 0, 50).await.unwrap()
}

fn delivered(folder: &PathBuf, to: &str) -> Vec<String> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "eml"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .filter(|mail| mail.contains(&format!("X-Test-Recipient: {to}")))
        .collect()
}

fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let found = head.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_default().to_owned()
}

/// The text part, decoded.
pub(super) fn text(mail: &str) -> String {
    let part = mail.split("Content-Type: text/plain").nth(1).unwrap();
    let (head, body) = part.split_once("\r\n\r\n").unwrap();
    let body = body.split("\r\n--").next().unwrap();
    if head.contains("base64") {
        use base64::Engine as _;
        let joined: String = body.split_whitespace().collect();
        return String::from_utf8(base64::engine::general_purpose::STANDARD.decode(joined).unwrap()).unwrap();
    }
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'=', [a, b, after @ ..]) if head.contains("quoted-printable") => {
                let digits = [*a, *b];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_cause_gives_one_mail_however_often_it_is_told() {
    for house in without_server(|_| {}).await {
        let (requester, agent) = people(&house).await;
        let ticket = file(&house, &requester).await;
        act(&house, &agent, &ticket, "take", "").await;
        run(&house).await;
        for _ in 0..2 {
            house.app.tell_people(&TellPeople { ticket: ticket.id, first: 1, last: 9 }).await.unwrap();
        }
        let mails = log(&house).await;
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].template, mails[0].state), (Template::Received, OutboundState::Waiting));
        assert_eq!(mails[0].ticket.as_deref(), Some("INC-1"));
    }
}

#[tokio::test]
async fn nothing_is_noted_when_sending_is_off() {
    for house in without_server(|mail| mail.smtp = None).await {
        let (requester, _) = people(&house).await;
        file(&house, &requester).await;
        run(&house).await;
        assert_eq!(log(&house).await, []);
    }
}

#[tokio::test]
async fn more_than_is_allowed_within_an_hour_is_left_out() {
    for house in without_server(|mail| mail.most_to_person = 2).await {
        let (requester, _) = people(&house).await;
        for _ in 0..3 {
            file(&house, &requester).await;
        }
        run(&house).await;
        let left_out = |mails: Vec<OutgoingMail>| {
            mails.iter().filter(|mail| mail.reason == Some(Suppressed::PersonCap)).count()
        };
        assert_eq!(left_out(log(&house).await), 1);
        house.clock.advance_micros(MICROS_PER_HOUR + 1);
        file(&house, &requester).await;
        run(&house).await;
        assert_eq!(left_out(log(&house).await), 1);
    }
}

#[tokio::test]
async fn tickets_told_of_at_once_share_what_is_allowed() {
    for house in without_server(|mail| mail.most_to_person = 2).await {
        let (requester, _) = people(&house).await;
        let mut telling = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let ticket = file(&house, &requester).await.id;
            let app = house.app.clone();
            telling.spawn(async move { app.tell_people(&TellPeople { ticket, first: 1, last: 9 }).await });
        }
        while let Some(told) = telling.join_next().await {
            told.unwrap().unwrap();
        }
        let went = log(&house).await.iter().filter(|mail| mail.state == OutboundState::Waiting).count();
        assert_eq!(went, 2);
    }
}

#[tokio::test]
async fn a_ticket_that_goes_round_falls_silent() {
    for house in without_server(|mail| mail.most_on_ticket = 3).await {
        let (requester, agent) = people(&house).await;
        let ticket = file(&house, &requester).await;
        act(&house, &agent, &ticket, "take", "").await;
        for _ in 0..4 {
            act(&house, &agent, &ticket, "resolve", "Klart").await;
            act(&house, &agent, &ticket, "reopen", "Nej").await;
            run(&house).await;
        }
        let mails = log(&house).await;
        let went = mails.iter().filter(|mail| mail.state == OutboundState::Waiting).count();
        assert_eq!(went, 3);
        assert!(mails.iter().any(|mail| mail.reason == Some(Suppressed::TicketCap)));
    }
}

#[tokio::test]
async fn a_mail_is_given_up_after_a_day_and_can_be_sent_again() {
    for house in without_server(|_| {}).await {
        let (requester, _) = people(&house).await;
        file(&house, &requester).await;
        run(&house).await;
        for _ in 0..12 {
            house.clock.advance_micros(9 * MICROS_PER_HOUR);
            run(&house).await;
        }
        let mails = log(&house).await;
        assert_eq!((mails[0].state, mails[0].attempts), (OutboundState::Dead, 12), "{mails:?}");
        assert!(mails[0].last_error.is_some());
        let admin = house.person(&unique("eva"), Role::Administrator).await;
        let id = opaque::encode(mails[0].id.get());
        assert!(house.app.resend_mail(&requester, &id).await.is_err());
        house.app.resend_mail(&admin, &id).await.unwrap();
        assert_eq!(log(&house).await[0].state, OutboundState::Waiting);
        house.app.give_mail_up(&admin, &id).await.unwrap();
        run(&house).await;
        assert_eq!(log(&house).await[0].reason, Some(Suppressed::GivenUp));
    }
}

/// The mail server's refusal comes after somebody has decided that the mail is to rest.
#[tokio::test]
async fn a_mail_given_up_while_it_was_being_sent_rests() {
    for house in without_server(|_| {}).await {
        let (requester, _) = people(&house).await;
        let admin = house.person(&unique("eva"), Role::Administrator).await;
        file(&house, &requester).await;
        run(&house).await;
        let id = log(&house).await[0].id;
        let seen = house.app.db().read_blocking(|conn| outbound_mails::by_id(conn, id)).unwrap().unwrap();
        assert_eq!(seen.state, OutboundState::Waiting);
        house.app.give_mail_up(&admin, &opaque::encode(id.get())).await.unwrap();
        let later = house.app.now();
        let told = house.app.db().write(move |tx| {
            let waits = outbound_mails::mark_failed(tx, &seen, "busy", Some(later))?;
            outbound_mails::mark_suppressed(tx, id, Suppressed::NoRight.as_text())?;
            Ok::<_, crate::db::DbError>(waits)
        });
        assert!(!told.await.unwrap());
        let after = &log(&house).await[0];
        assert_eq!((after.state, after.reason), (OutboundState::Suppressed, Some(Suppressed::GivenUp)));
    }
}

#[tokio::test]
async fn staff_choose_digests_and_quiet_hours() {
    for house in without_server(|_| {}).await {
        let (requester, agent) = people(&house).await;
        let set = |digest: &str, from: &str, until: &str| MailPreferencesInput {
            digest: digest.to_owned(),
            digest_at: "07:30".to_owned(),
            quiet_from: from.to_owned(),
            quiet_until: until.to_owned(),
        };
        assert!(house.app.set_mail_preferences(&requester, &set("daily", "", "")).await.is_err());
        for bad in [set("weekly", "", ""), set("off", "22:00", ""), set("off", "22:00", "25:00")] {
            assert!(house.app.set_mail_preferences(&agent, &bad).await.is_err(), "{bad:?}");
        }
        house.app.set_mail_preferences(&agent, &set("daily", "22:00", "06:00")).await.unwrap();
        let ticket = file(&house, &requester).await;
        act(&house, &agent, &ticket, "take", "").await;
        for text in ["Det hände igen.", "Och igen."] {
            house.app.add_message(&requester, ticket.number, text, "public").await.unwrap();
        }
        run(&house).await;
        let mails = log(&house).await;
        let of = |template| mails.iter().filter(move |mail| mail.template == template).collect::<Vec<_>>();
        // 08.00 UTC is 10.00 in Stockholm: the next digest comes tomorrow at half past seven.
        let tomorrow = Instant::parse_rfc3339("2026-09-02T05:30:00Z").unwrap();
        assert_eq!(of(Template::Digest).len(), 1);
        assert_eq!(of(Template::Answered).len(), 2);
        assert!(
            of(Template::Digest)
                .iter()
                .chain(&of(Template::Answered))
                .all(|mail| mail.send_after == tomorrow)
        );
        assert!(of(Template::Received)[0].send_after < tomorrow);
    }
}

#[tokio::test]
async fn a_conversation_reaches_the_requester_as_one_thread() {
    let Some((houses, folder)) = with_server().await else { return };
    for house in houses {
        let (requester, agent) = people(&house).await;
        let ticket = file(&house, &requester).await;
        // Mails that wait side by side may overtake each other.
        run(&house).await;
        act(&house, &agent, &ticket, "take", "").await;
        house.app.add_message(&agent, ticket.number, "Hemligt internt", "internal").await.unwrap();
        house.app.add_message(&agent, ticket.number, "Vilket rum står den i?", "public").await.unwrap();
        run(&house).await;
        act(&house, &agent, &ticket, "resolve", "Valsen är utbytt.").await;
        run(&house).await;
        let mails = delivered(&folder, &requester.actor.name);
        let texts: Vec<String> = mails.iter().map(|mail| text(mail)).collect();
        assert_eq!(mails.len(), 3, "{texts:#?}");
        assert!(texts[0].contains("> Den drar papperet snett.") && texts[0].contains("INC-1"));
        assert!(texts[1].contains("> Vilket rum står den i?"));
        assert!(texts[2].contains("> Valsen är utbytt."));
        assert!(!texts.concat().contains("Hemligt"));
        assert!(texts[2].contains("https://arende.example.se/tickets/INC-1"));
        assert_eq!(header(&mails[0], "Auto-Submitted"), "auto-generated");
        assert_eq!(header(&mails[0], "X-Test-Sender"), "<servicedesk@example.se>");
        assert!(header(&mails[0], "Reply-To").starts_with("servicedesk+inc-1."));
        assert_eq!(header(&mails[0], "References"), "");
        assert_eq!(header(&mails[1], "In-Reply-To"), header(&mails[0], "Message-ID"));
        assert_eq!(header(&mails[2], "In-Reply-To"), header(&mails[1], "Message-ID"));
        assert!(header(&mails[2], "References").starts_with(&header(&mails[0], "Message-ID")));
        // Nobody gets a mail about what they did themselves.
        assert_eq!(delivered(&folder, &agent.actor.name), [""; 0]);
    }
}

#[tokio::test]
async fn a_worker_that_dies_before_noting_it_sends_a_twin_that_can_be_told() {
    let Some((houses, folder)) = with_server().await else { return };
    for house in houses {
        let (requester, _) = people(&house).await;
        file(&house, &requester).await;
        run(&house).await;
        let mail = OutboundMailId(1);
        // As if the server had taken it and the machine had stopped then.
        let sent =
            house.app.db().read_blocking(move |conn| outbound_mails::by_id(conn, mail)).unwrap().unwrap();
        assert_eq!(sent.state, OutboundState::Sent);
        house.test.execute("UPDATE outbound_mails SET state = 'waiting' WHERE id = 1");
        for _ in 0..2 {
            house.app.send_mail(&SendMail { mail }).await.unwrap();
        }
        let mails = delivered(&folder, &requester.actor.name);
        assert_eq!(mails.len(), 2);
        assert_eq!(header(&mails[0], "Message-ID"), header(&mails[1], "Message-ID"));
    }
}

#[tokio::test]
async fn a_refused_address_is_given_up_and_a_busy_one_tried_again() {
    let Some((houses, _)) = with_server().await else { return };
    for house in houses {
        house.organisation("norrvik", "Norrvik").await;
        for local in ["refused", "later"] {
            let requester = house.person(&unique(local), Role::Requester).await;
            file(&house, &requester).await;
        }
        run(&house).await;
        let mails = log(&house).await;
        let of = |local: &str| mails.iter().find(|mail| mail.recipient.starts_with(local)).unwrap();
        assert_eq!((of("refused").state, of("refused").attempts), (OutboundState::Dead, 1));
        assert!(of("refused").last_error.as_ref().unwrap().contains("No such user"));
        assert_eq!((of("later").state, of("later").attempts), (OutboundState::Waiting, 1));
    }
}

#[tokio::test]
async fn a_digest_tells_what_was_gathered_once() {
    let Some((houses, folder)) = with_server().await else { return };
    for house in houses {
        let (requester, agent) = people(&house).await;
        let daily = MailPreferencesInput { digest: "daily".to_owned(), ..MailPreferencesInput::default() };
        house.app.set_mail_preferences(&agent, &daily).await.unwrap();
        let ticket = file(&house, &requester).await;
        act(&house, &agent, &ticket, "take", "").await;
        for text in ["Det hände igen.", "Och igen."] {
            house.app.add_message(&requester, ticket.number, text, "public").await.unwrap();
        }
        run(&house).await;
        assert_eq!(delivered(&folder, &agent.actor.name), [""; 0]);
        for _ in 0..2 {
            house.clock.advance_micros(MICROS_PER_DAY);
            run(&house).await;
        }
        let mails = delivered(&folder, &agent.actor.name);
        assert_eq!(mails.len(), 1);
        assert_eq!(text(&mails[0]).matches("Nytt svar").count(), 2, "{}", text(&mails[0]));
        assert_eq!(header(&mails[0], "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let link = header(&mails[0], "List-Unsubscribe");
        let link = link.trim_matches(['<', '>']);
        let token = link.strip_prefix("https://arende.example.se/mail/digest-off/").unwrap();
        assert!(house.app.turn_digest_off(&format!("{token}x")).await.is_err());
        house.app.turn_digest_off(token).await.unwrap();
        let preferences = house.app.mail_preferences(&agent).await.unwrap();
        assert_eq!(preferences.digest, crate::domain::mail::Digest::Off);
        assert!(log(&house).await.iter().all(|mail| mail.state == OutboundState::Sent));
    }
}

#[tokio::test]
async fn who_may_no_longer_see_it_gets_nothing() {
    for house in without_server(|_| {}).await {
        let (requester, _) = people(&house).await;
        file(&house, &requester).await;
        let user = requester.user();
        house.app.db().write(move |tx| users::set_roles(tx, user, &[])).await.unwrap();
        run(&house).await;
        assert_eq!(log(&house).await[0].reason, Some(Suppressed::NoRight));
    }
}

/// Takes a message in; it is understood when the worker runs.
async fn arrives(house: &House, raw: &str) {
    let mut incoming = house.app.begin_mail().unwrap();
    incoming.write(raw.as_bytes()).unwrap();
    house.app.take_in_mail(None, InboundSource::Rest, incoming).await.unwrap();
}

#[tokio::test]
async fn a_mailed_report_is_acknowledged_in_its_senders_language_and_from_nobody() {
    let Some((houses, folder)) = with_server().await else { return };
    for house in houses {
        let (requester, _) = people(&house).await;
        let (address, user) = (requester.actor.name.clone(), requester.user());
        house
            .app
            .db()
            .write(move |tx| {
                let mut person = users::by_id(tx.conn(), user)?.unwrap();
                person.language = Language::English;
                // Somebody who can sign in is known.
                person.password_hash = Some("x".to_owned());
                users::update(tx, &person)
            })
            .await
            .unwrap();
        let raw = format!(
            "From: {address}\r\nTo: servicedesk@example.se\r\nSubject: The printer\r\n\
             Message-ID: <p1.{address}>\r\nContent-Type: text/plain\r\n\r\nIt pulls the paper askew.\r\n"
        );
        arrives(&house, &raw).await;
        run(&house).await;
        let mails = delivered(&folder, &address);
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(header(mail, "X-Test-Sender"), "<>");
        assert_eq!(header(mail, "Auto-Submitted"), "auto-replied");
        assert_eq!(header(mail, "In-Reply-To"), format!("<p1.{address}>"));
        assert_eq!(header(mail, "Content-Language"), "en");
        assert!(header(mail, "Subject").starts_with("[INC-1] "), "{}", header(mail, "Subject"));
        let said = text(mail);
        assert!(said.contains("> It pulls the paper askew.") && !said.contains("ärende"), "{said}");
    }
}

#[tokio::test]
async fn an_address_that_bounced_gets_nothing_until_it_is_cleared() {
    let Some((houses, folder)) = with_server().await else { return };
    for house in houses {
        let (requester, _) = people(&house).await;
        let admin = house.person(&unique("eva"), Role::Administrator).await;
        let address = requester.actor.name.clone();
        file(&house, &requester).await;
        run(&house).await;
        let sent = header(&delivered(&folder, &address)[0], "Message-ID");
        let report = format!(
            "From: MAILER-DAEMON@mx.example.se\r\nTo: servicedesk@example.se\r\nSubject: Undelivered\r\n\
             Message-ID: <dsn.{address}>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.se\r\n\r\n\
             Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {sent}\r\nTo: {address}\r\n\r\n--b--\r\n"
        );
        arrives(&house, &report).await;
        run(&house).await;
        file(&house, &requester).await;
        run(&house).await;
        let mails = log(&house).await.into_iter().filter(|mail| mail.recipient == address);
        let reasons: Vec<_> = mails.map(|mail| mail.reason).collect();
        assert_eq!(reasons, [Some(Suppressed::Bounced), None]);
        let bounced = house.app.bounced_addresses(&admin).await.unwrap();
        assert_eq!((bounced.len(), bounced[0].address.as_str()), (1, address.as_str()));
        house.app.clear_bounced_address(&admin, &address).await.unwrap();
        file(&house, &requester).await;
        run(&house).await;
        assert_eq!(delivered(&folder, &address).len(), 2);
    }
}
