//! People.

mod out;

use super::parts::ListOut;
use super::respond::{Answer, located, ok, versioned};
use super::words::{LanguageWord, RoleWord, UserStatusWord};
use crate::app::people::{NewPerson, PersonPatch};
use crate::web::extract::{Authn, IdInPath, IfMatch, Json, Query, said, to_patch as given};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{get, patch, post};
use out::UserOut;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on people.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_users).service(create_user).service(show_user).service(edit_user);
}

/// Which people.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Part of a name or an address.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Where the page before ended: its `nextCursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// The page, counted from 1; not together with `cursor`. Reaches the first 10 000 rows.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    page: Option<i64>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i64>,
}

/// A role and where it holds.
#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoleGrant)]
pub struct RoleIn {
    /// The role.
    #[schema(required, value_type = RoleWord)]
    role: String,
    /// For roles that hold for an organisation: its code.
    #[schema(max_length = 60)]
    organisation: Option<String>,
}

/// A person to be made.
#[derive(Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewUser)]
pub struct UserCreateIn {
    /// The e-mail address.
    #[schema(required, format = Email, min_length = 3, max_length = 254)]
    email: String,
    /// The name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// The telephone number.
    #[schema(max_length = 50)]
    phone: Option<String>,
    /// The language; Swedish when nothing is said.
    #[schema(value_type = Option<LanguageWord>)]
    language: Option<String>,
    /// A password, for those who sign in by one.
    #[schema(format = Password, max_length = 1_000)]
    password: Option<String>,
    /// The roles.
    #[schema(max_items = 50)]
    roles: Vec<RoleIn>,
    /// Codes of organisations, the primary one first.
    #[schema(max_items = 50)]
    organisations: Vec<String>,
}

/// What is to be changed; null empties a field, what isn't mentioned stays.
#[derive(Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = UserPatch)]
pub struct UserPatchIn {
    /// The e-mail address.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = String, format = Email, min_length = 3, max_length = 254)]
    email: Option<Option<String>>,
    /// The name.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = String, min_length = 1, max_length = 200)]
    name: Option<Option<String>>,
    /// The telephone number.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 50)]
    phone: Option<Option<String>>,
    /// The language.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = LanguageWord)]
    language: Option<Option<String>>,
    /// Whether the account is used.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = UserStatusWord)]
    status: Option<Option<String>>,
    /// A new password; null takes it away.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = Password, max_length = 1_000)]
    password: Option<Option<String>>,
    /// All roles, in place of those before.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Vec<RoleIn>, max_items = 50)]
    roles: Option<Option<Vec<RoleIn>>>,
    /// Codes of all organisations, in place of those before.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Vec<String>, max_items = 50)]
    organisations: Option<Option<Vec<String>>>,
}

/// List and search people
///
/// By name. `q` finds parts of names and addresses.
#[utoipa::path(
    tag = "people",
    params(UsersQuery),
    responses((status = 200, description = "The page", body = ListOut<UserOut>))
)]
#[get("/users")]
pub async fn list_users(authn: Authn, query: Query<UsersQuery>, state: Data<WebState>) -> Answer {
    let UsersQuery { q, cursor, page, limit } = query.0;
    let q = q.unwrap_or_default();
    let people = state.app.list_people(&authn.cx, &q, cursor.as_deref(), page, limit).await?;
    let directory = state.app.directory().await?;
    let items = people.items.iter().map(|person| UserOut::new(person, &directory)).collect();
    ok(&ListOut { items, next_cursor: people.next_cursor })
}

/// Show a person
///
/// With roles, organisations and groups.
#[utoipa::path(tag = "people", responses((status = 200, description = "The person", body = UserOut)))]
#[get("/users/{id}")]
pub async fn show_user(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    let person = state.app.person(&authn.cx, &id.0).await?;
    let directory = state.app.directory().await?;
    versioned(StatusCode::OK, person.version, &UserOut::new(&person, &directory))
}

/// Make an account
///
/// For a person or, with the role `integration`, for a program.
#[utoipa::path(
    tag = "people",
    request_body = UserCreateIn,
    responses((status = 201, description = "The person", body = UserOut))
)]
#[post("/users")]
pub async fn create_user(authn: Authn, body: Json<UserCreateIn>, state: Data<WebState>) -> Answer {
    let person = state.app.create_person(&authn.cx, &body.value.into()).await?;
    let directory = state.app.directory().await?;
    let shown = UserOut::new(&person, &directory);
    let path = format!("/users/{}", crate::app::opaque::encode(person.id.get()));
    located(versioned(StatusCode::CREATED, person.version, &shown), &path)
}

/// Change an account
///
/// Changes the fields that are mentioned. Roles and organisations are replaced as a whole.
#[utoipa::path(
    tag = "people",
    request_body = UserPatchIn,
    responses((status = 200, description = "The person", body = UserOut))
)]
#[patch("/users/{id}")]
pub async fn edit_user(
    authn: Authn,
    id: IdInPath,
    seen: IfMatch,
    body: Json<UserPatchIn>,
    state: Data<WebState>,
) -> Answer {
    let person = state.app.update_person(&authn.cx, &id.0, seen.0, &body.value.into()).await?;
    let directory = state.app.directory().await?;
    versioned(StatusCode::OK, person.version, &UserOut::new(&person, &directory))
}

fn grants(roles: Vec<RoleIn>) -> Vec<(String, Option<String>)> {
    roles.into_iter().map(|RoleIn { role, organisation }| (role, organisation)).collect()
}

impl From<UserCreateIn> for NewPerson {
    fn from(sent: UserCreateIn) -> Self {
        let UserCreateIn { email, name, phone, language, password, roles, organisations } = sent;
        Self { email, name, phone, language, password, roles: grants(roles), organisations }
    }
}

impl From<UserPatchIn> for PersonPatch {
    fn from(sent: UserPatchIn) -> Self {
        let UserPatchIn { email, name, phone, language, status, password, roles, organisations } = sent;
        Self {
            email: given(email),
            name: given(name),
            phone: given(phone),
            language: given(language),
            status: given(status),
            password: given(password),
            roles: given(roles.map(|roles| roles.map(grants))),
            organisations: given(organisations),
        }
    }
}
