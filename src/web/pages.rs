//! Pages that portal, workspace and administration share: signing in, forms, conflicts, errors.

use askama::Template;

use super::form::{Control, Field, Form, FormState};
use super::page::{Link, Page, Theme};
use super::routes;
use crate::i18n::Texts;

/// Signing in.
#[derive(Debug, Template)]
#[template(path = "pages/login.html", config = "src/web/askama.toml")]
pub struct LoginPage {
    /// The surroundings.
    pub page: Page,
    /// E-mail and password.
    pub form: Form,
}

/// The form for signing in; `next` is where to go on, a path of ours.
#[must_use]
pub fn login_form(t: &Texts, state: &FormState, next: &str) -> Form {
    Form::new("login", routes::LOGIN, t.t("login-button")).fields(vec![
        Field::hidden("next", next),
        Field::typed(state, "email", t.t("field-email"), "email").autocomplete("username").max(254),
        Field::password(state, "password", t.t("field-password"), "current-password"),
    ])
}

/// Shown instead of the login while nobody can sign in.
#[derive(Debug, Template)]
#[template(path = "pages/first_run.html", config = "src/web/askama.toml")]
pub struct FirstRunPage {
    /// The surroundings.
    pub page: Page,
}

/// A page that is one form, in the portal.
#[derive(Debug, Template)]
#[template(path = "pages/portal_form.html", config = "src/web/askama.toml")]
pub struct PortalFormPage {
    /// The surroundings.
    pub page: Page,
    /// A sentence before the form.
    pub lead: Option<String>,
    /// The form.
    pub form: Form,
    /// A sentence below the button: what happens next.
    pub after: Option<String>,
}

/// A page that is one form, in the workspace.
#[derive(Debug, Template)]
#[template(path = "pages/workspace_form.html", config = "src/web/askama.toml")]
pub struct WorkspaceFormPage {
    /// The surroundings.
    pub page: Page,
    /// A sentence before the form.
    pub lead: Option<String>,
    /// The form.
    pub form: Form,
}

/// The accessibility statement.
#[derive(Debug, Template)]
#[template(path = "pages/accessibility.html", config = "src/web/askama.toml")]
pub struct AccessibilityPage {
    /// The surroundings.
    pub page: Page,
}

/// Both changed the same field: which value holds?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The name the field is sent under.
    pub name: String,
    /// The field's label.
    pub label: String,
    /// What is sent for the own value, and how it reads.
    pub yours: (String, String),
    /// What is sent for the stored value, and how it reads.
    pub now: (String, String),
}

/// Someone changed the ticket in the meantime (409).
#[derive(Debug, Template)]
#[template(path = "pages/conflict.html", config = "src/web/askama.toml")]
pub struct ConflictPage {
    /// The surroundings.
    pub page: Page,
    /// "Sara ändrade ärendet kl. 14.02 medan du skrev. …"
    pub lead: String,
    /// Fields that both changed, one choice each.
    pub conflicts: Vec<Conflict>,
    /// Everything else that was sent, with the version that is now stored.
    pub form: Form,
}

/// What went wrong, of those that get a page of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Doesn't exist, or may not be seen (404 and 403 look alike).
    NotFound,
    /// The state of things forbids it (409).
    Conflict,
    /// Too much was sent (413).
    TooLarge,
    /// The page was open too long or didn't come from us (CSRF).
    Expired,
    /// The request can't be understood (400, 422 outside a form).
    Malformed,
    /// Too many attempts (429).
    TooMany {
        /// How long to wait.
        seconds: i64,
    },
    /// Our fault (500).
    Internal,
    /// Not able at the moment (503).
    Unavailable,
}

/// A page that says what went wrong and what to do.
#[derive(Debug, Template)]
#[template(path = "pages/error.html", config = "src/web/askama.toml")]
pub struct ErrorPage {
    /// The surroundings.
    pub page: Page,
    /// What happened, in a sentence or two.
    pub text: String,
    /// To read aloud on the phone.
    pub error_id: Option<String>,
}

impl ErrorPage {
    /// The page for a failure. `page.title` is set from it.
    #[must_use]
    pub fn new(mut page: Page, failure: &Failure, error_id: Option<String>) -> Self {
        let t = page.texts;
        let phone = page.desk.phone.as_str();
        let (title, text) = match failure {
            Failure::NotFound => (t.t("failure-not-found-title"), t.t("failure-not-found").to_owned()),
            Failure::Conflict => (t.t("failure-conflict-title"), t.t("failure-conflict").to_owned()),
            Failure::TooLarge => (t.t("failure-too-large-title"), t.t("failure-too-large").to_owned()),
            Failure::Expired => (t.t("failure-expired-title"), t.t("failure-expired").to_owned()),
            Failure::Malformed => (t.t("failure-malformed-title"), t.t("failure-malformed").to_owned()),
            Failure::TooMany { seconds } => {
                (t.t("failure-too-many-title"), t.t1("failure-too-many", "seconds", seconds))
            }
            Failure::Internal => (t.t("failure-internal-title"), t.t1("failure-internal", "phone", phone)),
            Failure::Unavailable => {
                (t.t("failure-unavailable-title"), t.t1("failure-unavailable", "phone", phone))
            }
        };
        let back = Link::new(routes::START, t.t("back-to-start"));
        page.title = title.to_owned();
        page.back = Some(back);
        Self { page, text, error_id }
    }
}
