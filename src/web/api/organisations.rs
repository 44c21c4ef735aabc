//! Customer organisations.

use super::catalogue::{ItemPatchIn, ItemsQuery, code_of_new};
use super::page;
use super::parts::{CodedOut, ListOut, Names};
use super::respond::{Answer, json, located, ok};
use super::words::OrganisationKindWord;
use crate::app::AppError;
use crate::app::people::NewOrganisationInput;
use crate::domain::people::{Directory, Organisation, OrganisationKind};
use crate::web::extract::{Authn, CodeInPath, Json, Query};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{get, patch, post};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on organisations.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_organisations)
        .service(create_organisation)
        .service(show_organisation)
        .service(edit_organisation);
}

/// A customer organisation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Organisation)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// What it is.
    #[schema(value_type = OrganisationKindWord)]
    kind: OrganisationKind,
    /// The one above; null at the top.
    #[schema(required)]
    parent: Option<CodedOut<'a>>,
    /// The top of its tree: a municipality or a company.
    #[schema(required)]
    customer: Option<CodedOut<'a>>,
    /// Whether tickets can be filed under it.
    is_active: bool,
}

impl<'a> OrganisationOut<'a> {
    fn new(organisation: &'a Organisation, directory: &'a Directory) -> Self {
        let Organisation { id: _, parent, customer, kind, code, name, path: _, is_active } = organisation;
        let names = Names(directory);
        Self {
            code,
            name,
            kind: *kind,
            parent: parent.and_then(|id| names.organisation(id)),
            customer: names.organisation(*customer),
            is_active: *is_active,
        }
    }
}

/// An organisation to be made.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewOrganisation)]
pub struct OrganisationCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// What it is.
    #[schema(required, value_type = OrganisationKindWord)]
    kind: String,
    /// The code of the one above; for departments and units.
    #[schema(max_length = 60)]
    parent: Option<String>,
}

/// List organisations
///
/// Municipalities and companies with their departments and units.
#[utoipa::path(
    tag = "people",
    params(ItemsQuery),
    responses((status = 200, description = "The page", body = ListOut<OrganisationOut>))
)]
#[get("/organisations")]
pub async fn list_organisations(_authn: Authn, query: Query<ItemsQuery>, state: Data<WebState>) -> Answer {
    let (filter, page) = query.0.split();
    let directory = state.app.directory().await?;
    let wanted =
        directory.organisations.iter().filter(|one| filter.wants(&one.code, &one.name, one.is_active));
    ok(&page::of_held(&page, wanted, |one| &one.code, |one| OrganisationOut::new(one, &directory))?)
}

/// Make an organisation
///
/// Municipalities and companies stand at the top; departments and units below another. The code can't be
/// changed later.
#[utoipa::path(
    tag = "people",
    request_body = OrganisationCreateIn,
    responses((status = 201, description = "The organisation", body = OrganisationOut))
)]
#[post("/organisations")]
pub async fn create_organisation(
    authn: Authn,
    body: Json<OrganisationCreateIn>,
    state: Data<WebState>,
) -> Answer {
    let OrganisationCreateIn { code, name, kind, parent } = body.value;
    let code = Some(code_of_new(code.as_deref(), &name));
    let made =
        state.app.create_organisation(&authn.cx, &NewOrganisationInput { code, name, kind, parent }).await?;
    let directory = state.app.directory().await?;
    let path = format!("/organisations/{}", made.code);
    located(json(StatusCode::CREATED, &OrganisationOut::new(&made, &directory)), &path)
}

/// Show an organisation
///
/// By its code.
#[utoipa::path(
    tag = "people",
    responses((status = 200, description = "The organisation", body = OrganisationOut))
)]
#[get("/organisations/{code}")]
pub async fn show_organisation(_authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    let directory = state.app.directory().await?;
    let found = directory.organisation_by_code(&code.0).ok_or(AppError::NotFound)?;
    ok(&OrganisationOut::new(found, &directory))
}

/// Change an organisation
///
/// Under an organisation that isn't active any more no tickets can be filed; those filed keep it.
#[utoipa::path(
    tag = "people",
    request_body = ItemPatchIn,
    responses((status = 200, description = "The organisation", body = OrganisationOut))
)]
#[patch("/organisations/{code}")]
pub async fn edit_organisation(
    authn: Authn,
    code: CodeInPath,
    body: Json<ItemPatchIn>,
    state: Data<WebState>,
) -> Answer {
    state.app.update_organisation(&authn.cx, &code.0, &body.value.into()).await?;
    let directory = state.app.directory().await?;
    let found = directory.organisation_by_code(&code.0).ok_or(AppError::NotFound)?;
    ok(&OrganisationOut::new(found, &directory))
}
