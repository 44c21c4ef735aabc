//! From parts to a body and attachments.

use super::names;
use super::structure::Part;
use super::transfer::{Encoding, decoded, measured};
use super::{Content, Limits, calendar, charset, report, uuencode};
use crate::domain::mail::{Attachment, InboundMail, Note, NoteCode, Origin, Protection, Report};
use crate::mail::{html, tnef};

/// One stretch of the body: text, HTML, or both saying the same.
#[derive(Default)]
struct Piece {
    text: Option<String>,
    html: Option<String>,
}

/// The body and what came with it, being gathered.
pub(super) struct Gatherer<'a> {
    pub(super) raw: &'a [u8],
    pub(super) limits: &'a Limits,
    pub(super) mail: InboundMail,
    pub(super) contents: Vec<Content>,
    /// Bytes of text and HTML that may still be decoded, so that a thousand parts cost no more than one.
    text_left: usize,
    html_left: usize,
    pieces: Vec<Piece>,
    original_message_id: Option<String>,
}

/// The text of the message, and where its history begins if the HTML told.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) html: Option<String>,
    pub(super) history_at: Option<usize>,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(raw: &'a [u8], limits: &'a Limits, mail: InboundMail) -> Self {
        let (text_left, html_left) = (limits.text_bytes, limits.html_bytes.saturating_mul(2));
        Self {
            raw,
            limits,
            mail,
            contents: Vec::new(),
            text_left,
            html_left,
            pieces: Vec::new(),
            original_message_id: None,
        }
    }

    pub(super) fn note(&mut self, code: NoteCode, value: &str) {
        let value = value.chars().take(100).collect();
        let note = Note { code, value };
        if !self.mail.notes.contains(&note) && self.mail.notes.len() < 50 {
            self.mail.notes.push(note);
        }
    }

    /// Takes in a part and everything below it. Parts are nested as deep as [`Limits::depth`] at most.
    pub(super) fn take(&mut self, part: &Part, related: bool) {
        if part.unread {
            self.attach(part, Origin::Unread, false);
            return;
        }
        let Some(children) = &part.children else {
            self.leaf(part, related);
            return;
        };
        self.mark_protection(part);
        match part.content.value.as_str() {
            "multipart/alternative" => self.alternative(children),
            kind => {
                let related = kind == "multipart/related" || related;
                for child in children {
                    self.take(child, related);
                }
            }
        }
    }

    /// The ways of saying the same: the last text and the last HTML count, what else is there is taken in.
    fn alternative(&mut self, children: &[Part]) {
        let before = self.pieces.len();
        for child in children {
            self.take(child, true);
        }
        let mut one = Piece::default();
        for piece in self.pieces.drain(before.min(self.pieces.len())..) {
            let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
            if !blank(&piece.text) || one.text.is_none() {
                one.text = piece.text.or(one.text);
            }
            if !blank(&piece.html) || one.html.is_none() {
                one.html = piece.html.or(one.html);
            }
        }
        self.pieces.push(one);
    }

    fn leaf(&mut self, part: &Part, related: bool) {
        let kind = part.content.value.clone();
        self.mark_protection(part);
        let attached = part.disposition.value == "attachment";
        let named = file_name(part).is_some();
        match kind.as_str() {
            "text/plain" | "text/html" if !attached && !named => self.body_part(part, kind == "text/html"),
            // Apple Mail and others name the body too.
            "text/html" if !attached && self.pieces.is_empty() && related => self.body_part(part, true),
            "text/plain" | "text/html"
                if part.disposition.value.is_empty()
                    && self.contents.is_empty()
                    && self.pieces.is_empty() =>
            {
                self.body_part(part, kind == "text/html");
            }
            "message/delivery-status" | "message/global-delivery-status" => {
                let bytes = self.bytes(part, 256 * 1024);
                self.mail.report = Some(report::delivery(&bytes, None));
            }
            "message/disposition-notification" => {
                let bytes = self.bytes(part, 64 * 1024);
                self.mail.report = Some(report::disposition(&bytes, None));
            }
            "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/rfc822-headers" => {
                self.remember_original(part);
                self.attach(
                    part,
                    if kind.starts_with("text") { Origin::Part } else { Origin::Message },
                    false,
                );
            }
            "text/calendar" | "application/ics" => {
                self.invitation(part);
                self.attach(part, Origin::Part, false);
            }
            "application/ms-tnef" | "application/vnd.ms-tnef" => self.tnef(part),
            _ if file_name(part).is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat")) => {
                self.tnef(part);
            }
            _ => self.attach(part, Origin::Part, related || part.disposition.value == "inline"),
        }
    }

    fn bytes(&self, part: &Part, most: usize) -> Vec<u8> {
        decoded(self.raw.get(part.body.clone()).unwrap_or_default(), part.encoding, most).into_owned()
    }

    fn body_part(&mut self, part: &Part, is_html: bool) {
        let left = if is_html { self.html_left } else { self.text_left };
        let raw = self.raw.get(part.body.clone()).unwrap_or_default();
        let bytes = decoded(raw, part.encoding, left.saturating_add(1));
        if bytes.len() > left {
            self.note(NoteCode::TextCut, "");
        }
        let taken = bytes.len().min(left);
        let label = part.content.get("charset").map(str::to_owned);
        let read = charset::decode(bytes.get(..taken).unwrap_or_default(), label.as_deref());
        if is_html {
            self.html_left -= taken;
        } else {
            self.text_left -= taken;
        }
        if !read.as_labelled {
            self.note(NoteCode::WrongCharset, label.as_deref().unwrap_or_default());
        }
        if read.text.contains('\0') {
            self.note(NoteCode::NulBytes, "body");
        }
        if is_html {
            self.pieces.push(Piece { text: None, html: Some(read.text) });
            return;
        }
        let mut text = plain_lines(&read.text);
        if part.content.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
            let closes_up = part.content.get("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
            text = unflowed(&text, closes_up);
        }
        if let Some((rest, files)) = uuencode::extracted(&text) {
            text = rest;
            for file in files {
                self.attach_bytes(&file.name, "application/octet-stream", None, file.bytes, Origin::Uuencode);
            }
        }
        self.pieces.push(Piece { text: Some(text), html: None });
    }

    /// The Message-ID of the message that a report is about.
    fn remember_original(&mut self, part: &Part) {
        let bytes = self.bytes(part, 64 * 1024);
        let (head, _) = super::headers::split(&bytes);
        let headers = super::headers::Headers::read(bytes.get(head).unwrap_or_default(), 64 * 1024);
        let id =
            headers.first("message-id").and_then(|id| super::addresses::message_ids(id).into_iter().next());
        self.original_message_id = self.original_message_id.take().or(id);
    }

    fn invitation(&mut self, part: &Part) {
        if self.mail.invitation.is_none() {
            let text =
                charset::decode(&self.bytes(part, 256 * 1024), part.content.get("charset").or(Some("utf-8")))
                    .text;
            self.mail.invitation = calendar::invitation(&text, part.content.get("method"));
        }
    }

    fn tnef(&mut self, part: &Part) {
        let bytes = self.bytes(part, usize::MAX);
        let Some(found) = tnef::unpack(&bytes) else {
            self.note(NoteCode::BrokenTnef, "");
            self.attach(part, Origin::Part, false);
            return;
        };
        drop(bytes);
        if found.broken {
            // What couldn't be read may still be read by somebody else.
            self.note(NoteCode::BrokenTnef, "");
            self.attach(part, Origin::Part, false);
        }
        let empty = |text: &str| text.trim().is_empty();
        if self.pieces.iter().all(|piece| piece.text.as_deref().is_none_or(empty) && piece.html.is_none()) {
            let html = found
                .html
                .map(|html| charset::decode(html.get(..self.html_left).unwrap_or(&html), None).text);
            let text = found.text.map(|text| plain_lines(&text));
            if html.is_some() || text.is_some() {
                self.pieces.push(Piece { text, html });
            }
        }
        for file in found.files {
            let kind = file.content_type.unwrap_or_else(|| "application/octet-stream".to_owned());
            self.attach_bytes(&file.name, &kind, file.content_id, file.bytes, Origin::Tnef);
        }
    }

    fn mark_protection(&mut self, part: &Part) {
        let content = &part.content;
        let parameter = |name: &str| content.get(name).unwrap_or_default().to_ascii_lowercase();
        let found = match content.value.as_str() {
            "multipart/signed" if parameter("protocol").contains("pgp") => Protection::PgpSigned,
            "multipart/signed" => Protection::SmimeSigned,
            "multipart/encrypted" => Protection::PgpEncrypted,
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => match parameter("smime-type").as_str() {
                "signed-data" | "certs-only" => Protection::SmimeSigned,
                _ => Protection::SmimeEncrypted,
            },
            "text/plain" => {
                let start = self.raw.get(part.body.clone()).unwrap_or_default();
                let start = start.get(..200).unwrap_or(start).trim_ascii_start();
                if start.starts_with(b"-----BEGIN PGP MESSAGE-----") {
                    Protection::PgpEncrypted
                } else if start.starts_with(b"-----BEGIN PGP SIGNED MESSAGE-----") {
                    Protection::PgpSigned
                } else {
                    return;
                }
            }
            _ => return,
        };
        self.mail.protection.get_or_insert(found);
    }

    fn attach(&mut self, part: &Part, origin: Origin, inline: bool) {
        let raw = self.raw.get(part.body.clone()).unwrap_or_default();
        let (size, sha256) = measured(raw, part.encoding);
        let content = Content::Encoded { range: part.body.clone(), encoding: part.encoding };
        let mut name = file_name(part).unwrap_or_default();
        if name.is_empty() && origin == Origin::Message {
            name = self.subject_of(part).map(|subject| format!("{subject}.eml")).unwrap_or_default();
        }
        let kind = part.content.value.clone();
        self.push(&name, &kind, inline, part.content_id.clone(), (size, sha256), origin, content);
    }

    /// A message inside a message is named by its subject.
    fn subject_of(&self, part: &Part) -> Option<String> {
        let bytes = self.bytes(part, 64 * 1024);
        let (head, _) = super::headers::split(&bytes);
        let headers = super::headers::Headers::read(bytes.get(head).unwrap_or_default(), 64 * 1024);
        let subject = super::words::text(headers.first("subject")?).text.replace(['/', '\\'], "-");
        (!subject.is_empty()).then_some(subject)
    }

    fn attach_bytes(
        &mut self,
        name: &str,
        kind: &str,
        content_id: Option<String>,
        bytes: Vec<u8>,
        origin: Origin,
    ) {
        let measures = measured(&bytes, Encoding::Plain);
        self.push(name, kind, false, content_id, measures, origin, Content::Owned(bytes));
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the fields of one attachment, named at the only two callers"
    )]
    fn push(
        &mut self,
        name: &str,
        kind: &str,
        inline: bool,
        content_id: Option<String>,
        (size, sha256): (u64, String),
        origin: Origin,
        content: Content,
    ) {
        let (clean, changed) = names::normalised(name, kind);
        if changed {
            self.note(NoteCode::NameChanged, &clean);
        }
        let kind = if kind.is_empty() { "application/octet-stream" } else { kind };
        self.mail.attachments.push(Attachment {
            name: clean,
            content_type: kind.to_owned(),
            size,
            sha256,
            inline: inline && (content_id.is_some() || kind.starts_with("image/")),
            content_id,
            origin,
        });
        self.contents.push(content);
    }

    /// Puts the stretches together.
    pub(super) fn finish(mut self) -> (InboundMail, Vec<Content>, Body) {
        if let (
            Some(
                Report::Delivery { original_message_id, .. }
                | Report::Disposition { original_message_id, .. },
            ),
            found,
        ) = (&mut self.mail.report, self.original_message_id.take())
        {
            *original_message_id = original_message_id.take().or(found);
        }
        let mut body = Body { text: String::new(), html: None, history_at: None };
        let with_html = self.pieces.iter().any(|piece| piece.html.is_some());
        let mut html_out = String::new();
        for piece in std::mem::take(&mut self.pieces) {
            let read = piece.html.as_deref().map(|html| html::read(html, self.limits.html_bytes));
            if let Some(read) = &read {
                if read.cleaned {
                    self.note(NoteCode::HtmlCleaned, "");
                }
                if read.too_long {
                    self.note(NoteCode::HtmlTooLong, "");
                }
            }
            if with_html {
                match (&read, &piece.text) {
                    (Some(read), _) => html_out.push_str(read.html.as_deref().unwrap_or_default()),
                    (None, Some(text)) => html_out.push_str(&html::from_text(text)),
                    (None, None) => {}
                }
            }
            let stretch = match (piece.text, read) {
                (Some(text), _) if !text.trim().is_empty() => text,
                (_, Some(read)) => {
                    let before = if body.text.is_empty() { 0 } else { body.text.len() + 2 };
                    body.history_at = body.history_at.or(read.history_at.map(|at| before + at));
                    read.text
                }
                (text, None) => text.unwrap_or_default(),
            };
            if !body.text.is_empty() && !stretch.trim().is_empty() {
                body.text.push_str("\n\n");
            }
            if !stretch.trim().is_empty() {
                body.text.push_str(stretch.trim_end());
            }
        }
        let referred = |id: &str| html_out.contains(&format!("cid:{id}"));
        for attachment in &mut self.mail.attachments {
            attachment.inline |= attachment.content_id.as_deref().is_some_and(referred);
        }
        if html_out.len() <= self.limits.html_bytes.saturating_mul(2)
            && with_html
            && !html_out.trim().is_empty()
        {
            body.html = Some(html_out);
        }
        (self.mail, self.contents, body)
    }
}

fn file_name(part: &Part) -> Option<String> {
    let name = part.disposition.get("filename").or_else(|| part.content.get("name"))?;
    Some(name.to_owned())
}

/// Line ends as they should be, and no control characters.
fn plain_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Paragraphs that were broken for the screen, whole again (RFC 3676).
fn unflowed(text: &str, closes_up: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let quotes = line.len() - line.trim_start_matches('>').len();
        let inner = line.trim_start_matches('>');
        let inner = inner.strip_prefix(' ').unwrap_or(inner);
        let flows = inner.ends_with(' ') && inner != "-- ";
        if open == Some(quotes) && inner != "-- " {
            out.push_str(inner);
        } else {
            if open.is_some() || !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&">".repeat(quotes));
            if quotes > 0 {
                out.push(' ');
            }
            out.push_str(inner);
        }
        if flows && closes_up {
            out.pop();
        }
        open = flows.then_some(quotes);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_text_is_whole_again() {
        assert_eq!(
            unflowed("Hej \nalla \nglada.\n\n> citat \n> mer\nslut\n-- \nAnna", false),
            "Hej alla glada.\n\n> citat mer\nslut\n-- \nAnna"
        );
        assert_eq!(unflowed("Sam \nman", true), "Samman");
    }

    #[test]
    fn line_ends_of_all_kinds_become_one() {
        assert_eq!(plain_lines("a\r\nb\rc\n\0d\u{2028}e\tf"), "a\nb\nc\nd\ne\tf");
    }
}
