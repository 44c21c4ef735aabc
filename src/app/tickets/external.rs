//! Suppliers' groups without accounts: staff make a signed link to a ticket, the supplier reads what it
//! needs by it, answers, and hands the ticket back.
//!
//! A link is good while the ticket is open and has lain with the group ever since the link was made:
//! handing it over revokes the link by itself, and the link stays revoked when the ticket comes back.
//! Nobody is behind a link whom the product knows by name, so what is done by it has no actor: its origin
//! is `external`, and the event names the group.

mod token;

use super::lookup;
use super::store::{Stamp, apply, locked};
use super::{Attachment, AttachmentFile, Grounding, Message, People, PromiseView};
use crate::app::{App, AppError, Ctx, FieldErrors, opaque};
use crate::db::{Conn, attachments, ticket_events, ticket_messages, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_SECOND};
use crate::domain::ids::{GroupId, MessageId, UserId};
use crate::domain::people::Group;
use crate::domain::sla::agreement::AgreementKind;
use crate::domain::text::{Body, Reason};
use crate::domain::ticket::{
    By, ByRole, Command, EventKind, HandOverReason, Origin, Ticket, TicketEvent, TicketNumber, Visibility,
    decide, external_links,
};
use token::Claim;

/// How long a link is good.
const LINK_DAYS: i64 = 30;
/// More than any ticket has.
const MOST: i64 = 2_000;
/// Whoever acts by a link.
const EXTERNAL: By = By { user: None, role: ByRole::External };

/// A link that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalAccess {
    /// What stands in its address.
    pub token: String,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// What a supplier is shown of a ticket.
#[derive(Debug, Clone)]
pub struct ExternalView {
    /// The ticket.
    pub ticket: Ticket,
    /// The supplier's group.
    pub group: GroupId,
    /// Until when the link is good.
    pub expires_at: Instant,
    /// What the requester reads too.
    pub messages: Vec<Message>,
    /// The files of the description and of those messages.
    pub files: Vec<Attachment>,
    /// What the supplier has answered by link, and when.
    pub answers: Vec<(Instant, String)>,
    /// What the supplier has promised about its part, and how that stands.
    pub promise: Option<PromiseView>,
    /// Everybody who wrote.
    pub people: People,
}

/// Why a link leads nowhere.
#[derive(Debug)]
pub enum ExternalError {
    /// It isn't one of ours; how, isn't told.
    Forged,
    /// It was ours: its time has run out, or the ticket has moved on or is settled.
    Over,
    /// What was written isn't taken, or something is broken.
    App(AppError),
}

impl From<AppError> for ExternalError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl App {
    /// Makes a link to a ticket for the supplier's group that has it, good for 30 days.
    ///
    /// # Errors
    /// [`AppError::Refused`] unless the ticket is open and lies with an external group;
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn create_external_link(
        &self,
        cx: &Ctx,
        number: TicketNumber,
    ) -> Result<ExternalAccess, AppError> {
        let now = self.now();
        let until = now.plus_micros(LINK_DAYS * MICROS_PER_DAY).micros() / MICROS_PER_SECOND;
        let until = Instant::from_micros(until * MICROS_PER_SECOND);
        let command = Command::CreateExternalLink { id: self.random_token()?, until };
        let (app, grounds, cx) = (self.clone(), self.grounds().await?, cx.clone());
        self.db()
            .write(move |tx| {
                let mut ticket = locked(tx, number)?;
                cx.require_on(Permission::TicketEscalate, &ticket)?;
                if cx.made_before(tx.conn(), now)?.is_none() {
                    let events = decide(&ticket, &command, cx.by(&ticket), now)
                        .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                    let stamp = Stamp { actor: Some(cx.user()), origin: cx.origin, now };
                    apply(tx, &mut ticket, events, stamp, &grounds)?;
                    cx.note_made(tx, &number.to_string(), now)?;
                }
                let events = ticket_events::all(tx.conn(), ticket.id)?;
                app.external_access(&ticket, &events)?.ok_or(AppError::NotFound)
            })
            .await
    }

    /// The latest link to a ticket that holds now, drawn from its whole history.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it can't be signed.
    pub fn external_access(
        &self,
        ticket: &Ticket,
        events: &[TicketEvent],
    ) -> Result<Option<ExternalAccess>, AppError> {
        let Some(link) = external_links(ticket, events, self.now()).pop() else { return Ok(None) };
        let expires_at = link.until;
        let token = token::sign(&self.settings().secret, &Claim { ticket: ticket.id, link })?;
        Ok(Some(ExternalAccess { token, expires_at }))
    }

    /// What a link shows.
    ///
    /// # Errors
    /// [`ExternalError`].
    pub async fn external_view(&self, token: &str) -> Result<ExternalView, ExternalError> {
        let (claim, now) = (self.claim(token)?, self.now());
        let found = self
            .db()
            .read(move |conn| {
                let Some((ticket, events)) = held(conn, &claim, now)? else { return Ok(None) };
                let messages = ticket_messages::after(conn, ticket.id, MessageId(0), false, MOST)?;
                let files = attachments::of_ticket(conn, ticket.id, false)?;
                let group = claim.link.group;
                let answers = events
                    .into_iter()
                    .filter_map(|event| match event.kind {
                        EventKind::ExternalAnswered { group: by, text } if by == group => {
                            Some((event.at, text))
                        }
                        _ => None,
                    })
                    .collect();
                let expires_at = claim.link.until;
                let people = People::new();
                let promise = None;
                let view =
                    ExternalView { ticket, group, expires_at, messages, files, answers, promise, people };
                Ok::<_, AppError>(Some(view))
            })
            .await?;
        let mut view = found.ok_or(ExternalError::Over)?;
        let mut named: Vec<UserId> = view.messages.iter().map(|message| message.author).collect();
        named.extend([view.ticket.requester, view.ticket.registered_by]);
        view.people = self.people(&named).await?;
        let Grounding { promises, .. } = self.grounding(&view.ticket, true).await?;
        view.promise = promises.into_iter().find(|promise| promise.kind == AgreementKind::Underpinning);
        Ok(view)
    }

    /// A file that a link shows.
    ///
    /// # Errors
    /// [`ExternalError`]; [`AppError::NotFound`] for any other file.
    pub async fn external_file(&self, token: &str, id: &str) -> Result<AttachmentFile, ExternalError> {
        let view = self.external_view(token).await?;
        let wanted = opaque::decode(id);
        let attachment = view
            .files
            .into_iter()
            .find(|file| Some(file.id.get()) == wanted && file.visibility == Visibility::Public)
            .ok_or(AppError::NotFound)?;
        let path = self.files().path(&attachment.storage_key);
        Ok(AttachmentFile { attachment, path })
    }

    /// Writes the supplier's answer to the desk. The same text sent twice running is written once.
    ///
    /// # Errors
    /// [`ExternalError`], with [`AppError::Invalid`] for a text that isn't taken.
    pub async fn answer_externally(&self, token: &str, text: &str) -> Result<(), ExternalError> {
        let claim = self.claim(token)?;
        let mut errors = FieldErrors::default();
        let text = errors.text("body", Body::parse(text));
        errors.finish()?;
        let text = text.ok_or(AppError::NotFound)?;
        self.act_externally(claim, move |_, events| {
            let last = events.iter().rev().find_map(|event| match &event.kind {
                EventKind::ExternalAnswered { group: _, text } => Some(text.as_str()),
                _ => None,
            });
            let is_new = last != Some(text.as_str());
            Ok(is_new.then(|| Command::AnswerExternally { text: text.clone() }))
        })
        .await
    }

    /// Hands the ticket back to its owner: `done`, or `other` when the supplier can't solve it; with what was
    /// done or why not.
    ///
    /// # Errors
    /// [`ExternalError`], with [`AppError::Invalid`] for wrong fields.
    pub async fn return_externally(
        &self,
        token: &str,
        reason_code: &str,
        reason: &str,
    ) -> Result<(), ExternalError> {
        let claim = self.claim(token)?;
        let mut errors = FieldErrors::default();
        let code = lookup::reason_code(Some(reason_code), &mut errors)
            .filter(|code| matches!(code, HandOverReason::Done | HandOverReason::Other));
        let code = errors.found("reasonCode", code);
        let reason = errors.text("reason", Reason::parse(reason));
        errors.finish()?;
        let reason = reason.ok_or(AppError::NotFound)?;
        let directory = self.directory().await?;
        self.act_externally(claim, move |ticket, _| {
            let owner = directory.group(ticket.owner_group).map(Group::to_ref).ok_or_else(|| {
                AppError::internal("handing a ticket back", "its owner group is not in the directory")
            })?;
            Ok(Some(Command::Return { owner, reason: reason.clone(), code }))
        })
        .await
    }

    async fn act_externally(
        &self,
        claim: Claim,
        command: impl Fn(&Ticket, &[TicketEvent]) -> Result<Option<Command>, AppError> + Send + Sync + 'static,
    ) -> Result<(), ExternalError> {
        let (grounds, now) = (self.grounds().await?, self.now());
        let done = self
            .db()
            .write(move |tx| {
                tickets::lock(tx, claim.ticket)?;
                let Some((mut ticket, events)) = held(tx.conn(), &claim, now)? else { return Ok(None) };
                if let Some(command) = command(&ticket, &events)? {
                    let events = decide(&ticket, &command, EXTERNAL, now)
                        .map_err(|error| AppError::Refused { error, allowed: Vec::new() })?;
                    let stamp = Stamp { actor: None, origin: Origin::External, now };
                    apply(tx, &mut ticket, events, stamp, &grounds)?;
                }
                Ok::<_, AppError>(Some(()))
            })
            .await?;
        done.ok_or(ExternalError::Over)
    }

    fn claim(&self, token: &str) -> Result<Claim, ExternalError> {
        token::read(&self.settings().secret, token)?.ok_or(ExternalError::Forged)
    }
}

/// The ticket and its history, if the link to it still holds.
fn held(
    conn: &mut Conn,
    claim: &Claim,
    now: Instant,
) -> Result<Option<(Ticket, Vec<TicketEvent>)>, AppError> {
    let Some(ticket) = tickets::by_id(conn, claim.ticket)? else { return Ok(None) };
    let events = ticket_events::all(conn, ticket.id)?;
    let holds = external_links(&ticket, &events, now).contains(&claim.link);
    Ok(holds.then_some((ticket, events)))
}
