//! Metrics.

use serde::{Deserialize, Serialize};

/// Metrics.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// The bearer token for `/metrics`; empty for none.
    pub token: String,
}

/// Without the token.
impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if !self.token.is_empty() && self.token.len() < 16 {
            wrong.push("metrics.token must have at least 16 characters".to_owned());
        }
    }
}
