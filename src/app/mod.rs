//! Use cases: each opens one transaction, and rights are checked here.

pub mod import;
