//! The one middleware around everything: trace, span, figures, headers, and problems in the caller's
//! language. One, because each would cost every request a future of its own.

use super::trace::TRACEPARENT;
use super::{Trace, headers, metrics};
use crate::app::AppError;
use crate::app::auth::Account;
use crate::domain::causes::with_causes;
use crate::domain::locale::Locale;
use crate::web::problem::{PROBLEM_JSON, Problem, RequestFault};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderValue};
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::time::Instant;
use tracing::{Instrument as _, Span, field};

/// Where the API lies; everything else is pages.
const API: &str = "/api/v1";

/// The middleware; see the module.
#[derive(Debug, Clone, Copy)]
pub struct Observe;

impl<S, B> Transform<S, ServiceRequest> for Observe
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = Observed<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Observed { service }))
    }
}

/// A service under observation.
#[derive(Debug)]
pub struct Observed<S> {
    service: S,
}

impl<S, B> Service<ServiceRequest> for Observed<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Error>>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let begun = Instant::now();
        let trace = Trace::of(request.headers().get(TRACEPARENT));
        let span = tracing::info_span!(
            "request",
            http.method = request.method().as_str(),
            http.route = field::Empty,
            http.status = field::Empty,
            duration_us = field::Empty,
            request.id = trace.id(),
        );
        request.extensions_mut().insert(trace.clone());
        let answering = self.service.call(request);
        let inside = span.clone();
        Box::pin(
            async move {
                let answered = answering.await?;
                let told = problem_in(&answered).map(|problem| told(answered.request(), &problem, &trace));
                let mut response = match told {
                    None => answered.map_into_left_body(),
                    Some(told) => answered.into_response(told).map_into_right_body(),
                };
                let is_api = is_api(response.request());
                let headers = response.headers_mut();
                if let Ok(value) = HeaderValue::from_str(trace.traceparent()) {
                    headers.insert(TRACEPARENT, value);
                }
                headers::put(headers, is_api);
                note(&response, begun, &span);
                Ok(response)
            }
            .instrument(inside),
        )
    }
}

fn is_api(request: &HttpRequest) -> bool {
    request.path().strip_prefix(API).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Either the handler's own problem, or what actix answered to a request for the API by itself.
enum Found<'r> {
    Ours(&'r Problem),
    Made(Problem),
}

impl std::ops::Deref for Found<'_> {
    type Target = Problem;
    fn deref(&self) -> &Problem {
        match self {
            Self::Ours(problem) => problem,
            Self::Made(problem) => problem,
        }
    }
}

fn problem_in<B>(answered: &ServiceResponse<B>) -> Option<Found<'_>> {
    let error = answered.response().error()?;
    if let Some(problem) = error.as_error::<Problem>() {
        return Some(Found::Ours(problem));
    }
    is_api(answered.request()).then(|| Found::Made(of_status(answered.status(), error.to_string())))
}

fn of_status(status: StatusCode, message: String) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::Request(RequestFault::Unknown),
        StatusCode::REQUEST_TIMEOUT => Problem::Request(RequestFault::Timeout),
        status if status.is_client_error() => Problem::Request(RequestFault::Malformed),
        _ => Problem::App(AppError::internal("answering a request", message)),
    }
}

/// The answer with the problem written in the caller's language.
fn told(request: &HttpRequest, problem: &Problem, trace: &Trace) -> HttpResponse {
    log(problem);
    let body = problem.to_json(language_of(request), request.path(), trace.id());
    let mut answer = HttpResponse::build(problem.status()).content_type(PROBLEM_JSON).body(body);
    problem.put_headers(answer.headers_mut());
    answer
}

/// What is broken is logged here and nowhere else, with the whole chain of causes.
fn log(problem: &Problem) {
    match problem {
        Problem::App(error @ AppError::Internal { .. }) => {
            tracing::error!("A request failed, {}", with_causes(error));
        }
        Problem::App(AppError::Unavailable(why)) => tracing::warn!("A request was turned away: {why}"),
        Problem::App(_) | Problem::Request(_) => {}
    }
}

/// The language that the request asks for, else the one of the caller's account.
pub fn language_of(request: &HttpRequest) -> Locale {
    if let Some(asked) = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) {
        return Locale::from_accept_language(asked);
    }
    let account = request.extensions().get::<Arc<Account>>().cloned();
    account.and_then(|account| Locale::from_tag(account.language.as_text())).unwrap_or_default()
}

fn note<B>(response: &ServiceResponse<B>, begun: Instant, span: &Span) {
    let is_wanted = !span.is_disabled();
    if !is_wanted && !metrics::are_kept() {
        return;
    }
    let took = begun.elapsed();
    let route = response.request().match_pattern();
    let route = route.as_deref().unwrap_or("unknown");
    let (method, status) = (response.request().method(), response.status());
    if is_wanted {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        span.record("http.route", route);
        span.record("http.status", status.as_u16());
        span.record("duration_us", micros);
        tracing::debug!("Answered {method} {route} with {} in {micros} µs", status.as_u16());
    }
    if metrics::are_kept() {
        metrics::note(method, route, status, took);
    }
}
