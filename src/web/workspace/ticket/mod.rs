//! A ticket as staff work it: its page, and a file for each thing that is done there.

mod action;
mod advice;
mod choices;
mod external;
mod facts;
mod ledger;
mod links;
mod messages;
mod page;
mod review;
mod show;
mod timeline;

pub(super) use choices::classification;

use actix_web::web::{ServiceConfig, post, resource};

use crate::app::AppError;
use crate::domain::ticket::TicketNumber;
use crate::web::routes;
use crate::web::site::get;

/// Adds the pages of a ticket.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(resource(routes::TICKET).route(get().to(show::show)))
        .service(resource(routes::TICKET_MESSAGES).route(post().to(messages::add)))
        .service(resource(routes::TICKET_FACTS).route(get().to(facts::show)).route(post().to(facts::save)))
        .service(resource(routes::TICKET_LINKS).route(post().to(links::change)))
        .service(resource(routes::TICKET_EXTERNAL_LINKS).route(post().to(external::create_link)))
        .service(resource(routes::TICKET_REVIEW).route(post().to(review::note)))
        .service(resource(routes::TICKET_ACTION).route(get().to(action::show)).route(post().to(action::act)));
}

fn parsed(number: &str) -> Result<TicketNumber, AppError> {
    TicketNumber::parse(number).ok_or(AppError::NotFound)
}
