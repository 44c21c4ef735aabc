//! Text in headers: encoded words (RFC 2047), raw 8-bit characters, and control characters that have no business there.

use super::charset::{self, Decoded};
use super::transfer::{Encoding, decoded, nibble};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;

/// A stretch of a header's value.
enum Run {
    Plain(Vec<u8>),
    /// Encoded words of one charset, joined: some programs cut inside a character.
    Encoded {
        charset: String,
        bytes: Vec<u8>,
    },
}

/// The text of a field's value, and whether all of it was as labelled.
pub(super) fn text(value: &[u8]) -> Decoded {
    let mut whole = Decoded { text: String::new(), as_labelled: true };
    for run in runs(value) {
        let part = match &run {
            Run::Plain(bytes) => charset::decode(bytes, None),
            Run::Encoded { charset, bytes } => charset::decode(bytes, Some(charset)),
        };
        whole.text.push_str(&part.text);
        whole.as_labelled &= part.as_labelled;
    }
    whole.text = one_line(&whole.text);
    whole
}

/// The value with its encoded words joined and in UTF-8, raw characters in UTF-8, ready for a parser of structured fields: what was
/// encoded stays encoded, so that a comma in a name doesn't become syntax.
pub(super) fn normalised(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for run in runs(value) {
        match run {
            Run::Plain(bytes) => out.extend_from_slice(charset::decode(&bytes, None).text.as_bytes()),
            Run::Encoded { charset, bytes } => {
                let word = one_line(&charset::decode(&bytes, Some(&charset)).text);
                out.extend_from_slice(b"=?utf-8?B?");
                out.extend_from_slice(STANDARD.encode(word).as_bytes());
                out.extend_from_slice(b"?= ");
            }
        }
    }
    out
}

/// No line ends, no control characters, no characters that turn the reading direction; blanks at the ends cut.
pub(super) fn one_line(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    clean.trim().to_owned()
}

/// Characters that aren't seen but change what is: NUL, marks of direction, zero width.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0' | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Unfolds and tells encoded words from the rest. Each search for a word's end stops at the next question mark, so all of
/// them together pass over the value a fixed number of times.
fn runs(value: &[u8]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut plain: Vec<u8> = Vec::new();
    let mut rest = value;
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'='
            && let Some((charset, bytes, after)) = word(rest)
        {
            let blank = plain.iter().all(u8::is_ascii_whitespace);
            match runs.last_mut() {
                Some(Run::Encoded { charset: last, bytes: joined }) if blank && *last == charset => {
                    joined.extend_from_slice(&bytes);
                    plain.clear();
                }
                previous => {
                    // Blanks between two encoded words are not shown (RFC 2047 §6.2).
                    let between_words = blank && matches!(previous, Some(Run::Encoded { .. }));
                    if !between_words && !plain.is_empty() {
                        runs.push(Run::Plain(std::mem::take(&mut plain)));
                    }
                    plain.clear();
                    runs.push(Run::Encoded { charset, bytes });
                }
            }
            rest = after;
            continue;
        }
        // Folding: the line end goes, the blank stays.
        if !matches!(byte, b'\r' | b'\n' | 0) {
            plain.push(byte);
        }
        rest = after;
    }
    if !plain.is_empty() {
        runs.push(Run::Plain(plain));
    }
    runs
}

/// `=?charset?encoding?data?=` at the beginning of `from`, and what follows it.
fn word(from: &[u8]) -> Option<(String, Vec<u8>, &[u8])> {
    let rest = from.strip_prefix(b"=?")?;
    let (charset, rest) = until_mark(rest, 60)?;
    let (encoding, rest) = until_mark(rest, 2)?;
    let (data, rest) = until_mark(rest, 4000)?;
    let rest = rest.strip_prefix(b"=")?;
    let charset = std::str::from_utf8(charset).ok()?;
    // RFC 2231 lets a language follow.
    let charset = charset.split('*').next().unwrap_or_default().to_ascii_lowercase();
    if charset.is_empty() || charset.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return None;
    }
    let bytes = match encoding {
        b"B" | b"b" => decoded(data, Encoding::Base64, usize::MAX).into_owned(),
        b"Q" | b"q" => q_decoded(data),
        _ => return None,
    };
    Some((charset, bytes, rest))
}

fn until_mark(bytes: &[u8], most: usize) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().take(most).position(|byte| *byte == b'?')?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

fn q_decoded(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'_', _) => out.push(b' '),
            (b'=', [high, low, beyond @ ..]) => match (nibble(*high), nibble(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    rest = beyond;
                }
                _ => out.push(b'='),
            },
            (b'\r' | b'\n', _) => {}
            _ => out.push(byte),
        }
    }
    out
}

/// Percent-decoded bytes of an extended parameter (RFC 2231).
pub(super) fn percent_decoded(value: &[u8]) -> Cow<'_, [u8]> {
    if !value.contains(&b'%') {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, beyond @ ..]) = (byte, after)
            && let (Some(high), Some(low)) = (nibble(*high), nibble(*low))
        {
            out.push(high * 16 + low);
            rest = beyond;
        } else {
            out.push(byte);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> String {
        text(value.as_bytes()).text
    }

    #[test]
    fn encoded_words_read() {
        assert_eq!(read("=?iso-8859-1?Q?Sk=E4rm_sv=E4rtar?="), "Skärm svärtar");
        assert_eq!(read("SV: =?utf-8?B?U2vDpHJt?= nr 2"), "SV: Skärm nr 2");
        assert_eq!(read("=?utf-8*sv?Q?=C3=A5?="), "å");
        assert_eq!(read("=?utf-8?Q?a?=\r\n =?iso-8859-1?Q?=E5?="), "aå");
        assert_eq!(read("a =?utf-8?Q?b?= c"), "a b c");
    }

    #[test]
    fn a_character_cut_between_two_words_is_whole() {
        assert_eq!(read("=?utf-8?Q?Sk=C3?= =?utf-8?Q?=A4rm?="), "Skärm");
        assert_eq!(read("=?UTF-8?B?U2vD?=\r\n\t=?utf-8?B?pHJt?="), "Skärm");
    }

    #[test]
    fn what_is_no_encoded_word_is_left() {
        for odd in ["=?", "=?utf-8?", "=?utf-8?X?a?=", "=?utf-8?Q?a", "=??Q?a?=", "a=?b"] {
            assert_eq!(read(odd), odd);
        }
    }

    #[test]
    fn nothing_hidden_or_broken_over_lines_is_left() {
        assert_eq!(read("=?utf-8?Q?a=0D=0ABcc:_x@example.se?="), "a  Bcc: x@example.se");
        assert_eq!(read("fakt\u{202e}fdp.exe"), "faktfdp.exe");
        assert_eq!(text(b"Sk\xe4rm \0 p\xe5").text, "Skärm  på");
    }
}
