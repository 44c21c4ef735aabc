//! Links between tickets.

use crate::app::tickets::LinkView;
use crate::domain::ticket::{LinkKind, Status};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, json, no_content, ok};
use crate::web::api::words::{LinkKindWord, StatusWord};
use crate::web::extract::{Authn, IdInPath, Json, NumberInPath, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::Serialize;

/// A link to be made.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewLink)]
pub struct LinkCreateIn {
    /// What this ticket is to the other.
    #[schema(required, value_type = LinkKindWord)]
    kind: String,
    /// The other's number.
    #[schema(required, max_length = 30)]
    ticket: String,
}

/// A link as one of its tickets shows it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Link)]
#[serde(rename_all = "camelCase")]
pub struct LinkOut<'a> {
    /// The opaque id.
    id: &'a str,
    /// What the first ticket is to the second.
    #[schema(value_type = LinkKindWord)]
    kind: LinkKind,
    /// Whether this ticket is the first.
    is_from: bool,
    /// The other ticket.
    ticket: LinkedOut<'a>,
}

/// A ticket at the other end of a link.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LinkedTicket)]
pub struct LinkedOut<'a> {
    /// Its number.
    number: &'a str,
    /// Its subject.
    subject: &'a str,
    /// Where it stands.
    #[schema(value_type = StatusWord)]
    status: Status,
}

impl<'a> From<&'a LinkView> for LinkOut<'a> {
    fn from(link: &'a LinkView) -> Self {
        let LinkView { id, kind, is_from, other_number, other_subject, other_status } = link;
        Self {
            id,
            kind: *kind,
            is_from: *is_from,
            ticket: LinkedOut { number: other_number, subject: other_subject, status: *other_status },
        }
    }
}

/// List a ticket's links
///
/// Links to tickets that the caller may see.
#[utoipa::path(
    tag = "tickets",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<LinkOut>))
)]
#[get("/tickets/{number}/links")]
pub async fn list_links(
    authn: Authn,
    number: NumberInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let links = state.app.ticket_links(&authn.cx, number.0).await?;
    ok(&page::of_held(&query.0, links.iter(), |link| &link.id, LinkOut::from)?)
}

/// Link a ticket to another
///
/// Both tickets get it in their history.
#[utoipa::path(
    tag = "tickets",
    request_body = LinkCreateIn,
    responses((status = 201, description = "The link", body = LinkOut))
)]
#[post("/tickets/{number}/links")]
pub async fn add_link(
    authn: Authn,
    number: NumberInPath,
    body: Json<LinkCreateIn>,
    state: Data<WebState>,
) -> Answer {
    let LinkCreateIn { kind, ticket } = body.value;
    let link = state.app.link_tickets(&authn.cx, number.0, &kind, &ticket).await?;
    json(StatusCode::CREATED, &LinkOut::from(&link))
}

/// Take a link away
///
/// Both tickets get it in their history.
#[utoipa::path(tag = "tickets", responses((status = 204, description = "It is gone")))]
#[delete("/tickets/{number}/links/{id}")]
pub async fn remove_link(
    authn: Authn,
    number: NumberInPath,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.unlink_tickets(&authn.cx, number.0, &id.0).await?;
    Ok(no_content())
}
