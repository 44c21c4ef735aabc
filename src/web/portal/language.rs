//! Changing the language from any page.

use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::app::auth::Preferences;
use crate::domain::locale::Locale;
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::site::{SignedIn, SiteError, Visitor, local_path, see_other, set_language};

#[derive(Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

/// Keeps the choice, in the account of those who have one, and goes on.
pub(super) async fn choose(
    request: HttpRequest,
    visitor: Visitor,
    tag: web::Path<String>,
    query: web::Query<Next>,
) -> Result<HttpResponse, SiteError> {
    let locale = Locale::ALL.into_iter().find(|locale| locale.as_tag() == *tag).ok_or(Failure::NotFound)?;
    let site = request.headers().get(HeaderName::from_static("sec-fetch-site"));
    // A link on somebody else's page may not change an account.
    let is_ours = site.is_none_or(|site| site != "cross-site");
    if let Some(who) = SignedIn::from_visitor(visitor.clone()).filter(|_| is_ours) {
        let preferences =
            Preferences { language: Some(locale.as_tag().to_owned()), ..Preferences::default() };
        who.app().set_preferences(&who.cx(), &preferences).await?;
    }
    let next = query.next.as_deref().and_then(local_path).unwrap_or(routes::START);
    let mut answer = see_other(next);
    set_language(&mut answer, visitor.settings(), locale);
    Ok(answer)
}
