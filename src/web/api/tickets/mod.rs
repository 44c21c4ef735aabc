//! Tickets. One file is one group of operations.

mod attachments;
mod bulk;
mod count;
mod create;
mod edit;
mod events;
mod external_links;
mod filter;
mod ledger;
mod links;
mod list;
mod messages;
pub mod out;
mod promises;
mod review;
mod show;
mod transition;

use super::respond::{Answer, versioned};
use crate::app::Ctx;
use crate::domain::locale::Locale;
use crate::domain::ticket::Ticket;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use out::TicketOut;
use promises::Reader;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on tickets.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_tickets)
        .service(create::create_ticket)
        // Before the operations on one ticket: `count` could be taken for a number.
        .service(count::count_tickets)
        .service(bulk::transition_tickets)
        .service(show::show_ticket)
        .service(edit::edit_ticket)
        .service(transition::transition_ticket)
        .service(messages::list_messages)
        .service(messages::add_message)
        .service(attachments::list_attachments)
        .service(attachments::add_attachment)
        .service(attachments::fetch_attachment)
        .service(events::list_events)
        .service(external_links::create_external_link)
        .service(ledger::show_ledger)
        .service(review::review_first_line)
        .service(links::list_links)
        .service(links::add_link)
        .service(links::remove_link);
}

/// A ticket just written, as an answer.
async fn answer(state: &WebState, cx: &Ctx, locale: Locale, ticket: Ticket, status: StatusCode) -> Answer {
    let directory = state.app.directory().await?;
    let detail = state.app.detail(cx, ticket).await?;
    let policies = state.app.policies().await?;
    let reader = Reader::new(locale, cx.user(), state.app.now());
    versioned(status, detail.ticket.version, &TicketOut::new(&detail, &directory, &policies, &reader))
}
