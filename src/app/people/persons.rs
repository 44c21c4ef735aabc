//! Accounts: found, made and changed by administrators; looked up by staff.

use crate::app::tickets::Listing;
use crate::app::tickets::Patch;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::users::{self, NewUser, User};
use crate::db::{Conn, DbError, sessions};
use crate::domain::access::{Permission, Role};
use crate::domain::ids::{GroupId, OrganisationId, UserId};
use crate::domain::people::{Directory, Language, UserStatus};
use crate::domain::text::{EmailAddress, Name};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A person as staff and administrators see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
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
    /// Whether the account is used.
    pub status: UserStatus,
    /// Whether there is a password to sign in with.
    pub has_password: bool,
    /// The roles held, each with the organisation it holds for.
    pub roles: Vec<(Role, Option<OrganisationId>)>,
    /// The organisations the person belongs to, the primary one first.
    pub organisations: Vec<OrganisationId>,
    /// The groups the person belongs to.
    pub groups: Vec<GroupId>,
    /// The version.
    pub version: i64,
}

/// A person to be made; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: Option<String>,
    /// `sv` or `en`; Swedish when nothing is said.
    pub language: Option<String>,
    /// The password, for those who sign in by one.
    pub password: Option<String>,
    /// Roles, each with the code of the organisation it holds for.
    pub roles: Vec<(String, Option<String>)>,
    /// Codes of organisations, the primary one first.
    pub organisations: Vec<String>,
}

/// What is to be changed; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct PersonPatch {
    /// The address.
    pub email: Patch<String>,
    /// The name.
    pub name: Patch<String>,
    /// The phone number.
    pub phone: Patch<String>,
    /// The language.
    pub language: Patch<String>,
    /// `active` or `disabled`.
    pub status: Patch<String>,
    /// A new password; null takes it away.
    pub password: Patch<String>,
    /// All roles, in place of those before.
    pub roles: Patch<Vec<(String, Option<String>)>>,
    /// All organisations, in place of those before.
    pub organisations: Patch<Vec<String>>,
}

type Grants = Vec<(Role, Option<OrganisationId>)>;

impl App {
    /// A page of people by name; every word of `q` must occur in name, address or phone number.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] when the page isn't understood.
    pub async fn list_people(
        &self,
        cx: &Ctx,
        q: &str,
        cursor: Option<&str>,
        page: Option<i64>,
        limit: Option<i64>,
    ) -> Result<Listing<PersonView>, AppError> {
        cx.require(Permission::DirectoryView)?;
        let mut errors = FieldErrors::default();
        let limit = limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            errors.add("limit", FieldProblem::OutOfRange);
        }
        let page = page.unwrap_or(1);
        if page < 1 || (page - 1).saturating_mul(limit) >= 10_000 {
            errors.add("page", FieldProblem::OutOfRange);
        }
        let after = match cursor.filter(|c| !c.is_empty()) {
            None => None,
            Some(text) => {
                let position = decode_cursor(text);
                if position.is_none() {
                    errors.add("cursor", FieldProblem::Malformed);
                }
                position
            }
        };
        errors.finish()?;
        let q = q.to_owned();
        let offset = (page - 1) * limit;
        self.db()
            .read(move |conn| {
                let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
                let mut found = users::page(conn, &q, after, offset, limit + 1)?;
                let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
                let more = found.len() > wanted;
                found.truncate(wanted);
                let next_cursor =
                    found.last().filter(|_| more).map(|last| encode_cursor(&last.name, last.id));
                let items = found.into_iter().map(|user| view(conn, user)).collect::<Result<_, DbError>>()?;
                Ok(Listing { items, next_cursor })
            })
            .await
    }

    /// A person by opaque id.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`].
    pub async fn person(&self, cx: &Ctx, id: &str) -> Result<PersonView, AppError> {
        cx.require(Permission::DirectoryView)?;
        let id = opaque::decode(id).map(UserId).ok_or(AppError::NotFound)?;
        self.db()
            .read(move |conn| {
                let user = users::by_id(conn, id)?.ok_or(AppError::NotFound)?;
                Ok(view(conn, user)?)
            })
            .await
    }

    /// Makes an account.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field, a taken address among them.
    pub async fn create_person(&self, cx: &Ctx, new: &NewPerson) -> Result<PersonView, AppError> {
        cx.require(Permission::PeopleManage)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let email = errors.text("email", EmailAddress::parse(&new.email));
        let name = errors.text("name", Name::parse(&new.name));
        let phone = phone(new.phone.as_deref().unwrap_or_default(), &mut errors);
        let language = match new.language.as_deref() {
            None => Some(Language::Swedish),
            Some(text) => errors.found("language", Language::from_text(text)),
        };
        let roles = grants(&directory, &new.roles, &mut errors);
        let organisations = organisations(&directory, &new.organisations, &mut errors);
        if let (Some(password), Some(email), Some(name)) = (&new.password, &email, &name)
            && let Err(error) = self.check_password("password", password, email.as_str(), name.as_str())
        {
            errors.push(error);
        }
        errors.finish()?;
        let (Some(email), Some(name), Some(language)) = (email, name, language) else {
            return Err(AppError::NotFound);
        };
        let password_hash = match &new.password {
            Some(password) => Some(self.hash_password(password).await?),
            None => None,
        };
        let now = self.now();
        let made = self
            .db()
            .write(move |tx| {
                let new = NewUser {
                    email: &email,
                    name: name.as_str(),
                    phone: phone.as_deref(),
                    language,
                    password_hash: password_hash.as_deref(),
                };
                let id = users::insert(tx, &new, now)?;
                users::set_roles(tx, id, &roles)?;
                users::set_memberships(tx, id, &organisations)?;
                let user = users::by_id(tx.conn(), id)?.ok_or(AppError::NotFound)?;
                Ok(view(tx.conn(), user)?)
            })
            .await
            .map_err(taken_address)?;
        tracing::info!(user.id = %made.id, "Made an account");
        Ok(made)
    }

    /// Changes an account. A new password, new roles or disabling end all its sessions.
    ///
    /// # Errors
    /// [`AppError::Stale`] when it has changed since `version_seen`; [`AppError::Invalid`] with every wrong
    /// field; an administrator can't take the own administration away.
    pub async fn update_person(
        &self,
        cx: &Ctx,
        id: &str,
        version_seen: Option<i64>,
        patch: &PersonPatch,
    ) -> Result<PersonView, AppError> {
        cx.require(Permission::PeopleManage)?;
        let id = opaque::decode(id).map(UserId).ok_or(AppError::NotFound)?;
        let before = self.db().point(move |conn| users::by_id(conn, id)).await?.ok_or(AppError::NotFound)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let mut after = before.clone();
        match &patch.email {
            Patch::Absent => {}
            Patch::Null => errors.add("email", FieldProblem::Required),
            Patch::Value(text) => {
                if let Some(email) = errors.text("email", EmailAddress::parse(text)) {
                    email.as_str().clone_into(&mut after.email);
                }
            }
        }
        match &patch.name {
            Patch::Absent => {}
            Patch::Null => errors.add("name", FieldProblem::Required),
            Patch::Value(text) => {
                if let Some(name) = errors.text("name", Name::parse(text)) {
                    name.as_str().clone_into(&mut after.name);
                }
            }
        }
        match &patch.phone {
            Patch::Absent => {}
            Patch::Null => after.phone = None,
            Patch::Value(text) => after.phone = phone(text, &mut errors),
        }
        if let Patch::Value(text) = &patch.language {
            after.language = errors.found("language", Language::from_text(text)).unwrap_or(after.language);
        }
        if let Patch::Value(text) = &patch.status {
            after.status = errors.found("status", UserStatus::from_text(text)).unwrap_or(after.status);
        }
        let roles = match &patch.roles {
            Patch::Absent => None,
            Patch::Null => Some(Vec::new()),
            Patch::Value(roles) => Some(grants(&directory, roles, &mut errors)),
        };
        let organisations = match &patch.organisations {
            Patch::Absent => None,
            Patch::Null => Some(Vec::new()),
            Patch::Value(codes) => Some(organisations(&directory, codes, &mut errors)),
        };
        let loses_administration =
            roles.as_ref().is_some_and(|roles| roles.iter().all(|(role, _)| *role != Role::Administrator));
        if id == cx.user() && (loses_administration || after.status == UserStatus::Disabled) {
            let field = if loses_administration { "roles" } else { "status" };
            errors.add(field, FieldProblem::NotAllowed);
        }
        match &patch.password {
            Patch::Absent => {}
            Patch::Null => after.password_hash = None,
            Patch::Value(password) => {
                match self.check_password("password", password, &after.email, &after.name) {
                    Ok(()) => after.password_hash = Some(self.hash_password(password).await?),
                    Err(error) => errors.push(error),
                }
            }
        }
        errors.finish()?;
        if version_seen.is_some_and(|seen| seen != before.version) {
            return Err(AppError::Stale { version: before.version });
        }
        let ends_sessions =
            roles.is_some() || after.status != before.status || after.password_hash != before.password_hash;
        let keep = cx.actor.session.filter(|_| id == cx.user());
        let changed = self
            .db()
            .write(move |tx| {
                users::update(tx, &after).map_err(|error| match error {
                    DbError::Stale => AppError::Stale { version: after.version + 1 },
                    other => other.into(),
                })?;
                if let Some(roles) = &roles {
                    users::set_roles(tx, id, roles)?;
                }
                if let Some(organisations) = &organisations {
                    users::set_memberships(tx, id, organisations)?;
                }
                if ends_sessions {
                    sessions::delete_of_user(tx, id, keep)?;
                }
                let user = users::by_id(tx.conn(), id)?.ok_or(AppError::NotFound)?;
                Ok(view(tx.conn(), user)?)
            })
            .await
            .map_err(taken_address)?;
        self.inner.caches.forget_people();
        tracing::info!(user.id = %id, "Changed an account");
        Ok(changed)
    }
}

fn taken_address(error: AppError) -> AppError {
    match error {
        AppError::Exists => AppError::field("email", FieldProblem::Taken),
        other => other,
    }
}

pub(super) fn view(conn: &mut Conn, user: User) -> Result<PersonView, DbError> {
    Ok(PersonView {
        roles: users::roles(conn, user.id)?,
        organisations: users::memberships(conn, user.id)?,
        groups: users::groups_of(conn, user.id)?,
        id: user.id,
        email: user.email,
        name: user.name,
        phone: user.phone,
        language: user.language,
        status: user.status,
        has_password: user.password_hash.is_some(),
        version: user.version,
    })
}

/// A phone number as people write it, or none.
pub(crate) fn phone(text: &str, errors: &mut FieldErrors) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '/'));
    if plain && (3..=20).contains(&digits) && text.len() <= 40 {
        return Some(text.to_owned());
    }
    errors.add("phone", FieldProblem::Malformed);
    None
}

/// Roles with their organisations; whoever files tickets is a requester too.
fn grants(directory: &Directory, roles: &[(String, Option<String>)], errors: &mut FieldErrors) -> Grants {
    let mut grants: Grants = Vec::new();
    for (role, organisation) in roles {
        let Some(role) = errors.found("roles", Role::from_text(role.trim())) else { continue };
        let scoped = role.is_held_for_one_organisation();
        let organisation = match organisation.as_deref().filter(|code| !code.is_empty()) {
            Some(code) if scoped => errors
                .found("roles", directory.organisation_by_code(code))
                .map(|organisation| organisation.id),
            Some(_) => {
                errors.add("roles", FieldProblem::NotAllowed);
                None
            }
            None if scoped => {
                errors.add("roles", FieldProblem::Required);
                None
            }
            None => None,
        };
        if !grants.contains(&(role, organisation)) {
            grants.push((role, organisation));
        }
    }
    let files_tickets = grants.is_empty() || grants.iter().any(|(role, _)| role.also_requester());
    if files_tickets && !grants.contains(&(Role::Requester, None)) {
        grants.push((Role::Requester, None));
    }
    grants
}

fn organisations(directory: &Directory, codes: &[String], errors: &mut FieldErrors) -> Vec<OrganisationId> {
    let mut found = Vec::new();
    for code in codes {
        if let Some(organisation) = errors.found("organisations", directory.organisation_by_code(code.trim()))
            && !found.contains(&organisation.id)
        {
            found.push(organisation.id);
        }
    }
    found
}

fn encode_cursor(name: &str, id: UserId) -> String {
    URL_SAFE_NO_PAD.encode(format!("{id}.{name}"))
}

fn decode_cursor(text: &str) -> Option<(String, UserId)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, name) = text.split_once('.')?;
    Some((name.to_owned(), UserId(id.parse().ok()?)))
}
