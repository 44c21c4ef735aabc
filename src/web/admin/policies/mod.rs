//! What the desk has decided, on pages: whoever works here may read it, administrators change it.

mod calendar_form;
mod calendar_view;
mod calendars;

use actix_web::web::ServiceConfig;

/// Adds the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.configure(calendars::configure);
}
