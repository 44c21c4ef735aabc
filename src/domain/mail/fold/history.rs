//! Where the history begins: the headings that mail programs put over what they quote.

/// Words between dashes over a quoted message, by the first mail programs of each language.
const RULES: &[&str] = &[
    "ursprungligt meddelande",
    "originalmeddelande",
    "original message",
    "ursprüngliche nachricht",
    "original-nachricht",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "svarsmeddelande",
    "reply message",
    "skriv ditt svar ovanför denna rad",
    "please type your reply above this line",
    "svara ovanför denna rad",
    "reply above this line",
];
const FROM: &[&str] = &["från", "from", "von", "fra", "lähettäjä", "avsändare"];
const BESIDE: &[&str] = &[
    "skickat",
    "sent",
    "gesendet",
    "sendt",
    "lähetetty",
    "date",
    "datum",
    "dato",
    "päivämäärä",
    "till",
    "to",
    "an",
    "til",
    "vastaanottaja",
    "ämne",
    "subject",
    "betreff",
    "emne",
    "aihe",
    "kopia",
    "cc",
    "kopie",
    "kopi",
    "svar till",
    "reply-to",
];
const VERBS: &[&str] = &["skrev", "skreiv", "wrote", "schrieb", "kirjoitti", "skriver", "writes"];
const LONGEST_HEADING: usize = 400;
const LINES_OF_HEADING: usize = 4;

/// The line from which everything is history.
pub(super) fn begins(lines: &[&str]) -> Option<usize> {
    let found = (0..lines.len())
        .find(|at| is_rule(line(lines, *at)) || is_header_block(lines, *at) || is_open_heading(lines, *at))?;
    // The line above a header block and blanks belong to it.
    let mut start = found;
    while start > 0 && is_ornament(line(lines, start - 1)) {
        start -= 1;
    }
    Some(start)
}

fn line<'a>(lines: &[&'a str], at: usize) -> &'a str {
    lines.get(at).copied().unwrap_or_default()
}

fn is_ornament(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || (line.chars().count() >= 5 && line.chars().all(|c| matches!(c, '_' | '-' | '=' | '*')))
}

/// `-----Ursprungligt meddelande-----`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 200 || !line.starts_with(['-', '#', '_', '=']) {
        return false;
    }
    let inner =
        line.trim_matches(|c: char| matches!(c, '-' | '#' | '_' | '=') || c.is_whitespace()).to_lowercase();
    RULES
        .iter()
        .any(|rule| inner == *rule || inner.strip_prefix(rule).is_some_and(|rest| rest.starts_with(' ')))
}

/// `Från:`, and at least two of its companions in the next lines.
fn is_header_block(lines: &[&str], at: usize) -> bool {
    if !label(line(lines, at)).is_some_and(|label| FROM.contains(&label.as_str())) {
        return false;
    }
    let beside = lines
        .iter()
        .skip(at + 1)
        .take(9)
        .filter_map(|line| label(line))
        .filter(|label| BESIDE.contains(&label.as_str()))
        .count();
    beside >= 2
}

/// The word before a line's colon.
fn label(line: &str) -> Option<String> {
    let (head, _) = line.trim_start_matches(['>', ' ', '*', '\t']).split_once(':')?;
    (head.len() <= 30).then(|| head.trim_matches(['*', ' ', '\u{a0}']).to_lowercase())
}

/// A heading such as `Den 19 nov. 2026 skrev Anna Ek:` that isn't followed by `>` lines: all below is history.
fn is_open_heading(lines: &[&str], at: usize) -> bool {
    let Some(length) = heading(lines, at) else { return false };
    let next = lines.iter().skip(at + length).find(|line| !line.trim().is_empty());
    next.is_some_and(|line| !is_quote(line))
}

pub(super) fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Lines of a heading that begins here; it may be broken over several.
fn heading(lines: &[&str], at: usize) -> Option<usize> {
    let first = line(lines, at).trim();
    if first.is_empty() || is_quote(first) || !begins_heading(first) {
        return None;
    }
    let mut whole = String::new();
    for length in 1..=LINES_OF_HEADING {
        let next = line(lines, at + length - 1).trim();
        if next.is_empty() || whole.len() + next.len() > LONGEST_HEADING {
            return None;
        }
        whole.push_str(next);
        whole.push(' ');
        if next.ends_with(':') {
            return is_heading(whole.trim()).then_some(length);
        }
    }
    None
}

fn begins_heading(line: &str) -> bool {
    let lower: String = line.chars().take(40).collect::<String>().to_lowercase();
    let words = [
        "den ", "on ", "am ", "le ", "på ", "i ", "kl", "ti ", "ke ", "to ", "ma ", "mån", "tis", "ons",
        "tor", "fre", "lör", "sön", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    lower.starts_with(|c: char| c.is_ascii_digit() || c == '"' || c == '<')
        || words.iter().any(|word| lower.starts_with(word))
        || VERBS.iter().any(|verb| line.to_lowercase().contains(verb))
}

/// It names a verb of writing, ends with a colon, and tells a date or an address.
fn is_heading(whole: &str) -> bool {
    let lower = whole.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let verb = words.iter().any(|word| VERBS.contains(word));
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    verb && (digits >= 3 || lower.contains('@'))
}

/// Marks `>` lines before `end`, and the headings over them. What stands between is the author's.
pub(super) fn mark_quotes(lines: &[&str], end: usize, quoted: &mut [bool]) {
    let mut at = 0;
    while at < end {
        let text = line(lines, at);
        if is_quote(text) {
            mark(quoted, at, 1);
        } else if let Some(length) = heading(lines, at) {
            let next = lines.iter().take(end).skip(at + length).find(|line| !line.trim().is_empty());
            if next.is_some_and(|line| is_quote(line)) || (next.is_none() && at + length >= end) {
                mark(quoted, at, length);
            }
            at += length;
            continue;
        }
        at += 1;
    }
}

fn mark(quoted: &mut [bool], at: usize, length: usize) {
    quoted.iter_mut().skip(at).take(length).for_each(|flag| *flag = true);
}
