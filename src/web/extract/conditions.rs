//! On which conditions a request is to be carried out: `If-Match` and `Idempotency-Key`.

use crate::app::Once;
use crate::web::problem::{Problem, RequestFault};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::future::{Ready, ready};

/// The name of the header.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest key.
pub const LONGEST_KEY: usize = 200;

/// The version that the caller has seen, from `If-Match`; nothing when any will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(
    /// The version.
    pub Option<i64>,
);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let seen = request.headers().get(header::IF_MATCH).map_or(Ok(None), version_seen);
        ready(seen.map(Self).map_err(Problem::from))
    }
}

/// `*` stands for any version. An entity tag that we never give, a weak one among them, matches none,
/// for which -1 stands: versions begin at 1.
fn version_seen(value: &HeaderValue) -> Result<Option<i64>, RequestFault> {
    let malformed = RequestFault::Header("If-Match");
    let text = value.to_str().map_err(|_| malformed.clone())?.trim();
    if text == "*" {
        return Ok(None);
    }
    let (is_weak, quoted) = text.strip_prefix("W/").map_or((false, text), |rest| (true, rest));
    let tag = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|tag| !tag.contains('"'))
        .ok_or(malformed)?;
    Ok(Some(tag.parse().ok().filter(|version: &i64| !is_weak && *version > 0).unwrap_or(-1)))
}

/// What makes a repeated request harmless, from `Idempotency-Key` and all that the request asks.
///
/// # Errors
/// [`RequestFault::Header`] when the key isn't 1–200 visible ASCII characters.
pub fn once(request: &HttpRequest, body: &[u8]) -> Result<Option<Once>, RequestFault> {
    let Some(key) = request.headers().get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = key
        .to_str()
        .ok()
        .filter(|key| {
            (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
        })
        .ok_or(RequestFault::Header("Idempotency-Key"))?;
    let mut hash = Sha256::new();
    for part in [request.method().as_str().as_bytes(), request.path().as_bytes(), body] {
        hash.update(part);
        hash.update([0]);
    }
    let request_hash = hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok(Some(Once { key: key.to_owned(), request_hash }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn seen(text: &'static str) -> Result<Option<i64>, RequestFault> {
        version_seen(&HeaderValue::from_static(text))
    }

    #[test]
    fn entity_tags_are_versions() {
        assert_eq!(seen("\"7\""), Ok(Some(7)));
        assert_eq!(seen("*"), Ok(None));
        for other in ["W/\"7\"", "\"abc\"", "\"0\"", "\"\""] {
            assert_eq!(seen(other), Ok(Some(-1)), "{other}");
        }
        for malformed in ["7", "\"7", "\"7\", \"8\"", ""] {
            assert!(seen(malformed).is_err(), "{malformed}");
        }
    }

    #[test]
    fn a_key_goes_with_what_is_asked() {
        let hash = |path: &str, body: &[u8]| {
            let request =
                TestRequest::post().uri(path).insert_header((IDEMPOTENCY_KEY, "k-1")).to_http_request();
            once(&request, body).unwrap().unwrap().request_hash
        };
        assert_eq!(hash("/a", b"{}"), hash("/a", b"{}"));
        assert_ne!(hash("/a", b"{}"), hash("/b", b"{}"));
        assert_ne!(hash("/a", b"{}"), hash("/a", b"{ }"));
        let long = "k".repeat(201);
        for bad in ["", "two words", "å", &long] {
            let request = TestRequest::post().insert_header((IDEMPOTENCY_KEY, bad)).to_http_request();
            assert!(once(&request, b"").is_err(), "{bad}");
        }
    }
}
