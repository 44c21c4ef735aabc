//! A ticket's history.

mod out;

use crate::app::tickets::People;
use crate::web::api::page::PageQuery;
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, ok};
use crate::web::extract::{Authn, NumberInPath, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use out::EventOut;

/// List what has happened to a ticket
///
/// Oldest first: who, when, what, and from what to what. Nothing is ever changed or taken away.
#[utoipa::path(
    tag = "tickets",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<EventOut>))
)]
#[get("/tickets/{number}/events")]
pub async fn list_events(
    authn: Authn,
    number: NumberInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let window = query.0.window()?;
    let after = query.0.after_number()?;
    let (events, mut people): (_, People) =
        state.app.ticket_events(&authn.cx, number.0, after, window.reach()).await?;
    let page = window.cut(events, |event| event.sequence);
    let named: Vec<_> = page.items.iter().flat_map(|event| out::people_of(&event.kind)).collect();
    people.extend(state.app.people(&named).await?);
    let directory = state.app.directory().await?;
    let items = page.items.iter().map(|event| EventOut::new(event, &people, &directory)).collect();
    ok(&ListOut { items, next_cursor: page.next_cursor })
}
