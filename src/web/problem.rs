//! Answers of the API when something is wrong: `application/problem+json` (RFC 9457).
//!
//! A handler gives a [`Problem`]; `middleware::observe` writes it in the caller's language, since an
//! error by itself doesn't know whose request it belongs to.

mod texts;

use super::fault::fault_sentence;
use crate::app::mail::TextFaultCode;
use crate::app::policies::PolicyFault;
use crate::app::{AppError, FieldError, FieldProblem};
use crate::domain::locale::Locale;
use crate::domain::ticket::Action;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use std::fmt;

/// The media type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request wasn't carried out.
#[derive(Debug)]
pub enum Problem {
    /// A use case refused or failed.
    App(AppError),
    /// The request itself is wrong, before any use case saw it.
    Request(RequestFault),
}

/// What is wrong with a request as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestFault {
    /// The body isn't JSON; where, counted from 1.
    Json {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Body or address isn't UTF-8.
    Utf8,
    /// Fields that don't exist, have the wrong type, or stand twice.
    Fields(Vec<(String, FieldFault)>),
    /// The body is of another type than the operation takes.
    ContentType(&'static str),
    /// The body is larger than the operation takes.
    TooLarge {
        /// The most, in bytes.
        max_bytes: u64,
    },
    /// A header doesn't have its form.
    Header(&'static str),
    /// The form with the file can't be read.
    File,
    /// Anything else that can't be understood.
    Malformed,
    /// It didn't arrive in time.
    Timeout,
    /// No such address.
    Unknown,
    /// The address has other methods.
    Method {
        /// Which, as the header `Allow` lists them.
        allow: String,
    },
}

/// What is wrong with a field as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldFault {
    /// There is no such field.
    NoSuchField,
    /// The value has the wrong type.
    WrongType,
    /// It stands more than once.
    Repeated,
}

impl FieldFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchField => "unknown",
            Self::WrongType => "wrongType",
            Self::Repeated => "repeated",
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<RequestFault> for Problem {
    fn from(fault: RequestFault) -> Self {
        Self::Request(fault)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Problem {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::App(error) => error.code(),
            Self::Request(fault) => match fault {
                RequestFault::Json { .. } => "malformedJson",
                RequestFault::Utf8 => "invalidUtf8",
                RequestFault::Fields(_) => "invalid",
                RequestFault::ContentType(_) => "contentType",
                RequestFault::TooLarge { .. } => "tooLarge",
                RequestFault::Header(_) => "malformedHeader",
                RequestFault::File => "malformedFile",
                RequestFault::Malformed => "malformedRequest",
                RequestFault::Timeout => "timeout",
                RequestFault::Unknown => "notFound",
                RequestFault::Method { .. } => "methodNotAllowed",
            },
        }
    }

    /// The status it is answered with.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::App(error) => match error {
                AppError::Invalid(_) | AppError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
                AppError::NotFound => StatusCode::NOT_FOUND,
                AppError::Forbidden => StatusCode::FORBIDDEN,
                AppError::Unauthenticated | AppError::WrongCredentials => StatusCode::UNAUTHORIZED,
                AppError::LockedOut { .. } => StatusCode::TOO_MANY_REQUESTS,
                AppError::Refused { .. } | AppError::Exists | AppError::MailSettled { .. } => {
                    StatusCode::CONFLICT
                }
                AppError::Stale { .. } => StatusCode::PRECONDITION_FAILED,
                AppError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                AppError::FileType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
                AppError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Request(fault) => match fault {
                RequestFault::Json { .. }
                | RequestFault::Utf8
                | RequestFault::Header(_)
                | RequestFault::File
                | RequestFault::Malformed => StatusCode::BAD_REQUEST,
                RequestFault::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
                RequestFault::ContentType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                RequestFault::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                RequestFault::Timeout => StatusCode::REQUEST_TIMEOUT,
                RequestFault::Unknown => StatusCode::NOT_FOUND,
                RequestFault::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            },
        }
    }

    /// The problem as JSON in a language. `instance` is the address asked for.
    #[must_use]
    pub fn to_json(&self, locale: Locale, instance: &str, request_id: &str) -> Vec<u8> {
        serde_json::to_vec(&self.body(locale, instance, request_id)).unwrap_or_default()
    }

    /// The problem as part of another answer.
    #[must_use]
    pub fn body<'a>(&self, locale: Locale, instance: &'a str, request_id: &'a str) -> ProblemOut<'a> {
        let code = self.code();
        let (title, detail) = texts::title_and_detail(self, locale);
        ProblemOut {
            kind: format!("/api/docs#{code}"),
            title,
            status: self.status().as_u16(),
            detail,
            instance,
            code,
            request_id,
            errors: self.field_errors(locale),
            allowed_actions: match self {
                Self::App(AppError::Refused { allowed, .. }) => {
                    Some(allowed.iter().map(Action::as_text).collect())
                }
                Self::App(AppError::MailSettled { allowed }) => Some(allowed.clone()),
                _ => None,
            },
            version: match self {
                Self::App(AppError::Stale { version }) => Some(*version),
                _ => None,
            },
        }
    }

    /// Puts the headers that belong to the problem.
    pub fn put_headers(&self, headers: &mut HeaderMap) {
        let seconds = match self {
            Self::App(AppError::LockedOut { seconds }) => Some((*seconds).max(1)),
            Self::App(AppError::Unavailable(_)) => Some(1),
            _ => None,
        };
        if let Some(seconds) = seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        match self {
            Self::App(AppError::Unauthenticated | AppError::WrongCredentials) => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Request(RequestFault::Method { allow }) => {
                if let Ok(allow) = HeaderValue::from_str(allow) {
                    headers.insert(header::ALLOW, allow);
                }
            }
            _ => {}
        }
    }

    fn field_errors(&self, locale: Locale) -> Vec<FieldErrorOut> {
        match self {
            Self::App(AppError::Invalid(errors)) => errors
                .iter()
                .map(|error| {
                    let FieldError { field, problem, limit, fault } = error;
                    FieldErrorOut {
                        field: field.clone().into_owned(),
                        code: error.code(),
                        detail: fault.as_ref().map_or_else(
                            || texts::field_problem(locale, *problem, *limit),
                            |fault| fault_sentence(crate::i18n::texts(locale), fault),
                        ),
                        limit: *limit,
                    }
                })
                .collect(),
            Self::Request(RequestFault::Fields(faults)) => faults
                .iter()
                .map(|(field, fault)| FieldErrorOut {
                    field: field.clone(),
                    code: fault.code(),
                    detail: texts::field_fault(locale, *fault),
                    limit: None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// In the reference language and without the address; `middleware::observe` writes it anew.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status()).content_type(PROBLEM_JSON).body(self.to_json(
            Locale::default(),
            "",
            "",
        ));
        self.put_headers(answer.headers_mut());
        answer
    }
}

/// A problem as it is sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
#[serde(rename_all = "camelCase")]
pub struct ProblemOut<'a> {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: String,
    /// The kind of problem, in the caller's language.
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// This case, in the caller's language.
    detail: String,
    /// The address that was asked for.
    #[schema(format = "uri-reference")]
    instance: &'a str,
    /// The kind of problem, for programs.
    code: &'static str,
    /// What to tell support: the trace id of `traceparent`.
    request_id: &'a str,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldErrorOut>,
    /// With 409 on a ticket or a mail: what the caller may do to it as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<super::api::words::AllowedActionWord>>, nullable = false)]
    allowed_actions: Option<Vec<&'static str>>,
    /// With 412: the version it has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    version: Option<i64>,
}

/// A field that is wrong.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = FieldError)]
#[serde(rename_all = "camelCase")]
pub struct FieldErrorOut {
    /// The field.
    field: String,
    /// What is wrong, for programs.
    code: &'static str,
    /// What is wrong, in the caller's language.
    detail: String,
    /// The limit that was passed, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    limit: Option<usize>,
}

/// All codes of problems, so that the documentation lists each.
pub fn all_codes() -> impl Iterator<Item = &'static str> {
    const OF_REQUESTS: &[&str] = &[
        "malformedJson",
        "invalidUtf8",
        "contentType",
        "malformedHeader",
        "malformedFile",
        "malformedRequest",
        "timeout",
        "methodNotAllowed",
    ];
    AppError::CODES.iter().chain(OF_REQUESTS).copied()
}

/// All codes of wrong fields.
pub fn all_field_codes() -> impl Iterator<Item = &'static str> {
    let faults = [FieldFault::WrongType, FieldFault::Repeated].map(FieldFault::code);
    let policies = PolicyFault::ALL.iter().map(PolicyFault::as_text);
    let texts = TextFaultCode::ALL.iter().map(TextFaultCode::as_text);
    FieldProblem::ALL.iter().map(FieldProblem::as_text).chain(faults).chain(policies).chain(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::DecisionError;

    #[test]
    fn a_refusal_names_what_is_allowed_instead() {
        let problem = Problem::App(AppError::Refused {
            error: DecisionError::SameGroup,
            allowed: vec![Action::Take, Action::Resolve],
        });
        let json: serde_json::Value =
            serde_json::from_slice(&problem.to_json(Locale::En, "/api/v1/tickets/INC-1", "abc")).unwrap();
        assert_eq!(json["type"], "/api/docs#sameGroup");
        assert_eq!(json["status"], 409);
        assert_eq!(json["instance"], "/api/v1/tickets/INC-1");
        assert_eq!(json["allowedActions"], serde_json::json!(["take", "resolve"]));
        assert_eq!(json["detail"], "The ticket lies with that group already.");
        assert!(json.get("errors").is_none());
    }

    #[test]
    fn every_wrong_field_is_told_in_both_languages() {
        for problem in FieldProblem::ALL {
            for limit in [None, Some(200)] {
                let [sv, en] = Locale::ALL.map(|locale| texts::field_problem(locale, *problem, limit));
                assert_ne!(sv, en);
                assert!(!sv.contains("{") && sv.ends_with('.'), "{sv}");
            }
        }
    }

    #[test]
    fn what_is_broken_is_not_told() {
        let problem = Problem::App(AppError::internal("database", "password=hunter2"));
        let json = String::from_utf8(problem.to_json(Locale::Sv, "/", "")).unwrap();
        assert!(!json.contains("hunter2") && !json.contains("database"), "{json}");
    }
}
