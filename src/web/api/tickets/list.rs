//! A page of tickets.

use super::filter::TicketsQuery;
use super::out::TicketSummaryOut;
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, ok};
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;

/// List and search tickets
///
/// A page of the tickets that the caller may see. All filters that are given must hold.
#[utoipa::path(
    tag = "tickets",
    params(TicketsQuery),
    responses((status = 200, description = "The page", body = ListOut<TicketSummaryOut>))
)]
#[get("/tickets")]
pub async fn list_tickets(authn: Authn, query: Query<TicketsQuery>, state: Data<WebState>) -> Answer {
    let page = state.app.list_tickets(&authn.cx, &query.0.into()).await?;
    let directory = state.app.directory().await?;
    let items =
        page.listing.items.iter().map(|row| TicketSummaryOut::new(row, &page.people, &directory)).collect();
    ok(&ListOut { items, next_cursor: page.listing.next_cursor })
}
