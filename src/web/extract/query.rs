//! The query of an address, every wrong parameter named.

use super::json::fault_of;
use crate::web::problem::{FieldFault, Problem, RequestFault};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::future::{Ready, ready};

/// The query of an address. The type must default every field and deny unknown ones.
#[derive(Debug)]
pub struct Query<T>(
    /// What was asked.
    pub T,
);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(decode(request.query_string()).map(Self).map_err(Problem::from))
    }
}

fn decode<T: DeserializeOwned>(query: &str) -> Result<T, RequestFault> {
    if !is_utf8(query) {
        return Err(RequestFault::Utf8);
    }
    web::Query::<T>::from_query(query).map(web::Query::into_inner).map_err(|_| faults::<T>(query))
}

fn faults<T: DeserializeOwned>(query: &str) -> RequestFault {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let Ok(named) = web::Query::<Vec<(String, String)>>::from_query(pair) else {
            return RequestFault::Malformed;
        };
        let Some((name, _)) = named.into_inner().pop() else { continue };
        if let Err(error) = web::Query::<T>::from_query(pair) {
            // The message is wrapped in one about the query as a whole.
            let message = error.to_string();
            let cause = message.rsplit_once(": ").map_or(message.as_str(), |(_, cause)| cause);
            let fault = fault_of(&name, cause);
            faults.push((name, fault));
        } else if !seen.insert(name.clone()) {
            faults.push((name, FieldFault::Repeated));
        }
    }
    if faults.is_empty() { RequestFault::Malformed } else { RequestFault::Fields(faults) }
}

/// Whether the percent-encoded bytes are UTF-8; the decoder would put question marks instead.
fn is_utf8(query: &str) -> bool {
    if !query.contains('%') {
        return true;
    }
    let mut bytes = Vec::with_capacity(query.len());
    let mut rest = query.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| {
            byte.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok())
        };
        let mut ahead = rest.clone();
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    std::str::from_utf8(&bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Eq, serde::Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
    struct Asked {
        q: Option<String>,
        open: Option<bool>,
        opened_from: Option<String>,
        limit: Option<i64>,
    }

    fn fields(query: &str) -> Vec<(String, FieldFault)> {
        match decode::<Asked>(query).unwrap_err() {
            RequestFault::Fields(faults) => faults,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parameters_are_read() {
        let asked: Asked = decode("q=tv%C3%A5+ord&open=true&limit=5").unwrap();
        assert_eq!(
            asked,
            Asked { q: Some("två ord".into()), open: Some(true), opened_from: None, limit: Some(5) }
        );
        assert_eq!(decode::<Asked>("").unwrap(), Asked::default());
    }

    #[test]
    fn wrong_ones_are_named() {
        assert_eq!(
            fields("limit=many&colour=red&open=1"),
            [
                ("limit".into(), FieldFault::WrongType),
                ("colour".into(), FieldFault::NoSuchField),
                ("open".into(), FieldFault::WrongType)
            ]
        );
        assert_eq!(fields("q=a&q=b"), [("q".into(), FieldFault::Repeated)]);
    }

    #[test]
    fn what_is_no_utf8_is_refused() {
        assert_eq!(decode::<Asked>("q=%ff"), Err(RequestFault::Utf8));
        assert_eq!(decode::<Asked>("q=%C3%A5").unwrap().q.as_deref(), Some("å"));
        assert_eq!(decode::<Asked>("q=100%").unwrap().q.as_deref(), Some("100%"));
    }
}
