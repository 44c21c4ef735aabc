//! Signatures, the telephone's own words, and footers of lawyers.

use super::super::courtesy::complains;

/// A line of a mail program.
const PROGRAMS: &[&str] = &[
    "skickat från min ",
    "skickat från outlook",
    "skickat från e-post",
    "skickades från",
    "skickat med",
    "skickat från yahoo",
    "skickat från mail",
    "hämta outlook",
    "sent from my ",
    "sent from outlook",
    "sent from mail",
    "sent from yahoo",
    "get outlook for",
    "von meinem ",
    "gesendet von",
    "holen sie sich outlook",
    "sendt fra min",
    "sendt fra outlook",
    "hent outlook",
    "få outlook",
    "lähetetty",
    "hanki outlook",
];
const CLOSINGS: &[&str] = &[
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänlig hälsning",
    "vänliga hälsningar",
    "med vänlig hälsningar",
    "bästa hälsningar",
    "hälsningar",
    "hälsning",
    "mvh",
    "m.v.h",
    "vh",
    "hälsar",
    "best regards",
    "kind regards",
    "with kind regards",
    "regards",
    "sincerely",
    "yours sincerely",
    "best wishes",
    "mit freundlichen grüßen",
    "mit freundlichem gruß",
    "freundliche grüße",
    "viele grüße",
    "med venlig hilsen",
    "venlig hilsen",
    "med vennlig hilsen",
    "vennlig hilsen",
    "mvh.",
    "ystävällisin terveisin",
    "terveisin",
];
const FOOTERS: &[&str] = &[
    "detta meddelande",
    "detta e-postmeddelande",
    "det här meddelandet",
    "det här e-postmeddelandet",
    "denna e-post",
    "this e-mail",
    "this email",
    "this message",
    "the information in this",
    "diese e-mail",
    "denne e-mail",
    "när du skickar e-post",
    "när du kommunicerar med",
    "så behandlar vi",
    "så här behandlar vi",
    "vi behandlar personuppgifter",
    "confidentiality notice",
    "disclaimer",
    "sekretess",
];
const FOOTER_WORDS: &[&str] = &[
    "konfidentiell",
    "confidential",
    "avsedd",
    "avsett",
    "intended",
    "personuppgift",
    "gdpr",
    "sekretess",
    "dataskydd",
    "vertraulich",
    "fortrolig",
    "personal data",
    "mottagare",
];
/// A signature isn't longer.
const MOST_LINES: usize = 18;

/// Marks what closes the text before `end`.
pub(super) fn mark(lines: &[&str], end: usize, quoted: &mut [bool]) {
    // Places of the lines that are still new and not blank.
    let mut new: Vec<usize> = (0..end.min(lines.len()))
        .filter(|at| quoted.get(*at) == Some(&false) && !text(lines, *at).is_empty())
        .collect();
    for at in new.iter().copied().filter(|at| is_program(text(lines, *at))) {
        quoted.iter_mut().skip(at).take(1).for_each(|flag| *flag = true);
    }
    new.retain(|at| quoted.get(*at) == Some(&false));
    // The footer first: it stands below the signature.
    if let Some(place) = new.iter().position(|at| is_footer(lines, *at)) {
        fold_from(&new, place, quoted);
        new.truncate(place);
    }
    if let Some(place) = new.iter().rposition(|at| matches!(raw(lines, *at), "-- " | "--" | "-- \r"))
        && new.len() - place <= MOST_LINES * 2
    {
        fold_from(&new, place, quoted);
        new.truncate(place);
    }
    // A closing phrase and the few lines below it, if something was said before and nothing is asked after.
    let closing = new.iter().position(|at| is_closing(text(lines, *at))).filter(|place| *place > 0);
    if let Some(place) = closing {
        let below = new.iter().skip(place + 1).map(|at| text(lines, *at));
        let asks = below.clone().any(|line| {
            let lower = line.to_lowercase();
            line.contains('?') || lower.starts_with("ps") || lower.starts_with("p.s") || complains(line)
        });
        if !asks && below.count() <= MOST_LINES {
            fold_from(&new, place, quoted);
        }
    }
}

fn fold_from(new: &[usize], place: usize, quoted: &mut [bool]) {
    for at in new.iter().skip(place) {
        quoted.iter_mut().skip(*at).take(1).for_each(|flag| *flag = true);
    }
}

fn raw<'a>(lines: &[&'a str], at: usize) -> &'a str {
    lines.get(at).copied().unwrap_or_default()
}

fn text<'a>(lines: &[&'a str], at: usize) -> &'a str {
    raw(lines, at).trim()
}

fn is_program(line: &str) -> bool {
    let lower = line.chars().take(60).collect::<String>().to_lowercase();
    // A sentence that goes on is somebody's own.
    line.chars().count() <= 120
        && PROGRAMS.iter().any(|start| lower.starts_with(start))
        && !line.contains('?')
        && line.split_whitespace().count() <= 9
}

fn is_closing(line: &str) -> bool {
    let lower = line.to_lowercase();
    let Some(closing) =
        CLOSINGS.iter().filter(|closing| lower.starts_with(**closing)).max_by_key(|closing| closing.len())
    else {
        return false;
    };
    let rest = lower.strip_prefix(closing).unwrap_or_default();
    let rest = rest
        .trim_start_matches(|c: char| matches!(c, ',' | '.' | '!' | '/' | '-' | ':') || c.is_whitespace());
    // "Hälsningar Anna Ek", but not "Hälsningar till chefen att skrivaren är trasig", and not "vhs".
    let boundary = lower.strip_prefix(closing).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric));
    boundary && rest.split_whitespace().count() <= 4
}

/// A paragraph that begins as such footers do and says what they say.
fn is_footer(lines: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text(lines, before)).unwrap_or_default();
    let lower = text(lines, at).trim_start_matches(['*', '_']).to_lowercase();
    if !(before.is_empty() || before.starts_with(['-', '_', '*', '=']))
        || !FOOTERS.iter().any(|start| lower.starts_with(start))
    {
        return false;
    }
    let paragraph = lines.iter().skip(at).take(12).take_while(|line| !line.trim().is_empty());
    paragraph.map(|line| line.to_lowercase()).any(|line| FOOTER_WORDS.iter().any(|word| line.contains(word)))
}
