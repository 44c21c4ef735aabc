//! "Tack för hjälpen!" is no reason to open a finished ticket again.
//!
//! Careful on the side of the person who asks: one word that isn't known from such messages, a question mark, a
//! digit or a "men" makes it a real answer.

const THANKS: &[&str] = &[
    "tack",
    "tackar",
    "tusen",
    "thanks",
    "thank",
    "thx",
    "ty",
    "takk",
    "danke",
    "kiitos",
    "toppen",
    "suveränt",
    "perfekt",
    "bra",
    "great",
    "super",
    "perfect",
    "kanon",
    "strålande",
    "härligt",
    "utmärkt",
    "ok",
    "okej",
    "okay",
    "👍",
    "🙏",
    "😊",
    "🙂",
    "😀",
    "❤",
];
const BESIDE: &[&str] = &[
    "så",
    "mycket",
    "för",
    "hjälpen",
    "hjälp",
    "snabb",
    "snabba",
    "snabbt",
    "svar",
    "svaret",
    "den",
    "det",
    "er",
    "dig",
    "du",
    "ni",
    "jättemycket",
    "hej",
    "hejsan",
    "på",
    "förhand",
    "igen",
    "alla",
    "all",
    "nu",
    "fungerar",
    "funkar",
    "allt",
    "är",
    "löst",
    "klart",
    "var",
    "vad",
    "bästa",
    "ha",
    "en",
    "fin",
    "bra",
    "dag",
    "helg",
    "trevlig",
    "då",
    "you",
    "so",
    "much",
    "for",
    "the",
    "your",
    "help",
    "quick",
    "fast",
    "it",
    "works",
    "now",
    "very",
    "a",
    "lot",
    "have",
    "nice",
    "day",
    "weekend",
    "is",
    "solved",
    "all",
    "good",
    "that",
    "hi",
    "hello",
    "many",
    "support",
    "supporten",
    "i",
    "hela",
    "precis",
    "som",
    "skulle",
    "finfint",
    "snällt",
    "av",
    "jag",
    "med",
    "vänlig",
    "hälsning",
    "hälsningar",
    "vänliga",
    "mvh",
    "vh",
    "hälsar",
    "best",
    "kind",
    "regards",
    "cheers",
    "kram",
    "team",
    "servicedesk",
    "helpdesk",
    "it-support",
    "återkopplingen",
    "återkoppling",
    "informationen",
    "info",
    "hjälpte",
    "bra!",
    "svaren",
];
const LONGEST: usize = 300;

/// Whether a text says nothing but thanks, perhaps with a name below.
pub(super) fn is_courtesy(text: &str) -> bool {
    if text.chars().count() > LONGEST || text.chars().any(|c| c == '?' || c.is_ascii_digit()) {
        return false;
    }
    let words: Vec<String> = text
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, '/' | ',' | '.' | '!' | ';' | ':' | '(' | ')' | '"' | '–' | '—' | '-')
        })
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if !lower.iter().any(|word| {
        THANKS.contains(&word.as_str())
            || THANKS.iter().any(|thanks| !thanks.is_ascii() && word.starts_with(thanks))
    }) {
        return false;
    }
    let known = |word: &str| {
        THANKS.contains(&word) || BESIDE.contains(&word) || !word.chars().any(char::is_alphanumeric)
    };
    // At most a first and a last name, and an initial, that nobody has heard of; names begin with a capital.
    let mut names = 0;
    for (at, (word, low)) in words.iter().zip(&lower).enumerate() {
        if known(low) {
            continue;
        }
        let named = at > 0 && word.chars().next().is_some_and(char::is_uppercase);
        names += 1;
        if !named || names > 3 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_courtesy;

    #[test]
    fn thanks_are_thanks() {
        for text in [
            "Tack!",
            "Tack för hjälpen /Anna",
            "Tusen tack!\n\nMvh Anna Ek",
            "Thank you",
            "Thanks a lot for the quick help!",
            "Hej!\nTack, nu fungerar det.",
            "Toppen, tack så mycket! 😊",
            "👍",
            "Tack för snabb hjälp, trevlig helg!",
            "Perfekt!",
        ] {
            assert!(is_courtesy(text), "{text}");
        }
    }

    #[test]
    fn a_real_answer_is_real() {
        for text in [
            "",
            "Tack, men det fungerar inte",
            "Tack! Kan ni även titta på skärmen?",
            "Tack, nu gick det sönder igen",
            "Thanks, but no",
            "Det fungerar inte",
            "Tack. Ring 019-123456",
            "Tack för hjälpen. Skrivaren på plan två krånglar",
            "tack det är fortfarande trasigt",
            "Ok, inte bra",
            "Nej tack",
        ] {
            assert!(!is_courtesy(text), "{text}");
        }
    }
}
