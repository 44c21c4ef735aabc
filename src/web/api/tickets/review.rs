//! Whether the first line could have solved a ticket.

use super::answer;
use super::out::TicketOut;
use crate::web::api::respond::Answer;
use crate::web::extract::{Authn, Json, NumberInPath};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;

/// What is judged of a ticket that another line than the first solved.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = FirstLineReview)]
pub struct ReviewIn {
    /// Whether the first line could have solved it.
    #[schema(required, value_type = bool)]
    could_have_solved: Option<bool>,
    /// What it would have taken, or why not.
    #[schema(max_length = 2_000)]
    note: Option<String>,
}

/// Judge whether the first line could have solved a ticket
///
/// For staff, once another line has solved it. The last judgement counts; all of them stay in the history.
#[utoipa::path(
    tag = "tickets",
    request_body = ReviewIn,
    responses((status = 200, description = "The ticket afterwards", body = TicketOut))
)]
#[post("/tickets/{number}/first-line-review")]
pub async fn review_first_line(
    authn: Authn,
    number: NumberInPath,
    body: Json<ReviewIn>,
    state: Data<WebState>,
) -> Answer {
    let Json { value: ReviewIn { could_have_solved, note }, once } = body;
    let locale = authn.locale;
    let cx = authn.once(once);
    let ticket = state.app.review_first_line(&cx, number.0, could_have_solved, note.as_deref()).await?;
    answer(&state, &cx, locale, ticket, StatusCode::OK).await
}
