//! Who asks, by the access token in `Authorization: Bearer`.

use crate::app::{AppError, Ctx, Once};
use crate::domain::locale::Locale;
use crate::domain::ticket::Origin;
use crate::web::middleware::language_of;
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::future::LocalBoxFuture;

/// A signed-in caller of the API. A handler that takes one can't be reached without signing in.
#[derive(Debug)]
pub struct Authn {
    /// In whose name to act.
    pub cx: Ctx,
    /// The language to answer in.
    pub locale: Locale,
}

impl Authn {
    /// In whose name to act, once only when the request says so.
    #[must_use]
    pub fn once(self, once: Option<Once>) -> Ctx {
        Ctx { once, ..self.cx }
    }
}

impl FromRequest for Authn {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let token = bearer(&request).ok_or(AppError::Unauthenticated)?;
            let signed = WebState::of(&request)?.app.authenticate_bearer(token).await?;
            // A problem that must be written in the caller's language finds the caller here.
            request.extensions_mut().insert(signed.account);
            let locale = language_of(&request);
            Ok(Self { locale, cx: Ctx { actor: signed.actor, origin: Origin::Api, once: None } })
        })
    }
}

/// The bearer token of a request.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
