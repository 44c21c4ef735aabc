//! The schema says the same four times: in SQLite's migrations, in PostgreSQL's, in `src/db/schema.rs`
//! and, for columns that hold one of a set of words, in the enums. This compares what the migrations
//! really make.

mod described;
mod postgres;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use arende::db::jobs::JobState;
use arende::db::policies::PolicyKind;
use arende::db::sessions::SessionKind;
use arende::db::{Db, DbOptions, imports::ImportState};
use arende::domain::access::Role;
use arende::domain::mail::{Classification, Digest, InboundSource, InboundState, OutboundState};
use arende::domain::notify::NoticeKind;
use arende::domain::people::{Language, OrganisationKind, Theme, UserStatus};
use arende::domain::sla::agreement::Metric;
use arende::domain::ticket::{Channel, Line, LinkKind, Origin, Status, TicketKind, Visibility, WaitingFor};

use crate::support::database::{self, postgres_address};

/// Tables by name.
type Schema = BTreeMap<String, Table>;

#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    columns: BTreeMap<String, Column>,
    primary_key: Vec<String>,
    /// Column → table and column it refers to.
    foreign_keys: BTreeMap<String, (String, String)>,
    /// Columns and condition of each unique index besides the primary key.
    unique: BTreeSet<(Vec<String>, String)>,
    /// Columns and condition of each other index.
    indexes: BTreeSet<(Vec<String>, String)>,
    /// Column → the words or bounds that CHECK allows it.
    checks: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Column {
    /// As diesel calls it.
    class: String,
    is_nullable: bool,
}

/// The search tables differ by design and stay behind `db::search`; the last is diesel's own.
fn is_compared(table: &str) -> bool {
    !table.starts_with("ticket_search") && table != "__diesel_schema_migrations"
}

#[test]
fn both_databases_have_the_same_tables_or_it_says_aloud_that_one_is_left_out() {
    let Some(address) = postgres_address() else {
        // Written past the test harness, which swallows what a passing test prints.
        writeln!(
            std::io::stderr(),
            "LEFT OUT: the schemas are compared on SQLite only, since ARENDE_TEST_POSTGRES is not set."
        )
        .unwrap();
        return;
    };
    let postgres = database::fresh();
    assert_ne!(postgres.url(), address);
    let (sqlite, postgres) = (migrated_sqlite(), postgres::schema(postgres.url()));
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, table) in &sqlite {
        assert_eq!(table, &postgres[name], "left SQLite, right PostgreSQL: {name}");
    }
}

#[test]
fn schema_rs_describes_the_tables() {
    let (made, described) = (migrated_sqlite(), described::tables());
    assert_eq!(made.keys().collect::<Vec<_>>(), described.keys().collect::<Vec<_>>());
    for (name, table) in &described {
        assert_eq!(table.columns, made[name].columns, "left schema.rs, right SQLite: {name}");
        assert_eq!(table.primary_key, made[name].primary_key, "left schema.rs, right SQLite: {name}");
    }
}

#[test]
fn checks_allow_what_the_enums_can_be() {
    let made = migrated_sqlite();
    let checked: BTreeMap<(&str, &str), &Vec<String>> = made
        .iter()
        .flat_map(|(table, parts)| {
            parts.checks.iter().map(|(column, words)| ((table.as_str(), column.as_str()), words))
        })
        .collect();
    let expected = enum_columns();
    for (at, words) in &checked {
        let known = expected.get(at).unwrap_or_else(|| panic!("no enum is named here for {at:?}"));
        assert_eq!(words, &known, "left the migration, right the enum: {at:?}");
    }
    for at in expected.keys() {
        assert!(checked.contains_key(at), "no CHECK holds {at:?} to its enum");
    }
}

#[test]
fn foreign_keys_are_named_by_their_column() {
    for (name, table) in migrated_sqlite() {
        for (column, (_, referred)) in &table.foreign_keys {
            assert_eq!(referred, "id", "{name}.{column}");
            assert!(column.ends_with("_id"), "{name}.{column}");
        }
    }
}

/// Every column whose CHECK lists words, with the enum that its Rust side reads it as.
fn enum_columns() -> BTreeMap<(&'static str, &'static str), Vec<String>> {
    macro_rules! texts {
        ($enum:ty) => {
            <$enum>::ALL.iter().map(|value| value.as_text().to_owned()).collect::<Vec<String>>()
        };
    }
    let bounds = |low: i64, high: i64| vec![low.to_string(), high.to_string()];
    BTreeMap::from([
        (("jobs", "state"), texts!(JobState)),
        (("organisations", "kind"), texts!(OrganisationKind)),
        (("users", "language"), texts!(Language)),
        (("users", "theme"), texts!(Theme)),
        (("users", "status"), texts!(UserStatus)),
        (("role_grants", "role"), texts!(Role)),
        (("resolver_groups", "line"), texts!(Line)),
        (("sessions", "kind"), texts!(SessionKind)),
        (("tickets", "kind"), texts!(TicketKind)),
        (("tickets", "status"), texts!(Status)),
        (("tickets", "channel"), texts!(Channel)),
        (("tickets", "impact"), bounds(1, 3)),
        (("tickets", "urgency"), bounds(1, 3)),
        (("tickets", "priority"), bounds(1, 4)),
        (("tickets", "line"), texts!(Line)),
        (("tickets", "waiting_for"), texts!(WaitingFor)),
        (("tickets", "resolved_by_line"), texts!(Line)),
        (("ticket_events", "origin"), texts!(Origin)),
        (("ticket_messages", "visibility"), texts!(Visibility)),
        (("attachments", "visibility"), texts!(Visibility)),
        (("ticket_links", "kind"), texts!(LinkKind)),
        (("notifications", "kind"), texts!(NoticeKind)),
        (("inbound_mails", "source"), texts!(InboundSource)),
        (("inbound_mails", "classification"), texts!(Classification)),
        (("inbound_mails", "state"), texts!(InboundState)),
        (("outbound_mails", "state"), texts!(OutboundState)),
        (("mail_preferences", "digest"), texts!(Digest)),
        (("mail_templates", "language"), texts!(Language)),
        (("imports", "state"), texts!(ImportState)),
        (("policies", "kind"), texts!(PolicyKind)),
        (("clock_marks", "metric"), texts!(Metric)),
    ])
}

/// SQLite's schema as its migrations make it, whatever database the suite runs on.
fn migrated_sqlite() -> Schema {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parity.db");
    let db = Db::open(&DbOptions::new(format!("sqlite://{}", file.display()))).unwrap();
    db.migrate().unwrap();
    sqlite::schema(file.to_str().unwrap())
}

/// The words of a CHECK, or its bounds: `state IN ('a', 'b')` gives a and b, `x BETWEEN 1 AND 3` 1 and 3.
fn words_of_check(expression: &str) -> Vec<String> {
    let words: Vec<String> = expression.split('\'').skip(1).step_by(2).map(ToOwned::to_owned).collect();
    if !words.is_empty() {
        return words;
    }
    expression
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.parse::<i64>().is_ok())
        .map(ToOwned::to_owned)
        .collect()
}

/// An index's condition without what the two databases write differently.
fn plain_condition(condition: &str) -> String {
    let bare = condition.replace(['(', ')'], "").replace("::text", "");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}
