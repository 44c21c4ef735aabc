//! Imports.

use serde::{Deserialize, Serialize};

/// Imports.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imports {
    /// The largest file to import in the workspace or through the API, in megabytes.
    pub max_mb: u64,
}

impl Imports {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if !(1..=100_000).contains(&self.max_mb) {
            wrong.push("imports.max_mb must be between 1 and 100000".to_owned());
        }
    }
}
