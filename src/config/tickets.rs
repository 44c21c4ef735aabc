//! Tickets.

use serde::{Deserialize, Serialize};

/// Tickets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tickets {
    /// The largest file on a ticket, in megabytes.
    pub attachment_max_mb: u64,
    /// Days after which a resolved ticket closes by itself.
    pub auto_close_days: i64,
}

impl Tickets {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if !(1..=500).contains(&self.attachment_max_mb) {
            wrong.push("tickets.attachment_max_mb must be between 1 and 500".to_owned());
        }
        if !(1..=365).contains(&self.auto_close_days) {
            wrong.push("tickets.auto_close_days must be between 1 and 365".to_owned());
        }
    }
}
