//! A ticket's way through the lines, as its page shows it.

use crate::app::tickets::{LedgerView, Spent};
use crate::domain::ids::UserId;
use crate::domain::ticket::Stay;
use crate::i18n::{Texts, format};
use crate::web::components::{Cell, Column, Table};
use crate::web::story::Story;
use crate::web::tags;
use crate::web::workspace::view::LedgerPart;

/// The part of the page; nothing for a ticket that has stayed where it came in.
pub(super) fn ledger_part(story: &Story<'_>, view: &LedgerView) -> Option<LedgerPart> {
    if view.stays.len() < 2 {
        return None;
    }
    Some(LedgerPart {
        findings: findings(story.t, view),
        stays: stays(story, view),
        totals: totals(story, view),
    })
}

/// What the ledger says, in a sentence each.
fn findings(t: &Texts, view: &LedgerView) -> Vec<String> {
    let mut findings = vec![t.t1("ledger-hand-overs", "count", view.hand_overs)];
    if view.bounces > 0 {
        findings.push(t.t1("ledger-bounces", "count", view.bounces));
    }
    if view.first_line_solution {
        findings.push(t.t("ledger-first-line").to_owned());
    }
    match view.first_line_could_have {
        Some(true) => findings.push(t.t("ledger-could-have").to_owned()),
        Some(false) => findings.push(t.t("ledger-could-not-have").to_owned()),
        None => {}
    }
    findings
}

fn stays(story: &Story<'_>, view: &LedgerView) -> Table {
    let t = story.t;
    let row = |(stay, spent): &(Stay, Spent)| {
        let [time, hours] = times(t, *spent);
        vec![
            Cell::text(tags::line_label(t, stay.line.as_text())),
            Cell::text(story.group(stay.group)),
            Cell::text(person(story, stay.assignee)),
            Cell::Moment(story.moment(stay.from)),
            time,
            hours,
            Cell::text(why(t, stay)),
        ]
    };
    Table {
        caption: t.t("ledger-title").to_owned(),
        columns: vec![
            Column::new(t.t("field-line")),
            Column::new(t.t("field-group")),
            Column::new(t.t("field-person")),
            Column::new(t.t("ledger-from")),
            Column::number(t.t("ledger-time")),
            Column::number(t.t("ledger-hours")),
            Column::new(t.t("ledger-why")),
        ],
        rows: view.stays.iter().map(row).collect(),
        empty: String::new(),
    }
}

fn totals(story: &Story<'_>, view: &LedgerView) -> Table {
    let t = story.t;
    let row = |kind: &str, name: &str, spent: Spent| {
        let [time, hours] = times(t, spent);
        vec![Cell::text(name), Cell::text(kind), time, hours]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (line, spent) in &view.lines {
        rows.push(row(t.t("field-line"), tags::line_label(t, line.as_text()), *spent));
    }
    for (group, spent) in &view.groups {
        rows.push(row(t.t("field-group"), story.group(*group), *spent));
    }
    for (id, spent) in &view.people {
        rows.push(row(t.t("field-person"), person(story, *id), *spent));
    }
    rows.push(row("", t.t("ledger-whole"), view.whole));
    Table {
        caption: t.t("ledger-totals").to_owned(),
        columns: vec![
            Column::new(t.t("ledger-who")),
            Column::new(t.t("ledger-kind")),
            Column::number(t.t("ledger-time")),
            Column::number(t.t("ledger-hours")),
        ],
        rows,
        empty: String::new(),
    }
}

fn times(t: &Texts, spent: Spent) -> [Cell; 2] {
    [
        Cell::Number(format::duration(t.locale(), spent.elapsed_minutes())),
        Cell::Number(format::hours(t.locale(), spent.working_minutes())),
    ]
}

fn person<'s>(story: &'s Story<'_>, id: Option<UserId>) -> &'s str {
    id.map_or_else(|| story.t.t("ledger-queue"), |id| story.person(id))
}

/// What ended a stay: a hand-over's cause and words, or just how it ended.
fn why(t: &Texts, stay: &Stay) -> String {
    let Some(end) = stay.ended_by else { return t.t("ledger-lasts").to_owned() };
    let Some(hand_over) = &stay.hand_over else { return tags::stay_end_label(t, end).to_owned() };
    match hand_over.code {
        Some(code) => format!("{}: {}", tags::hand_over_label(t, code), hand_over.reason),
        None => hand_over.reason.clone(),
    }
}
