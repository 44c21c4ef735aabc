//! The cookies: session, visit (before signing in), language, and what was just done.
//!
//! Over https they carry the prefix `__Host-`, which keeps other hosts of the same domain from setting
//! them. None is readable by scripts.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::{HttpRequest, HttpResponse};

use crate::app::auth::SignedIn;
use crate::domain::clock::{Instant, MICROS_PER_SECOND};
use crate::domain::locale::Locale;
use crate::web::state::SiteSettings;

const SESSION: &str = "arende";
const SECURE_SESSION: &str = "__Host-arende";
const VISIT: &str = "arende-visit";
const SECURE_VISIT: &str = "__Host-arende-visit";
const LANGUAGE: &str = "language";
pub(super) const FLASH: &str = "arende-done";

const LANGUAGE_DAYS: i64 = 365;
const FLASH_SECONDS: i64 = 60;

const fn session_name(settings: &SiteSettings) -> &'static str {
    if settings.https { SECURE_SESSION } else { SESSION }
}

const fn visit_name(settings: &SiteSettings) -> &'static str {
    if settings.https { SECURE_VISIT } else { VISIT }
}

fn ours(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).finish()
}

/// The session's token, as sent.
pub(super) fn session(request: &HttpRequest, settings: &SiteSettings) -> Option<String> {
    value(request, session_name(settings))
}

/// The token of a visit that hasn't signed in, as sent.
pub(super) fn visit(request: &HttpRequest, settings: &SiteSettings) -> Option<String> {
    value(request, visit_name(settings))
}

/// The language chosen without an account.
pub(super) fn language(request: &HttpRequest) -> Option<Locale> {
    request.cookie(LANGUAGE).and_then(|cookie| Locale::from_tag(cookie.value()))
}

fn value(request: &HttpRequest, name: &str) -> Option<String> {
    request.cookie(name).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}

pub(super) fn new_visit(settings: &SiteSettings, token: &str) -> Cookie<'static> {
    let mut cookie = ours(visit_name(settings), token.to_owned());
    cookie.set_secure(settings.https);
    cookie
}

pub(super) fn new_flash(value: String) -> Cookie<'static> {
    let mut cookie = ours(FLASH, value);
    cookie.set_max_age(Duration::seconds(FLASH_SECONDS));
    cookie
}

pub(super) fn no_flash() -> Cookie<'static> {
    let mut cookie = ours(FLASH, String::new());
    cookie.make_removal();
    cookie
}

/// Adds a cookie to an answer.
pub(super) fn put(answer: &mut HttpResponse, cookie: &Cookie<'static>) {
    // Fails only for names and values that no header can hold; ours are ASCII without separators.
    let _ = answer.add_cookie(cookie);
}

/// Keeps the session that has just begun.
pub fn set_session(answer: &mut HttpResponse, settings: &SiteSettings, signed_in: &SignedIn, now: Instant) {
    let mut cookie = ours(session_name(settings), signed_in.token.clone());
    cookie.set_secure(settings.https);
    cookie.set_max_age(Duration::seconds(signed_in.expires_at.micros_since(now) / MICROS_PER_SECOND));
    put(answer, &cookie);
}

/// Forgets the session.
pub fn end_session(answer: &mut HttpResponse, settings: &SiteSettings) {
    let mut cookie = ours(session_name(settings), String::new());
    cookie.set_secure(settings.https);
    cookie.make_removal();
    put(answer, &cookie);
}

/// Keeps the language for visits without an account.
pub fn set_language(answer: &mut HttpResponse, settings: &SiteSettings, locale: Locale) {
    let mut cookie = ours(LANGUAGE, locale.as_tag().to_owned());
    cookie.set_secure(settings.https);
    cookie.set_max_age(Duration::days(LANGUAGE_DAYS));
    put(answer, &cookie);
}
