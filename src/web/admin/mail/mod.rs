//! E-mail: mailboxes and domains, what came in, what went out, and its texts.

mod incoming;
pub mod mailbox_form;
pub mod mailboxes;
mod outgoing;
pub mod settings;
pub mod template_view;
mod templates;

pub(super) use settings::warning;

use actix_web::web::ServiceConfig;

/// Adds the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .configure(settings::configure)
        .configure(incoming::configure)
        .configure(templates::configure)
        .configure(outgoing::configure)
        .configure(mailboxes::configure);
}
