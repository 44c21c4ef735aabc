//! Answers: a page, or the way to the next one.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Route, guard, web};
use askama::Template;

use super::{Flash, SiteError, cookies};
use crate::app::AppError;

/// A route that reads: GET, and HEAD, whose body the server leaves out.
#[must_use]
pub fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A page.
///
/// # Errors
/// [`SiteError`] when the template fails.
pub fn html(page: &impl Template) -> Result<HttpResponse, SiteError> {
    html_with(StatusCode::OK, page)
}

/// A page with another status than 200.
///
/// # Errors
/// [`SiteError`] when the template fails.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<HttpResponse, SiteError> {
    let text = page.render().map_err(|error| AppError::internal("rendering a page", error))?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(text))
}

/// Sends the browser on to a page, by GET whatever it came by.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// Sends the browser on to a page that begins by saying what was done.
#[must_use]
pub fn see_other_saying(path: &str, flash: &Flash) -> HttpResponse {
    let mut answer = see_other(path);
    cookies::put(&mut answer, &flash.cookie());
    answer
}

/// The page of ours that a request was sent from, path and query, as the browser tells it.
#[must_use]
pub fn page_before(request: &HttpRequest) -> Option<String> {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    local_path(rest.strip_prefix(text(header::HOST)?)?).map(str::to_owned)
}

/// The path if it leads to a page of ours. A browser takes `//host` and `/\host` for other servers.
#[must_use]
pub fn local_path(path: &str) -> Option<&str> {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && path.len() <= 2_000;
    ours.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_page_before_is_one_of_ours() {
        let before = |referer: &'static str| {
            let request = TestRequest::get().insert_header(("host", "service.example.se"));
            page_before(&request.insert_header(("referer", referer)).to_http_request())
        };
        assert_eq!(
            before("https://service.example.se/tickets?show=closed").as_deref(),
            Some("/tickets?show=closed")
        );
        for other in
            ["https://example.org/tickets", "https://service.example.se.example.org/tickets", "tickets", ""]
        {
            assert_eq!(before(other), None, "{other}");
        }
    }

    #[test]
    fn only_paths_of_ours_are_followed() {
        for good in ["/", "/tickets?show=closed", "/workspace/queues/a%C3%A5"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in
            ["", "//example.org", "/\\example.org", "https://example.org", "tickets", "/a\r\nb", "/a b", "/å"]
        {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}
