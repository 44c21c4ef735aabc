//! The ground the other tests stand on: a migrated database of its own for each.

use std::io::Write;

use arende::db::Backend;

use crate::support::database::{self, postgres_address};

#[test]
fn a_fresh_database_is_migrated_and_apart_from_others() {
    let (one, other) = (database::fresh(), database::fresh());
    assert_ne!(one.url(), other.url());
    for database in [&one, &other] {
        assert_eq!(database.open().pending_migrations().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn a_database_is_gone_when_its_test_has_ended() {
    let url = {
        let database = database::fresh();
        database.open().ready().unwrap();
        database.url().to_owned()
    };
    match url.strip_prefix("sqlite://") {
        Some(file) => assert!(!std::path::Path::new(file).exists()),
        None => {
            use diesel::Connection as _;
            assert!(diesel::PgConnection::establish(&url).is_err());
        }
    }
}

#[test]
fn postgres_is_tested_or_says_aloud_that_it_is_left_out() {
    match postgres_address() {
        Some(_) => assert_eq!(database::fresh().open().backend(), Backend::Postgres),
        None => {
            assert_eq!(database::fresh().open().backend(), Backend::Sqlite);
            // Written past the test harness, which swallows what a passing test prints.
            let words =
                "LEFT OUT: PostgreSQL, since ARENDE_TEST_POSTGRES is not set. ./test postgres runs it.";
            writeln!(std::io::stderr(), "{words}").unwrap();
        }
    }
}
