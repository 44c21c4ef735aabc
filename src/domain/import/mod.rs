//! Tickets from another system (contract §2): what a row holds and when it is right. Reading files is
//! `app::import`'s part, storing rows the database layer's.

mod error;
mod history;
mod row;
mod seen;
mod validate;

pub use error::{RowError, RowErrorCode};
pub use history::{ImportedFacts, imported_history};
pub use row::{Column, ExternalId, ImportRow, ImportedResolution, RawRow, RowAt};
pub use seen::SeenIds;
pub use validate::parse_row;
