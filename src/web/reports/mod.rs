//! Pages of figures, for staff and for those who follow an organisation's figures; and the API's documentation.

mod api_docs;
mod ledger;
mod problems;
mod resolution;

use actix_web::web::ServiceConfig;

/// Adds the reports and the documentation.
pub fn configure(config: &mut ServiceConfig) {
    config.configure(resolution::configure).configure(ledger::configure).configure(api_docs::configure);
}
