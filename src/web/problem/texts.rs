//! What problems say, in the caller's language.

use super::{FieldFault, Problem, RequestFault};
use crate::app::{AppError, FieldProblem};
use crate::domain::locale::Locale;
use crate::domain::ticket::DecisionError;
use crate::i18n::{Arg, Texts, format, texts};

/// The title of the kind and the sentence of the case.
pub(super) fn title_and_detail(problem: &Problem, locale: Locale) -> (String, String) {
    let t = texts(locale);
    let (title, detail) = match problem {
        Problem::App(error) => of_app(error, t),
        Problem::Request(fault) => of_request(fault, t),
    };
    (title.to_owned(), detail)
}

fn of_app<'t>(error: &AppError, t: &'t Texts) -> (&'t str, String) {
    match error {
        AppError::Invalid(errors) => {
            (t.t("problem-invalid-title"), t.t1("problem-invalid", "count", errors.len()))
        }
        AppError::NotFound => (t.t("problem-not-found-title"), t.t("problem-not-found").to_owned()),
        AppError::Forbidden => (t.t("problem-forbidden-title"), t.t("problem-forbidden").to_owned()),
        AppError::Unauthenticated => {
            (t.t("problem-unauthenticated-title"), t.t("problem-unauthenticated").to_owned())
        }
        AppError::WrongCredentials => {
            (t.t("problem-wrong-credentials-title"), t.t("problem-wrong-credentials").to_owned())
        }
        AppError::LockedOut { seconds } => {
            (t.t("problem-locked-out-title"), t.t1("problem-locked-out", "seconds", *seconds))
        }
        AppError::Refused { error, .. } => (t.t("problem-refused-title"), refusal(error, t).to_owned()),
        AppError::Stale { version } => {
            // As text: a version is a name, not an amount, and gets no spaces between its digits.
            let version = version.to_string();
            (t.t("problem-stale-title"), t.t1("problem-stale", "version", &version))
        }
        AppError::Exists => (t.t("problem-exists-title"), t.t("problem-exists").to_owned()),
        AppError::MailSettled { .. } => {
            (t.t("problem-mail-settled-title"), t.t("problem-mail-settled").to_owned())
        }
        AppError::KeyReused => (t.t("problem-key-reused-title"), t.t("problem-key-reused").to_owned()),
        AppError::TooLarge { max_bytes } => too_large(*max_bytes, t),
        AppError::FileType(found) => {
            (t.t("problem-file-type-title"), t.t1("problem-file-type", "type", found))
        }
        AppError::Unavailable(_) => (t.t("problem-unavailable-title"), t.t("problem-unavailable").to_owned()),
        AppError::Internal { .. } => (t.t("problem-internal-title"), t.t("problem-internal").to_owned()),
    }
}

fn refusal<'t>(error: &DecisionError, t: &'t Texts) -> &'t str {
    match error {
        DecisionError::WrongStatus { .. } => t.t("problem-wrong-status"),
        DecisionError::Settled { .. } => t.t("problem-settled"),
        DecisionError::SameGroup => t.t("problem-same-group"),
        DecisionError::NeedsEscalation => t.t("problem-needs-escalation"),
        DecisionError::NeedsReturn => t.t("problem-needs-return"),
        DecisionError::UntilPassed => t.t("problem-until-passed"),
        DecisionError::UntilMissing => t.t("problem-until-missing"),
        DecisionError::LinkToItself => t.t("problem-link-to-itself"),
        DecisionError::NothingToReview => t.t("problem-nothing-to-review"),
        DecisionError::NotExternal => t.t("problem-not-external"),
    }
}

fn of_request<'t>(fault: &RequestFault, t: &'t Texts) -> (&'t str, String) {
    let malformed = t.t("problem-malformed-title");
    match fault {
        RequestFault::Json { line, column } => {
            let (line, column) = (line.to_string(), column.to_string());
            let args = [("line", Arg::Text(&line)), ("column", Arg::Text(&column))];
            (malformed, t.tr("problem-malformed-json", &args))
        }
        RequestFault::Utf8 => (malformed, t.t("problem-invalid-utf8").to_owned()),
        RequestFault::Header(name) => (malformed, t.t1("problem-malformed-header", "name", *name)),
        RequestFault::File => (malformed, t.t("problem-malformed-file").to_owned()),
        RequestFault::Malformed => (malformed, t.t("problem-malformed-request").to_owned()),
        RequestFault::Fields(faults) => {
            (t.t("problem-invalid-title"), t.t1("problem-invalid", "count", faults.len()))
        }
        RequestFault::ContentType(taken) => {
            (t.t("problem-content-type-title"), t.t1("problem-content-type", "type", *taken))
        }
        RequestFault::TooLarge { max_bytes } => too_large(*max_bytes, t),
        RequestFault::Timeout => (t.t("problem-timeout-title"), t.t("problem-timeout").to_owned()),
        RequestFault::Unknown => (t.t("problem-not-found-title"), t.t("problem-not-found").to_owned()),
        RequestFault::Method { allow } => {
            (t.t("problem-method-title"), t.t1("problem-method", "allow", allow))
        }
    }
}

fn too_large(max_bytes: u64, t: &Texts) -> (&str, String) {
    let size = format::file_size(t.locale(), max_bytes);
    (t.t("problem-too-large-title"), t.t1("problem-too-large", "size", &size))
}

/// What is wrong with a value.
pub(super) fn field_problem(locale: Locale, problem: FieldProblem, limit: Option<usize>) -> String {
    let t = texts(locale);
    match (problem, limit) {
        (FieldProblem::TooLong, Some(limit)) => t.t1("value-too-long", "limit", limit),
        (FieldProblem::TooShort, Some(limit)) => t.t1("value-too-short", "limit", limit),
        (FieldProblem::TooLong | FieldProblem::TooShort | FieldProblem::OutOfRange, _) => {
            t.t("value-out-of-range").to_owned()
        }
        (FieldProblem::Required, _) => t.t("value-required").to_owned(),
        (FieldProblem::ControlCharacter, _) => t.t("value-control-character").to_owned(),
        (FieldProblem::Malformed, _) => t.t("value-malformed").to_owned(),
        (FieldProblem::Unknown, _) => t.t("value-unknown").to_owned(),
        (FieldProblem::Taken, _) => t.t("value-taken").to_owned(),
        (FieldProblem::NotAllowed, _) => t.t("value-not-allowed").to_owned(),
        (FieldProblem::Passed, _) => t.t("value-passed").to_owned(),
        (FieldProblem::Guessable, _) => t.t("value-guessable").to_owned(),
        (FieldProblem::Wrong, _) => t.t("value-wrong").to_owned(),
    }
}

/// What is wrong with a field as such.
pub(super) fn field_fault(locale: Locale, fault: FieldFault) -> String {
    let t = texts(locale);
    match fault {
        FieldFault::NoSuchField => t.t("value-no-such-field"),
        FieldFault::WrongType => t.t("value-wrong-type"),
        FieldFault::Repeated => t.t("value-repeated"),
    }
    .to_owned()
}
