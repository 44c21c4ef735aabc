//! What POSTs that carried an Idempotency-Key have made, so that a repeated one finds it instead of
//! making another.

use super::schema::idempotency_keys;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::UserId;
use diesel::prelude::*;

/// What a request has made.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Outcome {
    /// What was asked, hashed.
    pub request_hash: String,
    /// The name of the thing made: a ticket's number, a message's key.
    pub outcome: String,
}

/// What this person's request with this key has made since `not_before`.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn find(
    conn: &mut Conn,
    user: UserId,
    key: &str,
    not_before: Instant,
) -> Result<Option<Outcome>, DbError> {
    Ok(idempotency_keys::table
        .filter(idempotency_keys::user_id.eq(user))
        .filter(idempotency_keys::key.eq(key))
        .filter(idempotency_keys::created_at.ge(not_before))
        .select((idempotency_keys::request_hash, idempotency_keys::outcome))
        .first(conn)
        .optional()?)
}

/// Keeps what was made, in the transaction that has the effect.
///
/// # Errors
/// [`DbError::UniqueViolation`] when a twin came first.
pub fn insert(tx: &mut Tx<'_>, user: UserId, key: &str, made: &Outcome, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::user_id.eq(user),
            idempotency_keys::key.eq(key),
            idempotency_keys::request_hash.eq(&made.request_hash),
            idempotency_keys::outcome.eq(&made.outcome),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets what is older than this.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn purge(tx: &mut Tx<'_>, before: Instant) -> Result<(), DbError> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before)))
        .execute(tx.conn())?;
    Ok(())
}
