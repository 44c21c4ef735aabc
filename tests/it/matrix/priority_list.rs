//! Priority of an incident about a listed system: impact × urgency × class.

use std::fmt::Write as _;

use arende::domain::routing::{PriorityClass, raise};
use arende::domain::ticket::{Rank, TicketKind, priority_of};

use crate::support::table::assert_committed;

#[test]
fn raised_priority_is_as_committed() {
    let mut table = String::from(
        "Priority by impact and urgency, and raised by the class of a system on the priority list.\n",
    );
    // Kinds that are raised alike share a table.
    let mut tables: Vec<(Vec<&str>, String)> = Vec::new();
    for kind in TicketKind::ALL {
        let text = table_of(*kind);
        match tables.iter_mut().find(|(_, other)| *other == text) {
            Some((kinds, _)) => kinds.push(kind.as_text()),
            None => tables.push((vec![kind.as_text()], text)),
        }
    }
    for (kinds, text) in tables {
        write!(table, "\n{}\n{text}", kinds.join(", ")).unwrap();
    }
    assert_committed("priority_list.txt", &table);
}

fn table_of(kind: TicketKind) -> String {
    let mut table = String::from("  impact  urgency  not listed");
    for class in PriorityClass::ALL {
        write!(table, "  class {class}").unwrap();
    }
    table.push('\n');
    for impact in 1..=3 {
        for urgency in 1..=3 {
            let base = priority_of(Rank::new(impact).unwrap(), Rank::new(urgency).unwrap());
            write!(table, "  {impact:<6}  {urgency:<7}  {base:<10}").unwrap();
            for class in PriorityClass::ALL {
                write!(table, "  {:<7}", raise(base, kind, *class).get()).unwrap();
            }
            table = table.trim_end().to_owned();
            table.push('\n');
        }
    }
    table
}
