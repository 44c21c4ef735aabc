//! From what is to be said to a MIME message.

use super::layout;
use crate::domain::clock::Instant;
use lettre::address::{AddressError, Envelope};
use lettre::message::header::{HeaderName, HeaderValue, InvalidHeaderName};
use lettre::message::{Mailbox, Message, MultiPart};
use std::time::{Duration, SystemTime};

/// The most earlier messages that are named.
const MOST_REFERENCES: usize = 20;

/// Names the installation a mail comes from (`domain::mail::decide` looks for it).
const LOOP_MARK: &str = "X-Arende-Loop";

/// A mail with all that goes into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is from.
    pub from: Correspondent,
    /// Whom it is for.
    pub to: Correspondent,
    /// Where answers go when not to `from`.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text, paragraphs parted by empty lines.
    pub text: String,
    /// `sv` or `en`.
    pub language: &'static str,
    /// When.
    pub date: Instant,
    /// Without angle brackets.
    pub message_id: String,
    /// What it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// What came before, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// How automatic it is.
    pub automatic: Automatic,
    /// One request to this address turns such mail off (RFC 8058).
    pub unsubscribe: Option<String>,
    /// The installation's address; what lies below it becomes a link, what others have written doesn't.
    pub site: String,
}

/// Somebody mail is from or for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

/// How automatic a mail is (RFC 3834).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// Something happened here.
    Generated,
    /// It acknowledges a mail; nobody is told when it can't be delivered.
    Replied,
}

/// Why something can't be written as a message.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address has no form of one.
    #[error("the address `{address}`")]
    Address {
        /// Which.
        address: String,
        /// Why.
        #[source]
        source: AddressError,
    },
    /// A header's name is wrong.
    #[error("a header")]
    Header(#[from] InvalidHeaderName),
    /// The message as a whole.
    #[error("the message")]
    Message(#[from] lettre::error::Error),
}

/// The message. Whatever names and subjects hold, it has the headers given here and no others.
///
/// # Errors
/// [`ComposeError`].
pub fn compose(letter: &Letter) -> Result<Message, ComposeError> {
    let Letter {
        from,
        to,
        reply_to,
        subject,
        text,
        language,
        date,
        message_id,
        in_reply_to,
        references,
        automatic,
        unsubscribe,
        site,
    } = letter;
    let (from, to) = (mailbox(from)?, mailbox(to)?);
    let sender = (*automatic == Automatic::Generated).then(|| from.email.clone());
    let envelope = Envelope::new(sender, vec![to.email.clone()])?;
    let mut builder = Message::builder()
        .from(from)
        .to(to)
        .subject(one_line(subject))
        .date(system_time(*date))
        .message_id(Some(format!("<{}>", clean_id(message_id).unwrap_or_default())))
        .envelope(envelope);
    if let Some(address) = reply_to {
        let answers = Correspondent { name: String::new(), address: address.clone() };
        builder = builder.reply_to(mailbox(&answers)?);
    }
    if let Some(id) = in_reply_to.as_deref().and_then(clean_id) {
        builder = builder.in_reply_to(format!("<{id}>"));
    }
    let ids: Vec<String> =
        references.iter().filter_map(|id| clean_id(id)).map(|id| format!("<{id}>")).collect();
    if !ids.is_empty() {
        let latest = ids.get(ids.len().saturating_sub(MOST_REFERENCES)..).unwrap_or_default();
        builder = builder.references(latest.join(" "));
    }
    // By this the desk knows its own mail when a forwarder has made the rest of the head anew.
    let mark = message_id.rsplit_once('@').map(|(_, domain)| one_line(domain)).unwrap_or_default();
    for (name, value) in extra(*automatic, language, unsubscribe.as_deref(), mark) {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii(name.to_owned())?, value));
    }
    let page = layout::page(&one_line(subject), text, language, site);
    Ok(builder.multipart(MultiPart::alternative_plain_html(text.clone(), page))?)
}

/// The envelope with the sender's address in it, whatever kind of mail it is.
///
/// # Errors
/// [`ComposeError`].
pub fn named_envelope(letter: &Letter) -> Result<Envelope, ComposeError> {
    let (from, to) = (mailbox(&letter.from)?, mailbox(&letter.to)?);
    Ok(Envelope::new(Some(from.email), vec![to.email])?)
}

fn extra(
    automatic: Automatic,
    language: &str,
    unsubscribe: Option<&str>,
    mark: String,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        (
            "Auto-Submitted",
            match automatic {
                Automatic::Generated => "auto-generated".to_owned(),
                Automatic::Replied => "auto-replied".to_owned(),
            },
        ),
        // Exchange and Outlook keep their absence notices and receipts to themselves.
        ("X-Auto-Response-Suppress", "All".to_owned()),
        ("Content-Language", language.to_owned()),
        (LOOP_MARK, mark),
    ];
    if let Some(url) = unsubscribe {
        headers.push(("Precedence", "bulk".to_owned()));
        headers.push(("List-Unsubscribe", format!("<{}>", one_line(url))));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

fn mailbox(who: &Correspondent) -> Result<Mailbox, ComposeError> {
    let Correspondent { name, address } = who;
    let email =
        address.parse().map_err(|source| ComposeError::Address { address: one_line(address), source })?;
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), email))
}

/// Without line breaks and other control characters, which could begin a header of their own.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A Message-ID that can stand in a header; foreign ones come as they came.
fn clean_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let fits = !id.is_empty()
        && id.len() <= 250
        && id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    fits.then(|| id.to_owned())
}

fn system_time(at: Instant) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or_default())
}

#[cfg(test)]
pub(super) mod tests;
