//! Goes through the tags once and writes two things: balanced HTML of allowed tags, and the text.

use super::entities::resolved;
use super::tokens::{Token, Tokens};

/// The tags that a message may have.
pub(super) const ALLOWED: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
const VOID: &[&str] = &["br", "hr", "img"];
/// Tags that begin a new line and end a paragraph that is still open.
const BLOCKS: &[&str] = &[
    "blockquote",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
const PARAGRAPHS: &[&str] =
    &["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "pre", "blockquote"];
const KEPT_ATTRIBUTES: &[&str] =
    &["href", "title", "src", "alt", "width", "height", "colspan", "rowspan", "start"];
const DEEPEST: usize = 60;
const MOST_TAGS: usize = 30_000;

/// What the walk wrote.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) html: String,
    pub(super) text: String,
    pub(super) history_at: Option<usize>,
    pub(super) cleaned: bool,
    pub(super) too_long: bool,
}

pub(super) fn walk(html: &str, most: usize) -> Walked {
    let mut walker = Walker { most, ..Walker::default() };
    let mut tokens = Tokens::new(html);
    for token in tokens.by_ref() {
        match token {
            Token::Text(text) => walker.text(text),
            Token::Open { name, attributes } => walker.open(&name, &attributes),
            Token::Close { name } => walker.close(&name),
        }
    }
    while walker.pop() {}
    let too_long = walker.too_long;
    Walked {
        html: if too_long { String::new() } else { walker.html },
        text: walker.lines.finished(),
        history_at: walker.history_at,
        cleaned: walker.cleaned || tokens.skipped,
        too_long,
    }
}

/// An element that is open.
struct Open {
    name: &'static str,
    /// Written to the HTML; past the deepest level elements are not.
    written: bool,
    quote: bool,
    link: Option<(String, usize)>,
    number: Option<u32>,
}

#[derive(Default)]
struct Walker {
    most: usize,
    html: String,
    lines: Lines,
    stack: Vec<Open>,
    tags: usize,
    history_at: Option<usize>,
    cleaned: bool,
    too_long: bool,
}

impl Walker {
    fn text(&mut self, raw: &str) {
        let text = resolved(raw);
        self.lines.add(&text, self.stack.iter().any(|open| open.name == "pre"));
        self.write(&raw.replace('<', "&lt;").replace('>', "&gt;").replace('\0', ""));
    }

    fn write(&mut self, piece: &str) {
        self.too_long |= self.html.len() + piece.len() > self.most || self.tags > MOST_TAGS;
        if !self.too_long {
            self.html.push_str(piece);
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, &str)]) {
        if begins_history(name, attributes) && self.history_at.is_none() {
            self.lines.end_line();
            self.history_at = Some(self.lines.written());
        }
        self.cleaned |= attributes.iter().any(|(key, value)| is_active(name, key, value));
        let name = match name {
            "center" | "section" | "article" | "header" | "footer" | "main" => "div",
            "strike" | "del" => "s",
            "ins" => "u",
            other => other,
        };
        let Some(name) = ALLOWED.iter().copied().find(|allowed| *allowed == name) else {
            self.cleaned |=
                matches!(name, "form" | "input" | "embed" | "object" | "base" | "link" | "frame" | "applet");
            return;
        };
        self.tags += 1;
        self.close_implied(name);
        let get =
            |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| resolved(value));
        self.begin_lines(name);
        let written = self.stack.iter().filter(|open| open.written).count() < DEEPEST;
        if written {
            self.write_tag(name, attributes);
        }
        if name == "img" {
            // A letter or two beside a picture says nothing (trackers, spacers).
            let alt = get("alt").map(|alt| alt.trim().to_owned()).filter(|alt| alt.chars().count() > 2);
            self.lines.add(&alt.map(|alt| format!("[{alt}]")).unwrap_or_default(), false);
        }
        if VOID.contains(&name) {
            return;
        }
        // Elements past any sensible depth are forgotten: their end tags then close nothing.
        if self.stack.len() >= DEEPEST * 2 {
            return;
        }
        let quote = name == "blockquote" && is_quote(attributes);
        self.lines.quotes += usize::from(quote);
        let link = (name == "a").then(|| get("href")).flatten().map(|href| (href, self.lines.out.len()));
        let number = (name == "ol").then(|| get("start").and_then(|start| start.parse().ok()).unwrap_or(1));
        self.stack.push(Open { name, written, quote, link, number });
    }

    fn write_tag(&mut self, name: &str, attributes: &[(String, &str)]) {
        let mut tag = format!("<{name}");
        for (key, value) in attributes.iter().filter(|(key, _)| KEPT_ATTRIBUTES.contains(&key.as_str())) {
            let value =
                value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;").replace('\0', "");
            tag.push_str(&format!(" {key}=\"{value}\""));
        }
        tag.push('>');
        self.write(&tag);
    }

    /// Ends what the new element can't stand inside, so that nobody has to guess later.
    fn close_implied(&mut self, name: &str) {
        let (ends, stops): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "table", "blockquote"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "blockquote"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th"], &["table"]),
            "a" => (&["a"], &["table"]),
            _ if BLOCKS.contains(&name) => (&["p"], &["table", "td", "th", "blockquote", "li"]),
            _ => return,
        };
        let deepest = self
            .stack
            .iter()
            .rev()
            .take_while(|open| !stops.contains(&open.name))
            .enumerate()
            .filter(|(_, open)| ends.contains(&open.name))
            .map(|(at, _)| at + 1)
            .last();
        for _ in 0..deepest.unwrap_or_default() {
            self.pop();
        }
    }

    fn close(&mut self, name: &str) {
        if name == "br" {
            self.lines.end_line();
            return;
        }
        let name = match name {
            "center" | "section" | "article" | "header" | "footer" | "main" => "div",
            "strike" | "del" => "s",
            "ins" => "u",
            other => other,
        };
        // The end of a cell's content doesn't reach out of the cell.
        let inside = |open: &&Open| name == "table" || open.name != "table";
        if let Some(at) = self.stack.iter().rev().take_while(inside).position(|open| open.name == name) {
            for _ in 0..=at {
                self.pop();
            }
        }
    }

    fn pop(&mut self) -> bool {
        let Some(open) = self.stack.pop() else { return false };
        if let Some((href, from)) = open.link {
            self.lines.add_link(&href, from);
        }
        if BLOCKS.contains(&open.name) && !matches!(open.name, "td" | "th") {
            self.lines.end_line();
        }
        if PARAGRAPHS.contains(&open.name) {
            self.lines.end_paragraph();
        }
        self.lines.quotes -= usize::from(open.quote);
        if open.written {
            self.write(&format!("</{}>", open.name));
        }
        true
    }

    fn begin_lines(&mut self, name: &str) {
        match name {
            "br" => self.lines.break_line(),
            "td" | "th" => self.lines.add(" ", false),
            "li" => {
                self.lines.end_line();
                let numbered = self.stack.iter_mut().rev().find(|open| matches!(open.name, "ul" | "ol"));
                let mark = match numbered.and_then(|list| list.number.as_mut()) {
                    Some(number) => {
                        let mark = format!("{number}. ");
                        *number = number.saturating_add(1);
                        mark
                    }
                    None => "- ".to_owned(),
                };
                self.lines.add(&mark, true);
            }
            _ if PARAGRAPHS.contains(&name) => {
                self.lines.end_line();
                self.lines.end_paragraph();
            }
            _ if BLOCKS.contains(&name) => self.lines.end_line(),
            _ => {}
        }
    }
}

/// An attribute that would do or fetch something.
fn is_active(name: &str, key: &str, value: &str) -> bool {
    let elsewhere = || !value.trim_start().to_ascii_lowercase().starts_with("cid:");
    key.starts_with("on")
        || matches!(key, "background" | "srcset")
        || (key == "src" && name != "a" && elsewhere())
        || (key == "href" && resolved(value).trim_start().to_ascii_lowercase().starts_with("javascript"))
}

/// A quotation, as mail programs mark it; others indent with the same element.
fn is_quote(attributes: &[(String, &str)]) -> bool {
    attributes.iter().any(|(key, value)| match key.as_str() {
        "type" => value.eq_ignore_ascii_case("cite"),
        "cite" => true,
        "class" => value.contains("quote") || value.contains("yahoo_quoted"),
        "style" => value.contains("border-left"),
        _ => false,
    })
}

/// Where Outlook and others put the history.
fn begins_history(name: &str, attributes: &[(String, &str)]) -> bool {
    attributes.iter().any(|(key, value)| {
        let value = value.trim_start_matches("x_");
        match key.as_str() {
            "id" => matches!(
                value,
                "divRplyFwdMsg"
                    | "appendonsend"
                    | "OLK_SRC_BODY_SECTION"
                    | "mail-editor-reference-message-container"
            ),
            "class" => value.split_whitespace().any(|class| class == "OutlookMessageHeader"),
            _ => name == "hr" && key == "tabindex" && value == "-1",
        }
    })
}

/// Text being written line by line.
#[derive(Default)]
struct Lines {
    out: String,
    line: String,
    quotes: usize,
    /// A blank stands before the next word.
    blank: bool,
    /// An empty line stands before the next one.
    gap: bool,
}

impl Lines {
    fn add(&mut self, text: &str, exact: bool) {
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{34f}' => {}
                '\n' if exact => self.break_line(),
                '\t' | ' ' | '\u{a0}' if exact => self.line.push(' '),
                c if c.is_whitespace() => self.blank = true,
                c if c.is_control() => {}
                c => {
                    if self.blank && !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                    self.blank = false;
                    self.line.push(c);
                }
            }
        }
    }

    /// The address of a link, unless it is what the link says.
    fn add_link(&mut self, href: &str, from: usize) {
        let bare = href.trim().trim_start_matches("mailto:").trim_end_matches('/');
        let plain = bare.trim_start_matches("https://").trim_start_matches("http://");
        let web = href.starts_with("http://") || href.starts_with("https://");
        let said = self.line.contains(plain) || self.out.get(from..).is_some_and(|out| out.contains(plain));
        if web && !said && !self.line.is_empty() && bare.chars().count() <= 500 {
            let bare: String = bare.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            self.line.push_str(&format!(" <{bare}>"));
        }
    }

    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.break_line();
        }
        self.blank = false;
    }

    fn break_line(&mut self) {
        let text = self.line.trim_end();
        if self.gap && !text.is_empty() {
            if !self.out.is_empty() {
                self.out.push_str("> ".repeat(self.quotes.min(9)).trim_end());
                self.out.push('\n');
            }
            self.gap = false;
        }
        let whole = format!("{}{text}", "> ".repeat(self.quotes.min(9)));
        self.out.push_str(whole.trim_end());
        self.out.push('\n');
        self.line.clear();
        self.blank = false;
    }

    fn end_paragraph(&mut self) {
        self.gap = true;
    }

    fn written(&self) -> usize {
        self.out.len()
    }

    fn finished(mut self) -> String {
        self.end_line();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, walk};

    fn text(html: &str) -> String {
        walk(html, 10_000).text.trim().to_owned()
    }

    #[test]
    fn text_reads_as_it_looks() {
        assert_eq!(text("<p>Hej!</p><p>Rad 1<br>Rad&nbsp;2</p>"), "Hej!\n\nRad 1\nRad 2");
        assert_eq!(
            text("<ul><li>ett<li>tv&aring;</ul><ol start=3><li>tre</li><li>fyra</ol>"),
            "- ett\n- två\n\n3. tre\n4. fyra"
        );
        assert_eq!(
            text("<a href='https://example.se/x'>se här</a>, <a href='https://example.se/'>example.se</a>"),
            "se här <https://example.se/x>, example.se"
        );
        assert_eq!(text("<table><tr><td>A<td>B<tr><td>C</table>"), "A B\nC");
        assert_eq!(text("<div>a</div><div><br></div><div>b</div>"), "a\n\nb");
        assert_eq!(
            text("<blockquote type=cite>a<br>b</blockquote>c<blockquote>d</blockquote>"),
            "> a\n> b\n\nc\n\nd"
        );
    }

    #[test]
    fn what_comes_out_is_balanced_and_shallow() {
        let walked = walk(&"<b><i><p>".repeat(500), 100_000);
        assert_eq!(walked.html.matches("<b>").count(), walked.html.matches("</b>").count());
        let deep = walk(&"<div>".repeat(500), 100_000);
        assert_eq!(deep.html.matches("<div>").count(), DEEPEST);
        assert_eq!(walk("</b></td>a<b>c<i>d</b>e", 1000).html, "a<b>c<i>d</i></b>e");
    }

    #[test]
    fn too_much_leaves_the_text() {
        let walked = walk(&"<p>rad</p>".repeat(5000), 1000);
        assert!(walked.too_long && walked.html.is_empty());
        assert_eq!(walked.text.matches("rad").count(), 5000);
    }
}
