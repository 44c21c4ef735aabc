//! The administration: people, organisations, groups, what tickets are classified by, policies, imports, jobs and e-mail.
//!
//! Each file is one family of pages. A page asks for its permission before anything else; the use cases
//! ask again.

mod catalogue;
mod groups;
pub mod import_view;
mod imports;
mod jobs;
pub mod mail;
mod organisations;
mod overview;
mod parts;
mod people;
mod person;
pub(crate) mod policies;

use actix_web::web::ServiceConfig;

/// Adds the administration's pages.
pub fn configure(config: &mut ServiceConfig) {
    config
        .configure(overview::configure)
        .configure(people::configure)
        .configure(person::configure)
        .configure(organisations::configure)
        .configure(groups::configure)
        .configure(catalogue::configure)
        .configure(policies::configure)
        .configure(imports::configure)
        .configure(jobs::configure)
        .configure(mail::configure);
}
