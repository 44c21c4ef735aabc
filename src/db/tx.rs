//! The proof that a function runs inside a write transaction, and how one is begun and ended.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::DbError;

/// A write transaction under way. Functions that write take `&mut Tx`, so they can't be called
/// outside one; only `Db::write` makes one.
pub struct Tx<'a> {
    conn: &'a mut Conn,
    has_jobs: bool,
}

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a mut Conn) -> Self {
        Self { conn, has_jobs: false }
    }

    /// The connection, for statements.
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    /// Notes that a job was queued, so that the workers are woken after the commit.
    pub(super) fn note_job(&mut self) {
        self.has_jobs = true;
    }
}

/// What became of the work in a transaction that is still open.
pub(super) enum Outcome<T, E> {
    /// It succeeded; whether jobs were queued.
    Kept(T, bool),
    /// It failed and must be rolled back.
    Undone(E),
    /// It panicked, with this message.
    Panicked(String),
}

/// Runs the work; a panic is an outcome like any other, for the database must outlive it.
pub(super) fn run<T, E>(conn: &mut Conn, work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Outcome<T, E> {
    let mut tx = Tx::new(conn);
    // The connection is rolled back after a panic, so nothing half done can be seen.
    match catch_unwind(AssertUnwindSafe(|| work(&mut tx))) {
        Ok(Ok(value)) => Outcome::Kept(value, tx.has_jobs),
        Ok(Err(error)) => Outcome::Undone(error),
        Err(panic) => Outcome::Panicked(panic_text(panic.as_ref())),
    }
}

/// The message that a panic carries, if it carries text.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// Begins a transaction that may write. A deferred one that takes the write lock later would get
/// SQLITE_BUSY at once without waiting for `busy_timeout`, hence IMMEDIATE.
pub(super) fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE"),
        Conn::Pg(conn) => AnsiTransactionManager::begin_transaction(conn),
    }
}

/// Makes the transaction durable.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    <Conn as Connection>::TransactionManager::commit_transaction(conn)
}

/// Undoes everything down to `depth` open levels (0 = the whole transaction); a panic may have left
/// levels of its own open.
pub(super) fn roll_back_to(conn: &mut Conn, depth: u32) -> Result<(), DbError> {
    while open_levels(conn)? > depth {
        <Conn as Connection>::TransactionManager::rollback_transaction(conn)?;
    }
    Ok(())
}

fn open_levels(conn: &mut Conn) -> Result<u32, DbError> {
    let levels = match conn {
        Conn::Sqlite(conn) => {
            AnsiTransactionManager::transaction_manager_status_mut(conn).transaction_depth()
        }
        Conn::Pg(conn) => AnsiTransactionManager::transaction_manager_status_mut(conn).transaction_depth(),
    };
    Ok(levels?.map_or(0, std::num::NonZeroU32::get))
}
