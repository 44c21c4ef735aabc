//! What all pages stand on: who visits, forms that can't be forged or sent twice, answers, and pages
//! for what goes wrong. Portal, workspace and administration add their handlers to it.
//!
//! A page's handler takes [`SignedIn`] or [`Staff`]; a form's handler takes [`ProtectedForm`] or
//! [`StaffForm`], so that neither signing in nor the proof of origin can be forgotten. Both give `?`
//! [`SiteError`]s, which [`finish`] turns into pages.

mod answer;
mod cookies;
mod csrf;
mod error;
mod flash;
mod form;
mod kept;
mod refuse;
mod static_files;
mod visitor;

pub use answer::{get, html, html_with, local_path, page_before, see_other, see_other_saying};
pub use cookies::{end_session, set_language, set_session};
pub use error::{SiteError, finish};
pub use flash::{Done, Flash};
pub use form::{ImportForm, OpenForm, ProtectedForm, SentFile, StaffForm};
pub use kept::{Kept, kept_page};
pub use refuse::{Refusal, error_text, field_text, refusal_text, show_errors};
pub use visitor::{SignedIn, Staff, Visitor};

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, ServiceConfig};

use crate::web::assets;
use crate::web::pages::Failure;
use crate::web::{admin, portal, reports, workspace};

/// Adds all pages; what no other service answers is answered by a page too.
pub fn configure(config: &mut ServiceConfig) {
    let pages = web::scope("")
        .wrap(from_fn(finish))
        .wrap(Compress::default())
        .service(web::resource(assets::PATTERN).route(get().to(static_files::asset)))
        .configure(portal::configure)
        .configure(workspace::configure)
        .configure(admin::configure)
        .configure(reports::configure)
        .default_service(web::to(unknown));
    config.service(pages);
}

/// The visitor is taken so that the page shows who is signed in.
async fn unknown(_: Visitor) -> Result<actix_web::HttpResponse, SiteError> {
    Err(Failure::NotFound.into())
}
