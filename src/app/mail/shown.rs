//! One message that came in, for people: what it says, what was made of it and why, and its bytes.

use super::handle::MailAction;
use super::log::{MailRow, rows, scope};
use super::post::{Arrival, Post};
use super::settle::belongs_to;
use super::understand::Understood;
use crate::app::tickets::People;
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::inbound_mails::{self, DeskScope, MailRecord};
use crate::db::{Conn, mailboxes, tickets, users};
use crate::domain::access::Permission;
use crate::domain::ids::{DeskId, InboundMailId, OrganisationId, UserId};
use crate::domain::mail::{InboundMail, InboundState};
use crate::domain::people::Directory;
use crate::mail::html::framed;
use crate::mail::parse::{Limits, Unparsable, parse};
use std::path::PathBuf;

/// More pictures than this aren't put into the page; each is still there as a file.
const MOST_PICTURE_BYTES: usize = 10_000_000;

/// A message as people see it.
#[derive(Debug, Clone)]
pub struct MailShown {
    /// What is known of it.
    pub row: MailRow,
    /// How it was understood, and what people decided afterwards.
    pub understood: Understood,
    /// What it says; nothing when it can't be read.
    pub mail: Option<Box<InboundMail>>,
    /// Why it can't be read, as a code.
    pub unreadable: Option<&'static str>,
    /// Who decided something about it.
    pub people: People,
    /// What the actor may do with it now.
    pub allowed: Vec<MailAction>,
    /// What a ticket made of it would begin with.
    pub suggested: Suggested,
}

/// What a ticket made of a message would begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggested {
    /// The desk it came to.
    pub desk: Option<DeskId>,
    /// Whether its sender is somebody we know.
    pub is_sender_known: bool,
    /// The organisation of the sender's domain, or the mailbox's.
    pub organisation: Option<OrganisationId>,
}

/// The message as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailOriginal {
    /// What the file is called.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its size.
    pub size_bytes: u64,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whether somebody may read a message: those who manage mail all; those who handle mail what waits for a look at
/// their desks and what they threw away themselves; everybody who reads the internal notes of its ticket.
pub(super) fn may_see(
    cx: &Ctx,
    conn: &mut Conn,
    directory: &Directory,
    record: &MailRecord,
) -> Result<bool, AppError> {
    if cx.require(Permission::MailManage).is_ok() {
        return Ok(true);
    }
    let waits = matches!(record.state, InboundState::Held | InboundState::Quarantined);
    let own_discarded = record.state == InboundState::Discarded && record.handled_by == Some(cx.user());
    if cx.require(Permission::MailHandle).is_ok()
        && (own_discarded || waits && is_theirs(conn, scope(cx, directory).as_ref(), record)?)
    {
        return Ok(true);
    }
    let Some(ticket) = record.ticket else { return Ok(false) };
    let ticket = tickets::by_id(conn, ticket)?;
    Ok(ticket.is_some_and(|ticket| cx.may_on(Permission::TicketViewInternal, &ticket)))
}

/// Whether a message came to the desks somebody handles mail for.
fn is_theirs(conn: &mut Conn, scope: Option<&DeskScope>, record: &MailRecord) -> Result<bool, AppError> {
    let Some(scope) = scope else { return Ok(true) };
    let Some(id) = record.mailbox else { return Ok(scope.with_unnamed) };
    let mailbox = mailboxes::refs(conn)?.into_iter().find(|mailbox| mailbox.id == id);
    Ok(mailbox.is_some_and(|mailbox| scope.desks.contains(&mailbox.desk)))
}

impl App {
    /// A message with what it says, read anew from its bytes, and why it became what it became.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of it.
    pub async fn mail_shown(&self, cx: &Ctx, id: &str) -> Result<MailShown, AppError> {
        let record = self.mail_record(cx, id).await?;
        let directory = self.directory().await?;
        let handles = cx.require(Permission::MailHandle).is_ok();
        let allowed = if handles { MailAction::allowed_in(record.state) } else { Vec::new() };
        let app = self.clone();
        let read = self
            .with_mail(&record, move |app, record, raw| {
                let post = app.db().read_blocking(|conn| app.post(conn))?;
                let (mail, unreadable) = match parsed_mail(&raw) {
                    Ok(mail) => (Some(mail), None),
                    Err(error) => (None, Some(error.code())),
                };
                let suggested = app.suggested(record, mail.as_ref(), &post, &directory)?;
                Ok((mail.map(Box::new), unreadable, suggested))
            })
            .await?;
        let (mail, unreadable, suggested) = read;
        let understood = understood_of(&record);
        let involved: Vec<UserId> =
            record.handled_by.into_iter().chain(understood.handlings.iter().map(|h| h.by)).collect();
        let row = app
            .db()
            .point(move |conn| Ok::<_, AppError>(rows(conn, vec![record])?.pop()))
            .await?
            .ok_or(AppError::NotFound)?;
        let people = app.people(&involved).await?;
        Ok(MailShown { row, understood, mail, unreadable, people, allowed, suggested })
    }

    /// A message as it came.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of it.
    pub async fn mail_original(&self, cx: &Ctx, id: &str) -> Result<MailOriginal, AppError> {
        let record = self.mail_record(cx, id).await?;
        Ok(MailOriginal {
            name: original_name(record.id),
            path: self.files().path(&record.storage_key),
            size_bytes: u64::try_from(record.size_bytes).unwrap_or(0),
        })
    }

    /// A file that came with a message, by its place in it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none or the actor may not know of the message.
    pub async fn mail_file(&self, cx: &Ctx, id: &str, place: usize) -> Result<MailFile, AppError> {
        let record = self.mail_record(cx, id).await?;
        self.with_mail(&record, move |_, _, raw| {
            let parsed = parse(&raw, &limits()).map_err(|_| AppError::NotFound)?;
            let name = parsed.mail.attachments.get(place).map(|file| file.name.clone());
            let bytes = parsed.content(place).map(std::borrow::Cow::into_owned);
            name.zip(bytes).map(|(name, bytes)| MailFile { name, bytes }).ok_or(AppError::NotFound)
        })
        .await
    }

    /// The message's HTML, made harmless, with its own pictures inside.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it has none or the actor may not know of the message.
    pub async fn mail_html(&self, cx: &Ctx, id: &str) -> Result<String, AppError> {
        let record = self.mail_record(cx, id).await?;
        self.with_mail(&record, |_, _, raw| {
            let parsed = parse(&raw, &limits()).map_err(|_| AppError::NotFound)?;
            let html = parsed.mail.html.as_deref().ok_or(AppError::NotFound)?;
            let mut room = MOST_PICTURE_BYTES;
            Ok(framed(html, |content_id| {
                let is_meant = |id: &Option<String>| id.as_deref() == Some(content_id);
                let at = parsed.mail.attachments.iter().position(|file| is_meant(&file.content_id))?;
                let bytes = parsed.content(at)?;
                room = room.checked_sub(bytes.len())?;
                Some(bytes.into_owned())
            }))
        })
        .await
    }

    /// The same with the names of what it points at.
    pub(super) async fn mail_row(&self, cx: &Ctx, id: &str) -> Result<MailRow, AppError> {
        let record = self.mail_record(cx, id).await?;
        let row = self.db().point(move |conn| rows(conn, vec![record])).await?.pop();
        row.ok_or(AppError::NotFound)
    }

    /// A message that the actor may know of.
    pub(super) async fn mail_record(&self, cx: &Ctx, id: &str) -> Result<MailRecord, AppError> {
        let id = opaque::decode(id).map(InboundMailId).ok_or(AppError::NotFound)?;
        let cx = cx.clone();
        let directory = self.directory().await?;
        self.db()
            .point(move |conn| {
                let record = inbound_mails::by_id(conn, id)?.ok_or(AppError::NotFound)?;
                if may_see(&cx, conn, &directory, &record)? { Ok(record) } else { Err(AppError::NotFound) }
            })
            .await
    }

    /// Reads a message's bytes, when there is room in memory, and works on them beside the requests.
    pub(super) async fn with_mail<T: Send + 'static>(
        &self,
        record: &MailRecord,
        work: impl FnOnce(&Self, &MailRecord, Vec<u8>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let _room = self.room_for(record.size_bytes).await?;
        let (app, record) = (self.clone(), record.clone());
        tokio::task::spawn_blocking(move || {
            let path = app.files().path(&record.storage_key);
            let raw = std::fs::read(path).map_err(|error| AppError::internal("reading a mail", error))?;
            work(&app, &record, raw)
        })
        .await
        .map_err(|error| AppError::internal("reading a mail", error))?
    }

    fn suggested(
        &self,
        record: &MailRecord,
        mail: Option<&InboundMail>,
        post: &Post,
        directory: &Directory,
    ) -> Result<Suggested, AppError> {
        let arrival = post.arrival(record.mailbox, mail, directory)?;
        let Arrival { desk, organisation, .. } = arrival;
        let address = mail.and_then(|mail| mail.from.as_ref()).map(crate::domain::mail::Mailbox::folded);
        self.db().read_blocking(|conn| {
            let Some(address) = &address else {
                return Ok(Suggested { desk: Some(desk), is_sender_known: false, organisation });
            };
            Ok(Suggested {
                desk: Some(desk),
                is_sender_known: users::by_email(conn, address)?.is_some(),
                organisation: belongs_to(conn, address, &arrival)?,
            })
        })
    }
}

/// How a message was understood, as far as it has been.
#[must_use]
pub fn understood_of(record: &MailRecord) -> Understood {
    record.trace.as_deref().and_then(|trace| serde_json::from_str(trace).ok()).unwrap_or_default()
}

/// A stored message was small enough when it came; whatever its size, a person may look at it.
pub(super) fn limits() -> Limits {
    Limits { bytes: usize::MAX, ..Limits::default() }
}

pub(super) fn parsed_mail(raw: &[u8]) -> Result<InboundMail, Unparsable> {
    parse(raw, &limits()).map(|parsed| parsed.mail)
}

/// What the message as it came is called when it is downloaded.
pub(super) fn original_name(id: InboundMailId) -> String {
    format!("mail-{}.eml", opaque::encode(id.get()))
}
