//! Texts that have been checked once and are known to be right from then on.

use std::fmt;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("is empty")]
    Empty,
    /// More characters than the field holds.
    #[error("is longer than {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// Fewer characters than the field asks for.
    #[error("is shorter than {min} characters")]
    TooShort {
        /// The fewest characters allowed.
        min: usize,
    },
    /// A control character that no keyboard writes, NUL among them.
    #[error("holds a control character")]
    ControlCharacter,
    /// Not of the form the field asks for.
    #[error("has the wrong form")]
    Malformed,
}

/// Declares a text type: trimmed, not empty, at most so many characters.
macro_rules! define_texts {
    ($($(#[$doc:meta])* $name:ident, max $max:literal, lines $lines:literal);* $(;)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The most characters it holds.
            pub const MAX: usize = $max;

            /// Checks and trims.
            ///
            /// # Errors
            /// [`TextError`] when empty, too long or with control characters.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                checked(text, $max, $lines).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

define_texts! {
    /// A ticket's subject: one line.
    Subject, max 200, lines false;
    /// A ticket's description, a message, a solution or a reason: running text.
    Body, max 20_000, lines true;
    /// Why something was done: a hand-over, a re-opening, a cancellation.
    Reason, max 2_000, lines true;
    /// A person's or thing's name.
    Name, max 200, lines false;
}

fn checked(text: &str, max: usize, lines: bool) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    let forbidden = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'));
    if text.chars().any(forbidden) {
        return Err(TextError::ControlCharacter);
    }
    Ok(if lines { text.replace("\r\n", "\n") } else { text.to_owned() })
}

/// An e-mail address, RFC 5321 mailbox without quotes or comments, as people type them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Checks the form; whether anybody reads it shows when mail is sent.
    ///
    /// # Errors
    /// [`TextError`] when it has no local part, no domain with a dot, white space, or is over 254 characters.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = checked(text, 254, false)?;
        let (local, domain) = text.rsplit_once('@').ok_or(TextError::Malformed)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.contains(|c: char| c.is_whitespace() || matches!(c, '@' | '<' | '>' | ',' | ';' | '"'));
        let domain_ok = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        if local_ok && domain_ok { Ok(Self(text)) } else { Err(TextError::Malformed) }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Lower case, for comparing: two addresses that differ only in case are one person.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stable code of reference data: `servicedesk`, `kumla`, `e-post`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// Checks: 1–60 of lower-case letters, digits and single hyphens inside.
    ///
    /// # Errors
    /// [`TextError`] when it has another form.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = checked(text, 60, false)?;
        let form = text.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if form { Ok(Self(text)) } else { Err(TextError::Malformed) }
    }

    /// Makes a code of a name: `Hallsbergs kommun` → `hallsbergs-kommun`, å and ä → a, ö → o.
    /// A name without a letter or digit gives `x`.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let mut code = String::new();
        for c in name.to_lowercase().chars() {
            let c = match c {
                'å' | 'ä' | 'á' | 'à' => 'a',
                'ö' | 'ø' | 'ó' => 'o',
                'é' | 'è' | 'ë' => 'e',
                'ü' => 'u',
                other => other,
            };
            if c.is_ascii_alphanumeric() {
                code.push(c);
            } else if !code.is_empty() && !code.ends_with('-') {
                code.push('-');
            }
            if code.len() >= 60 {
                break;
            }
        }
        let code = code.trim_end_matches('-');
        Self(if code.is_empty() { "x".to_owned() } else { code.to_owned() })
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subject_is_trimmed_and_bounded() {
        assert_eq!(Subject::parse("  E-posten startar inte ").unwrap().as_str(), "E-posten startar inte");
        assert_eq!(Subject::parse(" \t "), Err(TextError::Empty));
        assert_eq!(Subject::parse(&"å".repeat(201)), Err(TextError::TooLong { max: 200 }));
        assert!(Subject::parse(&"å".repeat(200)).is_ok());
        assert_eq!(Subject::parse("två\nrader"), Err(TextError::ControlCharacter));
    }

    #[test]
    fn body_keeps_lines_and_refuses_nul() {
        assert_eq!(Body::parse("a\r\nb").unwrap().as_str(), "a\nb");
        assert_eq!(Body::parse("a\0b"), Err(TextError::ControlCharacter));
    }

    #[test]
    fn addresses_as_people_write_them() {
        for good in ["anna.ek@example.se", "a+b@sub.example.se", "åsa@exempel.se"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["anna", "@example.se", "anna@", "anna@localhost", "a b@example.se", "a@b@example.se", "a@-x.se"]
        {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn code_from_swedish_name() {
        assert_eq!(Code::from_name("Hallsbergs kommun").as_str(), "hallsbergs-kommun");
        assert_eq!(Code::from_name("Åtvidabergs Bostäder AB").as_str(), "atvidabergs-bostader-ab");
        assert!(Code::parse("hallsbergs-kommun").is_ok());
        assert!(Code::parse("Hallsberg").is_err());
    }
}
