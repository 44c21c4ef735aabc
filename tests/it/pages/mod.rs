//! Pages as a browser gets them: forms filled in as they are shown.

mod admin_imports;
mod admin_jobs;
mod admin_people;
mod admin_reference;
mod browser;
mod calls;
mod desk;
mod external;
mod filing;
mod incoming_mail;
mod lines;
mod mail;
mod mailboxes;
mod my_tickets;
mod policies;
mod priority_list;
mod profile;
mod protection;
mod queues;
mod reports;
mod routing_rules;
mod search;
mod sign_in;
mod ticket_facts;
mod tickets;

use std::future::Future;

/// Runs a test on a runtime that lives as long as it.
fn run(test: impl Future<Output = ()>) {
    actix_web::rt::System::new().block_on(test);
}
