//! Mails that are to go out or went, one for each cause.

use super::schema::{inbound_mails, mailboxes, outbound_mails};
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{DeskId, MailboxId, OrganisationId, OutboundMailId, TicketId, UserId};
use crate::domain::mail::{InboundState, OutboundState, Template};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeSet;

/// Most characters of an error that are kept.
const LONGEST_ERROR: usize = 2_000;

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboundMail {
    /// Its key.
    pub id: OutboundMailId,
    /// What it tells and whom.
    pub cause: String,
    /// Its text.
    pub template: Template,
    /// What has become of it.
    pub state: OutboundState,
    /// Whom it is for.
    pub user: Option<UserId>,
    /// Their address, in lower case.
    pub recipient: String,
    /// What it is about.
    pub ticket: Option<TicketId>,
    /// The event it tells of.
    pub event_sequence: Option<i64>,
    /// Without angle brackets.
    pub header_message_id: String,
    /// The subject, once rendered.
    pub subject: Option<String>,
    /// Why it isn't sent by itself, as a code.
    pub reason: Option<String>,
    /// Whether it waits for a digest.
    pub is_digest: bool,
    /// How often sending failed.
    pub attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was caused.
    pub created_at: Instant,
    /// Not before.
    pub send_after: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbound_mails)]
struct Row {
    id: OutboundMailId,
    cause: String,
    template: AsText<Template>,
    state: AsText<OutboundState>,
    user_id: Option<UserId>,
    recipient: String,
    ticket_id: Option<TicketId>,
    event_sequence: Option<i64>,
    header_message_id: String,
    subject: Option<String>,
    reason: Option<String>,
    is_digest: bool,
    attempts: i64,
    last_error: Option<String>,
    created_at: Instant,
    send_after: Instant,
    sent_at: Option<Instant>,
}

impl From<Row> for OutboundMail {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            cause: row.cause,
            template: row.template.0,
            state: row.state.0,
            user: row.user_id,
            recipient: row.recipient,
            ticket: row.ticket_id,
            event_sequence: row.event_sequence,
            header_message_id: row.header_message_id,
            subject: row.subject,
            reason: row.reason,
            is_digest: row.is_digest,
            attempts: row.attempts,
            last_error: row.last_error,
            created_at: row.created_at,
            send_after: row.send_after,
            sent_at: row.sent_at,
        }
    }
}

/// A mail to be noted.
#[derive(Debug, Clone)]
pub struct NewOutboundMail {
    /// What it tells and whom; once only.
    pub cause: String,
    /// Its text.
    pub template: Template,
    /// Whom it is for.
    pub user: UserId,
    /// Their address.
    pub recipient: String,
    /// What it is about.
    pub ticket: Option<TicketId>,
    /// The event it tells of.
    pub event_sequence: Option<i64>,
    /// The mailbox it comes from.
    pub mailbox: Option<MailboxId>,
    /// Without angle brackets.
    pub header_message_id: String,
    /// Why it isn't sent, as a code; nothing when it is.
    pub suppressed: Option<&'static str>,
    /// Whether it waits for a digest.
    pub is_digest: bool,
    /// Not before.
    pub send_after: Instant,
}

/// Notes a mail, unless its cause has one; its key when it is new.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_once(
    tx: &mut Tx<'_>,
    mail: &NewOutboundMail,
    now: Instant,
) -> Result<Option<OutboundMailId>, DbError> {
    let state = if mail.suppressed.is_some() { OutboundState::Suppressed } else { OutboundState::Waiting };
    let row = (
        outbound_mails::cause.eq(&mail.cause),
        outbound_mails::template.eq(AsText(mail.template)),
        outbound_mails::state.eq(AsText(state)),
        outbound_mails::user_id.eq(Some(mail.user)),
        outbound_mails::recipient.eq(mail.recipient.to_lowercase()),
        outbound_mails::ticket_id.eq(mail.ticket),
        outbound_mails::event_sequence.eq(mail.event_sequence),
        outbound_mails::mailbox_id.eq(mail.mailbox),
        outbound_mails::header_message_id.eq(&mail.header_message_id),
        outbound_mails::reason.eq(mail.suppressed),
        outbound_mails::is_digest.eq(mail.is_digest),
        outbound_mails::attempts.eq(0),
        outbound_mails::created_at.eq(now),
        outbound_mails::send_after.eq(mail.send_after),
    );
    let id = each!(tx.conn(), |conn| diesel::insert_into(outbound_mails::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(outbound_mails::id)
        .get_result::<OutboundMailId>(conn)
        .optional())?;
    Ok(id)
}

/// A mail by key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: OutboundMailId) -> Result<Option<OutboundMail>, DbError> {
    let row: Option<Row> = outbound_mails::table
        .filter(outbound_mails::id.eq(id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(OutboundMail::from))
}

/// Lets one transaction at a time count the mails of these people and tickets until it ends, so that what it has
/// counted stays true. Always in the same order, so that none waits for another in a ring. SQLite does that by
/// itself.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn lock_counts(tx: &mut Tx<'_>, of: &BTreeSet<String>) -> Result<(), DbError> {
    if let Conn::Pg(conn) = tx.conn() {
        for counted in of {
            diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind::<Text, _>(format!("outbound_mails/{counted}"))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// How many mails an address was given since an instant, those left out aside.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_to(conn: &mut Conn, recipient: &str, since: Instant) -> Result<i64, DbError> {
    Ok(outbound_mails::table
        .filter(outbound_mails::recipient.eq(recipient.to_lowercase()))
        .filter(outbound_mails::created_at.gt(since))
        .filter(outbound_mails::state.ne(AsText(OutboundState::Suppressed)))
        .count()
        .get_result(conn)?)
}

/// How often a person was told since an instant that something of theirs had come in.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_acknowledged(conn: &mut Conn, recipient: &str, since: Instant) -> Result<i64, DbError> {
    Ok(outbound_mails::table
        .filter(outbound_mails::recipient.eq(recipient.to_lowercase()))
        .filter(outbound_mails::created_at.gt(since))
        .filter(outbound_mails::template.eq(AsText(Template::Received)))
        .filter(outbound_mails::state.ne(AsText(OutboundState::Suppressed)))
        .count()
        .get_result(conn)?)
}

/// When a person was last sent something that one of ours caused: an answer, a question, a solution.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn last_by_person(conn: &mut Conn, recipient: &str) -> Result<Option<Instant>, DbError> {
    Ok(outbound_mails::table
        .filter(outbound_mails::recipient.eq(recipient.to_lowercase()))
        .filter(outbound_mails::template.ne_all([AsText(Template::Received), AsText(Template::Digest)]))
        .filter(outbound_mails::state.ne(AsText(OutboundState::Suppressed)))
        .order(outbound_mails::created_at.desc())
        .select(outbound_mails::created_at)
        .first(conn)
        .optional()?)
}

/// How many mails a ticket gave since an instant, those left out aside.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_on(conn: &mut Conn, ticket: TicketId, since: Instant) -> Result<i64, DbError> {
    Ok(outbound_mails::table
        .filter(outbound_mails::ticket_id.eq(ticket))
        .filter(outbound_mails::created_at.gt(since))
        .filter(outbound_mails::state.ne(AsText(OutboundState::Suppressed)))
        .count()
        .get_result(conn)?)
}

/// Notes that the mail server has taken a mail.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn mark_sent(tx: &mut Tx<'_>, id: OutboundMailId, subject: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(outbound_mails::table.filter(outbound_mails::id.eq(id)))
        .set((
            outbound_mails::state.eq(AsText(OutboundState::Sent)),
            outbound_mails::subject.eq(Some(subject)),
            // Somebody may have let it rest while it was being sent.
            outbound_mails::reason.eq(None::<&str>),
            outbound_mails::sent_at.eq(Some(now)),
            outbound_mails::last_error.eq(None::<&str>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes why a waiting mail isn't sent. What somebody has decided about it meanwhile stays.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn mark_suppressed(tx: &mut Tx<'_>, id: OutboundMailId, reason: &str) -> Result<(), DbError> {
    let waiting = outbound_mails::table
        .filter(outbound_mails::id.eq(id))
        .filter(outbound_mails::state.eq(AsText(OutboundState::Waiting)));
    diesel::update(waiting)
        .set((
            outbound_mails::state.eq(AsText(OutboundState::Suppressed)),
            outbound_mails::reason.eq(Some(reason)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Lets a mail that waits or was given up rest for good; false when it is in another state.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn give_up(tx: &mut Tx<'_>, id: OutboundMailId, reason: &str) -> Result<bool, DbError> {
    let undelivered = outbound_mails::table
        .filter(outbound_mails::id.eq(id))
        .filter(outbound_mails::state.eq_any([AsText(OutboundState::Waiting), AsText(OutboundState::Dead)]));
    let changes = (
        outbound_mails::state.eq(AsText(OutboundState::Suppressed)),
        outbound_mails::reason.eq(Some(reason)),
    );
    Ok(diesel::update(undelivered).set(changes).execute(tx.conn())? > 0)
}

/// Notes a failure of a mail that waits; `next` is when it is tried again, nothing when it is given up. Whether it
/// still waits: somebody may have let it rest while it was being sent.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn mark_failed(
    tx: &mut Tx<'_>,
    mail: &OutboundMail,
    error: &str,
    next: Option<Instant>,
) -> Result<bool, DbError> {
    let state = if next.is_some() { OutboundState::Waiting } else { OutboundState::Dead };
    let error: String = error.chars().filter(|c| *c != '\0').take(LONGEST_ERROR).collect();
    let waiting = outbound_mails::table
        .filter(outbound_mails::id.eq(mail.id))
        .filter(outbound_mails::state.eq(AsText(OutboundState::Waiting)));
    let rows = diesel::update(waiting)
        .set((
            outbound_mails::state.eq(AsText(state)),
            outbound_mails::attempts.eq(mail.attempts + 1),
            outbound_mails::last_error.eq(Some(error)),
            outbound_mails::send_after.eq(next.unwrap_or(mail.send_after)),
        ))
        .execute(tx.conn())?;
    Ok(rows > 0)
}

/// Lets a mail that was given up wait again, with all its attempts; false when it isn't given up.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn revive(tx: &mut Tx<'_>, id: OutboundMailId, now: Instant) -> Result<bool, DbError> {
    let dead = outbound_mails::table
        .filter(outbound_mails::id.eq(id))
        .filter(outbound_mails::state.eq(AsText(OutboundState::Dead)));
    let changes = (
        outbound_mails::state.eq(AsText(OutboundState::Waiting)),
        outbound_mails::attempts.eq(0),
        outbound_mails::send_after.eq(now),
    );
    Ok(diesel::update(dead).set(changes).execute(tx.conn())? > 0)
}

/// What waits for a person's digest by an instant, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn gathered(
    conn: &mut Conn,
    user: UserId,
    until: Instant,
    limit: i64,
) -> Result<Vec<OutboundMail>, DbError> {
    let rows: Vec<Row> = outbound_mails::table
        .filter(outbound_mails::state.eq(AsText(OutboundState::Waiting)))
        .filter(outbound_mails::send_after.le(until))
        .filter(outbound_mails::user_id.eq(user))
        .filter(outbound_mails::is_digest.eq(true))
        .order(outbound_mails::id)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(OutboundMail::from).collect())
}

/// The Message-IDs of earlier mails about a ticket to a person, oldest first, the last twenty.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn earlier(conn: &mut Conn, mail: &OutboundMail) -> Result<Vec<String>, DbError> {
    let (Some(user), Some(ticket)) = (mail.user, mail.ticket) else { return Ok(Vec::new()) };
    let mut ids: Vec<String> = outbound_mails::table
        .filter(outbound_mails::ticket_id.eq(ticket))
        .filter(outbound_mails::user_id.eq(user))
        .filter(outbound_mails::state.eq(AsText(OutboundState::Sent)))
        .filter(outbound_mails::id.ne(mail.id))
        .filter(outbound_mails::is_digest.eq(false))
        .order(outbound_mails::id.desc())
        .limit(20)
        .select(outbound_mails::header_message_id)
        .load(conn)?;
    ids.reverse();
    Ok(ids)
}

/// The Message-ID of the mail that a ticket came by.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn ticket_came_by(conn: &mut Conn, ticket: TicketId) -> Result<Option<String>, DbError> {
    let id: Option<Option<String>> = inbound_mails::table
        .filter(inbound_mails::ticket_id.eq(ticket))
        .filter(inbound_mails::state.eq(AsText(InboundState::Ticket)))
        .order(inbound_mails::id)
        .select(inbound_mails::header_message_id)
        .first(conn)
        .optional()?;
    Ok(id.flatten())
}

/// A mailbox that a desk writes from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct SendingMailbox {
    /// Its key.
    pub id: MailboxId,
    /// The name people see.
    pub name: String,
    /// The address.
    pub address: String,
    /// The organisation it is for; nothing when it is for all.
    pub organisation: Option<OrganisationId>,
}

/// The mailboxes in use of a desk, the oldest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn sending_mailboxes(conn: &mut Conn, desk: DeskId) -> Result<Vec<SendingMailbox>, DbError> {
    Ok(mailboxes::table
        .filter(mailboxes::desk_id.eq(desk))
        .filter(mailboxes::is_active.eq(true))
        .order(mailboxes::id)
        .select((mailboxes::id, mailboxes::name, mailboxes::address, mailboxes::organisation_id))
        .load(conn)?)
}

/// Which mails are looked for.
#[derive(Debug, Clone, Default)]
pub struct OutboundFilter {
    /// The address, in lower case.
    pub recipient: Option<String>,
    /// The ticket.
    pub ticket: Option<TicketId>,
    /// What has become of it.
    pub state: Option<OutboundState>,
    /// Only older than this one.
    pub before: Option<OutboundMailId>,
}

/// A page of mails, the latest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn page(
    conn: &mut Conn,
    filter: &OutboundFilter,
    skip: i64,
    limit: i64,
) -> Result<Vec<OutboundMail>, DbError> {
    let mut query = outbound_mails::table.select(Row::as_select()).into_boxed();
    if let Some(recipient) = &filter.recipient {
        query = query.filter(outbound_mails::recipient.eq(recipient.clone()));
    }
    if let Some(ticket) = filter.ticket {
        query = query.filter(outbound_mails::ticket_id.eq(ticket));
    }
    if let Some(state) = filter.state {
        query = query.filter(outbound_mails::state.eq(AsText(state)));
    }
    if let Some(before) = filter.before {
        query = query.filter(outbound_mails::id.lt(before));
    }
    let rows: Vec<Row> = query.order(outbound_mails::id.desc()).offset(skip).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(OutboundMail::from).collect())
}
