//! The API's documentation for people. It tells nothing of the installation, so everybody may read it.

use super::problems::problems;
use crate::web::api::openapi_document;
use crate::web::page::Section;
use crate::web::routes;
use crate::web::site::{SiteError, Visitor, get, html};
use crate::web::workspace::api_docs::ApiDocsPage;
use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(routes::API_DOCS).route(get().to(show)));
}

async fn show(visitor: Visitor) -> Result<HttpResponse, SiteError> {
    let page = visitor.page(visitor.texts().t("api-title"), Section::None);
    html(&ApiDocsPage::new(page, openapi_document(), problems(visitor.locale())))
}
