//! The form of a decided priority list: who decided it and when, and a row for each system.

use crate::app::FieldError;
use crate::app::policies::{EntryWritten, PriorityListWritten};
use crate::domain::people::Directory;
use crate::domain::routing::PriorityClass;
use crate::i18n::Texts;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::workspace::view::with_first;
use crate::web::{policy_words, routes};

/// Empty rows after those that are filled in.
const SPARE: usize = 3;
/// The most rows: more fields than these make aren't taken in one form.
const MOST_ROWS: usize = 150;

/// What a form that wasn't sent yet starts from.
pub(in crate::web) fn filled(list: &PriorityListWritten, valid_from: &str, based_on: &str) -> FormState {
    // Whose decision it is and when is asked anew.
    let PriorityListWritten { decided_on: _, decided_by, registration: _, entries } = list;
    let mut values: Vec<(String, String)> = vec![
        ("decidedBy".to_owned(), decided_by.clone()),
        ("validFrom".to_owned(), valid_from.to_owned()),
        ("basedOn".to_owned(), based_on.to_owned()),
    ];
    let mut entries: Vec<&EntryWritten> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.place);
    for (row, EntryWritten { system, place, class }) in (1..).zip(entries) {
        values.push((system_of(row), system.clone()));
        values.push((place_of(row), place.to_string()));
        values.push((class_of(row), class.clone()));
    }
    FormState::of(values)
}

fn system_of(row: usize) -> String {
    format!("system-{row}")
}

fn place_of(row: usize) -> String {
    format!("place-{row}")
}

fn class_of(row: usize) -> String {
    format!("class-{row}")
}

/// The last row that says something.
fn last_row(state: &FormState) -> usize {
    let says = |row: &usize| {
        [system_of(*row), place_of(*row), class_of(*row)].iter().any(|name| !state.value(name).is_empty())
    };
    (1..=MOST_ROWS).rev().find(says).unwrap_or(0)
}

/// The form.
pub(in crate::web) fn form(t: &Texts, directory: &Directory, state: &FormState, is_previewed: bool) -> Form {
    let mut fields = vec![
        Field::hidden("basedOn", state.value("basedOn")),
        Field::typed(state, "decidedOn", t.t("list-decided-on"), "date"),
        Field::line(state, "decidedBy", t.t("list-decided-by")).hint(t.t("list-decided-by-hint")).max(200),
        Field::line(state, "registration", t.t("list-registration")).max(200).optional(),
    ];
    let rows = (last_row(state) + SPARE).min(MOST_ROWS);
    fields.extend((1..=rows).map(|row| row_of(t, directory, state, row)));
    fields.extend([
        Field::typed(state, "validFrom", t.t("policy-valid-from"), "date")
            .hint(t.t("policy-at-once-hint"))
            .optional(),
        Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
    ]);
    let submits = if is_previewed {
        vec![
            Submit::primary(t.t("policy-activate")).sending("step", "activate"),
            Submit::secondary(t.t("policy-preview")).sending("step", "preview"),
        ]
    } else {
        vec![Submit::primary(t.t("policy-preview")).sending("step", "preview")]
    };
    Form::new("priority-list", routes::PRIORITY_LIST_CHANGE, "")
        .fields(fields)
        .submits(submits)
        .cancel(Link::new(routes::PRIORITY_LIST, t.t("form-cancel")))
}

fn row_of(t: &Texts, directory: &Directory, state: &FormState, row: usize) -> Field {
    let (place, system, class) = (place_of(row), system_of(row), class_of(row));
    let chosen = state.value(&system);
    let systems = directory
        .systems
        .iter()
        .filter(|one| one.is_active || one.code == chosen)
        .map(|one| Choice::new(&one.code, &one.name))
        .collect();
    let classes = PriorityClass::ALL
        .iter()
        .map(|class| Choice::new(class.as_text(), policy_words::priority_class(t, *class)))
        .collect();
    let fields = vec![
        Field::typed(state, &place, t.t("list-place"), "text").max(6),
        Field::select(state, &system, t.t("field-system"), with_first(t.t("list-no-system"), systems)),
        Field::select(state, &class, t.t("list-class"), with_first(t.t("choice-choose"), classes)),
    ];
    let group = Field::group(t.t1("list-row", "row", row.to_string()), fields).in_row();
    if row == 1 { group.hint(t.t("list-rows-hint")) } else { group }
}

/// What was typed, and for each of its entries the row. A row without system says nothing; one without
/// place stands last.
pub(super) fn read(state: &FormState) -> (PriorityListWritten, Vec<usize>) {
    let rows: Vec<usize> =
        (1..=MOST_ROWS).filter(|row| !state.value(&system_of(*row)).trim().is_empty()).collect();
    let typed = |row: usize| state.value(&place_of(row)).trim().to_owned();
    let mut last: i64 = rows.iter().filter_map(|row| typed(*row).parse().ok()).max().unwrap_or(0);
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let text = typed(*row);
        let place = if text.is_empty() {
            last = last.saturating_add(1);
            last
        } else {
            // What is no number is refused as no place.
            text.parse().unwrap_or(-1)
        };
        let (system, class) = (state.value(&system_of(*row)), state.value(&class_of(*row)));
        entries.push(EntryWritten { system: system.to_owned(), place, class: class.to_owned() });
    }
    let registration = Some(state.value("registration").trim()).filter(|text| !text.is_empty());
    let list = PriorityListWritten {
        decided_on: state.value("decidedOn").trim().to_owned(),
        decided_by: state.value("decidedBy").to_owned(),
        registration: registration.map(str::to_owned),
        entries,
    };
    (list, rows)
}

/// The page's field that an error is about.
pub(super) fn field_of(error: &FieldError, rows: &[usize]) -> String {
    let path = error.field.as_ref();
    let Some(rest) = path.strip_prefix("entries") else { return path.to_owned() };
    let entry = rest.strip_prefix('[').and_then(|rest| rest.split_once("]."));
    let found = entry.and_then(|(at, name)| Some((name, *rows.get(at.parse::<usize>().ok()?)?)));
    match found {
        Some(("place", row)) => place_of(row),
        Some(("class", row)) => class_of(row),
        Some((_, row)) => system_of(row),
        None => system_of(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::FieldProblem;

    fn entry(system: &str, place: i64, class: &str) -> EntryWritten {
        EntryWritten { system: system.to_owned(), place, class: class.to_owned() }
    }

    #[test]
    fn rows_stand_in_order_and_rows_without_system_say_nothing() {
        let list = PriorityListWritten {
            decided_on: "2026-03-02".to_owned(),
            decided_by: "Kommundirektören".to_owned(),
            registration: Some("KS 2026/114".to_owned()),
            entries: vec![entry("tele", 2, "b"), entry("vard", 1, "a")],
        };
        let state = filled(&list, "", "v1");
        let (read_back, rows) = read(&state);
        assert_eq!(read_back.entries, [entry("vard", 1, "a"), entry("tele", 2, "b")]);
        // A new decision has a day and a number of its own.
        assert_eq!((read_back.decided_on.as_str(), read_back.registration), ("", None));
        assert_eq!((rows, last_row(&state)), (vec![1, 2], 2));
    }

    #[test]
    fn a_row_without_place_stands_last_and_errors_find_their_row() {
        let typed = FormState::of([
            ("system-1", ""),
            ("place-1", "1"),
            ("system-2", "tele"),
            ("system-3", "vard"),
            ("place-3", "4"),
            ("system-4", "mejl"),
            ("place-4", "fyra"),
        ]);
        let (list, rows) = read(&typed);
        let places: Vec<i64> = list.entries.iter().map(|entry| entry.place).collect();
        assert_eq!(places, [5, 4, -1]);
        let field = |path: &str| field_of(&FieldError::new("", FieldProblem::Unknown).at(path), &rows);
        assert_eq!(field("entries[2].place"), "place-4");
        assert_eq!(field("entries[0].class"), "class-2");
        assert_eq!((field("entries"), field("decidedOn")), ("system-1".to_owned(), "decidedOn".to_owned()));
    }
}
