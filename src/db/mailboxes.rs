//! Addresses that desks read and answer from.

use super::schema::{mail_domains, mailboxes};
use super::{Conn, DbError};
use crate::domain::ids::{DeskId, MailboxId, OrganisationId};
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
}

/// Every mailbox by name, switched off ones too.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn refs(conn: &mut Conn) -> Result<Vec<MailboxRef>, DbError> {
    Ok(mailboxes::table
        .select((mailboxes::id, mailboxes::code, mailboxes::name))
        .order(mailboxes::name)
        .load(conn)?)
}

/// What has to be known of a mailbox to understand a message that came to it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Receiving {
    /// Its key.
    pub id: MailboxId,
    /// Its address in lower case.
    pub address_folded: String,
    /// The desk that reads it.
    pub desk: DeskId,
    /// Under which organisation strangers are registered whose domain says nothing.
    pub organisation: Option<OrganisationId>,
    /// What is done with its mail, as JSON.
    pub spec: String,
}

/// Every mailbox, switched off ones too: what was sent from them comes back to them.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn receiving(conn: &mut Conn) -> Result<Vec<Receiving>, DbError> {
    Ok(mailboxes::table
        .select((
            mailboxes::id,
            mailboxes::address_folded,
            mailboxes::desk_id,
            mailboxes::organisation_id,
            mailboxes::spec,
        ))
        .order(mailboxes::id)
        .load(conn)?)
}

/// The organisation that people of a mail domain, or of the nearest one above it, belong to.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn organisation_of_domain(conn: &mut Conn, domain: &str) -> Result<Option<OrganisationId>, DbError> {
    let mut candidates = vec![domain.to_lowercase()];
    while let Some((_, above)) = candidates.last().and_then(|domain| domain.split_once('.'))
        && above.contains('.')
    {
        candidates.push(above.to_owned());
    }
    let found: Vec<(String, OrganisationId)> = mail_domains::table
        .filter(mail_domains::domain.eq_any(&candidates))
        .select((mail_domains::domain, mail_domains::organisation_id))
        .load(conn)?;
    Ok(found.into_iter().max_by_key(|(domain, _)| domain.len()).map(|(_, organisation)| organisation))
}
