use std::fmt::Write as _;
use std::io::Write as _;

use super::*;
use crate::domain::import::RowErrorCode;

const HEADER: &str = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,\
                      urgency,openedAt,resolvedAt,closedAt,resolvedByLine";

fn read(bytes: impl Into<Vec<u8>>) -> Vec<Result<NumberedRow, ReadError>> {
    ImportReader::new(Cursor::new(bytes.into())).unwrap().collect()
}

fn open_error(bytes: impl Into<Vec<u8>>) -> String {
    match ImportReader::new(Cursor::new(bytes.into())) {
        Ok(_) => "opened".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// A right line with this id and description.
fn line(id: &str, description: &str) -> String {
    format!("{id},incident,Norrvik,a@example.se,Fel,{description},portal,E-post,3,3,2026-01-02T08:00:00Z,,,")
}

/// Each row as `row:line id` or its fault.
fn outline(bytes: impl Into<Vec<u8>>) -> Vec<String> {
    read(bytes)
        .into_iter()
        .map(|item| match item {
            Ok(NumberedRow { at, raw }) => format!("{}:{} {}", at.row, at.line, raw.get(Column::ExternalId)),
            Err(ReadError::Row(error)) => {
                let column = error.column.map_or("-", |column| column.as_text());
                format!("{}:{} {column} {}", error.at.row, error.at.line, error.code)
            }
            Err(ReadError::Io(error)) => error.to_string(),
        })
        .collect()
}

#[test]
fn comma_and_semicolon_with_and_without_byte_order_mark() {
    let plain = format!("{HEADER}\n{}\n", line("A", "x"));
    let semicolon = plain.replace(',', ";");
    for text in [plain.clone(), semicolon, plain.replace('\n', "\r\n"), plain.trim_end().to_owned()] {
        assert_eq!(outline(text.clone()), ["1:2 A"]);
        assert_eq!(outline(format!("\u{feff}{text}")), ["1:2 A"]);
    }
}

#[test]
fn quoted_values_hold_line_breaks_quotes_and_delimiters() {
    let text = format!(
        "{HEADER}\r\n{}\r\n{}\r\n",
        line("A", "\"första\r\nandra, \"\"tredje\"\"; slut\""),
        line("B", "")
    );
    let rows = read(text.clone());
    let raw = &rows[0].as_ref().unwrap().raw;
    assert_eq!(raw.get(Column::Description), "första\r\nandra, \"tredje\"; slut");
    assert_eq!(outline(text), ["1:2 A", "2:4 B"]);
}

#[test]
fn columns_come_in_any_order_and_optional_ones_may_be_there() {
    let text = "system,resolvedByLine,closedAt,resolvedAt,openedAt,urgency,impact,category,channel,description,\
                subject,requesterEmail,organisation,kind, externalId ,assigneeEmail\n\
                Omsorgsjournalen,,,,2026-01-02T08:00:00Z,3,2,E-post,portal,x,Fel,a@example.se,Norrvik,incident,A,b@example.se\n";
    let rows = read(text);
    let raw = &rows[0].as_ref().unwrap().raw;
    assert_eq!(raw.get(Column::System), "Omsorgsjournalen");
    assert_eq!(raw.get(Column::Impact), "2");
    assert_eq!(raw.get(Column::ExternalId), "A");
    assert_eq!(raw.get(Column::AssigneeEmail), "b@example.se");
    assert_eq!(raw.get(Column::Service), "");
}

#[test]
fn wrong_headers_are_named() {
    assert_eq!(open_error(""), "the import file is empty");
    assert_eq!(open_error("\u{feff} \r\n\n"), "the import file is empty");
    let utf8 = "the import file is not UTF-8; save it as \"CSV UTF-8\"";
    assert_eq!(open_error([0xFF, 0xFE, b'a', 0]), utf8);
    assert_eq!(open_error(b"externalId,\xE4mne\n".to_vec()), utf8);
    let missing = HEADER.replace("kind,", "").replace(",closedAt", "");
    assert_eq!(open_error(missing), "the header lacks the columns kind, closedAt");
    assert_eq!(
        open_error(format!("{HEADER},prio,\u{1b}[2J")),
        "the header has unknown columns: prio, \\u{1b}[2J"
    );
    assert_eq!(open_error(format!("{HEADER},kind,kind")), "the header has these columns twice: kind");
    assert!(open_error("id\tnamn\n1\tfel\n").starts_with("the header lacks the columns externalId, kind, "));
    assert!(open_error(vec![b'a'; 3 << 20]).starts_with("the header lacks the columns"));
    assert!(open_error(vec![0; 5000]).starts_with("the header lacks the columns"));
}

#[test]
fn bad_csv_rows_are_reported_and_the_next_are_read() {
    let mut bytes = format!("{HEADER}\n{}\n", line("A", "x")).into_bytes();
    bytes.extend_from_slice(
        b"B,incident,Norrvik,a@example.se,K\xF6 trasig,x,portal,,3,3,2026-01-02T08:00:00Z,,,\n",
    );
    bytes.extend_from_slice(b"C,incident\n\n");
    bytes.extend_from_slice(format!("{},extra\n{}\n", line("D", "x"), line("E", "x")).as_bytes());
    assert_eq!(
        outline(bytes),
        ["1:2 A", "2:3 subject notUtf8", "3:4 - fieldCount", "4:6 - fieldCount", "5:7 E"]
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_swallow_a_huge_file() {
    let mut text = format!("{HEADER}\n{}\n{}\n", line("A", "x"), line("B", "\"x"));
    while text.len() < 4 * MAX_ROW_BYTES {
        writeln!(text, "{}", line("C", "x")).unwrap();
    }
    assert_eq!(outline(text), ["1:2 A", "2:3 - tooLarge"]);
}

#[test]
fn json_lines_with_the_same_keys() {
    let text = concat!(
        r#"{"externalId":"A","kind":"incident","impact":3,"urgency":"2","resolvedAt":null,"subject":"K\u00f6 \"3\""}"#,
        "\r\n\n",
        r#" {"externalId":17,"description":"rad\nrad"} "#,
    );
    for text in [text.to_owned(), format!("\u{feff}{text}"), format!("\n{text}\n")] {
        let rows = read(text);
        assert_eq!(rows.len(), 2);
        let raw = &rows[0].as_ref().unwrap().raw;
        assert_eq!(raw.get(Column::Subject), "Kö \"3\"");
        assert_eq!((raw.get(Column::Impact), raw.get(Column::Urgency)), ("3", "2"));
        assert_eq!(raw.get(Column::ResolvedAt), "");
        let raw = &rows[1].as_ref().unwrap().raw;
        assert_eq!((raw.get(Column::ExternalId), raw.get(Column::Description)), ("17", "rad\nrad"));
    }
}

#[test]
fn bad_json_rows_are_reported_and_the_next_are_read() {
    let deep = format!("{{\"subject\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("{{\"subject\":\"{}\"}}", "x".repeat(MAX_ROW_BYTES));
    let mut bytes = Vec::new();
    for line in [
        br#"{"externalId":"A"}"#.as_slice(),
        br#"{"externalId":"B""#,
        br#"[1,2]"#,
        br#"{"externalId":"C","prio":{"x":[1]}}"#,
        br#"{"externalId":"D","subject":["a"]}"#,
        br#"{"externalId":"E","externalId":"F"}"#,
        br#"{"externalId":"G"} {"externalId":"H"}"#,
        b"{\"externalId\":\"\xFF\"}",
        deep.as_bytes(),
        long.as_bytes(),
        br#"{"externalId":true}"#,
        b"\x00\x00",
        br#"{"externalId":"Z"}"#,
    ] {
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
    }
    assert_eq!(
        outline(bytes),
        [
            "1:1 A",
            "2:2 - notJson",
            "3:3 - notJson",
            "4:4 - unknownColumn",
            "5:5 subject wrongType",
            "6:6 externalId repeatedColumn",
            "7:7 - notJson",
            "8:8 - notUtf8",
            "9:9 subject wrongType",
            "10:10 - tooLarge",
            "11:11 externalId wrongType",
            "12:12 - notJson",
            "13:13 Z",
        ]
    );
}

#[test]
fn json_fault_says_where() {
    let Err(ReadError::Row(error)) = read(r#"{"externalId":"B""#).remove(0) else { panic!("was read") };
    assert_eq!(error.code, RowErrorCode::NotJson);
    assert_eq!(error.detail, "EOF while parsing an object, byte 17");
}

#[test]
fn files_are_opened_by_path() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{HEADER}\n{}", line("A", "x")).unwrap();
    assert_eq!(ImportReader::open(file.path()).unwrap().count(), 1);
    let missing = ImportReader::open(Path::new("no/such/file.csv"));
    assert!(matches!(missing, Err(OpenError::Io(_))));
}

/// A source that fails after its text.
struct Failing(Cursor<String>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            length => Ok(length),
        }
    }
}

#[test]
fn a_failing_source_ends_the_rows() {
    for text in [format!("{HEADER}\n{}\n", line("A", "x")), "{\"externalId\":\"A\"}\n".to_owned()] {
        let mut rows = ImportReader::new(Failing(Cursor::new(text))).unwrap();
        assert!(rows.next().unwrap().is_ok());
        assert!(matches!(rows.next(), Some(Err(ReadError::Io(_)))));
        assert!(rows.next().is_none());
    }
}
