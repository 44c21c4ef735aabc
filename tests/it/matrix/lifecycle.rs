//! The lifecycle: kind × status × action.

use std::fmt::Write as _;

use arende::domain::ticket::{Action, Needs, Status, Step, SystemAction, TicketKind, rule};

use crate::support::table::assert_committed;

#[test]
fn lifecycle_is_as_committed() {
    let mut table = String::from(
        "The lifecycle. What isn't possible has a dash. Needs: a permission of whoever acts, or the system.\n",
    );
    // Kinds that are worked alike share a table.
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
    assert_committed("lifecycle.txt", &table);
}

fn table_of(kind: TicketKind) -> String {
    let mut table = format!("  {:<11} {:<14} {:<11} {:<15} guard\n", "from", "action", "to", "needs");
    for from in Status::ALL {
        let people = Action::ALL.iter().map(|action| (action.as_text(), Step::Person(*action)));
        let system = SystemAction::ALL.iter().map(|action| (action.as_text(), Step::System(*action)));
        for (action, step) in people.chain(system) {
            let (to, needs, guard) = match rule(kind, *from, step) {
                None => ("-", "-".to_owned(), "-".to_owned()),
                Some(rule) => {
                    let needs = match rule.needs {
                        Needs::Permission(permission) => permission.to_string(),
                        Needs::System => "system".to_owned(),
                    };
                    let guard = rule.guard.map_or("-".to_owned(), |guard| format!("{guard:?}"));
                    (rule.to.as_text(), needs, guard)
                }
            };
            writeln!(table, "  {from:<11} {action:<14} {to:<11} {needs:<15} {guard}").unwrap();
        }
    }
    table
}
