//! What goes wrong, as pages: every failure of a page ends here and is logged here.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError};

use super::{Visitor, answer, cookies};
use crate::app::AppError;
use crate::domain::causes::with_causes;
use crate::web::middleware::Trace;
use crate::web::page::Section;
use crate::web::pages::{ErrorPage, Failure};

/// Why a page isn't shown.
#[derive(Debug)]
pub enum SiteError {
    /// A use case refused or failed.
    App(AppError),
    /// The request itself.
    Failure(Failure),
    /// The way leads elsewhere.
    SeeOther(String),
    /// A page that says what to do, already drawn.
    Page {
        /// Its status.
        status: StatusCode,
        /// Its HTML.
        html: String,
    },
}

impl From<AppError> for SiteError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<Failure> for SiteError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(error) => error.fmt(f),
            Self::Failure(failure) => write!(f, "{failure:?}"),
            Self::SeeOther(path) => write!(f, "go to {path}"),
            Self::Page { status, .. } => status.fmt(f),
        }
    }
}

impl ResponseError for SiteError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::App(error) => of_app(error).1,
            Self::Failure(failure) => status(failure),
            Self::SeeOther(_) => StatusCode::SEE_OTHER,
            Self::Page { status, .. } => *status,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::SeeOther(path) => answer::see_other(path),
            Self::Page { status, html } => {
                HttpResponse::build(*status).content_type("text/html; charset=utf-8").body(html.clone())
            }
            // `finish` draws the page: it knows who visits.
            Self::App(_) | Self::Failure(_) => HttpResponse::new(self.status_code()),
        }
    }
}

const fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::Conflict => StatusCode::CONFLICT,
        Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Failure::Expired => StatusCode::FORBIDDEN,
        Failure::Malformed => StatusCode::BAD_REQUEST,
        Failure::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The page for an error that no form shows, and its status.
const fn of_app(error: &AppError) -> (Failure, StatusCode) {
    match error {
        AppError::NotFound => (Failure::NotFound, StatusCode::NOT_FOUND),
        AppError::Forbidden => (Failure::NotFound, StatusCode::FORBIDDEN),
        AppError::Unauthenticated | AppError::WrongCredentials => {
            (Failure::Expired, StatusCode::UNAUTHORIZED)
        }
        AppError::Invalid(_) => (Failure::Malformed, StatusCode::UNPROCESSABLE_ENTITY),
        AppError::FileType(_) => (Failure::Malformed, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        AppError::LockedOut { seconds } => {
            (Failure::TooMany { seconds: *seconds }, StatusCode::TOO_MANY_REQUESTS)
        }
        AppError::Refused { .. }
        | AppError::Stale { .. }
        | AppError::Exists
        | AppError::MailSettled { .. }
        | AppError::KeyReused => (Failure::Conflict, StatusCode::CONFLICT),
        AppError::TooLarge { .. } => (Failure::TooLarge, StatusCode::PAYLOAD_TOO_LARGE),
        AppError::Unavailable(_) => (Failure::Unavailable, StatusCode::SERVICE_UNAVAILABLE),
        AppError::Internal { .. } => (Failure::Internal, StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Around every page: draws failures, gives and takes the cookies of forms and messages, and keeps
/// what people read out of caches.
///
/// # Errors
/// Those of services below that answer no request at all.
pub async fn finish(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse, Error> {
    let response = next.call(request).await?;
    let mut response = match failure_of(&response) {
        None => response,
        Some((failure, status)) => {
            let drawn = draw(response.request(), &failure, status);
            response.into_response(drawn)
        }
    };
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|content_type| content_type.as_bytes().starts_with(b"text/html"));
    if is_page {
        let visitor = Visitor::known(response.request());
        let had_flash = response.request().cookie(cookies::FLASH).is_some();
        let answer = response.response_mut();
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(cookie) = visitor.and_then(|visitor| visitor.new_visit_cookie()) {
            cookies::put(answer, &cookie);
        }
        if had_flash {
            cookies::put(answer, &cookies::no_flash());
        }
    }
    Ok(response)
}

/// The page that an answer lacks.
fn failure_of(response: &ServiceResponse) -> Option<(Failure, StatusCode)> {
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<SiteError>()) {
        return match error {
            SiteError::App(error) => {
                log(error);
                Some(of_app(error))
            }
            SiteError::Failure(failure) => Some((failure.clone(), status(failure))),
            SiteError::SeeOther(_) | SiteError::Page { .. } => None,
        };
    }
    // What actix answers by itself: an address it can't read, a method that isn't there.
    let status = response.status();
    let is_drawn =
        response.headers().contains_key(header::CONTENT_TYPE) && response.response().error().is_none();
    if is_drawn || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let failure = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Failure::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        status if status.is_client_error() => Failure::Malformed,
        _ => Failure::Internal,
    };
    Some((failure, status))
}

fn draw(request: &HttpRequest, failure: &Failure, status: StatusCode) -> HttpResponse {
    let Some(visitor) = Visitor::known(request).or_else(|| Visitor::stranger(request).ok()) else {
        return HttpResponse::new(status);
    };
    let page = ErrorPage::new(visitor.page("", Section::None), failure, error_id(request, failure));
    let mut answer = answer::html_with(status, &page).unwrap_or_else(|_| HttpResponse::new(status));
    let wait = match failure {
        Failure::TooMany { seconds } => Some((*seconds).max(1)),
        Failure::Unavailable => Some(1),
        _ => None,
    };
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// What to read aloud on the phone: the beginning of the request's id, by which the log is found.
fn error_id(request: &HttpRequest, failure: &Failure) -> Option<String> {
    if !matches!(failure, Failure::Internal | Failure::Unavailable) {
        return None;
    }
    request.extensions().get::<Trace>().and_then(|trace| trace.id().get(..8)).map(str::to_owned)
}

/// What is broken is logged here and nowhere else, with the whole chain of causes.
fn log(error: &AppError) {
    match error {
        AppError::Internal { .. } => {
            tracing::error!("A page failed, {}", with_causes(error));
        }
        AppError::Unavailable(why) => tracing::warn!("A page was turned away: {why}"),
        _ => {}
    }
}
