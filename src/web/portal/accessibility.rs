//! The accessibility statement.

use actix_web::HttpResponse;

use crate::web::page::Section;
use crate::web::pages::AccessibilityPage;
use crate::web::site::{SiteError, Visitor, html};

/// Shows it.
pub(super) async fn show(visitor: Visitor) -> Result<HttpResponse, SiteError> {
    html(&AccessibilityPage { page: visitor.page(visitor.texts().t("accessibility-title"), Section::None) })
}
