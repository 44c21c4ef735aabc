//! Runs what was queued in a transaction: claims by lease, runs outside any transaction, records the
//! ends of a whole batch in one. Delivery is at least once, so every job must bear being run twice.
//!
//! What a job does is none of its business: `registry` maps the kind's name to a handler.

mod backoff;
mod queue;
mod registry;
mod runner;

pub use crate::db::jobs::{JobKind, NewJob};
pub use registry::{JobError, Registry};
pub use runner::{Runner, RunnerHandle, RunnerOptions};
