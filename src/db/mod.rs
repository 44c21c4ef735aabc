//! The database: SQLite or PostgreSQL by URL. The only place that imports diesel.
//!
//! [`Db`] is what the layers above hold: `write` (a transaction), `read` (may scan), `point` (finds a
//! few rows by key). They can't tell which database it is. Why it is built so: ADR 0001.

mod connection;
mod error;
mod handle;
pub mod jobs;
mod migrate;
mod pool;
pub mod schema;
pub mod search;
#[cfg(test)]
pub(crate) mod testing;
mod tx;
pub mod types;
mod writer;

pub(crate) use connection::each;
pub use connection::{Backend, Conn, MultiBackend};
pub use error::{AsDbError, DbError};
pub use handle::{Db, DbOptions};
pub use tx::Tx;
pub(crate) use tx::panic_text;
