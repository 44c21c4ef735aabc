//! Addresses that desks read and answer from.

use super::schema::mailboxes;
use super::{Conn, DbError};
use crate::domain::ids::MailboxId;
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
