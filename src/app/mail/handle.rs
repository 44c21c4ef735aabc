//! What a person makes of a message that waits for a look, can't be read or was passed over: a ticket, an answer,
//! nothing – or takes that back. Each in one transaction, once only, and written down with who decided it.

mod to_ticket;

use super::log::{MailRow, rows};
use super::post::Arrival;
use super::settle::{body, empty, registered};
use super::shown::{limits, original_name, parsed_mail, understood_of};
use super::understand::{LeftOut, WhyLeftOut, plain, traced};
use crate::app::auth;
use crate::app::tickets::{Author, LooseFile, MailedAnswer, MailedTicket, open_by_mail, write_by_mail};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::inbound_mails::{self, Handled, MailRecord};
use crate::db::users;
use crate::db::{Tx, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::UserId;
use crate::domain::mail::{Classification, InboundMail, InboundState};
use crate::domain::text::{Body, Reason};
use crate::domain::ticket::{ByRole, Origin, TicketNumber, Visibility};
use crate::mail::parse::parse;
use crate::text_enum;
use serde::{Deserialize, Serialize};
use to_ticket::{Checked, Requester, checked};

pub use to_ticket::MailToTicket;

text_enum! {
    /// What a person can make of a message.
    pub enum MailAction {
        /// A ticket.
        Ticket = "ticket",
        /// A message on a ticket.
        Reply = "reply",
        /// Nothing: it is thrown away.
        Discard = "discard",
        /// It waits for a look again.
        Restore = "restore",
    }
}

impl MailAction {
    /// What can be made of a message in this state.
    #[must_use]
    pub fn allowed_in(state: InboundState) -> Vec<Self> {
        match state {
            InboundState::Held | InboundState::Quarantined => vec![Self::Ticket, Self::Reply, Self::Discard],
            InboundState::Ignored => vec![Self::Ticket, Self::Reply, Self::Restore],
            InboundState::Discarded => vec![Self::Restore],
            InboundState::Received | InboundState::Ticket | InboundState::Reply | InboundState::Noted => {
                Vec::new()
            }
        }
    }
}

/// What a person decided about a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handling {
    /// What, as a [`MailAction`].
    pub what: String,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Instant,
    /// Why, where a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl App {
    /// Makes a ticket of a message.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; [`AppError::MailSettled`] when somebody else was first;
    /// [`AppError::NotFound`].
    pub async fn make_ticket_of_mail(
        &self,
        cx: &Ctx,
        id: &str,
        new: &MailToTicket,
    ) -> Result<MailRow, AppError> {
        let Some(record) = self.to_handle(cx, id, MailAction::Ticket).await? else {
            return self.mail_row(cx, id).await;
        };
        let grounds = self.grounds().await?;
        let directory = self.directory().await?;
        let wanted = new.clone();
        let (arrival, mail) = self.arrived(&record).await?;
        let checked =
            self.db().read(move |conn| checked(conn, &directory, &wanted, arrival, mail.as_ref())).await?;
        let (files, left_out) = self.files_of(&record).await?;
        let keys = keys_of(&files);
        let (now, actor) = (self.now(), cx.clone());
        let settled = self
            .db()
            .write(move |tx| {
                let Checked { requester, kind, desk, organisation, subject, description } = checked.clone();
                let requester = match requester {
                    Requester::Known(user) => user,
                    Requester::New { email, name } => registered(tx, &email, &name, organisation, now)?,
                };
                let mailed = MailedTicket {
                    kind,
                    desk,
                    requester,
                    registered_by: actor.user(),
                    organisation,
                    subject,
                    description,
                };
                let ticket = open_by_mail(tx, &grounds, &mailed, &files, now)?;
                let end = End { state: InboundState::Ticket, ticket: Some(ticket.id), message: None };
                handled(tx, &actor, &record, MailAction::Ticket, end, (None, left_out.as_deref()), now)
            })
            .await;
        self.with_files(settled, keys)
    }

    /// Puts what a message says on a ticket: in its sender's name; what nobody known wrote only as a note.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; [`AppError::MailSettled`] when somebody else was first;
    /// [`AppError::Refused`] on a cancelled ticket; [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn add_mail_to_ticket(
        &self,
        cx: &Ctx,
        id: &str,
        number: &str,
        visibility: Visibility,
    ) -> Result<MailRow, AppError> {
        let Some(record) = self.to_handle(cx, id, MailAction::Reply).await? else {
            return self.mail_row(cx, id).await;
        };
        let number = match number.trim() {
            "" => return Err(AppError::field("number", FieldProblem::Required)),
            text => {
                TicketNumber::parse(text).ok_or_else(|| AppError::field("number", FieldProblem::Unknown))?
            }
        };
        let (grounds, directory) = (self.grounds().await?, self.directory().await?);
        let (_, mail) = self.arrived(&record).await?;
        let (asking, sender) = (cx.clone(), mail.as_ref().and_then(|mail| mail.from.clone()));
        let address = sender.as_ref().map(crate::domain::mail::Mailbox::folded);
        let author = self
            .db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?
                    .filter(|ticket| asking.may_on(Permission::TicketView, ticket))
                    .ok_or_else(|| AppError::field("number", FieldProblem::Unknown))?;
                asking.require_on(needed(visibility), &ticket)?;
                let Some(address) = address else { return Ok(None) };
                let Some(user) = users::by_email(conn, &address)? else { return Ok(None) };
                let signed = auth::load(conn, &directory, user.id, None)?;
                let as_sender = |actor| Ctx { actor, origin: Origin::Email, once: None };
                let role =
                    signed.map_or(ByRole::Requester, |signed| as_sender(signed.actor).by(&ticket).role);
                Ok::<_, AppError>(Some(Author { user: user.id, role }))
            })
            .await?;
        let text = mail.as_ref().and_then(|mail| body(mail, true)).unwrap_or_else(empty);
        let (author, text) = match (author, visibility) {
            (Some(author), _) => (author, text),
            (None, Visibility::Public) => {
                return Err(AppError::field("visibility", FieldProblem::NotAllowed));
            }
            (None, Visibility::Internal) => {
                let from = sender.map(|from| {
                    format!("From: {} <{}>\n\n", plain(&from.name, 200), plain(&from.address, 320))
                });
                let signed: String = [from.unwrap_or_default().as_str(), text.as_str()]
                    .concat()
                    .chars()
                    .take(Body::MAX)
                    .collect();
                let author = Author { user: cx.user(), role: ByRole::Staff };
                (author, Body::parse(&signed).unwrap_or_else(|_| empty()))
            }
        };
        let (files, left_out) = self.files_of(&record).await?;
        let keys = keys_of(&files);
        let (now, actor) = (self.now(), cx.clone());
        let answer = MailedAnswer { visibility, body: text, reopen: None };
        let settled = self
            .db()
            .write(move |tx| {
                let ticket = tickets::lock_by_number(tx, number)?.ok_or(AppError::NotFound)?;
                actor.require_on(needed(visibility), &ticket)?;
                let (ticket, message) = write_by_mail(tx, &grounds, (ticket, author), &answer, &files, now)?;
                let end = End { state: InboundState::Reply, ticket: Some(ticket.id), message: Some(message) };
                handled(tx, &actor, &record, MailAction::Reply, end, (None, left_out.as_deref()), now)
            })
            .await;
        self.with_files(settled, keys)
    }

    /// Throws a message away; it can be taken back.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::MailSettled`] when somebody else was first;
    /// [`AppError::NotFound`].
    pub async fn discard_mail(&self, cx: &Ctx, id: &str, reason: &str) -> Result<MailRow, AppError> {
        let mut errors = FieldErrors::default();
        let reason = errors.text("reason", Reason::parse(reason));
        let Some(record) = self.to_handle(cx, id, MailAction::Discard).await? else {
            return self.mail_row(cx, id).await;
        };
        errors.finish()?;
        let reason = reason.map(|reason| reason.as_str().to_owned());
        self.moved(cx, record, MailAction::Discard, InboundState::Discarded, reason).await
    }

    /// Lets a message that was thrown away or passed over wait for a look again.
    ///
    /// # Errors
    /// [`AppError::MailSettled`] when somebody else was first; [`AppError::NotFound`].
    pub async fn restore_mail(&self, cx: &Ctx, id: &str) -> Result<MailRow, AppError> {
        let Some(record) = self.to_handle(cx, id, MailAction::Restore).await? else {
            return self.mail_row(cx, id).await;
        };
        let state = match record.classification {
            Some(Classification::Unparsable) => InboundState::Quarantined,
            _ => InboundState::Held,
        };
        self.moved(cx, record, MailAction::Restore, state, None).await
    }

    async fn moved(
        &self,
        cx: &Ctx,
        record: MailRecord,
        action: MailAction,
        state: InboundState,
        reason: Option<String>,
    ) -> Result<MailRow, AppError> {
        let (now, actor) = (self.now(), cx.clone());
        self.db()
            .write(move |tx| {
                let end = End { state, ticket: record.ticket, message: record.message };
                handled(tx, &actor, &record, action, end, (reason.as_deref(), None), now)
            })
            .await
    }

    /// The message, when this can be done with it; nothing when this very request has done it before.
    async fn to_handle(
        &self,
        cx: &Ctx,
        id: &str,
        action: MailAction,
    ) -> Result<Option<MailRecord>, AppError> {
        cx.require(Permission::MailHandle)?;
        let record = self.mail_record(cx, id).await?;
        let (asking, now) = (cx.clone(), self.now());
        if self.db().point(move |conn| asking.made_before(conn, now)).await?.is_some() {
            return Ok(None);
        }
        if MailAction::allowed_in(record.state).contains(&action) {
            Ok(Some(record))
        } else {
            Err(settled(record.state))
        }
    }

    /// Where it came to and what it says, as far as it can be read.
    async fn arrived(&self, record: &MailRecord) -> Result<(Arrival, Option<InboundMail>), AppError> {
        let directory = self.directory().await?;
        self.with_mail(record, move |app, record, raw| {
            let post = app.db().read_blocking(|conn| app.post(conn))?;
            let mail = parsed_mail(&raw).ok();
            Ok((post.arrival(record.mailbox, mail.as_ref(), &directory)?, mail))
        })
        .await
    }

    /// Its files in the store: of what can't be read, the whole of it.
    async fn files_of(
        &self,
        record: &MailRecord,
    ) -> Result<(Vec<LooseFile>, Option<Vec<LeftOut>>), AppError> {
        self.with_mail(record, |app, record, raw| {
            if let Ok(parsed) = parse(&raw, &limits()) {
                let (files, left_out) = app.stored_files(&parsed)?;
                return Ok((files, Some(left_out)));
            }
            let name = original_name(record.id);
            if raw.is_empty() {
                return Ok((Vec::new(), None));
            }
            let left = |why| Ok((Vec::new(), Some(vec![LeftOut { name: name.clone(), why }])));
            match app.stored_file(&name, &raw) {
                Ok(file) => Ok((vec![file], Some(Vec::new()))),
                Err(AppError::FileType(_)) => left(WhyLeftOut::Program),
                Err(AppError::TooLarge { .. }) => left(WhyLeftOut::TooLarge),
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// The outcome; the stored files are the ticket's now, or nobody's.
    fn with_files(&self, settled: Result<MailRow, AppError>, keys: Vec<String>) -> Result<MailRow, AppError> {
        // Of a broken connection nobody knows whether it was committed: a file too many is better than one too few.
        if matches!(&settled, Err(error) if !matches!(error, AppError::Internal { .. })) {
            for key in keys {
                self.files().remove(&key).map_err(|error| AppError::internal("removing a file", error))?;
            }
        }
        settled
    }
}

/// What a message has become.
#[derive(Clone, Copy)]
struct End {
    state: InboundState,
    ticket: Option<crate::domain::ids::TicketId>,
    message: Option<crate::domain::ids::MessageId>,
}

/// Writes down what became of a message and who decided it, unless somebody was first: then nothing of the
/// transaction holds.
fn handled(
    tx: &mut Tx<'_>,
    cx: &Ctx,
    record: &MailRecord,
    action: MailAction,
    end: End,
    (reason, left_out): (Option<&str>, Option<&[LeftOut]>),
    now: Instant,
) -> Result<MailRow, AppError> {
    let mut understood = understood_of(record);
    if let Some(left_out) = left_out {
        understood.left_out = left_out.to_vec();
    }
    understood.handlings.push(Handling {
        what: action.as_text().to_owned(),
        by: cx.user(),
        at: now,
        reason: reason.map(str::to_owned),
    });
    let trace = traced(&understood)?;
    let End { state, ticket, message } = end;
    let change = Handled { state, trace, ticket, message, by: cx.user() };
    if !inbound_mails::handle(tx, record.id, record.state, &change, now)? {
        let now_in = inbound_mails::by_id(tx.conn(), record.id)?.map_or(record.state, |now| now.state);
        return Err(settled(now_in));
    }
    if let Some(ticket) = ticket.filter(|_| matches!(action, MailAction::Ticket | MailAction::Reply)) {
        super::numbers::keep(tx, ticket, record.id, &understood.foreign_numbers, now)?;
    }
    cx.note_made(tx, &opaque::encode(record.id.get()), now)?;
    let record = inbound_mails::by_id(tx.conn(), record.id)?;
    rows(tx.conn(), record.into_iter().collect())?.pop().ok_or(AppError::NotFound)
}

const fn needed(visibility: Visibility) -> Permission {
    match visibility {
        Visibility::Public => Permission::TicketReply,
        Visibility::Internal => Permission::TicketNote,
    }
}

fn settled(state: InboundState) -> AppError {
    let allowed = MailAction::allowed_in(state).iter().map(MailAction::as_text).collect();
    AppError::MailSettled { allowed }
}

fn keys_of(files: &[LooseFile]) -> Vec<String> {
    files.iter().map(|file| file.storage_key.clone()).collect()
}

#[cfg(test)]
mod tests;
