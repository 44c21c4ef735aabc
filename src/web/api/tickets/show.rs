//! One ticket.

use super::out::TicketOut;
use super::promises::Reader;
use crate::web::api::respond::{Answer, versioned};
use crate::web::extract::{Authn, NumberInPath};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::http::StatusCode;
use actix_web::web::Data;

/// Read a ticket
///
/// The ticket as it stands, with what the caller may do to it now. Its `ETag` is its version.
#[utoipa::path(
    tag = "tickets",
    responses((status = 200, description = "The ticket", body = TicketOut))
)]
#[get("/tickets/{number}")]
pub async fn show_ticket(authn: Authn, number: NumberInPath, state: Data<WebState>) -> Answer {
    let detail = state.app.show_ticket(&authn.cx, number.0).await?;
    let directory = state.app.directory().await?;
    let policies = state.app.policies().await?;
    let reader = Reader::new(authn.locale, authn.cx.user(), state.app.now());
    versioned(StatusCode::OK, detail.ticket.version, &TicketOut::new(&detail, &directory, &policies, &reader))
}
