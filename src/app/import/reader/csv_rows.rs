//! CSV: a header that names the columns, quoted values that may hold line breaks.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::{BUFFER_BYTES, MAX_ROW_BYTES, NumberedRow, OpenError, ReadError, Source};
use crate::domain::import::{Column, RawRow, RowAt, RowError, RowErrorCode};

pub(super) struct CsvRows {
    reader: csv::Reader<Bounded>,
    columns: Vec<Column>,
    record: ByteRecord,
    row: u64,
    ends_in_crlf: bool,
    ended: bool,
}

impl CsvRows {
    /// `ends_in_crlf` says how the lines end.
    pub(super) fn new(source: Source, delimiter: u8, ends_in_crlf: bool) -> Result<Self, OpenError> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(Bounded { source, left: MAX_ROW_BYTES });
        let mut record = ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            // A megabyte without a line break is no header.
            Err(_) if reader.get_ref().left == 0 => record.clear(),
            read => _ = read.map_err(io::Error::from)?,
        }
        let columns = header(&record)?;
        Ok(Self { reader, columns, record, row: 0, ends_in_crlf, ended: false })
    }

    pub(super) fn next(&mut self) -> Option<Result<NumberedRow, ReadError>> {
        if self.ended {
            return None;
        }
        self.reader.get_mut().left = MAX_ROW_BYTES + BUFFER_BYTES;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                self.row += 1;
                let at = RowAt { row: self.row, line: self.line() };
                Some(self.raw(at).map(|raw| NumberedRow { at, raw }).map_err(ReadError::Row))
            }
            Err(_) if self.reader.get_ref().left == 0 => {
                self.ended = true;
                let line = self.record.position().map_or(0, csv::Position::line);
                let at = RowAt { row: self.row + 1, line: line + u64::from(self.ends_in_crlf) };
                let most = MAX_ROW_BYTES.to_string();
                Some(Err(ReadError::Row(RowError::new(at, None, RowErrorCode::TooLarge, &most))))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(ReadError::Io(error.into())))
            }
        }
    }

    /// The line the record begins on. The csv crate leaves the second half of CRLF to the next record, and
    /// counts blank lines to the record after them; counting back from the end is right but for a last
    /// line that nothing ends.
    fn line(&self) -> u64 {
        let begun = self.record.position().map_or(0, csv::Position::line) + u64::from(self.ends_in_crlf);
        let inside = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let inside = u64::try_from(inside).unwrap_or(0) + u64::from(!self.ends_in_crlf);
        begun.max(self.reader.position().line().saturating_sub(inside))
    }

    fn raw(&self, at: RowAt) -> Result<RawRow, RowError> {
        if self.record.len() != self.columns.len() {
            let counts = format!("{}/{}", self.record.len(), self.columns.len());
            return Err(RowError::new(at, None, RowErrorCode::FieldCount, &counts));
        }
        let mut raw = RawRow::default();
        for (&column, value) in self.columns.iter().zip(&self.record) {
            let value = std::str::from_utf8(value)
                .map_err(|_| RowError::new(at, Some(column), RowErrorCode::NotUtf8, ""))?;
            raw.set(column, value.to_owned());
        }
        Ok(raw)
    }
}

/// The columns in the order of the header; every fault of one sort is named at once.
fn header(record: &ByteRecord) -> Result<Vec<Column>, OpenError> {
    let mut columns = Vec::with_capacity(record.len());
    let mut unknown = Vec::new();
    for name in record {
        let name = std::str::from_utf8(name).map_err(|_| OpenError::NotUtf8)?.trim();
        match Column::from_text(name) {
            Some(column) => columns.push(column),
            // A header may be anything; it is only shown, not stored.
            None => unknown.push(name.chars().take(60).flat_map(char::escape_debug).collect()),
        }
    }
    let missing: Vec<Column> = Column::ALL
        .iter()
        .copied()
        .filter(|column| !column.is_optional() && !columns.contains(column))
        .collect();
    // Without a single known name the file is something else; its columns aren't worth listing.
    if !missing.is_empty() && (unknown.is_empty() || columns.is_empty()) {
        return Err(OpenError::MissingColumns(missing));
    }
    if !unknown.is_empty() {
        return Err(OpenError::UnknownColumns(unknown));
    }
    let mut repeated: Vec<Column> = columns
        .iter()
        .enumerate()
        .filter(|(index, column)| columns.iter().take(*index).any(|earlier| earlier == *column))
        .map(|(_, column)| *column)
        .collect();
    repeated.dedup();
    if repeated.is_empty() { Ok(columns) } else { Err(OpenError::RepeatedColumns(repeated)) }
}

/// Ends in an error when a record takes more bytes than it may, so that a quotation mark that is never
/// closed doesn't take the rest of a huge file into memory.
struct Bounded {
    source: Source,
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "record too large"));
        }
        let length = self.source.read(buffer)?;
        self.left = self.left.saturating_sub(length);
        Ok(length)
    }
}
