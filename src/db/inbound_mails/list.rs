//! The log of messages that came in, and how many wait.

use super::{MailRecord, Row};
use crate::db::schema::{inbound_mails, mailboxes};
use crate::db::types::AsText;
use crate::db::{Conn, DbError};
use crate::domain::ids::{DeskId, InboundMailId, MailboxId, TicketId};
use crate::domain::mail::{Classification, InboundState};
use diesel::prelude::*;

/// Messages that came to mailboxes of these desks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskScope {
    /// The desks.
    pub desks: Vec<DeskId>,
    /// Those that came to no mailbox, too.
    pub with_unnamed: bool,
}

impl DeskScope {
    /// Their mailboxes.
    fn mailboxes(&self, conn: &mut Conn) -> Result<Vec<MailboxId>, DbError> {
        Ok(mailboxes::table
            .filter(mailboxes::desk_id.eq_any(&self.desks))
            .select(mailboxes::id)
            .load(conn)?)
    }
}

/// Which messages a list shows.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Only in these states; in all when there are none.
    pub states: Vec<InboundState>,
    /// Only what came to some desks; to all when there is nothing.
    pub scope: Option<DeskScope>,
    /// Only to this mailbox.
    pub mailbox: Option<MailboxId>,
    /// Only those taken for this.
    pub classification: Option<Classification>,
    /// Only those of this ticket.
    pub ticket: Option<TicketId>,
    /// Only those whose sender, subject or Message-ID holds this.
    pub text: Option<String>,
    /// Only older than this one.
    pub before: Option<InboundMailId>,
}

diesel::define_sql_function! {
    /// In lower case, as far as the database knows letters.
    fn lower(text: diesel::sql_types::Nullable<diesel::sql_types::Text>) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;
}

/// A page of messages, newest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn page(
    conn: &mut Conn,
    filter: &RecordFilter,
    skip: i64,
    limit: i64,
) -> Result<Vec<MailRecord>, DbError> {
    let mut select = inbound_mails::table.select(Row::as_select()).into_boxed();
    if !filter.states.is_empty() {
        let states: Vec<AsText<InboundState>> = filter.states.iter().copied().map(AsText).collect();
        select = select.filter(inbound_mails::state.eq_any(states));
    }
    if let Some(scope) = &filter.scope {
        let named = inbound_mails::mailbox_id.eq_any(scope.mailboxes(conn)?);
        select = match scope.with_unnamed {
            true => select.filter(named.or(inbound_mails::mailbox_id.is_null())),
            false => select.filter(named),
        };
    }
    if let Some(mailbox) = filter.mailbox {
        select = select.filter(inbound_mails::mailbox_id.eq(mailbox));
    }
    if let Some(classification) = filter.classification {
        select = select.filter(inbound_mails::classification.eq(AsText(classification)));
    }
    if let Some(ticket) = filter.ticket {
        select = select.filter(inbound_mails::ticket_id.eq(ticket));
    }
    if let Some(before) = filter.before {
        select = select.filter(inbound_mails::id.lt(before));
    }
    if let Some(text) = &filter.text {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let (anywhere, folded) = (format!("%{escaped}%"), format!("%{}%", escaped.to_lowercase()));
        // SQLite folds the letters of English only, so what holds Å, Ä or Ö is looked for as it was typed too.
        select = select.filter(
            lower(inbound_mails::from_address)
                .like(folded.clone())
                .escape('\\')
                .or(lower(inbound_mails::from_name).like(folded.clone()).escape('\\'))
                .or(inbound_mails::from_name.like(anywhere.clone()).escape('\\'))
                .or(lower(inbound_mails::subject).like(folded.clone()).escape('\\'))
                .or(inbound_mails::subject.like(anywhere).escape('\\'))
                .or(lower(inbound_mails::header_message_id).like(folded).escape('\\')),
        );
    }
    let rows: Vec<Row> = select.order(inbound_mails::id.desc()).offset(skip).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(MailRecord::from).collect())
}

/// How many messages wait for a person's look, of some desks or of all, counted to `most`.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_waiting(conn: &mut Conn, scope: Option<&DeskScope>, most: i64) -> Result<usize, DbError> {
    let waiting = [AsText(InboundState::Held), AsText(InboundState::Quarantined)];
    let mut select = inbound_mails::table
        .filter(inbound_mails::state.eq_any(waiting))
        .select(inbound_mails::id)
        .limit(most)
        .into_boxed();
    if let Some(scope) = scope {
        let named = inbound_mails::mailbox_id.eq_any(scope.mailboxes(conn)?);
        select = match scope.with_unnamed {
            true => select.filter(named.or(inbound_mails::mailbox_id.is_null())),
            false => select.filter(named),
        };
    }
    let ids: Vec<InboundMailId> = select.load(conn)?;
    Ok(ids.len())
}

/// How many messages wait for a person, or for the worker.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_in(conn: &mut Conn, state: InboundState) -> Result<i64, DbError> {
    Ok(inbound_mails::table.filter(inbound_mails::state.eq(AsText(state))).count().get_result(conn)?)
}
