//! Tickets as rows of a queue or of search results.

use super::view::{DueCell, TicketRow};
use crate::app::tickets::{People, TicketListRow};
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_MINUTE};
use crate::domain::ids::GroupId;
use crate::domain::people::Directory;
use crate::i18n::Texts;
use crate::i18n::format::{self, Moments};
use crate::web::components::{Column, Moment};
use crate::web::form::Choice;
use crate::web::tags;

/// Rows with names instead of keys; everything that stands in the database's rows is borrowed. Within a
/// group's own queue its name isn't told again on every row.
pub(super) fn rows<'a>(
    t: &'a Texts,
    within: Option<GroupId>,
    moments: &Moments,
    now: Instant,
    directory: &'a Directory,
    people: &'a People,
    items: &'a [TicketListRow],
) -> Vec<TicketRow<'a>> {
    items
        .iter()
        .map(|row| TicketRow {
            number: &row.number,
            subject: &row.subject,
            priority: tags::priority(t, row.priority),
            status: tags::status(t, row.status),
            group: directory
                .group(row.group_id)
                .filter(|group| Some(group.id) != within)
                .map_or("", |group| &group.name),
            person: row.assignee_id.and_then(|id| people.get(&id)).map(|person| person.name.as_str()),
            organisation: directory.organisation(row.organisation_id).map_or("", |found| &found.name),
            channel: tags::channel_label(t, row.channel),
            due: row.due_at.map(|at| due(t, moments, at, now)),
            opened: Moment::new(moments, row.opened_at),
            updated: Moment::new(moments, row.updated_at),
        })
        .collect()
}

/// What is left is told in minutes for the last day.
fn due(t: &Texts, moments: &Moments, at: Instant, now: Instant) -> DueCell {
    let left = at.micros_since(now);
    let time = |micros: i64| format::duration(t.locale(), micros.div_euclid(MICROS_PER_MINUTE));
    let text = if left < 0 {
        t.t1("due-late", "time", time(-left))
    } else if left < MICROS_PER_DAY {
        t.t1("due-left", "time", time(left))
    } else {
        String::new()
    };
    DueCell { at: Moment::new(moments, at), left: text, is_late: left < 0 }
}

/// The headings. `sorting` gives the address that sorts by a field, and how the list is sorted by it.
pub(super) fn columns(
    t: &Texts,
    sorting: impl Fn(&str) -> (Option<String>, Option<&'static str>),
) -> Vec<Column> {
    let sortable = |label: &str, field: &str| {
        let (sort, sorted) = sorting(field);
        Column { sort, sorted, ..Column::new(label) }
    };
    vec![
        sortable(t.t("column-priority"), "priority"),
        Column::new(t.t("column-ticket")),
        Column::new(t.t("column-status")),
        sortable(t.t("column-due"), "dueAt"),
        Column::new(t.t("column-owner")),
        Column::new(t.t("column-organisation")),
        Column::new(t.t("column-channel")),
        sortable(t.t("column-opened"), "openedAt"),
        sortable(t.t("column-updated"), "updatedAt"),
    ]
}

/// The customers to filter by; everything below each counts.
pub(super) fn customers(directory: &Directory) -> Vec<Choice> {
    directory
        .organisations
        .iter()
        .filter(|organisation| organisation.parent.is_none())
        .map(|organisation| Choice::new(&organisation.code, &organisation.name))
        .collect()
}
