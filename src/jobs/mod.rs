//! Queued work: the engine and the kinds of job.

pub mod clocks;
pub mod engine;
pub mod kinds;
pub mod mailboxes;
pub mod spool;
pub mod watch;
