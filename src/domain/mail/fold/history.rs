//! Where the history begins: the headings that mail programs put over what they quote.

use super::attribution;

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
const SUBJECT: &[&str] = &["ämne", "subject", "betreff", "emne", "aihe"];
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
];
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

/// `Från:`, and in the next lines a subject and when or to whom it was sent. A note of what is moved from where to
/// where has no subject.
fn is_header_block(lines: &[&str], at: usize) -> bool {
    if !label(line(lines, at)).is_some_and(|label| FROM.contains(&label.as_str())) {
        return false;
    }
    let beside: Vec<String> = lines.iter().skip(at + 1).take(9).filter_map(|line| label(line)).collect();
    let one_of = |labels: &[&str]| beside.iter().any(|label| labels.contains(&label.as_str()));
    one_of(SUBJECT) && one_of(BESIDE)
}

/// The word before a line's colon.
fn label(line: &str) -> Option<String> {
    let (head, _) = line.trim_start_matches(['>', ' ', '*', '\t']).split_once(':')?;
    (head.len() <= 30).then(|| head.trim_matches(['*', ' ', '\u{a0}']).to_lowercase())
}

/// A heading such as `Den 19 nov. 2026 skrev Anna Ek <anna.ek@example.se>:` that isn't followed by `>` lines: all below
/// is history. People write such sentences too, so it has to have the shape that mail programs give it.
fn is_open_heading(lines: &[&str], at: usize) -> bool {
    let Some(Heading { length, sure: true }) = heading(lines, at) else { return false };
    let next = lines.iter().skip(at + length).find(|line| !line.trim().is_empty());
    next.is_some_and(|line| !is_quote(line))
}

pub(super) fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// What may stand over a quote.
struct Heading {
    /// It may be broken over several lines.
    length: usize,
    /// It has the shape of a mail program's heading from the first word to the last.
    sure: bool,
}

/// The heading that begins here.
fn heading(lines: &[&str], at: usize) -> Option<Heading> {
    let first = line(lines, at).trim();
    if first.is_empty() || is_quote(first) || !attribution::may_begin(first) {
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
            let whole = whole.trim();
            let may_be = attribution::may_be(whole);
            return may_be.then(|| Heading { length, sure: attribution::is_sure(whole) });
        }
    }
    None
}

/// Marks `>` lines before `end`, and the headings over them. What stands between is the author's.
pub(super) fn mark_quotes(lines: &[&str], end: usize, quoted: &mut [bool]) {
    let mut at = 0;
    while at < end {
        let text = line(lines, at);
        if is_quote(text) {
            mark(quoted, at, 1);
        } else if let Some(Heading { length, sure }) = heading(lines, at) {
            let next = lines.iter().take(end).skip(at + length).find(|line| !line.trim().is_empty());
            // With nothing below it, what is below was history by another sign, or the program quoted nothing.
            let is_last = next.is_none() && (sure || end < lines.len());
            if is_last || next.is_some_and(|line| is_quote(line)) {
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
