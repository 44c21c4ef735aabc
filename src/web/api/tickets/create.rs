//! Filing a ticket.

use super::answer;
use super::out::TicketOut;
use crate::app::tickets::{AfterFiling, NewTicket};
use crate::web::api::respond::{Answer, located};
use crate::web::api::words::{ChannelWord, FiledKindWord};
use crate::web::extract::{Authn, Json};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::Data;

/// A ticket to be filed.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewTicket)]
pub struct TicketCreateIn {
    /// `incident` when something doesn't work, `request` when something is asked for.
    #[schema(required, value_type = FiledKindWord)]
    kind: String,
    /// One line that says what it is about.
    #[schema(required, min_length = 1, max_length = 200)]
    subject: String,
    /// The matter in the requester's words.
    #[schema(max_length = 20_000)]
    description: Option<String>,
    /// How it came in; `api` when nothing is said.
    #[schema(value_type = Option<ChannelWord>)]
    channel: Option<String>,
    /// The code of the desk; the first desk when nothing is said.
    #[schema(max_length = 60)]
    desk: Option<String>,
    /// The e-mail address or id of whom it is for; the caller when nothing is said.
    #[schema(max_length = 254)]
    requester: Option<String>,
    /// The code of the organisation; the requester's primary one when nothing is said.
    #[schema(max_length = 60)]
    organisation: Option<String>,
    /// The code of the service it concerns.
    #[schema(max_length = 60)]
    service: Option<String>,
    /// The code of the business system it concerns.
    #[schema(max_length = 60)]
    system: Option<String>,
    /// The code of the category.
    #[schema(max_length = 60)]
    category: Option<String>,
    /// How much is hit: 1 (high) to 3 (low); 3 when nothing is said.
    #[schema(minimum = 1, maximum = 3)]
    impact: Option<i64>,
    /// How soon it hurts: 1 (high) to 3 (low); 2 when nothing is said.
    #[schema(minimum = 1, maximum = 3)]
    urgency: Option<i64>,
    /// The support level of what it concerns, as `/responsibilities` lists them.
    #[schema(max_length = 60)]
    support_level: Option<String>,
    /// What is to be done, as `/responsibilities` lists activities; with `supportLevel` it decides whose the
    /// ticket is.
    #[schema(max_length = 60)]
    activity: Option<String>,
    /// What was done, to resolve the ticket in the same step. For staff.
    #[schema(max_length = 20_000)]
    solution: Option<String>,
}

/// File a ticket
///
/// Files an incident or a request. Integrations and staff file for others too. With `solution` the ticket is
/// registered and resolved in one step.
#[utoipa::path(
    tag = "tickets",
    request_body = TicketCreateIn,
    responses((status = 201, description = "The ticket", body = TicketOut))
)]
#[post("/tickets")]
pub async fn create_ticket(authn: Authn, body: Json<TicketCreateIn>, state: Data<WebState>) -> Answer {
    let Json { value, once } = body;
    let locale = authn.locale;
    let cx = authn.once(once);
    let ticket = state.app.create_ticket(&cx, value.into()).await?;
    let path = format!("/tickets/{}", ticket.number);
    located(answer(&state, &cx, locale, ticket, StatusCode::CREATED).await, &path)
}

impl From<TicketCreateIn> for NewTicket {
    fn from(new: TicketCreateIn) -> Self {
        let TicketCreateIn {
            kind,
            subject,
            description,
            channel,
            desk,
            requester,
            organisation,
            service,
            system,
            category,
            impact,
            urgency,
            support_level,
            activity,
            solution,
        } = new;
        let then = solution.map_or(AfterFiling::Nothing, |solution| AfterFiling::Resolve { solution });
        Self {
            kind,
            subject,
            description,
            channel,
            desk,
            requester,
            organisation,
            service,
            system,
            category,
            impact,
            urgency,
            support_level,
            activity,
            then,
        }
    }
}
