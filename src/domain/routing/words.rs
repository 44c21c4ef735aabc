//! Words as rules look for them: case-folded, whole or – with a `*` at the end – as the beginning of
//! a word. `e-post*` finds "E-posten", `follow me` finds "Follow-Me", `port` doesn't find "rapport".

/// The most characters a word of a rule holds.
pub(super) const MAX: usize = 60;

/// A text cut into lower-case words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(Vec<String>);

impl Words {
    /// Cuts a text at everything that is neither letter nor digit.
    pub(super) fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_lowercase).collect())
    }

    /// With the words of another text behind. A phrase may reach from one into the other.
    pub(super) fn and(mut self, text: &str) -> Self {
        self.0.extend(Self::of(text).0);
        self
    }

    /// Whether the sought word or words stand in the text, one after the other.
    pub(super) fn hold(&self, sought: &str) -> bool {
        let (parts, is_prefix) = (Self::of(sought).0, is_prefix(sought));
        let Some((last, before)) = parts.split_last() else { return false };
        self.0.windows(parts.len()).any(|window| {
            window.split_last().is_some_and(|(word, words)| {
                words == before && (word == last || (is_prefix && word.starts_with(last.as_str())))
            })
        })
    }
}

/// Whether there is anything to look for.
pub(super) fn is_blank(sought: &str) -> bool {
    Words::of(sought).0.is_empty()
}

/// Whether every text that holds `narrow` holds `wide` too.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    // The beginning of a word is only surely found by the beginning of that beginning.
    let open_ended = is_prefix(narrow) && !is_prefix(wide);
    !open_ended && Words::of(narrow).hold(wide)
}

fn is_prefix(sought: &str) -> bool {
    sought.trim_end().ends_with('*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_or_by_their_beginning() {
        let text = Words::of("Skol-WiFi fungerar inte, E-posten och Follow-Me inte heller. ÅÄÖ!");
        for found in ["wifi", "WIFI", "skol-wifi", "e-post*", "follow me", "fung*", "åäö", "inte heller"] {
            assert!(text.hold(found), "{found}");
        }
        for missing in ["wi", "fi", "e-post", "me follow", "post", "*", "", "åä", "heller åäö wifi"] {
            assert!(!text.hold(missing), "{missing}");
        }
        assert!(is_blank(" * ") && !is_blank("x"));
    }

    #[test]
    fn a_wide_word_covers_a_narrow_one() {
        assert!(covers("wifi", "skol wifi"));
        assert!(covers("wifi*", "wifin"));
        assert!(covers("wi*", "wifi*"));
        assert!(!covers("wifi", "wifi*"));
        assert!(!covers("wifi*", "wi*"));
        assert!(!covers("skol wifi", "wifi"));
    }
}
