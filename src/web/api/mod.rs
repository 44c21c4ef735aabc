//! The REST API (contract §6). One file is one kind of thing; every operation is declared once and
//! both answered and documented by that declaration.

mod about;
mod catalogue;
mod document;
mod fallback;
mod groups;
mod imports;
mod ledger_report;
mod load;
mod mail;
mod mail_domains;
mod mail_templates;
mod mailboxes;
mod notifications;
mod organisations;
mod outbound_mails;
mod page;
mod parts;
mod policies;
mod queues;
mod reports;
mod respond;
mod sessions;
mod tickets;
mod users;
pub mod words;

pub use document::{document_json, openapi_document, openapi_json};

use actix_web::middleware::Compress;
use utoipa_actix_web::service_config::ServiceConfig;

/// Where the API lies.
pub const BASE: &str = "/api/v1";

/// Adds the API.
pub fn configure(config: &mut actix_web::web::ServiceConfig) {
    let api = utoipa_actix_web::scope(BASE)
        .wrap(Compress::default())
        .configure(operations)
        .route("/openapi.json", actix_web::web::get().to(about::show_openapi))
        .default_service(actix_web::web::to(fallback::answer));
    config.service(api);
}

/// Every operation, in the order of the documentation.
fn operations(config: &mut ServiceConfig) {
    sessions::configure(config);
    tickets::configure(config);
    config.service(queues::list_queues).service(notifications::list_notifications);
    organisations::configure(config);
    groups::configure(config);
    users::configure(config);
    catalogue::configure(config);
    policies::configure(config);
    mailboxes::configure(config);
    mail_domains::configure(config);
    config.service(reports::show_resolution);
    config.service(load::show_load);
    config.service(ledger_report::show_ledger_report);
    imports::configure(config);
    mail::configure(config);
    mail_templates::configure(config);
    outbound_mails::configure(config);
    config.service(about::show_api_info);
}
