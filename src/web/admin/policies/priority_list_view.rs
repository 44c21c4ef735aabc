//! A priority list as tables: in force, and as it would be.

use crate::app::policies::{EntryWritten, PriorityListWritten};
use crate::domain::people::Directory;
use crate::domain::routing::PriorityClass;
use crate::i18n::{Arg, Texts};
use crate::web::admin::parts;
use crate::web::components::{Cell, Fact, Table};
use crate::web::policy_words;

/// Who decided and when.
pub(in crate::web) fn facts(t: &Texts, list: &PriorityListWritten) -> Vec<Fact> {
    let PriorityListWritten { decided_on, decided_by, registration, entries: _ } = list;
    vec![
        Fact::text(t.t("list-decided-on"), decided_on),
        Fact::text(t.t("list-decided-by"), decided_by),
        Fact::text(t.t("list-registration"), registration.as_deref().unwrap_or("–")),
    ]
}

/// The systems in order.
pub(in crate::web) fn systems(t: &Texts, directory: &Directory, list: &PriorityListWritten) -> Table {
    let rows = in_order(list).into_iter().map(|entry| cells(t, directory, entry).to_vec()).collect();
    parts::table(t.t("list-systems"), &columns(t), rows, t.t("list-none"))
}

/// The systems in order as they would be, each compared with the list in force.
pub(in crate::web) fn compared(
    t: &Texts,
    directory: &Directory,
    list: &PriorityListWritten,
    current: Option<&PriorityListWritten>,
) -> Table {
    let held = current.map(|current| current.entries.as_slice()).unwrap_or_default();
    let mut rows: Vec<Vec<Cell>> = in_order(list)
        .into_iter()
        .map(|entry| {
            let was = held.iter().find(|was| was.system == entry.system);
            let mut cells = cells(t, directory, entry).to_vec();
            cells.push(Cell::Text(match was {
                None => t.t("list-new").to_owned(),
                Some(was) if was == entry => t.t("list-same").to_owned(),
                Some(was) => {
                    let class = was.class.to_uppercase();
                    t.tr("list-was", &[("place", Arg::Number(was.place)), ("class", Arg::Text(&class))])
                }
            }));
            cells
        })
        .collect();
    let stays = |was: &&EntryWritten| list.entries.iter().any(|entry| entry.system == was.system);
    rows.extend(held.iter().filter(|was| !stays(was)).map(|was| {
        let [_, system, class, _] = cells(t, directory, was);
        vec![Cell::text("–"), system, class, Cell::text("–"), Cell::text(t.t("list-gone"))]
    }));
    let mut columns = columns(t).to_vec();
    columns.push(t.t("list-compared"));
    parts::table(t.t("list-preview"), &columns, rows, t.t("list-none"))
}

fn in_order(list: &PriorityListWritten) -> Vec<&EntryWritten> {
    let mut entries: Vec<&EntryWritten> = list.entries.iter().collect();
    entries.sort_by_key(|entry| entry.place);
    entries
}

fn columns(t: &Texts) -> [&str; 4] {
    [t.t("list-place"), t.t("field-system"), t.t("list-class"), t.t("list-raises")]
}

fn cells(t: &Texts, directory: &Directory, entry: &EntryWritten) -> [Cell; 4] {
    let EntryWritten { system, place, class } = entry;
    let name = directory.system_by_code(system).map_or(system, |found| &found.name);
    let class = PriorityClass::from_text(class);
    let steps = class.map_or(0, |class| i64::from(class.steps()));
    [
        Cell::text(place.to_string()),
        Cell::text(name),
        Cell::text(class.map_or("–", |class| policy_words::priority_class(t, class))),
        Cell::Text(t.t1("list-raised", "steps", steps)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::i18n::texts;

    #[test]
    fn what_is_new_moved_and_removed_is_told() {
        let t = texts(Locale::Sv);
        let list = |entries: &[(&str, i64, &str)]| PriorityListWritten {
            entries: entries
                .iter()
                .map(|(system, place, class)| EntryWritten {
                    system: (*system).to_owned(),
                    place: *place,
                    class: (*class).to_owned(),
                })
                .collect(),
            ..PriorityListWritten::default()
        };
        let current = list(&[("vard", 1, "a"), ("tele", 2, "b"), ("mejl", 3, "c")]);
        let proposed = list(&[("larm", 2, "a"), ("vard", 1, "a"), ("tele", 3, "a")]);
        let table = compared(t, &Directory::default(), &proposed, Some(&current));
        let told: Vec<[&Cell; 2]> = table.rows.iter().map(|row| [&row[1], &row[4]]).collect();
        let cells = |pairs: [(&str, &str); 4]| pairs.map(|(a, b)| [Cell::text(a), Cell::text(b)]);
        let expected = cells([
            ("vard", "Som nu"),
            ("larm", "Nytt"),
            ("tele", "Var plats 2, klass B"),
            ("mejl", "Tas bort från listan"),
        ]);
        assert_eq!(told, expected.each_ref().map(|[a, b]| [a, b]));
    }
}
