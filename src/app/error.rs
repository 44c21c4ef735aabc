//! What can go wrong in a use case, as the layers above tell it to people.

use super::mail::TextFault;
use super::policies::Fault;
use crate::db::{AsDbError, DbError};
use crate::domain::text::TextError;
use crate::domain::ticket::{Action, DecisionError};
use crate::text_enum;
use std::borrow::Cow;

text_enum! {
    /// What is wrong with one field.
    pub enum FieldProblem {
        /// It is empty and must not be.
        Required = "required",
        /// It has too many characters.
        TooLong = "tooLong",
        /// It has too few characters.
        TooShort = "tooShort",
        /// It holds a control character.
        ControlCharacter = "controlCharacter",
        /// It doesn't have the form the field asks for.
        Malformed = "malformed",
        /// No such thing is known.
        Unknown = "unknown",
        /// It is outside the range allowed.
        OutOfRange = "outOfRange",
        /// It is taken by another.
        Taken = "taken",
        /// It may not be chosen by this person or here.
        NotAllowed = "notAllowed",
        /// It lies in the past and must not.
        Passed = "passed",
        /// The password is among the most used ones or holds the person's own name.
        Guessable = "guessable",
        /// It isn't what it was when last given (a wrong current password).
        Wrong = "wrong",
    }
}

/// What is wrong with a field that has a code and a sentence of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnFault {
    /// A policy can't be taken in.
    Policy(Fault),
    /// The text of a mail can't.
    Text(TextFault),
}

impl OwnFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Policy(fault) => fault.code.as_text(),
            Self::Text(fault) => fault.code.as_text(),
        }
    }
}

/// A field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the API, camelCase; within lists and parts its path: `hours[1].opens`.
    pub field: Cow<'static, str>,
    /// What is wrong.
    pub problem: FieldProblem,
    /// The limit that was passed, where there is one.
    pub limit: Option<usize>,
    /// What is wrong, where that has a code and a sentence of its own.
    pub fault: Option<Box<OwnFault>>,
}

impl FieldError {
    /// A field that is wrong, no limit involved.
    #[must_use]
    pub const fn new(field: &'static str, problem: FieldProblem) -> Self {
        Self { field: Cow::Borrowed(field), problem, limit: None, fault: None }
    }

    /// A field that passes a limit.
    #[must_use]
    pub const fn beyond(field: &'static str, problem: FieldProblem, limit: usize) -> Self {
        Self { field: Cow::Borrowed(field), problem, limit: Some(limit), fault: None }
    }

    /// From a refused text.
    #[must_use]
    pub const fn text(field: &'static str, error: TextError) -> Self {
        match error {
            TextError::Empty => Self::new(field, FieldProblem::Required),
            TextError::TooLong { max } => Self::beyond(field, FieldProblem::TooLong, max),
            TextError::TooShort { min } => Self::beyond(field, FieldProblem::TooShort, min),
            TextError::ControlCharacter => Self::new(field, FieldProblem::ControlCharacter),
            TextError::Malformed => Self::new(field, FieldProblem::Malformed),
        }
    }

    /// The same about a field within a list or a part.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        Self { field: Cow::Owned(path.into()), ..self }
    }

    /// A policy that can't be taken in, at this path.
    #[must_use]
    pub fn of_policy(path: impl Into<String>, fault: Fault) -> Self {
        let fault = Some(Box::new(OwnFault::Policy(fault)));
        Self { fault, ..Self::new("", FieldProblem::NotAllowed) }.at(path)
    }

    /// The text of a mail that can't be taken in.
    #[must_use]
    pub fn of_text(field: &'static str, fault: TextFault) -> Self {
        let fault = Some(Box::new(OwnFault::Text(fault)));
        Self { fault, ..Self::new(field, FieldProblem::NotAllowed) }
    }

    /// The stable code of what is wrong.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.as_ref().map_or(self.problem.as_text(), |fault| fault.code())
    }
}

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Fields are wrong; all of them are named.
    #[error("fields are invalid")]
    Invalid(Vec<FieldError>),
    /// It doesn't exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// The actor may see it but not do this.
    #[error("not permitted")]
    Forbidden,
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    Unauthenticated,
    /// Address or password is wrong; which of them isn't told.
    #[error("wrong address or password")]
    WrongCredentials,
    /// Too many failed sign-ins.
    #[error("locked for {seconds} s after too many failures")]
    LockedOut {
        /// Until the next try is listened to.
        seconds: i64,
    },
    /// The state forbids it; what is allowed instead goes along.
    #[error("{error}")]
    Refused {
        /// Why.
        error: DecisionError,
        /// What the actor may do to the ticket now.
        allowed: Vec<Action>,
    },
    /// Somebody changed it after the actor read it.
    #[error("changed by somebody else meanwhile")]
    Stale {
        /// The version it has now.
        version: i64,
    },
    /// It exists already.
    #[error("exists already")]
    Exists,
    /// Somebody else has dealt with the mail, or it isn't in a state from which this can be done.
    #[error("the mail is settled already")]
    MailSettled {
        /// What can be done with it now, as codes.
        allowed: Vec<&'static str>,
    },
    /// The Idempotency-Key has been used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// A file is larger than allowed.
    #[error("larger than {max_bytes} bytes")]
    TooLarge {
        /// The most allowed.
        max_bytes: u64,
    },
    /// A file of a kind that isn't taken.
    #[error("files of type {0} are not taken")]
    FileType(String),
    /// The product can't do it right now; trying again helps.
    #[error("unavailable: {0}")]
    Unavailable(&'static str),
    /// Something is broken; somebody must look.
    #[error("internal: {context}")]
    Internal {
        /// What was being done.
        context: &'static str,
        /// What went wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl AppError {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &'static str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError::new(field, problem)])
    }

    /// Something broken, with what was being done.
    pub fn internal(
        context: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Internal { context, source: source.into() }
    }

    /// Its stable code, for the API and for message texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound => "notFound",
            Self::Forbidden => "forbidden",
            Self::Unauthenticated => "unauthenticated",
            Self::WrongCredentials => "wrongCredentials",
            Self::LockedOut { .. } => "lockedOut",
            Self::Refused { error, .. } => match error {
                DecisionError::WrongStatus { .. } => "wrongStatus",
                DecisionError::Settled { .. } => "settled",
                DecisionError::SameGroup => "sameGroup",
                DecisionError::NeedsEscalation => "needsEscalation",
                DecisionError::NeedsReturn => "needsReturn",
                DecisionError::UntilPassed => "untilPassed",
                DecisionError::UntilMissing => "untilMissing",
                DecisionError::LinkToItself => "linkToItself",
                DecisionError::NothingToReview => "nothingToReview",
                DecisionError::NotExternal => "notExternal",
            },
            Self::Stale { .. } => "stale",
            Self::Exists => "exists",
            Self::MailSettled { .. } => "mailSettled",
            Self::KeyReused => "keyReused",
            Self::TooLarge { .. } => "tooLarge",
            Self::FileType(_) => "fileType",
            Self::Unavailable(_) => "unavailable",
            Self::Internal { .. } => "internal",
        }
    }

    /// Whether it may go away by itself, whatever was asked, see [`DbError::may_pass`].
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unavailable(_)) || self.as_db_error().is_some_and(DbError::may_pass)
    }

    /// All codes, so that a test can see that each has its texts.
    pub const CODES: &'static [&'static str] = &[
        "invalid",
        "notFound",
        "forbidden",
        "unauthenticated",
        "wrongCredentials",
        "lockedOut",
        "wrongStatus",
        "settled",
        "sameGroup",
        "needsEscalation",
        "needsReturn",
        "untilPassed",
        "untilMissing",
        "linkToItself",
        "nothingToReview",
        "notExternal",
        "stale",
        "exists",
        "mailSettled",
        "keyReused",
        "tooLarge",
        "fileType",
        "unavailable",
        "internal",
    ];
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy => Self::Unavailable("the write queue is full"),
            DbError::ReadOnly => Self::Unavailable("the database is read-only"),
            DbError::UniqueViolation { .. } => Self::Exists,
            other => Self::internal("database", other),
        }
    }
}

impl AsDbError for AppError {
    fn as_db_error(&self) -> Option<&DbError> {
        match self {
            Self::Internal { source, .. } => source.downcast_ref(),
            _ => None,
        }
    }
}

/// Collects field errors, so that a form shows them all at once.
#[derive(Debug, Clone, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// The value, or the error noted and nothing.
    pub fn text<T>(&mut self, field: &'static str, parsed: Result<T, TextError>) -> Option<T> {
        parsed.map_err(|error| self.0.push(FieldError::text(field, error))).ok()
    }

    /// Notes that a field is wrong.
    pub fn add(&mut self, field: &'static str, problem: FieldProblem) {
        self.0.push(FieldError::new(field, problem));
    }

    /// Notes that a field within a list or a part is wrong.
    pub fn add_at(&mut self, path: impl Into<String>, problem: FieldProblem) {
        self.0.push(FieldError::new("", problem).at(path));
    }

    /// The value, or the error noted at the path and nothing.
    pub fn text_at<T>(&mut self, path: &str, parsed: Result<T, TextError>) -> Option<T> {
        parsed.map_err(|error| self.0.push(FieldError::text("", error).at(path))).ok()
    }

    /// The value found, or the problem noted at the path and nothing.
    pub fn found_at<T>(&mut self, path: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.add_at(path, FieldProblem::Unknown);
        }
        found
    }

    /// Whether anything was noted of a field.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    /// Whether nothing was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes all that was noted elsewhere.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether anything was noted of a field within this part.
    #[must_use]
    pub fn has_within(&self, part: &str) -> bool {
        self.0.iter().any(|error| error.field.starts_with(part))
    }

    /// Notes an error made elsewhere.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// The value found, or the problem noted and nothing.
    pub fn found<T>(&mut self, field: &'static str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.add(field, FieldProblem::Unknown);
        }
        found
    }

    /// Ends the collecting.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when anything was noted.
    pub fn finish(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::Invalid(self.0)) }
    }
}
