//! Enums that have a text: the same in the database, in JSON and as message key.

/// An enum whose variants are stored and sent as text.
pub trait TextCodec: Sized + Copy + 'static {
    /// Every variant, in the order of declaration.
    const ALL: &'static [Self];

    /// The variant's text, lowerCamel.
    fn as_text(self) -> &'static str;

    /// The variant with this text.
    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.as_text() == text)
    }
}

/// Declares an enum with its texts and implements [`TextCodec`] and `Display` for it.
macro_rules! text_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name {
            $($(#[$vdoc])* $variant,)*
        }

        impl $crate::domain::codec::TextCodec for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn as_text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::domain::codec::TextCodec::as_text(*self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::domain::codec::TextCodec::as_text(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                $crate::domain::codec::TextCodec::from_text(&text)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&text, &[$($text),*]))
            }
        }
    };
}
pub(crate) use text_enum;
