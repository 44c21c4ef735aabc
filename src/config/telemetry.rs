//! Logging.

use crate::telemetry::LogFormat;
use serde::{Deserialize, Serialize};

/// Logging.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// The form of a line.
    pub format: LogFormat,
    /// What is logged.
    pub filter: String,
}

impl Telemetry {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if self.filter.trim().is_empty() {
            wrong.push("telemetry.filter must name a level such as info".to_owned());
        }
    }
}
