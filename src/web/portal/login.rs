//! Signing in and out.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::app::AppError;
use crate::app::auth::{SessionKind, SignedIn as Begun};
use crate::domain::access::{Permission, may_somewhere};
use crate::web::form::{Field, FormState};
use crate::web::page::{Banner, BannerKind, Page, Section};
use crate::web::pages::{FirstRunPage, LoginPage, login_form};
use crate::web::routes;
use crate::web::site::{
    Done, Flash, Kept, OpenForm, ProtectedForm, SiteError, Visitor, end_session, html, html_with, kept_page,
    local_path, see_other, see_other_saying, set_session,
};

/// What is noted of the program that signs in.
const USER_AGENT_CHARS: usize = 200;

#[derive(Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

/// The form; before anybody can sign in, how to make the first account.
pub(super) async fn show(visitor: Visitor, query: web::Query<Next>) -> Result<HttpResponse, SiteError> {
    let next = query.next.as_deref().and_then(local_path).unwrap_or(routes::START);
    if visitor.signed().is_some() {
        return Ok(see_other(landing(&visitor, next)));
    }
    let t = visitor.texts();
    if !visitor.app().has_accounts().await? {
        return html(&FirstRunPage { page: visitor.page(t.t("first-run-title"), Section::None) });
    }
    let form = login_form(t, &FormState::default(), next);
    html(&LoginPage { page: visitor.page(t.t("login-title"), Section::None), form })
}

/// Begins a session, always a new one.
pub(super) async fn sign_in(request: HttpRequest, form: OpenForm) -> Result<HttpResponse, SiteError> {
    let OpenForm { visitor, state, is_proven } = form;
    let next = local_path(state.value("next")).unwrap_or(routes::START);
    let t = visitor.texts();
    if visitor.signed().is_some() {
        return Ok(see_other(landing(&visitor, next)));
    }
    if !is_proven {
        let banner = Banner::new(BannerKind::Warning, t.t("login-again"));
        return refused(&visitor, &state, next, StatusCode::FORBIDDEN, Some(banner));
    }
    let (email, password) = (state.value("email"), state.value("password"));
    let mut state = state.clone();
    for (field, value, text) in [
        ("email", email, t.t("error-required-email")),
        ("password", password, t.t("error-required-password")),
    ] {
        if value.trim().is_empty() {
            state.refuse(field, text);
        }
    }
    if !state.is_accepted() {
        return refused(&visitor, &state, next, StatusCode::UNPROCESSABLE_ENTITY, None);
    }
    let user_agent: String = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .map_or_else(String::new, |text| text.chars().take(USER_AGENT_CHARS).collect());
    let begun = match visitor.app().sign_in(email, password, SessionKind::Web, &user_agent).await {
        Ok(begun) => begun,
        Err(AppError::WrongCredentials) => {
            state.refuse("password", t.t("login-wrong"));
            return refused(&visitor, &state, next, StatusCode::UNPROCESSABLE_ENTITY, None);
        }
        Err(AppError::LockedOut { seconds }) => {
            let banner = Banner::new(BannerKind::Warning, t.t1("failure-too-many", "seconds", seconds));
            return refused(&visitor, &state, next, StatusCode::TOO_MANY_REQUESTS, Some(banner));
        }
        Err(error) => return Err(error.into()),
    };
    welcome(&visitor, &begun, &state, next)
}

/// The way on, or what was typed before the session before ended.
fn welcome(
    visitor: &Visitor,
    begun: &Begun,
    state: &FormState,
    next: &str,
) -> Result<HttpResponse, SiteError> {
    let visitor = visitor.after_sign_in(begun)?;
    let mut answer = match Kept::parse(state.value("kept")) {
        Some(kept) => kept_page(visitor.page("", Section::None), kept)?,
        None => see_other(landing(&visitor, next)),
    };
    set_session(&mut answer, visitor.settings(), begun, visitor.app().now());
    Ok(answer)
}

/// Staff begin in the workspace unless they were on their way elsewhere.
fn landing<'n>(visitor: &Visitor, next: &'n str) -> &'n str {
    let works = visitor.signed().is_some_and(|signed| may_somewhere(&signed.actor, Permission::QueueView));
    if next == routes::START && works { routes::WORKSPACE } else { next }
}

fn refused(
    visitor: &Visitor,
    state: &FormState,
    next: &str,
    status: StatusCode,
    banner: Option<Banner>,
) -> Result<HttpResponse, SiteError> {
    let mut form = login_form(visitor.texts(), state, next);
    if !state.value("kept").is_empty() {
        form.fields.push(Field::hidden("kept", state.value("kept")));
    }
    let page = visitor.page(visitor.texts().t("login-title"), Section::None);
    let page = Page { has_errors: true, banner, path: routes::LOGIN.to_owned(), ..page };
    html_with(status, &LoginPage { page, form })
}

/// Ends the session.
pub(super) async fn sign_out(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.app().sign_out(&form.who.cx()).await?;
    let mut answer = see_other_saying(routes::LOGIN, &Flash::Done(Done::SignedOut));
    end_session(&mut answer, form.who.settings());
    Ok(answer)
}
