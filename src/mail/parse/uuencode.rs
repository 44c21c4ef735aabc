//! Files that stand as lines of uuencode in the text, as scanners and old scripts send them.

/// A file found in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

const MOST: usize = 50;

/// The text without such files, and the files. A beginning without an end is text.
pub(super) fn extracted(text: &str) -> Option<(String, Vec<Found>)> {
    // The common case costs one search.
    if !text.starts_with("begin ") && !text.contains("\nbegin ") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut found: Vec<Found> = Vec::new();
    let mut open: Option<(Found, String)> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        match open.take() {
            None => match beginning(bare).filter(|_| found.len() < MOST) {
                Some(name) => open = Some((Found { name, bytes: Vec::new() }, line.to_owned())),
                None => out.push_str(line),
            },
            Some((file, _)) if bare == "end" => found.push(file),
            Some((mut file, mut seen)) => {
                let holds = decode_line(bare.as_bytes(), &mut file.bytes);
                seen.push_str(line);
                if holds {
                    open = Some((file, seen));
                } else {
                    out.push_str(&seen);
                }
            }
        }
    }
    if let Some((_, seen)) = open {
        out.push_str(&seen);
    }
    (!found.is_empty()).then_some((out, found))
}

/// `begin 644 name`
fn beginning(line: &str) -> Option<String> {
    let mut words = line.strip_prefix("begin ")?.splitn(2, ' ');
    let mode = words.next()?;
    let octal = (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    words.next().map(str::trim).filter(|name| octal && !name.is_empty()).map(str::to_owned)
}

fn decode_line(line: &[u8], out: &mut Vec<u8>) -> bool {
    let Some((&length, data)) = line.split_first() else { return true };
    let value = |byte: u8| (b' '..=b'`').contains(&byte).then(|| (byte - b' ') & 63);
    let Some(length) = value(length).map(usize::from) else { return false };
    if data.len() > 90 || data.len() + 4 < length.div_ceil(3) * 4 {
        return false;
    }
    let start = out.len();
    for group in data.chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            // Blanks at the end of a line get lost on the way.
            let Some(six) = value(group.get(at).copied().unwrap_or(b' ')) else { return false };
            bits = (bits << 6) | u32::from(six);
        }
        let [_, three @ ..] = bits.to_be_bytes();
        out.extend_from_slice(&three);
    }
    out.truncate(start + length.min(out.len() - start));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_text_is_taken_out() {
        let text = "Hej\n\nbegin 644 hej.txt\n$2&5J(0``\n`\nend\nMvh\n";
        let (rest, found) = extracted(text).unwrap();
        assert_eq!(rest, "Hej\n\nMvh\n");
        assert_eq!(found, [Found { name: "hej.txt".to_owned(), bytes: b"Hej!".to_vec() }]);
    }

    #[test]
    fn what_only_begins_like_one_stays_text() {
        for text in
            ["begin 644 x\nVanlig text här med åäö\nend\n", "begin 2026 with this", "Hej\nbegin 644 x\n$2&5J"]
        {
            assert_eq!(extracted(text), None, "{text}");
        }
    }
}
