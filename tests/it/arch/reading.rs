//! Rust as the architecture test reads it: as tokens, blind to comments and literals. Enough to see
//! every path, and no parser to keep up with the language.

/// A path in the source, from its first part on.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    pub line: usize,
    pub path: Vec<String>,
}

/// An identifier, `::` or a single sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub text: String,
}

/// Every path in the source that has at least two parts, use trees spread out, `super` and `self`
/// resolved against the module.
pub fn imports(source: &str, module: &[String]) -> Vec<Import> {
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
pub fn tokens(source: &str) -> Vec<Token> {
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
