//! Sessions and accounts as they are sent.

use crate::app::auth::{AccessToken, Account, SessionKind, SessionView, SignedIn};
use crate::domain::access::Role;
use crate::domain::clock::Instant;
use crate::domain::people::{Directory, Language, Theme};
use crate::web::api::parts::{At, CodedOut, Names, Opaque};
use crate::web::api::words::{LanguageWord, RoleWord, SessionKindWord, ThemeWord};
use serde::Serialize;

/// Tokens for the API.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = SignedIn)]
#[serde(rename_all = "camelCase")]
pub struct SignedInOut<'a> {
    /// To be sent as `Authorization: Bearer …`.
    access_token: &'a str,
    /// Always `Bearer`.
    token_type: &'static str,
    /// When the access token ends.
    #[schema(value_type = String, format = DateTime)]
    expires_at: At,
    /// For the next access token; can be used once.
    refresh_token: &'a str,
    /// When the refresh token ends, unless it is used.
    #[schema(value_type = String, format = DateTime)]
    refresh_expires_at: At,
    /// Who has signed in.
    user: AccountOut<'a>,
}

/// The account that is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CurrentSession)]
pub struct CurrentSessionOut<'a> {
    /// Who is signed in.
    user: AccountOut<'a>,
}

/// An account as its owner sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Account)]
#[serde(rename_all = "camelCase")]
pub struct AccountOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// The e-mail address.
    email: &'a str,
    /// The name.
    name: &'a str,
    /// The telephone number.
    #[schema(required)]
    phone: Option<&'a str>,
    /// The language.
    #[schema(value_type = LanguageWord)]
    language: Language,
    /// The colours.
    #[schema(value_type = ThemeWord)]
    theme: Theme,
    /// Whether single-key shortcuts are on.
    shortcuts: bool,
    /// Whether there is a password that can be changed.
    has_password: bool,
    /// The roles held.
    #[schema(value_type = Vec<RoleWord>)]
    roles: &'a [Role],
    /// The organisations the person belongs to, the primary one first.
    organisations: Vec<CodedOut<'a>>,
    /// Rises by one with every change.
    version: i64,
}

/// A session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Session)]
#[serde(rename_all = "camelCase")]
pub struct SessionOut<'a> {
    /// The opaque id.
    id: &'a str,
    /// What it is for.
    #[schema(value_type = SessionKindWord)]
    kind: SessionKind,
    /// The program it was made with.
    user_agent: &'a str,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
    /// When it was last used, to the minute.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: At,
    /// Whether it is the one asking.
    is_current: bool,
}

impl<'a> SignedInOut<'a> {
    /// The tokens with the account.
    pub(super) fn new(signed_in: &'a SignedIn, directory: &'a Directory) -> Self {
        let SignedIn { actor: _, user, token, expires_at, access } = signed_in;
        let (access_token, ends_at): (&str, Instant) = match access {
            Some(AccessToken { token, expires_at }) => (token, *expires_at),
            None => ("", *expires_at),
        };
        Self {
            access_token,
            token_type: "Bearer",
            expires_at: At(ends_at),
            refresh_token: token,
            refresh_expires_at: At(*expires_at),
            user: AccountOut::new(user, directory),
        }
    }
}

impl<'a> CurrentSessionOut<'a> {
    /// The account.
    pub(super) fn new(account: &'a Account, directory: &'a Directory) -> Self {
        Self { user: AccountOut::new(account, directory) }
    }
}

impl<'a> AccountOut<'a> {
    fn new(account: &'a Account, directory: &'a Directory) -> Self {
        let Account {
            id,
            email,
            name,
            phone,
            language,
            theme,
            shortcuts,
            has_password,
            roles,
            organisations,
            version,
        } = account;
        Self {
            id: Opaque(id.get()),
            email,
            name,
            phone: phone.as_deref(),
            language: *language,
            theme: *theme,
            shortcuts: *shortcuts,
            has_password: *has_password,
            roles,
            organisations: organisations.iter().filter_map(|id| Names(directory).organisation(*id)).collect(),
            version: *version,
        }
    }
}

impl<'a> From<&'a SessionView> for SessionOut<'a> {
    fn from(session: &'a SessionView) -> Self {
        let SessionView { id, kind, user_agent, created_at, last_used_at, is_current } = session;
        Self {
            id,
            kind: *kind,
            user_agent,
            created_at: At(*created_at),
            last_used_at: At(*last_used_at),
            is_current: *is_current,
        }
    }
}
