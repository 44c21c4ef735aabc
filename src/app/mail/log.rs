//! The log of mail that came in: what waits for a look, and for those who manage mail all there is.

use super::shown::may_see;
use crate::app::{App, AppError, Ctx, FieldErrors};
use crate::db::inbound_mails::{self, DeskScope, MailRecord, RecordFilter};
use crate::db::mailboxes::{self, MailboxRef};
use crate::db::{Conn, DbError, tickets};
use crate::domain::access::{self, Permission, Relation, Relations};
use crate::domain::ids::{InboundMailId, TicketId};
use crate::domain::mail::{Classification, InboundState};
use crate::domain::people::Directory;
use crate::domain::ticket::TicketNumber;
use std::collections::HashMap;

/// More than anybody looks through in a day; counted no further.
pub const MOST_WAITING: i64 = 100;

/// Which mail is asked for, in the words of a request.
#[derive(Debug, Clone, Default)]
pub struct MailQuery {
    /// A state.
    pub state: Option<String>,
    /// The code of a mailbox.
    pub mailbox: Option<String>,
    /// What it was taken for.
    pub classification: Option<String>,
    /// The number of a ticket.
    pub ticket: Option<String>,
    /// Part of sender, subject or Message-ID, or a ticket's number.
    pub text: Option<String>,
    /// Only older than this one.
    pub before: Option<InboundMailId>,
}

/// A message in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// What is known of it.
    pub record: MailRecord,
    /// The mailbox it came to.
    pub mailbox: Option<MailboxRef>,
    /// The number of its ticket.
    pub ticket: Option<String>,
}

impl App {
    /// Mail that came in, newest first. Those who only handle mail see what waits for a look.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], or [`AppError::Invalid`] with every word that isn't known.
    pub async fn mail_log(
        &self,
        cx: &Ctx,
        query: &MailQuery,
        skip: i64,
        limit: i64,
    ) -> Result<Vec<MailRow>, AppError> {
        cx.require(Permission::MailHandle)?;
        let sees_all = cx.require(Permission::MailManage).is_ok();
        let scope = scope(cx, &*self.directory().await?);
        let query = query.clone();
        self.db()
            .read(move |conn| {
                let Some(filter) = filter(conn, &query, sees_all)? else { return Ok(Vec::new()) };
                let filter = RecordFilter { scope, ..filter };
                let records = inbound_mails::page(conn, &filter, skip, limit)?;
                Ok(rows(conn, records)?)
            })
            .await
    }

    /// How many messages wait for a look of theirs, counted to [`MOST_WAITING`]; none for those who don't handle mail.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mail_waiting(&self, cx: &Ctx) -> Result<usize, AppError> {
        if cx.require(Permission::MailHandle).is_err() {
            return Ok(0);
        }
        let scope = scope(cx, &*self.directory().await?);
        let count = move |conn: &mut Conn| inbound_mails::count_waiting(conn, scope.as_ref(), MOST_WAITING);
        Ok(self.db().point(count).await?)
    }

    /// The mailboxes that the mail they handle may have come to, by name.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who don't handle mail.
    pub async fn mailbox_names(&self, cx: &Ctx) -> Result<Vec<MailboxRef>, AppError> {
        cx.require(Permission::MailHandle)?;
        let mut refs = self.db().point(mailboxes::refs).await?;
        if let Some(scope) = scope(cx, &*self.directory().await?) {
            refs.retain(|mailbox| scope.desks.contains(&mailbox.desk));
        }
        Ok(refs)
    }

    /// The messages that stand on a ticket, oldest first, for those who may read its internal notes; none for
    /// others.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mail_of_ticket(&self, cx: &Ctx, ticket: TicketId) -> Result<Vec<MailRecord>, AppError> {
        let cx = cx.clone();
        let directory = self.directory().await?;
        self.db()
            .point(move |conn| {
                let records = inbound_mails::of_ticket(conn, ticket)?;
                let Some(first) = records.first() else { return Ok(records) };
                let sees = may_see(&cx, conn, &directory, first)?;
                Ok::<_, AppError>(if sees { records } else { Vec::new() })
            })
            .await
    }
}

/// Whose mail somebody handles: that of the desks they work for, and at the first of all desks what came to no
/// mailbox; nothing when it is all there is.
pub(super) fn scope(cx: &Ctx, directory: &Directory) -> Option<DeskScope> {
    if access::may(&cx.actor, Permission::MailHandle, Relations::of(Relation::Other)) {
        return None;
    }
    let desks = cx.actor.desks.clone();
    let with_unnamed = directory.desks.first().is_some_and(|first| desks.contains(&first.id));
    Some(DeskScope { desks, with_unnamed })
}

/// The filter meant; nothing when no mail can fit.
fn filter(conn: &mut Conn, query: &MailQuery, sees_all: bool) -> Result<Option<RecordFilter>, AppError> {
    let mut errors = FieldErrors::default();
    let given =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let state = given(&query.state).and_then(|s| errors.found("state", InboundState::from_text(&s)));
    let classification = given(&query.classification)
        .and_then(|c| errors.found("classification", Classification::from_text(&c)));
    let mailbox = match given(&query.mailbox) {
        None => None,
        Some(code) => {
            let codes = mailboxes::codes(conn)?;
            errors.found("mailbox", codes.get(&code).copied())
        }
    };
    let text = given(&query.text);
    let by_text = text.as_deref().and_then(TicketNumber::parse);
    let by_number = given(&query.ticket).and_then(|n| errors.found("ticket", TicketNumber::parse(&n)));
    errors.finish()?;
    let named = by_number.or(by_text);
    let ticket = match named {
        None => None,
        Some(number) => match tickets::by_number(conn, number)? {
            Some(ticket) => Some(ticket.id),
            None => return Ok(None),
        },
    };
    let seen =
        |state: &InboundState| sees_all || matches!(state, InboundState::Held | InboundState::Quarantined);
    let states: Vec<InboundState> = match state {
        Some(state) if seen(&state) => vec![state],
        Some(_) => return Ok(None),
        None if sees_all => Vec::new(),
        None => InboundState::ALL.iter().copied().filter(seen).collect(),
    };
    Ok(Some(RecordFilter {
        scope: None,
        states,
        mailbox,
        classification,
        ticket,
        text: text.filter(|_| by_text.is_none()),
        before: query.before,
    }))
}

/// With the names of what the records point at.
pub(super) fn rows(conn: &mut Conn, records: Vec<MailRecord>) -> Result<Vec<MailRow>, DbError> {
    let ids: Vec<TicketId> = records.iter().filter_map(|record| record.ticket).collect();
    let numbers: HashMap<TicketId, String> = tickets::numbers(conn, &ids)?.into_iter().collect();
    let boxes = mailboxes::refs(conn)?;
    Ok(records
        .into_iter()
        .map(|record| MailRow {
            mailbox: boxes.iter().find(|held| Some(held.id) == record.mailbox).cloned(),
            ticket: record.ticket.and_then(|id| numbers.get(&id).cloned()),
            record,
        })
        .collect())
}
