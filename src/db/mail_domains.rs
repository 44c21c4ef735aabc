//! Mail domains: to which organisation people belong who write from an address.

use super::schema::mail_domains;
use super::{Conn, DbError, Tx};
use crate::domain::ids::OrganisationId;
use diesel::prelude::*;

/// Mail domains with their organisations, by name.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<(String, OrganisationId)>, DbError> {
    Ok(mail_domains::table
        .order(mail_domains::domain)
        .select((mail_domains::domain, mail_domains::organisation_id))
        .load(conn)?)
}

/// Gives a mail domain to an organisation, in place of the one it had; whether it is new.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set(tx: &mut Tx<'_>, domain: &str, organisation: OrganisationId) -> Result<bool, DbError> {
    let changed = diesel::update(mail_domains::table.find(domain))
        .set(mail_domains::organisation_id.eq(organisation))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(mail_domains::table)
            .values((mail_domains::domain.eq(domain), mail_domains::organisation_id.eq(organisation)))
            .execute(tx.conn())?;
    }
    Ok(changed == 0)
}

/// Forgets a mail domain; whether it was known.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn remove(tx: &mut Tx<'_>, domain: &str) -> Result<bool, DbError> {
    Ok(diesel::delete(mail_domains::table.find(domain)).execute(tx.conn())? > 0)
}

/// The organisation that people of a mail domain, or of the nearest one above it, belong to.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn organisation_of(conn: &mut Conn, domain: &str) -> Result<Option<OrganisationId>, DbError> {
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
