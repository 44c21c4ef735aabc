//! Sessions and failed sign-ins. Tokens are kept as hashes only.

use super::schema::{login_failures, sessions};
use super::types::AsText;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;
use crate::domain::ids::{SessionId, UserId};
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// What a session is for.
    pub enum SessionKind {
        /// Access and refresh tokens.
        Api = "api",
        /// A cookie.
        Web = "web",
    }
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The key.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// What it is for.
    pub kind: SessionKind,
    /// The program it was made with.
    pub user_agent: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct SessionRow {
    id: SessionId,
    user_id: UserId,
    kind: AsText<SessionKind>,
    user_agent: String,
    created_at: Instant,
    last_used_at: Instant,
    expires_at: Instant,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        let SessionRow { id, user_id, kind, user_agent, created_at, last_used_at, expires_at } = row;
        Self { id, user: user_id, kind: kind.0, user_agent, created_at, last_used_at, expires_at }
    }
}

/// A session to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// Whose.
    pub user: UserId,
    /// What it is for.
    pub kind: SessionKind,
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: &'a str,
    /// The program it is made with.
    pub user_agent: &'a str,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// Stores a session.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert(tx: &mut Tx<'_>, new: NewSession<'_>, now: Instant) -> Result<SessionId, DbError> {
    Ok(diesel::insert_into(sessions::table)
        .values((
            sessions::user_id.eq(new.user),
            sessions::kind.eq(AsText(new.kind)),
            sessions::token_hash.eq(new.token_hash),
            sessions::user_agent.eq(new.user_agent),
            sessions::created_at.eq(now),
            sessions::last_used_at.eq(now),
            sessions::expires_at.eq(new.expires_at),
        ))
        .returning(sessions::id)
        .get_result(tx.conn())?)
}

/// The session with this token.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<Session>, DbError> {
    let row: Option<SessionRow> = sessions::table
        .filter(sessions::token_hash.eq(token_hash))
        .select(SessionRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Session::from))
}

/// The session with this key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: SessionId) -> Result<Option<Session>, DbError> {
    let row: Option<SessionRow> =
        sessions::table.filter(sessions::id.eq(id)).select(SessionRow::as_select()).first(conn).optional()?;
    Ok(row.map(Session::from))
}

/// The session whose token was this one before the last rotation: the token has been used twice.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_previous_token(conn: &mut Conn, token_hash: &str) -> Result<Option<SessionId>, DbError> {
    Ok(sessions::table
        .filter(sessions::previous_hash.eq(token_hash))
        .select(sessions::id)
        .first(conn)
        .optional()?)
}

/// Gives a session a new token; the one it had is remembered as the previous.
///
/// # Errors
/// [`DbError::Stale`] when another rotation came first.
pub fn rotate(
    tx: &mut Tx<'_>,
    id: SessionId,
    from_hash: &str,
    to_hash: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<(), DbError> {
    let changed = diesel::update(
        sessions::table.filter(sessions::id.eq(id)).filter(sessions::token_hash.eq(from_hash)),
    )
    .set((
        sessions::token_hash.eq(to_hash),
        sessions::previous_hash.eq(from_hash),
        sessions::last_used_at.eq(now),
        sessions::expires_at.eq(expires_at),
    ))
    .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Notes that a session was used.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn touch(tx: &mut Tx<'_>, id: SessionId, now: Instant, expires_at: Instant) -> Result<(), DbError> {
    diesel::update(sessions::table.filter(sessions::id.eq(id)))
        .set((sessions::last_used_at.eq(now), sessions::expires_at.eq(expires_at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a session; whether there was one.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn delete(tx: &mut Tx<'_>, id: SessionId) -> Result<bool, DbError> {
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq(id))).execute(tx.conn())? > 0)
}

/// Ends a person's sessions, but for one that may be kept.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn delete_of_user(tx: &mut Tx<'_>, user: UserId, keep: Option<SessionId>) -> Result<(), DbError> {
    let keep = keep.unwrap_or(SessionId(0));
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::id.ne(keep)))
        .execute(tx.conn())?;
    Ok(())
}

/// A person's sessions, latest used first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Session>, DbError> {
    let rows: Vec<SessionRow> = sessions::table
        .filter(sessions::user_id.eq(user))
        .order(sessions::last_used_at.desc())
        .select(SessionRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Removes sessions that have ended by themselves, and forgotten sign-in failures.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn purge(tx: &mut Tx<'_>, now: Instant, failures_before: Instant) -> Result<(), DbError> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(tx.conn())?;
    diesel::delete(login_failures::table.filter(login_failures::last_at.lt(failures_before)))
        .execute(tx.conn())?;
    Ok(())
}

/// Failed sign-ins in a row for an address, and until when it is locked.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn failures(conn: &mut Conn, email_folded: &str) -> Result<(i64, Instant), DbError> {
    Ok(login_failures::table
        .filter(login_failures::email_folded.eq(email_folded))
        .select((login_failures::failures, login_failures::locked_until))
        .first(conn)
        .optional()?
        .unwrap_or((0, Instant::from_micros(0))))
}

/// Notes a failed sign-in.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn note_failure(
    tx: &mut Tx<'_>,
    email_folded: &str,
    failures: i64,
    locked_until: Instant,
    now: Instant,
) -> Result<(), DbError> {
    let row = (
        login_failures::email_folded.eq(email_folded),
        login_failures::failures.eq(failures),
        login_failures::locked_until.eq(locked_until),
        login_failures::last_at.eq(now),
    );
    each!(tx.conn(), |conn| diesel::insert_into(login_failures::table)
        .values(row)
        .on_conflict(login_failures::email_folded)
        .do_update()
        .set((
            login_failures::failures.eq(failures),
            login_failures::locked_until.eq(locked_until),
            login_failures::last_at.eq(now),
        ))
        .execute(conn))?;
    Ok(())
}

/// Forgets failed sign-ins after one that succeeded.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn clear_failures(tx: &mut Tx<'_>, email_folded: &str) -> Result<(), DbError> {
    diesel::delete(login_failures::table.filter(login_failures::email_folded.eq(email_folded)))
        .execute(tx.conn())?;
    Ok(())
}
