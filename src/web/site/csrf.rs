//! Proof that a form came from a page of ours.
//!
//! The token is a signature of the cookie that the browser sends with the form: the session's, or
//! before signing in the visit's. Besides, the browser says itself from where it sends
//! (`Sec-Fetch-Site`, `Origin`).

use actix_web::HttpRequest;
use actix_web::http::header;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::app::AppError;

fn mac(secret: &[u8], cookie: &str) -> Result<Hmac<Sha256>, AppError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret)
        .map_err(|error| AppError::internal("signing a form", error.to_string()))?;
    mac.update(b"form\0");
    mac.update(cookie.as_bytes());
    Ok(mac)
}

/// The token of the forms shown under a cookie.
pub(super) fn token(secret: &[u8], cookie: &str) -> Result<String, AppError> {
    Ok(URL_SAFE_NO_PAD.encode(mac(secret, cookie)?.finalize().into_bytes()))
}

/// Whether a token belongs to a cookie; compared in a time that tells nothing.
pub(super) fn is_token(secret: &[u8], cookie: &str, token: &str) -> Result<bool, AppError> {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(token) else { return Ok(false) };
    Ok(mac(secret, cookie)?.verify_slice(&signature).is_ok())
}

/// Whether the browser says that the form was sent from elsewhere. Old browsers say nothing; for them
/// the token decides alone.
pub(super) fn is_from_elsewhere(request: &HttpRequest) -> bool {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = text(header::HOST).unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, sender)| host.is_empty() || !sender.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn tokens_hold_for_their_cookie_only() {
        let token = token(b"a secret of the server", "cookie-1").unwrap();
        assert!(is_token(b"a secret of the server", "cookie-1", &token).unwrap());
        assert!(!is_token(b"a secret of the server", "cookie-2", &token).unwrap());
        assert!(!is_token(b"another secret", "cookie-1", &token).unwrap());
        assert!(!is_token(b"a secret of the server", "cookie-1", "").unwrap());
        assert!(!is_token(b"a secret of the server", "cookie-1", "åäö").unwrap());
    }

    #[test]
    fn browsers_tell_where_a_form_was_sent_from() {
        let from = |headers: &[(&'static str, &'static str)]| {
            let request =
                headers.iter().fold(TestRequest::post(), |request, header| request.insert_header(*header));
            is_from_elsewhere(&request.to_http_request())
        };
        let host = ("host", "service.example.se");
        assert!(!from(&[host]));
        assert!(!from(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(from(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(from(&[host, ("sec-fetch-site", "same-site")]));
        assert!(!from(&[host, ("origin", "https://service.example.se")]));
        assert!(from(&[host, ("origin", "https://example.org")]));
        assert!(from(&[host, ("origin", "null")]));
    }
}
