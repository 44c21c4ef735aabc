//! What somebody typed before the session ended. It is never sent by itself: after signing in it is
//! shown, and sent by a press.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::{SiteError, Visitor, answer, local_path, page_before};
use crate::app::AppError;
use crate::web::form::{Field, FormState};
use crate::web::page::{Banner, BannerKind, Page, Section, Theme};
use crate::web::pages::{LoginPage, login_form};
use crate::web::routes;

/// Never kept: they are typed anew.
const SECRET_FIELDS: [&str; 4] = ["password", "current", "new", "csrf"];
/// Sent along but nothing that was typed.
const SILENT_FIELDS: [&str; 6] = ["idempotency_key", "version", "visibility", "action", "then", "next"];

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Where it was sent.
    pub path: String,
    /// What was typed and ticked.
    pub fields: Vec<(String, String)>,
    /// Whether files came along, which must be chosen again.
    pub had_files: bool,
}

impl Kept {
    pub(super) fn new(path: &str, mut fields: Vec<(String, String)>, had_files: bool) -> Self {
        fields.retain(|(name, _)| !SECRET_FIELDS.contains(&name.as_str()));
        Self { path: path.to_owned(), fields, had_files }
    }

    /// Reads what the login carried along.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let kept: Self = serde_json::from_str(text).ok()?;
        local_path(&kept.path)?;
        Some(kept)
    }

    fn typed(&self) -> Vec<&str> {
        let silent = |name: &str| SILENT_FIELDS.contains(&name) || name.starts_with("was-");
        let typed = self.fields.iter().filter(|(name, value)| !silent(name) && !value.is_empty());
        typed.map(|(_, value)| value.as_str()).collect()
    }
}

/// What was typed, to be sent by a press.
#[derive(Debug, Template)]
#[template(path = "pages/kept.html", config = "src/web/askama.toml")]
pub struct KeptPage {
    page: Page,
    kept: Kept,
}

/// The page that shows what was typed and sends it again. `csrf` belongs to the session that has begun.
///
/// # Errors
/// [`SiteError`] when the template fails.
pub fn kept_page(mut page: Page, kept: Kept) -> Result<HttpResponse, SiteError> {
    page.title = page.t("kept-title").to_owned();
    answer::html(&KeptPage { page, kept })
}

/// The answer to a form whose session has ended or changed: the login, or a page to send it again from.
/// A button that nothing was typed for just leads to the login, and from there back to its page.
pub(super) fn refused(request: &HttpRequest, visitor: &Visitor, kept: &Kept) -> SiteError {
    if visitor.signed().is_none() && kept.typed().is_empty() {
        let next = page_before(request).unwrap_or_else(|| routes::START.to_owned());
        return SiteError::SeeOther(routes::with_query(routes::LOGIN, &[("next", &next)]));
    }
    match draw(visitor, kept) {
        Ok(html) => SiteError::Page { status: StatusCode::FORBIDDEN, html },
        Err(error) => error.into(),
    }
}

fn draw(visitor: &Visitor, kept: &Kept) -> Result<String, AppError> {
    let failed = |error| AppError::internal("rendering a page", error);
    let t = visitor.texts();
    if visitor.signed().is_some() {
        let page = visitor.page(t.t("kept-title"), Section::None);
        return KeptPage { page, kept: kept.clone() }.render().map_err(failed);
    }
    let mut page = visitor.page(t.t("login-title"), Section::None);
    page.banner = Some(Banner::new(BannerKind::Warning, t.t("kept-signed-out")));
    page.path = routes::LOGIN.to_owned();
    let mut form = login_form(t, &FormState::default(), routes::START);
    let text = serde_json::to_string(kept).map_err(|error| AppError::internal("keeping a form", error))?;
    form.fields.push(Field::hidden("kept", text));
    LoginPage { page, form }.render().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_kept_and_secrets_are_not() {
        let fields = [("csrf", "x"), ("password", "x"), ("version", "3"), ("body", "Hej!")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let kept = Kept::new("/tickets/INC-1/messages", fields, false);
        assert_eq!(kept.typed(), ["Hej!"]);
        assert_eq!(kept.fields.len(), 2);
        assert_eq!(Kept::parse(&serde_json::to_string(&kept).unwrap()), Some(kept.clone()));
        let foreign = Kept { path: "//example.org".to_owned(), ..kept };
        assert_eq!(Kept::parse(&serde_json::to_string(&foreign).unwrap()), None);
    }
}
