//! Just enough of an HTML reader for the tests: tags with their attributes, in order.

use std::collections::HashMap;

/// A start tag.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: HashMap<String, String>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The start tags of a page. Scripts and styles hold no markup in our pages.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    for part in html.split('<').skip(1) {
        if !part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (inside, _) = part.split_at(tag_end(part));
        let inside = inside.trim_end_matches('/');
        let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        tags.push(Tag { name: name.to_owned(), attributes: attributes(rest) });
    }
    tags
}

fn tag_end(part: &str) -> usize {
    let mut quoted = false;
    for (at, c) in part.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag has no end: {part}")
}

fn attributes(mut rest: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let value = match after.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("a quoted value ends");
                rest = after;
                value
            }
            None => {
                assert!(!after.starts_with('='), "value of {name} isn't quoted");
                rest = after;
                ""
            }
        };
        assert!(found.insert(name.to_owned(), value.to_owned()).is_none(), "{name} stands twice");
    }
}
