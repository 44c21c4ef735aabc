//! The translator: Fluent bundles read once, plain texts formatted beforehand.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::format;
use crate::domain::locale::Locale;

/// The Fluent files of one language, in the order they are read.
macro_rules! sources {
    ($locale:literal) => {
        [
            include_str!(concat!("locales/", $locale, "/common.ftl")),
            include_str!(concat!("locales/", $locale, "/portal.ftl")),
            include_str!(concat!("locales/", $locale, "/workspace.ftl")),
            include_str!(concat!("locales/", $locale, "/admin.ftl")),
            include_str!(concat!("locales/", $locale, "/mailboxes.ftl")),
            include_str!(concat!("locales/", $locale, "/policies.ftl")),
            include_str!(concat!("locales/", $locale, "/agreements.ftl")),
            include_str!(concat!("locales/", $locale, "/mail.ftl")),
            include_str!(concat!("locales/", $locale, "/errors.ftl")),
            include_str!(concat!("locales/", $locale, "/api.ftl")),
        ]
    };
}

const SV: [&str; 10] = sources!("sv");
const EN: [&str; 10] = sources!("en");

static SWEDISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Locale::Sv));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Locale::En));

/// The texts of one language.
#[must_use]
pub fn texts(locale: Locale) -> &'static Texts {
    match locale {
        Locale::Sv => &SWEDISH,
        Locale::En => &ENGLISH,
    }
}

/// One text with arguments. See [`Texts::t`] for texts without any.
#[must_use]
pub fn tr(locale: Locale, key: &'static str, args: &[(&'static str, Arg<'_>)]) -> String {
    texts(locale).tr(key, args)
}

/// What a placeable is filled with: a text, or a number that also chooses the plural form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Put in as it is.
    Text(&'a str),
    /// Written with the language's grouping of digits.
    Number(i64),
}

/// Values that fill placeables. Templates pass references of any depth.
pub trait ToArg {
    /// The value as Fluent takes it.
    fn to_arg(&self) -> Arg<'_>;
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for i64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Number(*self)
    }
}

impl ToArg for usize {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

/// All texts of one language; what it lacks is taken from Swedish.
pub struct Texts {
    locale: Locale,
    plain: HashMap<&'static str, String>,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("locale", &self.locale).finish_non_exhaustive()
    }
}

impl Texts {
    fn read(locale: Locale) -> Self {
        let (langid, sources) = match locale {
            Locale::Sv => (unic_langid::langid!("sv"), &SV),
            Locale::En => (unic_langid::langid!("en"), &EN),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![langid]);
        // The marks U+2068 and U+2069 guard against mixed writing directions, which we don't have;
        // they would show up in copied numbers and in searches.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Sv => |value: &FluentValue<'_>, _: &_| write_number(Locale::Sv, value),
            Locale::En => |value: &FluentValue<'_>, _: &_| write_number(Locale::En, value),
        }));
        let fallback: &[&'static str] = if locale == Locale::Sv { &[] } else { &SV };
        for source in sources {
            bundle.add_resource_overriding(parse(source));
        }
        for source in fallback {
            for entry in entries(source) {
                if bundle.has_message(entry.key) {
                    continue;
                }
                tracing::warn!(text.key = entry.key, "No {} text, using Swedish", locale.as_tag());
                bundle.add_resource_overriding(parse(entry.source));
            }
        }
        let mut plain = HashMap::new();
        for key in sources.iter().chain(fallback).flat_map(|source| entries(source)).map(|entry| entry.key) {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors);
            if errors.is_empty() {
                plain.insert(key, text.into_owned());
            }
        }
        Self { locale, plain, bundle }
    }

    /// The language of these texts.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// A text without arguments. An unknown key is logged and shown as itself.
    #[must_use]
    pub fn t(&self, key: &'static str) -> &str {
        self.plain.get(key).map_or_else(|| missing(key), String::as_str)
    }

    /// A text with one argument.
    #[must_use]
    pub fn t1(&self, key: &'static str, name: &'static str, value: impl ToArg) -> String {
        self.tr(key, &[(name, value.to_arg())])
    }

    /// A text with arguments. A placeable without a value shows its name.
    #[must_use]
    pub fn tr(&self, key: &'static str, args: &[(&'static str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return missing(key).to_owned();
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, *text),
                Arg::Number(number) => values.set(*name, *number),
            }
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        for error in errors {
            tracing::error!(text.key = key, "A text could not be filled in: {error}");
        }
        text
    }
}

fn write_number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        // Arguments are whole numbers (see `Arg`); Fluent carries them as floating point.
        FluentValue::Number(number) => Some(
            number
                .as_string()
                .parse()
                .map_or_else(|_| number.as_string().into_owned(), |whole: i64| format::number(locale, whole)),
        ),
        FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
    }
}

fn parse(source: &'static str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
        tracing::error!("A Fluent file has {} errors: {errors:?}", errors.len());
        resource
    })
}

fn missing(key: &'static str) -> &'static str {
    #[cfg(test)]
    #[expect(clippy::panic, reason = "a missing text fails the test that meets it")]
    {
        panic!("no text {key}");
    }
    #[cfg(not(test))]
    {
        tracing::error!(text.key = key, "No such text");
        key
    }
}

/// One message of a Fluent file and the lines it stands on.
struct Entry {
    key: &'static str,
    source: &'static str,
}

/// The messages of a Fluent file: each begins at the margin with its key and reaches to the next line
/// at the margin.
fn entries(source: &'static str) -> Vec<Entry> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(source.match_indices('\n').map(|(at, _)| at + 1));
    let margin: Vec<usize> = starts
        .into_iter()
        .filter(|at| {
            source
                .get(*at..)
                .is_some_and(|rest| rest.starts_with(|c: char| c == '#' || c.is_ascii_lowercase()))
        })
        .collect();
    let ends = margin.iter().skip(1).copied().chain([source.len()]);
    margin
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let source = source.get(*start..end)?;
            let (key, _) = source.split_once(" =")?;
            key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-').then_some(Entry { key, source })
        })
        .collect()
}

#[cfg(test)]
mod tests;
