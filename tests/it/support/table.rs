//! Tables that are committed as text, so that a change of a rule shows in review as a change of a line.

use std::fs;
use std::path::Path;

/// Compares a table with the committed one of that name; with `UPDATE_TABLES=1` writes it instead.
#[track_caller]
pub fn assert_committed(name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix").join(name);
    let update = std::env::var_os("UPDATE_TABLES").is_some();
    if update {
        fs::write(&path, table).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if committed != table {
        let differing = first_difference(&committed, table);
        panic!(
            "{} is not what the code says.\n{differing}\nIf the change is meant: \
             UPDATE_TABLES=1 cargo test --test it matrix, then review the diff and commit it.",
            path.display()
        );
    }
}

fn first_difference(committed: &str, table: &str) -> String {
    let (mut old, mut new) = (committed.lines(), table.lines());
    let mut line = 0;
    loop {
        line += 1;
        let pair = (old.next(), new.next());
        if pair.0 != pair.1 || pair.0.is_none() {
            let shown = |text: Option<&str>| text.unwrap_or("(end of file)").to_owned();
            return format!("line {line}\n  committed: {}\n  code says: {}", shown(pair.0), shown(pair.1));
        }
    }
}

#[test]
fn the_first_differing_line_is_named() {
    assert_eq!(first_difference("a\nb\n", "a\nc\n"), "line 2\n  committed: b\n  code says: c");
    assert_eq!(first_difference("a\n", "a\nc\n"), "line 2\n  committed: (end of file)\n  code says: c");
}
