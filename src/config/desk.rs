//! The desk, as people see it.

use serde::{Deserialize, Serialize};

const LONGEST: usize = 60;

/// The desk, as people see it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// What the portal is called.
    pub name: String,
    /// The phone number, as it is read aloud.
    pub phone: String,
}

impl Desk {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        for (key, value) in [("desk.name", &self.name), ("desk.phone", &self.phone)] {
            let fits = !value.trim().is_empty() && value.chars().count() <= LONGEST;
            if !fits || value.chars().any(char::is_control) {
                wrong.push(format!("{key} must have between 1 and {LONGEST} characters"));
            }
        }
    }
}
