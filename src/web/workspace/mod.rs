//! The workspace: where staff take tickets in, solve them and report; and the administration.

pub mod admin_forms;
pub mod admin_view;
pub mod api_docs;
mod bulk;
mod call;
mod contact;
pub mod forms;
mod load;
mod mail;
pub mod mail_view;
mod queue;
mod reviews;
mod rows;
mod search;
mod shortcuts;
mod ticket;
pub mod view;

use actix_web::web::{ServiceConfig, post, resource};

use super::routes;
use super::site::get;

/// Adds the workspace's pages.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(resource(routes::WORKSPACE).route(get().to(queue::first)))
        .service(resource(routes::QUEUE).route(get().to(queue::show)))
        .service(resource(routes::BULK).route(post().to(bulk::act)))
        .service(resource(routes::REVIEWS).route(get().to(reviews::show)))
        .service(resource(routes::LOAD).route(get().to(load::show)))
        .service(resource(routes::SEARCH).route(get().to(search::show)))
        .service(resource(routes::SHORTCUTS).route(get().to(shortcuts::show)))
        .service(resource(routes::NEW_CALL).route(get().to(call::show)).route(post().to(call::register)))
        .service(resource(routes::NEW_CONTACT).route(get().to(contact::show)).route(post().to(contact::add)))
        .configure(mail::configure)
        .configure(ticket::configure);
}
