//! The architecture test: who may import whom (`docs/ARCHITECTURE.md`), which layer may know which
//! library, how long a file gets, and that no check is silenced.
//!
//! It reads the source as tokens, not as Rust: enough to see every path, whether in a `use` tree,
//! in the middle of an expression or reached by `super::`, and blind to comments and strings.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a top-level module may import of ours. A path such as `jobs::engine` allows just that part.
/// `*` stands for everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("telemetry", &[]),
    ("i18n", &["domain"]),
    ("config", &["domain"]),
    ("db", &["domain"]),
    ("files", &["domain"]),
    ("app", &["domain", "db", "files"]),
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
    ("utoipa", &["web"]),
    ("utoipa_actix_web", &["web"]),
    ("clap", &["cli", "main"]),
    ("figment", &["config"]),
    ("std::env", &["config", "cli", "bootstrap", "main"]),
];

/// All that the domain may use besides itself: it does no I/O and reads no clock.
const DOMAIN_MAY_USE: &[&str] = &["jiff", "serde", "thiserror"];
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
    let packages = dependency_names(&fs::read_to_string(root().join("Cargo.toml")).unwrap());
    let violations: Vec<Violation> = rust_files("src")
        .iter()
        .flat_map(|(name, source)| import_violations(name, source, &packages))
        .collect();
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

fn import_violations(file: &str, source: &str, packages: &BTreeSet<String>) -> Vec<Violation> {
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
            "crate" | "arende" => ours(layer, allowed, &path),
            _ => theirs(layer, &text, head, packages),
        };
        if let Some(rule) = rule {
            found.push(Violation { file: file.to_owned(), line, rule: format!("{text}: {rule}") });
        }
    }
    found
}

/// What is wrong with a path into our own crate.
fn ours(layer: &str, allowed: &[&str], path: &[String]) -> Option<String> {
    let inner = path.get(1..).unwrap_or_default();
    let target = inner.first()?;
    let inner = inner.join("::");
    if target == layer || allowed.iter().any(|prefix| *prefix == "*" || is_within(&inner, prefix)) {
        return None;
    }
    let may = if allowed.is_empty() { "nothing of ours".to_owned() } else { allowed.join(", ") };
    Some(format!("{layer} may import {may}"))
}

/// What is wrong with a path into a library.
fn theirs(layer: &str, text: &str, head: &str, packages: &BTreeSet<String>) -> Option<String> {
    if let Some((name, layers)) = CONFINED.iter().find(|(name, _)| is_within(text, name))
        && !layers.contains(&layer)
    {
        return Some(format!("only {} may use {name}", layers.join(", ")));
    }
    if layer == "domain" {
        if packages.contains(head) && !DOMAIN_MAY_USE.contains(&head) {
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

// ---- reading Rust --------------------------------------------------------------------------------

#[derive(Debug, PartialEq, Eq)]
struct Import {
    line: usize,
    path: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

/// Every path in the source that has at least two parts, use trees spread out, `super` and `self`
/// resolved against the module.
fn imports(source: &str, module: &[String]) -> Vec<Import> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The modules written with braces in this file, and the depth of braces at which each began.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let is = |offset: usize, text: &str| tokens.get(at + offset).is_some_and(|token| token.text == text);
        match token.text.as_str() {
            "mod" if is(2, "{") => {
                inner.push((tokens[at + 1].text.clone(), depth));
                depth += 1;
                at += 3;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.pop_if(|(_, began)| *began == depth);
            }
            text if is_identifier(text) => {
                // `use diesel;` and `extern crate diesel;` have one part only.
                let lone = at > 0 && matches!(tokens[at - 1].text.as_str(), "use" | "crate") && is(1, ";");
                if is(1, "::") || lone {
                    let here: Vec<String> =
                        module.iter().cloned().chain(inner.iter().map(|(name, _)| name.clone())).collect();
                    at = read_tree(&tokens, at, &[], &here, &mut found);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads one use tree or path from `at`; adds what it names and gives back where it ends.
fn read_tree(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    module: &[String],
    found: &mut Vec<Import>,
) -> usize {
    let mut path = before.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    let text = |at: usize| tokens.get(at).map(|token| token.text.as_str()).unwrap_or_default();
    loop {
        if text(at) == "{" {
            at += 1;
            while !matches!(text(at), "}" | "") {
                let end = read_tree(tokens, at, &path, module, found);
                // Commas, and whatever else is no part of a path, are stepped over.
                at = if end == at { at + 1 } else { end };
            }
            return at + 1;
        }
        if !is_identifier(text(at)) && text(at) != "*" {
            break;
        }
        path.push(text(at).to_owned());
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    if path.len() > before.len() {
        found.push(Import { line, path: resolved(path, module) });
    }
    // The new name in `use path as name` is no path.
    if text(at) == "as" { at + 2 } else { at }
}

/// The path with leading `self` and `super` written out from the root of the crate.
fn resolved(path: Vec<String>, module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super" || *part == "self").count();
    if ups == 0 {
        return path;
    }
    let supers = path.iter().take(ups).filter(|part| *part == "super").count();
    let kept = module.len().saturating_sub(supers);
    std::iter::once("crate".to_owned())
        .chain(module.iter().take(kept).cloned())
        .chain(path.into_iter().skip(ups))
        .collect()
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The source cut into identifiers, `::` and single signs; comments and literals left out.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let length = match rest {
            ['/', '/', ..] => rest.iter().take_while(|sign| **sign != '\n').count(),
            ['/', '*', ..] => block_comment(rest),
            ['"', ..] | ['b' | 'c', '"', ..] => quoted(rest),
            ['r', '"' | '#', ..] | ['b' | 'c', 'r', '"' | '#', ..] if raw_string(rest).is_some() => {
                raw_string(rest).unwrap()
            }
            ['\'', '\\', ..] => 2 + rest.iter().skip(3).take_while(|sign| **sign != '\'').count() + 2,
            ['\'', _, '\'', ..] => 3,
            [sign, ..] if sign.is_alphanumeric() || *sign == '_' => {
                let length = rest.iter().take_while(|sign| sign.is_alphanumeric() || **sign == '_').count();
                found.push(Token { line, text: rest[..length].iter().collect() });
                length
            }
            [':', ':', ..] => {
                found.push(Token { line, text: "::".to_owned() });
                2
            }
            [sign, ..] => {
                if !sign.is_whitespace() {
                    found.push(Token { line, text: sign.to_string() });
                }
                1
            }
            [] => break,
        };
        let end = (at + length).min(chars.len());
        line += chars[at..end].iter().filter(|sign| **sign == '\n').count();
        at = end;
    }
    found
}

/// Length of a block comment; they nest.
fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Length of a string with escapes, its prefix included.
fn quoted(rest: &[char]) -> usize {
    let mut at = rest.iter().position(|sign| *sign == '"').unwrap_or_default() + 1;
    while let Some(sign) = rest.get(at) {
        match sign {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Length of a raw string, or `None` when it is a raw identifier.
fn raw_string(rest: &[char]) -> Option<usize> {
    let start = rest.iter().position(|sign| *sign == 'r')? + 1;
    let hashes = rest.get(start..)?.iter().take_while(|sign| **sign == '#').count();
    if rest.get(start + hashes) != Some(&'"') {
        return None;
    }
    let body = start + hashes + 1;
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let length = rest.get(body..)?.windows(end.len()).position(|window| window == end)?;
    Some(body + length + end.len())
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
            inside = line.contains("dependencies");
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

mod tests;
