//! What is wrong with a form, in the reader's words, at the field it is about.

use actix_web::http::StatusCode;

use super::{ProtectedForm, SiteError};
use crate::app::{AppError, FieldError, FieldProblem};
use crate::i18n::Texts;
use crate::i18n::format;
use crate::web::fault::fault_sentence;
use crate::web::form::{Form, FormState};
use crate::web::page::{Banner, BannerKind, Page};

/// What a form that was refused shows.
#[derive(Debug)]
pub struct Refusal {
    /// What was typed, and what is wrong with it.
    pub state: FormState,
    /// What is wrong with the whole.
    pub banner: Option<Banner>,
    /// The status to answer with.
    pub status: StatusCode,
}

impl Refusal {
    /// What a form shows with fields that the page itself refused.
    #[must_use]
    pub const fn of(state: FormState) -> Self {
        Self { state, banner: None, status: StatusCode::UNPROCESSABLE_ENTITY }
    }
}

impl ProtectedForm {
    /// What the form shows when a use case refused it. `names` says what the page calls a field that the
    /// use case calls otherwise.
    ///
    /// # Errors
    /// Errors that no form can show.
    pub fn refusal(&self, error: AppError, names: &[(&str, &'static str)]) -> Result<Refusal, SiteError> {
        let t = self.who.texts();
        let mut state = self.state.clone();
        if !self.files.is_empty() {
            state.refuse("files", t.t("error-files-again"));
        }
        match error {
            AppError::Invalid(errors) => {
                for error in &errors {
                    let field = error.field.as_ref();
                    let name =
                        names.iter().find(|(theirs, _)| *theirs == field).map_or(field, |(_, ours)| ours);
                    state.refuse(name, error_text(t, name, error));
                }
                Ok(Refusal { state, banner: None, status: StatusCode::UNPROCESSABLE_ENTITY })
            }
            AppError::Refused { .. }
            | AppError::Exists
            | AppError::MailSettled { .. }
            | AppError::KeyReused => {
                let banner = Banner::new(BannerKind::Danger, refusal_text(t, error.code()));
                Ok(Refusal { state, banner: Some(banner), status: StatusCode::CONFLICT })
            }
            other => Err(other.into()),
        }
    }

    /// What the form shows when the page itself refuses it, for example because of a file.
    #[must_use]
    pub fn refused_here(&self) -> Refusal {
        Refusal { state: self.state.clone(), banner: None, status: StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// Lets a page begin by saying that forms on it were refused. What is wrong with no field on the page
/// stands in a banner, so that nothing is refused in silence.
pub fn show_errors<'f>(page: &mut Page, refusal: &Refusal, forms: impl IntoIterator<Item = &'f Form>) {
    page.has_errors = true;
    if page.banner.is_none() || refusal.banner.is_some() {
        page.banner.clone_from(&refusal.banner);
    }
    let fields: Vec<&str> =
        forms.into_iter().flat_map(Form::controls).map(|field| field.name.as_str()).collect();
    let homeless: Vec<String> = refusal
        .state
        .errors()
        .filter(|(name, _)| !fields.contains(name))
        .map(|(_, error)| error.to_owned())
        .collect();
    let Some((first, more)) = homeless.split_first() else { return };
    match &mut page.banner {
        Some(banner) => banner.details.extend(homeless),
        None => {
            let banner = Banner::new(BannerKind::Danger, first.clone());
            page.banner = Some(Banner { details: more.to_vec(), ..banner });
        }
    }
}

/// Why a file isn't taken.
pub(super) fn file_text(t: &Texts, error: &AppError) -> String {
    match error {
        AppError::TooLarge { max_bytes } => {
            t.t1("error-file-too-large", "size", format::file_size(t.locale(), *max_bytes))
        }
        _ => t.t("error-file-type").to_owned(),
    }
}

/// What is wrong with a field that a use case refused. `field` is its name on the page.
#[must_use]
pub fn error_text(t: &Texts, field: &str, error: &FieldError) -> String {
    let FieldError { field: _, problem, limit, fault } = error;
    fault.as_ref().map_or_else(|| field_text(t, field, *problem, *limit), |fault| fault_sentence(t, fault))
}

/// What is wrong with a field. `field` is its name on the page.
#[must_use]
pub fn field_text(t: &Texts, field: &str, problem: FieldProblem, limit: Option<usize>) -> String {
    let limit = limit.unwrap_or_default();
    let text = match problem {
        FieldProblem::Required => required(t, field),
        FieldProblem::TooLong => return t.t1("error-too-long", "limit", limit),
        FieldProblem::TooShort => return t.t1("error-too-short", "limit", limit),
        FieldProblem::ControlCharacter => t.t("error-control-character"),
        FieldProblem::Malformed => malformed(t, field),
        FieldProblem::Unknown => match field {
            "target" => t.t("error-unknown-ticket"),
            "person" | "requester" => t.t("error-unknown-person"),
            _ => t.t("error-unknown"),
        },
        FieldProblem::OutOfRange => match field {
            "ticket" | "tickets" => t.t("error-too-many-tickets"),
            "affected" | "able" => required(t, field),
            _ => t.t("error-out-of-range"),
        },
        FieldProblem::Taken => match field {
            "email" => t.t("error-taken-email"),
            _ => t.t("error-taken"),
        },
        FieldProblem::NotAllowed => match field {
            "person" => t.t("error-person-without-group"),
            "visibility" => t.t("mail-public-needs-sender"),
            "group" | "toGroup" => t.t("error-group-elsewhere"),
            _ => t.t("error-not-allowed"),
        },
        FieldProblem::Passed => t.t("error-passed"),
        FieldProblem::Guessable => t.t("error-guessable"),
        FieldProblem::Wrong => t.t("error-wrong-password"),
    };
    text.to_owned()
}

fn required<'t>(t: &'t Texts, field: &str) -> &'t str {
    match field {
        "what" | "subject" => t.t("error-required-subject"),
        "description" => t.t("error-required-description"),
        "body" => t.t("error-required-body"),
        "reason" => t.t("error-required-reason"),
        "solution" => t.t("error-required-solution"),
        "email" => t.t("error-required-email"),
        "name" => t.t("error-required-name"),
        "password" | "current" | "new" => t.t("error-required-password"),
        "affected" => t.t("error-required-affected"),
        "able" => t.t("error-required-able"),
        "organisation" => t.t("error-required-organisation"),
        "group" | "toGroup" => t.t("error-required-group"),
        "person" => t.t("error-required-person"),
        "for" => t.t("error-required-for"),
        "until" | "from" | "to" => t.t("error-required-date"),
        "kind" => t.t("error-required-kind"),
        "target" => t.t("error-required-target"),
        "files" | "file" => t.t("error-required-file"),
        "ticket" | "tickets" => t.t("error-required-tickets"),
        _ => t.t("error-required"),
    }
}

fn malformed<'t>(t: &'t Texts, field: &str) -> &'t str {
    match field {
        "email" => t.t("error-malformed-email"),
        "phone" => t.t("error-malformed-phone"),
        "code" => t.t("error-malformed-code"),
        "until" | "from" | "to" => t.t("error-malformed-date"),
        "q" => t.t("error-malformed-search"),
        _ => t.t("error-malformed"),
    }
}

/// Why something couldn't be done to a ticket, by the error's code.
#[must_use]
pub fn refusal_text<'t>(t: &'t Texts, code: &str) -> &'t str {
    match code {
        "notFound" | "forbidden" => t.t("refused-not-found"),
        "wrongStatus" => t.t("refused-wrong-status"),
        "settled" => t.t("refused-settled"),
        "sameGroup" => t.t("refused-same-group"),
        "needsEscalation" => t.t("refused-needs-escalation"),
        "needsReturn" => t.t("refused-needs-return"),
        "linkToItself" => t.t("refused-link-to-itself"),
        "nothingToReview" => t.t("refused-nothing-to-review"),
        "notExternal" => t.t("refused-not-external"),
        "stale" => t.t("refused-stale"),
        "exists" => t.t("refused-exists"),
        "mailSettled" => t.t("refused-mail-settled"),
        "keyReused" => t.t("refused-sent-before"),
        "invalid" => t.t("refused-invalid"),
        _ => t.t("refused-not-now"),
    }
}
