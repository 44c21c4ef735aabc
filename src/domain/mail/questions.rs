//! What has to be asked of the database before a mail can be judged.

use super::bounce;
use super::message::InboundMail;
use super::own::Own;
use super::subject::Subject;
use super::token::TokenRead;
use crate::domain::ticket::TicketNumber;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// Was a message with this Message-ID taken in before?
    pub message_id: Option<String>,
    /// Whose address is it? In lower case.
    pub sender: Option<String>,
    /// Which of these tickets are there, how do they stand, and does the sender take part? In the order in which they count; each once.
    pub candidates: Vec<Candidate>,
    /// How often did the sender send just this within the last hour?
    pub fingerprint: String,
    /// Tells whether two messages with one Message-ID are the same, to the digit: alarms and scanners use one for all.
    pub words: String,
}

/// A ticket that the mail may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The ticket.
    pub ticket: TicketNumberText,
    /// How it is named.
    pub via: Via,
}

/// A ticket's number, as text in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumberText(pub TicketNumber);

impl TryFrom<String> for TicketNumberText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        TicketNumber::parse(&text).map(Self).ok_or(text)
    }
}

impl From<TicketNumberText> for String {
    fn from(number: TicketNumberText) -> Self {
        number.0.to_string()
    }
}

/// How a mail names a ticket; the earlier, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// It answers a message of ours, or a report is about one.
    SignedReference,
    /// It is addressed to the ticket.
    SignedAddress,
    /// The subject says so.
    SubjectTag,
}

/// Works out what to ask.
#[must_use]
pub fn questions(mail: &InboundMail, own: &Own) -> Questions {
    let named = named(mail, own);
    Questions {
        message_id: mail.message_id.clone(),
        sender: mail
            .from
            .as_ref()
            .map(super::message::Mailbox::folded)
            .filter(|address| address.contains('@')),
        candidates: named.candidates,
        fingerprint: hashed(mail, char::is_alphabetic),
        words: hashed(mail, char::is_alphanumeric),
    }
}

/// The tickets that a mail names, and what only pretends to.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) candidates: Vec<Candidate>,
    pub(super) forged: Vec<String>,
}

pub(super) fn named(mail: &InboundMail, own: &Own) -> Named {
    let mut named = Named::default();
    let original = bounce::reported(mail).and_then(|reported| reported.original_message_id);
    // The newest stands last in References; In-Reply-To is newer than all.
    let references = original.iter().chain(&mail.in_reply_to).chain(mail.references.iter().rev());
    for id in references.take(300) {
        match own.signer.read_message_id(id, &own.domain) {
            TokenRead::Ours(token) => named.add(token.ticket, Via::SignedReference),
            TokenRead::Forged => named.forge(id),
            TokenRead::Other => {}
        }
    }
    let addresses = mail.to.iter().chain(&mail.cc).map(|mailbox| mailbox.address.as_str());
    for address in addresses.chain(mail.delivered_to.iter().map(String::as_str)).take(300) {
        if !own.is_own_address(address) {
            continue;
        }
        match own.signer.read_address(address) {
            TokenRead::Ours(ticket) => named.add(ticket, Via::SignedAddress),
            TokenRead::Forged => named.forge(address),
            TokenRead::Other => {}
        }
    }
    for ticket in Subject::parse(&mail.subject).tags {
        named.add(ticket, Via::SubjectTag);
    }
    named
}

impl Named {
    fn add(&mut self, ticket: TicketNumber, via: Via) {
        if self.candidates.len() < 20 && !self.candidates.iter().any(|candidate| candidate.ticket.0 == ticket)
        {
            self.candidates.push(Candidate { ticket: TicketNumberText(ticket), via });
        }
    }

    fn forge(&mut self, text: &str) {
        if self.forged.len() < 10 && !self.forged.iter().any(|forged| forged == text) {
            self.forged.push(text.to_owned());
        }
    }
}

/// The same text from the same sender has the same hash, whatever the case and the spaces in it. Where only letters count, so do
/// answering machines that number their answers or tell the time.
fn hashed(mail: &InboundMail, counts: fn(char) -> bool) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        let plain: String =
            text.chars().filter(|c| counts(*c)).flat_map(char::to_lowercase).take(20_000).collect();
        hash.update(plain.as_bytes());
        hash.update([0]);
    };
    add(mail.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default());
    add(&Subject::parse(&mail.subject).bare);
    add(&mail.new_text);
    for attachment in mail.attachments.iter().take(50) {
        hash.update(attachment.sha256.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
