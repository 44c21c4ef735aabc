//! Addresses of the API that no operation answers.

use super::document;
use crate::web::problem::{Problem, RequestFault};
use actix_web::{HttpRequest, HttpResponse};

/// 405 with the methods there are when the address is right, else 404.
///
/// # Errors
/// Always.
pub async fn answer(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.path().strip_prefix(super::BASE).unwrap_or_default();
    let methods = document::methods_of(path);
    if methods.is_empty() {
        return Err(RequestFault::Unknown.into());
    }
    Err(RequestFault::Method { allow: methods.join(", ") }.into())
}
