//! JSON Lines: one object on each line, with the columns as keys. Missing and null is empty; numbers are
//! taken as they are written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{MAX_ROW_BYTES, NumberedRow, ReadError, Source};
use crate::domain::import::{Column, RawRow, RowAt, RowError, RowErrorCode};

pub(super) struct JsonRows {
    source: Source,
    buffer: Vec<u8>,
    row: u64,
    line: u64,
    ended: bool,
}

/// How much of a line was taken.
enum Line {
    Whole,
    TooLarge,
    End,
}

impl JsonRows {
    pub(super) fn new(source: Source) -> Self {
        Self { source, buffer: Vec::new(), row: 0, line: 0, ended: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<NumberedRow, ReadError>> {
        while !self.ended {
            let taken = match self.read_line() {
                Ok(taken) => taken,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(ReadError::Io(error)));
                }
            };
            self.line += 1;
            let blank = self.buffer.iter().all(u8::is_ascii_whitespace);
            match taken {
                Line::End => self.ended = true,
                Line::Whole if blank => {}
                Line::Whole => return Some(self.row(parse)),
                Line::TooLarge => {
                    let most = MAX_ROW_BYTES.to_string();
                    let too_large =
                        |at, _: &[u8]| Err(RowError::new(at, None, RowErrorCode::TooLarge, &most));
                    return Some(self.row(too_large));
                }
            }
        }
        None
    }

    fn row(
        &mut self,
        read: impl FnOnce(RowAt, &[u8]) -> Result<RawRow, RowError>,
    ) -> Result<NumberedRow, ReadError> {
        self.row += 1;
        let at = RowAt { row: self.row, line: self.line };
        read(at, &self.buffer).map(|raw| NumberedRow { at, raw }).map_err(ReadError::Row)
    }

    /// Takes the next line into the buffer; what is beyond the limit is passed over, not kept.
    fn read_line(&mut self) -> io::Result<Line> {
        self.buffer.clear();
        let mut too_large = false;
        let mut anything = false;
        loop {
            let available = match self.source.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() && !anything {
                return Ok(Line::End);
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let length = end.unwrap_or(available.len());
            let part = available.get(..length).unwrap_or_default();
            too_large = too_large || self.buffer.len() + length > MAX_ROW_BYTES;
            if !too_large {
                self.buffer.extend_from_slice(part);
            }
            let at_end = available.is_empty();
            anything = true;
            self.source.consume(length + usize::from(end.is_some()));
            if end.is_some() || at_end {
                return Ok(if too_large { Line::TooLarge } else { Line::Whole });
            }
        }
    }
}

fn parse(at: RowAt, line: &[u8]) -> Result<RawRow, RowError> {
    let text = std::str::from_utf8(line).map_err(|_| RowError::new(at, None, RowErrorCode::NotUtf8, ""))?;
    let mut fault = None;
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed =
        RowSeed { at, fault: &mut fault }.deserialize(&mut json).and_then(|raw| json.end().map(|()| raw));
    match (parsed, fault) {
        (Err(error), _) => {
            let message = error.to_string();
            let reason = message.split(" at line ").next().unwrap_or_default();
            let detail = format!("{reason}, byte {}", error.column());
            Err(RowError::new(at, None, RowErrorCode::NotJson, &detail))
        }
        (Ok(_), Some(fault)) => Err(fault),
        (Ok(raw), None) => Ok(raw),
    }
}

/// Reads one object; the first fault that isn't a fault of the JSON itself is left in `fault`.
struct RowSeed<'f> {
    at: RowAt,
    fault: &'f mut Option<RowError>,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = RawRow;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawRow, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = RawRow;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawRow, A::Error> {
        let mut raw = RawRow::default();
        let mut met = Vec::with_capacity(Column::ALL.len());
        let mut note = |column, code, detail: &str| {
            self.fault.get_or_insert_with(|| RowError::new(self.at, column, code, detail));
        };
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let Some(column) = Column::from_text(&key) else {
                map.next_value::<IgnoredAny>()?;
                note(None, RowErrorCode::UnknownColumn, &key);
                continue;
            };
            if met.contains(&column) {
                note(Some(column), RowErrorCode::RepeatedColumn, "");
            }
            met.push(column);
            match map.next_value_seed(ValueSeed)? {
                Some(value) => raw.set(column, value),
                None => note(Some(column), RowErrorCode::WrongType, ""),
            }
        }
        Ok(raw)
    }
}

/// Reads one value as text; `None` for what can't be text.
struct ValueSeed;

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Some(String::new()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
