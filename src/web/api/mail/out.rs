//! Mail that came in as it is sent.

use crate::app::mail::{Handling, LeftOut, MailAction, MailRow, MailShown, Taken};
use crate::app::tickets::People;
use crate::domain::mail::{Attachment, Classification, InboundSource, InboundState, Note, Step};
use crate::web::api::parts::{At, Opaque};
use crate::web::api::words::{ClassificationWord, InboundSourceWord, InboundStateWord, MailActionWord};
use serde::Serialize;

/// A message that was taken in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TakenMail)]
#[serde(rename_all = "camelCase")]
pub struct TakenOut {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// Whether it is new; the same bytes sent twice are one message.
    is_new: bool,
    /// How it stands.
    #[schema(value_type = InboundStateWord)]
    state: InboundState,
}

impl TakenOut {
    pub(super) fn new(taken: Taken, state: InboundState) -> Self {
        Self { id: Opaque(taken.id.get()), is_new: taken.is_new, state }
    }
}

/// Who a message says it is from.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailSender)]
pub struct SenderOut<'a> {
    /// The name, empty when there is none.
    name: &'a str,
    /// The address in lower case; it may be malformed.
    address: &'a str,
}

/// A message that came in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = InboundMail)]
#[serde(rename_all = "camelCase")]
pub struct InboundMailOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// Which way it came.
    #[schema(value_type = InboundSourceWord)]
    source: InboundSource,
    /// What has become of it.
    #[schema(value_type = InboundStateWord)]
    state: InboundState,
    /// What it was taken for; null until it has been read.
    #[schema(required, value_type = Option<ClassificationWord>)]
    classification: Option<Classification>,
    /// Why, as the code of a finding; null until it has been read.
    #[schema(required)]
    reason: Option<&'a str>,
    /// The code of the mailbox it came to.
    #[schema(required)]
    mailbox: Option<&'a str>,
    /// Who it says it is from.
    #[schema(required)]
    from: Option<SenderOut<'a>>,
    /// The subject.
    #[schema(required)]
    subject: Option<&'a str>,
    /// Its Message-ID without angle brackets.
    #[schema(required)]
    message_id: Option<&'a str>,
    /// Its size in bytes.
    #[schema(minimum = 0)]
    size: i64,
    /// When it was taken in.
    #[schema(value_type = String, format = DateTime)]
    received_at: At,
    /// When it was settled, the last time.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    processed_at: Option<At>,
    /// The number of the ticket it opened or stands on.
    #[schema(required)]
    ticket: Option<&'a str>,
    /// What those who handle mail may make of it now.
    #[schema(value_type = Vec<MailActionWord>)]
    allowed_actions: Vec<MailAction>,
}

/// A message that came in, with what it says and why it became what it became.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = InboundMailDetail)]
#[serde(rename_all = "camelCase")]
pub struct InboundMailDetailOut<'a> {
    #[serde(flatten)]
    mail: InboundMailOut<'a>,
    /// What was written this time, without history and signature.
    new_text: &'a str,
    /// The rest of the text.
    quoted_text: &'a str,
    /// Why it can't be read: `empty`, `noHeaders`, `tooLarge` or `readerFailed`; null when it can.
    #[schema(required)]
    unreadable: Option<&'a str>,
    /// What came with it.
    attachments: Vec<MailAttachmentOut<'a>>,
    /// Each step that was taken, in order.
    steps: Vec<StepOut<'a>>,
    /// What was odd about it.
    notes: Vec<NoteOut<'a>>,
    /// Numbers that other organisations gave the matter.
    foreign_numbers: Vec<&'a str>,
    /// Files that were not taken over; the original has them.
    left_out: Vec<LeftOutOut<'a>>,
    /// What people decided afterwards, oldest first.
    handlings: Vec<HandlingOut<'a>>,
}

/// A file that came with a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailAttachment)]
#[serde(rename_all = "camelCase")]
pub struct MailAttachmentOut<'a> {
    /// Its name.
    name: &'a str,
    /// What the sender says it is.
    content_type: &'a str,
    /// Its size in bytes.
    size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: &'a str,
    /// Whether it is shown inside the text.
    inline: bool,
}

/// What one step made of a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailStep)]
pub struct StepOut<'a> {
    /// Which step.
    step: &'static str,
    /// `passed`, `noted` or `decided`.
    #[schema(value_type = String)]
    verdict: crate::domain::mail::Verdict,
    /// What it found.
    finding: &'static str,
    /// What the finding is about: a header, an address, a number.
    values: &'a [String],
}

/// Something odd about a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailNote)]
pub struct NoteOut<'a> {
    /// What.
    #[schema(value_type = String)]
    code: crate::domain::mail::NoteCode,
    /// Which field, charset or number; empty when the code says all.
    value: &'a str,
}

/// A file that was not taken over.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailLeftOut)]
pub struct LeftOutOut<'a> {
    /// Its name.
    name: &'a str,
    /// `program`, `tooLarge`, `smallPicture` or `tooMany`.
    #[schema(value_type = String)]
    why: crate::app::mail::WhyLeftOut,
}

/// What a person decided about a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailHandling)]
pub struct HandlingOut<'a> {
    /// What.
    #[schema(value_type = MailActionWord)]
    action: &'a str,
    /// Who, by name.
    #[schema(required)]
    by: Option<&'a str>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// Why, where a reason was given.
    #[schema(required)]
    reason: Option<&'a str>,
}

impl<'a> From<&'a MailRow> for InboundMailOut<'a> {
    fn from(row: &'a MailRow) -> Self {
        let MailRow { record, mailbox, ticket } = row;
        let address = record.from_address.as_deref();
        Self {
            id: Opaque(record.id.get()),
            source: record.source,
            state: record.state,
            classification: record.classification,
            reason: record.reason.as_deref(),
            mailbox: mailbox.as_ref().map(|mailbox| mailbox.code.as_str()),
            from: address
                .map(|address| SenderOut { name: record.from_name.as_deref().unwrap_or_default(), address }),
            subject: record.subject.as_deref(),
            message_id: record.header_message_id.as_deref(),
            size: record.size_bytes,
            received_at: At(record.received_at),
            processed_at: record.processed_at.map(At),
            ticket: ticket.as_deref(),
            allowed_actions: MailAction::allowed_in(record.state),
        }
    }
}

impl<'a> From<&'a MailShown> for InboundMailDetailOut<'a> {
    fn from(shown: &'a MailShown) -> Self {
        let MailShown { row, understood, mail, unreadable, people, allowed, suggested: _ } = shown;
        let mut record = InboundMailOut::from(row);
        record.allowed_actions.clone_from(allowed);
        Self {
            mail: record,
            new_text: mail.as_ref().map_or("", |mail| &mail.new_text),
            quoted_text: mail.as_ref().map_or("", |mail| &mail.quoted_text),
            unreadable: *unreadable,
            attachments: mail
                .iter()
                .flat_map(|mail| &mail.attachments)
                .map(|file: &Attachment| MailAttachmentOut {
                    name: &file.name,
                    content_type: &file.content_type,
                    size: file.size,
                    sha256: &file.sha256,
                    inline: file.inline,
                })
                .collect(),
            steps: understood.steps.iter().map(StepOut::from).collect(),
            notes: understood.notes.iter().map(NoteOut::from).collect(),
            foreign_numbers: understood.foreign_numbers.iter().map(|held| held.number.as_str()).collect(),
            left_out: understood.left_out.iter().map(LeftOutOut::from).collect(),
            handlings: understood.handlings.iter().map(|held| HandlingOut::new(held, people)).collect(),
        }
    }
}

impl<'a> From<&'a Step> for StepOut<'a> {
    fn from(step: &'a Step) -> Self {
        let Step { step, verdict, finding, values } = step;
        Self { step: step.code(), verdict: *verdict, finding: finding.code(), values }
    }
}

impl<'a> From<&'a Note> for NoteOut<'a> {
    fn from(note: &'a Note) -> Self {
        Self { code: note.code, value: &note.value }
    }
}

impl<'a> From<&'a LeftOut> for LeftOutOut<'a> {
    fn from(file: &'a LeftOut) -> Self {
        Self { name: &file.name, why: file.why }
    }
}

impl<'a> HandlingOut<'a> {
    fn new(handling: &'a Handling, people: &'a People) -> Self {
        let Handling { what, by, at, reason } = handling;
        Self {
            action: what,
            by: people.get(by).map(|person| person.name.as_str()),
            at: At(*at),
            reason: reason.as_deref(),
        }
    }
}
