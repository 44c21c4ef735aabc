//! Enums that travel as text: the same lower-camel word in the database, in JSON and in forms.

/// A closed set of values, each with one stable text.
pub trait TextCodec: Copy + std::fmt::Debug + Send + Sync + 'static {
    /// The stable text, lower camel case.
    fn as_text(&self) -> &'static str;

    /// The value of a text; `None` for a text that isn't one of the set.
    fn from_text(text: &str) -> Option<Self>
    where
        Self: Sized;
}

/// Declares an enum with `as_text`, `from_text`, `ALL`, `Display`, serde by the text, and
/// [`TextCodec`](crate::domain::codec::TextCodec). Stored text is wire text: changing one is a migration.
///
/// ```
/// arende::text_enum! {
///     /// How a ticket came in.
///     pub enum Channel {
///         /// Somebody called.
///         Phone = "phone",
///         /// A machine reported itself.
///         Alarm = "alarm",
///     }
/// }
/// assert_eq!(Channel::Phone.as_text(), "phone");
/// assert_eq!(Channel::from_text("alarm"), Some(Channel::Alarm));
/// assert_eq!(Channel::ALL.len(), 2);
/// ```
#[macro_export]
macro_rules! text_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name {
            $( $(#[$variant_meta])* $variant ),+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The stable text, as stored and as sent.
            #[must_use]
            pub const fn as_text(&self) -> &'static str {
                match self {
                    $( Self::$variant => $text ),+
                }
            }

            /// The value of a text; `None` for any other text.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text {
                    $( $text => Some(Self::$variant), )+
                    _ => None,
                }
            }
        }

        impl $crate::domain::codec::TextCodec for $name {
            fn as_text(&self) -> &'static str {
                Self::as_text(self)
            }

            fn from_text(text: &str) -> Option<Self> {
                Self::from_text(text)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_text())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_text())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_text(&text)
                    .ok_or_else(|| ::serde::de::Error::unknown_variant(&text, &[ $( $text ),+ ]))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    text_enum! {
        /// A colour.
        pub enum Colour {
            /// Like grass.
            Green = "green",
            /// Like the sky.
            SkyBlue = "skyBlue",
        }
    }

    #[test]
    fn every_value_survives_text_and_json() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_text(colour.as_text()), Some(*colour));
            let json = serde_json::to_string(colour).unwrap();
            assert_eq!(serde_json::from_str::<Colour>(&json).unwrap(), *colour);
        }
        assert_eq!(serde_json::to_string(&Colour::SkyBlue).unwrap(), "\"skyBlue\"");
    }

    #[test]
    fn other_texts_are_refused() {
        assert_eq!(Colour::from_text("SkyBlue"), None);
        let error = serde_json::from_str::<Colour>("\"red\"").unwrap_err();
        assert!(error.to_string().contains("skyBlue"), "{error}");
    }
}
