//! Mail: handing it over, and what became of what came in.

mod handle;
mod intake;
mod list;
mod out;
mod show;

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on mail.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(intake::intake_mail)
        .service(list::list_inbound_mails)
        .service(show::show_inbound_mail)
        .service(show::download_inbound_mail)
        .service(handle::transition_inbound_mail);
}
