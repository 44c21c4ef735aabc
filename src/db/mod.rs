//! The database: SQLite or PostgreSQL by URL. The only place that imports diesel.
//!
//! [`Db`] is what the layers above hold: `write` (a transaction), `read` (may scan), `point` (finds a
//! few rows by key). They can't tell which database it is. Why it is built so: ADR 0001.

pub mod attachments;
pub mod bounced_addresses;
pub mod clock_marks;
mod connection;
mod error;
pub mod foreign_numbers;
mod handle;
pub mod idempotency;
pub mod import_rows;
pub mod imports;
pub mod inbound_mails;
pub mod jobs;
pub mod load;
pub mod mail_domains;
pub mod mail_settings;
pub mod mailboxes;
mod migrate;
pub mod notifications;
pub mod outbound_mails;
pub mod policies;
mod pool;
pub mod reference;
pub mod reporting;
mod restore;
pub mod schema;
pub mod search;
pub mod sessions;
#[cfg(test)]
pub(crate) mod testing;
pub mod ticket_events;
pub mod ticket_links;
pub mod ticket_list;
pub mod ticket_messages;
pub mod ticket_numbers;
pub mod ticket_reviews;
pub mod tickets;
mod tx;
pub mod types;
pub mod users;
mod writer;

pub(crate) use connection::each;
pub use connection::{Backend, Conn, MultiBackend};
pub use error::{AsDbError, DbError};
pub use handle::{Db, DbOptions};
pub use tx::Tx;
pub(crate) use tx::panic_text;
