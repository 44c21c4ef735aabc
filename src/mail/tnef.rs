//! `winmail.dat`: Outlook's own wrapping (MS-OXTNEF), read once from front to back.
//!
//! Only what people would miss is taken out: the attachments, and the text where it stands as text or HTML.
//! Lengths in the file are believed only as far as there are bytes.

/// What was inside.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Unpacked {
    /// The text, if it stands as plain text.
    pub(crate) text: Option<String>,
    /// The HTML, if it stands as such.
    pub(crate) html: Option<Vec<u8>>,
    /// The files.
    pub(crate) files: Vec<File>,
    /// The file ended too early or held something impossible.
    pub(crate) broken: bool,
}

/// A file inside.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) content_id: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];
const MOST_FILES: usize = 200;
const MOST_PROPERTIES: u32 = 2000;

const BODY: u16 = 0x800c;
const ATTACH_DATA: u16 = 0x800f;
const ATTACH_TITLE: u16 = 0x8010;
const ATTACH_RENDER: u16 = 0x9002;
const MAPI_PROPERTIES: u16 = 0x9003;
const ATTACH_PROPERTIES: u16 = 0x9005;

/// Reads a `winmail.dat`; nothing when it isn't one.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Unpacked> {
    let mut reader = Reader(bytes.strip_prefix(&SIGNATURE)?);
    reader.take(2)?;
    let mut found = Unpacked::default();
    let mut open: Option<File> = None;
    while !reader.0.is_empty() {
        let Some((attribute, data)) = reader.attribute() else {
            found.broken = true;
            break;
        };
        match attribute {
            ATTACH_RENDER => {
                found.files.extend(open.replace(File::default()));
                if found.files.len() >= MOST_FILES {
                    found.broken = true;
                    open = None;
                    break;
                }
            }
            BODY => found.text = found.text.or_else(|| Some(text8(data))),
            MAPI_PROPERTIES => {
                let whole = properties(data, |id, value| match id {
                    0x1000 => found.text = Some(value.text()),
                    0x1013 => found.html = Some(value.bytes.to_vec()),
                    _ => {}
                });
                found.broken |= whole.is_none();
            }
            ATTACH_TITLE | ATTACH_DATA | ATTACH_PROPERTIES => {
                let file = open.get_or_insert_default();
                found.broken |= !file.take_in(attribute, data);
            }
            _ => {}
        }
    }
    found.files.extend(open);
    found.files.retain(|file| !file.bytes.is_empty() || !file.name.is_empty());
    Some(found)
}

impl File {
    /// Takes in one attribute; says whether it could be read.
    fn take_in(&mut self, attribute: u16, data: &[u8]) -> bool {
        match attribute {
            ATTACH_DATA => self.bytes = data.to_vec(),
            ATTACH_TITLE if self.name.is_empty() => self.name = text8(data),
            ATTACH_TITLE => {}
            _ => {
                let whole = properties(data, |id, value| match id {
                    0x3707 => self.name = value.text(),
                    0x370e => self.content_type = Some(value.text().to_ascii_lowercase()),
                    0x3712 => self.content_id = Some(value.text()),
                    // An embedded object begins with the key of its interface.
                    0x3701 if self.bytes.is_empty() => self.bytes = value.bytes.to_vec(),
                    _ => {}
                });
                return whole.is_some();
            }
        }
        true
    }
}

struct Value<'a> {
    wide: bool,
    bytes: &'a [u8],
}

impl Value<'_> {
    fn text(&self) -> String {
        if !self.wide {
            return text8(self.bytes);
        }
        let units = self.bytes.chunks_exact(2).map(|pair| match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => 0,
        });
        char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{fffd}')).collect()
    }
}

/// Text of one byte a character, up to the first NUL: UTF-8 where it holds, else Latin-1.
fn text8(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Goes through a list of MAPI properties; nothing when it breaks off.
fn properties<'a>(data: &'a [u8], mut take: impl FnMut(u16, Value<'a>)) -> Option<()> {
    let mut reader = Reader(data);
    let count = reader.u32()?.min(MOST_PROPERTIES);
    for _ in 0..count {
        let (kind, id) = (reader.u16()?, reader.u16()?);
        if id >= 0x8000 {
            reader.take(16)?;
            if reader.u32()? == 0 {
                reader.take(4)?;
            } else {
                reader.padded()?;
            }
        }
        let several = kind & 0x1000 != 0;
        let kind = kind & 0x0fff;
        let fixed = match kind {
            0x02 | 0x03 | 0x04 | 0x0a | 0x0b => Some(4),
            0x05 | 0x06 | 0x07 | 0x14 | 0x40 => Some(8),
            0x48 => Some(16),
            0x0d | 0x1e | 0x1f | 0x102 => None,
            _ => return None,
        };
        let values = if several || fixed.is_none() { reader.u32()? } else { 1 };
        for _ in 0..values {
            let bytes = match fixed {
                Some(length) => reader.take(length)?,
                None => reader.padded()?,
            };
            take(id, Value { wide: kind == 0x1f, bytes });
        }
    }
    Some(())
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A length, so many bytes, and blanks up to a multiple of four.
    fn padded(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        let bytes = self.take(length)?;
        let padding = (4 - length % 4) % 4;
        self.take(padding.min(self.0.len()))?;
        Some(bytes)
    }

    /// The level, the attribute's number, its data and a checksum, which nobody checks.
    fn attribute(&mut self) -> Option<(u16, &'a [u8])> {
        self.take(1)?;
        let attribute = self.u16()?;
        self.take(2)?;
        let length = usize::try_from(self.u32()?).ok()?;
        let data = self.take(length)?;
        self.take(2.min(self.0.len()))?;
        Some((attribute, data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn attribute(id: u16, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        [&[2], &id.to_le_bytes()[..], &[0, 0], &length.to_le_bytes(), data, &[0, 0]].concat()
    }

    fn long_name(name: &str) -> Vec<u8> {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let length = u32::try_from(wide.len()).unwrap();
        let padding = vec![0; (4 - wide.len() % 4) % 4];
        let head = [1_u32.to_le_bytes(), [0x1f, 0, 0x07, 0x37], 1_u32.to_le_bytes(), length.to_le_bytes()];
        [head.concat(), wide, padding].concat()
    }

    fn winmail() -> Vec<u8> {
        [
            SIGNATURE.to_vec(),
            vec![1, 0],
            attribute(BODY, b"Hej!\0"),
            attribute(ATTACH_RENDER, &[0; 14]),
            attribute(ATTACH_TITLE, b"PROTOK~1.TXT\0"),
            attribute(ATTACH_DATA, b"punkt 1"),
            attribute(ATTACH_PROPERTIES, &long_name("protokoll å.txt")),
        ]
        .concat()
    }

    #[test]
    fn text_and_files_come_out() {
        let found = unpack(&winmail()).unwrap();
        assert_eq!(found.text.as_deref(), Some("Hej!"));
        assert_eq!(found.files.len(), 1);
        assert_eq!(
            (found.files[0].name.as_str(), found.files[0].bytes.as_slice()),
            ("protokoll å.txt", &b"punkt 1"[..])
        );
        assert!(!found.broken);
    }

    #[test]
    fn a_cut_file_gives_what_it_has() {
        let whole = winmail();
        let found = unpack(&whole[..whole.len() - 30]).unwrap();
        assert!(found.broken);
        assert_eq!(found.files[0].name, "PROTOK~1.TXT");
        assert_eq!(unpack(b"PK\x03\x04"), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fall(tail in proptest::collection::vec(any::<u8>(), 0..400), at in 0_usize..120) {
            let mut bytes = winmail();
            bytes.truncate(at.max(4));
            bytes.extend_from_slice(&tail);
            let found = unpack(&bytes);
            let size: usize = found.iter().flat_map(|found| &found.files).map(|file| file.bytes.len()).sum();
            prop_assert!(size <= bytes.len() * 2);
        }
    }
}
