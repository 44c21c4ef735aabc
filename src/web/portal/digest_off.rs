//! Turning one's digest off by the link in it, without signing in (RFC 8058).

use actix_web::{HttpResponse, web};

use crate::web::form::Form;
use crate::web::page::{Banner, BannerKind, Section};
use crate::web::pages::PortalFormPage;
use crate::web::routes;
use crate::web::site::{SiteError, Visitor, html};

/// Asks first: mail servers fetch the links of a mail to look at them.
pub(super) async fn show(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, SiteError> {
    visitor.app().digest_link_holds(&token)?;
    page(&visitor, &token, false)
}

/// Turns it off. The link is the proof: mail programs send this by themselves, without a page of ours.
pub(super) async fn turn_off(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, SiteError> {
    visitor.app().turn_digest_off(&token).await?;
    page(&visitor, &token, true)
}

fn page(visitor: &Visitor, token: &str, is_off: bool) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let mut page = visitor.page(t.t("digest-off-title"), Section::None);
    if is_off {
        page.banner = Some(Banner::new(BannerKind::Success, t.t("digest-off-done")));
    }
    html(&PortalFormPage {
        page,
        lead: Some(t.t("digest-off-lead").to_owned()),
        form: Form::new("off", routes::digest_off(token), t.t("digest-off-button")),
        after: None,
    })
}
