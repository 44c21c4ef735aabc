//! Databases for tests on SQLite: copies of one migrated file.

use std::fs;
use std::path::PathBuf;

use arende::db::{Db, DbOptions};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::database::{Place, migrations_state};

pub fn copy_of_template() -> (String, Place) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("arende.db");
    fs::copy(template(), &file).unwrap();
    (format!("sqlite://{}", file.display()), Place::Folder(folder))
}

/// The migrated file, made by whoever needs it first. Two who make it at once make the same, and
/// renaming puts the one or the other in place whole.
fn template() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("template-{}.db", migrations_state("sqlite")));
    if !file.exists() {
        fs::create_dir_all(&folder).unwrap();
        let making = tempfile::tempdir_in(&folder).unwrap();
        let original = making.path().join("original.db");
        let copy = making.path().join("copy.db");
        let db = Db::open(&DbOptions::new(format!("sqlite://{}", original.display()))).unwrap();
        db.migrate().unwrap();
        // What was written last may be in the journal still; this copy is one file, whole.
        SqliteConnection::establish(original.to_str().unwrap())
            .unwrap()
            .batch_execute(&format!("VACUUM INTO '{}'", copy.display()))
            .unwrap();
        drop(db);
        fs::rename(copy, &file).unwrap();
    }
    file
}
