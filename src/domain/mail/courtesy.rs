//! "Tack för hjälpen!" is no reason to open a finished ticket again.
//!
//! Careful on the side of the person who asks: every clause has to be one that thanks, praises, greets, closes or says
//! that all is well, from beginning to end. One word beside those, a question mark, a digit or a sad face makes it a
//! real answer, which opens the ticket.

use super::message::Mailbox;

/// Clauses, lower case. `a|b` is a choice of one word, a `?` behind it means that it may be left out. What stands
/// between two marks of punctuation is any row of these.
const GLAD: &[&str] = &[
    // Thanks.
    "tusen|stort|hjärtligt|varmt|många|jättestort|ett? stort|tack|tackar",
    "tusen|stort|hjärtligt|varmt|ett? tack|tackar snälla|ödmjukast|hjärtligast?",
    "tusen|stort|ett? tack|tackar till? dig|er|alla|dej",
    "vi|jag? tackar|tack så? jätte|väldigt? mycket|jättemycket|hemskt?",
    "tack|tackar för all|din|ditt|er|ert|den|det|en? snabb|snabba|snabbt|fin|bra|god|supersnabb? och? bra? hjälp|hjälpen|svar|svaret|svaren|insats|insatsen|återkoppling|återkopplingen|info|informationen|service|servicen|support|supporten|hanteringen|besked|beskedet",
    "tack|tackar för att du|ni hjälpte|löste|fixade till? mig|oss|det|detta",
    "tack för mig|oss|det|denna? gången?",
    "tack till? dig|er|alla|själv detsamma?",
    "tack igen",
    "many? thanks|thx|ty so|very? much|a? lot?",
    "thank|thanking you|u so|very? much|kindly|again?",
    "thanks|thank a lot|million|bunch|ton",
    "thanks|thank again|everyone|all|guys|team|both?",
    "thanks|thank you? so? very? much|a? lot? for the|your|all|such|a? the|your? quick|fast|prompt|great|kind|good|swift? help|support|reply|response|answer|assistance|service|fix|work|update",
    "thanks|thank you? for helping|fixing|solving us|me|it|this?",
    "much appreciated",
    "mange|vielen|tusind|tusen? takk|tak|danke|dank|kiitos",
    "mange|tusind|tusen? takk|tak for hjelpen|hjælpen",
    // Praise and assent.
    "ok|okej|okay|toppen|topp|suveränt|perfekt|bra|great|super|perfect|kanon|kanonbra|strålande|härligt|utmärkt|jättebra|superbra|fantastiskt|underbart|finfint|fint|snyggt|excellent|awesome|wonderful|brilliant|lovely|grymt|kalas|supersnabbt|snabbt|hurra|yay|jippi",
    "så|mycket|väldigt bra|snabbt|fint|snyggt|snällt jobbat|av? dig|er?",
    "snyggt|bra|fint|good|great|nice jobbat|jobb|gjort|fixat|job|work",
    "snällt av dig|er",
    "vad|så snabbt|bra|skönt|snabba|duktiga|fint du|ni? var|är?",
    "vilken service|snabb? hjälp|service",
    "ni|du är|var bäst|bästa|grymma|grym|toppen|fantastiska|snabba|suveräna|duktiga",
    "you are|were|guys? rock|great|awesome|fantastic|amazing|the best",
    // All is well.
    "nu|då fungerar|funkar|fungerade|funkade|går allt|det|den igen|perfekt|utmärkt|bra|jättebra|fint?",
    "nu fungerar|funkar det|allt|den hela? precis? som det ska|skulle?",
    "det|den|allt|allting fungerar|funkar|fungerade|funkade nu? bra|perfekt|utmärkt|jättebra|fint|igen? nu?",
    "det|den|allt fungerar|funkar nu? precis? som det ska|skall|skulle?",
    "det|allt|problemet|ärendet|saken är|blev nu? löst|klart|fixat|ordnat|åtgärdat|lugnt|frid nu?",
    "nu är det|allt|problemet|ärendet löst|klart|fixat|ordnat|bra|åtgärdat|perfekt",
    "det löste|ordnade sig nu|fint|bra?",
    "det hjälpte",
    "allt är|ser bra|klart|ok|okej|frid|lugnt|löst ut? nu?",
    "problemet|felet är borta|löst nu?",
    "it|everything|that|all works|worked fine|perfectly|great|now|again? now?",
    "it|everything|that|all is|was|looks working|solved|fixed|good|ok|okay|fine|perfect|great|resolved|well again|now? now?",
    "it's|its|that's|everything's working|solved|fixed|good|fine|perfect|great|resolved again|now? now?",
    "that|this|it solved|fixed|did it|the trick|problem? problem?",
    "all good|well|set|done now?",
    "works|working|solved|resolved|fixed|fungerar|funkar|löst|klart|fixat|fine|perfectly|perfekt now|nu",
    "problem|issue|case|ticket solved|closed|resolved",
    // Close it.
    "ni|du? kan|får stänga|avsluta nu|gärna? ärendet|detta|det här? ärendet? nu?",
    "ärendet|det|detta|detta? ärende? kan|får stängas|avslutas|stänga|avsluta nu?",
    "stäng|avsluta gärna? ärendet nu?",
    "you|we can|may close the|this|my? ticket|case|issue|it now?",
    "the|this ticket|case|issue|it can be closed now?",
    "please close the|this|my ticket|case|issue now?",
];
/// What stands beside and says nothing either way.
const POLITE: &[&str] = &[
    "hej|hejsan|hejhej|hallå|hi|hello|hey|hei|moin|dear och|på? igen|alla|team|there|all|servicedesk|helpdesk|support|supporten|dig|er?",
    "god|good morgon|morning|dag|afternoon|förmiddag|eftermiddag",
    "ha|ha|önskar en|ett fin|bra|trevlig|skön|underbar|härlig fortsatt? dag|helg|kväll|vecka|sommar|vår|höst|vinter|fredag|eftermiddag",
    "ha det så? bra|gott|fint|skönt",
    "trevlig|skön|fin|bra|glad|god|härlig helg|dag|kväll|sommar|jul|påsk|fredag|fortsättning|vecka|eftermiddag|semester|midsommar",
    "fortsatt trevlig|bra|fin dag|helg|kväll|vecka",
    "detsamma",
    "och|and",
    "have a nice|great|good|lovely|wonderful|fine day|weekend|evening|week|one",
    "nice|happy|good|great weekend|day|easter|christmas|evening",
    "you too",
    "hej|hejdå|hej då|så? länge?",
    "kram|kramar",
    "cheers",
];
/// What closes a letter; a name may follow.
const CLOSINGS: &[&str] = &[
    "med? vänlig|vänliga|vänligaste|bästa|varma|soliga|många|glada|trevliga hälsning|hälsningar|hälsn",
    "mvh|vh|hälsningar|hälsning|hälsar|önskar|bh|br|kr|rgds|vänligen",
    "best|kind|kindest|warm|with? best|kind? regards|wishes",
    "sincerely|cheers|yours",
    "kram|kramar|puss",
];
/// Never a name, however it is written.
const REFUSALS: &[&str] = &[
    "inte",
    "ej",
    "icke",
    "aldrig",
    "nej",
    "nä",
    "nope",
    "no",
    "not",
    "never",
    "nothing",
    "inget",
    "ingen",
    "inga",
    "ingenting",
    "tyvärr",
    "men",
    "but",
    "fast",
    "however",
    "dock",
    "fortfarande",
    "ännu",
    "still",
    "trasig",
    "trasigt",
    "trasiga",
    "sönder",
    "broken",
    "fel",
    "felet",
    "error",
    "failed",
    "fails",
    "down",
    "nere",
    "hjälp",
    "help",
    "akut",
    "urgent",
    "snarast",
    "asap",
    "igen",
    "again",
    "olöst",
    "unsolved",
    "problem",
    "krånglar",
    "strular",
    "kraschar",
    "väntar",
    "waiting",
    "nix",
    "näpp",
    "njet",
    "nein",
    "nicht",
    "ikke",
    "ikkje",
    "stopp",
    "ring",
    "svara",
    "återkom",
    "öppna",
    "reopen",
    "unfortunately",
    "funkar",
    "fungerar",
    "works",
    "working",
    "kvarstår",
    "saknas",
    "utan",
    "without",
    "dåligt",
    "bad",
    "löst",
    "löser",
    "går",
    "gick",
    "sorry",
    "vänta",
    "wait",
    "varför",
    "why",
    "när",
    "when",
    "hur",
    "how",
    "kan",
    "can",
    "tomt",
    "svart",
    "offline",
    "död",
    "dött",
    "dead",
];
/// Words no glad clause holds, which keep a line from being part of a signature.
const COMPLAINTS: &[&str] = &[
    "inte",
    "ej",
    "aldrig",
    "fortfarande",
    "tyvärr",
    "trasig",
    "trasigt",
    "sönder",
    "not",
    "doesn't",
    "don't",
    "isn't",
    "can't",
    "cannot",
    "won't",
    "never",
    "still",
    "unfortunately",
    "broken",
    "kvarstår",
    "krånglar",
    "nope",
];
const SMILEYS: &[&str] = &[":-)", ":)", ";-)", ";)", "=)", ":-D", ":D", "=D", "(:", "<3", "^^"];
const GLAD_FACES: &str =
    "👍🙏😊🙂😀😃😄😁😆😍🥰🤗🤩😎😉☺❤♥💙💚💛🧡💜🎉🥳👏🙌💪👌✌🌟⭐✨💐🌷🌸🌹🌞☀🍀✅✔🤝🎄🎁💯🫶";
const LONGEST: usize = 300;
const MOST_NAMES: usize = 3;

/// Whether a text says nothing but thanks, perhaps with the writer's name below.
pub(super) fn is_courtesy(text: &str, from: Option<&Mailbox>) -> bool {
    if text.chars().count() > LONGEST {
        return false;
    }
    let mut text = text.replace(['’', '´', '`'], "'");
    let mut is_glad = false;
    for smiley in SMILEYS {
        text = text.replace(smiley, "\u{1F642}");
    }
    for c in text.chars() {
        is_glad |= GLAD_FACES.contains(c);
        if !is_harmless(c) {
            return false;
        }
    }
    let mut may_be_name = Naming::No;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let line = line.trim();
        // "/Anna", "Tack! /Anna", "- Anna"
        let (said, signed) = match line.find('/') {
            Some(at) => line.split_at(at),
            None if line.starts_with(['-', '–', '—']) => ("", line),
            None => (line, ""),
        };
        if !signed.is_empty() && !is_name(signed, Naming::Anybody, from) {
            return false;
        }
        if may_be_name != Naming::No && signed.is_empty() && is_name(said, may_be_name, from) {
            may_be_name = Naming::No;
            continue;
        }
        for clause in said.split(|c: char| matches!(c, '.' | ',' | '!' | ';' | '…') || GLAD_FACES.contains(c))
        {
            for clause in clause.split(" - ").flat_map(|part| part.split(['–', '—'])) {
                match read(clause, from) {
                    Some(glad) => is_glad |= glad,
                    None => return false,
                }
            }
        }
        may_be_name = if ends_with_closing(said) { Naming::Anybody } else { Naming::Sender };
    }
    is_glad
}

/// Whether a line complains, so that it belongs to no signature.
pub(super) fn complains(line: &str) -> bool {
    let lower = line.to_lowercase().replace('’', "'");
    words(&lower).iter().any(|word| COMPLAINTS.contains(word))
}

/// Whose name a line may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    No,
    Sender,
    Anybody,
}

fn is_harmless(c: char) -> bool {
    // Skin tones, and what joins or forms pictures.
    let joins = matches!(c, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}');
    let mark =
        matches!(c, '.' | ',' | '!' | ';' | '/' | '-' | '–' | '—' | '\'' | '"' | '“' | '”' | '…' | '&');
    c.is_alphabetic() || c.is_whitespace() || joins || mark || GLAD_FACES.contains(c)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '-')))
        .map(|word| word.trim_matches(['\'', '-']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Takes a clause apart into known ones: whether one of them is glad; nothing when a word is left over.
fn read(clause: &str, from: Option<&Mailbox>) -> Option<bool> {
    let written = words(clause);
    let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let mut glad = false;
    let mut at = 0;
    while at < lower.len() {
        let rest = lower.get(at..).unwrap_or_default();
        let longest = |patterns: &[&str]| patterns.iter().filter_map(|pattern| reach(pattern, rest)).max();
        let (by_glad, by_polite, by_closing) = (longest(GLAD), longest(POLITE), longest(CLOSINGS));
        let reached = by_glad.max(by_polite).max(by_closing)?;
        glad |= by_glad == Some(reached);
        at += reached;
        // "Hej Bo", "Mvh Anna", "Tack Bo": what follows may be a name.
        let names = written.get(at..).unwrap_or_default();
        let may_be_called = by_glad != Some(reached) || at == 1 && names.len() == 1 && is_thanks(&lower);
        if may_be_called && !names.is_empty() && is_name(&names.join(" "), Naming::Anybody, from) {
            at = lower.len();
        }
    }
    Some(glad)
}

fn is_thanks(words: &[&str]) -> bool {
    words.first().is_some_and(|word| ["tack", "thanks"].contains(word))
}

fn ends_with_closing(line: &str) -> bool {
    let lower = line.to_lowercase();
    let last = lower.rsplit(['.', '!', ';']).find(|clause| !words(clause).is_empty()).unwrap_or_default();
    let last = words(last);
    CLOSINGS.iter().any(|pattern| reach(pattern, &last) == Some(last.len()))
}

/// How many words from the first on a pattern takes, the most it can.
fn reach(pattern: &str, words: &[&str]) -> Option<usize> {
    let slots: Vec<&str> = pattern.split(' ').collect();
    let reached = follow(&slots, words, words.len())?;
    (reached > 0).then_some(reached)
}

fn follow(slots: &[&str], words: &[&str], all: usize) -> Option<usize> {
    let Some((slot, slots)) = slots.split_first() else { return Some(all - words.len()) };
    let (choices, optional) = slot.strip_suffix('?').map_or((*slot, false), |choices| (choices, true));
    let taken = words
        .split_first()
        .filter(|(word, _)| choices.split('|').any(|choice| choice == **word))
        .and_then(|(_, rest)| follow(slots, rest, all));
    let left_out = if optional { follow(slots, words, all) } else { None };
    taken.max(left_out)
}

/// One to three words with a capital each and none that refuses; of a line by itself, one of them from the sender's
/// name or address.
fn is_name(text: &str, whose: Naming, from: Option<&Mailbox>) -> bool {
    let words = words(text);
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let refuses = |word: &&str| REFUSALS.contains(&word.to_lowercase().as_str());
    if words.is_empty() || words.len() > MOST_NAMES || !words.iter().all(capital) || words.iter().any(refuses)
    {
        return false;
    }
    let of_sender = |word: &&str| {
        let word = word.to_lowercase();
        from.is_some_and(|from| {
            let local = from.address.split('@').next().unwrap_or_default();
            let told = format!("{} {}", from.name, local.replace(['.', '_'], " ")).to_lowercase();
            self::words(&told).contains(&word.as_str())
        })
    };
    match whose {
        Naming::No => false,
        Naming::Sender => words.iter().any(of_sender),
        // Nobody is called in capitals only, but for initials.
        Naming::Anybody => words
            .iter()
            .all(|word| word.chars().count() <= 3 || word.chars().any(char::is_lowercase) || of_sender(word)),
    }
}

#[cfg(test)]
mod tests;
