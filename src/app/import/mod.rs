//! History from another system (contract §2).
//!
//! A file is read twice: first every row is checked and nothing is written, then the rows are written in
//! chunks, each a transaction that is done or not. What has been taken in is known by its id in the other
//! system, so an import that broke off is simply run again.

mod check;
mod chunk;
mod names;
pub mod reader;
mod run;
mod summary;
mod uploads;

pub use run::{ImportError, ImportOptions, Progress, import_file};
pub use summary::{FileFault, ImportSummary, RowFault};
pub use uploads::ImportView;

pub use crate::db::imports::ImportState;

#[cfg(test)]
mod tests;
