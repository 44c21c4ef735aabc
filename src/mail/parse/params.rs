//! Fields with parameters: Content-Type and Content-Disposition, with RFC 2231 and what programs write instead.

use super::charset;
use super::words;
use std::collections::BTreeMap;

/// `text/plain; charset=utf-8; name="a.txt"`, taken apart.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parameters {
    /// What stands before the first semicolon, in lower case.
    pub(super) value: String,
    parameters: BTreeMap<String, String>,
}

/// Values longer than any honest one are cut.
const LONGEST: usize = 2000;
const MOST: usize = 200;

/// One numbered piece of a long value.
struct Piece<'a> {
    number: u32,
    extended: bool,
    bytes: &'a [u8],
}

impl Parameters {
    /// Without parameters.
    pub(super) fn of(value: &str) -> Self {
        Self { value: value.to_owned(), parameters: BTreeMap::new() }
    }

    pub(super) fn parse(field: &[u8]) -> Self {
        let mut pieces = split_quoted(field).into_iter();
        let first = pieces.next().unwrap_or_default();
        let value = words::one_line(&String::from_utf8_lossy(first)).to_lowercase();
        let value: String = value.chars().filter(|c| !c.is_whitespace()).take(200).collect();
        let mut parts: BTreeMap<String, Vec<Piece<'_>>> = BTreeMap::new();
        for piece in pieces.take(MOST) {
            let Some(at) = piece.iter().position(|byte| *byte == b'=') else { continue };
            let name =
                String::from_utf8_lossy(piece.get(..at).unwrap_or_default()).trim().to_ascii_lowercase();
            let bytes = piece.get(at + 1..).unwrap_or_default().trim_ascii();
            let (name, extended) = match name.strip_suffix('*') {
                Some(name) => (name.to_owned(), true),
                None => (name, false),
            };
            let (name, number) = match name.rsplit_once('*') {
                Some((stem, number)) => (stem.to_owned(), number.parse().unwrap_or(0)),
                None => (name, 0),
            };
            parts.entry(name).or_default().push(Piece { number, extended, bytes });
        }
        let parameters = parts.into_iter().map(|(name, pieces)| (name, joined(pieces))).collect();
        Self { value, parameters }
    }

    /// A parameter's value, decoded.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// The pieces of a value in their order. The charset stands in the first only, and a character may be cut between two, so
/// bytes are joined before they are decoded.
fn joined(mut pieces: Vec<Piece<'_>>) -> String {
    pieces.sort_by_key(|piece| piece.number);
    if !pieces.iter().any(|piece| piece.extended) {
        let whole: Vec<u8> = pieces.iter().flat_map(|piece| unquoted(piece.bytes)).take(LONGEST).collect();
        // RFC 2047 doesn't belong in a parameter, but many write it so.
        return words::text(&whole).text;
    }
    let mut label = None;
    let mut whole: Vec<u8> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let bytes = unquoted(piece.bytes);
        if !piece.extended {
            whole.extend_from_slice(&bytes);
            continue;
        }
        let mut marked = bytes.splitn(3, |byte| *byte == b'\'');
        let value = match (at, marked.next(), marked.next(), marked.next()) {
            (0, Some(charset), Some(_), Some(value)) => {
                label = Some(String::from_utf8_lossy(charset).into_owned());
                value
            }
            _ => &bytes,
        };
        whole.extend_from_slice(&words::percent_decoded(value));
    }
    whole.truncate(LONGEST);
    words::one_line(&charset::decode(&whole, label.as_deref()).text)
}

/// Without quotation marks and the backslashes inside them.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let Some(inner) = bytes.strip_prefix(b"\"") else { return bytes.to_vec() };
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => break,
            // A backslash before an ordinary letter is a Windows path, not an escape.
            b'\\' => match rest.clone().next() {
                Some(next @ (b'"' | b'\\')) => {
                    out.push(*next);
                    rest.next();
                }
                _ => out.push(b'\\'),
            },
            _ => out.push(*byte),
        }
    }
    out
}

/// Cuts at semicolons outside quotation marks and comments.
fn split_quoted(field: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in field.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b';' if !quoted => {
                found.push(field.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(field.get(start..).unwrap_or_default());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(field: &str, name: &str) -> String {
        Parameters::parse(field.as_bytes()).get(name).unwrap_or_default().to_owned()
    }

    #[test]
    fn parameters_read_as_rfc_2231_says_and_as_programs_write() {
        assert_eq!(Parameters::parse(b" Text / HTML ; charset=X").value, "text/html");
        assert_eq!(get("a/b; name=\"x;y \\\"z\\\".txt\"; q=1", "name"), "x;y \"z\".txt");
        assert_eq!(get("a/b;filename*=utf-8'sv'sk%C3%A4rm.png", "filename"), "skärm.png");
        assert_eq!(get("a; filename*1=\"b.txt\"; filename*0=\"a\"", "filename"), "ab.txt");
        assert_eq!(
            get("a; filename*0*=utf-8''sk%C3; filename*1*=%A4rm; filename*2=.png", "filename"),
            "skärm.png"
        );
        assert_eq!(get("a; name=\"=?iso-8859-1?Q?Sk=E4rm.png?=\"", "name"), "Skärm.png");
        assert_eq!(get("a; name=\"C:\\temp\\x.txt\"", "name"), "C:\\temp\\x.txt");
        assert_eq!(get("a; name==; b", "name"), "=");
    }
}
