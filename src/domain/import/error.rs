//! What can be wrong with a row: where, what, and the value that was found.

use std::fmt;

use super::row::{Column, RowAt};
use crate::text_enum;

text_enum! {
    /// What is wrong. Pages translate the code, the command line prints [`RowError`].
    pub enum RowErrorCode {
        /// A value must be given.
        Required = "required",
        /// A resolved ticket must say it.
        RequiredWhenResolved = "requiredWhenResolved",
        /// Not one of the values allowed; the detail is the value.
        NotAChoice = "notAChoice",
        /// Not an RFC 3339 date-time; the detail is the value.
        NotAnInstant = "notAnInstant",
        /// Later than now; the detail is the value.
        InFuture = "inFuture",
        /// Before 1970; the detail is the value.
        TooEarly = "tooEarly",
        /// Before the ticket was opened; the detail is the value.
        BeforeOpened = "beforeOpened",
        /// Before the ticket was resolved; the detail is the value.
        BeforeResolved = "beforeResolved",
        /// Closed, but not resolved.
        ClosedNotResolved = "closedNotResolved",
        /// Not an e-mail address; the detail is the value.
        NotAnAddress = "notAnAddress",
        /// Too long; the detail is the number of characters allowed.
        TooLong = "tooLong",
        /// A control character inside; the detail is the value.
        ControlCharacter = "controlCharacter",
        /// The same id stands in an earlier row; the detail is the id.
        Duplicate = "duplicate",
        /// Not UTF-8.
        NotUtf8 = "notUtf8",
        /// More or fewer values than columns; the detail is both numbers.
        FieldCount = "fieldCount",
        /// Not a JSON object; the detail is where and why.
        NotJson = "notJson",
        /// A JSON value that is neither text, number nor null.
        WrongType = "wrongType",
        /// No such column; the detail is its name.
        UnknownColumn = "unknownColumn",
        /// The key stands twice in one object.
        RepeatedColumn = "repeatedColumn",
        /// The row is larger than a row can be; the detail is the number of bytes allowed.
        TooLarge = "tooLarge",
    }
}

/// One thing that is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Where the row stands.
    pub at: RowAt,
    /// The column; `None` when the row as a whole is wrong.
    pub column: Option<Column>,
    /// What is wrong.
    pub code: RowErrorCode,
    /// What the code says it is; shortened and without control characters, so that it can be printed.
    pub detail: String,
}

impl RowError {
    /// Something wrong; `detail` is shortened and made printable.
    #[must_use]
    pub fn new(at: RowAt, column: Option<Column>, code: RowErrorCode, detail: &str) -> Self {
        Self { at, column, code, detail: printable(detail) }
    }
}

/// An English sentence for the command line.
impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, column, code, detail } = self;
        write!(f, "row {} (line {})", at.row, at.line)?;
        if let Some(column) = column {
            write!(f, ", column {column}")?;
        }
        f.write_str(": ")?;
        match code {
            RowErrorCode::Required => f.write_str("is required"),
            RowErrorCode::RequiredWhenResolved => f.write_str("is required when resolvedAt is given"),
            RowErrorCode::NotAChoice => {
                let choices = column.and_then(choices).unwrap_or("the values allowed");
                write!(f, "\"{detail}\" is not one of {choices}")
            }
            RowErrorCode::NotAnInstant => {
                write!(f, "\"{detail}\" is not an RFC 3339 date-time such as 2026-03-01T09:30:00+01:00")
            }
            RowErrorCode::InFuture => write!(f, "{detail} lies in the future"),
            RowErrorCode::TooEarly => write!(f, "{detail} lies before 1970"),
            RowErrorCode::BeforeOpened => write!(f, "{detail} lies before openedAt"),
            RowErrorCode::BeforeResolved => write!(f, "{detail} lies before resolvedAt"),
            RowErrorCode::ClosedNotResolved => f.write_str("is given, but resolvedAt is empty"),
            RowErrorCode::NotAnAddress => write!(f, "\"{detail}\" is not an e-mail address"),
            RowErrorCode::TooLong => write!(f, "is longer than {detail} characters"),
            RowErrorCode::ControlCharacter => write!(f, "\"{detail}\" holds a control character"),
            RowErrorCode::Duplicate => write!(f, "\"{detail}\" stands in an earlier row too"),
            RowErrorCode::NotUtf8 => f.write_str("is not UTF-8; save the file as UTF-8"),
            RowErrorCode::FieldCount => write!(f, "has another number of values than the header ({detail})"),
            RowErrorCode::NotJson => write!(f, "is not a JSON object on one line: {detail}"),
            RowErrorCode::WrongType => f.write_str("is neither text, a number nor null"),
            RowErrorCode::UnknownColumn => write!(f, "\"{detail}\" is no column of a ticket import"),
            RowErrorCode::RepeatedColumn => f.write_str("is given twice"),
            RowErrorCode::TooLarge => write!(
                f,
                "is larger than {detail} bytes; in a CSV a quotation mark may be missing at the end of a value"
            ),
        }
    }
}

/// The values a column allows, as people read them.
fn choices(column: Column) -> Option<&'static str> {
    match column {
        Column::Kind => Some("incident, request, problem, change"),
        Column::Channel => Some("portal, email, phone, alarm, api, other"),
        Column::Impact | Column::Urgency => Some("1 (high), 2, 3 (low)"),
        Column::ResolvedByLine => Some("1, 2, 3, external"),
        _ => None,
    }
}

/// The beginning of a value with control characters written out: it may be anything, and it is going
/// to terminals and logs.
fn printable(text: &str) -> String {
    const MAX: usize = 80;
    let mut out = String::new();
    for c in text.chars().take(MAX) {
        if c.is_control() { out.extend(c.escape_debug()) } else { out.push(c) }
    }
    if text.chars().nth(MAX).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::{Channel, Line, TicketKind};

    #[test]
    fn sentence_names_row_line_and_column() {
        let at = RowAt { row: 3, line: 7 };
        let error = RowError::new(at, Some(Column::Kind), RowErrorCode::NotAChoice, "fel");
        assert_eq!(
            error.to_string(),
            "row 3 (line 7), column kind: \"fel\" is not one of incident, request, problem, change"
        );
    }

    #[test]
    fn choices_told_are_the_choices_there_are() {
        fn listed<T: std::fmt::Display>(choices: &[T]) -> String {
            choices.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
        }
        assert_eq!(choices(Column::Kind), Some(listed(TicketKind::ALL).as_str()));
        assert_eq!(choices(Column::Channel), Some(listed(Channel::ALL).as_str()));
        assert_eq!(choices(Column::ResolvedByLine), Some(listed(Line::ALL).as_str()));
    }

    #[test]
    fn hostile_values_are_printable_and_short() {
        let at = RowAt { row: 1, line: 2 };
        let evil = format!("\u{1b}[2J\n{}", "å".repeat(5_000));
        let error = RowError::new(at, Some(Column::Channel), RowErrorCode::NotAChoice, &evil);
        assert!(!error.to_string().contains(char::is_control));
        assert!(error.detail.starts_with("\\u{1b}[2J\\nå") && error.detail.ends_with("å…"));
        assert!(error.detail.chars().count() < 100);
    }
}
