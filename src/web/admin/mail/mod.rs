//! E-mail: mailboxes and domains, texts, and what went out.

pub mod mailbox_form;
mod mailboxes;
mod outgoing;
pub mod settings;
mod templates;

use actix_web::web::ServiceConfig;

pub(super) use settings::warning;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .configure(settings::configure)
        .configure(templates::configure)
        .configure(outgoing::configure)
        .configure(mailboxes::configure);
}
