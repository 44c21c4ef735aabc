//! Priority: impact × urgency.

use std::fmt::Write as _;

use arende::domain::ticket::{Rank, priority_of};

use crate::support::table::assert_committed;

#[test]
fn priority_is_as_committed() {
    let mut table = String::from("Priority. Impact down, urgency across; 1 is the highest.\n\n");
    table.push_str("impact  1  2  3\n");
    for impact in 1..=3 {
        write!(table, "{impact}      ").unwrap();
        for urgency in 1..=3 {
            let priority = priority_of(Rank::new(impact).unwrap(), Rank::new(urgency).unwrap());
            write!(table, "{:>3}", priority.get()).unwrap();
        }
        table.push('\n');
    }
    assert_committed("priority.txt", &table);
}
