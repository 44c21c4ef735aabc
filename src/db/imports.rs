//! Imports from another system that were started in the workspace or through the API.

use super::schema::imports;
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{ImportId, UserId};
use crate::text_enum;
use diesel::prelude::*;

text_enum! {
    /// How far an import has come.
    pub enum ImportState {
        /// It waits for a worker.
        Queued = "queued",
        /// It is under way.
        Running = "running",
        /// It is done.
        Done = "done",
        /// Rows were wrong, so nothing was taken in.
        Refused = "refused",
        /// It broke off; what was taken in remains, and running it again goes on.
        Failed = "failed",
    }
}

/// An import as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its key.
    pub id: ImportId,
    /// Who started it.
    pub started_by: UserId,
    /// The file's name.
    pub file_name: String,
    /// Where the file lies in the store.
    pub storage_key: String,
    /// Whether it only looks.
    pub is_dry_run: bool,
    /// How far it is.
    pub state: ImportState,
    /// Rows checked so far.
    pub rows_read: i64,
    /// Rows taken in so far.
    pub rows_done: i64,
    /// The outcome as JSON, empty until there is one.
    pub summary: String,
    /// When it was started.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct ImportRow {
    id: ImportId,
    started_by_id: UserId,
    file_name: String,
    storage_key: String,
    is_dry_run: bool,
    state: AsText<ImportState>,
    rows_read: i64,
    rows_done: i64,
    summary: String,
    created_at: Instant,
    finished_at: Option<Instant>,
}

impl From<ImportRow> for Import {
    fn from(row: ImportRow) -> Self {
        let ImportRow {
            id,
            started_by_id,
            file_name,
            storage_key,
            is_dry_run,
            state,
            rows_read,
            rows_done,
            summary,
            created_at,
            finished_at,
        } = row;
        Self {
            id,
            started_by: started_by_id,
            file_name,
            storage_key,
            is_dry_run,
            state: state.0,
            rows_read,
            rows_done,
            summary,
            created_at,
            finished_at,
        }
    }
}

/// Stores an import that waits.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert(
    tx: &mut Tx<'_>,
    started_by: UserId,
    file_name: &str,
    storage_key: &str,
    is_dry_run: bool,
    now: Instant,
) -> Result<ImportId, DbError> {
    Ok(diesel::insert_into(imports::table)
        .values((
            imports::started_by_id.eq(started_by),
            imports::file_name.eq(file_name),
            imports::storage_key.eq(storage_key),
            imports::is_dry_run.eq(is_dry_run),
            imports::state.eq(AsText(ImportState::Queued)),
            imports::rows_read.eq(0),
            imports::rows_done.eq(0),
            imports::summary.eq(""),
            imports::created_at.eq(now),
        ))
        .returning(imports::id)
        .get_result(tx.conn())?)
}

/// Imports that can still change: what has ended stays as it ended, should two workers have had it.
macro_rules! unended {
    ($id:expr) => {
        imports::table
            .filter(imports::id.eq($id))
            .filter(imports::state.ne(AsText(ImportState::Done)))
            .filter(imports::state.ne(AsText(ImportState::Refused)))
    };
}

/// Notes how far an import is.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn note_progress(tx: &mut Tx<'_>, id: ImportId, rows_read: i64, rows_done: i64) -> Result<(), DbError> {
    diesel::update(unended!(id))
        .set((
            imports::state.eq(AsText(ImportState::Running)),
            imports::rows_read.eq(rows_read),
            imports::rows_done.eq(rows_done),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes how an import ended.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn finish(
    tx: &mut Tx<'_>,
    id: ImportId,
    state: ImportState,
    summary: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(unended!(id))
        .set((imports::state.eq(AsText(state)), imports::summary.eq(summary), imports::finished_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// The import with this key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: ImportId) -> Result<Option<Import>, DbError> {
    let row: Option<ImportRow> =
        imports::table.filter(imports::id.eq(id)).select(ImportRow::as_select()).first(conn).optional()?;
    Ok(row.map(Import::from))
}

/// The latest imports.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn latest(conn: &mut Conn, limit: i64) -> Result<Vec<Import>, DbError> {
    let rows: Vec<ImportRow> =
        imports::table.order(imports::id.desc()).limit(limit).select(ImportRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Import::from).collect())
}
