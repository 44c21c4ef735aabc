//! One connection type over both databases, chosen by the address; what each connection is set to.

#![expect(missing_docs, reason = "diesel's derive makes public items without documentation")]

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::error::DbError;

/// A connection to the one database or the other. diesel's common subset works on it as it is;
/// for the rest there is `each!`.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// Embedded.
    Sqlite(SqliteConnection),
    /// A server.
    Pg(PgConnection),
}

/// Expands the same text for both variants: for statements that diesel can't put through the enum
/// (`on_conflict`, inserts of many rows, unions, aggregate filters).
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Pg($c) => $body,
        }
    };
}
pub(crate) use each;

/// Which database is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// SQLite in a file of ours.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What a SQLite connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The writer thread's.
    Write,
    /// Queries only.
    Read,
    /// Changing the schema and backing up: foreign keys off, or rebuilding a table would empty those
    /// that refer to it.
    Maintain,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A server's address with the user and perhaps the password.
    Postgres(String),
}

impl Target {
    /// Understands `sqlite://path`, `postgres://…` and `postgresql://…`.
    pub(super) fn parse(url: &str) -> Result<Self, DbError> {
        let unsupported = |text: &str| Err(DbError::UnsupportedUrl(text.to_owned()));
        match url.split_once("://") {
            Some(("sqlite", "")) => {
                unsupported("the database address names no file; write sqlite://data/arende.db")
            }
            Some(("sqlite", path)) if path.starts_with(':') || path.starts_with("file:") => {
                unsupported("the database address must name a file on disk, such as sqlite://data/arende.db")
            }
            Some(("sqlite", path)) => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("postgres" | "postgresql", _)) => {
                if cfg!(feature = "bundled-libpq") && asks_for_tls(url) {
                    return unsupported(
                        "the database address asks for TLS (sslmode), but this program was built with a libpq \
                         that has none; build it with --no-default-features --features system-libpq, \
                         or use sslmode=disable where the network is trusted",
                    );
                }
                Ok(Self::Postgres(url.to_owned()))
            }
            _ => unsupported("the database address must begin with sqlite://, postgres:// or postgresql://"),
        }
    }

    pub(super) fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }
}

fn asks_for_tls(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').any(|pair| {
        matches!(pair.split_once('='), Some(("sslmode", "require" | "verify-ca" | "verify-full")))
    })
}

/// Opens a connection and sets it up; `statement_timeout_ms` 0 = none, heeded on PostgreSQL only.
pub(super) fn connect(target: &Target, purpose: Purpose, statement_timeout_ms: u64) -> Result<Conn, DbError> {
    match target {
        Target::Sqlite(path) => connect_sqlite(path, purpose).map(Conn::Sqlite),
        Target::Postgres(url) => connect_postgres(url, statement_timeout_ms).map(Conn::Pg),
    }
}

fn connect_sqlite(path: &Path, purpose: Purpose) -> Result<SqliteConnection, DbError> {
    let unavailable = |why: String| DbError::Unavailable(format!("opening {}: {why}", path.display()));
    let text = path.to_str().ok_or_else(|| unavailable("the path isn't UTF-8".to_owned()))?;
    let mut conn = SqliteConnection::establish(text).map_err(|error| unavailable(error.to_string()))?;
    // busy_timeout first: everything after it may meet another process (an import beside the server).
    // The page caches are small because the operating system caches the file anyway.
    let purpose_pragmas = match purpose {
        Purpose::Write => "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384;",
        Purpose::Read => "PRAGMA foreign_keys=ON; PRAGMA cache_size=-4096; PRAGMA query_only=ON;",
        Purpose::Maintain => "PRAGMA foreign_keys=OFF;",
    };
    let shared_pragmas = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
         PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;";
    conn.batch_execute(shared_pragmas)
        .and_then(|()| conn.batch_execute(purpose_pragmas))
        .map_err(|error| unavailable(error.to_string()))?;
    Ok(conn)
}

/// Makes the folder and the file if they aren't there; the file holds personal data, so only its
/// owner may read it (SQLite gives the journal the same rights).
pub(super) fn create_sqlite_file(path: &Path) -> Result<(), DbError> {
    let storage = |error: std::io::Error| DbError::Storage(format!("creating {}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(storage)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map(drop).map_err(storage)
}

fn connect_postgres(url: &str, statement_timeout_ms: u64) -> Result<PgConnection, DbError> {
    // libpq's message names host, port and user, never the password.
    let mut conn = PgConnection::establish(url).map_err(|error| DbError::Unavailable(error.to_string()))?;
    conn.batch_execute(&format!(
        "SET TIME ZONE 'UTC'; SET application_name = 'arende'; SET statement_timeout = {statement_timeout_ms};"
    ))?;
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_decides_the_database() {
        assert_eq!(Target::parse("sqlite://data/a.db").unwrap(), Target::Sqlite("data/a.db".into()));
        assert_eq!(Target::parse("sqlite:///var/lib/a.db").unwrap(), Target::Sqlite("/var/lib/a.db".into()));
        assert_eq!(Target::parse("postgres://db.example.se/a").unwrap().backend(), Backend::Postgres);
        assert_eq!(Target::parse("postgresql://db.example.se/a").unwrap().backend(), Backend::Postgres);
    }

    #[test]
    fn other_addresses_are_refused_with_advice() {
        for bad in
            ["mysql://db.example.se/a", "a.db", "", "sqlite://", "sqlite://:memory:", "sqlite::memory:"]
        {
            let error = Target::parse(bad).unwrap_err().to_string();
            assert!(error.contains("sqlite://"), "{bad}: {error}");
        }
    }

    #[cfg(feature = "bundled-libpq")]
    #[test]
    fn tls_without_tls_in_libpq_is_refused_with_advice() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let url = format!("postgres://db.example.se/a?connect_timeout=3&sslmode={mode}");
            let error = Target::parse(&url).unwrap_err().to_string();
            assert!(error.contains("system-libpq"), "{error}");
        }
        assert!(Target::parse("postgres://db.example.se/a?sslmode=prefer").is_ok());
    }
}
