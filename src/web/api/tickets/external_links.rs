//! Links for suppliers without accounts.

use crate::web::api::parts::At;
use crate::web::api::respond::{Answer, json};
use crate::web::extract::{Authn, NumberInPath};
use crate::web::routes;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, post};
use serde::Serialize;

/// A link for the supplier's group that has the ticket.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ExternalLink)]
#[serde(rename_all = "camelCase")]
pub struct ExternalLinkOut {
    /// The address to send to the supplier. Whoever has it can answer and hand the ticket back.
    #[schema(max_length = 2_000)]
    url: String,
    /// Until when it is good, if the ticket stays with the group.
    #[schema(value_type = String, format = DateTime)]
    expires_at: At,
}

/// Make a link for a supplier
///
/// For an open ticket that lies with an external group. By the link the supplier reads what the requester
/// reads, answers the desk and hands the ticket back, without an account. It is good for 30 days and ends by
/// itself when the ticket leaves the group.
#[utoipa::path(
    tag = "tickets",
    responses((status = 201, description = "The link", body = ExternalLinkOut))
)]
#[post("/tickets/{number}/external-links")]
pub async fn create_external_link(
    authn: Authn,
    number: NumberInPath,
    request: HttpRequest,
    state: Data<WebState>,
) -> Answer {
    let access = state.app.create_external_link(&authn.cx, number.0).await?;
    let url = format!("{}{}", state.site.origin(&request), routes::external(&access.token));
    json(StatusCode::CREATED, &ExternalLinkOut { url, expires_at: At(access.expires_at) })
}
