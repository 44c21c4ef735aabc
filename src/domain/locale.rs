//! The languages people can choose between.

/// A language of the user interface. Swedish is the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Locale {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
}

impl Locale {
    /// Every language, the reference first.
    pub const ALL: [Self; 2] = [Self::Sv, Self::En];

    /// The BCP 47 tag: `sv`, `en`.
    #[must_use]
    pub const fn as_tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language of one tag, whatever its region: `en-GB` → English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.as_tag()))
    }

    /// The language that an `Accept-Language` header likes best; Swedish when it names none of ours.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(locale) = parts.next().and_then(Self::from_tag) else { continue };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
            // The first of equals wins, as the sender put it first.
            if quality > best.map_or(0.0, |(_, held)| held) {
                best = Some((locale, quality));
            }
        }
        best.map_or_else(Self::default, |(locale, _)| locale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_read_by_quality_and_order() {
        assert_eq!(Locale::from_accept_language("en-GB,en;q=0.9,sv;q=0.8"), Locale::En);
        assert_eq!(Locale::from_accept_language("de, en;q=0.3, sv;q=0.8"), Locale::Sv);
        assert_eq!(Locale::from_accept_language("en, sv"), Locale::En);
        assert_eq!(Locale::from_accept_language("en;q=0"), Locale::Sv);
        assert_eq!(Locale::from_accept_language("en;q=x"), Locale::Sv);
        assert_eq!(Locale::from_accept_language("fi"), Locale::Sv);
        assert_eq!(Locale::from_accept_language(""), Locale::Sv);
    }

    #[test]
    fn tags_go_both_ways() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.as_tag()), Some(locale));
        }
        assert_eq!(Locale::from_tag("sv-FI"), Some(Locale::Sv));
        assert_eq!(Locale::from_tag("svx"), None);
    }
}
