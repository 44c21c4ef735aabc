//! Signing in and out by tokens.

mod out;

use super::page::{self, PageQuery};
use super::parts::ListOut;
use super::respond::{Answer, json, located, no_content, ok};
use crate::app::auth::SessionKind;
use crate::web::extract::{Authn, IdInPath, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use out::{CurrentSessionOut, SessionOut, SignedInOut};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on sessions.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_sessions)
        .service(sign_in)
        .service(refresh)
        .service(show_session)
        .service(sign_out)
        .service(end_session);
}

/// Address and password.
#[derive(Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = Credentials)]
pub struct SignInIn {
    /// The e-mail address.
    #[schema(required, max_length = 254)]
    email: String,
    /// The password.
    #[schema(required, format = Password, max_length = 1_000)]
    password: String,
}

/// A refresh token.
#[derive(Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RefreshToken)]
pub struct RefreshIn {
    /// The refresh token got last; it can be used once.
    #[schema(required, max_length = 1_000)]
    refresh_token: String,
}

/// Sign in
///
/// Gives a short-lived access token, to be sent as `Authorization: Bearer`, and a refresh token for the next
/// one. After repeated failures the address is locked for a while (429).
#[utoipa::path(
    tag = "sessions",
    security(()),
    request_body = SignInIn,
    responses((status = 201, description = "The tokens", body = SignedInOut))
)]
#[post("/sessions")]
pub async fn sign_in(body: Json<SignInIn>, request: HttpRequest, state: Data<WebState>) -> Answer {
    let SignInIn { email, password } = body.value;
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let signed_in = state.app.sign_in(&email, &password, SessionKind::Api, agent.unwrap_or_default()).await?;
    let directory = state.app.directory().await?;
    located(json(StatusCode::CREATED, &SignedInOut::new(&signed_in, &directory)), "/sessions/current")
}

/// Get new tokens
///
/// Exchanges a refresh token for a new pair. A refresh token that is used twice ends its session, since
/// somebody else may have it.
#[utoipa::path(
    tag = "sessions",
    security(()),
    request_body = RefreshIn,
    responses((status = 200, description = "The tokens", body = SignedInOut))
)]
#[post("/sessions/refresh")]
pub async fn refresh(body: Json<RefreshIn>, state: Data<WebState>) -> Answer {
    let signed_in = state.app.refresh(&body.value.refresh_token).await?;
    let directory = state.app.directory().await?;
    ok(&SignedInOut::new(&signed_in, &directory))
}

/// List one's own sessions
///
/// Of the API and of the web, last used first.
#[utoipa::path(
    tag = "sessions",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<SessionOut>))
)]
#[get("/sessions")]
pub async fn list_sessions(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let sessions = state.app.sessions(&authn.cx).await?;
    ok(&page::of_held(&query.0, sessions.iter(), |session| &session.id, SessionOut::from)?)
}

/// Show who is signed in
///
/// The account that the access token belongs to, with its roles and organisations.
#[utoipa::path(
    tag = "sessions",
    responses((status = 200, description = "The account", body = CurrentSessionOut))
)]
#[get("/sessions/current")]
pub async fn show_session(authn: Authn, state: Data<WebState>) -> Answer {
    let account = state.app.account(&authn.cx).await?;
    let directory = state.app.directory().await?;
    ok(&CurrentSessionOut::new(&account, &directory))
}

/// Sign out
///
/// Ends the session that the access token belongs to, at once.
#[utoipa::path(tag = "sessions", responses((status = 204, description = "It has ended")))]
#[delete("/sessions/current")]
pub async fn sign_out(authn: Authn, state: Data<WebState>) -> Result<HttpResponse, Problem> {
    state.app.sign_out(&authn.cx).await?;
    Ok(no_content())
}

/// End one of one's own sessions
///
/// A lost telephone, a borrowed computer: whoever uses that session is signed out at once.
#[utoipa::path(tag = "sessions", responses((status = 204, description = "It has ended")))]
#[delete("/sessions/{id}")]
pub async fn end_session(authn: Authn, id: IdInPath, state: Data<WebState>) -> Result<HttpResponse, Problem> {
    state.app.end_session(&authn.cx, &id.0).await?;
    Ok(no_content())
}
