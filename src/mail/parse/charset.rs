//! Characters as they really come: labels that are missing, unknown or wrong.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Text, and whether its bytes were what the label said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) as_labelled: bool,
}

/// Decodes bytes that are said to be in a charset. Never fails: what can't be read is marked by `�`.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let label = label.map(|label| label.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    match label.as_deref() {
        None | Some("" | "unknown-8bit" | "x-unknown" | "default_charset") => unlabelled(bytes),
        Some("utf-8" | "utf8" | "us-ascii" | "ascii" | "ansi_x3.4-1968") => {
            let guess = unlabelled(bytes);
            let ascii = matches!(label.as_deref(), Some("us-ascii" | "ascii" | "ansi_x3.4-1968"));
            let as_labelled = if ascii { bytes.is_ascii() } else { guess.as_labelled };
            Decoded { text: guess.text, as_labelled: as_labelled || bytes.is_ascii() }
        }
        // Swedish in Latin-1 is as good as never valid UTF-8; such a label is a lie of some gateway.
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252" | "iso-8859-15") => {
            match std::str::from_utf8(bytes) {
                Ok(text) if !text.is_ascii() => Decoded { text: text.to_owned(), as_labelled: false },
                _ if label.as_deref() == Some("iso-8859-15") => {
                    Decoded { text: by_label(bytes, "iso-8859-15"), as_labelled: true }
                }
                _ => Decoded { text: by_label(bytes, "windows-1252"), as_labelled: true },
            }
        }
        Some(label) if charset_decoder(label.as_bytes()).is_some() => {
            Decoded { text: by_label(bytes, label), as_labelled: true }
        }
        Some(_) => Decoded { as_labelled: false, ..unlabelled(bytes) },
    }
}

/// UTF-8 where it holds; where a byte here and there is broken the rest is kept; otherwise the old Western charset.
fn unlabelled(bytes: &[u8]) -> Decoded {
    if bytes.is_ascii() && bytes.windows(3).any(|three| matches!(three, [0x1b, b'$', b'B' | b'@'])) {
        return Decoded { text: by_label(bytes, "iso-2022-jp"), as_labelled: true };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.trim_start_matches('\u{feff}').to_owned(), as_labelled: true };
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    let text = if whole >= broken {
        String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned()
    } else {
        by_label(bytes, "windows-1252")
    };
    Decoded { text, as_labelled: false }
}

fn by_label(bytes: &[u8], label: &str) -> String {
    match charset_decoder(label.as_bytes()) {
        Some(decoder) => decoder(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_read_as_they_really_come() {
        let swedish = b"Sk\xe4rm p\xe5 v\xe5ning \xf6";
        for label in [None, Some("utf-8"), Some("us-ascii"), Some("iso-8859-1"), Some("nonsense-9")] {
            assert_eq!(decode(swedish, label).text, "Skärm på våning ö", "{label:?}");
        }
        assert_eq!(decode("Skärm".as_bytes(), Some("iso-8859-1")).text, "Skärm");
        assert_eq!(decode("Skärm på våning\u{a0}ö".as_bytes(), None).text, "Skärm på våning\u{a0}ö");
        assert_eq!(decode(b"\x80 10", Some("iso-8859-1")).text, "€ 10");
        assert_eq!(decode(b"\xa4 10", Some("iso-8859-15")).text, "€ 10");
        assert_eq!(decode(b"Sk+AOQ-rm", Some("utf-7")).text, "Skärm");
        assert_eq!(decode(b"\x1b$BF|K\\\x1b(B", Some("iso-2022-jp")).text, "日本");
        assert_eq!(decode(b"\x1b$BF|K\\\x1b(B", None).text, "日本");
        assert_eq!(decode(b"\xd6\xd0\xce\xc4", Some("gb18030")).text, "中文");
    }

    #[test]
    fn a_broken_byte_costs_one_character_only() {
        let mut bytes = "Skärmen på våningen är släckt ".as_bytes().to_vec();
        bytes.push(0xc3);
        bytes.extend_from_slice(" än".as_bytes());
        assert_eq!(decode(&bytes, Some("utf-8")).text, "Skärmen på våningen är släckt \u{fffd} än");
        assert!(!decode(&bytes, Some("utf-8")).as_labelled);
    }
}
