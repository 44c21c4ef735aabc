use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

/// Key → the placeables of its message, of one language.
fn messages(sources: &[&'static str]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for entry in sources.iter().flat_map(|source| entries(source)) {
        let placeables = entry
            .source
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
            .collect();
        assert!(messages.insert(entry.key, placeables).is_none(), "{} stands twice", entry.key);
    }
    messages
}

/// Every Rust and template file of the crate, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The literal keys of calls such as `t.t("key")`, `page.t1("key", …)`, `tr(locale, "key", …)`.
fn called_keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in [".t(\"", ".t1(\"", ".t2(\"", ".tr(\"", "tr(locale, \""] {
        for rest in text.split(call).skip(1) {
            keys.extend(rest.split_once('"').map(|(key, _)| key.to_owned()));
        }
    }
    keys
}

#[test]
fn fluent_files_are_well_formed() {
    for source in SV.into_iter().chain(EN) {
        if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
            panic!("{errors:?} in {}", source.lines().next().unwrap_or_default());
        }
    }
}

#[test]
fn every_language_has_the_same_keys_and_placeables() {
    let (swedish, english) = (messages(&SV), messages(&EN));
    for (key, placeables) in &swedish {
        assert_eq!(english.get(key), Some(placeables), "English {key}");
    }
    for key in english.keys() {
        assert!(swedish.contains_key(key), "{key} is English only");
    }
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let known = messages(&SV);
    let mut missing = Vec::new();
    // This file shows the calls in its words.
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.ends_with("texts/tests.rs")) {
        for key in called_keys(&text) {
            if !known.contains_key(key.as_str()) {
                missing.push(format!("{}: {key}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no such text:\n{}", missing.join("\n"));
}

#[test]
fn every_text_is_used() {
    let sources = sources();
    let unused: Vec<&str> = messages(&SV)
        .into_keys()
        .filter(|key| {
            let quoted = format!("\"{key}\"");
            !sources.iter().any(|(_, text)| text.contains(&quoted))
        })
        .collect();
    assert!(unused.is_empty(), "nobody uses: {}", unused.join(", "));
}

#[test]
fn numbers_choose_the_plural_and_are_grouped() {
    let sv = texts(Locale::Sv);
    assert_eq!(sv.t1("error-summary", "count", 1_i64), "Rätta 1 fel och försök igen");
    assert_eq!(sv.t1("queue-count", "count", 4_812_usize), "4\u{a0}812 ärenden");
    assert_eq!(texts(Locale::En).t1("queue-count", "count", 1_i64), "1 ticket");
}

#[test]
fn placeables_carry_no_isolation_marks() {
    let text = texts(Locale::Sv).t1("receipt-title", "number", "INC-1039");
    assert_eq!(text, "Vi har tagit emot ditt ärende INC-1039.");
}
