//! Style sheet, scripts and font, under addresses that never change their content.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, web};

use super::SiteError;
use crate::web::assets::{self, CACHE_FOREVER};
use crate::web::pages::Failure;

/// One file.
pub(super) async fn asset(path: web::Path<(String, String)>) -> Result<HttpResponse, SiteError> {
    let (hash, name) = path.into_inner();
    let (asset, is_current) = assets::find(&hash, &name).ok_or(Failure::NotFound)?;
    let caching = if is_current { CACHE_FOREVER } else { "no-cache" };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(caching)))
        .content_type(asset.content_type)
        .body(asset.bytes))
}
