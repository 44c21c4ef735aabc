//! Tags and text, told apart in one pass.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Open { name: String, attributes: Vec<(String, &'a str)> },
    Close { name: String },
}

/// Elements whose content is no text of the message.
const SILENT: &[&str] = &[
    "script",
    "style",
    "title",
    "noscript",
    "iframe",
    "noembed",
    "noframes",
    "template",
    "textarea",
    "xmp",
    "svg",
    "math",
    "object",
    "select",
    "plaintext",
    "head",
];
const MOST_ATTRIBUTES: usize = 40;

/// Reads HTML piece by piece. Every byte is looked at a fixed number of times.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The end of a comment was looked for and isn't there.
    no_comment_end: bool,
    /// Something silent was passed over that could have been active.
    pub(super) skipped: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, no_comment_end: false, skipped: false }
    }

    fn comment(&mut self, after: &'a str) {
        if let Some(inner) = after.strip_prefix("!--")
            && !self.no_comment_end
        {
            if let Some((_, rest)) = inner.split_once("-->") {
                self.rest = rest;
                return;
            }
            self.no_comment_end = true;
        }
        self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }

    fn tag(&mut self, after: &'a str) -> Option<Token<'a>> {
        let (closing, after) = after.strip_prefix('/').map_or((false, after), |after| (true, after));
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(after.len());
        let (name, mut rest) = after.split_at_checked(end)?;
        let name = name.to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(beyond) = rest.strip_prefix('>') {
                self.rest = beyond;
                break;
            }
            let Some((key, value, beyond)) = attribute(rest) else {
                // The tag never ends: what follows is lost in it, as in a browser.
                self.rest = "";
                break;
            };
            if attributes.len() < MOST_ATTRIBUTES && !key.is_empty() {
                attributes.push((key, value));
            }
            rest = beyond;
        }
        if closing {
            return Some(Token::Close { name });
        }
        if SILENT.contains(&name.as_str()) {
            // A head is silent but for what it says; body may follow without its end.
            if name != "head" {
                self.skip_to_end_of(&name);
            }
            self.skipped |= !matches!(name.as_str(), "title" | "head" | "style");
        }
        Some(Token::Open { name, attributes })
    }

    /// Passes over the content of a silent element; to the end of the text if it never ends.
    fn skip_to_end_of(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some((_, after)) = rest.split_once("</") {
            if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
                return;
            }
            rest = after;
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                return Some(Token::Text(text));
            };
            match after.trim_start_matches('/').chars().next() {
                Some(c) if c.is_ascii_alphabetic() && !after.starts_with("//") => return self.tag(after),
                Some('!' | '?') => self.comment(after),
                _ => {
                    let text = self.rest.get(..1).unwrap_or_default();
                    self.rest = after;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

/// `key`, `key=value`, `key="value"`, and what follows; nothing when the text ends inside.
fn attribute(text: &str) -> Option<(String, &str, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(text.len());
    let (key, rest) = text.split_at_checked(end)?;
    let key = key.to_ascii_lowercase();
    let after = rest.trim_start();
    let Some(value) = after.strip_prefix('=') else {
        return (!rest.is_empty()).then_some((key, "", rest));
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            let (value, rest) = inner.split_once(quote)?;
            return Some((key, value, rest));
        }
    }
    let end = value.find(|c: char| c.is_whitespace() || c == '>').filter(|_| !value.is_empty())?;
    let (value, rest) = value.split_at_checked(end)?;
    Some((key, value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let seen: Vec<Token<'_>> =
            Tokens::new("a<B class='x>y' id=q>b</b ><!-- <i> --><![if x]>1 < 2<style>c</style>d").collect();
        assert_eq!(
            seen,
            [
                Token::Text("a"),
                Token::Open {
                    name: "b".to_owned(),
                    attributes: vec![("class".to_owned(), "x>y"), ("id".to_owned(), "q")]
                },
                Token::Text("b"),
                Token::Close { name: "b".to_owned() },
                Token::Text("1 "),
                Token::Text("<"),
                Token::Text(" 2"),
                Token::Open { name: "style".to_owned(), attributes: vec![] },
                Token::Text("d"),
            ]
        );
    }
}
