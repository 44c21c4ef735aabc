//! What can go wrong with the database, in this layer's words.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

/// Why the database didn't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A statement failed for a reason that none of the others names.
    #[error("querying the database")]
    Query(#[source] DieselError),
    /// A row with these values is already there.
    #[error("a row of `{table}` with the same {} already exists", columns.join(", "))]
    UniqueViolation {
        /// The table; empty when the database didn't say.
        table: String,
        /// The columns of the violated key, in its order; empty when the database didn't say.
        columns: Vec<String>,
        /// The constraint's or index's name; SQLite names it only for indexes on expressions.
        constraint: Option<String>,
    },
    /// A row refers to one that isn't there, or one that is referred to was to be deleted.
    #[error("a row refers to one that doesn't exist")]
    ForeignKey {
        /// The constraint's name; SQLite doesn't tell it.
        constraint: Option<String>,
    },
    /// The row has been changed by somebody else since it was read.
    #[error("the row has been changed since it was read")]
    Stale,
    /// Too much is waiting to be written, or another process holds the database; try again soon.
    #[error("the database has too much to do")]
    Busy,
    /// Two PostgreSQL transactions got in each other's way, and again when retried.
    #[error("the transaction collided with another: {0}")]
    Collision(String),
    /// Writing has failed at the disk; reads go on, writes are refused until one succeeds again.
    #[error("the database accepts no writes at present")]
    ReadOnly,
    /// The disk is full, broken or write-protected, or the file is damaged.
    #[error("the database's storage failed: {0}")]
    Storage(String),
    /// No connection to be had.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// A stored value that the product never writes.
    #[error("`{table}.{column}` of row {row} holds a value that makes no sense")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        row: i64,
    },
    /// The code that ran in the transaction panicked; the transaction was rolled back.
    #[error("the work panicked in its transaction: {0}")]
    Panicked(String),
    /// The schema couldn't be brought up to date.
    #[error("migrating the database: {0}")]
    Migration(String),
    /// The address isn't one that this build understands.
    #[error("{0}")]
    UnsupportedUrl(String),
}

/// Errors of the layers above that may hold one of ours: tells `Db::write` whether to try again.
pub trait AsDbError {
    /// The database's error inside, if that is what it is.
    fn as_db_error(&self) -> Option<&DbError>;
}

impl AsDbError for DbError {
    fn as_db_error(&self) -> Option<&DbError> {
        Some(self)
    }
}

impl DbError {
    /// Whether the same transaction may succeed when tried again at once.
    #[must_use]
    pub fn is_collision(&self) -> bool {
        matches!(self, Self::Collision(_))
    }

    /// Whether it may go away by itself, whatever was asked: too much to do, no connection, a full disk.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Collision(_) | Self::ReadOnly | Self::Storage(_) | Self::Unavailable(_)
        )
    }

    /// Whether it is a unique violation of a key that contains this column.
    #[must_use]
    pub fn violates_unique(&self, of_table: &str, column: &str) -> bool {
        matches!(self, Self::UniqueViolation { table, columns, .. }
            if table == of_table && columns.iter().any(|c| c == column))
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, information) = &error else {
            return Self::Query(error);
        };
        let message = information.message();
        match kind {
            DatabaseErrorKind::UniqueViolation => unique_violation(information.as_ref()),
            DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => {
                Self::ForeignKey { constraint: information.constraint_name().map(str::to_owned) }
            }
            DatabaseErrorKind::SerializationFailure => Self::Collision(message.to_owned()),
            DatabaseErrorKind::ClosedConnection => Self::Unavailable(message.to_owned()),
            // diesel has no kind for PostgreSQL's 40P01; the word stands first in every language
            // PostgreSQL's messages are translated to with our alphabet.
            DatabaseErrorKind::Unknown if message.starts_with("deadlock") => {
                Self::Collision(message.to_owned())
            }
            DatabaseErrorKind::Unknown if is_sqlite_busy(message) => Self::Busy,
            DatabaseErrorKind::Unknown if is_sqlite_storage(message) => Self::Storage(message.to_owned()),
            _ => Self::Query(error),
        }
    }
}

/// SQLite's fixed texts for SQLITE_BUSY and SQLITE_LOCKED.
fn is_sqlite_busy(message: &str) -> bool {
    matches!(message, "database is locked" | "database table is locked" | "database schema is locked: main")
}

/// SQLite's fixed texts for IOERR, FULL, READONLY, CORRUPT, CANTOPEN and NOTADB.
fn is_sqlite_storage(message: &str) -> bool {
    matches!(
        message,
        "disk I/O error"
            | "database or disk is full"
            | "attempt to write a readonly database"
            | "database disk image is malformed"
            | "unable to open database file"
            | "file is not a database"
    )
}

/// SQLite says `UNIQUE constraint failed: t.a, t.b` (or `…: index 'name'`) and nothing else;
/// PostgreSQL gives table and constraint, and the columns as `Key (a, b)=(1, 2) already exists.`
fn unique_violation(information: &dyn DatabaseErrorInformation) -> DbError {
    if let Some(failed) = information.message().strip_prefix("UNIQUE constraint failed: ") {
        if let Some(name) = failed.strip_prefix("index '") {
            let constraint = Some(name.trim_end_matches('\'').to_owned());
            return DbError::UniqueViolation { table: String::new(), columns: Vec::new(), constraint };
        }
        let mut table = String::new();
        let mut columns = Vec::new();
        for part in failed.split(", ") {
            if let Some((of, column)) = part.split_once('.') {
                of.clone_into(&mut table);
                columns.push(column.to_owned());
            }
        }
        return DbError::UniqueViolation { table, columns, constraint: None };
    }
    let columns = information
        .details()
        .and_then(|details| details.split_once('('))
        .and_then(|(_, rest)| rest.split_once(")="))
        .map(|(key, _)| key.split(", ").map(|column| column.trim_matches('"').to_owned()).collect())
        .unwrap_or_default();
    DbError::UniqueViolation {
        table: information.table_name().unwrap_or_default().to_owned(),
        columns,
        constraint: information.constraint_name().map(str::to_owned),
    }
}
