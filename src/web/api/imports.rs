//! Taking in history from other systems.

mod out;

use super::page::{self, PageQuery};
use super::parts::ListOut;
use super::respond::{Answer, json, located, ok};
use crate::app::{AppError, FieldProblem};
use crate::web::extract::{Authn, IdInPath, OnceHash, Query, fault_of};
use crate::web::problem::RequestFault;
use crate::web::state::WebState;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, get, post};
use futures_util::TryStreamExt as _;
use out::ImportOut;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on imports.
pub fn configure(config: &mut ServiceConfig) {
    config.service(import_tickets).service(list_imports).service(show_import);
}

/// How to import.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Check the file and say what would be done, without doing it.
    #[param(value_type = bool)]
    dry_run: bool,
    /// The file's name, for the list of imports.
    #[param(max_length = 200)]
    file_name: Option<String>,
}

/// Import tickets
///
/// Takes in a file of tickets from another system: CSV with comma or semicolon, or JSON Lines. The import runs
/// in the background; ask for it by the address in `Location`. One wrong row, and nothing is taken in. A
/// ticket that has been taken in before, by its `externalId`, is skipped.
#[utoipa::path(
    tag = "imports",
    params(ImportQuery),
    request_body(content((String = "text/csv"), (String = "application/x-ndjson"))),
    responses((status = 202, description = "The import, begun", body = ImportOut))
)]
#[post("/imports/tickets")]
pub async fn import_tickets(
    authn: Authn,
    query: Query<ImportQuery>,
    request: HttpRequest,
    mut payload: Payload,
    state: Data<WebState>,
) -> Answer {
    let cx = &authn.cx;
    cx.require(crate::domain::access::Permission::TicketImport)?;
    let ImportQuery { dry_run, file_name } = query.0;
    let extension = extension(&request)?;
    let max_bytes = state.app.settings().import_max_bytes;
    let mut hash = OnceHash::begin(&request)?;
    hash.update(request.query_string().as_bytes());
    let mut file = state.app.begin_file(max_bytes)?;
    while let Some(piece) = payload.try_next().await.map_err(|error| fault_of(&error, max_bytes))? {
        hash.update(&piece);
        file.write(&piece)?;
    }
    if file.size() == 0 {
        return Err(AppError::field("body", FieldProblem::Required).into());
    }
    let file_name = file_name.unwrap_or_else(|| format!("tickets.{extension}"));
    let cx = authn.once(hash.finish());
    let import = state.app.begin_import(&cx, &file_name, file, dry_run).await?;
    located(json(StatusCode::ACCEPTED, &ImportOut::from(&import)), &format!("/imports/{}", import.id))
}

/// List imports
///
/// The latest first, fifty at most.
#[utoipa::path(
    tag = "imports",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<ImportOut>))
)]
#[get("/imports")]
pub async fn list_imports(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let imports = state.app.imports(&authn.cx).await?;
    ok(&page::of_held(&query.0, imports.iter(), |import| &import.id, ImportOut::from)?)
}

/// Show an import
///
/// How far it has come, and what became of it.
#[utoipa::path(tag = "imports", responses((status = 200, description = "The import", body = ImportOut)))]
#[get("/imports/{id}")]
pub async fn show_import(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    ok(&ImportOut::from(&state.app.import(&authn.cx, &id.0).await?))
}

/// What the file is called when the sender says nothing, by what it is.
fn extension(request: &HttpRequest) -> Result<&'static str, RequestFault> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence =
        content_type.and_then(|value| value.split(';').next()).map(|value| value.trim().to_ascii_lowercase());
    match essence.as_deref() {
        Some("text/csv") => Ok("csv"),
        Some("application/x-ndjson" | "application/jsonl") => Ok("jsonl"),
        _ => Err(RequestFault::ContentType("text/csv, application/x-ndjson")),
    }
}
