//! The architecture test: who may import whom (`docs/ARCHITECTURE.md`), which layer may know which
//! library, how long a file gets, and that no check is silenced.
//!
//! `reading` finds the paths, whether in a `use` tree, in the middle of an expression or reached by
//! `super::`.

mod reading;
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use reading::{Import, imports, tokens};

/// What a top-level module may import of ours. A path such as `jobs::engine` allows just that part.
/// `*` stands for everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("telemetry", &["domain"]),
    ("i18n", &["domain"]),
    ("config", &["domain", "telemetry"]),
    ("db", &["domain"]),
    ("files", &["domain"]),
    ("mail", &["domain"]),
    ("app", &["domain", "db", "files", "mail"]),
    ("jobs", &["app", "db", "domain"]),
    ("web", &["app", "domain", "i18n"]),
    ("bootstrap", &["*"]),
    ("cli", &["*"]),
    ("lib", &["*"]),
    ("main", &["cli"]),
];

/// Libraries, and parts of the standard library, that only some layers may name.
const CONFINED: &[(&str, &[&str])] = &[
    ("diesel", &["db"]),
    ("diesel_migrations", &["db"]),
    ("libsqlite3_sys", &["db"]),
    ("pq_sys", &["db"]),
    ("actix_web", &["web"]),
    ("actix_multipart", &["web"]),
    ("askama", &["web"]),
    ("ammonia", &["mail"]),
    ("async_imap", &["mail"]),
    ("lettre", &["mail"]),
    ("mail_parser", &["mail"]),
    ("minijinja", &["mail"]),
    ("reqwest", &["mail"]),
    ("utoipa", &["web"]),
    ("utoipa_actix_web", &["web"]),
    ("tokio_rustls", &["mail"]),
    ("clap", &["cli", "main"]),
    ("figment", &["config"]),
    ("std::env", &["config", "cli", "bootstrap", "main"]),
];

/// All that the domain may use besides itself: it does no I/O and reads no clock.
/// The hashes are arithmetic: the signature in a Message-ID is a rule of the domain.
const DOMAIN_MAY_USE: &[&str] = &["hmac", "jiff", "serde", "serde_json", "sha2", "thiserror"];
const DOMAIN_MAY_NOT_USE_OF_STD: &[&str] =
    &["std::env", "std::fs", "std::net", "std::process", "std::thread", "std::time"];

/// Past this a file is named in the output; past the second the test fails.
const LONG_FILE: usize = 450;
const TOO_LONG_FILE: usize = 700;

#[derive(Debug, PartialEq, Eq)]
struct Violation {
    file: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

#[test]
fn imports_only_point_downwards() {
    let files = rust_files("src");
    let known = Known {
        packages: dependency_names(&fs::read_to_string(root().join("Cargo.toml")).unwrap()),
        macros: files.iter().flat_map(|(name, source)| macros(name, source)).collect(),
    };
    let violations: Vec<Violation> =
        files.iter().flat_map(|(name, source)| import_violations(name, source, &known)).collect();
    assert!(violations.is_empty(), "\n{}\n", lines(&violations));
}

#[test]
fn no_check_is_silenced() {
    let violations: Vec<Violation> = ["src", "tests"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .flat_map(|(name, source)| silenced(&name, &source))
        .collect();
    assert!(violations.is_empty(), "\n{}\n", lines(&violations));
}

#[test]
fn files_stay_short_and_the_longest_says_aloud() {
    let mut too_long = Vec::new();
    for (name, source) in ["src", "tests"].iter().flat_map(|folder| rust_files(folder)) {
        let length = source.lines().count();
        if length > TOO_LONG_FILE {
            too_long.push(format!("{name}: {length} lines"));
        } else if length > LONG_FILE {
            // Written past the test harness, which swallows what a passing test prints.
            writeln!(std::io::stderr(), "long file: {name}, {length} lines - does it tell one story?")
                .unwrap();
        }
    }
    assert!(too_long.is_empty(), "over {TOO_LONG_FILE} lines:\n{}\n", too_long.join("\n"));
}

// ---- rules ---------------------------------------------------------------------------------------

/// What a name may stand for besides a module of ours.
#[derive(Default)]
struct Known {
    /// The dependencies, as they are written in code.
    packages: BTreeSet<String>,
    /// Macros and the layer that declares each; an exported one is named as if it stood in the root.
    macros: BTreeMap<String, String>,
}

fn import_violations(file: &str, source: &str, known: &Known) -> Vec<Violation> {
    let module = module_of(file);
    let layer = module.first().map_or("lib", String::as_str);
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        let rule = format!("the module {layer} is not in the table of layers (tests/it/arch.rs)");
        return vec![Violation { file: file.to_owned(), line: 1, rule }];
    };
    let mut found = Vec::new();
    for Import { line, path } in imports(source, &module) {
        let text = path.join("::");
        let head = path.first().map(String::as_str).unwrap_or_default();
        let rule = match head {
            "crate" | "arende" => ours(layer, allowed, &path, known),
            // What tests read of the environment is their own switch, no setting of the product.
            "std" if is_within(&text, "std::env") && is_test_file(file) => None,
            _ => theirs(layer, &text, head, known),
        };
        if let Some(rule) = rule {
            found.push(Violation { file: file.to_owned(), line, rule: format!("{text}: {rule}") });
        }
    }
    found
}

fn is_test_file(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.ends_with("/testing.rs")
}

/// What is wrong with a path into our own crate.
fn ours(layer: &str, allowed: &[&str], path: &[String], known: &Known) -> Option<String> {
    let inner = path.get(1..).unwrap_or_default();
    let named = inner.first()?;
    let target = known.macros.get(named).filter(|_| inner.len() == 1).unwrap_or(named);
    let inner = if target == named { inner.join("::") } else { target.clone() };
    if target == layer || allowed.iter().any(|prefix| *prefix == "*" || is_within(&inner, prefix)) {
        return None;
    }
    let may = if allowed.is_empty() { "nothing of ours".to_owned() } else { allowed.join(", ") };
    Some(format!("{layer} may import {may}"))
}

/// What is wrong with a path into a library.
fn theirs(layer: &str, text: &str, head: &str, known: &Known) -> Option<String> {
    if let Some((name, layers)) = CONFINED.iter().find(|(name, _)| is_within(text, name))
        && !layers.contains(&layer)
    {
        return Some(format!("only {} may use {name}", layers.join(", ")));
    }
    if layer == "domain" {
        if known.packages.contains(head) && !DOMAIN_MAY_USE.contains(&head) {
            return Some(format!("domain may use {} only", DOMAIN_MAY_USE.join(", ")));
        }
        if DOMAIN_MAY_NOT_USE_OF_STD.iter().any(|name| is_within(text, name)) {
            return Some("domain does no I/O and reads no clock".to_owned());
        }
    }
    None
}

fn is_within(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn silenced(file: &str, source: &str) -> Vec<Violation> {
    let tokens = tokens(source);
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let attribute = texts[..at].ends_with(&["#", "["]) || texts[..at].ends_with(&["#", "!", "["]);
        let rule = match (attribute, token.text.as_str()) {
            (true, "allow") => "say #[expect(…, reason = \"…\")] instead of #[allow(…)]",
            (true, "ignore") => "a test that is not run shows nothing: mend or remove it",
            _ => continue,
        };
        found.push(Violation { file: file.to_owned(), line: token.line, rule: rule.to_owned() });
    }
    found
}

/// The macros that a file declares, each with the file's layer.
fn macros(file: &str, source: &str) -> Vec<(String, String)> {
    let layer = module_of(file).into_iter().next().unwrap_or_default();
    tokens(source)
        .windows(3)
        .filter(|window| window[0].text == "macro_rules" && window[1].text == "!")
        .map(|window| (window[2].text.clone(), layer.clone()))
        .collect()
}

// ---- files ---------------------------------------------------------------------------------------

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `src/web/api/mod.rs` is the module `web::api`; `src/lib.rs` has no name.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    parts.pop_if(|last| last == "mod" || last == "lib");
    parts
}

/// The names of all dependencies as they are written in code.
fn dependency_names(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            // What only tests use is left out.
            inside = line == "[dependencies]";
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    names
}

/// Each Rust file under a folder with its text, named from the root of the repository. `target` and
/// `node_modules` hold none of ours.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                if entry.file_name() != "node_modules" {
                    walk(&path, found);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn lines(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
