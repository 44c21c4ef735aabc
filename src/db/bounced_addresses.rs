//! Addresses that mail came back from.

use super::schema::bounced_addresses;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use diesel::prelude::*;

/// An address that mail came back from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BouncedAddress {
    /// In lower case.
    pub address: String,
    /// What the other server said (RFC 3463), `5.1.1`; may be empty.
    pub status: String,
    /// How often.
    pub failures: i64,
    /// When first.
    pub first_at: Instant,
    /// When last.
    pub last_at: Instant,
}

/// Marks an address.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn mark(tx: &mut Tx<'_>, address: &str, status: &str, now: Instant) -> Result<(), DbError> {
    use bounced_addresses as b;
    let again = diesel::update(b::table.find(address))
        .set((b::status.eq(status), b::failures.eq(b::failures + 1), b::last_at.eq(now)))
        .execute(tx.conn())?;
    if again == 0 {
        diesel::insert_into(b::table)
            .values((
                b::address_folded.eq(address),
                b::status.eq(status),
                b::diagnostic.eq(""),
                b::failures.eq(1),
                b::first_at.eq(now),
                b::last_at.eq(now),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Lets mail go there again; whether it was marked.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn clear(tx: &mut Tx<'_>, address: &str) -> Result<bool, DbError> {
    Ok(diesel::delete(bounced_addresses::table.find(address)).execute(tx.conn())? > 0)
}

/// How mail to an address came back; nothing when it is not marked.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of(conn: &mut Conn, address: &str) -> Result<Option<BouncedAddress>, DbError> {
    use bounced_addresses as b;
    Ok(b::table
        .find(address.to_lowercase())
        .select((b::address_folded, b::status, b::failures, b::first_at, b::last_at))
        .first(conn)
        .optional()?)
}

/// The marked addresses, latest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn latest(conn: &mut Conn, limit: i64) -> Result<Vec<BouncedAddress>, DbError> {
    use bounced_addresses as b;
    Ok(b::table
        .order(b::last_at.desc())
        .limit(limit)
        .select((b::address_folded, b::status, b::failures, b::first_at, b::last_at))
        .load(conn)?)
}
