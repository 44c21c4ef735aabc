//! What messages become, on both databases.

use super::*;
use crate::app::testing::House;
use crate::db::inbound_mails::{self, MailRecord};
use crate::db::{attachments, ticket_events, ticket_messages, tickets, users};
use crate::domain::access::Role;
use crate::domain::clock::{MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::ids::{InboundMailId, MessageId};
use crate::domain::mail::{Classification, InboundSource, InboundState, MessageToken};
use crate::domain::ticket::{Channel, EventKind, Status, Ticket, TicketNumber};

mod answers;
mod boxes;

impl House {
    /// Takes a message in and understands it.
    async fn mail(&self, raw: &str) -> MailRecord {
        let taken = self.arrives(raw.as_bytes()).await;
        self.app.understand_mail(taken.id).await.unwrap();
        self.record(taken.id)
    }

    async fn arrives(&self, raw: &[u8]) -> Taken {
        let mut incoming = self.app.begin_mail().unwrap();
        incoming.write(raw).unwrap();
        self.app.take_in_mail(None, InboundSource::Rest, incoming).await.unwrap()
    }

    fn record(&self, id: InboundMailId) -> MailRecord {
        self.app.db().read_blocking(|conn| inbound_mails::by_id(conn, id)).unwrap().unwrap()
    }

    fn ticket_of(&self, record: &MailRecord) -> Ticket {
        let id = record.ticket.unwrap_or_else(|| panic!("no ticket: {record:?}"));
        self.app.db().read_blocking(|conn| tickets::by_id(conn, id)).unwrap().unwrap()
    }

    fn kinds(&self, ticket: &Ticket) -> Vec<EventKind> {
        let events = self.app.db().read_blocking(|conn| ticket_events::all(conn, ticket.id)).unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }

    fn said(&self, ticket: &Ticket) -> Vec<(String, String)> {
        self.app
            .db()
            .read_blocking(|conn| {
                let messages = ticket_messages::after(conn, ticket.id, MessageId(0), true, 100)?;
                let mut said = Vec::new();
                for message in messages {
                    let author = users::by_id(conn, message.author)?.unwrap();
                    said.push((author.email, message.body));
                }
                Ok::<_, crate::db::DbError>(said)
            })
            .unwrap()
    }

    /// The address to answer a ticket at, as its mails give it.
    fn answer_to(&self, number: TicketNumber) -> String {
        let ticket = self.app.db().read_blocking(|conn| tickets::by_number(conn, number)).unwrap().unwrap();
        let recipient = crate::app::opaque::encode(ticket.requester.get());
        let token = MessageToken { ticket: number, sequence: 1, recipient };
        let settings = self.app.settings();
        settings.mail_signer().message_id(&token, settings.mail_domain())
    }

    async fn norrvik(&self) {
        self.organisation("norrvik", "Norrviks kommun").await;
        let directory = self.app.fresh_directory().await.unwrap();
        let organisation = directory.organisation_by_code("norrvik").unwrap().id;
        let write = move |tx: &mut crate::db::Tx<'_>| {
            crate::db::mail_domains::set(tx, "norrvik.example.se", organisation)
        };
        self.app.db().write(write).await.unwrap();
    }
}

fn letter(from: &str, subject: &str, more: &str, body: &str) -> String {
    format!(
        "From: {from}\r\nTo: servicedesk@it.example.se\r\nSubject: {subject}\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\n\
         {more}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    )
}

const ANNA: &str = "Anna Ek <Anna.Ek@skola.norrvik.example.se>";

#[tokio::test]
async fn inspecting_asks_who_takes_part_and_stores_nothing() {
    for house in House::each().await {
        house.norrvik().await;
        let first = letter(ANNA, "Skrivaren krånglar", "Message-ID: <a1@norrvik.example.se>\r\n", "Papper.");
        let ticket = house.ticket_of(&house.mail(&first).await);
        let answer = format!("In-Reply-To: <{}>\r\n", house.answer_to(ticket.number));
        let inspect = async |raw: &str| {
            let inspected = house.app.inspect_mail(raw.as_bytes(), AlsoOwn::default()).await.unwrap();
            (
                inspected.decision.classification,
                inspected.decision.ticket.map(|number| number.0),
                inspected.verdict,
            )
        };
        let number = Some(ticket.number);
        let hers = letter(ANNA, "SV: Skrivaren", &answer, "Fortfarande.");
        assert_eq!(inspect(&hers).await, (Classification::Reply, number, Verdict::Reply));
        let of_others = letter("Bo Alm <bo@annan.example>", "SV: Skrivaren", &answer, "Jag med.");
        assert_eq!(inspect(&of_others).await, (Classification::New, None, Verdict::Hold));
        // One that has come already is looked at as if it came now.
        assert_eq!(inspect(&first).await, (Classification::New, None, Verdict::Ticket));
        assert_eq!(inspect(" ").await, (Classification::Unparsable, None, Verdict::Quarantine));
        let count = house.app.db().read_blocking(|conn| {
            Ok::<_, crate::db::DbError>(tickets::by_number(conn, ticket.number)?.unwrap().version)
        });
        assert_eq!(count.unwrap(), ticket.version);
        assert_eq!(house.kinds(&ticket).len(), 1);
    }
}

#[tokio::test]
async fn a_stranger_of_a_known_domain_files_a_ticket() {
    for house in House::each().await {
        house.norrvik().await;
        let raw =
            letter(ANNA, "Skrivaren krånglar", "Message-ID: <a1@norrvik.example.se>\r\n", "Papper fastnar.");
        let record = house.mail(&raw).await;
        assert_eq!((record.state, record.classification), (InboundState::Ticket, Some(Classification::New)));
        assert!(record.is_answerable && record.trace.as_ref().unwrap().contains("senderUnknown"));
        let ticket = house.ticket_of(&record);
        assert_eq!(
            (ticket.subject.as_str(), ticket.description.as_str()),
            ("Skrivaren krånglar", "Papper fastnar.")
        );
        assert_eq!((ticket.channel, ticket.status), (Channel::Email, Status::New));
        let who = ticket.requester;
        let (user, places) = house
            .app
            .db()
            .read_blocking(|conn| {
                Ok::<_, crate::db::DbError>((
                    users::by_id(conn, who)?.unwrap(),
                    users::memberships(conn, who)?,
                ))
            })
            .unwrap();
        assert_eq!(
            (user.name.as_str(), user.email.as_str()),
            ("Anna Ek", "Anna.Ek@skola.norrvik.example.se")
        );
        assert_eq!(places, [ticket.organisation]);
    }
}

#[tokio::test]
async fn the_same_message_is_one_however_often_and_by_whatever_way_it_comes() {
    for house in House::each().await {
        house.norrvik().await;
        let raw = letter(ANNA, "Hej", "Message-ID: <same@norrvik.example.se>\r\n", "Hjälp mig.");
        let first = house.mail(&raw).await;
        let again = house.arrives(raw.as_bytes()).await;
        assert_eq!((again.id, again.is_new), (first.id, false));
        let other_way = house
            .mail(&format!("Received: from b.example.se; Tue, 1 Sep 2026 10:01:00 +0200\r\n{raw}"))
            .await;
        assert_eq!(
            (other_way.state, other_way.reason.as_deref()),
            (InboundState::Ignored, Some("alreadyTakenIn"))
        );
        // Understanding twice does nothing the second time.
        house.app.understand_mail(first.id).await.unwrap();
        assert_eq!(house.record(first.id), first);
        // A scanner that uses one Message-ID for everything isn't silenced.
        let other = letter(ANNA, "Annat", "Message-ID: <same@norrvik.example.se>\r\n", "Något helt annat.");
        assert_eq!(house.mail(&other).await.state, InboundState::Ticket);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_message_that_two_workers_understand_at_once_is_one_ticket() {
    for house in House::each().await {
        house.norrvik().await;
        house.mail(&letter(ANNA, "Hej", "", "Så att hon är känd.")).await;
        for letters in ["ett", "två", "tre", "fyra"] {
            let taken = house.arrives(letter(ANNA, letters, "", letters).as_bytes()).await;
            let work = || {
                let app = house.app.clone();
                tokio::spawn(async move { app.understand_mail(taken.id).await })
            };
            for done in [work(), work(), work()] {
                done.await.unwrap().unwrap();
            }
            assert_eq!(house.record(taken.id).state, InboundState::Ticket);
        }
        assert_eq!(house.app.db().read_blocking(tickets::open_keys).unwrap().len(), 5);
    }
}

#[tokio::test]
async fn an_answer_finds_its_ticket_and_a_stranger_does_not() {
    for house in House::each().await {
        house.norrvik().await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let id = house.answer_to(ticket.number);
        let answer = letter(
            ANNA,
            "SV: Skrivaren",
            &format!("In-Reply-To: <{id}>\r\n"),
            "Det gäller rum 12.\r\n\r\nDen 1 september 2026 skrev IT-hjälp:\r\n> Vilket rum?",
        );
        let record = house.mail(&answer).await;
        assert_eq!((record.state, record.ticket), (InboundState::Reply, Some(ticket.id)), "{record:?}");
        assert_eq!(house.said(&ticket).len(), 1);
        assert_eq!(house.said(&ticket)[0].1, "Det gäller rum 12.");

        let tag = format!("Sv: [{}] Skrivaren", ticket.number);
        let stranger = letter(
            "Bo Berg <bo@norrvik.example.se>",
            &tag,
            &format!("References: <{id}>\r\n"),
            "Vad säger ni?",
        );
        let record = house.mail(&stranger).await;
        assert_eq!(record.state, InboundState::Ticket);
        assert_ne!(record.ticket, Some(ticket.id));
        assert!(record.trace.as_ref().unwrap().contains("notParticipant"));
        assert_eq!(house.said(&ticket).len(), 1);
        assert!(matches!(house.kinds(&ticket).last(), Some(EventKind::MailNoted { .. })));
    }
}

#[tokio::test]
async fn a_forged_mark_is_no_mark() {
    for house in House::each().await {
        house.norrvik().await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let forged = house.answer_to(ticket.number).replace(".1.", ".2.");
        let record = house
            .mail(&letter(
                "Mallory <m@annat.norrvik.example.se>",
                "Hej",
                &format!("In-Reply-To: <{forged}>\r\n"),
                "Släpp in mig.",
            ))
            .await;
        assert_eq!(record.state, InboundState::Ticket);
        assert!(record.trace.unwrap().contains("forgedReference"));
    }
}

#[tokio::test]
async fn thanks_leave_a_solved_ticket_alone_and_a_real_answer_opens_it() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let solve = |solution: &str| crate::app::tickets::Transition {
            action: "resolve".to_owned(),
            solution: Some(solution.to_owned()),
            ..Default::default()
        };
        let take = crate::app::tickets::Transition { action: "take".to_owned(), ..Default::default() };
        house.app.transition_ticket(&agent, ticket.number, None, &take).await.unwrap();
        house.app.transition_ticket(&agent, ticket.number, None, &solve("Bytte rulle.")).await.unwrap();
        let reply = |body: &str| {
            let id = house.answer_to(ticket.number);
            letter(
                ANNA,
                "SV: Skrivaren",
                &format!("In-Reply-To: <{id}>\r\nMessage-ID: <{}@x.example.se>\r\n", body.len()),
                body,
            )
        };
        let record = house.mail(&reply("Tack så mycket!")).await;
        assert_eq!(record.state, InboundState::Reply);
        assert_eq!(house.ticket_of(&record).status, Status::Resolved);
        let record = house.mail(&reply("Nej, det fastnar fortfarande papper i den.")).await;
        assert_eq!(house.ticket_of(&record).status, Status::Assigned, "{:?}", record.trace);
        assert_eq!(house.said(&ticket).len(), 2);
    }
}

#[tokio::test]
async fn machines_and_bounces_are_noted_and_get_no_ticket() {
    for house in House::each().await {
        house.norrvik().await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let id = house.answer_to(ticket.number);
        let away = letter(
            ANNA,
            "Automatiskt svar: Skrivaren",
            &format!("Auto-Submitted: auto-replied\r\nIn-Reply-To: <{id}>\r\n"),
            "Jag är ledig.",
        );
        let record = house.mail(&away).await;
        assert_eq!((record.state, record.ticket), (InboundState::Noted, Some(ticket.id)));
        let alone = letter(ANNA, "Autosvar", "Auto-Submitted: auto-replied\r\n", "Jag är ledig.");
        assert_eq!(house.mail(&alone).await.state, InboundState::Ignored);
        let alarm = letter(
            "larm@norrvik.example.se",
            "Disk full",
            "Auto-Submitted: auto-generated\r\n",
            "Disk C 99 %",
        );
        assert_eq!(house.mail(&alarm).await.state, InboundState::Held);

        let bounce = format!(
            "From: MAILER-DAEMON@norrvik.example.se\r\nTo: servicedesk@it.example.se\r\nSubject: Undelivered Mail\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nDet gick inte.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.norrvik.example.se\r\n\r\nFinal-Recipient: rfc822; anna.ek@skola.norrvik.example.se\r\n\
             Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}>\r\n\
             Subject: Skrivaren\r\n\r\nHej\r\n--b--\r\n"
        );
        // Bo, to whom that mail didn't go, isn't silenced by it.
        house.mail(&bounce.replace("; anna.ek@skola.", "; bo@")).await;
        let record = house.mail(&bounce).await;
        assert_eq!((record.state, record.ticket), (InboundState::Noted, Some(ticket.id)), "{record:?}");
        let marked =
            house.app.db().read_blocking(|conn| crate::db::bounced_addresses::latest(conn, 10)).unwrap();
        let marked: Vec<&str> = marked.iter().map(|marked| marked.address.as_str()).collect();
        assert_eq!(marked, ["anna.ek@skola.norrvik.example.se"]);
    }
}

#[tokio::test]
async fn who_belongs_nowhere_waits_and_what_cannot_be_read_is_kept() {
    for house in House::each().await {
        let record = house.mail(&letter("okand@annan.example", "Hej", "", "Vem är jag?")).await;
        assert_eq!(record.state, InboundState::Held);
        let taken = house.arrives(b"\x00\x01\x02 bara skr\xe4p").await;
        house.app.understand_mail(taken.id).await.unwrap();
        let record = house.record(taken.id);
        assert_eq!(
            (record.state, record.classification),
            (InboundState::Quarantined, Some(Classification::Unparsable))
        );
        assert!(house.app.files().path(&record.storage_key).exists());
    }
}

#[tokio::test]
async fn files_come_along_programs_and_signs_stay_behind() {
    for house in House::each().await {
        house.norrvik().await;
        let raw = format!(
            "From: {ANNA}\r\nTo: servicedesk@it.example.se\r\nSubject: Bilder\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSe bilagan.\r\n\
             --b\r\nContent-Type: text/plain; name=\"../../logg.txt\"\r\nContent-Disposition: attachment\r\n\r\nrad ett\r\n\
             --b\r\nContent-Type: application/octet-stream; name=\"spel.exe\"\r\nContent-Disposition: attachment\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            "TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAA=="
        );
        let record = house.mail(&raw).await;
        let ticket = house.ticket_of(&record);
        let files =
            house.app.db().read_blocking(|conn| attachments::of_ticket(conn, ticket.id, true)).unwrap();
        assert_eq!(files.iter().map(|file| file.file_name.as_str()).collect::<Vec<_>>(), ["logg.txt"]);
        assert!(house.app.files().path(&files[0].storage_key).exists());
        assert!(record.trace.unwrap().contains("\"why\":\"program\""));
    }
}

#[tokio::test]
async fn a_closed_account_and_too_much_from_one_sender_wait() {
    for house in House::each().await {
        house.norrvik().await;
        for n in 0..40 {
            let words = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQ".chars().nth(n).unwrap();
            let record = house
                .mail(&letter(ANNA, &format!("Fråga {words}{words}"), "", &format!("Hej {words}")))
                .await;
            let expected = if n < 30 { InboundState::Ticket } else { InboundState::Held };
            assert_eq!(record.state, expected, "{n}");
            // A stranger would have to wait sooner.
            let anna = house.ticket_of(&house.record(InboundMailId(1))).requester;
            let signs_in = move |tx: &mut crate::db::Tx<'_>| {
                let user = users::by_id(tx.conn(), anna)?.unwrap();
                users::update(tx, &users::User { password_hash: Some("x".to_owned()), ..user })
            };
            house.app.db().write(signs_in).await.unwrap();
        }
        house.clock.advance_micros(2 * MICROS_PER_HOUR);
        let record = house.mail(&letter(ANNA, "Igen", "", "Nu då?")).await;
        assert_eq!(record.state, InboundState::Ticket);
    }
}

#[tokio::test]
async fn a_ticket_closed_long_ago_becomes_a_new_one_that_points_back() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let cancel = crate::app::tickets::Transition {
            action: "cancel".to_owned(),
            reason: Some("Dubblett".to_owned()),
            ..Default::default()
        };
        house.app.transition_ticket(&agent, ticket.number, None, &cancel).await.unwrap();
        house.clock.advance_micros(MICROS_PER_DAY);
        let id = house.answer_to(ticket.number);
        let record = house
            .mail(&letter(ANNA, "SV: Skrivaren", &format!("In-Reply-To: <{id}>\r\n"), "Det är fel igen."))
            .await;
        let new = house.ticket_of(&record);
        assert_ne!(new.id, ticket.id);
        let links =
            house.app.db().read_blocking(|conn| crate::db::ticket_links::of_ticket(conn, new.id)).unwrap();
        assert_eq!(links.len(), 1);
    }
}

#[tokio::test]
async fn the_spool_is_taken_in_once_even_when_it_was_cut_off() {
    for house in House::each().await {
        house.norrvik().await;
        let spool = house.app.files().spool().clone();
        for n in 0..3 {
            let raw = letter(ANNA, &format!("Nummer {n}"), "", "Hej");
            spool.put(&format!("m{n}"), Some("it"), raw.as_bytes(), 1_000_000).unwrap();
        }
        assert!(!house.app.take_in_spool().await.unwrap());
        assert!(spool.waiting().unwrap().next().is_none());
        // The same bytes again: as after a kill between noting and letting go.
        spool.put("m0again", Some("it"), letter(ANNA, "Nummer 0", "", "Hej").as_bytes(), 1_000_000).unwrap();
        house.app.take_in_spool().await.unwrap();
        let filter = inbound_mails::RecordFilter::default();
        let records = house.app.db().read_blocking(|conn| inbound_mails::page(conn, &filter, 0, 50)).unwrap();
        assert_eq!(records.len(), 3);
        assert!(records.iter().all(|record| house.app.files().path(&record.storage_key).exists()));
        assert!(house.kinds_of_jobs().iter().filter(|kind| *kind == "understandMail").count() == 3);
    }
}

impl House {
    fn kinds_of_jobs(&self) -> Vec<String> {
        use crate::db::jobs::{self, JobState};
        let ready = self.app.db().read_blocking(|conn| jobs::list(conn, JobState::Ready, None, 100)).unwrap();
        ready.into_iter().map(|job| job.kind).collect()
    }
}

#[tokio::test]
async fn the_same_words_with_other_numbers_are_no_twin_and_never_passed_over() {
    for house in House::each().await {
        house.norrvik().await;
        let alarm = |room: usize| {
            letter(ANNA, "Larm", "Message-ID: <larm@norrvik.example.se>\r\n", &format!("Läcka i rum {room}."))
        };
        for room in 1..=3 {
            let record = house.mail(&alarm(room)).await;
            assert_eq!((record.state, record.is_answerable), (InboundState::Ticket, room == 1), "{room}");
        }
        assert_eq!(house.mail(&alarm(4)).await.state, InboundState::Held);
        let again = format!("Received: from b.example.se; Tue, 1 Sep 2026 10:01:00 +0200\r\n{}", alarm(1));
        assert_eq!(house.mail(&again).await.state, InboundState::Ignored);
    }
}

#[tokio::test]
async fn nobody_answers_in_the_name_of_whoever_took_the_call() {
    for house in House::each().await {
        house.norrvik().await;
        house.person("anna@norrvik.example.se", Role::Requester).await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let new = crate::app::tickets::NewTicket {
            kind: "incident".to_owned(),
            subject: "Skrivaren".to_owned(),
            requester: Some("anna@norrvik.example.se".to_owned()),
            ..Default::default()
        };
        let ticket = house.app.create_ticket(&agent, new).await.unwrap();
        let tag = format!("SV: [{}] Skrivaren", ticket.number);
        let forged = letter("Siv Lund <siv.lund@it.example.se>", &tag, "", "Skicka ditt lösenord hit.");
        assert_eq!(house.mail(&forged).await.state, InboundState::Held);
        assert!(house.said(&ticket).is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_read_in_the_spool_keeps_nobody_waiting() {
    for house in House::each().await {
        let folder = house.test.folder().join("files");
        let spool = house.app.files().spool();
        spool.put("a1", None, letter(ANNA, "Hej", "", "Hjälp mig.").as_bytes(), 1_000).unwrap();
        let waiting: Vec<_> = spool.waiting().unwrap().map(Result::unwrap).collect();
        let new = waiting[0].path().parent().unwrap().to_owned();
        assert!(new.starts_with(folder));
        // More than are taken in at once.
        for n in 0..210 {
            std::fs::create_dir(new.join(format!("a0{n}"))).unwrap();
        }
        assert!(!house.app.take_in_spool().await.unwrap());
        let filter = inbound_mails::RecordFilter::default();
        let taken = house.app.db().read_blocking(|conn| inbound_mails::page(conn, &filter, 0, 10)).unwrap();
        assert_eq!(taken.len(), 1);
        assert!(!waiting[0].path().exists() && new.join("a00").exists());
    }
}

#[tokio::test]
async fn hidden_characters_make_no_program_a_picture_and_no_sender_unreadable() {
    for house in House::each().await {
        house.norrvik().await;
        let raw = "From: \"Anna\0\" <anna\0.ek@norrvik.example.se>\r\nTo: servicedesk@it.example.se\r\nSubject: Fil\0er\r\n\
             X-Arende-Role: administrator\r\nX-Arende-Ticket: INC-1\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSe\0 bilagan.\r\n\
             --b\r\nContent-Type: text/plain; name*=utf-8''.ht%E2%80%8Baccess\r\nContent-Disposition: attachment\r\n\r\n\
             rad\r\n--b\r\nContent-Type: image/png; name*=utf-8''bild%E2%80%AEgnp.ex%E2%80%8Be\r\n\
             Content-Disposition: attachment\r\n\r\nMZ rad\r\n--b--\r\n";
        let record = house.mail(raw).await;
        let ticket = house.ticket_of(&record).id;
        let files = house.app.db().read_blocking(|conn| attachments::of_ticket(conn, ticket, true)).unwrap();
        assert!(!files.is_empty(), "{:?}", record.trace);
        for file in &files {
            let hidden =
                |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
            assert!(!file.file_name.contains(hidden) && !file.file_name.ends_with(".exe"), "{files:?}");
        }
    }
}
