//! The HTML part of a mail, drawn from its text: one text serves both. Only addresses of the installation itself become
//! links or buttons, and none in a quote: mails hold what strangers wrote. Tables and inline styles, since Outlook
//! for Windows knows little else; the `style` element adds dark colours and narrow screens where they are known.

use std::fmt::Write as _;

const STYLE: &str = "\
body{margin:0;padding:0}\
@media (prefers-color-scheme:dark){\
.back{background:#15181c!important}.card{background:#1f242a!important;border-color:#3a424b!important}\
.card p,.card td{color:#e8eaed!important}.quote{border-color:#5b6672!important}\
.small{color:#aab2bb!important}a{color:#8ab8f2!important}\
.button td{background:#2f6fb5!important}.button a{color:#ffffff!important}}\
@media (max-width:640px){.card{border-radius:0!important;border-left:0!important;border-right:0!important}\
.pad{padding:20px 16px!important}.around{padding:0!important}}";

const FONT: &str = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// A whole page around a mail's text.
pub(super) fn page(title: &str, text: &str, language: &str, site: &str) -> String {
    let body: String = blocks(text, site).iter().map(|block| draw(block, site)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\
         <title>{}</title><style>{STYLE}</style></head>\n\
         <body class=\"back\" style=\"margin:0;padding:0;background:#f2f4f6\">\n\
         <table role=\"presentation\" class=\"back\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"background:#f2f4f6\"><tr><td class=\"around\" align=\"center\" style=\"padding:24px 12px\">\n\
         <table role=\"presentation\" class=\"card\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"max-width:600px;background:#ffffff;border:1px solid #d5dbe1;border-radius:8px;text-align:left\">\
         <tr><td class=\"pad\" style=\"padding:28px 32px\">\n{body}</td></tr></table>\n\
         </td></tr></table>\n</body></html>\n",
        escape(title)
    )
}

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Paragraph(Vec<&'a str>),
    Quote(Vec<&'a str>),
    /// `Label: https://…` alone on its line.
    Button(&'a str, &'a str),
    Small(Vec<&'a str>),
}

fn blocks<'a>(text: &'a str, site: &str) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut is_small = false;
    for line in text.lines().chain([""]) {
        if line.trim_end() == "--" {
            close(&mut lines, &mut blocks, is_small, site);
            is_small = true;
        } else if line.trim().is_empty() {
            close(&mut lines, &mut blocks, is_small, site);
        } else {
            // A quote begins or ends without an empty line between.
            if lines.last().is_some_and(|last| last.starts_with('>') != line.starts_with('>')) {
                close(&mut lines, &mut blocks, is_small, site);
            }
            lines.push(line);
        }
    }
    blocks
}

fn close<'a>(lines: &mut Vec<&'a str>, blocks: &mut Vec<Block<'a>>, is_small: bool, site: &str) {
    let lines = std::mem::take(lines);
    let Some(first) = lines.first() else { return };
    blocks.push(if is_small {
        Block::Small(lines)
    } else if first.starts_with('>') {
        Block::Quote(lines.iter().map(|line| unquoted(line)).collect())
    } else if let (1, Some((label, url))) = (lines.len(), labelled(first, site)) {
        Block::Button(label, url)
    } else {
        Block::Paragraph(lines)
    });
}

fn unquoted(line: &str) -> &str {
    let line = line.strip_prefix('>').unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line)
}

fn labelled<'a>(line: &'a str, site: &str) -> Option<(&'a str, &'a str)> {
    let (label, url) = line.split_once(": ")?;
    (is_own(url, site) && !label.is_empty() && !url.contains(char::is_whitespace)).then_some((label, url))
}

/// Whether it is a page of the installation: not of `https://a.se.example.org` when that is at `https://a.se`.
fn is_own(text: &str, site: &str) -> bool {
    let site = site.trim_end_matches('/');
    let is_site = site.starts_with("https://") || site.starts_with("http://");
    is_site
        && text.strip_prefix(site).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

fn draw(block: &Block<'_>, site: &str) -> String {
    match block {
        Block::Paragraph(lines) => format!(
            "<p style=\"margin:0 0 16px;{FONT};font-size:16px;line-height:1.5;color:#1b2733\">{}</p>\n",
            joined(lines, |line| linked(line, site))
        ),
        Block::Small(lines) => format!(
            "<p class=\"small\" style=\"margin:24px 0 0;{FONT};font-size:13px;line-height:1.5;color:#56616d\">{}</p>\n",
            joined(lines, |line| linked(line, site))
        ),
        Block::Quote(lines) => format!(
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 16px\">\
             <tr><td class=\"quote\" style=\"border-left:4px solid #9db4cc;padding:4px 0 4px 16px;{FONT};\
             font-size:16px;line-height:1.5;color:#1b2733;word-break:break-word\">{}</td></tr></table>\n",
            joined(lines, escape)
        ),
        Block::Button(label, url) => format!(
            "<table role=\"presentation\" class=\"button\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:8px 0 20px\">\
             <tr><td style=\"background:#1f5a99;border-radius:6px;padding:12px 20px\">\
             <a href=\"{url}\" style=\"{FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none\">{}</a>\
             </td></tr></table>\n",
            escape(label),
            url = escape(url)
        ),
    }
}

fn joined(lines: &[&str], drawn: impl Fn(&str) -> String) -> String {
    lines.iter().map(|line| drawn(line)).collect::<Vec<_>>().join("<br>\n")
}

/// A line with the installation's addresses as links.
fn linked(line: &str, site: &str) -> String {
    let mut out = String::new();
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let bare = word.trim_end_matches(['.', ',', ')', '!', '?', ';']);
        if is_own(bare, site) {
            let rest = word.strip_prefix(bare).unwrap_or_default();
            let (url, rest) = (escape(bare), escape(rest));
            // Writing to a string can't fail.
            let _ =
                write!(out, "<a href=\"{url}\" style=\"color:#1f5a99;word-break:break-all\">{url}</a>{rest}");
        } else {
            out.push_str(&escape(word));
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "https://a.se";

    #[test]
    fn only_our_own_addresses_become_links_and_none_in_a_quote() {
        let text = "Hej Anna: https://b.se/x\n\nLogga in: https://b.se/x\n\nÄrende: x https://a.se.b.se/ http://a.se/ \
             https://b.se/https://a.se/\nx\n\n> Logga in: https://a.se/t\n> https://b.se/y\n\nÖppna: https://a.se/t\n\n\
             -- \nSe https://a.se/mail, inte https://b.se/z.";
        let page = page("x", text, "sv", SITE);
        let links: Vec<&str> =
            page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(links, ["https://a.se/t", "https://a.se/mail"]);
        assert_eq!(page.matches("class=\"button\"").count(), 1);
        assert!(page.contains("https://b.se/x"));
        for nowhere in ["", "a.se", "javascript:", "https"] {
            assert!(
                !super::page("x", "Öppna: https://a.se/t och javascript:x", "sv", nowhere).contains("href")
            );
        }
    }

    #[test]
    fn a_text_falls_into_blocks() {
        let text = "Hej!\nDu skrev:\n> Det\n>\n> brinner\n\nÖppna ärendet: https://a.se/t\n\n-- \nIT\n";
        assert_eq!(
            blocks(text, SITE),
            [
                Block::Paragraph(vec!["Hej!", "Du skrev:"]),
                Block::Quote(vec!["Det", "", "brinner"]),
                Block::Button("Öppna ärendet", "https://a.se/t"),
                Block::Small(vec!["IT"]),
            ]
        );
    }

    #[test]
    fn nothing_that_was_written_becomes_markup() {
        let text = "<script>alert(1)</script>\n\n> <img src=x onerror=y>\n\nKlicka: https://a.se/\"onclick=x\n\n\
             Se https://a.se/?a=1&b=<i>, eller javascript:alert(1)";
        let page = page("<title>", text, "sv", SITE);
        for forbidden in ["<script", "<img", "\"onclick", "<i>", "<title><title>", "href=\"javascript"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains("href=\"https://a.se/?a=1&amp;b=&lt;i&gt;\""));
    }
}
