//! An incoming message as data: decoded, measured, folded; nothing decided yet.

use crate::domain::clock::Instant;
use serde::{Deserialize, Serialize};

/// A message as it came, read but not judged. It holds the attachments' measures, not their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InboundMail {
    /// The raw message's length in bytes.
    pub size: u64,
    /// Its Message-ID without angle brackets.
    pub message_id: Option<String>,
    /// The messages it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The thread it belongs to, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// Who it says it is from; the first when several are named.
    pub from: Option<Mailbox>,
    /// Further authors; more than one is odd, and none of them is trusted.
    pub from_others: Vec<Mailbox>,
    /// Who sent it for the author.
    pub sender: Option<Mailbox>,
    /// Where answers are wanted.
    pub reply_to: Vec<Mailbox>,
    /// The envelope's sender as the receiving server wrote it: empty for `<>`, nothing when it isn't there.
    pub return_path: Option<String>,
    /// To whom.
    pub to: Vec<Mailbox>,
    /// With copies to.
    pub cc: Vec<Mailbox>,
    /// The addresses it was delivered to, as receiving servers note them (Delivered-To, X-Original-To, …).
    pub delivered_to: Vec<String>,
    /// The subject in full.
    pub subject: String,
    /// When it says it was written.
    pub date: Option<Instant>,
    /// All text of the message.
    pub text: String,
    /// Its HTML, made harmless: no script, no style, nothing that is fetched from elsewhere.
    pub html: Option<String>,
    /// What the author wrote this time: the text without history and signature.
    pub new_text: String,
    /// The rest of the text: quoted history, signature, footers.
    pub quoted_text: String,
    /// What came with it.
    pub attachments: Vec<Attachment>,
    /// The headers that tell machines from people, names in lower case, in their order.
    pub headers: Vec<Header>,
    /// How many servers it has passed (Received).
    pub hops: u32,
    /// What the receiving servers say of its origin, newest first.
    pub authentication: Vec<AuthenticationResult>,
    /// A delivery report or a receipt.
    pub report: Option<Report>,
    /// A calendar invitation.
    pub invitation: Option<Invitation>,
    /// Marks of S/MIME or PGP. Nothing is verified or decrypted.
    pub protection: Option<Protection>,
    /// What was odd about it and how it was met.
    pub notes: Vec<Note>,
}

impl InboundMail {
    /// The values of a kept header (name in lower case), newest first.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |header| header.name == name).map(|header| header.value.as_str())
    }

    /// Whether a kept header is there.
    #[must_use]
    pub fn has_header(&self, name: &str) -> bool {
        self.header(name).next().is_some()
    }

    /// Whether something odd of that kind was noted.
    #[must_use]
    pub fn is_noted(&self, code: NoteCode) -> bool {
        self.notes.iter().any(|note| note.code == code)
    }
}

/// A name and an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mailbox {
    /// The name beside the address, empty when there is none.
    pub name: String,
    /// The address as it was written; it may be malformed or empty.
    pub address: String,
}

impl Mailbox {
    /// The address for comparing: two that differ in case are one person's.
    #[must_use]
    pub fn folded(&self) -> String {
        self.address.to_lowercase()
    }
}

/// A header field that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// In lower case.
    pub name: String,
    /// Unfolded and decoded.
    pub value: String,
}

/// Something that came with the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The file name, freed from folders and characters that hide what it is. Never empty.
    pub name: String,
    /// What the sender says it is, lower case; what it is shows in the bytes.
    pub content_type: String,
    /// Bytes after decoding.
    pub size: u64,
    /// Of the decoded bytes, lower-case hex.
    pub sha256: String,
    /// Shown inside the text rather than below it.
    pub inline: bool,
    /// By which the HTML refers to it, without angle brackets.
    pub content_id: Option<String>,
    /// Where it was found.
    pub origin: Origin,
}

/// Where an attachment was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// A part of the message.
    Part,
    /// A message inside the message, kept whole as `.eml`.
    Message,
    /// Inside a `winmail.dat`.
    Tnef,
    /// Lines of uuencode in the text.
    Uuencode,
    /// More parts, deeper parts or broken parts than are taken apart: kept unread.
    Unread,
}

/// One method's result in an `Authentication-Results` field (RFC 8601).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationResult {
    /// The server that says so; empty when it gives no name, as Exchange Online does. Only a trusted one's word
    /// counts.
    pub server: String,
    /// `spf`, `dkim`, `dmarc`, `arc`, …
    pub method: String,
    /// `pass`, `fail`, `none`, …
    pub result: String,
    /// The domain it holds for (`header.from`, `header.d` or `smtp.mailfrom`), if told.
    pub domain: Option<String>,
    /// Whether it stands in the topmost field, or right below it by the same server. Only such a one can be that
    /// of the server the message came to; whatever is further down came with it.
    pub is_topmost: bool,
}

/// A machine's report of what became of an earlier message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Report {
    /// Of delivery (RFC 3464).
    Delivery {
        /// Whom it wasn't, or was, delivered to.
        recipients: Vec<Recipient>,
        /// The Message-ID of the message it is about.
        original_message_id: Option<String>,
    },
    /// That it was shown or deleted (RFC 8098).
    Disposition {
        /// `displayed`, `deleted`, …
        disposition: String,
        /// The Message-ID of the message it is about.
        original_message_id: Option<String>,
    },
}

/// One recipient in a delivery report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// Final-Recipient, without the type.
    pub address: String,
    /// What happened.
    pub action: Action,
    /// `5.1.1`.
    pub status: Option<String>,
    /// The other server's words.
    pub diagnostic: Option<String>,
}

/// What happened to a message (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Given up.
    Failed,
    /// Still being tried.
    Delayed,
    /// Arrived.
    Delivered,
    /// Handed to a server that doesn't report.
    Relayed,
    /// Sent on to several.
    Expanded,
}

/// A calendar invitation, its first event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Invitation {
    /// `REQUEST`, `CANCEL`, `REPLY`, …
    pub method: String,
    /// The event's title.
    pub summary: String,
    /// As the calendar writes it: RFC 3339 when it is in UTC, else local date and time.
    pub start: Option<String>,
    /// As `start`.
    pub end: Option<String>,
    /// The zone that start and end are local to.
    pub zone: Option<String>,
    /// Where.
    pub place: String,
    /// Who invites.
    pub organizer: Option<String>,
}

/// Marks of S/MIME or PGP. Never verified: the original is kept as an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Protection {
    /// S/MIME, signed.
    SmimeSigned,
    /// S/MIME, encrypted.
    SmimeEncrypted,
    /// PGP, signed.
    PgpSigned,
    /// PGP, encrypted.
    PgpEncrypted,
}

/// Something odd about a message, and a value that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub code: NoteCode,
    /// Which field, charset or number; empty when the code says all.
    pub value: String,
}

/// What can be odd about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NoteCode {
    /// Several authors.
    SeveralFrom,
    /// No author.
    NoFrom,
    /// A field that may stand once stands several times; the first counts.
    RepeatedHeader,
    /// No or no readable date.
    NoDate,
    /// Headers longer than are read; the rest was passed over.
    HeadersCut,
    /// Raw 8-bit characters in headers that aren't UTF-8.
    RawHeaderBytes,
    /// A charset that isn't known, or isn't what was said.
    WrongCharset,
    /// NUL bytes, taken out.
    NulBytes,
    /// Line ends that are a lone carriage return.
    BareCarriageReturns,
    /// Parts nested deeper than are taken apart.
    TooDeep,
    /// More parts than are taken apart.
    TooManyParts,
    /// A boundary that never comes, or an end that is missing.
    BrokenBoundary,
    /// The text is longer than is kept; the raw message has the rest.
    TextCut,
    /// The HTML is longer than is cleaned; only its text is kept.
    HtmlTooLong,
    /// Something active or fetched from elsewhere was taken out of the HTML.
    HtmlCleaned,
    /// A file name was changed.
    NameChanged,
    /// A control header of ours came from outside and was not listened to.
    OwnHeaderIgnored,
    /// A `winmail.dat` that couldn't be read to its end.
    BrokenTnef,
    /// A body whose transfer encoding doesn't hold.
    BrokenEncoding,
}
