//! Several mailboxes: what is believed at one says nothing at another.

use super::*;
use crate::db::mailboxes::{self, MailboxWrite};
use crate::domain::ids::{DeskId, MailboxId};
use crate::domain::mail::{MailboxSpec, Receive};

impl House {
    /// A mailbox at a desk that believes this server.
    pub(super) async fn mailbox(&self, code: &'static str, desk: DeskId, trusted: &str) -> MailboxId {
        let write = MailboxWrite {
            name: code.to_owned(),
            address: format!("{code}@it.example.se"),
            address_folded: format!("{code}@it.example.se"),
            desk,
            organisation: None,
            spec: MailboxSpec {
                receive: Receive::None,
                trusted_authserv: trusted.to_owned(),
                ..MailboxSpec::default()
            },
            secret: None,
            is_active: true,
        };
        let now = self.app.now();
        self.app.db().write(move |tx| mailboxes::insert(tx, code, &write, now)).await.unwrap();
        *self.app.db().read_blocking(mailboxes::codes).unwrap().get(code).unwrap()
    }

    /// Takes a message in by a mailbox and understands it.
    pub(super) async fn mail_to(&self, mailbox: MailboxId, raw: &str) -> MailRecord {
        let mut incoming = self.app.begin_mail().unwrap();
        incoming.write(raw.as_bytes()).unwrap();
        let taken = self.app.take_in_mail(Some(mailbox), InboundSource::Rest, incoming).await.unwrap();
        self.app.understand_mail(taken.id).await.unwrap();
        self.record(taken.id)
    }
}

/// A server says that `it.example.se` wrote it.
pub(super) fn confirmed(server: &str) -> String {
    format!("Authentication-Results: {server}; dmarc=pass header.from=it.example.se\r\n")
}

/// From an agent, as the sender's field says.
pub(super) fn siv(subject: &str, more: &str, body: &str) -> String {
    letter("Siv Lund <siv.lund@it.example.se>", subject, more, body)
}

#[tokio::test]
async fn a_server_is_believed_only_about_mail_to_its_own_mailbox() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let desk = agent.actor.desks[0];
        let confirms = house.mailbox("servicedesk", desk, "MX.it.example.se").await;
        let silent = house.mailbox("skola", desk, "").await;
        let ticket =
            house.ticket_of(&house.mail_to(confirms, &letter(ANNA, "Skrivaren", "", "Papper.")).await);
        let tag = format!("SV: [{}] Skrivaren", ticket.number);
        let forged = |body: &str, server: &str| siv(&tag, &confirmed(server), body);
        let record = house.mail_to(silent, &forged("Skicka lösenordet hit.", "mx.it.example.se")).await;
        assert_eq!(record.state, InboundState::Held, "{:?}", record.trace);
        // Handed over without a word to which mailbox, and addressed to the one with the server.
        let addressed = forged("Skicka koden hit.", "mx.it.example.se");
        assert_eq!(house.mail(&addressed).await.state, InboundState::Held);
        // Below the field of the mailbox's server.
        let below = format!(
            "Authentication-Results: mx.it.example.se; none\r\nReceived: from x\r\n{}",
            forged("Ring.", "mx.it.example.se")
        );
        assert_eq!(house.mail_to(confirms, &below).await.state, InboundState::Held);
        assert!(house.said(&ticket).is_empty());
        let record = house.mail_to(confirms, &forged("Jag kommer.", "mx.it.example.se")).await;
        assert_eq!(record.state, InboundState::Reply, "{:?}", record.trace);

        // Where somebody is believed, a requester's subject isn't enough, nor by the mailbox that believes nobody.
        let answer = |body: &str| letter(ANNA, &tag, "", body);
        assert_ne!(house.mail_to(silent, &answer("Det hjälpte inte.")).await.ticket, Some(ticket.id));
        assert_ne!(house.mail_to(confirms, &answer("Inte nu heller.")).await.ticket, Some(ticket.id));
    }
}

#[tokio::test]
async fn where_no_server_is_believed_a_requesters_subject_has_to_do() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let silent = house.mailbox("skola", agent.actor.desks[0], "").await;
        let ticket = house.ticket_of(&house.mail_to(silent, &letter(ANNA, "Skrivaren", "", "Papper.")).await);
        let answer = letter(ANNA, &format!("SV: [{}] Skrivaren", ticket.number), "", "Det hjälpte inte.");
        assert_eq!(house.mail_to(silent, &answer).await.ticket, Some(ticket.id));
    }
}

#[tokio::test]
async fn a_mailbox_at_microsoft_believes_the_topmost_field_without_a_name() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let mailbox = house.mailbox("servicedesk", agent.actor.desks[0], "-").await;
        let ticket =
            house.ticket_of(&house.mail_to(mailbox, &letter(ANNA, "Skrivaren", "", "Papper.")).await);
        let exchange = "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=it.example.se; \
            dkim=pass (signature was verified)\r\n header.d=it.example.se;dmarc=pass action=none\r\n \
            header.from=it.example.se;compauth=pass reason=100\r\n";
        let tag = format!("SV: [{}] Skrivaren", ticket.number);
        let named = &confirmed("mx.it.example.se");
        assert_eq!(house.mail_to(mailbox, &siv(&tag, named, "Falskt.")).await.state, InboundState::Held);
        let record = house.mail_to(mailbox, &siv(&tag, exchange, "Jag kommer.")).await;
        assert_eq!(record.state, InboundState::Reply, "{:?}", record.trace);
    }
}

#[tokio::test]
async fn what_waits_is_for_those_of_the_desk_it_came_to() {
    for house in House::each().await {
        let it = house.person("siv.lund@it.example.se", Role::Agent).await;
        let write = |tx: &mut crate::db::Tx<'_>| crate::db::reference::insert_desk(tx, "hr", "HR-desken");
        let hr_desk = house.app.db().write(write).await.unwrap();
        let mut actor = (*house.person("moa.berg@it.example.se", Role::Agent).await.actor).clone();
        actor.desks = vec![hr_desk];
        let hr = crate::app::Ctx { actor: std::sync::Arc::new(actor), ..it.clone() };
        let admin = house.person("root@it.example.se", Role::Administrator).await;
        let hr_box = house.mailbox("hr", hr_desk, "").await;
        let it_box = house.mailbox("servicedesk", it.actor.desks[0], "").await;
        let raw = |subject: &str| letter("okand@annan.example", subject, "", subject);
        let salaries = house.mail_to(hr_box, &raw("Löner")).await;
        let printers = house.mail_to(it_box, &raw("Skrivare")).await;
        let nowhere = house.mail(&raw("Vilse").replace("To: servicedesk@", "To: info@")).await;
        // Handed over without a word to which mailbox, but addressed to one.
        let addressed = house.mail(&raw("Semester").replace("To: servicedesk@", "To: hr@")).await;
        assert_eq!(addressed.mailbox, Some(hr_box));
        let all = [&salaries, &printers, &nowhere, &addressed];
        assert!(all.iter().all(|record| record.state == InboundState::Held));
        for (cx, expected, boxes) in [
            (&it, vec![&nowhere, &printers], 1),
            (&hr, vec![&addressed, &salaries], 1),
            (&admin, vec![&addressed, &nowhere, &printers, &salaries], 2),
        ] {
            let rows = house.app.mail_log(cx, &MailQuery::default(), 0, 10).await.unwrap();
            let ids: Vec<InboundMailId> = rows.iter().map(|row| row.record.id).collect();
            assert_eq!(ids, expected.iter().map(|record| record.id).collect::<Vec<_>>());
            assert_eq!(house.app.mail_waiting(cx).await.unwrap(), ids.len());
            assert_eq!(house.app.mailbox_names(cx).await.unwrap().len(), boxes);
            for record in all {
                let id = crate::app::opaque::encode(record.id.get());
                let is_theirs = ids.contains(&record.id);
                assert_eq!(house.app.mail_shown(cx, &id).await.is_ok(), is_theirs);
                assert_eq!(house.app.mail_original(cx, &id).await.is_ok(), is_theirs);
                let discarded = house.app.discard_mail(cx, &id, "").await.unwrap_err();
                assert_eq!(matches!(discarded, crate::app::AppError::NotFound), !is_theirs, "{discarded:?}");
            }
        }
    }
}

#[tokio::test]
async fn mail_for_a_mailbox_that_there_is_not_is_held_and_says_so() {
    for house in House::each().await {
        house.norrvik().await;
        let raw = letter(ANNA, "Hej", "", "Hjälp mig.");
        house.app.files().spool().put("a1", Some("hr-dsek"), raw.as_bytes(), 1_000).unwrap();
        house.app.take_in_spool().await.unwrap();
        let filter = inbound_mails::RecordFilter::default();
        let taken = house.app.db().read_blocking(|conn| inbound_mails::page(conn, &filter, 0, 10)).unwrap();
        house.app.understand_mail(taken[0].id).await.unwrap();
        let record = house.record(taken[0].id);
        assert_eq!((record.state, record.mailbox), (InboundState::Held, None));
        let trace = record.trace.unwrap();
        assert!(trace.contains("unknownMailbox") && trace.contains("hr-dsek"), "{trace}");
    }
}

#[tokio::test]
async fn a_long_first_reading_tells_that_it_goes_on() {
    use crate::db::mailboxes::{Progress, Reader};
    use crate::domain::mail::Cursor;
    for house in House::each().await {
        let desk = house.app.fresh_directory().await.unwrap().desks[0].id;
        let reader = Reader { mailbox: house.mailbox("it", desk, "").await, owner: "test".to_owned() };
        let now = house.app.now();
        let looking = reader.clone();
        let write = move |tx: &mut crate::db::Tx<'_>| {
            mailboxes::take_lease(tx, &looking, now, now.plus_micros(MICROS_PER_HOUR))?;
            mailboxes::note_failure(tx, &looking, "lost: away", now)
        };
        house.app.db().write(write).await.unwrap();
        for (is_well, error) in [(false, Some("lost: away")), (true, None)] {
            let progress = Progress {
                cursor: Cursor { validity: 1, last: 7 },
                owed: None,
                message_at: Some(now),
                looked_at: Some(now),
                is_well,
            };
            let looking = reader.clone();
            let write = move |tx: &mut crate::db::Tx<'_>| mailboxes::advance(tx, &looking, &progress);
            assert!(house.app.db().write(write).await.unwrap());
            let id = reader.mailbox;
            let stored = house.app.db().read_blocking(|conn| mailboxes::by_id(conn, id)).unwrap().unwrap();
            assert_eq!((stored.looked_at, stored.error.as_deref()), (Some(now), error));
            assert_eq!(stored.error_since.is_some(), error.is_some());
        }
    }
}
