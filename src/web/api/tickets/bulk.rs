//! The same action on many tickets.

use super::out::Number;
use crate::app::tickets::{BulkAction, BulkResult, Transition};
use crate::domain::ticket::Status;
use crate::web::api::respond::{Answer, ok};
use crate::web::api::words::{ActionWord, HandOverReasonWord, StatusWord, WaitingForWord};
use crate::web::extract::{Authn, Json};
use crate::web::middleware::{Trace, language_of};
use crate::web::problem::{Problem, ProblemOut};
use crate::web::state::WebState;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest, post};
use serde::Serialize;

/// An action and the tickets it is for.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = BulkTransition)]
pub struct BulkTransitionIn {
    /// The tickets' numbers.
    #[schema(required, min_items = 1, max_items = 100)]
    tickets: Vec<String>,
    /// The action.
    #[schema(required, value_type = ActionWord)]
    action: String,
    /// `assign`: the code of the group.
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

/// What became of each ticket.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = BulkResults)]
pub struct BulkResultsOut<'a> {
    /// In the order of the request.
    results: Vec<BulkResultOut<'a>>,
}

/// What became of one ticket: `ticket` when it was done, `problem` when not.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = BulkResult)]
pub struct BulkResultOut<'a> {
    /// The number as it was sent.
    number: &'a str,
    /// How the ticket stands now.
    #[schema(required)]
    ticket: Option<StandingOut>,
    /// Why nothing was done to it.
    #[schema(required)]
    problem: Option<ProblemOut<'a>>,
}

/// How a ticket stands.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[schema(as = Standing)]
pub struct StandingOut {
    /// Its number.
    #[schema(value_type = String)]
    number: Number,
    /// Its status.
    #[schema(value_type = StatusWord)]
    status: Status,
    /// Its version.
    version: i64,
}

/// Carry out an action on many tickets
///
/// Does the same to each of up to 100 tickets. One that can't be done keeps none of the others back.
#[utoipa::path(
    tag = "tickets",
    request_body = BulkTransitionIn,
    responses((status = 200, description = "What became of each", body = BulkResultsOut))
)]
#[post("/tickets/bulk-transitions")]
pub async fn transition_tickets(
    authn: Authn,
    body: Json<BulkTransitionIn>,
    request: HttpRequest,
    state: Data<WebState>,
) -> Answer {
    let results = state.app.bulk_transition(&authn.cx, &body.value.into()).await?;
    let locale = language_of(&request);
    let request_id =
        request.extensions().get::<Trace>().map_or_else(String::new, |trace| trace.id().to_owned());
    let results: Vec<(String, Result<StandingOut, Problem>)> = results
        .into_iter()
        .map(|BulkResult { number, result }| {
            let standing = result.map(|ticket| StandingOut {
                number: Number(ticket.number),
                status: ticket.status,
                version: ticket.version,
            });
            (number, standing.map_err(Problem::from))
        })
        .collect();
    let results = results
        .iter()
        .map(|(number, result)| BulkResultOut {
            number,
            ticket: result.as_ref().ok().copied(),
            problem: result.as_ref().err().map(|problem| problem.body(locale, request.path(), &request_id)),
        })
        .collect();
    ok(&BulkResultsOut { results })
}

impl From<BulkTransitionIn> for BulkAction {
    fn from(sent: BulkTransitionIn) -> Self {
        let BulkTransitionIn {
            tickets,
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
            numbers: tickets,
            transition: Transition {
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
            },
        }
    }
}
