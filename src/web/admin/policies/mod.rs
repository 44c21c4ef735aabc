//! What the desk has decided, on pages: whoever works here may read it, administrators change it.

pub(crate) mod agreement_form;
mod agreement_view;
mod agreements;
pub(in crate::web) mod calendar_form;
mod calendar_view;
mod calendars;
mod history;
pub(crate) mod matrix_form;
mod matrix_view;
pub(crate) mod matrix_words;
mod priority_list;
pub(in crate::web) mod priority_list_form;
pub(in crate::web) mod priority_list_view;
mod responsibilities;
mod rules;
pub(in crate::web) mod rules_form;
pub(in crate::web) mod rules_view;
pub(in crate::web) mod rules_words;
mod version_table;

use actix_web::web::ServiceConfig;

/// Adds the pages.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .configure(calendars::configure)
        .configure(agreements::configure)
        .configure(rules::configure)
        .configure(priority_list::configure)
        .configure(responsibilities::configure);
}
