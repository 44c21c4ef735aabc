//! From the bytes of a message to [`InboundMail`], within a budget and without ever falling.
//!
//! The tree of parts is found here and not by `mail_parser`, whose messages inside messages are dropped
//! recursively (ten thousand of them end the process) and which decodes every attachment into memory at
//! once. Its decoders of charsets, addresses and dates are what is used.

mod addresses;
mod body;
mod calendar;
mod charset;
mod headers;
mod names;
mod params;
mod report;
mod structure;
mod transfer;
mod uuencode;
mod words;

#[cfg(test)]
mod tests;

use crate::domain::mail::{Header, HtmlHint, InboundMail, NoteCode, fold, is_forwarded};
use body::Gatherer;
use headers::Headers;
use std::borrow::Cow;
use std::ops::Range;
use structure::{Faults, Splitter};
use transfer::Encoding;

/// How much of a message is read. Past a limit the message is still taken in; what wasn't read is kept as an
/// attachment or in the raw message, with a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// A larger message isn't read at all.
    pub bytes: usize,
    /// Levels of parts inside parts.
    pub depth: usize,
    /// Parts in all.
    pub parts: usize,
    /// Bytes of header fields.
    pub header_bytes: usize,
    /// Bytes of text.
    pub text_bytes: usize,
    /// Bytes of HTML.
    pub html_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024 * 1024,
            depth: 10,
            parts: 500,
            header_bytes: 256 * 1024,
            text_bytes: 1024 * 1024,
            html_bytes: 1024 * 1024,
        }
    }
}

/// Why a message couldn't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unparsable {
    /// Nothing there.
    #[error("the message is empty")]
    Empty,
    /// No header field that a message has.
    #[error("the message has no header that mail has")]
    NoHeaders,
    /// Larger than is read.
    #[error("the message is larger than {0} bytes")]
    TooLarge(usize),
    /// A decoder fell over it.
    #[error("the reader failed on the message; please report it with the message")]
    ReaderFailed,
}

impl Unparsable {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoHeaders => "noHeaders",
            Self::TooLarge(_) => "tooLarge",
            Self::ReaderFailed => "readerFailed",
        }
    }
}

/// A message that was read, with the way to its attachments' bytes.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The message as data.
    pub mail: InboundMail,
    raw: Cow<'a, [u8]>,
    contents: Vec<Content>,
}

/// Where an attachment's bytes are.
#[derive(Debug)]
enum Content {
    /// In the raw message, decoded when asked for.
    Encoded {
        range: Range<usize>,
        encoding: Encoding,
    },
    Owned(Vec<u8>),
}

impl Parsed<'_> {
    /// The decoded bytes of an attachment, by its place in [`InboundMail::attachments`]. Decoded anew at each call and
    /// borrowed where they stand as they are, so that only one is in memory at a time.
    #[must_use]
    pub fn content(&self, index: usize) -> Option<Cow<'_, [u8]>> {
        Some(match self.contents.get(index)? {
            Content::Owned(bytes) => Cow::Borrowed(bytes),
            Content::Encoded { range, encoding } => {
                transfer::decoded(self.raw.get(range.clone()).unwrap_or_default(), *encoding, usize::MAX)
            }
        })
    }
}

/// Of these at least one stands in anything that is mail.
const MAIL_HEADERS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "reply-to",
    "sender",
    "mime-version",
    "delivered-to",
];

/// The fields that tell machines from people and are kept for the steps that decide.
const KEPT_HEADERS: &[&str] = &[
    "auto-submitted",
    "precedence",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-autorespond-to",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
    "autorespond",
    "x-loop",
    "x-failed-recipients",
    "list-id",
    "list-unsubscribe",
    "list-post",
    "list-help",
    "list-owner",
    "mailing-list",
    "feedback-id",
    "x-spam-flag",
    "x-spam-status",
    "x-spam-level",
    "x-ms-exchange-organization-scl",
    "x-forefront-antispam-report",
    "x-ms-exchange-generated-message-source",
    "x-ms-exchange-inbox-rules-loop",
    "x-mailer",
    "user-agent",
    "content-type",
    "x-priority",
    "importance",
    "thread-topic",
    "thread-index",
];

/// What begins the names of our own control headers. From outside they are never listened to.
const OWN_HEADER: &str = "x-arende-";
/// The one that is looked at: with our name in it, it is a sign of a loop (`domain::mail::decide`).
const LOOP_MARK: &str = "x-arende-loop";

/// Reads a message.
///
/// # Errors
/// [`Unparsable`] when there is nothing that could be read as mail. Everything else is read as far as it goes.
pub fn parse<'a>(raw: &'a [u8], limits: &Limits) -> Result<Parsed<'a>, Unparsable> {
    if raw.trim_ascii().is_empty() {
        return Err(Unparsable::Empty);
    }
    if raw.len() > limits.bytes {
        return Err(Unparsable::TooLarge(limits.bytes));
    }
    let raw = with_line_ends(raw);
    let carriage_returns = matches!(raw, Cow::Owned(_));
    // Nothing is shared with what would be left half done. Decoders of others do most of the work.
    let read = std::panic::catch_unwind(|| read(&raw, limits, carriage_returns));
    let (mail, contents) = read.unwrap_or(Err(Unparsable::ReaderFailed))?;
    Ok(Parsed { mail, raw, contents })
}

/// Lines that end with a lone carriage return are given their line feed; that costs a copy, but is rare.
fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    let start = raw.get(..4096).unwrap_or(raw);
    if start.contains(&b'\n') || !start.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

fn read(
    raw: &[u8],
    limits: &Limits,
    carriage_returns: bool,
) -> Result<(InboundMail, Vec<Content>), Unparsable> {
    let (head, rest) = headers::split(raw);
    let fields = Headers::read(raw.get(head.clone()).unwrap_or_default(), limits.header_bytes);
    if !fields.iter().any(|(name, _)| MAIL_HEADERS.contains(&name)) {
        return Err(Unparsable::NoHeaders);
    }
    let mut splitter = Splitter {
        raw,
        depth: limits.depth,
        parts_left: limits.parts,
        part_header_bytes: limits.header_bytes.min(32 * 1024),
        faults: Faults::default(),
    };
    let root = splitter.part(&fields, rest, false);
    let faults = splitter.faults;
    let mail = InboundMail { size: u64::try_from(raw.len()).unwrap_or(u64::MAX), ..InboundMail::default() };
    let mut gatherer = Gatherer::new(raw, limits, mail);
    read_fields(&mut gatherer, &fields);
    let nul = raw.get(head).is_some_and(|head| head.contains(&0));
    for (is_so, code, value) in [
        (carriage_returns, NoteCode::BareCarriageReturns, ""),
        (fields.cut || faults.headers_cut, NoteCode::HeadersCut, ""),
        (faults.too_deep, NoteCode::TooDeep, ""),
        (faults.too_many, NoteCode::TooManyParts, ""),
        (faults.broken_boundary, NoteCode::BrokenBoundary, ""),
        (nul, NoteCode::NulBytes, "header"),
    ] {
        if is_so {
            gatherer.note(code, value);
        }
    }
    gatherer.take(&root, false);
    let (mut mail, contents, body) = gatherer.finish();
    let hint = HtmlHint { history_at: body.history_at };
    let folded = fold(&body.text, hint, is_forwarded(&mail.subject));
    mail.text = body.text;
    mail.html = body.html;
    mail.new_text = folded.new_text;
    mail.quoted_text = folded.quoted_text;
    Ok((mail, contents))
}

fn read_fields(gatherer: &mut Gatherer<'_>, fields: &Headers<'_>) {
    let mailboxes = |name: &str| -> Vec<_> {
        fields.all(name).take(50).flat_map(addresses::mailboxes).take(500).collect()
    };
    let ids = |name: &str| fields.first(name).map(addresses::message_ids).unwrap_or_default();
    let mut from = mailboxes("from");
    from.retain(|mailbox| !mailbox.address.is_empty() || !mailbox.name.is_empty());
    let repeated: Vec<&str> =
        ["from", "subject", "date", "message-id", "to", "sender", "in-reply-to", "references"]
            .into_iter()
            .filter(|name| fields.all(name).nth(1).is_some())
            .collect();
    let date = fields.first("date").and_then(addresses::date);
    let raw_bytes: Vec<String> = fields
        .iter()
        .filter(|(_, value)| !value.is_ascii() && std::str::from_utf8(value).is_err())
        .map(|(name, _)| name.to_owned())
        .take(20)
        .collect();
    let own: Vec<String> = fields
        .iter()
        .filter(|(name, _)| name.starts_with(OWN_HEADER) && *name != LOOP_MARK)
        .map(|(name, _)| name.to_owned())
        .take(10)
        .collect();
    let mail = &mut gatherer.mail;
    mail.message_id = ids("message-id").into_iter().next();
    mail.in_reply_to = ids("in-reply-to");
    mail.references = ids("references");
    mail.sender = mailboxes("sender").into_iter().next();
    mail.reply_to = mailboxes("reply-to");
    mail.to = mailboxes("to");
    mail.cc = mailboxes("cc");
    mail.return_path = fields.first("return-path").and_then(addresses::return_path);
    mail.delivered_to = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"]
        .iter()
        .flat_map(|name| fields.all(name).take(20))
        .flat_map(addresses::plain_addresses)
        .collect();
    mail.delivered_to.sort();
    mail.delivered_to.dedup();
    mail.subject = fields
        .first("subject")
        .or_else(|| fields.first("thread-topic"))
        .map(|value| words::text(value).text.chars().take(1000).collect())
        .unwrap_or_default();
    mail.date = date;
    mail.headers = fields
        .iter()
        .filter(|(name, _)| KEPT_HEADERS.contains(name) || name.starts_with(OWN_HEADER))
        .take(100)
        .map(|(name, value)| Header {
            name: name.to_owned(),
            value: words::text(value).text.chars().take(500).collect(),
        })
        .collect();
    mail.hops = u32::try_from(fields.all("received").count()).unwrap_or(u32::MAX);
    mail.authentication = report::authentications(fields);
    let several = from.len() > 1;
    let mut from = from.into_iter();
    mail.from = from.next();
    mail.from_others = from.take(20).collect();
    if mail.from.is_none() {
        gatherer.note(NoteCode::NoFrom, "");
    }
    if several {
        gatherer.note(NoteCode::SeveralFrom, "");
    }
    if date.is_none() {
        gatherer.note(NoteCode::NoDate, "");
    }
    for name in repeated {
        gatherer.note(NoteCode::RepeatedHeader, name);
    }
    for name in raw_bytes {
        gatherer.note(NoteCode::RawHeaderBytes, &name);
    }
    for name in own {
        gatherer.note(NoteCode::OwnHeaderIgnored, &name);
    }
}
