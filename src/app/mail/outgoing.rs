//! The log of mails that went out, are to, or didn't.

use crate::app::outbox::{self, SendMail};
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::outbound_mails::{self, OutboundFilter, OutboundMail};
use crate::db::tickets;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{OutboundMailId, TicketId};
use crate::domain::mail::{OutboundState, Suppressed, Template};
use crate::domain::ticket::TicketNumber;
use std::collections::HashMap;

const PAGE: i64 = 50;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct OutgoingQuery {
    /// An address or a ticket's number; empty for all.
    pub text: String,
    /// What has become of it.
    pub state: Option<OutboundState>,
    /// The opaque id after which to go on.
    pub after: Option<String>,
}

/// A mail of the log. What it says isn't kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Its opaque id.
    pub id: String,
    /// Its text.
    pub template: Template,
    /// What has become of it.
    pub state: OutboundState,
    /// The address.
    pub recipient: String,
    /// The ticket's number.
    pub number: Option<String>,
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

/// A page of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutgoingPage {
    /// The mails, the latest first.
    pub mails: Vec<OutgoingMail>,
    /// After which to go on; nothing at the end.
    pub next: Option<String>,
}

impl App {
    /// Mails that went out, are to, or didn't, the latest first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn outgoing_mails(&self, cx: &Ctx, query: &OutgoingQuery) -> Result<OutgoingPage, AppError> {
        cx.require(Permission::MailManage)?;
        let OutgoingQuery { text, state, after } = query.clone();
        let before = after.as_deref().and_then(opaque::decode).map(OutboundMailId);
        let text = text.trim().to_lowercase();
        let (rows, numbers) = self
            .db()
            .read(move |conn| {
                let mut filter = OutboundFilter { state, ..OutboundFilter::default() };
                match TicketNumber::parse(&text.to_uppercase()) {
                    Some(number) => match tickets::by_number(conn, number)? {
                        Some(ticket) => filter.ticket = Some(ticket.id),
                        None => return Ok((Vec::new(), HashMap::new())),
                    },
                    None if !text.is_empty() => filter.recipient = Some(text.clone()),
                    None => {}
                }
                let rows = outbound_mails::page(conn, &filter, before, PAGE + 1)?;
                let mut numbers = HashMap::new();
                for id in rows.iter().filter_map(|row| row.ticket) {
                    if let Some(ticket) = tickets::by_id(conn, id)? {
                        numbers.insert(id, ticket.number.to_string());
                    }
                }
                Ok::<_, AppError>((rows, numbers))
            })
            .await?;
        let mut mails: Vec<OutgoingMail> = rows.into_iter().map(|row| shown(row, &numbers)).collect();
        let size = usize::try_from(PAGE).unwrap_or_default();
        let more = mails.len() > size;
        mails.truncate(size);
        let next = mails.last().filter(|_| more).map(|mail| mail.id.clone());
        Ok(OutgoingPage { mails, next })
    }

    /// Lets a mail that was given up be tried again from the start.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] when no such mail is given up.
    pub async fn resend_mail(&self, cx: &Ctx, id: &str) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let id = opaque::decode(id).map(OutboundMailId).ok_or(AppError::NotFound)?;
        let now = self.now();
        self.db()
            .write(move |tx| {
                if !outbound_mails::revive(tx, id, now)? {
                    return Err(AppError::NotFound);
                }
                outbox::queue(tx, &SendMail { mail: id }, None, now, now)
            })
            .await?;
        tracing::info!(mail.id = %id, user.id = %cx.user(), "Let a mail be sent again");
        Ok(())
    }

    /// Lets a mail that wasn't delivered rest for good.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`] when no such mail is given up or waits.
    pub async fn give_mail_up(&self, cx: &Ctx, id: &str) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let id = opaque::decode(id).map(OutboundMailId).ok_or(AppError::NotFound)?;
        self.db()
            .write(move |tx| {
                let mail = outbound_mails::by_id(tx.conn(), id)?.ok_or(AppError::NotFound)?;
                if !matches!(mail.state, OutboundState::Dead | OutboundState::Waiting) {
                    return Err(AppError::NotFound);
                }
                outbound_mails::mark_suppressed(tx, id, Suppressed::GivenUp.as_text())?;
                Ok(())
            })
            .await?;
        tracing::info!(mail.id = %id, user.id = %cx.user(), "Let a mail rest for good");
        Ok(())
    }
}

fn shown(row: OutboundMail, numbers: &HashMap<TicketId, String>) -> OutgoingMail {
    OutgoingMail {
        id: opaque::encode(row.id.get()),
        template: row.template,
        state: row.state,
        recipient: row.recipient,
        number: row.ticket.and_then(|id| numbers.get(&id).cloned()),
        reason: row.reason.as_deref().and_then(Suppressed::from_text),
        attempts: row.attempts,
        last_error: row.last_error,
        created_at: row.created_at,
        send_after: row.send_after,
        sent_at: row.sent_at,
    }
}
