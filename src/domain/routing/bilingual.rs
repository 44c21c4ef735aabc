//! Texts that administrators write as data, in Swedish and perhaps in English. What requesters read has
//! to be in both, see [`Matrix::problems`](super::Matrix::problems).

use crate::domain::locale::Locale;
use crate::domain::text::{Reason, TextError};
use serde::{Deserialize, Serialize};

/// A text in the reference language and, when somebody has written it, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bilingual {
    /// In Swedish.
    pub sv: String,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Bilingual {
    /// In both languages.
    #[must_use]
    pub fn new(sv: &str, en: &str) -> Self {
        Self { sv: sv.to_owned(), en: Some(en.to_owned()) }
    }

    /// What somebody reads who reads this language: Swedish where there is no English.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> &str {
        match locale {
            Locale::Sv => &self.sv,
            Locale::En => self.en.as_deref().unwrap_or(&self.sv),
        }
    }

    /// Whether both texts can be shown.
    ///
    /// # Errors
    /// [`TextError`] when a text is empty, too long or holds control characters.
    pub fn check(&self) -> Result<(), TextError> {
        std::iter::once(&self.sv).chain(&self.en).try_for_each(|text| Reason::parse(text).map(|_| ()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_falls_back_on_swedish() {
        let both = Bilingual::new("Skolan", "The school");
        assert_eq!((both.in_language(Locale::Sv), both.in_language(Locale::En)), ("Skolan", "The school"));
        let one = Bilingual { sv: "Skolan".to_owned(), en: None };
        assert_eq!(one.in_language(Locale::En), "Skolan");
    }

    #[test]
    fn each_language_is_checked() {
        assert_eq!(Bilingual::new("Skolan", " ").check(), Err(TextError::Empty));
        assert_eq!(Bilingual::new("", "The school").check(), Err(TextError::Empty));
        assert_eq!(Bilingual { sv: "Skolan".to_owned(), en: None }.check(), Ok(()));
    }
}
