//! What people and administrators have chosen about mail: preferences, texts; and addresses that don't work.

use super::schema::{bounced_addresses, mail_preferences, mail_templates};
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::UserId;
use crate::domain::mail::{Digest, MailPreferences, Template};
use crate::domain::people::Language;
use diesel::prelude::*;

type PreferencesRow = (AsText<Digest>, i64, Option<i64>, Option<i64>);
type VersionRow = (i64, Option<String>, Option<String>, UserId, Instant);

/// How a person wants mail; each at once when nothing was chosen.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn preferences(conn: &mut Conn, user: UserId) -> Result<MailPreferences, DbError> {
    let row: Option<PreferencesRow> = mail_preferences::table
        .filter(mail_preferences::user_id.eq(user))
        .select((
            mail_preferences::digest,
            mail_preferences::digest_at,
            mail_preferences::quiet_from,
            mail_preferences::quiet_until,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map_or_else(MailPreferences::default, |(digest, digest_at, quiet_from, quiet_until)| {
        MailPreferences { digest: digest.0, digest_at, quiet_from, quiet_until }
    }))
}

/// Notes how a person wants mail.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set_preferences(tx: &mut Tx<'_>, user: UserId, preferences: &MailPreferences) -> Result<(), DbError> {
    let MailPreferences { digest, digest_at, quiet_from, quiet_until } = *preferences;
    diesel::delete(mail_preferences::table.filter(mail_preferences::user_id.eq(user))).execute(tx.conn())?;
    diesel::insert_into(mail_preferences::table)
        .values((
            mail_preferences::user_id.eq(user),
            mail_preferences::digest.eq(AsText(digest)),
            mail_preferences::digest_at.eq(digest_at),
            mail_preferences::quiet_from.eq(quiet_from),
            mail_preferences::quiet_until.eq(quiet_until),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether mail to an address came back for good.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn has_bounced(conn: &mut Conn, address: &str) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(
        bounced_addresses::table.filter(bounced_addresses::address_folded.eq(address.to_lowercase())),
    ))
    .get_result(conn)?)
}

/// A version of a text; without texts the delivered one was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateVersion {
    /// From 1.
    pub version: i64,
    /// The subject.
    pub subject: Option<String>,
    /// The body.
    pub body: Option<String>,
    /// Who changed it.
    pub changed_by: UserId,
    /// When.
    pub changed_at: Instant,
}

/// The versions of a text before one, the latest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn template_versions(
    conn: &mut Conn,
    template: Template,
    language: Language,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TemplateVersion>, DbError> {
    let rows: Vec<VersionRow> = mail_templates::table
        .filter(mail_templates::template.eq(AsText(template)))
        .filter(mail_templates::language.eq(AsText(language)))
        .filter(mail_templates::version.lt(before.unwrap_or(i64::MAX)))
        .order(mail_templates::version.desc())
        .limit(limit)
        .select((
            mail_templates::version,
            mail_templates::subject,
            mail_templates::body,
            mail_templates::changed_by_id,
            mail_templates::changed_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(version, subject, body, changed_by, changed_at)| TemplateVersion {
            version,
            subject,
            body,
            changed_by,
            changed_at,
        })
        .collect())
}

/// Adds a version of a text.
///
/// # Errors
/// [`DbError::UniqueViolation`] when somebody else has just added it.
pub fn add_template_version(
    tx: &mut Tx<'_>,
    template: Template,
    language: Language,
    version: &TemplateVersion,
) -> Result<(), DbError> {
    let TemplateVersion { version, subject, body, changed_by, changed_at } = version;
    diesel::insert_into(mail_templates::table)
        .values((
            mail_templates::template.eq(AsText(template)),
            mail_templates::language.eq(AsText(language)),
            mail_templates::version.eq(version),
            mail_templates::subject.eq(subject),
            mail_templates::body.eq(body),
            mail_templates::changed_by_id.eq(changed_by),
            mail_templates::changed_at.eq(changed_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
