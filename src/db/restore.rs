//! Putting a backup in place of an empty SQLite database.

use super::connection::{Conn, Purpose, Target, connect};
use super::error::DbError;
use super::schema::{tickets, users};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    tables: i64,
}

/// Checks the backup, then gives a copy of it the database's name. A database that holds people or
/// tickets is never overwritten.
pub(super) fn restore(target: &Target, backup: &Path) -> Result<(), DbError> {
    let Target::Sqlite(path) = target else {
        return Err(DbError::UnsupportedUrl("a PostgreSQL database is restored with pg_restore".to_owned()));
    };
    if path.exists() && holds_anything(target)? {
        return Err(DbError::Storage(format!(
            "{} holds people or tickets already and is not overwritten; move it away first",
            path.display()
        )));
    }
    let copy = beside(path, ".restoring");
    let storage = |doing: &str, error: io::Error| DbError::Storage(format!("{doing}: {error}"));
    fs::copy(backup, &copy).map_err(|error| storage(&format!("reading {}", backup.display()), error))?;
    let checked = check(&copy);
    if checked.is_err() {
        fs::remove_file(&copy).map_err(|error| storage("removing the copy", error))?;
        return checked;
    }
    for leftover in [beside(path, "-wal"), beside(path, "-shm"), beside(&copy, "-wal"), beside(&copy, "-shm")]
    {
        match fs::remove_file(&leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(storage(&format!("removing {}", leftover.display()), error));
            }
            _ => {}
        }
    }
    fs::File::open(&copy)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&copy, path))
        .map_err(|error| storage(&format!("writing {}", path.display()), error))
}

fn check(copy: &Path) -> Result<(), DbError> {
    let not_ours = || DbError::Storage("the file is not a backup of this program's database".to_owned());
    let target = Target::Sqlite(copy.to_owned());
    let mut conn = connect(&target, Purpose::Maintain, 0).map_err(|_| not_ours())?;
    let Conn::Sqlite(sqlite) = &mut conn else { return Err(not_ours()) };
    let verdicts: Vec<Verdict> =
        diesel::sql_query("PRAGMA integrity_check").load(sqlite).map_err(|_| not_ours())?;
    if verdicts.iter().any(|verdict| verdict.integrity_check != "ok") {
        return Err(DbError::Storage("the backup is damaged".to_owned()));
    }
    if tables(sqlite)? == 2 { Ok(()) } else { Err(not_ours()) }
}

fn holds_anything(target: &Target) -> Result<bool, DbError> {
    let mut conn = connect(target, Purpose::Maintain, 0)?;
    let Conn::Sqlite(sqlite) = &mut conn else { return Ok(true) };
    if tables(sqlite)? < 2 {
        return Ok(false);
    }
    let people: bool =
        diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(sqlite)?;
    let any: bool =
        diesel::select(diesel::dsl::exists(tickets::table.select(tickets::id))).get_result(sqlite)?;
    Ok(people || any)
}

/// How many of the two tables that every database of ours has there are.
fn tables(conn: &mut SqliteConnection) -> Result<i64, DbError> {
    let count: Count = diesel::sql_query(
        "SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name IN ('users', 'tickets')",
    )
    .get_result(conn)?;
    Ok(count.tables)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
