//! What the desk has decided, on pages: whoever works here may read it, administrators change it.

pub(crate) mod agreement_form;
mod agreement_view;
mod agreements;
mod calendar_form;
mod calendar_view;
mod calendars;
mod history;
pub(crate) mod matrix_form;
mod matrix_view;
mod responsibilities;

use actix_web::web::ServiceConfig;

/// Adds the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .configure(calendars::configure)
        .configure(agreements::configure)
        .configure(responsibilities::configure);
}
