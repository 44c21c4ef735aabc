//! The list of keyboard shortcuts.

use actix_web::HttpResponse;

use super::view::{ShortcutsPage, shortcuts};
use crate::web::page::Section;
use crate::web::site::{SiteError, Staff, html};

/// Shows it.
pub(super) async fn show(who: Staff) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    html(&ShortcutsPage { page: who.page(t.t("nav-shortcuts"), Section::None), shortcuts: shortcuts(t) })
}
