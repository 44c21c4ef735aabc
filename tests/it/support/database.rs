//! A database of its own for each test, migrated, gone when the test ends.
//!
//! On SQLite, or on PostgreSQL when `ARENDE_TEST_POSTGRES` holds the address of a database whose user
//! may create others: the whole suite runs on the one or the other. A template is migrated once for
//! each state of the migrations and copied after that, also across processes, since nextest gives
//! every test a process of its own.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

use arende::db::{Db, DbOptions};

use super::{postgres, sqlite};

/// A migrated database that goes away with this value.
pub struct TestDatabase {
    url: String,
    /// Takes the database away when dropped.
    _place: Place,
}

/// Where a database is, and what takes it away.
#[expect(dead_code, reason = "held only to be dropped")]
pub enum Place {
    Folder(tempfile::TempDir),
    Server(postgres::Created),
}

/// The address of the PostgreSQL to test on, if there is one.
pub fn postgres_address() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the product")]
    std::env::var("ARENDE_TEST_POSTGRES").ok().filter(|address| !address.is_empty())
}

/// A new database.
pub fn fresh() -> TestDatabase {
    let (url, place) = match postgres_address() {
        None => sqlite::copy_of_template(),
        Some(address) => postgres::copy_of_template(&address),
    };
    TestDatabase { url, _place: place }
}

impl TestDatabase {
    /// Its address, as `ARENDE_DATABASE_URL` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it.
    pub fn open(&self) -> Db {
        Db::open(&DbOptions::new(self.url.clone())).unwrap()
    }
}

/// Names the present state of the migrations, so that a changed one gets a template of its own.
pub fn migrations_state(folder: &str) -> String {
    let mut state = DefaultHasher::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    let mut steps: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    steps.sort();
    for step in steps {
        step.file_name().hash(&mut state);
        fs::read(step.join("up.sql")).unwrap_or_default().hash(&mut state);
    }
    format!("{:016x}", state.finish())
}
