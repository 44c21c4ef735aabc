//! E-mail: what came in, what went out, and its texts.

mod incoming;
mod outgoing;
mod templates;

use actix_web::web::ServiceConfig;

/// Adds the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.configure(incoming::configure).configure(templates::configure).configure(outgoing::configure);
}
