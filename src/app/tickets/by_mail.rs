//! What a mail does to tickets: it opens one, it is an answer on one, or it is only noted there. All within
//! the transaction that settles the mail, so that it happens once or not at all.

use super::routing::terms;
use super::store::{Fresh, Stamp, apply, locked};
use crate::app::AppError;
use crate::app::policies::Grounds;
use crate::db::attachments::{self, Attachment};
use crate::db::{Tx, ticket_events, ticket_messages, ticket_numbers};
use crate::domain::clock::Instant;
use crate::domain::ids::{AttachmentId, DeskId, InboundMailId, MessageId, OrganisationId, UserId};
use crate::domain::mail::Classification;
use crate::domain::notify::is_known_undelivered;
use crate::domain::people::Group;
use crate::domain::text::{Body, Reason, Subject};
use crate::domain::ticket::{
    By, ByRole, Channel, Command, EventKind, Opening, Origin, Rank, Terms, Ticket, TicketKind, TicketNumber,
    Visibility, decide, open, routed,
};

/// A file that lies in the store and belongs to nothing yet.
#[derive(Debug, Clone)]
pub(in crate::app) struct LooseFile {
    /// Its name.
    pub(in crate::app) file_name: String,
    /// What its bytes are.
    pub(in crate::app) content_type: String,
    /// Its size in bytes.
    pub(in crate::app) size_bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(in crate::app) sha256: String,
    /// The name it has in the store.
    pub(in crate::app) storage_key: String,
}

/// A ticket that a mail opens.
#[derive(Debug, Clone)]
pub(in crate::app) struct MailedTicket {
    /// What it is.
    pub(in crate::app) kind: TicketKind,
    /// The desk whose mailbox it came to.
    pub(in crate::app) desk: DeskId,
    /// Whose mail it is.
    pub(in crate::app) requester: UserId,
    /// Who made a ticket of it: the requester, or staff who looked at it.
    pub(in crate::app) registered_by: UserId,
    /// The organisation it is filed under.
    pub(in crate::app) organisation: OrganisationId,
    /// The subject.
    pub(in crate::app) subject: Subject,
    /// The text.
    pub(in crate::app) description: Option<Body>,
}

/// Opens a ticket with its files.
pub(in crate::app) fn open_by_mail(
    tx: &mut Tx<'_>,
    grounds: &Grounds,
    mailed: &MailedTicket,
    files: &[LooseFile],
    now: Instant,
) -> Result<Ticket, AppError> {
    let MailedTicket { kind, desk, requester, registered_by, organisation, subject, description } = mailed;
    let directory = &grounds.directory;
    let missing = |what: &'static str| AppError::internal("filing a ticket from a mail", what);
    let group = directory.intake_group(*desk).map(Group::to_ref);
    let group = group.ok_or_else(|| missing("the desk has no active intake group"))?;
    let customer =
        directory.organisation(*organisation).ok_or_else(|| missing("no such organisation"))?.customer;
    let mut opening = Opening {
        kind: *kind,
        desk: *desk,
        group,
        subject: subject.clone(),
        description: description.clone(),
        channel: Channel::Email,
        requester: *requester,
        registered_by: *registered_by,
        organisation: *organisation,
        customer,
        service: None,
        system: None,
        category: None,
        impact: Rank::LOW,
        urgency: Rank::MEDIUM,
        terms: Terms::default(),
    };
    opening.terms = terms(grounds, &opening, now);
    let number = ticket_numbers::next(tx, opening.kind)?;
    let stamp = Stamp { actor: Some(*registered_by), origin: Origin::Email, now };
    let mut fresh = Fresh::begin(open(&opening, number, None), stamp)?;
    fresh.then(routed(&opening).into_iter().collect());
    let mut ticket = fresh.store(tx, grounds)?;
    let attached = attach(tx, &ticket, None, *requester, Visibility::Public, files, now)?;
    apply(tx, &mut ticket, attached, stamp, grounds)?;
    Ok(ticket)
}

/// What a mail writes on a ticket.
#[derive(Debug, Clone)]
pub(in crate::app) struct MailedAnswer {
    /// Who reads it.
    pub(in crate::app) visibility: Visibility,
    /// The text.
    pub(in crate::app) body: Body,
    /// Whether it opens a finished ticket again, and why.
    pub(in crate::app) reopen: Option<Reason>,
}

/// In whose name something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Author {
    /// Who.
    pub(in crate::app) user: UserId,
    /// In which capacity.
    pub(in crate::app) role: ByRole,
}

/// Writes what a mail says on the ticket as it is in this transaction.
pub(in crate::app) fn write_by_mail(
    tx: &mut Tx<'_>,
    grounds: &Grounds,
    (mut ticket, author): (Ticket, Author),
    answer: &MailedAnswer,
    files: &[LooseFile],
    now: Instant,
) -> Result<(Ticket, MessageId), AppError> {
    let Author { user, role } = author;
    let by = By { user: Some(user), role };
    let message = ticket_messages::insert(tx, ticket.id, user, answer.visibility, answer.body.as_str(), now)?;
    let refused = |error| AppError::Refused { error, allowed: Vec::new() };
    let command = Command::AddMessage { message, visibility: answer.visibility };
    let mut events = decide(&ticket, &command, by, now).map_err(refused)?;
    events.extend(attach(tx, &ticket, Some(message), user, answer.visibility, files, now)?);
    if let Some(reason) = &answer.reopen {
        let command = Command::Reopen { reason: reason.clone() };
        events.extend(decide(&ticket, &command, by, now).map_err(refused)?);
    }
    apply(tx, &mut ticket, events, Stamp { actor: Some(user), origin: Origin::Email, now }, grounds)?;
    Ok((ticket, message))
}

/// A mail that says nothing to answer.
#[derive(Debug, Clone)]
pub(in crate::app) struct NotedMail {
    /// What it was taken for.
    pub(in crate::app) what: Classification,
    /// The address it came from, or that a mail of ours didn't reach.
    pub(in crate::app) from: String,
    /// What their server said when a mail of ours was given up; may be empty.
    pub(in crate::app) undelivered: Option<String>,
}

/// Notes on a ticket that a mail came which says nothing to answer: an automatic one, a bounce, a stranger's.
pub(in crate::app) fn note_mail(
    tx: &mut Tx<'_>,
    grounds: &Grounds,
    number: TicketNumber,
    mail: InboundMailId,
    noted: &NotedMail,
    now: Instant,
) -> Result<Ticket, AppError> {
    let mut ticket = locked(tx, number)?;
    let NotedMail { what, from, mut undelivered } = noted.clone();
    if undelivered.is_some() && is_known_undelivered(&ticket_events::all(tx.conn(), ticket.id)?) {
        undelivered = None;
    }
    let event = EventKind::MailNoted { mail, what, from, undelivered };
    apply(tx, &mut ticket, vec![event], Stamp { actor: None, origin: Origin::Email, now }, grounds)?;
    Ok(ticket)
}

fn attach(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    message: Option<MessageId>,
    by: UserId,
    visibility: Visibility,
    files: &[LooseFile],
    now: Instant,
) -> Result<Vec<EventKind>, AppError> {
    let mut events = Vec::with_capacity(files.len());
    for file in files {
        let LooseFile { file_name, content_type, size_bytes, sha256, storage_key } = file.clone();
        let name = file_name.clone();
        let attachment = attachments::insert(
            tx,
            &Attachment {
                id: AttachmentId(0),
                ticket: ticket.id,
                message,
                uploaded_by: by,
                visibility,
                file_name,
                content_type,
                size_bytes,
                sha256,
                storage_key,
                created_at: now,
            },
        )?;
        events.push(EventKind::AttachmentAdded { attachment, name, visibility });
    }
    Ok(events)
}
