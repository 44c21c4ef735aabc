//! Mail: what came in.

mod incoming;

use actix_web::web::ServiceConfig;

/// Adds the pages of mail.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.configure(incoming::configure);
}
