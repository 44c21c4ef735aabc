//! Character references in HTML text.

/// Resolves the references that mail programs write; others stay as they are.
pub(super) fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let length: usize = after
            .chars()
            .take(12)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .map(char::len_utf8)
            .sum();
        let (name, tail) = after.split_at_checked(length).unwrap_or(("", after));
        match reference(name) {
            Some(c) => {
                out.push(c);
                rest = tail.strip_prefix(';').unwrap_or(tail);
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(|c| if c == '\0' { '\u{fffd}' } else { c });
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "aring" => 'å',
        "auml" => 'ä',
        "ouml" => 'ö',
        "Aring" => 'Å',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "eacute" => 'é',
        "Eacute" => 'É',
        "egrave" => 'è',
        "uuml" => 'ü',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "sect" => '§',
        "deg" => '°',
        "times" => '×',
        "frac12" => '½',
        "shy" => '\u{ad}',
        "zwnj" => '\u{200c}',
        "ensp" | "emsp" | "thinsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn references_read_and_odd_ones_stay() {
        assert_eq!(
            resolved("sk&auml;rm &#229;&#xE5; &amp;lt; &nosuch; & &#1114112; R&D"),
            "skärm åå &lt; &nosuch; & &#1114112; R&D"
        );
    }
}
