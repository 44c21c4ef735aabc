//! The tree of parts. Bodies are ranges of the raw message, nothing is decoded here.
//!
//! Each level reads its body once, and the levels are few, so the time grows with the message's length and not
//! with the number of parts. A message inside a message isn't opened: it is kept whole.

use super::headers::{Headers, lines, split};
use super::params::Parameters;
use super::transfer::Encoding;
use std::ops::Range;

/// A part with its body.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) content: Parameters,
    pub(super) disposition: Parameters,
    pub(super) content_id: Option<String>,
    pub(super) encoding: Encoding,
    pub(super) body: Range<usize>,
    /// Said to be a multipart and taken apart.
    pub(super) children: Option<Vec<Part>>,
    /// Kept unread, past the budget.
    pub(super) unread: bool,
}

/// What can be wrong with the tree.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) too_deep: bool,
    pub(super) too_many: bool,
    pub(super) broken_boundary: bool,
    pub(super) headers_cut: bool,
}

/// Takes a message apart.
pub(super) struct Splitter<'a> {
    pub(super) raw: &'a [u8],
    pub(super) depth: usize,
    pub(super) parts_left: usize,
    pub(super) part_header_bytes: usize,
    pub(super) faults: Faults,
}

impl Splitter<'_> {
    /// The part whose fields are known.
    pub(super) fn part(&mut self, headers: &Headers<'_>, body: Range<usize>, digest: bool) -> Part {
        let field = |name: &str| headers.first(name).unwrap_or_default();
        let mut content = Parameters::parse(field("content-type"));
        if content.value.is_empty() || !content.value.contains('/') {
            content.value = default_type(&content.value, digest).to_owned();
        }
        let text = |name: &str| headers.first(name).map(|value| super::words::text(value).text);
        let content_id = text("content-id")
            .or_else(|| text("content-location").filter(|place| !place.contains("://")))
            .map(|id| id.trim_matches(['<', '>', ' ']).chars().take(250).collect::<String>())
            .filter(|id| !id.is_empty());
        let mut part = Part {
            disposition: Parameters::parse(field("content-disposition")),
            content_id,
            encoding: Encoding::parse(&String::from_utf8_lossy(field("content-transfer-encoding"))),
            body,
            children: None,
            unread: false,
            content,
        };
        if part.content.value.starts_with("multipart/") {
            self.open(&mut part);
        }
        part
    }

    fn open(&mut self, part: &mut Part) {
        if self.depth == 0 {
            self.faults.too_deep = true;
            part.unread = true;
            return;
        }
        let body = self.raw.get(part.body.clone()).unwrap_or_default();
        let boundary = match part.content.get("boundary") {
            Some(boundary) => Some(boundary.as_bytes().to_vec()),
            None => {
                self.faults.broken_boundary = true;
                guessed_boundary(body)
            }
        };
        let Some((ranges, ended)) = boundary.and_then(|boundary| cut(body, &boundary, self.parts_left))
        else {
            // Nothing to take apart: what stands there is shown as text.
            self.faults.broken_boundary = true;
            part.content = Parameters::of("text/plain");
            return;
        };
        self.faults.broken_boundary |= !ended;
        let digest = part.content.value == "multipart/digest";
        self.depth -= 1;
        let start = part.body.start;
        let mut children = Vec::with_capacity(ranges.len());
        for range in ranges {
            let (from, to) = (start + range.start, start + range.end);
            if self.parts_left == 0 {
                self.faults.too_many = true;
                children.push(unread(from..part.body.end));
                break;
            }
            self.parts_left -= 1;
            let entity = self.raw.get(from..to).unwrap_or_default();
            let (head, rest) = split(entity);
            let headers = Headers::read(entity.get(head).unwrap_or_default(), self.part_header_bytes);
            self.faults.headers_cut |= headers.cut;
            children.push(self.part(&headers, from + rest.start..from + rest.end, digest));
        }
        self.depth += 1;
        part.children = Some(children);
    }
}

fn default_type(written: &str, digest: bool) -> &'static str {
    match written {
        "html" => "text/html",
        _ if digest => "message/rfc822",
        _ => "text/plain",
    }
}

fn unread(body: Range<usize>) -> Part {
    Part {
        content: Parameters::of("application/octet-stream"),
        disposition: Parameters::default(),
        content_id: None,
        encoding: Encoding::Plain,
        body,
        children: None,
        unread: true,
    }
}

/// The stretches between boundary lines, and whether the closing line is there. Nothing when no boundary line is.
/// At most one stretch more than `most`.
fn cut(body: &[u8], boundary: &[u8], most: usize) -> Option<(Vec<Range<usize>>, bool)> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for line in lines(body) {
        let bytes = body.get(line.clone()).unwrap_or_default();
        let Some(rest) = bytes.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) else {
            continue;
        };
        let end = match rest.trim_ascii() {
            b"" => false,
            b"--" => true,
            _ => continue,
        };
        if let Some(start) = open.take() {
            found.push(start..without_line_end(body, start, line.start));
        }
        if end {
            return Some((found, true));
        }
        open = Some(line.end);
        if found.len() > most {
            break;
        }
    }
    found.extend(open.map(|start| start..body.len()));
    (!found.is_empty()).then_some((found, false))
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(body: &[u8], start: usize, end: usize) -> usize {
    match body.get(start..end) {
        Some([.., b'\r', b'\n']) => end - 2,
        Some([.., b'\n']) => end - 1,
        _ => end,
    }
}

/// The first line that looks like a boundary and is followed by a field.
fn guessed_boundary(body: &[u8]) -> Option<Vec<u8>> {
    let mut all = lines(body);
    while let Some(line) = all.next() {
        let text = body.get(line)?.trim_ascii_end();
        let Some(boundary) = text.strip_prefix(b"--") else { continue };
        let plausible = (1..=70).contains(&boundary.len()) && !boundary.contains(&b' ');
        let next = all.next().and_then(|line| body.get(line)).unwrap_or_default();
        if plausible && next.to_ascii_lowercase().starts_with(b"content-") {
            return Some(boundary.to_vec());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(part: &Part) -> String {
        match &part.children {
            Some(children) => {
                let inner: Vec<String> = children.iter().map(types).collect();
                format!("{}[{}]", part.content.value, inner.join(" "))
            }
            None if part.unread => "unread".to_owned(),
            None => part.content.value.clone(),
        }
    }

    fn tree(text: &str) -> (String, Faults) {
        let raw = text.as_bytes();
        let (head, body) = split(raw);
        let headers = Headers::read(&raw[head], 10_000);
        let mut splitter =
            Splitter { raw, depth: 3, parts_left: 5, part_header_bytes: 1000, faults: Faults::default() };
        let part = splitter.part(&headers, body, false);
        (types(&part), splitter.faults)
    }

    #[test]
    fn parts_are_told_apart_by_their_boundary() {
        let (tree, faults) = tree(
            "Content-Type: multipart/mixed; boundary=a\n\nx\n--a\nContent-Type: multipart/alternative; boundary=ab\n\n\
             --ab\n\nt\n--ab\nContent-Type: text/html\n\nh\n--ab--\n--a\nContent-Type: image/png\n\np\n--a--\nz",
        );
        assert_eq!(tree, "multipart/mixed[multipart/alternative[text/plain text/html] image/png]");
        assert!(!faults.broken_boundary);
    }

    #[test]
    fn a_missing_boundary_or_end_costs_nothing() {
        assert_eq!(tree("Content-Type: multipart/mixed; boundary=a\n\nx").0, "text/plain");
        let (shape, faults) = tree("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx");
        assert!(faults.broken_boundary);
        assert_eq!(shape, "multipart/mixed[text/plain]");
        let (shape, _) = tree("Content-Type: multipart/mixed\n\n--q\nContent-Type: text/html\n\nx\n--q--");
        assert_eq!(shape, "multipart/mixed[text/html]");
    }

    #[test]
    fn depth_and_number_are_limited() {
        let deep: String =
            (0..9).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
        let (shape, faults) = tree(&deep);
        assert!(faults.too_deep && shape.contains("unread"), "{shape}");
        let many = format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\nx\n".repeat(50));
        let (shape, faults) = tree(&many);
        assert!(faults.too_many);
        assert_eq!(shape.matches("text/plain").count(), 5);
    }
}
