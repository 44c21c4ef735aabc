//! The shipped responsibility matrix: support level × activity × party.

use std::fmt::Write as _;

use arende::domain::ids::GroupId;
use arende::domain::routing::{Matrix, Raci, SupportLevel, responsible, seed};

use crate::support::table::assert_committed;

#[test]
fn responsibility_is_as_committed() {
    let matrix = seed(GroupId(1));
    let mut table = String::from(
        "Who is responsible, for any service. R does the work, A answers for it, C is asked, I is told.\n\
         Each row is followed by the reason that the requester reads. What isn't listed is the desk's.\n",
    );
    for level in &matrix.support_levels {
        write!(table, "\n{}\n{}", level.code, table_of(&matrix, level)).unwrap();
    }
    table.push_str("\nwhere to turn\n");
    for party in &matrix.parties {
        let turn_to = party.turn_to.as_ref().map_or("(the desk's intake group)", |text| text.sv.as_str());
        writeln!(table, "  {:<17} {turn_to}", party.code).unwrap();
    }
    assert_committed("responsibility.txt", &table);
}

fn table_of(matrix: &Matrix, level: &SupportLevel) -> String {
    let mut table = format!("  {:<21}", "");
    for party in &matrix.parties {
        write!(table, " {:<17}", party.code).unwrap();
    }
    table = table.trim_end().to_owned();
    table.push('\n');
    for activity in &matrix.activities {
        let Some(found) = responsible(matrix, None, &level.code, &activity.code) else { continue };
        let mut line = format!("  {:<21}", activity.code);
        for party in &matrix.parties {
            let roles: String = Raci::ALL
                .iter()
                .filter(|role| {
                    matrix.assignments.iter().any(|row| {
                        row.support_level == level.code
                            && row.activity == activity.code
                            && row.party == party.code
                            && row.role == **role
                    })
                })
                .map(|role| role.as_text().to_uppercase())
                .collect();
            write!(line, " {:<17}", if roles.is_empty() { "-" } else { &roles }).unwrap();
        }
        writeln!(table, "{}\n    {}", line.trim_end(), found.because.sv).unwrap();
    }
    table
}
