//! What the API says of itself.

use super::respond::{Answer, ok};
use actix_web::http::header;
use actix_web::{HttpResponse, get};
use serde::Serialize;

/// What the API is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ApiInfo)]
#[serde(rename_all = "camelCase")]
pub struct ApiInfoOut {
    /// Its name.
    api_name: &'static str,
    /// Its version.
    api_version: &'static str,
    /// When this major version was released.
    #[schema(format = Date)]
    api_released: &'static str,
    /// Where it is described.
    #[schema(format = "uri-reference")]
    api_documentation: &'static str,
    /// `active`, or `deprecated` for at least six months before it goes.
    api_status: &'static str,
}

/// Show what the API is
///
/// Name, version, status and where the documentation lies.
#[utoipa::path(
    tag = "about",
    security(()),
    responses((status = 200, description = "What it is", body = ApiInfoOut))
)]
#[get("/api-info")]
pub async fn show_api_info() -> Answer {
    ok(&ApiInfoOut {
        api_name: "Ärende",
        api_version: env!("CARGO_PKG_VERSION"),
        api_released: "2026-11-21",
        api_documentation: "/api/docs",
        api_status: "active",
    })
}

/// The OpenAPI document. It isn't part of itself: the profile allows no dot in paths (RES.06).
pub async fn show_openapi() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(super::document_json())
}
