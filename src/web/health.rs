//! Whether the server lives and can work, and its figures.

use super::middleware::metrics;
use super::problem::{Problem, RequestFault};
use super::state::WebState;
use crate::app::AppError;
use crate::domain::mail::Heartbeat;
use actix_web::http::header;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, route, web};
use std::sync::atomic::{AtomicBool, Ordering};

/// Adds `/health/live`, `/health/ready` and `/metrics`.
pub fn configure(config: &mut ServiceConfig) {
    config
        .app_data(Data::new(SchemaSeen::default()))
        .service(live)
        .service(ready)
        .service(metrics_for_bearer);
}

/// Adds `/metrics` for everybody who reaches this address.
pub fn configure_metrics(config: &mut ServiceConfig) {
    config.service(metrics_for_all);
}

/// Whether the schema has been seen to be up to date; it doesn't fall back.
#[derive(Default)]
struct SchemaSeen(AtomicBool);

/// Answers as long as the process does.
#[route("/health/live", method = "GET", method = "HEAD")]
async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(r#"{"status":"live"}"#)
}

/// Answers 200 when the database works and its schema is this program's, else 503.
#[route("/health/ready", method = "GET", method = "HEAD")]
async fn ready(state: Data<WebState>, seen: Data<SchemaSeen>) -> HttpResponse {
    let app = state.app.clone();
    let asked = web::block(move || {
        let db = state.app.db();
        let works =
            db.ready().inspect_err(|error| tracing::warn!("The database isn't ready: {error}")).is_ok();
        let is_current = works
            && (seen.0.load(Ordering::Relaxed)
                || db.pending_migrations().is_ok_and(|pending| pending.is_empty()));
        seen.0.fetch_or(is_current, Ordering::Relaxed);
        (works, is_current)
    });
    let (works, is_current) = asked.await.unwrap_or((false, false));
    let is_ready = works && is_current;
    let mut body = serde_json::json!({
        "status": if is_ready { "ready" } else { "notReady" },
        "checks": { "database": works, "schema": is_current },
    });
    // A mailbox that fails is no reason to take the pages away from people, so it is told and no more.
    if is_ready
        && let Ok(warnings) = app.mailbox_warnings().await
        && !warnings.is_empty()
        && let Some(fields) = body.as_object_mut()
    {
        let told = |(code, beat): &(String, Heartbeat)| serde_json::json!({ "mailbox": code, "state": beat.as_text() });
        fields.insert("warnings".to_owned(), warnings.iter().map(told).collect());
    }
    let mut answer = if is_ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// The figures, for whoever sends the token that the installation has set.
#[route("/metrics", method = "GET")]
async fn metrics_for_bearer(request: HttpRequest, state: Data<WebState>) -> Result<HttpResponse, Problem> {
    let Some(token) = &state.metrics_token else { return Err(RequestFault::Unknown.into()) };
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if !equal(sent.as_bytes(), token.as_bytes()) {
        return Err(AppError::Unauthenticated.into());
    }
    metrics_text(&state).await
}

#[route("/metrics", method = "GET")]
async fn metrics_for_all(state: Data<WebState>) -> Result<HttpResponse, Problem> {
    metrics_text(&state).await
}

async fn metrics_text(state: &WebState) -> Result<HttpResponse, Problem> {
    if let Err(error) = state.app.note_mailbox_figures().await {
        tracing::warn!(%error, "The figures about mailboxes can't be had");
    }
    let text = metrics::text().ok_or(RequestFault::Unknown)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}

/// Compares in a time that tells nothing of where they differ.
fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}
