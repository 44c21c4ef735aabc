//! A file of a ticket, for those who may see it there.

use actix_web::{HttpResponse, web};

use crate::web::download;
use crate::web::site::{SignedIn, SiteError};

/// Hands it out.
pub(super) async fn fetch(who: SignedIn, id: web::Path<String>) -> Result<HttpResponse, SiteError> {
    let file = who.app().attachment(&who.cx(), &id).await?;
    Ok(download::stream(file).await?)
}
