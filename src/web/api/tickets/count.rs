//! How many tickets there are.

use super::filter::TicketsCountQuery;
use crate::app::tickets::MOST_COUNTED;
use crate::web::api::respond::{Answer, ok};
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// How many there are.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Count)]
#[serde(rename_all = "camelCase")]
pub struct CountOut {
    /// How many, counted up to 1 000.
    #[schema(minimum = 0, maximum = 1_000)]
    count: i64,
    /// Whether the counting stopped there, so that there may be more.
    is_capped: bool,
}

/// Count tickets
///
/// How many tickets a list with the same filters would hold, counted up to 1 000.
#[utoipa::path(
    tag = "tickets",
    params(TicketsCountQuery),
    responses((status = 200, description = "How many", body = CountOut))
)]
#[get("/tickets/count")]
pub async fn count_tickets(authn: Authn, query: Query<TicketsCountQuery>, state: Data<WebState>) -> Answer {
    let count = state.app.count_tickets(&authn.cx, &query.0.into()).await?;
    ok(&CountOut { count, is_capped: count >= MOST_COUNTED })
}
