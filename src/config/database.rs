//! The database.

use serde::{Deserialize, Serialize};

/// The database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Its address; empty for the file in the data folder.
    pub url: String,
    /// Connections for reading (SQLite), or in all (PostgreSQL).
    pub pool_size: u32,
    /// PostgreSQL ends a statement that takes longer, in milliseconds; 0 = never.
    pub statement_timeout_ms: u64,
}

impl Database {
    /// Whether the address is PostgreSQL's.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        let known = ["sqlite://", "postgres://", "postgresql://"];
        if !self.url.is_empty() && !known.iter().any(|scheme| self.url.starts_with(scheme)) {
            wrong.push("database.url must begin with sqlite:// or postgres://".to_owned());
        }
        if !(1..=200).contains(&self.pool_size) {
            wrong.push("database.pool_size must be between 1 and 200".to_owned());
        }
    }
}
