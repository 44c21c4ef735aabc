//! Subjects: prefixes of answers in many languages, our own tag, and other organisations' numbers.

use crate::domain::ticket::TicketNumber;
use serde::{Deserialize, Serialize};

const ANSWER: &[&str] =
    &["re", "sv", "aw", "vs", "svar", "antw", "ref", "res", "r", "odp", "vl-re", "ynt", "bls"];
const FORWARD: &[&str] = &[
    "fw",
    "fwd",
    "vb",
    "wg",
    "vl",
    "vidarebefordrat",
    "vidarebefordrar",
    "tr",
    "rv",
    "videresendt",
    "videre",
];
/// The Danish and Norwegian "concerning" stands in answers and in first messages alike.
const CONCERNING: &[&str] = &["ang", "ad", "vedr", "angående"];
const MOST_PREFIXES: usize = 50;
const MOST_NUMBERS: usize = 10;
const LONGEST_SEARCHED: usize = 2_000;

/// A subject, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Without prefixes and tag.
    pub bare: String,
    /// It begins as an answer does.
    pub is_answer: bool,
    /// The outermost prefix is that of a forwarded message.
    pub is_forwarded: bool,
    /// The tickets of ours that it names in square brackets, in their order.
    pub tags: Vec<TicketNumber>,
    /// Numbers of other organisations' tickets, as such numbers look nearly everywhere.
    pub foreign: Vec<ForeignNumber>,
    /// As it came.
    whole: String,
}

/// A number that another organisation's system gave the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignNumber {
    /// As it stands in the subject.
    pub number: String,
}

impl Subject {
    /// Takes a subject apart.
    #[must_use]
    pub fn parse(subject: &str) -> Self {
        let mut found = Self::default();
        let mut rest = subject.trim();
        let mut first = true;
        for _ in 0..MOST_PREFIXES {
            if let Some((kind, after)) = prefix(rest) {
                found.is_answer |= kind == Kind::Answer;
                if first && kind != Kind::Concerning {
                    found.is_forwarded = kind == Kind::Forward;
                    first = false;
                }
                rest = after.trim_start();
            } else if let Some((tag, after)) = leading_tag(rest) {
                found.tags.push(tag);
                rest = after.trim_start();
            } else {
                break;
            }
        }
        let mut bare = String::with_capacity(rest.len());
        let mut left = rest;
        while let Some((before, after)) = left.split_once('[') {
            bare.push_str(before);
            match after.split_once(']') {
                Some((inside, beyond)) => {
                    match tag(inside) {
                        Some(number) => found.tags.push(number),
                        None => {
                            bare.push('[');
                            bare.push_str(inside);
                            bare.push(']');
                        }
                    }
                    left = beyond;
                }
                None => {
                    bare.push('[');
                    left = after;
                }
            }
        }
        bare.push_str(left);
        found.bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        found.tags.truncate(10);
        found.foreign = foreign(subject, &found.tags);
        found.whole = subject.chars().take(LONGEST_SEARCHED).collect();
        found
    }

    /// Numbers of other organisations' tickets: those that look as an administrator said, then those that look as such
    /// numbers do. In a pattern `#` stands for one digit or more; case and the width of gaps don't count.
    #[must_use]
    pub fn foreign_numbers(&self, patterns: &[String]) -> Vec<ForeignNumber> {
        let subject: Vec<char> = self.whole.chars().collect();
        let mut found: Vec<ForeignNumber> = Vec::new();
        let mut add = |number: ForeignNumber| {
            let is_ours = TicketNumber::parse(&number.number).is_some_and(|ours| self.tags.contains(&ours));
            // "RITM0012345" and the "0012345" in it are one.
            let is_known = found.iter().any(|known| known.number.contains(&number.number));
            if !is_ours && !is_known && found.len() < MOST_NUMBERS {
                found.push(number);
            }
        };
        for pattern in patterns {
            let pattern: Vec<char> = pattern.trim().chars().collect();
            let begins = |at: &usize| {
                at.checked_sub(1).and_then(|before| subject.get(before)).is_none_or(|c| !c.is_alphanumeric())
            };
            for at in (0..subject.len()).filter(begins) {
                let rest = subject.get(at..).unwrap_or_default();
                if let Some(length) = matched(rest, &pattern) {
                    add(ForeignNumber { number: rest.iter().take(length).take(60).collect() });
                }
            }
        }
        self.foreign.iter().cloned().for_each(add);
        found
    }
}

/// How many characters a pattern takes; the number has to end there.
fn matched(text: &[char], pattern: &[char]) -> Option<usize> {
    let mut at = 0;
    let here = |at: usize| text.get(at).copied();
    for wanted in pattern {
        if *wanted == '#' {
            // "Ärende #" is meant for "Ärende #123" too.
            at += usize::from(here(at) == Some('#'));
            let digits = text.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
            at += digits;
            if digits == 0 {
                return None;
            }
        } else if wanted.is_whitespace() {
            let gap = text.iter().skip(at).take_while(|c| c.is_whitespace()).count();
            at += gap;
            if gap == 0 {
                return None;
            }
        } else {
            here(at).filter(|c| c.to_lowercase().eq(wanted.to_lowercase()))?;
            at += 1;
        }
    }
    (at > 0 && here(at).is_none_or(|c| !c.is_alphanumeric())).then_some(at)
}

/// Whether a subject is that of a forwarded message.
#[must_use]
pub fn is_forwarded(subject: &str) -> bool {
    Subject::parse(subject).is_forwarded
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Answer,
    Forward,
    Concerning,
}

/// `SV:`, `Re[2]:`, `RE (3):`, `Ang.:` and what follows.
fn prefix(text: &str) -> Option<(Kind, &str)> {
    let (head, after) = text.split_once([':', '：'])?;
    if head.chars().count() > 24 {
        return None;
    }
    let head = head.trim();
    let word = head
        .split(['[', '(', '^', '*'])
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('.')
        .to_lowercase();
    let counter = head.chars().skip(word.chars().count());
    if counter
        .into_iter()
        .any(|c| !(c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | '*' | ' ' | '.')))
    {
        return None;
    }
    let kind = if ANSWER.contains(&word.as_str()) {
        Kind::Answer
    } else if FORWARD.contains(&word.as_str()) {
        Kind::Forward
    } else if CONCERNING.contains(&word.as_str()) {
        Kind::Concerning
    } else {
        return None;
    };
    Some((kind, after))
}

fn leading_tag(text: &str) -> Option<(TicketNumber, &str)> {
    let (inside, after) = text.strip_prefix('[')?.split_once(']')?;
    tag(inside).map(|number| (number, after))
}

/// `INC-1042` or `#INC-1042`.
fn tag(inside: &str) -> Option<TicketNumber> {
    let inside = inside.trim();
    TicketNumber::parse(inside.strip_prefix('#').unwrap_or(inside))
}

/// Words that other systems number their tickets with: `INC0012345`, `RITM0010001`, `[Ärende #123456]`, `Ticket#2026111942`, `JIRA-123`.
fn foreign(subject: &str, own: &[TicketNumber]) -> Vec<ForeignNumber> {
    let mut found: Vec<ForeignNumber> = Vec::new();
    let words: Vec<&str> = subject
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | ';' | '"' | '<' | '>')
        })
        .collect();
    let mut before = String::new();
    for word in words {
        let word = word.trim_matches([':', '.', '!', '?', '\'']);
        if is_foreign(word, &before)
            && TicketNumber::parse(word.trim_start_matches('#')).is_none_or(|ours| !own.contains(&ours))
        {
            let number = ForeignNumber { number: word.chars().take(60).collect() };
            if !found.contains(&number) && found.len() < 10 {
                found.push(number);
            }
        }
        if !word.is_empty() {
            before = word.to_lowercase();
        }
    }
    found
}

fn is_foreign(word: &str, before: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let bare = word.trim_start_matches('#');
    let all_digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    // "Ärende 123456", "ticket #77".
    let named = matches!(
        before,
        "ärende"
            | "ärendenr"
            | "ärendenummer"
            | "ticket"
            | "case"
            | "sak"
            | "sag"
            | "ref"
            | "ärende-id"
            | "incident"
            | "request"
    );
    if all_digits {
        return (named && digits >= 3) || (word.starts_with('#') && digits >= 4);
    }
    // "Ticket#2026111942", "INC0012345", "ABC-123".
    if let Some((stem, number)) = word.split_once('#') {
        let letters = !stem.is_empty() && stem.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'));
        return letters && number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    let letters = word.chars().take_while(char::is_ascii_uppercase).count();
    let tail: String = word.chars().skip(letters).collect();
    let joined =
        (2..=6).contains(&letters) && tail.len() >= 5 && tail.bytes().all(|byte| byte.is_ascii_digit());
    let hyphened = (2..=10).contains(&letters)
        && tail.strip_prefix('-').is_some_and(|number| {
            number.len() >= 2 && number.len() <= 12 && number.bytes().all(|byte| byte.is_ascii_digit())
        });
    // Well-known names with a hyphen that number no ticket.
    let known = ["UTF", "ISO", "SHA", "COVID", "MS", "AES", "RFC", "HP", "KB", "EN", "SS", "CVE"];
    let stem: String = word.chars().take(letters).collect();
    joined || (hyphened && !known.contains(&stem.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> String {
        Subject::parse(text).bare
    }

    #[test]
    fn prefixes_of_answers_fall_away_however_many() {
        for text in [
            "SV: Skrivaren",
            "VB: SV: RE: Skrivaren",
            "Re[2]: Skrivaren",
            "AW: WG: Skrivaren",
            "VS: Svar: Skrivaren",
            "Ang: Skrivaren",
            "RE (3): Fwd: skrivaren",
            "sv:sv:SV: Skrivaren",
            "Re^2: Skrivaren",
            "SV: [INC-1042] Skrivaren",
            "[#INC-1042] SV: Skrivaren",
        ] {
            assert_eq!(bare(text).to_lowercase(), "skrivaren", "{text}");
        }
        assert_eq!(bare("Obs: skrivaren"), "Obs: skrivaren");
        assert_eq!(bare("Regel: nej"), "Regel: nej");
    }

    #[test]
    fn answers_and_forwards_are_told_apart() {
        let told = |text: &str| (Subject::parse(text).is_answer, Subject::parse(text).is_forwarded);
        assert_eq!(told("SV: x"), (true, false));
        assert_eq!(told("VB: SV: x"), (true, true));
        assert_eq!(told("SV: VB: x"), (true, false));
        assert_eq!(told("Fwd: x"), (false, true));
        assert_eq!(told("Ang: x"), (false, false));
    }

    #[test]
    fn our_tags_are_found_in_square_brackets_only() {
        let tags = |text: &str| Subject::parse(text).tags.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(tags("SV: [INC-1042] Skrivaren"), ["INC-1042"]);
        assert_eq!(tags("Skrivaren [#inc-7] och [REQ-8]"), ["INC-7", "REQ-8"]);
        assert!(tags("Angående INC-1042, [INC-01], [EXTERN]").is_empty());
    }

    #[test]
    fn other_organisations_numbers_are_kept() {
        let foreign =
            |text: &str| Subject::parse(text).foreign.into_iter().map(|f| f.number).collect::<Vec<_>>();
        assert_eq!(foreign("SV: [Ticket#2026111942] Fel"), ["Ticket#2026111942"]);
        assert_eq!(foreign("INC0012345 är löst"), ["INC0012345"]);
        assert_eq!(foreign("Ärende 123456 uppdaterat"), ["123456"]);
        assert_eq!(foreign("[SUP-4711] [INC-1042] x"), ["SUP-4711"]);
        assert!(foreign("Möte 2026 om UTF-8 och plan 12345, HP-400").is_empty());
    }

    #[test]
    fn numbers_that_look_as_an_administrator_said_are_found() {
        let patterns = ["SD-#-A".to_owned(), "Ärende #".to_owned(), "RITM#".to_owned(), "dnr #/#".to_owned()];
        let found = |subject: &str| {
            let found = Subject::parse(subject).foreign_numbers(&patterns);
            found.into_iter().map(|found| found.number).collect::<Vec<_>>()
        };
        assert_eq!(found("SV: sd-12-a är klart"), ["sd-12-a"]);
        assert_eq!(found("Re: [ÄRENDE  #77] klart"), ["ÄRENDE  #77"]);
        assert_eq!(found("RITM0012345 uppdaterat"), ["RITM0012345"]);
        assert_eq!(found("Dnr 2026/118"), ["Dnr 2026/118"]);
        // Within words it is another thing, and our own number is ours.
        assert!(found("xSD-12-A, SD-12-AB, SD--A och RITM").is_empty());
        assert!(Subject::parse("[INC-1042] x").foreign_numbers(&["INC-#".to_owned()]).is_empty());
        let many = "SD-1-A ".repeat(400) + &(1..40).map(|n| format!("SD-{n}-A ")).collect::<String>();
        assert_eq!(found(&many).len(), 1);
        let many: String = (1..40).map(|n| format!("SD-{n}-A ")).collect();
        assert_eq!(found(&many).len(), 10);
    }
}
