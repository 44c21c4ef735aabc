//! Reads an import file row by row, in constant memory: CSV with comma or semicolon, or JSON Lines,
//! told apart by their first bytes.
//!
//! A row that can't be read is one [`ReadError::Row`], and reading goes on with the next one. What makes
//! the rest unreadable (a failing disk, a quotation mark that is never closed) ends it.

mod csv_rows;
mod json_rows;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use csv_rows::CsvRows;
use json_rows::JsonRows;

use crate::domain::import::{Column, RawRow, RowAt, RowError};

/// The most bytes that one row may have: a description of 20 000 characters fits several times over.
pub const MAX_ROW_BYTES: usize = 1 << 20;
const BUFFER_BYTES: usize = 1 << 16;

type Source = Box<dyn BufRead + Send>;

/// One row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedRow {
    /// Where.
    pub at: RowAt,
    /// Its values.
    pub raw: RawRow,
}

/// Why a file is no import file; nothing of it can be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It can't be opened or read.
    #[error("reading the import file")]
    Io(#[from] io::Error),
    /// There is nothing in it.
    #[error("the import file is empty")]
    Empty,
    /// It begins like UTF-16, or its header isn't UTF-8.
    #[error("the import file is not UTF-8; save it as \"CSV UTF-8\"")]
    NotUtf8,
    /// The header lacks columns.
    #[error("the header lacks the columns {}", names(.0))]
    MissingColumns(Vec<Column>),
    /// The header has columns that an import doesn't know.
    #[error("the header has unknown columns: {}", .0.join(", "))]
    UnknownColumns(Vec<String>),
    /// The header has a column twice.
    #[error("the header has these columns twice: {}", names(.0))]
    RepeatedColumns(Vec<Column>),
}

/// Why a row wasn't read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The row is wrong.
    #[error("{0}")]
    Row(RowError),
    /// The file can't be read further.
    #[error("reading the import file")]
    Io(#[from] io::Error),
}

/// The rows of an import file, in order.
pub struct ImportReader(Format);

enum Format {
    Csv(CsvRows),
    Json(JsonRows),
}

impl ImportReader {
    /// Opens a file and finds out what it is.
    ///
    /// # Errors
    /// [`OpenError`] when it can't be read or its header is wrong.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::new(File::open(path)?)
    }

    /// Reads from anything, such as standard input or an uploaded file.
    ///
    /// # Errors
    /// [`OpenError`] when it can't be read or its header is wrong.
    pub fn new(source: impl Read + Send + 'static) -> Result<Self, OpenError> {
        let mut source = BufReader::with_capacity(BUFFER_BYTES, source);
        let head = first_line(&mut source)?;
        if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
            return Err(OpenError::NotUtf8);
        }
        let head = head.strip_prefix(b"\xEF\xBB\xBF").map_or(head.clone(), <[u8]>::to_vec);
        let Some(first) = head.iter().copied().find(|byte| !byte.is_ascii_whitespace()) else {
            return Err(OpenError::Empty);
        };
        let (delimiter, ends_in_crlf) = (delimiter(&head), head.ends_with(b"\r\n"));
        let source: Source = Box::new(Cursor::new(head).chain(source));
        Ok(Self(if first == b'{' {
            Format::Json(JsonRows::new(source))
        } else {
            Format::Csv(CsvRows::new(source, delimiter, ends_in_crlf)?)
        }))
    }
}

/// The rows; nothing follows [`ReadError::Io`].
impl Iterator for ImportReader {
    type Item = Result<NumberedRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Format::Csv(rows) => rows.next(),
            Format::Json(rows) => rows.next(),
        }
    }
}

/// The beginning of the file up to the end of the first line that isn't blank. Cut off when that is
/// longer than any header.
fn first_line(source: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut source = source.take(u64::try_from(BUFFER_BYTES).unwrap_or(u64::MAX));
    loop {
        let length = source.read_until(b'\n', &mut head)?;
        let blank = head.iter().all(u8::is_ascii_whitespace);
        if length == 0 || !blank {
            return Ok(head);
        }
    }
}

/// Semicolon, as Swedish spreadsheets write, when the header has more of them than commas.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let (mut commas, mut semicolons) = (0, 0);
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(Column::as_text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
