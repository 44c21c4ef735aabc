//! Bringing the schema up to date: two embedded folders with the same names (`migrations/README.md`).

use diesel::connection::SimpleConnection as _;
use diesel::migration::Migration;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::connection::{Conn, Purpose, Target, connect, each};
use super::error::DbError;
use super::tx;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number that nobody else locks on: only one process changes the schema at a time.
const ADVISORY_LOCK: i64 = 0x6172_656e_6465;

/// Names of the steps that haven't been taken.
pub(super) fn pending(target: &Target) -> Result<Vec<String>, DbError> {
    let mut conn = connect(target, Purpose::Maintain, 0)?;
    pending_on(&mut conn)
}

/// Takes the steps that haven't been taken and gives their names. On SQLite all or none.
pub(super) fn migrate(target: &Target) -> Result<Vec<String>, DbError> {
    let mut conn = connect(target, Purpose::Maintain, 0)?;
    if let Conn::Pg(conn) = &mut conn {
        // Held until the connection closes.
        conn.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
    }
    let names = pending_on(&mut conn)?;
    if names.is_empty() {
        return Ok(names);
    }
    match &mut conn {
        Conn::Pg(conn) => conn.run_pending_migrations(POSTGRES).map(drop).map_err(failed)?,
        Conn::Sqlite(_) => migrate_sqlite(&mut conn)?,
    }
    Ok(names)
}

fn migrate_sqlite(conn: &mut Conn) -> Result<(), DbError> {
    tx::begin(conn)?;
    if let Conn::Sqlite(conn) = conn {
        conn.run_pending_migrations(SQLITE).map(drop).map_err(failed)?;
    }
    // Foreign keys are off while tables are rebuilt, so what they guard is looked at here.
    let violations: Vec<ForeignKeyViolation> =
        each!(conn, |c| diesel::sql_query("PRAGMA foreign_key_check").load(c))?;
    if let Some(violation) = violations.first() {
        return Err(DbError::Migration(format!(
            "a row of {} refers to one of {} that doesn't exist",
            violation.table, violation.parent
        )));
    }
    Ok(tx::commit(conn)?)
}

#[derive(QueryableByName)]
struct ForeignKeyViolation {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

fn pending_on(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    fn names<DB: diesel::backend::Backend>(steps: &[Box<dyn Migration<DB>>]) -> Vec<String> {
        steps.iter().map(|step| step.name().to_string()).collect()
    }
    match conn {
        Conn::Sqlite(conn) => conn.pending_migrations(SQLITE).map(|steps| names(&steps)).map_err(failed),
        Conn::Pg(conn) => conn.pending_migrations(POSTGRES).map(|steps| names(&steps)).map_err(failed),
    }
}

fn failed(error: impl AsRef<dyn std::error::Error + Send + Sync>) -> DbError {
    DbError::Migration(error.as_ref().to_string())
}

#[cfg(test)]
mod tests {
    use diesel::migration::MigrationSource as _;

    use super::*;

    #[test]
    fn both_folders_hold_the_same_steps() {
        let sqlite: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> = SQLITE.migrations().unwrap();
        let postgres: Vec<Box<dyn Migration<diesel::pg::Pg>>> = POSTGRES.migrations().unwrap();
        let sqlite: Vec<String> = sqlite.iter().map(|step| step.name().to_string()).collect();
        let postgres: Vec<String> = postgres.iter().map(|step| step.name().to_string()).collect();
        assert_eq!(sqlite, postgres);
        assert!(sqlite.contains(&"2026-11-20-000001_jobs".to_owned()), "{sqlite:?}");
    }
}
