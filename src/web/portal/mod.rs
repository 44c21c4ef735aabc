//! The portal: where people report faults, order, and follow their tickets.

mod accessibility;
mod attachment;
mod digest_off;
mod external;
mod filing;
pub mod forms;
mod language;
mod login;
mod my_ticket;
mod my_tickets;
mod profile;
mod receipt;
mod start;
pub mod view;

use actix_web::web::post;
use actix_web::web::{ServiceConfig, resource};

use super::routes;
use super::site::get;

/// Adds the portal's pages.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(resource(routes::START).route(get().to(start::show)))
        .service(resource(routes::LOGIN).route(get().to(login::show)).route(post().to(login::sign_in)))
        .service(resource(routes::LOGOUT).route(post().to(login::sign_out)))
        .service(resource(routes::LANGUAGE).route(get().to(language::choose)))
        .service(resource(routes::ACCESSIBILITY).route(get().to(accessibility::show)))
        .service(
            resource(routes::REPORT_FAULT)
                .route(get().to(filing::show_fault))
                .route(post().to(filing::report_fault)),
        )
        .service(resource(routes::ORDER).route(get().to(filing::show_order)).route(post().to(filing::order)))
        .service(resource(routes::MY_TICKETS).route(get().to(my_tickets::show)))
        .service(resource(routes::MY_TICKET).route(get().to(my_ticket::show)))
        .service(resource(routes::RECEIPT).route(get().to(receipt::show)))
        .service(resource(routes::MY_TICKET_MESSAGES).route(post().to(my_ticket::reply)))
        .service(resource(routes::MY_TICKET_CLOSE).route(post().to(my_ticket::close)))
        .service(
            resource(routes::MY_TICKET_REOPEN)
                .route(get().to(my_ticket::show_reopen))
                .route(post().to(my_ticket::reopen)),
        )
        .service(
            resource(routes::MY_TICKET_CANCEL)
                .route(get().to(my_ticket::show_cancel))
                .route(post().to(my_ticket::cancel)),
        )
        .service(resource(routes::ATTACHMENT).route(get().to(attachment::fetch)))
        // Before the link's page: its own words could be taken for a link.
        .service(resource(routes::EXTERNAL_THANKS).route(get().to(external::thanks)))
        .service(resource(routes::EXTERNAL).route(get().to(external::show)))
        .service(resource(routes::EXTERNAL_ANSWERS).route(post().to(external::answer)))
        .service(resource(routes::EXTERNAL_RETURN).route(post().to(external::hand_back)))
        .service(resource(routes::EXTERNAL_FILE).route(get().to(external::file)))
        .service(resource(routes::PROFILE).route(get().to(profile::show)))
        .service(resource(routes::PROFILE_DISPLAY).route(post().to(profile::set_display)))
        .service(resource(routes::PROFILE_MAIL).route(post().to(profile::set_mail)))
        .service(
            resource(routes::DIGEST_OFF)
                .route(get().to(digest_off::show))
                .route(post().to(digest_off::turn_off)),
        )
        .service(resource(routes::PROFILE_PASSWORD).route(post().to(profile::change_password)))
        .service(resource(routes::PROFILE_SESSION_END).route(post().to(profile::end_session)))
        .service(resource(routes::PROFILE_SESSIONS_END).route(post().to(profile::end_other_sessions)));
}
