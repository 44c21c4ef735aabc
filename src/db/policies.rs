//! What the desk has decided, as documents with versions: stored whole, never changed. What a document
//! says is for `app::policies`; here it is text.

use super::schema::{policies, policy_versions};
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{PolicyId, PolicyVersionId, UserId};
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// What kind of document.
    pub enum PolicyKind {
        /// When a desk is open.
        Calendar = "calendar",
        /// What is promised to whom.
        Agreement = "agreement",
        /// The priority list of society-critical systems.
        PriorityList = "priorityList",
        /// Who does what.
        Responsibilities = "responsibilities",
        /// Where tickets go.
        RoutingRules = "routingRules",
    }
}

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// The version's key.
    pub id: PolicyVersionId,
    /// The document's key.
    pub policy: PolicyId,
    /// The document's kind.
    pub kind: PolicyKind,
    /// The document's code.
    pub code: String,
    /// The document's name.
    pub name: String,
    /// From when it holds, until the next one does.
    pub valid_from: Instant,
    /// Whether the document ends here: from then on it says nothing.
    pub is_withdrawn: bool,
    /// The document, as JSON.
    pub spec: String,
    /// Why it was decided.
    pub note: String,
    /// When it was written.
    pub created_at: Instant,
    /// Who wrote it; nobody when the product was delivered with it.
    pub created_by: Option<UserId>,
}

/// A version to be stored.
#[derive(Debug, Clone)]
pub struct NewVersion<'a> {
    /// From when it is to hold.
    pub valid_from: Instant,
    /// Whether the document is to end there.
    pub is_withdrawn: bool,
    /// The document, as JSON.
    pub spec: &'a str,
    /// Why.
    pub note: &'a str,
    /// Now.
    pub created_at: Instant,
    /// Who writes it.
    pub created_by: Option<UserId>,
}

type Row = (
    (PolicyVersionId, PolicyId, Instant, bool, String, String, Instant, Option<UserId>),
    (AsText<PolicyKind>, String, String),
);

/// Lets one transaction at a time change policies until it ends, so that what it has decided from all that
/// is stored stays true. SQLite does that by itself.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn lock(tx: &mut Tx<'_>) -> Result<(), DbError> {
    if let Conn::Pg(conn) = tx.conn() {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('policies', 0))").execute(conn)?;
    }
    Ok(())
}

/// Every version of every document, oldest first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<PolicyVersion>, DbError> {
    let rows: Vec<Row> = policy_versions::table
        .inner_join(policies::table.on(policies::id.eq(policy_versions::policy_id)))
        .order((policies::kind, policies::code, policy_versions::valid_from))
        .select((
            (
                policy_versions::id,
                policy_versions::policy_id,
                policy_versions::valid_from,
                policy_versions::is_withdrawn,
                policy_versions::spec,
                policy_versions::note,
                policy_versions::created_at,
                policy_versions::created_by_id,
            ),
            (policies::kind, policies::code, policies::name),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|((id, policy, valid_from, is_withdrawn, spec, note, created_at, created_by), head)| {
            let (kind, code, name) = head;
            PolicyVersion {
                id,
                policy,
                kind: kind.0,
                code,
                name,
                valid_from,
                is_withdrawn,
                spec,
                note,
                created_at,
                created_by,
            }
        })
        .collect())
}

/// The document with this code, if there is one.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn find(conn: &mut Conn, kind: PolicyKind, code: &str) -> Result<Option<PolicyId>, DbError> {
    Ok(policies::table
        .filter(policies::kind.eq(AsText(kind)))
        .filter(policies::code.eq(code))
        .select(policies::id)
        .first(conn)
        .optional()?)
}

/// Begins a document, so far without a version.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code is taken.
pub fn insert(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    code: &str,
    name: &str,
    now: Instant,
) -> Result<PolicyId, DbError> {
    Ok(diesel::insert_into(policies::table)
        .values((
            policies::kind.eq(AsText(kind)),
            policies::code.eq(code),
            policies::name.eq(name),
            policies::created_at.eq(now),
        ))
        .returning(policies::id)
        .get_result(tx.conn())?)
}

/// Gives a document another name.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn rename(tx: &mut Tx<'_>, policy: PolicyId, name: &str) -> Result<(), DbError> {
    diesel::update(policies::table.filter(policies::id.eq(policy)))
        .set(policies::name.eq(name))
        .execute(tx.conn())?;
    Ok(())
}

/// Adds a version.
///
/// # Errors
/// [`DbError::UniqueViolation`] when one begins at the same instant.
pub fn insert_version(
    tx: &mut Tx<'_>,
    policy: PolicyId,
    version: &NewVersion<'_>,
) -> Result<PolicyVersionId, DbError> {
    let NewVersion { valid_from, is_withdrawn, spec, note, created_at, created_by } = version;
    Ok(diesel::insert_into(policy_versions::table)
        .values((
            policy_versions::policy_id.eq(policy),
            policy_versions::valid_from.eq(*valid_from),
            policy_versions::is_withdrawn.eq(*is_withdrawn),
            policy_versions::spec.eq(*spec),
            policy_versions::note.eq(*note),
            policy_versions::created_at.eq(*created_at),
            policy_versions::created_by_id.eq(*created_by),
        ))
        .returning(policy_versions::id)
        .get_result(tx.conn())?)
}

/// Takes back a version that hasn't begun to hold: nothing was decided by it. A document whose only
/// version it was goes with it.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn remove_version(tx: &mut Tx<'_>, policy: PolicyId, version: PolicyVersionId) -> Result<(), DbError> {
    diesel::delete(policy_versions::table.filter(policy_versions::id.eq(version))).execute(tx.conn())?;
    let left: i64 =
        policy_versions::table.filter(policy_versions::policy_id.eq(policy)).count().get_result(tx.conn())?;
    if left == 0 {
        diesel::delete(policies::table.filter(policies::id.eq(policy))).execute(tx.conn())?;
    }
    Ok(())
}
