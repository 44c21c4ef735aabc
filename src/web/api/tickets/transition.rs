//! Moving a ticket through its lifecycle.

use super::answer;
use super::out::TicketOut;
use crate::app::tickets::Transition;
use crate::web::api::respond::Answer;
use crate::web::api::words::{ActionWord, HandOverReasonWord, WaitingForWord};
use crate::web::extract::{Authn, IfMatch, Json, NumberInPath};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;

/// An action and what goes with it.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = Transition)]
pub struct TransitionIn {
    /// The action; those possible now are the ticket's `allowedActions`.
    #[schema(required, value_type = ActionWord)]
    action: String,
    /// `assign`: the code of the group; the ticket's own when nothing is said.
    #[schema(max_length = 60)]
    group: Option<String>,
    /// `assign`: `me`, an e-mail address or an id; nobody when nothing is said.
    #[schema(max_length = 254)]
    assignee: Option<String>,
    /// `escalate`: the code of the group.
    #[schema(max_length = 60)]
    to_group: Option<String>,
    /// `escalate`, `return`, `reopen`, `cancel`: why.
    #[schema(max_length = 2_000)]
    reason: Option<String>,
    /// `escalate`, `return`: why, as a code that can be counted.
    #[schema(value_type = Option<HandOverReasonWord>)]
    reason_code: Option<String>,
    /// `wait`: for whom.
    #[serde(rename = "for")]
    #[schema(value_type = Option<WaitingForWord>)]
    waiting_for: Option<String>,
    /// `wait`: until when.
    #[schema(format = DateTime, max_length = 40)]
    until: Option<String>,
    /// `resolve`: what was done.
    #[schema(max_length = 20_000)]
    solution: Option<String>,
    /// `resolve`: the code of the category found.
    #[schema(max_length = 60)]
    category: Option<String>,
}

/// Carry out an action on a ticket
///
/// Takes, assigns, escalates, returns, lets wait, resumes, resolves, closes, re-opens or cancels. When the
/// ticket's state forbids it, the answer is 409 with the actions allowed instead. Send the version you have
/// seen as `If-Match`, so that you don't act on what somebody else has changed.
#[utoipa::path(
    tag = "tickets",
    request_body = TransitionIn,
    responses((status = 200, description = "The ticket afterwards", body = TicketOut))
)]
#[post("/tickets/{number}/transitions")]
pub async fn transition_ticket(
    authn: Authn,
    number: NumberInPath,
    seen: IfMatch,
    body: Json<TransitionIn>,
    state: Data<WebState>,
) -> Answer {
    let Json { value, once } = body;
    let locale = authn.locale;
    let cx = authn.once(once);
    let ticket = state.app.transition_ticket(&cx, number.0, seen.0, &value.into()).await?;
    answer(&state, &cx, locale, ticket, StatusCode::OK).await
}

impl From<TransitionIn> for Transition {
    fn from(sent: TransitionIn) -> Self {
        let TransitionIn {
            action,
            group,
            assignee,
            to_group,
            reason,
            reason_code,
            waiting_for,
            until,
            solution,
            category,
        } = sent;
        Self {
            action,
            group,
            assignee,
            to_group,
            reason,
            reason_code,
            waiting_for,
            until,
            solution,
            category,
        }
    }
}
