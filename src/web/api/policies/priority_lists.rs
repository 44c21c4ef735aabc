//! The priority list of society-critical systems: each decided version is a list of its own.

use super::define_document;
use crate::app::AppError;
use crate::app::policies::{Document, ONLY, PriorityListWritten};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, located, no_content, ok, tagged};
use crate::web::api::words::PriorityClassWord;
use crate::web::extract::{Authn, IdInPath, IfMatchId, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_priority_lists)
        .service(create_priority_list)
        .service(show_priority_list)
        .service(remove_priority_list);
}

/// A system on the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PriorityListEntry)]
pub struct EntryDoc {
    /// The code of the system.
    #[schema(required)]
    system: String,
    /// Its place, 1 first: the order in which systems are restored.
    #[schema(required, minimum = 1, maximum = 100_000)]
    place: i64,
    /// How critical it is: incidents rise two steps (a), one (b) or none (c).
    #[schema(required, value_type = PriorityClassWord)]
    class: String,
}

define_document! {
    /// A decided list.
    ListDoc as PriorityListContent of PriorityListWritten {
        /// The day of the decision.
        #[schema(required, format = Date)]
        decided_on: String,
        /// Who decided.
        #[schema(required, max_length = 200)]
        decided_by: String,
        /// The decision's registration number.
        #[schema(max_length = 200)]
        registration: Option<String>,
        /// The systems.
        #[schema(required)]
        entries: Vec<EntryDoc>,
    }
    sent as PriorityListIn named NewPriorityList;
    answered as PriorityListOut named PriorityList;
}

impl ListDoc {
    fn written(&self) -> Result<PriorityListWritten, AppError> {
        super::same(self)
    }
}

async fn lists(authn: &crate::app::Ctx, state: &WebState) -> Result<Vec<PriorityListOut>, AppError> {
    let documents: Vec<Document<PriorityListWritten>> = state.app.policy_documents(authn).await?;
    documents.iter().flat_map(|document| &document.versions).map(PriorityListOut::of).collect()
}

/// List priority lists
///
/// Every decided version, the latest first.
#[utoipa::path(
    tag = "policies",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<PriorityListOut>))
)]
#[get("/priority-lists")]
pub async fn list_priority_lists(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let lists = lists(&authn.cx, &state).await?;
    ok(&page::of_held(&query.0, lists.iter(), |list| &list.id, |list| list)?)
}

/// Decide a priority list
///
/// It replaces the one before from the instant it holds. Send the `ETag` of the list written last as `If-Match`,
/// so that you don't overwrite what somebody else has decided.
#[utoipa::path(
    tag = "policies",
    request_body = PriorityListIn,
    responses((status = 201, description = "The list", body = PriorityListOut))
)]
#[post("/priority-lists")]
pub async fn create_priority_list(
    authn: Authn,
    seen: IfMatchId,
    body: Json<PriorityListIn>,
    state: Data<WebState>,
) -> Answer {
    let (amendment, list) = body.value.split(seen.0)?;
    let cx = authn.once(body.once);
    let id = state.app.add_policy_version(&cx, ONLY, &amendment, &list).await?;
    let made = lists(&cx, &state).await?.into_iter().find(|list| list.id == id);
    let made = made.ok_or(AppError::NotFound)?;
    located(tagged(StatusCode::CREATED, &id, &made), &format!("/priority-lists/{id}"))
}

/// Show a priority list
///
/// By its opaque id.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The list", body = PriorityListOut))
)]
#[get("/priority-lists/{id}")]
pub async fn show_priority_list(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    let list = lists(&authn.cx, &state).await?.into_iter().find(|list| list.id == id.0);
    tagged(StatusCode::OK, &id.0, &list.ok_or(AppError::NotFound)?)
}

/// Take back a priority list
///
/// One that hasn't begun to hold.
#[utoipa::path(tag = "policies", responses((status = 204, description = "It is gone")))]
#[delete("/priority-lists/{id}")]
pub async fn remove_priority_list(
    authn: Authn,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.take_back_policy_version::<PriorityListWritten>(&authn.cx, ONLY, &id.0).await?;
    Ok(no_content())
}
