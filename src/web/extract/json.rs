//! JSON bodies, every wrong field named.

use super::{collect, once};
use crate::app::Once;
use crate::app::tickets::Patch;
use crate::web::problem::{FieldFault, Problem, RequestFault};
use crate::web::state::WebState;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;
use serde_json::error::Category;

/// A JSON body, and the key under which the request is carried out once only.
///
/// The type must default every field (`#[serde(default, deny_unknown_fields)]`): what is missing is
/// the use case's to say, together with what else is wrong.
#[derive(Debug)]
pub struct Json<T> {
    /// What was sent.
    pub value: T,
    /// From the header `Idempotency-Key`.
    pub once: Option<Once>,
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !is_json(&request) {
                return Err(RequestFault::ContentType("application/json").into());
            }
            let body = collect(&request, payload, WebState::of(&request)?.json_max_bytes).await?;
            Ok(Self { value: decode(&body)?, once: once(&request, &body)? })
        })
    }
}

/// `application/json` or anything that is JSON by its suffix, in UTF-8.
fn is_json(request: &HttpRequest) -> bool {
    let Some(content_type) =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let known =
        essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    known
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

/// Reads a body.
///
/// # Errors
/// [`RequestFault::Utf8`], [`RequestFault::Json`], or [`RequestFault::Fields`] with every wrong one.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, RequestFault> {
    let text = std::str::from_utf8(body).map_err(|_| RequestFault::Utf8)?;
    // A list would be taken for the fields in their order.
    if !text.trim_start().starts_with('{') {
        let parsed = serde_json::from_str::<Value>(text);
        return Err(parsed.map_or_else(|error| misplaced(&error), |_| root(FieldFault::WrongType)));
    }
    serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => field_faults::<T>(text, &error),
        Category::Io | Category::Syntax | Category::Eof => misplaced(&error),
    })
}

fn misplaced(error: &serde_json::Error) -> RequestFault {
    RequestFault::Json { line: error.line(), column: error.column() }
}

fn root(fault: FieldFault) -> RequestFault {
    RequestFault::Fields(vec![(String::new(), fault)])
}

/// Serde stops at the first wrong field; people want to know of all, so each is tried by itself.
fn field_faults<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> RequestFault {
    let fields = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return root(FieldFault::WrongType),
        // What serde saw first was a wrong field, but further on it isn't JSON.
        Err(error) => return misplaced(&error),
    };
    let faults: Vec<_> = fields
        .into_iter()
        .filter_map(|(name, value)| {
            let alone = Value::Object([(name.clone(), value)].into_iter().collect());
            let error = T::deserialize(alone).err()?;
            let fault = fault_of(&name, &error.to_string());
            Some((name, fault))
        })
        .collect();
    if faults.is_empty() {
        let message = error.to_string();
        let name = message.split('`').nth(1).unwrap_or_default().to_owned();
        return RequestFault::Fields(vec![(name, FieldFault::Repeated)]);
    }
    RequestFault::Fields(faults)
}

/// What serde's message about a field by itself means.
pub(super) fn fault_of(name: &str, message: &str) -> FieldFault {
    let unknown = message
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with('`'));
    if unknown { FieldFault::NoSuchField } else { FieldFault::WrongType }
}

/// Reads a field of a partial change: `null` isn't the same as nothing said.
///
/// # Errors
/// The deserializer's.
pub fn said<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A field of a partial change as use cases take it.
#[must_use]
pub fn to_patch<T>(said: Option<Option<T>>) -> Patch<T> {
    match said {
        None => Patch::Absent,
        Some(None) => Patch::Null,
        Some(Some(value)) => Patch::Value(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Eq, serde::Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
    struct Note {
        text: String,
        to_group: Option<String>,
        impact: Option<i64>,
    }

    fn faults(body: &[u8]) -> RequestFault {
        decode::<Note>(body).unwrap_err()
    }

    #[test]
    fn what_is_right_is_read() {
        let note: Note = decode(br#" {"text":"Hej","toGroup":null} "#).unwrap();
        assert_eq!(note, Note { text: "Hej".into(), to_group: None, impact: None });
    }

    #[test]
    fn every_wrong_field_is_named() {
        let body = br#"{"text":7,"toGroup":"natverk","impact":"high","colour":1}"#;
        let RequestFault::Fields(mut named) = faults(body) else { panic!() };
        named.sort();
        assert_eq!(
            named,
            [
                ("colour".to_owned(), FieldFault::NoSuchField),
                ("impact".to_owned(), FieldFault::WrongType),
                ("text".to_owned(), FieldFault::WrongType),
            ]
        );
        assert_eq!(
            faults(br#"{"text":"a","text":"b"}"#),
            RequestFault::Fields(vec![("text".into(), FieldFault::Repeated)])
        );
    }

    #[test]
    fn what_is_no_json_is_placed() {
        assert_eq!(faults(b"{\n\"text\": }"), RequestFault::Json { line: 2, column: 9 });
        assert_eq!(faults(b""), RequestFault::Json { line: 1, column: 0 });
        assert_eq!(faults(b"{\"text\":7,"), RequestFault::Json { line: 1, column: 10 });
        assert_eq!(faults(b"{\"text\":\"\xff\"}"), RequestFault::Utf8);
    }

    #[test]
    fn a_list_is_not_taken_for_the_fields() {
        for body in [&b"[]"[..], b"[\"a\"]", b"null", b"7"] {
            assert_eq!(faults(body), root(FieldFault::WrongType));
        }
    }
}
