//! History from another system (contract §2).

pub mod reader;
