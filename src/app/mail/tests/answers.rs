//! Answers that come while their ticket changes, and who reads what staff answer.

use super::boxes::{confirmed, siv};
use super::*;
use crate::app::tickets::Transition;
use crate::domain::ticket::Visibility;

impl House {
    async fn moved(&self, cx: &crate::app::Ctx, ticket: &Ticket, action: &str) {
        let solution = (action == "resolve").then(|| "Bytte rulle.".to_owned());
        let step = Transition { action: action.to_owned(), solution, ..Transition::default() };
        self.app.transition_ticket(cx, ticket.number, None, &step).await.unwrap();
    }

    /// Reads a message and judges it by how things stand now.
    async fn judged(&self, raw: &str) -> super::super::settle::Settling {
        let taken = self.arrives(raw.as_bytes()).await;
        let record = self.record(taken.id);
        let directory = self.app.directory().await.unwrap();
        self.app.prepared(&record, &directory).unwrap()
    }

    async fn settled(&self, settling: super::super::settle::Settling) -> MailRecord {
        let (app, id, now) = (self.app.clone(), settling.record, self.app.now());
        let grounds = self.app.grounds().await.unwrap();
        self.app.db().write(move |tx| app.settle(tx, &settling, &grounds, now)).await.unwrap();
        self.record(id)
    }

    /// The mail that told of the newest event of a ticket, answered.
    fn answer_to_newest(&self, ticket: &Ticket) -> String {
        let events = self.app.db().read_blocking(|conn| ticket_events::all(conn, ticket.id)).unwrap();
        let told = events.iter().rev().find(|event| !matches!(event.kind, EventKind::FirstResponded));
        let sequence = u64::try_from(told.unwrap().sequence).unwrap();
        let token = MessageToken { ticket: ticket.number, sequence, recipient: "k3".to_owned() };
        let settings = self.app.settings();
        format!("In-Reply-To: <{}>\r\n", settings.mail_signer().message_id(&token, settings.mail_domain()))
    }

    async fn wrote(&self, cx: &crate::app::Ctx, ticket: &Ticket, readers: Visibility, body: &str) {
        self.app.add_message(cx, ticket.number, body, readers.as_text()).await.unwrap();
        // What happens at one moment is one step.
        self.clock.advance_micros(MICROS_PER_HOUR);
    }

    fn readers_of_last(&self, ticket: &Ticket) -> Visibility {
        let load =
            |conn: &mut crate::db::Conn| ticket_messages::after(conn, ticket.id, MessageId(0), true, 100);
        self.app.db().read_blocking(load).unwrap().last().unwrap().visibility
    }
}

#[tokio::test]
async fn two_answers_at_once_to_a_solved_ticket_are_both_answers() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        house.moved(&agent, &ticket, "take").await;
        house.moved(&agent, &ticket, "resolve").await;
        let reply = format!("In-Reply-To: <{}>\r\n", house.answer_to(ticket.number));
        let first = house.judged(&letter(ANNA, "SV: Skrivaren", &reply, "Det fastnar fortfarande.")).await;
        let second = house.judged(&letter(ANNA, "SV: Skrivaren", &reply, "Nu är den röd också.")).await;
        for settling in [first, second] {
            let record = house.settled(settling).await;
            assert_eq!(record.state, InboundState::Reply, "{:?}", record.trace);
            assert_eq!(house.ticket_of(&record).status, Status::Assigned);
        }
        assert_eq!(house.said(&ticket).len(), 2);
    }
}

#[tokio::test]
async fn an_answer_opens_a_ticket_that_was_solved_while_it_was_read() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        house.moved(&agent, &ticket, "take").await;
        let reply = format!("In-Reply-To: <{}>\r\n", house.answer_to(ticket.number));
        let settling = house.judged(&letter(ANNA, "SV: Skrivaren", &reply, "Det fastnar fortfarande.")).await;
        house.moved(&agent, &ticket, "resolve").await;
        let record = house.settled(settling).await;
        assert_eq!(house.ticket_of(&record).status, Status::Assigned, "{:?}", record.trace);
        assert!(record.trace.unwrap().contains("realAnswer"));

        // Called off in the meantime: a ticket of its own that points back.
        let settling = house.judged(&letter(ANNA, "SV: Skrivaren", &reply, "Glöm inte facket.")).await;
        let cancel = Transition {
            action: "cancel".to_owned(),
            reason: Some("Dubblett".to_owned()),
            ..Transition::default()
        };
        house.app.transition_ticket(&agent, ticket.number, None, &cancel).await.unwrap();
        let record = house.settled(settling).await;
        assert_eq!(record.state, InboundState::Ticket, "{:?}", record.trace);
        assert_ne!(record.ticket, Some(ticket.id));
        assert_eq!(record.reason.as_deref(), Some("ticketClosedForGood"));
    }
}

#[tokio::test]
async fn what_staff_answer_to_a_note_stays_among_staff() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        let other = house.person("ture.ask@it.example.se", Role::Agent).await;
        let mailbox = house.mailbox("servicedesk", agent.actor.desks[0], "mx.it.example.se").await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let answer = async |reply: &str, body: &str| {
            let more = format!("{}{reply}", confirmed("mx.it.example.se"));
            let record = house.mail_to(mailbox, &siv("SV: Skrivaren", &more, body)).await;
            assert_eq!(
                (record.state, record.ticket),
                (InboundState::Reply, Some(ticket.id)),
                "{:?}",
                record.trace
            );
            (house.readers_of_last(&ticket), record.trace.unwrap().contains("answerForStaff"))
        };
        house.moved(&agent, &ticket, "take").await;
        let assigned = house.answer_to_newest(&ticket);
        assert_eq!(answer(&assigned, "Jag tar den i morgon.").await, (Visibility::Internal, true));
        house.wrote(&other, &ticket, Visibility::Internal, "Anna klickar fel, som vanligt.").await;
        let note = house.answer_to_newest(&ticket);
        assert_eq!(answer(&note, "Ja, suck.").await, (Visibility::Internal, true));
        house.wrote(&other, &ticket, Visibility::Public, "Vilket rum?").await;
        let public = house.answer_to_newest(&ticket);
        assert_eq!(answer(&public, "Vi kommer till rummet.").await, (Visibility::Public, false));
        // The newest mail is answered, whatever the thread holds; without any, nobody knows what is answered.
        let thread = format!(
            "References: {} {}",
            public.trim().trim_start_matches("In-Reply-To: "),
            note.trim_start_matches("In-Reply-To: ")
        );
        assert_eq!(answer(&thread, "Hon igen.").await, (Visibility::Internal, true));
        let tagged =
            siv(&format!("[{}] Skrivaren", ticket.number), &confirmed("mx.it.example.se"), "Till er.");
        assert_eq!(house.mail_to(mailbox, &tagged).await.ticket, Some(ticket.id));
        assert_eq!(house.readers_of_last(&ticket), Visibility::Internal);
    }
}

#[tokio::test]
async fn what_people_write_is_never_passed_over() {
    for house in House::each().await {
        house.norrvik().await;
        let agent = house.person("siv.lund@it.example.se", Role::Agent).await;
        house.mailbox("servicedesk", agent.actor.desks[0], "").await;
        let ticket = house.ticket_of(&house.mail(&letter(ANNA, "Skrivaren", "", "Papper fastnar.")).await);
        let spam = "X-Spam-Flag: YES\r\n";
        let reply = format!("{spam}In-Reply-To: <{}>\r\n", house.answer_to(ticket.number));
        let record = house.mail(&letter(ANNA, "SV: Skrivaren", &reply, "Det gäller rum 12.")).await;
        assert_eq!((record.state, record.ticket), (InboundState::Reply, Some(ticket.id)));
        let desk = "Skannern <servicedesk@it.example.se>";
        for (from, subject, more, expected) in [
            (ANNA, "Billigt", spam, InboundState::Held),
            ("okand@norrvik.example.se", "Rea", spam, InboundState::Ignored),
            (desk, "Skannat", "", InboundState::Held),
            (ANNA, "Från en annan", "Sender: servicedesk@it.example.se\r\n", InboundState::Ticket),
            (ANNA, "Leverantören", "Precedence: bulk\r\n", InboundState::Ticket),
            ("rt@norrvik.example.se", "[RT #77] Fiber", "Precedence: bulk\r\n", InboundState::Held),
            (ANNA, "Skannat av Anna", "Return-Path: <>\r\n", InboundState::Ticket),
            ("noreply@norrvik.example.se", "Frånvarorapporteringen ligger nere", "", InboundState::Ticket),
            (ANNA, "Semester: kan inte attestera", "References: <x@y.example>\r\n", InboundState::Ticket),
            (ANNA, "Autosvar", "Auto-Submitted: auto-replied\r\n", InboundState::Ignored),
            (ANNA, "Autosvar: Rulle", "References: <x@y.example>\r\n", InboundState::Held),
        ] {
            let record = house.mail(&letter(from, subject, more, subject)).await;
            assert_eq!(record.state, expected, "{subject} {more} {:?}", record.trace);
            assert!(!record.is_answerable, "{subject}");
        }
    }
}

#[tokio::test]
async fn a_copy_that_was_passed_over_makes_no_twin() {
    for house in House::each().await {
        house.norrvik().await;
        let raw = letter(ANNA, "Hej", "Message-ID: <två@norrvik.example.se>\r\n", "Hjälp mig.");
        let marked = house.mail(&format!("X-Spam-Flag: YES\r\n{raw}")).await;
        assert_eq!(marked.state, InboundState::Ignored);
        assert_eq!(house.mail(&raw).await.state, InboundState::Ticket);
        let again = format!("Received: from b.example.se; Tue, 1 Sep 2026 10:01:00 +0200\r\n{raw}");
        assert_eq!(house.mail(&again).await.state, InboundState::Ignored);
    }
}
