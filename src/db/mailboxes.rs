//! Addresses that desks read and answer from: their settings, how far they are read, and who reads them.

use super::schema::{inbound_mails, mailboxes, outbound_mails};
use super::types::JsonText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{DeskId, MailboxId, OrganisationId};
use crate::domain::mail::{Cursor, MailboxSpec};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// The mailboxes by their codes.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn codes(conn: &mut Conn) -> Result<BTreeMap<String, MailboxId>, DbError> {
    let rows: Vec<(String, MailboxId)> =
        mailboxes::table.select((mailboxes::code, mailboxes::id)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A mailbox as lists of mail name it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct MailboxRef {
    /// Its key.
    pub id: MailboxId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its desk.
    pub desk: DeskId,
}

/// Every mailbox by name, switched off ones too.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn refs(conn: &mut Conn) -> Result<Vec<MailboxRef>, DbError> {
    Ok(mailboxes::table
        .select((mailboxes::id, mailboxes::code, mailboxes::name, mailboxes::desk_id))
        .order(mailboxes::name)
        .load(conn)?)
}

/// A mailbox as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredMailbox {
    /// The key.
    pub id: MailboxId,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Its desk.
    pub desk: DeskId,
    /// Whose people write to it, where nothing else tells.
    pub organisation: Option<OrganisationId>,
    /// The settings.
    pub spec: MailboxSpec,
    /// The secret, sealed.
    pub secret: Option<String>,
    /// Whether it is read.
    pub is_active: bool,
    /// When it was last changed.
    pub updated_at: Instant,
    /// When it was made.
    pub created_at: Instant,
    /// The version of its settings.
    pub version: i64,
    /// How far it is read.
    pub cursor: Option<Cursor>,
    /// The first message from which on the server may not have done yet what is set to be done with them.
    pub owed: Option<u32>,
    /// The last look that succeeded.
    pub looked_at: Option<Instant>,
    /// The last message.
    pub message_at: Option<Instant>,
    /// Why reading it fails: the code of a fault, a colon, what the server says.
    pub error: Option<String>,
    /// Since when it fails.
    pub error_since: Option<Instant>,
    /// When the access token in use ends.
    pub token_expires_at: Option<Instant>,
}

/// Without the secret, sealed as it is.
impl std::fmt::Debug for StoredMailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredMailbox")
            .field("id", &self.id)
            .field("code", &self.code)
            .field("version", &self.version)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mailboxes)]
struct Row {
    id: MailboxId,
    code: String,
    name: String,
    address: String,
    desk_id: DeskId,
    organisation_id: Option<OrganisationId>,
    spec: JsonText<MailboxSpec>,
    secret: Option<String>,
    is_active: bool,
    created_at: Instant,
    updated_at: Instant,
    version: i64,
    uid_validity: Option<i64>,
    last_uid: Option<i64>,
    looked_at: Option<Instant>,
    message_at: Option<Instant>,
    error: Option<String>,
    error_since: Option<Instant>,
    token_expires_at: Option<Instant>,
    owed_uid: Option<i64>,
}

impl From<Row> for StoredMailbox {
    fn from(row: Row) -> Self {
        let Row {
            id,
            code,
            name,
            address,
            desk_id,
            organisation_id,
            spec,
            secret,
            is_active,
            created_at,
            updated_at,
            version,
            uid_validity,
            last_uid,
            looked_at,
            message_at,
            error,
            error_since,
            token_expires_at,
            owed_uid,
        } = row;
        let number = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok());
        let cursor =
            number(uid_validity).zip(number(last_uid)).map(|(validity, last)| Cursor { validity, last });
        Self {
            id,
            code,
            name,
            address,
            desk: desk_id,
            organisation: organisation_id,
            spec: spec.0,
            secret,
            is_active,
            created_at,
            updated_at,
            version,
            cursor,
            owed: number(owed_uid),
            looked_at,
            message_at,
            error,
            error_since,
            token_expires_at,
        }
    }
}

/// All mailboxes, by name.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<StoredMailbox>, DbError> {
    let rows: Vec<Row> =
        mailboxes::table.order((mailboxes::name, mailboxes::id)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(StoredMailbox::from).collect())
}

/// A mailbox by its code.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_code(conn: &mut Conn, code: &str) -> Result<Option<StoredMailbox>, DbError> {
    let row: Option<Row> =
        mailboxes::table.filter(mailboxes::code.eq(code)).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(StoredMailbox::from))
}

/// A mailbox by its key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: MailboxId) -> Result<Option<StoredMailbox>, DbError> {
    let row: Option<Row> = mailboxes::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(StoredMailbox::from))
}

/// The mailboxes that are to be read at a server, each with the version of its settings.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn active(conn: &mut Conn) -> Result<BTreeMap<MailboxId, i64>, DbError> {
    let rows: Vec<(MailboxId, i64, JsonText<MailboxSpec>)> = mailboxes::table
        .filter(mailboxes::is_active.eq(true))
        .select((mailboxes::id, mailboxes::version, mailboxes::spec))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(_, _, spec)| spec.0.is_fetched())
        .map(|(id, version, _)| (id, version))
        .collect())
}

/// What a person decides about a mailbox.
#[derive(Clone)]
pub struct MailboxWrite {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The address in lower case.
    pub address_folded: String,
    /// Its desk.
    pub desk: DeskId,
    /// Whose people write to it.
    pub organisation: Option<OrganisationId>,
    /// The settings.
    pub spec: MailboxSpec,
    /// The secret, sealed.
    pub secret: Option<String>,
    /// Whether it is read.
    pub is_active: bool,
}

/// Makes a mailbox.
///
/// # Errors
/// [`DbError::UniqueViolation`] when code or address is taken.
pub fn insert(tx: &mut Tx<'_>, code: &str, new: &MailboxWrite, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(mailboxes::table)
        .values((
            mailboxes::code.eq(code),
            mailboxes::name.eq(&new.name),
            mailboxes::address.eq(&new.address),
            mailboxes::address_folded.eq(&new.address_folded),
            mailboxes::desk_id.eq(new.desk),
            mailboxes::organisation_id.eq(new.organisation),
            mailboxes::spec.eq(JsonText(new.spec.clone())),
            mailboxes::secret.eq(new.secret.as_deref()),
            mailboxes::is_active.eq(new.is_active),
            mailboxes::created_at.eq(now),
            mailboxes::updated_at.eq(now),
            mailboxes::version.eq(1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Changes a mailbox of this version. `forgets_cursor`: another folder or server is read from now on.
///
/// # Errors
/// [`DbError::Stale`]; [`DbError::UniqueViolation`] when the address is taken.
pub fn update(
    tx: &mut Tx<'_>,
    id: MailboxId,
    version: i64,
    after: &MailboxWrite,
    forgets_cursor: bool,
    now: Instant,
) -> Result<(), DbError> {
    let changed =
        diesel::update(mailboxes::table.filter(mailboxes::id.eq(id)).filter(mailboxes::version.eq(version)))
            .set((
                mailboxes::name.eq(&after.name),
                mailboxes::address.eq(&after.address),
                mailboxes::address_folded.eq(&after.address_folded),
                mailboxes::desk_id.eq(after.desk),
                mailboxes::organisation_id.eq(after.organisation),
                mailboxes::spec.eq(JsonText(after.spec.clone())),
                mailboxes::secret.eq(after.secret.as_deref()),
                mailboxes::is_active.eq(after.is_active),
                mailboxes::updated_at.eq(now),
                mailboxes::version.eq(version + 1),
                // What failed may have been mended by this change.
                mailboxes::error.eq(None::<&str>),
                mailboxes::error_since.eq(None::<Instant>),
                mailboxes::token_expires_at.eq(None::<Instant>),
            ))
            .execute(tx.conn())?;
    if changed == 0 {
        return Err(DbError::Stale);
    }
    if forgets_cursor {
        diesel::update(mailboxes::table.find(id))
            .set((
                mailboxes::uid_validity.eq(None::<i64>),
                mailboxes::last_uid.eq(None::<i64>),
                mailboxes::owed_uid.eq(None::<i64>),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Removes a mailbox unless mail came in or went out by it; whether it is gone.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn remove_unused(tx: &mut Tx<'_>, id: MailboxId) -> Result<bool, DbError> {
    let came = inbound_mails::table.filter(inbound_mails::mailbox_id.eq(id));
    let went = outbound_mails::table.filter(outbound_mails::mailbox_id.eq(id));
    let is_used: bool = diesel::select(diesel::dsl::exists(came)).get_result::<bool>(tx.conn())?
        || diesel::select(diesel::dsl::exists(went)).get_result::<bool>(tx.conn())?;
    if is_used {
        return Ok(false);
    }
    diesel::delete(mailboxes::table.find(id)).execute(tx.conn())?;
    Ok(true)
}

/// Who reads a mailbox, and until when nobody else does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The worker.
    pub owner: String,
}

/// Takes a mailbox that nobody reads, or keeps it; whether it is the owner's now.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn take_lease(tx: &mut Tx<'_>, reader: &Reader, now: Instant, until: Instant) -> Result<bool, DbError> {
    let free = mailboxes::lease_owner
        .is_null()
        .or(mailboxes::lease_owner.eq(&reader.owner))
        .or(mailboxes::lease_until.lt(now));
    let taken = diesel::update(
        mailboxes::table
            .filter(mailboxes::id.eq(reader.mailbox))
            .filter(mailboxes::is_active.eq(true))
            .filter(free.assume_not_null()),
    )
    .set((mailboxes::lease_owner.eq(Some(&reader.owner)), mailboxes::lease_until.eq(Some(until))))
    .execute(tx.conn())?;
    Ok(taken > 0)
}

#[diesel::dsl::auto_type]
fn read_by<'a>(reader: &'a Reader) -> _ {
    let id: MailboxId = reader.mailbox;
    let owner: &'a str = reader.owner.as_str();
    mailboxes::table.filter(mailboxes::id.eq(id)).filter(mailboxes::lease_owner.eq(owner))
}

/// Lets go of a mailbox.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn drop_lease(tx: &mut Tx<'_>, reader: &Reader) -> Result<(), DbError> {
    diesel::update(read_by(reader))
        .set((mailboxes::lease_owner.eq(None::<&str>), mailboxes::lease_until.eq(None::<Instant>)))
        .execute(tx.conn())?;
    Ok(())
}

/// How far a reading has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// How far the folder is read.
    pub cursor: Cursor,
    /// The first message that the server may still have to do something with.
    pub owed: Option<u32>,
    /// When a message came.
    pub message_at: Option<Instant>,
    /// When the folder was seen to be readable.
    pub looked_at: Option<Instant>,
    /// Whether nothing is wrong with it.
    pub is_well: bool,
}

/// Notes how far a mailbox is read; whether it is still this reader's.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn advance(tx: &mut Tx<'_>, reader: &Reader, progress: &Progress) -> Result<bool, DbError> {
    let Progress { cursor, owed, message_at, looked_at, is_well } = progress;
    let changed = diesel::update(read_by(reader))
        .set((
            mailboxes::uid_validity.eq(Some(i64::from(cursor.validity))),
            mailboxes::last_uid.eq(Some(i64::from(cursor.last))),
            mailboxes::owed_uid.eq(owed.map(i64::from)),
            message_at.map(|at| mailboxes::message_at.eq(Some(at))),
            looked_at.map(|at| mailboxes::looked_at.eq(Some(at))),
            is_well.then(|| mailboxes::error.eq(None::<&str>)),
            is_well.then(|| mailboxes::error_since.eq(None::<Instant>)),
        ))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Notes when a message came to a mailbox that nobody reads at a server.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn note_message(tx: &mut Tx<'_>, id: MailboxId, now: Instant) -> Result<(), DbError> {
    diesel::update(mailboxes::table.find(id)).set(mailboxes::message_at.eq(Some(now))).execute(tx.conn())?;
    Ok(())
}

/// What a look through a folder found besides messages.
#[derive(Debug, Clone)]
pub struct Look {
    /// When the access token in use ends.
    pub token_expires_at: Option<Instant>,
    /// The first message that the server still has to do something with.
    pub owed: Option<u32>,
    /// What the server refuses to do.
    pub error: Option<String>,
}

/// Notes a look that succeeded; whether the mailbox is still this reader's.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn note_look(tx: &mut Tx<'_>, reader: &Reader, look: &Look, now: Instant) -> Result<bool, DbError> {
    let Look { token_expires_at, owed, error } = look;
    let is_well = error.is_none();
    let changed = diesel::update(read_by(reader))
        .set((
            mailboxes::looked_at.eq(Some(now)),
            mailboxes::owed_uid.eq(owed.map(i64::from)),
            mailboxes::token_expires_at.eq(token_expires_at),
            is_well.then(|| mailboxes::error.eq(None::<&str>)),
            is_well.then(|| mailboxes::error_since.eq(None::<Instant>)),
        ))
        .execute(tx.conn())?;
    if let Some(error) = error {
        note_failure(tx, reader, error, now)?;
    }
    Ok(changed > 0)
}

/// Notes that reading failed; since when stays at the first of a row of failures.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn note_failure(tx: &mut Tx<'_>, reader: &Reader, error: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(read_by(reader)).set(mailboxes::error.eq(Some(error))).execute(tx.conn())?;
    diesel::update(read_by(reader).filter(mailboxes::error_since.is_null()))
        .set(mailboxes::error_since.eq(Some(now)))
        .execute(tx.conn())?;
    Ok(())
}
