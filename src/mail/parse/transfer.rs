//! Transfer encodings, decoded piece by piece so that a large attachment is never held twice.

use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// How a part's bytes are written down (RFC 2045 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As they are.
    Plain,
    Base64,
    QuotedPrintable,
}

impl Encoding {
    pub(super) fn parse(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }
}

const PIECE: usize = 32 * 1024;

/// Decodes all of it, or as much as `most` bytes.
pub(crate) fn decoded(bytes: &[u8], encoding: Encoding, most: usize) -> Cow<'_, [u8]> {
    if encoding == Encoding::Plain {
        return Cow::Borrowed(bytes.get(..most).unwrap_or(bytes));
    }
    // Neither encoding makes more of the bytes than they were.
    let mut out = Vec::with_capacity(most.min(bytes.len()));
    pieces(bytes, encoding, |piece| {
        let left = most.saturating_sub(out.len());
        out.extend_from_slice(piece.get(..left).unwrap_or(piece));
    });
    Cow::Owned(out)
}

/// Length and SHA-256 of the decoded bytes.
pub(super) fn measured(bytes: &[u8], encoding: Encoding) -> (u64, String) {
    let mut hash = Sha256::new();
    let mut length = 0_u64;
    pieces(bytes, encoding, |piece| {
        hash.update(piece);
        length = length.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    });
    (length, hex(&hash.finalize()))
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn pieces(bytes: &[u8], encoding: Encoding, mut take: impl FnMut(&[u8])) {
    match encoding {
        Encoding::Plain => take(bytes),
        Encoding::Base64 => base64(bytes, take),
        Encoding::QuotedPrintable => quoted_printable(bytes, &mut take),
    }
}

/// Passes over what doesn't belong, as line ends, spaces and stray characters do; padding ends a
/// group, so that concatenated pieces of base64 read on.
fn base64(bytes: &[u8], mut take: impl FnMut(&[u8])) {
    let mut out = Vec::with_capacity(PIECE + 3);
    let (mut bits, mut count) = (0_u32, 0_u8);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                flush_group(&mut out, bits, count);
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 1;
        if count == 4 {
            flush_group(&mut out, bits, count);
            (bits, count) = (0, 0);
            if out.len() >= PIECE {
                take(&out);
                out.clear();
            }
        }
    }
    flush_group(&mut out, bits, count);
    take(&out);
}

fn flush_group(out: &mut Vec<u8>, bits: u32, count: u8) {
    let [_, first, second, third] = match count {
        4 => bits,
        3 => bits << 6,
        2 => bits << 12,
        _ => return,
    }
    .to_be_bytes();
    out.push(first);
    if count > 2 {
        out.push(second);
    }
    if count > 3 {
        out.push(third);
    }
}

fn quoted_printable(bytes: &[u8], take: &mut impl FnMut(&[u8])) {
    let mut out = Vec::with_capacity(PIECE + 3);
    // Blanks at a line's end were added on the way (RFC 2045 §6.7 rule 3).
    let mut blanks: Vec<u8> = Vec::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b' ' | b'\t' => {
                blanks.push(byte);
                continue;
            }
            b'\r' | b'\n' => {
                blanks.clear();
                out.push(byte);
            }
            b'=' => {
                out.append(&mut blanks);
                rest = escaped(after, &mut out);
            }
            _ => {
                out.append(&mut blanks);
                out.push(byte);
            }
        }
        if out.len() >= PIECE {
            take(&out);
            out.clear();
        }
    }
    out.append(&mut blanks);
    take(&out);
}

/// What follows a `=`: two digits, a line end that isn't one, or a `=` that stands for itself.
fn escaped<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    if let [high, low, after @ ..] = rest
        && let (Some(high), Some(low)) = (nibble(*high), nibble(*low))
    {
        out.push(high * 16 + low);
        return after;
    }
    let blanks = rest.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest.get(blanks..) {
        Some([b'\r', b'\n', after @ ..] | [b'\n' | b'\r', after @ ..]) => after,
        Some([]) => &[],
        _ => {
            out.push(b'=');
            rest
        }
    }
}

pub(super) fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: &str, encoding: Encoding) -> String {
        String::from_utf8_lossy(&decoded(bytes.as_bytes(), encoding, 1000)).into_owned()
    }

    #[test]
    fn base64_reads_past_line_ends_stray_characters_and_missing_padding() {
        assert_eq!(text("SGVq\r\nIQ==", Encoding::Base64), "Hej!");
        assert_eq!(text("SG!Vq IQ", Encoding::Base64), "Hej!");
        assert_eq!(text("SGVqIQ==SGVq", Encoding::Base64), "Hej!Hej");
    }

    #[test]
    fn quoted_printable_reads_soft_breaks_and_leaves_stray_signs() {
        assert_eq!(text("L=C3=A5ng=\r\n rad  \r\nslut", Encoding::QuotedPrintable), "Lång rad\r\nslut");
        assert_eq!(text("1=2 =zz =", Encoding::QuotedPrintable), "1=2 =zz ");
        assert_eq!(text("a= \n b", Encoding::QuotedPrintable), "a b");
    }

    proptest! {
        #[test]
        fn measures_agree_with_what_is_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..2000), which in 0..3) {
            let encoding = [Encoding::Plain, Encoding::Base64, Encoding::QuotedPrintable][usize::try_from(which).unwrap()];
            let whole = decoded(&bytes, encoding, usize::MAX);
            let (length, hash) = measured(&bytes, encoding);
            prop_assert_eq!(usize::try_from(length).unwrap(), whole.len());
            prop_assert_eq!(hash, hex(&Sha256::digest(&whole)));
        }
    }
}
