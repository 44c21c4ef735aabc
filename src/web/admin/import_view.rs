//! What an import says, in the reader's language.

use crate::domain::import::RowErrorCode;
use crate::i18n::Texts;

/// What is wrong with a row; the column stands before it.
#[must_use]
pub fn fault(t: &Texts, code: RowErrorCode, found: &str) -> String {
    let with = |key: &'static str| t.t1(key, "found", found);
    match code {
        RowErrorCode::Required => t.t("import-fault-required").to_owned(),
        RowErrorCode::RequiredWhenResolved => t.t("import-fault-required-when-resolved").to_owned(),
        RowErrorCode::NotAChoice => with("import-fault-not-a-choice"),
        RowErrorCode::NotAnInstant => with("import-fault-not-an-instant"),
        RowErrorCode::InFuture => with("import-fault-in-future"),
        RowErrorCode::TooEarly => with("import-fault-too-early"),
        RowErrorCode::BeforeOpened => with("import-fault-before-opened"),
        RowErrorCode::BeforeResolved => with("import-fault-before-resolved"),
        RowErrorCode::ClosedNotResolved => t.t("import-fault-closed-not-resolved").to_owned(),
        RowErrorCode::NotAnAddress => with("import-fault-not-an-address"),
        RowErrorCode::TooLong => with("import-fault-too-long"),
        RowErrorCode::ControlCharacter => with("import-fault-control-character"),
        RowErrorCode::Duplicate => with("import-fault-duplicate"),
        RowErrorCode::NotUtf8 => t.t("import-fault-not-utf8").to_owned(),
        RowErrorCode::FieldCount => with("import-fault-field-count"),
        RowErrorCode::NotJson => with("import-fault-not-json"),
        RowErrorCode::WrongType => t.t("import-fault-wrong-type").to_owned(),
        RowErrorCode::UnknownColumn => with("import-fault-unknown-column"),
        RowErrorCode::RepeatedColumn => t.t("import-fault-repeated-column").to_owned(),
        RowErrorCode::TooLarge => with("import-fault-too-large"),
    }
}
