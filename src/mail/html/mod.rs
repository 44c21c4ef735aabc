//! HTML of messages: made harmless, and read as text.
//!
//! `read` first goes through the tags itself, once: what comes out is balanced, shallow and made of a few allowed tags,
//! so that the parser behind ammonia, which is slow on hostile nesting, never sees any. ammonia then
//! has the last word on every tag, attribute and address.

mod entities;
mod frame;
mod tokens;
mod walk;

pub use frame::framed;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Stands in place of a picture that would have been fetched from elsewhere.
pub const BLOCKED_PICTURE: &str = "cid:blocked@arende.invalid";

/// What became of an HTML text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Read {
    /// Harmless HTML; nothing when there was more of it than is cleaned.
    pub(crate) html: Option<String>,
    /// The text, quotations marked by `> `.
    pub(crate) text: String,
    /// Where in the text the history begins, as the mail program marked it.
    pub(crate) history_at: Option<usize>,
    /// Whether something active or fetched from elsewhere was left out.
    pub(crate) cleaned: bool,
    /// Whether it was too long to be cleaned.
    pub(crate) too_long: bool,
}

/// Cleans HTML and reads its text. `most` bytes are cleaned at most; the text of the rest is still read.
pub(crate) fn read(html: &str, most: usize) -> Read {
    let walked = walk::walk(html, most);
    let html = (!walked.too_long).then(|| CLEANER.clean(&walked.html).to_string());
    Read {
        html,
        text: walked.text,
        history_at: walked.history_at,
        cleaned: walked.cleaned,
        too_long: walked.too_long,
    }
}

/// Plain text as HTML, for messages where only some parts have HTML.
pub(crate) fn from_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<p>{}</p>", escaped.trim().replace('\n', "<br>"))
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(walk::ALLOWED.iter().copied().collect())
        .add_tag_attributes("a", ["href", "title"])
        .add_tag_attributes("img", ["src", "alt", "width", "height"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if value.starts_with("cid:") => Some(Cow::Borrowed(value)),
            ("img", "src") => Some(Cow::Borrowed(BLOCKED_PICTURE)),
            // A picture shown by a message is no place to open another.
            ("a", "href") if value.starts_with("cid:") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(html: &str) -> String {
        read(html, 100_000).html.unwrap()
    }

    #[test]
    fn nothing_active_is_left() {
        for hostile in [
            "<script>alert(1)</script>a",
            "<scr<script>ipt>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" java\nscript:alert(1)\">x</a>",
            "<a href='&#106;avascript:alert(1)'>x</a>",
            "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
            "<iframe src=https://x.example></iframe>",
            "<div style=\"background:url(https://x.example/a.png)\">a</div>",
            "<style>@import url(https://x.example)</style>b",
            "<base href=https://x.example><form action=https://x.example><input name=p></form>",
            "<meta http-equiv=refresh content=\"0;url=https://x.example\">",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        ] {
            let clean = clean(hostile);
            for bad in [
                "<script",
                "onerror=",
                "onload=",
                "javascript",
                "<iframe",
                "style=",
                "<style",
                "<base",
                "<form",
                "http-equiv",
                "<svg",
            ] {
                let inside_text = clean.replace("&lt;", "").replace("&gt;", "");
                let tags: String =
                    inside_text.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
                assert!(!format!("<{tags}").contains(bad), "{hostile} → {clean}");
            }
        }
    }

    #[test]
    fn pictures_from_elsewhere_are_blocked_and_those_inside_kept() {
        let clean = clean(
            "<img src=\"https://x.example/p.gif?id=1\" alt=Logga width=1><img src=\"cid:bild1@x\"><img srcset=\"//x 2x\" background=x>",
        );
        assert!(!clean.contains("x.example") && !clean.contains("srcset"), "{clean}");
        assert!(
            clean.contains(BLOCKED_PICTURE)
                && clean.contains("src=\"cid:bild1@x\"")
                && clean.contains("alt=\"Logga\""),
            "{clean}"
        );
    }

    #[test]
    fn links_open_nothing_behind_our_back() {
        let clean = clean("<a href=\"https://example.se/?a=1&amp;b=2\" target=_top onclick=x()>här</a>");
        assert_eq!(
            clean,
            "<a href=\"https://example.se/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">här</a>"
        );
    }

    #[test]
    fn hostile_nesting_takes_no_time() {
        let deep = "<b id=1><table><div>".repeat(20_000);
        let read = read(&format!("{deep}Hej"), 1_000_000);
        assert!(read.text.contains("Hej"));
        let unclosed = format!("<a href=\"{}", "<!--".repeat(100_000));
        assert!(super::read(&unclosed, 1_000_000).text.is_empty());
        let comments = "<!-".repeat(200_000);
        super::read(&comments, 1_000_000);
    }

    proptest! {
        #[test]
        fn cleaned_html_holds_nothing_active(pieces in proptest::collection::vec(
            prop_oneof![
                Just("<script>"), Just("</script>"), Just("<img src=http://x onerror=y>"), Just("<svg/onload=x>"), Just("<"), Just(">"),
                Just("\""), Just("'"), Just("<!--"), Just("-->"), Just("<style>"), Just("</style>"), Just("<a href=javascript:x>"), Just("<p"),
                Just(" on"), Just("click=x"), Just("<table>"), Just("</table>"), Just("<td>"), Just("<b>"), Just("</b>"), Just("&lt;script&gt;"), Just("å"),
                Just("<math>"), Just("<title>"), Just("</title>"), Just("<plaintext>"), Just("<![CDATA["), Just("\0"), Just("<textarea>")
            ], 0..60)) {
            let html = read(&pieces.concat(), 100_000).html.unwrap();
            let tags: Vec<&str> = html.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
            for tag in tags {
                let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(walk::ALLOWED.contains(&name.as_str()), "{html}");
                prop_assert!(!tag.contains(" on") && !tag.contains("http://x") && !tag.contains("javascript"), "{html}");
            }
        }
    }
}
