//! Messages that came in by e-mail: where each lies, what became of it, and why.

mod list;

pub use list::{DeskScope, RecordFilter, count_in, count_waiting, page};

use super::schema::inbound_mails;
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{InboundMailId, MailboxId, MessageId, TicketId, UserId};
use crate::domain::mail::{Classification, InboundSource, InboundState};
use diesel::prelude::*;

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRecord {
    /// Its key.
    pub id: InboundMailId,
    /// The mailbox it came to; nothing when whoever handed it over didn't say.
    pub mailbox: Option<MailboxId>,
    /// Which way it came.
    pub source: InboundSource,
    /// What has become of it.
    pub state: InboundState,
    /// Where its bytes lie in the store.
    pub storage_key: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub content_hash: String,
    /// How many bytes it has.
    pub size_bytes: i64,
    /// When it was stored.
    pub received_at: Instant,
    /// Its own Message-ID, once it has been read.
    pub header_message_id: Option<String>,
    /// The sender's address, in lower case.
    pub from_address: Option<String>,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// What it was taken for.
    pub classification: Option<Classification>,
    /// Why, as the code of a finding.
    pub reason: Option<String>,
    /// Each decision about it, as JSON.
    pub trace: Option<String>,
    /// The ticket it opened or stands on.
    pub ticket: Option<TicketId>,
    /// The message on the ticket it became.
    pub message: Option<MessageId>,
    /// When it was understood.
    pub processed_at: Option<Instant>,
    /// Whether a machine may answer it.
    pub is_answerable: bool,
    /// Who decided about it, where a person did.
    pub handled_by: Option<UserId>,
    /// What went wrong with it.
    pub error: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = inbound_mails)]
struct Row {
    id: InboundMailId,
    mailbox_id: Option<MailboxId>,
    source: AsText<InboundSource>,
    state: AsText<InboundState>,
    storage_key: String,
    content_hash: String,
    size_bytes: i64,
    received_at: Instant,
    header_message_id: Option<String>,
    from_address: Option<String>,
    from_name: Option<String>,
    subject: Option<String>,
    classification: Option<AsText<Classification>>,
    reason: Option<String>,
    trace: Option<String>,
    ticket_id: Option<TicketId>,
    message_id: Option<MessageId>,
    processed_at: Option<Instant>,
    is_answerable: bool,
    handled_by_id: Option<UserId>,
    error: Option<String>,
}

impl From<Row> for MailRecord {
    fn from(row: Row) -> Self {
        let Row {
            id,
            mailbox_id,
            source,
            state,
            storage_key,
            content_hash,
            size_bytes,
            received_at,
            header_message_id,
            from_address,
            from_name,
            subject,
            classification,
            reason,
            trace,
            ticket_id,
            message_id,
            processed_at,
            is_answerable,
            handled_by_id,
            error,
        } = row;
        Self {
            id,
            mailbox: mailbox_id,
            source: source.0,
            state: state.0,
            storage_key,
            content_hash,
            size_bytes,
            received_at,
            header_message_id,
            from_address,
            from_name,
            subject,
            classification: classification.map(|text| text.0),
            reason,
            trace,
            ticket: ticket_id,
            message: message_id,
            processed_at,
            is_answerable,
            handled_by: handled_by_id,
            error,
        }
    }
}

/// A message that has just been stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// The mailbox it came to.
    pub mailbox: Option<MailboxId>,
    /// Which way it came.
    pub source: InboundSource,
    /// Where its bytes lie in the store.
    pub storage_key: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub content_hash: String,
    /// How many bytes it has.
    pub size_bytes: i64,
    /// The code of a mailbox that there isn't, where whoever handed it over named one.
    pub unknown_mailbox: Option<String>,
}

impl MailRecord {
    /// The code of a mailbox that there isn't, as long as the message isn't settled.
    #[must_use]
    pub fn unknown_mailbox(&self) -> Option<&str> {
        self.error.as_deref().and_then(|error| error.strip_prefix(UNKNOWN_MAILBOX))
    }
}

/// Before a code in the column that tells what went wrong.
const UNKNOWN_MAILBOX: &str = "unknownMailbox: ";

/// Notes a message, unless the same bytes were taken in before: its key and whether it is new.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_once(tx: &mut Tx<'_>, new: &NewRecord, now: Instant) -> Result<(InboundMailId, bool), DbError> {
    let NewRecord { mailbox, source, storage_key, content_hash, size_bytes, unknown_mailbox } = new;
    let row = (
        inbound_mails::mailbox_id.eq(*mailbox),
        inbound_mails::source.eq(AsText(*source)),
        inbound_mails::state.eq(AsText(InboundState::Received)),
        inbound_mails::storage_key.eq(storage_key),
        inbound_mails::content_hash.eq(content_hash),
        inbound_mails::size_bytes.eq(*size_bytes),
        inbound_mails::received_at.eq(now),
        inbound_mails::is_answerable.eq(false),
        inbound_mails::error.eq(unknown_mailbox.as_ref().map(|code| format!("{UNKNOWN_MAILBOX}{code}"))),
    );
    let written = each!(tx.conn(), |conn| diesel::insert_into(inbound_mails::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    let id = inbound_mails::table
        .filter(inbound_mails::content_hash.eq(content_hash))
        .select(inbound_mails::id)
        .first(tx.conn())?;
    Ok((id, written > 0))
}

/// A message by its key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: InboundMailId) -> Result<Option<MailRecord>, DbError> {
    let row: Option<Row> = inbound_mails::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(MailRecord::from))
}

/// A message by its key, so that nobody else settles it before this transaction ends. Its state is that after
/// whoever had it until now.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn locked(tx: &mut Tx<'_>, id: InboundMailId) -> Result<Option<MailRecord>, DbError> {
    // SQLite has one writer at a time.
    let row: Option<Row> = match tx.conn() {
        Conn::Sqlite(c) => inbound_mails::table.find(id).select(Row::as_select()).first(c).optional()?,
        Conn::Pg(c) => {
            inbound_mails::table.find(id).select(Row::as_select()).for_update().first(c).optional()?
        }
    };
    Ok(row.map(MailRecord::from))
}

/// What has become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What it became.
    pub state: InboundState,
    /// The mailbox it came to, where whoever handed it over or the message says so.
    pub mailbox: Option<MailboxId>,
    /// Tells the same words said again.
    pub text_hash: Option<String>,
    /// Tells the same message come two ways; nothing for one that was taken in before or passed over.
    pub fingerprint: Option<String>,
    /// Its own Message-ID.
    pub header_message_id: Option<String>,
    /// The sender's address, in lower case.
    pub from_address: Option<String>,
    /// The sender's name.
    pub from_name: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// What it was taken for.
    pub classification: Classification,
    /// Why.
    pub reason: String,
    /// Each decision about it, as JSON.
    pub trace: String,
    /// The ticket it opened or stands on.
    pub ticket: Option<TicketId>,
    /// The message on the ticket it became.
    pub message: Option<MessageId>,
    /// Whether a machine may answer it.
    pub is_answerable: bool,
    /// What went wrong with it.
    pub error: Option<String>,
}

/// Settles a message that stands at `from`; whether it stood there. Whoever comes second changes nothing.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn settle(
    tx: &mut Tx<'_>,
    id: InboundMailId,
    from: InboundState,
    outcome: &Outcome,
    now: Instant,
) -> Result<bool, DbError> {
    let Outcome {
        state,
        mailbox,
        text_hash,
        fingerprint,
        header_message_id,
        from_address,
        from_name,
        subject,
        classification,
        reason,
        trace,
        ticket,
        message,
        is_answerable,
        error,
    } = outcome;
    let changed = diesel::update(inbound_mails::table.find(id).filter(inbound_mails::state.eq(AsText(from))))
        .set((
            inbound_mails::state.eq(AsText(*state)),
            inbound_mails::mailbox_id.eq(*mailbox),
            inbound_mails::text_hash.eq(text_hash.as_deref()),
            inbound_mails::fingerprint.eq(fingerprint.as_deref()),
            inbound_mails::header_message_id.eq(header_message_id.as_deref()),
            inbound_mails::from_address.eq(from_address.as_deref()),
            inbound_mails::from_name.eq(from_name.as_deref()),
            inbound_mails::subject.eq(subject.as_deref()),
            inbound_mails::classification.eq(AsText(*classification)),
            inbound_mails::reason.eq(reason),
            inbound_mails::trace.eq(trace),
            inbound_mails::ticket_id.eq(*ticket),
            inbound_mails::message_id.eq(*message),
            inbound_mails::processed_at.eq(now),
            inbound_mails::is_answerable.eq(*is_answerable),
            inbound_mails::handled_by_id.eq(None::<UserId>),
            inbound_mails::error.eq(error.as_deref()),
        ))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// What a person made of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// What it became.
    pub state: InboundState,
    /// Each decision about it, the person's too, as JSON.
    pub trace: String,
    /// The ticket it opened or stands on.
    pub ticket: Option<TicketId>,
    /// The message on the ticket it became.
    pub message: Option<MessageId>,
    /// Whose decision it was.
    pub by: UserId,
}

/// Moves a message that stands at `from` by a person's decision; whether it stood there. Whoever comes second
/// changes nothing.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn handle(
    tx: &mut Tx<'_>,
    id: InboundMailId,
    from: InboundState,
    handled: &Handled,
    now: Instant,
) -> Result<bool, DbError> {
    let Handled { state, trace, ticket, message, by } = handled;
    let changed = diesel::update(inbound_mails::table.find(id).filter(inbound_mails::state.eq(AsText(from))))
        .set((
            inbound_mails::state.eq(AsText(*state)),
            inbound_mails::trace.eq(trace),
            inbound_mails::ticket_id.eq(*ticket),
            inbound_mails::message_id.eq(*message),
            inbound_mails::processed_at.eq(now),
            inbound_mails::handled_by_id.eq(*by),
        ))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Whether a message with this fingerprint has been settled already.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_fingerprint(conn: &mut Conn, fingerprint: &str) -> Result<Option<InboundMailId>, DbError> {
    Ok(inbound_mails::table
        .filter(inbound_mails::fingerprint.eq(fingerprint))
        .select(inbound_mails::id)
        .first(conn)
        .optional()?)
}

/// How many messages a sender has sent since an instant besides this one, and how many of them said the same.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn recent_of(
    conn: &mut Conn,
    from_address: &str,
    text_hash: &str,
    since: Instant,
    besides: InboundMailId,
) -> Result<(i64, i64), DbError> {
    let recent = || {
        inbound_mails::table
            .filter(inbound_mails::from_address.eq(from_address))
            .filter(inbound_mails::received_at.ge(since))
            .filter(inbound_mails::id.ne(besides))
            .filter(inbound_mails::state.ne(AsText(InboundState::Ignored)))
    };
    let all = recent().count().get_result(conn)?;
    let same = recent().filter(inbound_mails::text_hash.eq(text_hash)).count().get_result(conn)?;
    Ok((all, same))
}

/// How many tickets mail from an address has opened by itself since an instant.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn opened_by(conn: &mut Conn, from_address: &str, since: Instant) -> Result<i64, DbError> {
    Ok(inbound_mails::table
        .filter(inbound_mails::from_address.eq(from_address))
        .filter(inbound_mails::received_at.ge(since))
        .filter(inbound_mails::state.eq(AsText(InboundState::Ticket)))
        .filter(inbound_mails::handled_by_id.is_null())
        .count()
        .get_result(conn)?)
}

/// The message that opened a ticket.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn opening(conn: &mut Conn, ticket: TicketId) -> Result<Option<MailRecord>, DbError> {
    let row: Option<Row> = inbound_mails::table
        .filter(inbound_mails::ticket_id.eq(ticket))
        .filter(inbound_mails::state.eq(AsText(InboundState::Ticket)))
        .order(inbound_mails::id)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(MailRecord::from))
}

/// The messages that became messages of a ticket, or opened it.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<MailRecord>, DbError> {
    let rows: Vec<Row> = inbound_mails::table
        .filter(inbound_mails::ticket_id.eq(ticket))
        .order(inbound_mails::id)
        .limit(2_000)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(MailRecord::from).collect())
}

/// Whether a machine may answer the mail that a ticket came by; one that came by another way, always.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn may_be_answered(conn: &mut Conn, ticket: TicketId) -> Result<bool, DbError> {
    let answerable: Option<bool> = inbound_mails::table
        .filter(inbound_mails::ticket_id.eq(ticket))
        .filter(inbound_mails::state.eq(AsText(InboundState::Ticket)))
        .order(inbound_mails::id)
        .select(inbound_mails::is_answerable)
        .first(conn)
        .optional()?;
    Ok(answerable.unwrap_or(true))
}
