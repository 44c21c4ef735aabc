//! Mail from whoever it may be: what our answers to it hold, and what comes of answers that don't arrive.

use super::storm_tests::{Sent, post_office};
use super::tests::text;
use crate::app::Ctx;
use crate::app::mail::{MailboxChange, NewMailbox, OutgoingQuery};
use crate::app::testing::{House, mail_through};
use crate::app::tickets::TicketQuery;
use crate::db::inbound_mails::{self, RecordFilter};
use crate::db::testing::each_backend;
use crate::db::{bounced_addresses, notifications, users};
use crate::domain::access::Role;
use crate::domain::clock::MICROS_PER_DAY;
use crate::domain::ids::MailboxId;
use crate::domain::mail::{
    InboundSource, InboundState, MailboxSpec, OutboundState, Receive, Suppressed, Template,
};
use crate::domain::notify::NoticeKind;
use crate::domain::ticket::TicketNumber;
use crate::jobs::engine::{Runner, RunnerOptions};
use std::sync::{Arc, Mutex};

const DESK: &str = "servicedesk@example.se";
const ANNA: &str = "anna.ek@norrvik.example.se";
const CONFIRMED: &str =
    "Authentication-Results: mx.example.se; dmarc=pass header.from=norrvik.example.se\r\n";

struct Place {
    house: House,
    taken: Arc<Mutex<Vec<Sent>>>,
    admin: Ctx,
}

impl Place {
    /// One on each database: a mailbox whose server is believed, and an organisation whose people write to it.
    async fn each() -> Vec<Self> {
        let mut places = Vec::new();
        for test in each_backend() {
            let (port, taken) = post_office().await;
            let house = House::mailing(test, mail_through("127.0.0.1", port)).await;
            house.organisation("norrvik", "Norrviks kommun").await;
            let admin = house.person("eva@example.se", Role::Administrator).await;
            let spec = MailboxSpec {
                receive: Receive::None,
                trusted_authserv: "mx.example.se".to_owned(),
                foreign_numbers: vec!["Sak #-#".to_owned()],
                ..MailboxSpec::default()
            };
            let settings = MailboxChange {
                name: "IT-hjälp".to_owned(),
                address: DESK.to_owned(),
                organisation: Some("norrvik".to_owned()),
                spec,
                is_active: true,
                ..MailboxChange::default()
            };
            house.app.create_mailbox(&admin, &NewMailbox { code: None, settings }).await.unwrap();
            places.push(Self { house, taken, admin });
        }
        places
    }

    async fn arrives(&self, raw: &str) {
        let mut incoming = self.house.app.begin_mail().unwrap();
        incoming.write(raw.as_bytes()).unwrap();
        self.house.app.take_in_mail(Some(MailboxId(1)), InboundSource::Rest, incoming).await.unwrap();
        let clock: Arc<dyn crate::domain::clock::Clock> = self.house.clock.clone();
        for _ in 0..4 {
            let registry = crate::jobs::kinds::registry(&self.house.app);
            let options = RunnerOptions::new("test");
            Runner::new(self.house.app.db().clone(), registry, clock.clone(), options).run_due().await;
        }
    }

    /// What has been sent to an address since the last time.
    fn sent_to(&self, address: &str) -> Vec<Sent> {
        let mut taken = self.taken.lock().unwrap();
        let (to, others) = taken.drain(..).partition(|sent| sent.to == address);
        *taken = others;
        to
    }

    fn is_marked(&self, address: &str) -> bool {
        self.house.app.db().read_blocking(|conn| bounced_addresses::of(conn, address)).unwrap().is_some()
    }
}

fn letter(from: &str, subject: &str, more: &str, body: &str) -> String {
    format!(
        "{more}From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{:x}@norrvik.example.se>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n",
        subject.bytes().chain(body.bytes()).fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte))
    )
}

fn report(about: &str, address: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.norrvik.example.se\r\nTo: {DESK}\r\nSubject: Undelivered\r\n\
         Message-ID: <{}.dsn@mx>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.se\r\n\r\n\
         Final-Recipient: rfc822; {address}\r\nAction: failed\r\n{}\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {about}\r\n\r\n--b--\r\n",
        status.replace('.', "-"),
        if status.is_empty() { String::new() } else { format!("Status: {status}\r\n") },
    )
}

/// A forged sender gets a number and nothing of what the forger wrote; whoever is confirmed reads what they wrote, and
/// nothing that was written is a link.
#[tokio::test]
async fn what_a_stranger_wrote_goes_to_nobody() {
    for place in Place::each().await {
        let evil = "Logga in: https://evil.example/a";
        let name = "\"Bekraefta: https://evil.example/n\"";
        let body = format!("Ditt konto stängs.\r\n\r\n{evil}\r\n\r\nhttps://evil.example/b");
        place.arrives(&letter(&format!("{name} <{ANNA}>"), evil, "", &body)).await;
        let sent = place.sent_to(ANNA);
        assert_eq!(sent.len(), 1);
        let whole = sent[0].raw.replace("=\r\n", "");
        assert!(whole.contains("[INC-1]") && text(&whole).contains("INC-1"), "{whole}");
        for theirs in ["evil", "Logga", "Bekraefta", "konto"] {
            assert!(!whole.contains(theirs) && !text(&sent[0].raw).contains(theirs), "{theirs} in {whole}");
        }
        assert!(sent[0].header("To").unwrap().trim_matches(['<', '>']) == ANNA, "{whole}");

        let bo = "bo.alm@norrvik.example.se";
        place.arrives(&letter(bo, "Skrivaren", CONFIRMED, &body)).await;
        let sent = place.sent_to(bo);
        assert_eq!(sent.len(), 1);
        let whole = sent[0].raw.replace("=\r\n", "");
        assert!(text(&sent[0].raw).contains("> Logga in: https://evil.example/a"), "{whole}");
        assert!(
            !whole.contains("href=3D\"https://evil") && !whole.contains("href=\"https://evil"),
            "{whole}"
        );
        assert!(whole.contains("/tickets/INC-2"));
    }
}

#[tokio::test]
async fn a_report_about_us_silences_nobody_and_one_about_the_address_until_its_owner_writes() {
    for place in Place::each().await {
        place.arrives(&letter(ANNA, "Skrivaren", CONFIRMED, "Papper fastnar.")).await;
        let about = place.sent_to(ANNA)[0].header("Message-ID").unwrap();
        for status in ["5.7.509", "5.7.26", "5.4.316", "5.3.4", "5.2.2", ""] {
            place.arrives(&report(&about, ANNA, status)).await;
            assert!(!place.is_marked(ANNA), "{status}");
        }
        place.arrives(&report(&about, ANNA, "5.1.1")).await;
        assert!(place.is_marked(ANNA));
        // Anybody could have written this one.
        place.house.clock.advance_micros(2 * MICROS_PER_DAY);
        place.arrives(&letter(ANNA, "Skärmen", "", "Den är svart.")).await;
        assert!(place.is_marked(ANNA));
        assert_eq!(place.sent_to(ANNA).len(), 0);
        place.arrives(&letter(ANNA, "Musen", CONFIRMED, "Den rör sig inte.")).await;
        assert!(!place.is_marked(ANNA));
        assert_eq!(place.sent_to(ANNA).len(), 1);
    }
}

/// Everybody in the group sees it, and one of them gets a mail that says whom to call and why.
#[tokio::test]
async fn an_answer_that_does_not_arrive_is_told_with_address_and_reason() {
    for place in Place::each().await {
        let house = &place.house;
        let (siv, ulf) = ("siv.lund@example.se", "ulf.dahl@example.se");
        let siv_acts = house.person(siv, Role::Agent).await;
        let ulf_acts = house.person(ulf, Role::Agent).await;
        let (lead, group) = (siv_acts.user(), siv_acts.actor.groups[0]);
        let members = vec![(lead, true), (ulf_acts.user(), false)];
        house.app.db().write(move |tx| users::set_members(tx, group, &members)).await.unwrap();
        place.arrives(&letter(ANNA, "Skrivaren", CONFIRMED, "Papper fastnar.")).await;
        let about = place.sent_to(ANNA)[0].header("Message-ID").unwrap();
        place.arrives(&report(&about, ANNA, "5.1.1")).await;
        for person in [lead, ulf_acts.user()] {
            let notices =
                house.app.db().read_blocking(|conn| notifications::unread(conn, person, 9)).unwrap();
            let kinds: Vec<NoticeKind> = notices.iter().map(|notice| notice.kind).collect();
            assert_eq!(kinds, [NoticeKind::Undelivered]);
        }
        let mails = place.sent_to(siv);
        assert_eq!((mails.len(), place.sent_to(ulf).len()), (1, 0));
        let said = text(&mails[0].raw);
        assert!(
            said.contains(&format!("Vårt mejl till {ANNA} kom inte fram (adressen finns inte, 5.1.1).")),
            "{said}"
        );
        let log = house.app.outgoing_mails(&place.admin, &OutgoingQuery::default(), 0, 9).await.unwrap();
        assert_eq!(log[0].template, Template::Undelivered);

        // That is told once: not again by another report, nor when what tells of it comes back itself.
        let told = mails[0].header("Message-ID").unwrap();
        place.arrives(&report(&told, siv, "5.2.2")).await;
        place.arrives(&report(&about, ANNA, "5.3.4")).await;
        assert_eq!(place.sent_to(siv).len(), 0);
    }
}

/// A person's answer may look like a server's.
#[tokio::test]
async fn what_only_looks_like_a_report_waits_for_a_look() {
    for place in Place::each().await {
        place.arrives(&letter(ANNA, "Skrivaren", CONFIRMED, "Papper fastnar.")).await;
        let about = place.sent_to(ANNA)[0].header("Message-ID").unwrap();
        let answers = format!("In-Reply-To: {about}\r\n");
        let by_hand =
            letter("postmaster@norrvik.example.se", "SV: Mail delivery", &answers, "Nu går det igen.");
        place.arrives(&by_hand).await;
        let of_state = RecordFilter { states: vec![InboundState::Held], ..RecordFilter::default() };
        let held =
            place.house.app.db().read_blocking(|conn| inbound_mails::page(conn, &of_state, 0, 9)).unwrap();
        assert_eq!(held.len(), 1);
    }
}

#[tokio::test]
async fn a_number_of_the_suppliers_finds_the_ticket() {
    for place in Place::each().await {
        let agent = place.house.person("siv.lund@example.se", Role::Agent).await;
        place.arrives(&letter(ANNA, "VB: [SUP-4711] sak 12-88", CONFIRMED, "Se nedan.")).await;
        place.arrives(&letter(ANNA, "SV: [INC-1] INC-1 ABC-1234", CONFIRMED, "Och så vidare.")).await;
        let number = TicketNumber::parse("INC-1").unwrap();
        let shown = place.house.app.show_ticket(&agent, number).await.unwrap();
        let mut numbers = place.house.app.foreign_numbers(&agent, &shown.ticket).await.unwrap();
        numbers.sort();
        assert_eq!(numbers, ["ABC-1234", "SUP-4711", "sak 12-88"]);
        let requester = place.house.person("bo@example.se", Role::Requester).await;
        assert!(place.house.app.foreign_numbers(&requester, &shown.ticket).await.unwrap().is_empty());
        for (words, found) in [("SUP-4711", 1), ("12-88", 1), ("ABC-1234", 1), ("SUP-4712", 0)] {
            let query = TicketQuery { q: Some(words.to_owned()), ..TicketQuery::default() };
            let count = place.house.app.count_tickets(&agent, &query).await.unwrap();
            assert_eq!(count, found, "{words}");
        }
    }
}

/// What a digest may tell no more isn't sent, and doesn't wait for ever either.
#[tokio::test]
async fn a_digest_with_nothing_left_to_tell_ends_what_it_gathered() {
    for place in Place::each().await {
        let house = &place.house;
        let agent = house.person("siv.lund@example.se", Role::Agent).await;
        let daily =
            crate::app::mail::MailPreferencesInput { digest: "daily".to_owned(), ..Default::default() };
        house.app.set_mail_preferences(&agent, &daily).await.unwrap();
        place.arrives(&letter(ANNA, "Skrivaren", CONFIRMED, "Papper fastnar.")).await;
        let take = crate::app::tickets::Transition { action: "take".to_owned(), ..Default::default() };
        let number = TicketNumber::parse("INC-1").unwrap();
        house.app.transition_ticket(&agent, number, None, &take).await.unwrap();
        let about = place.sent_to(ANNA)[0].header("Message-ID").unwrap();
        place.arrives(&report(&about, ANNA, "5.1.1")).await;
        let user = agent.user();
        house.app.db().write(move |tx| users::set_roles(tx, user, &[(Role::Requester, None)])).await.unwrap();
        house.clock.advance_micros(2 * MICROS_PER_DAY);
        place.arrives(&letter("bo@norrvik.example.se", "Skärmen", CONFIRMED, "Den är svart.")).await;
        let log = house.app.outgoing_mails(&place.admin, &OutgoingQuery::default(), 0, 50).await.unwrap();
        let theirs: Vec<_> = log
            .iter()
            .filter(|mail| mail.recipient == "siv.lund@example.se")
            .map(|mail| (mail.template, mail.state, mail.reason))
            .collect();
        assert!(
            theirs.contains(&(Template::Digest, OutboundState::Suppressed, Some(Suppressed::Empty))),
            "{theirs:?}"
        );
        assert!(theirs.iter().all(|(_, state, _)| *state == OutboundState::Suppressed), "{theirs:?}");
    }
}
