//! People: their accounts, where they belong, what they may.

use super::schema::{group_members, memberships, role_grants, users};
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::access::Role;
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, OrganisationId, UserId};
use crate::domain::people::{Language, PersonRef, Theme, UserStatus};
use crate::domain::text::EmailAddress;
use diesel::prelude::*;

/// A person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The key.
    pub id: UserId,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: Option<String>,
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// Whether single-key shortcuts are on.
    pub shortcuts: bool,
    /// Whether the account is used.
    pub status: UserStatus,
    /// The argon2id hash, for those who sign in by password.
    pub password_hash: Option<String>,
    /// When the account was made.
    pub created_at: Instant,
    /// The version.
    pub version: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
struct UserRow {
    id: UserId,
    email: String,
    name: String,
    phone: Option<String>,
    language: AsText<Language>,
    theme: AsText<Theme>,
    shortcuts: bool,
    status: AsText<UserStatus>,
    password_hash: Option<String>,
    created_at: Instant,
    version: i64,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        let UserRow {
            id,
            email,
            name,
            phone,
            language,
            theme,
            shortcuts,
            status,
            password_hash,
            created_at,
            version,
        } = row;
        Self {
            id,
            email,
            name,
            phone,
            language: language.0,
            theme: theme.0,
            shortcuts,
            status: status.0,
            password_hash,
            created_at,
            version,
        }
    }
}

/// A person to be stored.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// The name.
    pub name: &'a str,
    /// The phone number.
    pub phone: Option<&'a str>,
    /// The language.
    pub language: Language,
    /// The argon2id hash.
    pub password_hash: Option<&'a str>,
}

/// A new account in the form it is written.
#[derive(Insertable)]
#[diesel(table_name = users)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct UserValues<'a> {
    email: &'a str,
    email_folded: String,
    name: &'a str,
    phone: Option<&'a str>,
    language: AsText<Language>,
    theme: AsText<Theme>,
    shortcuts: bool,
    status: AsText<UserStatus>,
    password_hash: Option<&'a str>,
    search_text: String,
    created_at: Instant,
    version: i64,
}

impl<'a> UserValues<'a> {
    pub(super) fn new(new: &NewUser<'a>, now: Instant) -> Self {
        let NewUser { email, name, phone, language, password_hash } = *new;
        Self {
            email: email.as_str(),
            email_folded: email.folded(),
            name,
            phone,
            language: AsText(language),
            theme: AsText(Theme::System),
            shortcuts: true,
            status: AsText(UserStatus::Active),
            password_hash,
            search_text: search_text(name, email.as_str(), phone),
            created_at: now,
            version: 1,
        }
    }
}

/// Stores a person.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the address exists, letter case aside.
pub fn insert(tx: &mut Tx<'_>, new: &NewUser<'_>, now: Instant) -> Result<UserId, DbError> {
    Ok(diesel::insert_into(users::table)
        .values(UserValues::new(new, now))
        .returning(users::id)
        .get_result(tx.conn())?)
}

/// Stores a person as changed, if nobody else has changed it since.
///
/// # Errors
/// [`DbError::Stale`] when somebody has; [`DbError::UniqueViolation`] when the address exists.
pub fn update(tx: &mut Tx<'_>, user: &User) -> Result<(), DbError> {
    let changed =
        diesel::update(users::table.filter(users::id.eq(user.id)).filter(users::version.eq(user.version)))
            .set((
                users::email.eq(&user.email),
                users::email_folded.eq(user.email.to_lowercase()),
                users::name.eq(&user.name),
                users::phone.eq(&user.phone),
                users::language.eq(AsText(user.language)),
                users::theme.eq(AsText(user.theme)),
                users::shortcuts.eq(user.shortcuts),
                users::status.eq(AsText(user.status)),
                users::password_hash.eq(&user.password_hash),
                users::search_text.eq(search_text(&user.name, &user.email, user.phone.as_deref())),
                users::version.eq(user.version + 1),
            ))
            .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(DbError::Stale) }
}

fn search_text(name: &str, email: &str, phone: Option<&str>) -> String {
    let digits: String = phone.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    format!("{} {} {digits}", name.to_lowercase(), email.to_lowercase())
}

/// The person with this address, letter case aside.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_email(conn: &mut Conn, email: &str) -> Result<Option<User>, DbError> {
    let row: Option<UserRow> = users::table
        .filter(users::email_folded.eq(email.to_lowercase()))
        .select(UserRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(User::from))
}

/// The person with this key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: UserId) -> Result<Option<User>, DbError> {
    let row: Option<UserRow> =
        users::table.filter(users::id.eq(id)).select(UserRow::as_select()).first(conn).optional()?;
    Ok(row.map(User::from))
}

/// Names and addresses of several people.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn refs(conn: &mut Conn, ids: &[UserId]) -> Result<Vec<PersonRef>, DbError> {
    let rows: Vec<(UserId, String, String)> = users::table
        .filter(users::id.eq_any(ids))
        .select((users::id, users::name, users::email))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, email)| PersonRef { id, name, email }).collect())
}

/// The keys of the people with these addresses (in lower case).
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn ids_by_email(conn: &mut Conn, emails_folded: &[&str]) -> Result<Vec<(String, UserId)>, DbError> {
    Ok(users::table
        .filter(users::email_folded.eq_any(emails_folded))
        .select((users::email_folded, users::id))
        .load(conn)?)
}

/// A page of people by name, after a position; each word of `query` must occur in name, address or phone.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn page(
    conn: &mut Conn,
    query: &str,
    after: Option<(&str, UserId)>,
    offset: i64,
    limit: i64,
) -> Result<Vec<User>, DbError> {
    let mut select = users::table.select(UserRow::as_select()).into_boxed();
    for word in query.split_whitespace() {
        let escaped = word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        select = select.filter(users::search_text.like(format!("%{escaped}%")).escape('\\'));
    }
    if let Some((name, id)) = after {
        select =
            select.filter(users::name.ge(name.to_owned()).and(
                users::name.gt(name.to_owned()).or(users::name.eq(name.to_owned()).and(users::id.gt(id))),
            ));
    }
    let rows: Vec<UserRow> = select.order((users::name, users::id)).offset(offset).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// Whether there is any person yet.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn any(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(conn)?)
}

/// The roles a person holds, each with the organisation it holds for (none: the whole installation).
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn roles(conn: &mut Conn, user: UserId) -> Result<Vec<(Role, Option<OrganisationId>)>, DbError> {
    let rows: Vec<(AsText<Role>, OrganisationId)> = role_grants::table
        .filter(role_grants::user_id.eq(user))
        .order((role_grants::role, role_grants::organisation_id))
        .select((role_grants::role, role_grants::organisation_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(role, id)| (role.0, (id.get() != 0).then_some(id))).collect())
}

/// Replaces the roles a person holds.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set_roles(
    tx: &mut Tx<'_>,
    user: UserId,
    roles: &[(Role, Option<OrganisationId>)],
) -> Result<(), DbError> {
    diesel::delete(role_grants::table.filter(role_grants::user_id.eq(user))).execute(tx.conn())?;
    for (role, organisation) in roles {
        diesel::insert_into(role_grants::table)
            .values((
                role_grants::user_id.eq(user),
                role_grants::role.eq(AsText(*role)),
                role_grants::organisation_id.eq(organisation.unwrap_or(OrganisationId(0))),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Where a person belongs, the primary place first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn memberships(conn: &mut Conn, user: UserId) -> Result<Vec<OrganisationId>, DbError> {
    Ok(memberships::table
        .filter(memberships::user_id.eq(user))
        .order((memberships::is_primary.desc(), memberships::organisation_id))
        .select(memberships::organisation_id)
        .load(conn)?)
}

/// Replaces where a person belongs; the first is the primary place.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set_memberships(
    tx: &mut Tx<'_>,
    user: UserId,
    organisations: &[OrganisationId],
) -> Result<(), DbError> {
    diesel::delete(memberships::table.filter(memberships::user_id.eq(user))).execute(tx.conn())?;
    for (place, organisation) in organisations.iter().enumerate() {
        diesel::insert_into(memberships::table)
            .values((
                memberships::user_id.eq(user),
                memberships::organisation_id.eq(organisation),
                memberships::is_primary.eq(place == 0),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The groups a person belongs to.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn groups_of(conn: &mut Conn, user: UserId) -> Result<Vec<GroupId>, DbError> {
    Ok(group_members::table
        .filter(group_members::user_id.eq(user))
        .order(group_members::group_id)
        .select(group_members::group_id)
        .load(conn)?)
}

/// A group's members by name, each with whether they lead it.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn members(conn: &mut Conn, group: GroupId) -> Result<Vec<(PersonRef, bool)>, DbError> {
    let rows: Vec<(UserId, String, String, bool)> = group_members::table
        .inner_join(users::table.on(users::id.eq(group_members::user_id)))
        .filter(group_members::group_id.eq(group))
        .order((users::name, users::id))
        .select((users::id, users::name, users::email, group_members::is_lead))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, email, lead)| (PersonRef { id, name, email }, lead)).collect())
}

/// Everybody who can be given work, by name, once for each of their groups.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn workers(conn: &mut Conn) -> Result<Vec<(GroupId, PersonRef)>, DbError> {
    let rows: Vec<(GroupId, UserId, String, String)> = group_members::table
        .inner_join(users::table.on(users::id.eq(group_members::user_id)))
        .filter(users::status.eq(AsText(UserStatus::Active)))
        .order((users::name, users::id, group_members::group_id))
        .select((group_members::group_id, users::id, users::name, users::email))
        .load(conn)?;
    Ok(rows.into_iter().map(|(group, id, name, email)| (group, PersonRef { id, name, email })).collect())
}

/// Replaces a group's members.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set_members(tx: &mut Tx<'_>, group: GroupId, members: &[(UserId, bool)]) -> Result<(), DbError> {
    diesel::delete(group_members::table.filter(group_members::group_id.eq(group))).execute(tx.conn())?;
    for (user, is_lead) in members {
        diesel::insert_into(group_members::table)
            .values((
                group_members::group_id.eq(group),
                group_members::user_id.eq(user),
                group_members::is_lead.eq(*is_lead),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}
