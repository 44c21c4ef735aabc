//! Changing a ticket's fields.

use super::answer;
use super::out::TicketOut;
use crate::app::tickets::TicketPatch;
use crate::web::api::respond::Answer;
use crate::web::extract::{Authn, IfMatch, Json, NumberInPath, said, to_patch};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::patch;
use actix_web::web::Data;

/// What is to be changed; null empties a field, what isn't mentioned stays.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = TicketPatch)]
pub struct TicketPatchIn {
    /// One line that says what it is about.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = String, min_length = 1, max_length = 200)]
    subject: Option<Option<String>>,
    /// The matter in the requester's words.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 20_000)]
    description: Option<Option<String>>,
    /// The code of the service.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 60)]
    service: Option<Option<String>>,
    /// The code of the business system.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 60)]
    system: Option<Option<String>>,
    /// The code of the category.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 60)]
    category: Option<Option<String>>,
    /// The support level of what it concerns, as the responsibility matrix calls it.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 60)]
    support_level: Option<Option<String>>,
    /// What is to be done, as the responsibility matrix calls it; only together with a support level.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 60)]
    activity: Option<Option<String>>,
    /// 1 (high) to 3 (low).
    #[serde(deserialize_with = "said")]
    #[schema(value_type = i64, minimum = 1, maximum = 3)]
    impact: Option<Option<i64>>,
    /// 1 (high) to 3 (low).
    #[serde(deserialize_with = "said")]
    #[schema(value_type = i64, minimum = 1, maximum = 3)]
    urgency: Option<Option<i64>>,
}

/// Change a ticket's fields
///
/// Changes the fields that are mentioned. Send the version you have seen as `If-Match`, so that nobody
/// else's change is overwritten. When what the ticket concerns changes, responsibility and rules say anew
/// whose it is: it isn't moved, but `advice` says where it belongs and why.
#[utoipa::path(
    tag = "tickets",
    request_body = TicketPatchIn,
    responses((status = 200, description = "The ticket", body = TicketOut))
)]
#[patch("/tickets/{number}")]
pub async fn edit_ticket(
    authn: Authn,
    number: NumberInPath,
    seen: IfMatch,
    body: Json<TicketPatchIn>,
    state: Data<WebState>,
) -> Answer {
    let ticket = state.app.edit_ticket(&authn.cx, number.0, seen.0, &body.value.into()).await?;
    answer(&state, &authn.cx, authn.locale, ticket, StatusCode::OK).await
}

impl From<TicketPatchIn> for TicketPatch {
    fn from(sent: TicketPatchIn) -> Self {
        let TicketPatchIn {
            subject,
            description,
            service,
            system,
            category,
            support_level,
            activity,
            impact,
            urgency,
        } = sent;
        Self {
            subject: to_patch(subject),
            description: to_patch(description),
            service: to_patch(service),
            system: to_patch(system),
            category: to_patch(category),
            support_level: to_patch(support_level),
            activity: to_patch(activity),
            impact: to_patch(impact),
            urgency: to_patch(urgency),
        }
    }
}
