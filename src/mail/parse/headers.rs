//! Header fields: where they begin and end, in whatever shape they come.

use std::ops::Range;

/// A block of header fields.
#[derive(Debug, Default)]
pub(super) struct Headers<'a> {
    fields: Vec<(String, &'a [u8])>,
    /// More fields than are read.
    pub(super) cut: bool,
}

/// Lines longer than any header needs are passed over.
const LONGEST_NAME: usize = 76;

impl<'a> Headers<'a> {
    /// Reads the fields in `block`, at most `most` bytes of them.
    pub(super) fn read(block: &'a [u8], most: usize) -> Self {
        let (block, cut) = match block.get(..most) {
            Some(head) if block.len() > most => (head, true),
            _ => (block, false),
        };
        let mut headers = Self { fields: Vec::new(), cut };
        let mut open: Option<(String, Range<usize>)> = None;
        for line in lines(block) {
            let bytes = block.get(line.clone()).unwrap_or_default();
            if bytes.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
                if let Some((_, value)) = &mut open {
                    value.end = line.end;
                }
                continue;
            }
            headers.close(block, open.take());
            if let Some(colon) = name_end(bytes) {
                let name = String::from_utf8_lossy(bytes.get(..colon).unwrap_or_default());
                let from = line.start + colon + usize::from(bytes.get(colon) == Some(&b':'));
                let value = block.get(from..line.end).unwrap_or_default();
                let skip = value.iter().take_while(|byte| **byte != b':').count();
                let from = if bytes.get(colon) == Some(&b':') { from } else { from + skip + 1 };
                open = Some((name.trim().to_ascii_lowercase(), from.min(line.end)..line.end));
            }
        }
        headers.close(block, open);
        headers
    }

    fn close(&mut self, block: &'a [u8], field: Option<(String, Range<usize>)>) {
        if let Some((name, value)) = field {
            self.fields.push((name, block.get(value).unwrap_or_default()));
        }
    }

    /// The first value of a field; receiving servers add on top, so the first is the newest.
    pub(super) fn first(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// All values of a field, newest first.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| *value)
    }

    /// Name in lower case and value of each field.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a [u8])> {
        self.fields.iter().map(|(name, value)| (name.as_str(), *value))
    }
}

/// Where the header block ends and the body begins. A line that can't be a field ends the block too: some
/// programs forget the empty line.
pub(super) fn split(entity: &[u8]) -> (Range<usize>, Range<usize>) {
    let whole = entity.len();
    let mut first = true;
    let mut begin = 0;
    for line in lines(entity) {
        let bytes = entity.get(line.clone()).unwrap_or_default();
        let text = bytes.trim_ascii_end();
        let envelope = first && (text.starts_with(b"From ") || text.starts_with(b">From "));
        if text.is_empty() {
            if first {
                // Blank lines before the header say nothing.
                begin = line.end;
                if begin < whole {
                    continue;
                }
            }
            return (begin..line.start.max(begin), line.end..whole);
        }
        if envelope {
            begin = line.end;
            continue;
        }
        let continues = bytes.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if !continues && name_end(bytes).is_none() {
            return (begin..line.start, line.start..whole);
        }
        first = false;
    }
    (begin..whole, whole..whole)
}

/// The lines of a text with their line ends, as ranges.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| start + at + 1);
        let line = start..end;
        start = end;
        Some(line)
    })
}

/// Where a field's name ends: printable characters, then a colon, blanks between them forgiven.
fn name_end(line: &[u8]) -> Option<usize> {
    let name = line.iter().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    let rest = line.get(name..)?;
    let blanks = rest.iter().take(8).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    (name > 0 && name <= LONGEST_NAME && rest.get(blanks) == Some(&b':')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let (head, _) = split(text.as_bytes());
        Headers::read(&text.as_bytes()[head], 10_000)
            .iter()
            .map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).trim().to_owned()))
            .collect()
    }

    #[test]
    fn fields_are_found_however_they_are_written() {
        let text = "From anna Mon Jan 1\nSubject: a\n b\nFROM : Anna\nX:\r\nTo:b\n\nbody: no";
        let fields = read(text);
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["subject", "from", "x", "to"]);
        assert_eq!((fields[0].1.as_str(), fields[1].1.as_str()), ("a\n b", "Anna"));
    }

    #[test]
    fn a_line_that_is_no_field_begins_the_body() {
        let text = b"Subject: a\nHej alla barn\nnu";
        assert_eq!(text[split(text).1].to_vec(), b"Hej alla barn\nnu");
        let text = b"\n\nSubject: a\n\nb";
        assert_eq!(
            (text[split(text).0].to_vec(), text[split(text).1].to_vec()),
            (b"Subject: a\n".to_vec(), b"b".to_vec())
        );
        assert_eq!(split(b""), (0..0, 0..0));
    }

    #[test]
    fn no_more_than_the_budget_is_read() {
        let text = "X: y\n".repeat(10_000);
        let headers = Headers::read(text.as_bytes(), 500);
        assert!(headers.cut);
        assert_eq!(headers.iter().count(), 100);
    }
}
