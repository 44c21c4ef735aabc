//! The responsibility matrix in words: a table for each support level, who gets the tickets of a party, and
//! what a version changed.

use crate::app::policies::{
    AssignmentWritten, BilingualWritten, MatrixWritten, NamedWritten, PartyWritten, Version,
};
use crate::domain::locale::Locale;
use crate::domain::people::Directory;
use crate::domain::routing::Raci;
use crate::i18n::{Arg, Texts};
use crate::web::admin::parts;
use crate::web::components::{Cell, Table};
use crate::web::workspace::admin_view::{Body, RecordSection};
use crate::web::{policy_words, routes};

use super::matrix_form::RowKey;

/// How many changed rows are named.
const MOST_NAMED: usize = 4;

/// Says what a matrix says.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) t: &'a Texts,
    pub(super) directory: &'a Directory,
    pub(super) matrix: &'a MatrixWritten,
}

impl<'a> Words<'a> {
    /// A table for each support level, and for each service that has rows of its own on it.
    pub(super) fn tables(self, may_change: bool) -> Vec<RecordSection> {
        let keys = rows(self.matrix);
        let mut groups: Vec<(&Option<String>, &str, Vec<&RowKey>)> = Vec::new();
        for level in &self.matrix.support_levels {
            for key in keys.iter().filter(|key| key.support_level == level.code) {
                match groups.iter_mut().find(|(service, of, _)| **service == key.service && *of == level.code)
                {
                    Some((_, _, found)) => found.push(key),
                    None => groups.push((&key.service, &level.code, vec![key])),
                }
            }
        }
        let section = |(service, level, keys): (&Option<String>, &str, Vec<&RowKey>)| {
            let level = self.support_level(level);
            let heading = match service {
                None => level.to_owned(),
                Some(code) => {
                    let args = [("level", Arg::Text(level)), ("service", Arg::Text(self.service(code)))];
                    self.t.tr("responsibility-of-service", &args)
                }
            };
            let table = self.table(&heading, &keys, may_change);
            parts::section(&heading, Body::Table(table))
        };
        groups.into_iter().map(section).collect()
    }

    fn table(self, caption: &str, keys: &[&RowKey], may_change: bool) -> Table {
        let t = self.t;
        let mut columns = vec![t.t("responsibility-activity")];
        columns.extend(Raci::ALL.iter().map(|role| policy_words::raci(t, *role)));
        columns.push(t.t("policy-note"));
        let row = |key: &&RowKey| {
            let name = self.activity(&key.activity);
            let first = if may_change { Cell::link(key.address(), name) } else { Cell::text(name) };
            let with_role = |role: &Raci| {
                let parties = key.of(self.matrix).filter(|row| row.role == role.as_text());
                let parties: Vec<&str> = parties.map(|row| self.party(&row.party)).collect();
                Cell::text(if parties.is_empty() { "–".to_owned() } else { parties.join(", ") })
            };
            let why = key.reason(self.matrix).map_or("", |reason| self.said(reason));
            let mut cells = vec![first];
            cells.extend(Raci::ALL.iter().map(with_role));
            cells.push(Cell::text(why));
            cells
        };
        parts::table(caption, &columns, keys.iter().map(row).collect(), t.t("catalogue-none"))
    }

    /// Who gets the tickets of each party, or where its requesters turn.
    pub(super) fn parties(self, may_change: bool) -> Table {
        let t = self.t;
        let row = |party: &PartyWritten| {
            let PartyWritten { code, name, group, turn_to } = party;
            let name = self.said(name);
            let group = group.as_ref().map(|code| {
                self.directory.group_by_code(code).map_or(code.as_str(), |group| group.name.as_str())
            });
            vec![
                if may_change { Cell::link(routes::party(code), name) } else { Cell::text(name) },
                Cell::text(group.unwrap_or("–")),
                Cell::text(turn_to.as_ref().map_or("–", |text| self.said(text))),
            ]
        };
        let columns =
            [t.t("responsibility-party"), t.t("responsibility-goes-to"), t.t("responsibility-turn-to")];
        let rows = self.matrix.parties.iter().map(row).collect();
        parts::table(t.t("responsibility-parties"), &columns, rows, t.t("catalogue-none"))
    }

    /// "Elevdator – Reparation".
    pub(super) fn row_name(self, key: &RowKey) -> String {
        let (level, activity) = (self.support_level(&key.support_level), self.activity(&key.activity));
        let name = format!("{level} – {activity}");
        match &key.service {
            Some(code) => format!("{name} ({})", self.service(code)),
            None => name,
        }
    }

    pub(super) fn said(self, text: &'a BilingualWritten) -> &'a str {
        match self.t.locale() {
            Locale::Sv => &text.sv,
            Locale::En => text.en.as_deref().unwrap_or(&text.sv),
        }
    }

    pub(super) fn party(self, code: &'a str) -> &'a str {
        let party = self.matrix.parties.iter().find(|party| party.code == code);
        party.map_or(code, |party| self.said(&party.name))
    }

    fn named(self, list: &'a [NamedWritten], code: &'a str) -> &'a str {
        list.iter().find(|one| one.code == code).map_or(code, |one| self.said(&one.name))
    }

    fn support_level(self, code: &str) -> &'a str {
        let level = self.matrix.support_levels.iter().find(|level| level.code == code);
        level.map_or("", |level| self.named(&self.matrix.support_levels, &level.code))
    }

    fn activity<'b>(self, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let activity = self.matrix.activities.iter().find(|activity| activity.code == code);
        activity.map_or(code, |activity| self.said(&activity.name))
    }

    fn service<'b>(self, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.directory.service_by_code(code).map_or(code, |service| &service.name)
    }
}

/// The rows, each once, in the order of the matrix.
pub(super) fn rows(matrix: &MatrixWritten) -> Vec<RowKey> {
    let mut keys: Vec<RowKey> = Vec::new();
    for key in matrix.assignments.iter().map(RowKey::of_assignment) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What the version at a place of the history, the latest first, says otherwise than the one before it.
pub(super) fn changed(
    t: &Texts,
    directory: &Directory,
    versions: &[Version<MatrixWritten>],
    at: usize,
) -> String {
    let content = |at: usize| versions.get(at).and_then(|version| version.content.as_ref());
    let Some(new) = content(at) else { return String::new() };
    let Some(old) = content(at.saturating_add(1)) else { return t.t("responsibility-first").to_owned() };
    let mut keys = rows(new);
    keys.extend(rows(old).into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>());
    let differs = |key: &&RowKey| {
        let of = |matrix| key.of(matrix).collect::<Vec<&AssignmentWritten>>();
        of(new) != of(old)
    };
    let name = |key: &RowKey| {
        let matrix = if key.of(new).next().is_some() { new } else { old };
        Words { t, directory, matrix }.row_name(key)
    };
    let rows: Vec<String> = keys.iter().filter(differs).map(name).collect();
    let words = Words { t, directory, matrix: new };
    let parties: Vec<String> = new
        .parties
        .iter()
        .filter(|party| !old.parties.contains(party))
        .map(|party| words.said(&party.name).to_owned())
        .collect();
    let mut told = Vec::new();
    if !rows.is_empty() {
        told.push(t.t1("responsibility-changed", "rows", some(t, &rows)));
    }
    if !parties.is_empty() {
        told.push(t.t1("responsibility-party-changed", "parties", some(t, &parties)));
    }
    let renamed: Vec<String> =
        [(&new.support_levels, &old.support_levels), (&new.activities, &old.activities)]
            .into_iter()
            .flat_map(|(new, old)| new.iter().filter(|word| !old.contains(word)))
            .map(|word| words.said(&word.name).to_owned())
            .collect();
    if !renamed.is_empty() {
        told.push(t.t1("responsibility-word-changed", "words", some(t, &renamed)));
    }
    if told.is_empty() { t.t("responsibility-same").to_owned() } else { told.join(". ") }
}

/// The first few, and how many more there are.
fn some(t: &Texts, names: &[String]) -> String {
    let named = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    if more == 0 {
        return named;
    }
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    t.tr("responsibility-and-more", &[("rows", Arg::Text(&named)), ("count", Arg::Number(more))])
}
