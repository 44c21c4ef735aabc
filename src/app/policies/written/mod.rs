//! Documents as people and programs write them: with codes instead of keys, everything as text until it
//! has been checked. What is read out has the same form as what is written in.

mod agreement;
mod calendar;
mod matrix;
mod priority_list;
mod rules;

pub use agreement::{AgreementWritten, ConditionsWritten, PromiseWritten, TargetWritten};
pub(super) use calendar::tomorrow;
pub use matrix::{AssignmentWritten, BilingualWritten, MatrixWritten, NamedWritten, PartyWritten};
pub use priority_list::{EntryWritten, PriorityListWritten};
pub(super) use rules::read as read_rules;
pub use rules::{EffectsWritten, PriorityRangeWritten, RuleConditionsWritten, RuleWritten, RulesWritten};

use super::stored::Stored;
use crate::app::{AppError, FieldErrors};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;

/// A kind of document.
pub trait Written: Sized + Clone + Send + Sync + 'static {
    /// Which kind.
    #[doc(hidden)]
    const KIND: PolicyKind;

    /// The document that is stored like this.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it can't be read.
    #[doc(hidden)]
    fn of_stored(json: &str, stored: &Stored) -> Result<Self, AppError>;

    /// The document as it is to be stored, when it may hold from then on as a version of the document of
    /// that code. What is wrong is noted.
    #[doc(hidden)]
    fn checked(
        &self,
        code: &str,
        valid_from: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError>;
}

/// Reads what is stored.
fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|error| AppError::internal("reading a stored policy", error))
}

/// Writes what is to be stored.
fn as_json(spec: &impl serde::Serialize) -> Result<String, AppError> {
    serde_json::to_string(spec).map_err(|error| AppError::internal("writing a policy", error))
}

/// A code that something is named by; nothing when it is empty.
fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
