//! Every library in the build has a licence that a Swedish public body can ship under EUPL-1.2.

use serde_json::Value;
use std::io::Write;
use std::process::Command;

/// Licences whose terms we can meet. No copyleft beyond the file (MPL-2.0), nothing without a text.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_may_be_shipped_or_says_aloud_that_it_could_not_be_checked() {
    let Some(packages) = packages() else {
        writeln!(std::io::stderr(), "LEFT OUT: the licences of the dependencies, since cargo is not here")
            .unwrap();
        return;
    };
    assert!(packages.len() > 50, "cargo metadata named {} packages only", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let name = package["name"].as_str().unwrap();
            let version = package["version"].as_str().unwrap();
            match package["license"].as_str() {
                None => Some(format!("{name} {version}: no licence expression")),
                Some(expression) => match is_allowed(expression) {
                    Ok(true) => None,
                    Ok(false) => Some(format!("{name} {version}: {expression}")),
                    Err(reason) => Some(format!("{name} {version}: {expression}: {reason}")),
                },
            }
        })
        .collect();
    assert!(refused.is_empty(), "not on the list in tests/it/licences.rs:\n{}\n", refused.join("\n"));
}

#[test]
fn an_expression_is_read_as_spdx_defines_it() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0-only",
        "MIT/GPL-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-2.0-only AND MIT OR ISC",
    ] {
        assert_eq!(is_allowed(good), Ok(true), "{good}");
    }
    for bad in [
        "GPL-3.0-or-later",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND SSPL-1.0",
        "MIT WITH Some-exception",
        "GPL-2.0-only OR MIT AND AGPL-3.0-only",
    ] {
        assert_eq!(is_allowed(bad), Ok(false), "{bad}");
    }
    for broken in ["", "MIT OR", "(MIT", "MIT Apache-2.0"] {
        assert!(is_allowed(broken).is_err(), "{broken:?}");
    }
}

/// What cargo knows of every package that is built for this machine; `None` when cargo is not here.
fn packages() -> Option<Vec<Value>> {
    // Without the platform, cargo asks for crates of other systems, which a fresh machine never fetched.
    let version = Command::new("rustc").arg("-vV").output().ok()?;
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .ok()?;
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    Some(metadata["packages"].as_array().unwrap().clone())
}

/// Whether one of the choices that an SPDX expression offers is wholly on the list.
fn is_allowed(expression: &str) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (result, rest) = either(&words)?;
    if rest.is_empty() { Ok(result) } else { Err(format!("what does {:?} mean?", rest.join(" "))) }
}

/// `a OR b`
fn either<'a>(words: &'a [&'a str]) -> Result<(bool, &'a [&'a str]), String> {
    let (mut result, mut rest) = both(words)?;
    while let ["OR", after @ ..] = rest {
        let (right, after) = both(after)?;
        (result, rest) = (result || right, after);
    }
    Ok((result, rest))
}

/// `a AND b`, which binds tighter than OR
fn both<'a>(words: &'a [&'a str]) -> Result<(bool, &'a [&'a str]), String> {
    let (mut result, mut rest) = one(words)?;
    while let ["AND", after @ ..] = rest {
        let (right, after) = one(after)?;
        (result, rest) = (result && right, after);
    }
    Ok((result, rest))
}

/// A licence, one with an exception, or brackets
fn one<'a>(words: &'a [&'a str]) -> Result<(bool, &'a [&'a str]), String> {
    match words {
        ["(", inner @ ..] => match either(inner)? {
            (result, [")", rest @ ..]) => Ok((result, rest)),
            _ => Err("a bracket is not closed".to_owned()),
        },
        [licence, "WITH", exception, rest @ ..] => {
            Ok((ALLOWED.contains(&format!("{licence} WITH {exception}").as_str()), rest))
        }
        [licence, rest @ ..] if !["AND", "OR", "WITH", ")"].contains(licence) => {
            Ok((ALLOWED.contains(licence), rest))
        }
        _ => Err("a licence is missing".to_owned()),
    }
}
