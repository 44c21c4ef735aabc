//! `config/default.toml` is both the defaults and the reference: it explains every setting that the
//! program accepts, and the program accepts every setting that it explains.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use arende::config::{Config, DEFAULTS};

/// `section.key` of every value in a TOML text.
fn keys(text: &str) -> BTreeSet<String> {
    fn walk(prefix: &str, table: &toml::Table, found: &mut BTreeSet<String>) {
        for (key, value) in table {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => walk(&name, inner, found),
                _ => {
                    found.insert(name);
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk("", &text.parse().unwrap(), &mut found);
    found
}

fn load(text: &str) -> Result<Config, arende::config::ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("settings.toml");
    fs::write(&file, text).unwrap();
    Config::load(&[file])
}

#[test]
fn documented_settings_are_the_accepted_ones() {
    let documented = keys(DEFAULTS);
    let accepted = keys(&load("").unwrap().shown().unwrap());
    assert_eq!(documented, accepted, "left config/default.toml, right the program");
}

#[test]
fn every_setting_is_explained_right_above_it() {
    let mut line_before = "";
    for line in DEFAULTS.lines() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(line_before.starts_with('#'), "nothing explains {line}");
        }
        line_before = line;
    }
}

#[test]
fn a_misspelt_setting_is_refused_by_name_in_every_section() {
    let sections: BTreeSet<String> =
        keys(DEFAULTS).iter().filter_map(|key| Some(key.split_once('.')?.0.to_owned())).collect();
    assert!(sections.len() > 5, "{sections:?}");
    for section in sections {
        let error = load(&format!("[{section}]\nmisspelt_by_hand = 1\n")).unwrap_err().to_string();
        assert!(error.contains("misspelt_by_hand"), "{section}: {error}");
    }
    let error = load("misspelt_by_hand = 1\n").unwrap_err().to_string();
    assert!(error.contains("misspelt_by_hand"), "{error}");
}
