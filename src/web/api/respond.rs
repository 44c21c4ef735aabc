//! Answers.

use crate::app::AppError;
use crate::web::problem::Problem;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use serde::Serialize;

/// What a handler gives.
pub type Answer = Result<HttpResponse, Problem>;

/// An answer in JSON.
///
/// # Errors
/// [`AppError::Internal`] when it can't be written as JSON.
pub fn json<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    let mut bytes = Vec::with_capacity(2 * 1024);
    serde_json::to_writer(&mut bytes, body).map_err(|error| AppError::internal("writing JSON", error))?;
    let content_type = HeaderValue::from_static("application/json");
    Ok(HttpResponse::build(status).insert_header((header::CONTENT_TYPE, content_type)).body(bytes))
}

/// 200 in JSON.
///
/// # Errors
/// As [`json`].
pub fn ok<T: Serialize>(body: &T) -> Answer {
    json(StatusCode::OK, body)
}

/// An answer in JSON about something that has a version.
///
/// # Errors
/// As [`json`].
pub fn versioned<T: Serialize>(status: StatusCode, version: i64, body: &T) -> Answer {
    tagged(status, &version.to_string(), body)
}

/// An answer in JSON about something whose versions have ids.
///
/// # Errors
/// As [`json`].
pub fn tagged<T: Serialize>(status: StatusCode, version: &str, body: &T) -> Answer {
    let mut answer = json(status, body)?;
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    Ok(answer)
}

/// Says where what was made is, by its path below `/api/v1`.
///
/// # Errors
/// None of its own; those of the answer.
pub fn located(answer: Answer, path: &str) -> Answer {
    let mut answer = answer?;
    if let Ok(location) = HeaderValue::from_str(&format!("{}{path}", super::BASE)) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    Ok(answer)
}

/// 204.
#[must_use]
pub fn no_content() -> HttpResponse {
    HttpResponse::NoContent().finish()
}
