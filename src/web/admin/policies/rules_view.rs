//! The routing rules as a list in words, and what other rules would have done to tickets of the past.

use super::rules_words::RuleWords;
use crate::app::policies::{RuleWritten, Tried};
use crate::domain::ids::GroupId;
use crate::domain::routing::{DryRun, Example, Outcome};
use crate::i18n::{Arg, format};
use crate::web::admin::parts;
use crate::web::components::{Cell, Column, Fact, Table};
use crate::web::form::{Field, Form, Submit};
use crate::web::workspace::admin_view::{Body, RecordSection};
use crate::web::{routes, tags};

/// The rules in order. Those who may change them get links and buttons.
pub(in crate::web) fn list(
    words: RuleWords<'_>,
    caption: &str,
    rules: &[RuleWritten],
    may_change: bool,
) -> Table {
    let t = words.t;
    let last = rules.len().saturating_sub(1);
    let rows = rules
        .iter()
        .enumerate()
        .map(|(at, rule)| {
            let name = format!("{}. {}", at + 1, rule.name);
            let id = rule.id.as_deref().unwrap_or_default();
            let name = if may_change { Cell::link(routes::rule_change(id), name) } else { Cell::Text(name) };
            let is_used = rule.is_active.unwrap_or(true);
            let mut cells = vec![
                name,
                Cell::Text(words.when(&rule.conditions)),
                Cell::Text(words.then(rule)),
                Cell::text(if is_used { t.t("choice-active") } else { t.t("rule-resting") }),
            ];
            if may_change {
                cells.push(moves(words, rule, at, last));
            }
            cells
        })
        .collect();
    let mut columns = vec![t.t("rule"), t.t("rule-when"), t.t("rule-then"), t.t("field-active")];
    if may_change {
        columns.push(t.t("rule-move"));
    }
    parts::table(caption, &columns, rows, t.t("rules-none"))
}

/// The buttons that move a rule. They lead to the form, where the move is tried and stored.
fn moves(words: RuleWords<'_>, rule: &RuleWritten, at: usize, last: usize) -> Cell {
    let t = words.t;
    let id = rule.id.as_deref().unwrap_or_default();
    let mut submits = Vec::new();
    if at > 0 {
        submits.push(Submit::secondary(t.t("rule-up")).sending("part", "up").about(&rule.name));
    }
    if at < last {
        submits.push(Submit::secondary(t.t("rule-down")).sending("part", "down").about(&rule.name));
    }
    if submits.is_empty() {
        return Cell::text("");
    }
    let form = Form::new("move", routes::RULES, "").for_row(id);
    Cell::Action(form.fields(vec![Field::hidden("id", id)]).submits(submits))
}

/// What a dry run came to: the sum, from which group to which, and tickets to look at.
pub(in crate::web) fn tried(words: RuleWords<'_>, tried: &Tried) -> Vec<RecordSection> {
    let t = words.t;
    let heading = t.t("rule-tried");
    let Tried { tickets, is_capped, sum, .. } = tried;
    let period = Fact::text(t.t("rule-period"), period(tried));
    if *tickets == 0 {
        let nothing = parts::table(heading, &[], Vec::new(), t.t("rule-tried-nothing"));
        return vec![
            parts::section(heading, Body::Facts(vec![period])),
            parts::section("", Body::Table(nothing)),
        ];
    }
    let number = |count: u64| format::number(t.locale(), i64::try_from(count).unwrap_or(i64::MAX));
    let DryRun { unchanged, moved, recategorised, reprioritised, other_agreement, examples } = sum;
    let mut counted = Fact::text(t.t("rule-tried-tickets"), format::number(t.locale(), *tickets));
    counted.note = is_capped.then(|| t.t("rule-tried-capped").to_owned());
    let facts = vec![
        period,
        counted,
        Fact::text(t.t("rule-tried-moved"), number(moved.values().sum())),
        Fact::text(t.t("rule-tried-recategorised"), number(*recategorised)),
        Fact::text(t.t("rule-tried-reprioritised"), number(*reprioritised)),
        Fact::text(t.t("rule-tried-agreement"), number(*other_agreement)),
        Fact::text(t.t("rule-tried-unchanged"), number(*unchanged)),
    ];
    let mut sections = vec![parts::section(heading, Body::Facts(facts))];
    let mut moves: Vec<(&(GroupId, GroupId), &u64)> = moved.iter().collect();
    moves.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let rows = moves
        .into_iter()
        .map(|((from, to), count)| {
            vec![Cell::Text(group(words, *from)), Cell::Text(group(words, *to)), Cell::Number(number(*count))]
        })
        .collect();
    sections.push(parts::section(
        "",
        Body::Table(Table {
            caption: t.t("rule-moves").to_owned(),
            columns: vec![
                Column::new(t.t("rule-from-group")),
                Column::new(t.t("rule-to-group")),
                Column::number(t.t("rule-tickets")),
            ],
            rows,
            empty: t.t("rule-moves-none").to_owned(),
        }),
    ));
    if !examples.is_empty() {
        let rows = examples.iter().map(|example| example_row(words, tried, example)).collect();
        let columns = [t.t("rule-ticket"), t.t("rule-by-present"), t.t("rule-by-proposed")];
        let caption = t.t("rule-examples");
        sections.push(parts::section("", Body::Table(parts::table(caption, &columns, rows, ""))));
    }
    sections
}

/// Rules that would never hold, a sentence each.
pub(super) fn warnings(words: RuleWords<'_>, tried: &Tried, rules: &[RuleWritten]) -> Vec<String> {
    let name = |at: usize| rules.get(at).map_or("–", |rule| rule.name.as_str());
    tried
        .never_hold
        .iter()
        .map(|(rule, by)| {
            let args = [("rule", Arg::Text(name(*rule))), ("by", Arg::Text(name(*by)))];
            words.t.tr("rule-never-holds", &args)
        })
        .collect()
}

/// "2025-10-01 – 2025-12-31".
fn period(tried: &Tried) -> String {
    let last = tried.before.plus_micros(-1);
    format!("{} – {}", format::iso_date(tried.from), format::iso_date(last))
}

fn group(words: RuleWords<'_>, id: GroupId) -> String {
    words.directory.group(id).map_or_else(|| "–".to_owned(), |found| found.name.clone())
}

fn example_row(words: RuleWords<'_>, tried: &Tried, example: &Example) -> Vec<Cell> {
    let Example { ticket, before, after } = example;
    let number = tried.numbers.get(ticket).map_or("–", String::as_str);
    vec![
        Cell::link(routes::ticket(number), number),
        Cell::Text(differing(words, before, after)),
        Cell::Text(differing(words, after, before)),
    ]
}

/// What of an outcome isn't as in the other.
fn differing(words: RuleWords<'_>, outcome: &Outcome, other: &Outcome) -> String {
    let t = words.t;
    let Outcome { group: to, category, priority, agreement } = outcome;
    let mut told = Vec::new();
    if *to != other.group {
        told.push(group(words, *to));
    }
    if *category != other.category {
        let found = category.and_then(|id| words.directory.category(id));
        told.push(found.map_or_else(
            || t.t("rule-no-category").to_owned(),
            |found| t.t1("rule-sets-category", "name", &found.name),
        ));
    }
    if *priority != other.priority {
        told.push(tags::priority(t, priority.get()).label.to_owned());
    }
    if *agreement != other.agreement {
        let mut agreements = words.policies.agreements.iter().rev();
        let found = agreement.and_then(|id| agreements.find(|version| version.agreement == id));
        told.push(found.map_or_else(
            || t.t("rule-no-agreement").to_owned(),
            |found| t.t1("rule-sets-agreement", "name", &found.name),
        ));
    }
    told.join(", ")
}
