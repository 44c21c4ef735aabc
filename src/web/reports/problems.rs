//! What a problem's `type` leads to: every code with its status and what it means.

use crate::app::AppError;
use crate::domain::locale::Locale;
use crate::domain::ticket::{Action, DecisionError, Status};
use crate::web::problem::{Problem, RequestFault};
use crate::web::workspace::api_docs::ProblemDoc;

/// One problem of every code.
fn examples() -> Vec<Problem> {
    let refused = |error| AppError::Refused { error, allowed: Vec::new() };
    let of_app = [
        AppError::Invalid(Vec::new()),
        AppError::NotFound,
        AppError::Forbidden,
        AppError::Unauthenticated,
        AppError::WrongCredentials,
        AppError::LockedOut { seconds: 30 },
        refused(DecisionError::WrongStatus { action: Action::Take, status: Status::Closed }),
        refused(DecisionError::Settled { status: Status::Closed }),
        refused(DecisionError::SameGroup),
        refused(DecisionError::NeedsEscalation),
        refused(DecisionError::NeedsReturn),
        refused(DecisionError::UntilPassed),
        refused(DecisionError::UntilMissing),
        refused(DecisionError::LinkToItself),
        refused(DecisionError::NothingToReview),
        refused(DecisionError::NotExternal),
        AppError::Stale { version: 2 },
        AppError::Exists,
        AppError::MailSettled { allowed: Vec::new() },
        AppError::KeyReused,
        AppError::TooLarge { max_bytes: 20_000_000 },
        AppError::FileType("application/x-executable".to_owned()),
        AppError::Unavailable("busy"),
        AppError::internal("answering", "broken"),
    ];
    let of_requests = [
        RequestFault::Json { line: 1, column: 1 },
        RequestFault::Utf8,
        RequestFault::ContentType("application/json"),
        RequestFault::Header("If-Match"),
        RequestFault::File,
        RequestFault::Malformed,
        RequestFault::Timeout,
        RequestFault::Method { allow: "GET".to_owned() },
    ];
    of_app.into_iter().map(Problem::from).chain(of_requests.into_iter().map(Problem::from)).collect()
}

/// Every code in a language.
pub(super) fn problems(locale: Locale) -> Vec<ProblemDoc> {
    examples()
        .iter()
        .map(|problem| {
            let json = serde_json::to_value(problem.body(locale, "", "")).unwrap_or_default();
            let text =
                |name: &str| json.get(name).and_then(|text| text.as_str()).unwrap_or_default().to_owned();
            ProblemDoc { code: problem.code(), status: problem.status().as_u16(), title: text("title") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::problem::all_codes;

    #[test]
    fn every_code_is_documented_in_both_languages() {
        for locale in Locale::ALL {
            let documented = problems(locale);
            let codes: Vec<&str> = documented.iter().map(|problem| problem.code).collect();
            assert_eq!(codes, all_codes().collect::<Vec<_>>());
            assert!(documented.iter().all(|problem| !problem.title.is_empty()));
        }
    }
}
