//! Tickets as rows of a queue or of search results.

use super::view::TicketRow;
use crate::app::tickets::{People, TicketListRow};
use crate::domain::ids::GroupId;
use crate::domain::people::Directory;
use crate::i18n::Texts;
use crate::i18n::format::Moments;
use crate::web::components::{Column, Moment};
use crate::web::form::Choice;
use crate::web::tags;

/// Rows with names instead of keys; everything that stands in the database's rows is borrowed. Within a
/// group's own queue its name isn't told again on every row.
pub(super) fn rows<'a>(
    t: &'a Texts,
    within: Option<GroupId>,
    moments: &Moments,
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
            opened: Moment::new(moments, row.opened_at),
            updated: Moment::new(moments, row.updated_at),
        })
        .collect()
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
