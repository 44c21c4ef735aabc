//! Pages as a browser gets them: forms filled in as they are shown.

mod admin_imports;
mod admin_jobs;
mod admin_people;
mod admin_reference;
mod browser;
mod reports;

use std::future::Future;

/// Runs a test on a runtime that lives as long as it.
fn run(test: impl Future<Output = ()>) {
    actix_web::rt::System::new().block_on(test);
}
