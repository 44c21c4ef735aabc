//! A signed-in person's account and rights.

use crate::app::{App, AppError, Ctx, FieldErrors};
use crate::db::{Conn, DbError, sessions, users};
use crate::domain::access::{Actor, Role};
use crate::domain::ids::{OrganisationId, SessionId, UserId};
use crate::domain::people::{Directory, Language, Theme, UserStatus};
use std::sync::Arc;

/// What a person's own pages show and set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
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
    /// Whether the account has a password that can be changed.
    pub has_password: bool,
    /// The roles held.
    pub roles: Vec<Role>,
    /// The organisations the person belongs to, the primary one first.
    pub organisations: Vec<OrganisationId>,
    /// The version.
    pub version: i64,
}

/// Somebody signed in: who they are to the rights, and their account.
#[derive(Debug, Clone)]
pub struct Signed {
    /// To the rights.
    pub actor: Arc<Actor>,
    /// The account.
    pub account: Arc<Account>,
}

/// What a person sets for themselves; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// The language, `sv` or `en`.
    pub language: Option<String>,
    /// The colours: `system`, `light` or `dark`.
    pub theme: Option<String>,
    /// Whether single-key shortcuts are on.
    pub shortcuts: Option<bool>,
    /// The phone number; empty takes it away.
    pub phone: Option<String>,
}

/// The account and rights of a person who may sign in; nothing for those who may not.
pub(in crate::app) fn load(
    conn: &mut Conn,
    directory: &Directory,
    user: UserId,
    session: Option<SessionId>,
) -> Result<Option<Signed>, DbError> {
    let Some(user) = users::by_id(conn, user)?.filter(|user| user.status == UserStatus::Active) else {
        return Ok(None);
    };
    let grants = users::roles(conn, user.id)?;
    let organisations = users::memberships(conn, user.id)?;
    let groups = users::groups_of(conn, user.id)?;
    let below = |wanted: Role| -> Vec<OrganisationId> {
        grants
            .iter()
            .filter(|(role, _)| *role == wanted)
            .filter_map(|(_, organisation)| *organisation)
            .flat_map(|organisation| directory.subtree(organisation))
            .collect()
    };
    let mut roles: Vec<Role> = grants.iter().map(|(role, _)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    let mut desks: Vec<_> =
        groups.iter().filter_map(|id| directory.group(*id)).map(|group| group.desk).collect();
    desks.sort_unstable();
    desks.dedup();
    let actor = Actor {
        user: user.id,
        session,
        name: user.name.clone(),
        units: below(Role::Manager),
        represented: below(Role::OrganisationRepresentative),
        roles: roles.clone(),
        organisations: organisations.clone(),
        desks,
        groups,
    };
    let account = Account {
        id: user.id,
        email: user.email,
        name: user.name,
        phone: user.phone,
        language: user.language,
        theme: user.theme,
        shortcuts: user.shortcuts,
        has_password: user.password_hash.is_some(),
        roles,
        organisations,
        version: user.version,
    };
    Ok(Some(Signed { actor: Arc::new(actor), account: Arc::new(account) }))
}

impl App {
    /// Whether there is anybody who could sign in.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn has_accounts(&self) -> Result<bool, AppError> {
        Ok(self.db().point(users::any).await?)
    }

    /// The actor's own account.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when it has been disabled meanwhile.
    pub async fn account(&self, cx: &Ctx) -> Result<Account, AppError> {
        let directory = self.directory().await?;
        let user = cx.user();
        let signed = self.db().point(move |conn| load(conn, &directory, user, None)).await?;
        signed.map(|signed| Account::clone(&signed.account)).ok_or(AppError::Unauthenticated)
    }

    /// Sets the actor's own language, colours, shortcuts and phone number.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn set_preferences(&self, cx: &Ctx, preferences: &Preferences) -> Result<Account, AppError> {
        let mut errors = FieldErrors::default();
        let language = preferences
            .language
            .as_deref()
            .and_then(|text| errors.found("language", Language::from_text(text)));
        let theme =
            preferences.theme.as_deref().and_then(|text| errors.found("theme", Theme::from_text(text)));
        let phone = preferences.phone.as_deref().map(|text| crate::app::people::phone(text, &mut errors));
        errors.finish()?;
        let shortcuts = preferences.shortcuts;
        let user = cx.user();
        self.db()
            .write(move |tx| {
                let mut user = users::by_id(tx.conn(), user)?.ok_or(AppError::Unauthenticated)?;
                user.language = language.unwrap_or(user.language);
                user.theme = theme.unwrap_or(user.theme);
                user.shortcuts = shortcuts.unwrap_or(user.shortcuts);
                if let Some(phone) = &phone {
                    user.phone.clone_from(phone);
                }
                Ok::<_, AppError>(users::update(tx, &user)?)
            })
            .await?;
        self.inner.caches.forget_people();
        self.account(cx).await
    }

    /// Changes the actor's own password and ends every other session of theirs.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the current password is wrong or the new one isn't good enough.
    pub async fn change_password(&self, cx: &Ctx, current: &str, new: &str) -> Result<(), AppError> {
        let user = cx.user();
        let stored =
            self.db().point(move |conn| users::by_id(conn, user)).await?.ok_or(AppError::Unauthenticated)?;
        if !self.password_matches(current, stored.password_hash.clone()).await? {
            return Err(AppError::field("currentPassword", crate::app::FieldProblem::Wrong));
        }
        self.check_password("newPassword", new, &stored.email, &stored.name)
            .map_err(|error| AppError::Invalid(vec![error]))?;
        let hash = self.hash_password(new).await?;
        let session = cx.actor.session;
        self.db()
            .write(move |tx| {
                let mut user = users::by_id(tx.conn(), user)?.ok_or(AppError::Unauthenticated)?;
                user.password_hash = Some(hash.clone());
                users::update(tx, &user)?;
                Ok::<_, AppError>(sessions::delete_of_user(tx, user.id, session)?)
            })
            .await?;
        self.inner.caches.forget_people();
        Ok(())
    }
}
