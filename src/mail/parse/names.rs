//! File names of attachments: what is seen must be what it is.

use super::words::is_hidden;

const LONGEST: usize = 120;

/// The name without folders, without characters that hide or turn, and without those that file systems give a meaning.
/// Never empty; the second value tells whether it was changed.
pub(super) fn normalised(name: &str, content_type: &str) -> (String, bool) {
    // Hidden characters go first: what looks harmless with them may not be without.
    let seen: String = name.chars().filter(|c| !is_hidden(*c)).collect();
    let last = seen.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| if c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let clean = clean.trim().trim_matches('.').trim();
    let short = shortened(clean);
    if short.is_empty() {
        return (format!("bilaga{}", extension(content_type)), !name.is_empty());
    }
    let changed = short != name;
    (short, changed)
}

/// At most so many characters; the extension is kept.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, end)) if end.chars().count() <= 10 => {
            let room = LONGEST - 1 - end.chars().count();
            let stem: String = stem.chars().take(room).collect();
            format!("{stem}.{end}")
        }
        _ => name.chars().take(LONGEST).collect(),
    }
}

fn extension(content_type: &str) -> &'static str {
    match content_type {
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/csv" => ".csv",
        "message/rfc822" | "message/global" => ".eml",
        "image/png" => ".png",
        "image/jpeg" | "image/jpg" => ".jpg",
        "image/gif" => ".gif",
        "image/tiff" => ".tif",
        "application/pdf" => ".pdf",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => ".p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => ".p7m",
        "application/pgp-signature" | "application/pgp-encrypted" => ".asc",
        "application/zip" => ".zip",
        _ => ".bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_what_they_are() {
        let name = |text: &str| normalised(text, "application/pdf").0;
        assert_eq!(name("faktura\u{202e}fdp.exe"), "fakturafdp.exe");
        assert_eq!(name("\u{200b}.htaccess"), "htaccess");
        assert_eq!(name("..\\..\\windows\\x.dll"), "x.dll");
        assert_eq!(name("/etc/passwd"), "passwd");
        assert_eq!(name("a\0b\n.txt"), "ab_.txt");
        assert_eq!(name("../.."), "bilaga.pdf");
        assert_eq!(normalised("Skärm 1.png", "image/png"), ("Skärm 1.png".to_owned(), false));
        let long = format!("{}.docx", "å".repeat(300));
        assert_eq!((name(&long).chars().count(), name(&long).ends_with(".docx")), (120, true));
    }
}
