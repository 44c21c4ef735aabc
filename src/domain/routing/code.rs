//! Codes that the responsibility matrix is written in. They are data: a desk may add its own.

use crate::domain::text::TextError;
use std::fmt;

/// The most characters a code holds.
const MAX: usize = 60;

/// Declares code types: 1–60 ASCII letters and digits that begin with a lower-case letter.
macro_rules! define_codes {
    ($($(#[$doc:meta])* $name:ident);* $(;)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks: lower camel case, 1–60 characters.
            ///
            /// # Errors
            /// [`TextError`] when it has another form.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                checked(text).map(Self)
            }

            /// A code of the shipped matrix; a test there checks the form of each.
            pub(super) fn shipped(code: &'static str) -> Self {
                Self(code.to_owned())
            }

            /// The code.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

define_codes! {
    /// What kind of thing is supported: `managedWorkstation`, `pupilComputer`.
    SupportLevelCode;
    /// What is to be done about it: `wifi`, `hardwareClaim`.
    ActivityCode;
    /// Somebody who can be responsible: `it`, `school`, `printerSupplier`.
    PartyCode;
}

fn checked(text: &str) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > MAX {
        return Err(TextError::TooLong { max: MAX });
    }
    let form =
        text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(|c| c.is_ascii_alphanumeric());
    if form { Ok(text.to_owned()) } else { Err(TextError::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_lower_camel_case() {
        assert_eq!(PartyCode::parse(" printerSupplier ").unwrap().as_str(), "printerSupplier");
        assert_eq!(PartyCode::parse(" "), Err(TextError::Empty));
        assert_eq!(PartyCode::parse(&"a".repeat(61)), Err(TextError::TooLong { max: 60 }));
        for bad in ["Skolan", "skolan2-a", "två", "2it", "a b"] {
            assert_eq!(PartyCode::parse(bad), Err(TextError::Malformed), "{bad}");
        }
    }

    #[test]
    fn stored_codes_are_checked_when_read() {
        let code: ActivityCode = serde_json::from_str("\"followMe\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"followMe\"");
        assert!(serde_json::from_str::<ActivityCode>("\"Follow-Me\"").is_err());
    }
}
