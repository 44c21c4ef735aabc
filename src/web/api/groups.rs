//! Resolver groups and who is in them.

use super::catalogue::{ItemPatchIn, ItemsQuery, code_of_new};
use super::page::{self, PageQuery};
use super::parts::{CodedOut, ListOut, Names, PersonOut};
use super::respond::{Answer, json, located, ok};
use super::words::LineWord;
use crate::app::AppError;
use crate::app::opaque;
use crate::app::people::NewGroupInput;
use crate::domain::people::{Directory, Group, PersonRef};
use crate::domain::ticket::Line;
use crate::web::extract::{Authn, CodeInPath, Json, Query};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{get, patch, post, put};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on groups.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_groups)
        .service(create_group)
        .service(show_group)
        .service(edit_group)
        .service(list_members)
        .service(set_members);
}

/// A resolver group.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Group)]
#[serde(rename_all = "camelCase")]
pub struct WholeGroupOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Its line.
    #[schema(value_type = LineWord)]
    line: Line,
    /// Its desk.
    #[schema(required)]
    desk: Option<CodedOut<'a>>,
    /// Whether it takes in the desk's tickets and owns them.
    is_intake: bool,
    /// Whether it can be given work.
    is_active: bool,
}

impl<'a> WholeGroupOut<'a> {
    fn new(group: &'a Group, directory: &'a Directory) -> Self {
        let Group { id: _, desk, code, name, line, is_intake, is_active } = group;
        Self {
            code,
            name,
            line: *line,
            desk: Names(directory).desk(*desk),
            is_intake: *is_intake,
            is_active: *is_active,
        }
    }
}

/// A group to be made.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewGroup)]
pub struct GroupCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// Its line.
    #[schema(required, value_type = LineWord)]
    line: String,
    /// The code of its desk; the first desk when nothing is said.
    #[schema(max_length = 60)]
    desk: Option<String>,
}

/// A member of a group.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Member)]
#[serde(rename_all = "camelCase")]
pub struct MemberOut<'a> {
    /// The person.
    person: PersonOut<'a>,
    /// Whether the person leads the group.
    is_lead: bool,
}

/// All members of a group.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewMembers)]
pub struct MembersIn {
    /// In place of those before.
    #[schema(required, max_items = 500)]
    members: Vec<MemberIn>,
}

/// A member to be.
#[derive(Debug, Default, Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewMember)]
pub struct MemberIn {
    /// The e-mail address or id.
    #[schema(required, max_length = 254)]
    person: String,
    /// Whether the person leads the group.
    is_lead: bool,
}

/// List groups
///
/// By line and name.
#[utoipa::path(
    tag = "people",
    params(ItemsQuery),
    responses((status = 200, description = "The page", body = ListOut<WholeGroupOut>))
)]
#[get("/groups")]
pub async fn list_groups(_authn: Authn, query: Query<ItemsQuery>, state: Data<WebState>) -> Answer {
    let (filter, page) = query.0.split();
    let directory = state.app.directory().await?;
    let wanted = directory.groups.iter().filter(|one| filter.wants(&one.code, &one.name, one.is_active));
    ok(&page::of_held(&page, wanted, |one| &one.code, |one| WholeGroupOut::new(one, &directory))?)
}

/// Make a group
///
/// Its code and line can't be changed later.
#[utoipa::path(
    tag = "people",
    request_body = GroupCreateIn,
    responses((status = 201, description = "The group", body = WholeGroupOut))
)]
#[post("/groups")]
pub async fn create_group(authn: Authn, body: Json<GroupCreateIn>, state: Data<WebState>) -> Answer {
    let GroupCreateIn { code, name, line, desk } = body.value;
    let code = code_of_new(code.as_deref(), &name);
    let new = NewGroupInput { code: Some(code.clone()), name, line, desk };
    state.app.create_group(&authn.cx, &new).await?;
    let directory = state.app.directory().await?;
    let made = directory.group_by_code(&code).ok_or(AppError::NotFound)?;
    located(json(StatusCode::CREATED, &WholeGroupOut::new(made, &directory)), &format!("/groups/{code}"))
}

/// Show a group
///
/// By its code.
#[utoipa::path(
    tag = "people",
    responses((status = 200, description = "The group", body = WholeGroupOut))
)]
#[get("/groups/{code}")]
pub async fn show_group(_authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    let directory = state.app.directory().await?;
    let found = directory.group_by_code(&code.0).ok_or(AppError::NotFound)?;
    ok(&WholeGroupOut::new(found, &directory))
}

/// Change a group
///
/// A group that isn't active any more can't be given work; what it has it keeps.
#[utoipa::path(
    tag = "people",
    request_body = ItemPatchIn,
    responses((status = 200, description = "The group", body = WholeGroupOut))
)]
#[patch("/groups/{code}")]
pub async fn edit_group(
    authn: Authn,
    code: CodeInPath,
    body: Json<ItemPatchIn>,
    state: Data<WebState>,
) -> Answer {
    state.app.update_group(&authn.cx, &code.0, &body.value.into()).await?;
    let directory = state.app.directory().await?;
    let found = directory.group_by_code(&code.0).ok_or(AppError::NotFound)?;
    ok(&WholeGroupOut::new(found, &directory))
}

/// List a group's members
///
/// By name.
#[utoipa::path(
    tag = "people",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<MemberOut>))
)]
#[get("/groups/{code}/members")]
pub async fn list_members(
    authn: Authn,
    code: CodeInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    members(&authn, &code.0, &query.0, &state).await
}

/// Replace a group's members
///
/// Whoever isn't mentioned is no member any more.
#[utoipa::path(
    tag = "people",
    request_body = MembersIn,
    responses((status = 200, description = "The first page of the members", body = ListOut<MemberOut>))
)]
#[put("/groups/{code}/members")]
pub async fn set_members(
    authn: Authn,
    code: CodeInPath,
    body: Json<MembersIn>,
    state: Data<WebState>,
) -> Answer {
    let wanted: Vec<(String, bool)> =
        body.value.members.into_iter().map(|MemberIn { person, is_lead }| (person, is_lead)).collect();
    state.app.set_group_members(&authn.cx, &code.0, &wanted).await?;
    members(&authn, &code.0, &PageQuery::default(), &state).await
}

async fn members(authn: &Authn, code: &str, query: &PageQuery, state: &WebState) -> Answer {
    let (_, members) = state.app.group_members(&authn.cx, code).await?;
    let members: Vec<(String, PersonRef, bool)> = members
        .into_iter()
        .map(|(person, is_lead)| (opaque::encode(person.id.get()), person, is_lead))
        .collect();
    ok(&page::of_held(
        query,
        members.iter(),
        |(id, ..)| id,
        |(_, person, is_lead)| MemberOut::new(person, *is_lead),
    )?)
}

impl<'a> MemberOut<'a> {
    fn new(person: &'a PersonRef, is_lead: bool) -> Self {
        Self { person: PersonOut::from(person), is_lead }
    }
}
