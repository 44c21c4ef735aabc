//! On which conditions a request is to be carried out: `If-Match` and `Idempotency-Key`.

use crate::app::{Once, hex};
use crate::web::problem::{Problem, RequestFault};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use sha2::{Digest as _, Sha256};
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

/// The version that the caller has seen of what has an opaque id for each version, from `If-Match`; nothing
/// when any will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatchId(
    /// The version's id.
    pub Option<String>,
);

impl FromRequest for IfMatchId {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let seen = request.headers().get(header::IF_MATCH).map_or(Ok(None), tag_seen);
        ready(seen.map(Self).map_err(Problem::from))
    }
}

/// An entity tag that we never give matches no version, for which -1 stands. Versions begin at 1; what was
/// delivered and never changed has 0.
fn version_seen(value: &HeaderValue) -> Result<Option<i64>, RequestFault> {
    let version = |tag: String| tag.parse().ok().filter(|version: &i64| *version >= 0).unwrap_or(-1);
    Ok(tag_seen(value)?.map(version))
}

/// What stands between the quotes; nothing for `*`, which stands for any. A weak tag matches none, so it is
/// given whole: no tag of ours has a slash in it.
fn tag_seen(value: &HeaderValue) -> Result<Option<String>, RequestFault> {
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
    Ok(Some(if is_weak { text } else { tag }.to_owned()))
}

/// What makes a repeated request harmless, from `Idempotency-Key` and all that the request asks.
///
/// # Errors
/// [`RequestFault::Header`] when the key isn't 1–200 visible ASCII characters.
pub fn once(request: &HttpRequest, body: &[u8]) -> Result<Option<Once>, RequestFault> {
    let mut hash = OnceHash::begin(request)?;
    hash.update(body);
    Ok(hash.finish())
}

/// As [`once`], for a body that comes piece by piece.
#[derive(Debug)]
pub struct OnceHash(Option<(String, Sha256)>);

impl OnceHash {
    /// Begins with what the request asks besides its body; costs nothing when there is no key.
    ///
    /// # Errors
    /// [`RequestFault::Header`] when the key isn't 1–200 visible ASCII characters.
    pub fn begin(request: &HttpRequest) -> Result<Self, RequestFault> {
        let Some(key) = request.headers().get(IDEMPOTENCY_KEY) else { return Ok(Self(None)) };
        let key = key
            .to_str()
            .ok()
            .filter(|key| {
                (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
            })
            .ok_or(RequestFault::Header("Idempotency-Key"))?;
        let mut hash = Sha256::new();
        for part in [request.method().as_str(), request.path()] {
            hash.update(part);
            hash.update([0]);
        }
        Ok(Self(Some((key.to_owned(), hash))))
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        if let Self(Some((_, hash))) = self {
            hash.update(piece);
        }
    }

    /// The key with the hash of all that is asked; nothing when there is no key.
    #[must_use]
    pub fn finish(self) -> Option<Once> {
        self.0.map(|(key, hash)| Once { key, request_hash: hex(&hash.finalize()) })
    }
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
        assert_eq!(seen("\"0\""), Ok(Some(0)));
        assert_eq!(seen("*"), Ok(None));
        for other in ["W/\"7\"", "\"abc\"", "\"-2\"", "\"\""] {
            assert_eq!(seen(other), Ok(Some(-1)), "{other}");
        }
        for malformed in ["7", "\"7", "\"7\", \"8\"", ""] {
            assert!(seen(malformed).is_err(), "{malformed}");
        }
    }

    #[test]
    fn entity_tags_may_be_ids() {
        let seen = |text| tag_seen(&HeaderValue::from_static(text)).unwrap();
        assert_eq!(seen("\"k3F9\""), Some("k3F9".to_owned()));
        assert_eq!(seen("*"), None);
        assert_eq!(seen("W/\"k3F9\""), Some("W/\"k3F9\"".to_owned()));
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
