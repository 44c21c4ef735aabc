//! What `src/db/schema.rs` says, read as text: diesel's macros leave nothing to ask at run time.

use super::{Column, Schema, Table};

pub fn tables() -> Schema {
    let source = include_str!("../../../src/db/schema.rs");
    source.split("diesel::table! {").skip(1).map(table).collect()
}

fn table(block: &str) -> (String, Table) {
    let mut lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next().unwrap();
    let (name, rest) = head.split_once(" (").unwrap_or_else(|| panic!("no key in {head}"));
    let (key, _) = rest.split_once(')').unwrap();
    let columns = lines
        .take_while(|line| *line != "}")
        .map(|line| {
            let (column, class) = line.trim_end_matches(',').split_once(" -> ").unwrap();
            let inner = class.strip_prefix("Nullable<").and_then(|class| class.strip_suffix('>'));
            let described = Column { class: inner.unwrap_or(class).to_owned(), is_nullable: inner.is_some() };
            (column.to_owned(), described)
        })
        .collect();
    let primary_key = key.split(", ").map(ToOwned::to_owned).collect();
    (name.to_owned(), Table { columns, primary_key, ..Table::default() })
}
