//! E-mail: texts, and what went out.

mod outgoing;
mod templates;

use actix_web::web::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.configure(templates::configure).configure(outgoing::configure);
}
