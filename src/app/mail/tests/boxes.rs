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

        // Where nobody is believed, the requester's subject has to do; where somebody is, not.
        let answer = |body: &str| letter(ANNA, &tag, "", body);
        assert_eq!(house.mail_to(silent, &answer("Det hjälpte inte.")).await.ticket, Some(ticket.id));
        assert_ne!(house.mail_to(confirms, &answer("Inte nu heller.")).await.ticket, Some(ticket.id));
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
