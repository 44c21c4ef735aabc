//! The log of mails that went out, are to, or didn't.

use crate::app::outbox::{self, SendMail};
use crate::app::{App, AppError, Ctx, FieldErrors, opaque};
use crate::db::outbound_mails::{self, OutboundFilter, OutboundMail};
use crate::db::{Conn, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{OutboundMailId, TicketId};
use crate::domain::mail::{OutboundState, Suppressed, Template};
use crate::domain::ticket::TicketNumber;
use crate::text_enum;
use std::collections::HashMap;

text_enum! {
    /// What a person can do with a mail that wasn't delivered.
    pub enum OutgoingAction {
        /// It is tried again from the start.
        Resend = "resend",
        /// It rests for good.
        GiveUp = "giveUp",
    }
}

impl OutgoingAction {
    /// What can be done with a mail in this state.
    #[must_use]
    pub const fn allowed_in(state: OutboundState) -> &'static [Self] {
        match state {
            OutboundState::Dead => &[Self::Resend, Self::GiveUp],
            OutboundState::Waiting => &[Self::GiveUp],
            OutboundState::Sent | OutboundState::Suppressed => &[],
        }
    }
}

/// Which mails are asked for, in the words of a request.
#[derive(Debug, Clone, Default)]
pub struct OutgoingQuery {
    /// What has become of it.
    pub state: Option<String>,
    /// The number of a ticket.
    pub ticket: Option<String>,
    /// The recipient's address or a ticket's number.
    pub text: Option<String>,
    /// Only older than this one.
    pub before: Option<OutboundMailId>,
}

/// A mail of the log. What it says isn't kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Its key.
    pub id: OutboundMailId,
    /// Its text.
    pub template: Template,
    /// What has become of it.
    pub state: OutboundState,
    /// The address.
    pub recipient: String,
    /// Its Message-ID without angle brackets.
    pub message_id: String,
    /// The ticket's number.
    pub ticket: Option<String>,
    /// Why it isn't sent.
    pub reason: Option<Suppressed>,
    /// How often sending failed.
    pub attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was caused.
    pub created_at: Instant,
    /// When it goes out, or is tried again.
    pub send_after: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

impl App {
    /// Mails that went out, are to, or didn't, the latest first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], or [`AppError::Invalid`] with every word that isn't known.
    pub async fn outgoing_mails(
        &self,
        cx: &Ctx,
        query: &OutgoingQuery,
        skip: i64,
        limit: i64,
    ) -> Result<Vec<OutgoingMail>, AppError> {
        cx.require(Permission::MailManage)?;
        let query = query.clone();
        self.db()
            .read(move |conn| {
                let Some(filter) = filter(conn, &query)? else { return Ok(Vec::new()) };
                let mails = outbound_mails::page(conn, &filter, skip, limit)?;
                shown(conn, mails)
            })
            .await
    }

    /// One mail.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn outgoing_mail(&self, cx: &Ctx, id: &str) -> Result<OutgoingMail, AppError> {
        cx.require(Permission::MailManage)?;
        let id = key(id)?;
        self.db().read(move |conn| one(conn, id)).await
    }

    /// Lets a mail that was given up be tried again from the start.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`]; [`AppError::MailSettled`] when it isn't given up.
    pub async fn resend_mail(&self, cx: &Ctx, id: &str) -> Result<OutgoingMail, AppError> {
        self.do_with_outgoing(cx, id, OutgoingAction::Resend).await
    }

    /// Lets a mail that wasn't delivered rest for good.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`]; [`AppError::MailSettled`] when it neither waits nor is
    /// given up.
    pub async fn give_mail_up(&self, cx: &Ctx, id: &str) -> Result<OutgoingMail, AppError> {
        self.do_with_outgoing(cx, id, OutgoingAction::GiveUp).await
    }

    async fn do_with_outgoing(
        &self,
        cx: &Ctx,
        id: &str,
        action: OutgoingAction,
    ) -> Result<OutgoingMail, AppError> {
        cx.require(Permission::MailManage)?;
        let (id, now, actor) = (key(id)?, self.now(), cx.clone());
        let mail = self
            .db()
            .write(move |tx| {
                let before = one(tx.conn(), id)?;
                if actor.made_before(tx.conn(), now)?.is_some() {
                    return Ok(before);
                }
                let is_done = match action {
                    OutgoingAction::Resend => outbound_mails::revive(tx, id, now)?,
                    OutgoingAction::GiveUp => outbound_mails::give_up(tx, id, Suppressed::GivenUp.as_text())?,
                };
                let after = one(tx.conn(), id)?;
                if !is_done {
                    let allowed = OutgoingAction::allowed_in(after.state);
                    let allowed = allowed.iter().map(OutgoingAction::as_text).collect();
                    return Err(AppError::MailSettled { allowed });
                }
                if action == OutgoingAction::Resend {
                    outbox::queue(tx, &SendMail { mail: id }, None, now, now)?;
                }
                actor.note_made(tx, &opaque::encode(id.get()), now)?;
                Ok(after)
            })
            .await?;
        tracing::info!(
            mail.id = %id,
            mail.action = action.as_text(),
            user.id = %cx.user(),
            "Decided about an outgoing mail"
        );
        Ok(mail)
    }
}

fn key(id: &str) -> Result<OutboundMailId, AppError> {
    opaque::decode(id).map(OutboundMailId).ok_or(AppError::NotFound)
}

/// The filter meant; nothing when no mail can fit.
fn filter(conn: &mut Conn, query: &OutgoingQuery) -> Result<Option<OutboundFilter>, AppError> {
    let mut errors = FieldErrors::default();
    let given = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let (state, number, text) = (given(&query.state), given(&query.ticket), given(&query.text));
    let state = if state.is_empty() { None } else { errors.found("state", OutboundState::from_text(&state)) };
    let by_number =
        if number.is_empty() { None } else { errors.found("ticket", TicketNumber::parse(&number)) };
    errors.finish()?;
    let by_text = TicketNumber::parse(&text);
    let ticket = match by_number.or(by_text) {
        None => None,
        Some(number) => match tickets::by_number(conn, number)? {
            Some(ticket) => Some(ticket.id),
            None => return Ok(None),
        },
    };
    let recipient = (by_text.is_none() && !text.is_empty()).then(|| text.to_lowercase());
    Ok(Some(OutboundFilter { state, ticket, recipient, before: query.before }))
}

fn one(conn: &mut Conn, id: OutboundMailId) -> Result<OutgoingMail, AppError> {
    let mail = outbound_mails::by_id(conn, id)?;
    shown(conn, mail.into_iter().collect())?.pop().ok_or(AppError::NotFound)
}

/// With the numbers of their tickets.
fn shown(conn: &mut Conn, mails: Vec<OutboundMail>) -> Result<Vec<OutgoingMail>, AppError> {
    let ids: Vec<TicketId> = mails.iter().filter_map(|mail| mail.ticket).collect();
    let numbers: HashMap<TicketId, String> = tickets::numbers(conn, &ids)?.into_iter().collect();
    Ok(mails
        .into_iter()
        .map(|mail| OutgoingMail {
            id: mail.id,
            template: mail.template,
            state: mail.state,
            recipient: mail.recipient,
            message_id: mail.header_message_id,
            ticket: mail.ticket.and_then(|id| numbers.get(&id).cloned()),
            reason: mail.reason.as_deref().and_then(Suppressed::from_text),
            attempts: mail.attempts,
            last_error: mail.last_error,
            created_at: mail.created_at,
            send_after: mail.send_after,
            sent_at: mail.sent_at,
        })
        .collect())
}
