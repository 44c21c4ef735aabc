//! The line over a quote: when it was written and by whom.
//!
//! `Den 19 nov. 2026 kl 10:02 skrev Anna Ek <anna.ek@example.se>:` – Gmail, Apple Mail, Outlook on phones and
//! Thunderbird write it in few shapes, which hold nothing but a date, a verb, a name and an address. People write
//! "Den 20 november skrev jag till er om följande:", which holds more.

const WROTE: &[&str] = &["skrev", "skreiv", "wrote", "schrieb", "kirjoitti"];
const WRITES: &[&str] = &["skriver", "writes", "schreibt", "kirjoittaa"];
const BEGINNINGS: &[&str] = &[
    "den ", "on ", "am ", "le ", "på ", "i ", "kl", "ti ", "ke ", "to ", "ma ", "mån", "tis", "ons", "tor",
    "fre", "lör", "sön", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];
/// Words of dates, whole.
const DATE_WORDS: &[&str] = &[
    "den",
    "kl",
    "klo",
    "um",
    "at",
    "on",
    "am",
    "pm",
    "fm",
    "em",
    "uhr",
    "på",
    "i",
    "cet",
    "cest",
    "gmt",
    "utc",
    "met",
    "eet",
    "eest",
    "mez",
    "ma",
    "ti",
    "ke",
    "to",
    "pe",
    "la",
    "su",
    "de",
    "följande",
    "following",
    "the",
    "folgendes",
    "følgende",
];
/// Months and days of the week begin so, in seven languages.
const DATE_STEMS: &[&str] = &[
    "jan", "feb", "mar", "apr", "maj", "may", "mai", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec",
    "des", "dez", "mär", "tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elok", "syys",
    "loka", "marras", "joulu", "mån", "tis", "ons", "tor", "fre", "lör", "lør", "sön", "søn", "son", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "sam", "man", "tir",
];
/// Who writes to us about what was written.
const NO_NAMES: &[&str] = &[
    "jag", "vi", "du", "ni", "han", "hon", "hen", "de", "man", "jeg", "eg", "i", "we", "you", "he", "she",
    "they", "ich", "wir", "sie", "er", "minä", "till", "to", "om", "about", "att", "that",
];
const MOST_NAMES: usize = 6;

/// Whether a line may be the first of one; cheap, since every line is asked.
pub(super) fn may_begin(line: &str) -> bool {
    let lower: String = line.chars().take(40).collect::<String>().to_lowercase();
    lower.starts_with(|c: char| c.is_ascii_digit() || c == '"' || c == '<')
        || BEGINNINGS.iter().any(|word| lower.starts_with(word))
        || WROTE.iter().chain(WRITES).any(|verb| line.to_lowercase().contains(verb))
}

/// Whether it may be one, if a quote follows: it names a verb of writing and tells a date or an address. Of what a
/// program writes now, people tell too.
pub(super) fn may_be(whole: &str) -> bool {
    let lower = whole.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let has_address = lower.contains('@');
    let verb = words.any(|word| WROTE.contains(&word) || (has_address && WRITES.contains(&word)));
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    verb && (digits >= 3 || has_address)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Verb,
    Address,
    /// A number, or a word of dates.
    Date,
    Time,
    /// With a capital.
    Name,
    /// Without one; some people and systems are called so.
    Small,
    /// None of a name or a date.
    Other,
}

/// Whether it is one from the first word to the last. With an address, the name stands before that; without one it has
/// two words at least, stands beside the verb, and the time of day is told.
pub(super) fn is_sure(whole: &str) -> bool {
    let words: Vec<Word> = whole.split_whitespace().filter_map(word).collect();
    let count = |kind: Word| words.iter().filter(|word| **word == kind).count();
    let digits = whole.split_whitespace().filter(|word| !word.contains('@'));
    let digits = digits.flat_map(str::chars).filter(char::is_ascii_digit).count();
    let names = |word: &&Word| matches!(word, Word::Name | Word::Small);
    let is_frame =
        |words: &[Word]| words.iter().all(|word| matches!(word, Word::Verb | Word::Date | Word::Time));
    if count(Word::Verb) != 1 || digits < 3 {
        return false;
    }
    if let Some(address) = words.iter().position(|word| *word == Word::Address) {
        let (before, after) = words.split_at(address);
        let named = before.iter().rev().take_while(names).count();
        let frame = before.get(..before.len() - named).unwrap_or_default();
        let after: Vec<Word> = after.iter().copied().filter(|word| *word != Word::Address).collect();
        return named <= MOST_NAMES && is_frame(frame) && is_frame(&after);
    }
    let Some(verb) = words.iter().position(|word| *word == Word::Verb) else { return false };
    let (before, after) = words.split_at(verb);
    let after = after.get(1..).unwrap_or_default();
    let is_name = |words: &[Word]| {
        (2..=MOST_NAMES).contains(&words.len()) && words.iter().all(|word| *word == Word::Name)
    };
    let dated = before.iter().take_while(|word| matches!(word, Word::Date | Word::Time)).count();
    let between = before.get(dated..).unwrap_or_default();
    let told_by = (between.is_empty() && is_name(after)) || (after.is_empty() && is_name(between));
    dated > 0 && count(Word::Time) > 0 && told_by
}

fn word(written: &str) -> Option<Word> {
    let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    Some(if bare.is_empty() {
        return None;
    } else if written.contains('@') {
        Word::Address
    } else if WROTE.contains(&lower.as_str()) || WRITES.contains(&lower.as_str()) {
        Word::Verb
    } else if bare.starts_with(|c: char| c.is_ascii_digit()) {
        if is_time(bare) { Word::Time } else { number(bare) }
    } else if DATE_WORDS.contains(&lower.as_str())
        || (lower.chars().count() <= 12 && DATE_STEMS.iter().any(|stem| lower.starts_with(stem)))
    {
        Word::Date
    } else if NO_NAMES.contains(&lower.as_str()) {
        Word::Other
    } else if bare.starts_with(char::is_uppercase) {
        Word::Name
    } else {
        Word::Small
    })
}

/// `10:02`, `10.02`, `10:02:11`
fn is_time(word: &str) -> bool {
    let parts: Vec<&str> = word.split([':', '.']).collect();
    (2..=3).contains(&parts.len())
        && parts.iter().enumerate().all(|(at, part)| {
            (1..=2).contains(&part.len())
                && (at == 0 || part.len() == 2)
                && part.parse::<u8>().is_ok_and(|value| value < if at == 0 { 24 } else { 60 })
        })
}

/// `19`, `2026-11-19`, `11/19/26`, `19.11.2026`, `19th`, `2026-11-19T10:02`
fn number(word: &str) -> Word {
    let fits = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '/' | '.' | ':' | '+' | 'T' | 't' | 'h' | 's' | 'n' | 'd' | 'r')
    };
    if word.chars().all(fits) { Word::Date } else { Word::Other }
}
