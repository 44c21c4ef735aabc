//! What people write on a ticket.

use crate::app::tickets::{Message, People};
use crate::domain::ids::MessageId;
use crate::domain::ticket::Visibility;
use crate::web::api::page::PageQuery;
use crate::web::api::parts::{At, ListOut, Opaque, PersonOut, person};
use crate::web::api::respond::{Answer, ok, versioned};
use crate::web::api::words::VisibilityWord;
use crate::web::extract::{Authn, Json, NumberInPath, Query};
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{get, post};
use serde::Serialize;

/// A message to be written.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewMessage)]
pub struct MessageCreateIn {
    /// The text.
    #[schema(required, min_length = 1, max_length = 20_000)]
    body: String,
    /// `public` for the requester and staff, `internal` for staff only.
    #[schema(required, value_type = VisibilityWord)]
    visibility: String,
}

/// A message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Message)]
#[serde(rename_all = "camelCase")]
pub struct MessageOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// Who wrote it.
    author: PersonOut<'a>,
    /// Who reads it.
    #[schema(value_type = VisibilityWord)]
    visibility: Visibility,
    /// The text.
    body: &'a str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
}

impl<'a> MessageOut<'a> {
    fn new(message: &'a Message, people: &'a People) -> Self {
        let Message { id, author, visibility, body, created_at } = message;
        Self {
            id: Opaque(id.get()),
            author: person(people, *author),
            visibility: *visibility,
            body,
            created_at: At(*created_at),
        }
    }
}

/// List a ticket's messages
///
/// Oldest first. Internal notes are there for those who may read them.
#[utoipa::path(
    tag = "tickets",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<MessageOut>))
)]
#[get("/tickets/{number}/messages")]
pub async fn list_messages(
    authn: Authn,
    number: NumberInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let window = query.0.window()?;
    let after = MessageId(query.0.after_number()?);
    let (messages, people) = state.app.ticket_messages(&authn.cx, number.0, after, window.reach()).await?;
    let page = window.cut(messages, |message| message.id.get());
    let items = page.items.iter().map(|message| MessageOut::new(message, &people)).collect();
    ok(&ListOut { items, next_cursor: page.next_cursor })
}

/// Write on a ticket
///
/// A public message of staff counts as the response. A public message of the requester lets a ticket go on
/// that waited for it.
#[utoipa::path(
    tag = "tickets",
    request_body = MessageCreateIn,
    responses((status = 201, description = "The message; the `ETag` is the ticket's", body = MessageOut))
)]
#[post("/tickets/{number}/messages")]
pub async fn add_message(
    authn: Authn,
    number: NumberInPath,
    body: Json<MessageCreateIn>,
    state: Data<WebState>,
) -> Answer {
    let Json { value: MessageCreateIn { body, visibility }, once } = body;
    let cx = authn.once(once);
    let (message, ticket) = state.app.add_message(&cx, number.0, &body, &visibility).await?;
    let people = state.app.people(&[message.author]).await?;
    versioned(StatusCode::CREATED, ticket.version, &MessageOut::new(&message, &people))
}
