//! Signing in.

use serde::{Deserialize, Serialize};

/// Signing in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Signs access tokens and forms; empty for one kept in the data folder.
    pub secret: String,
    /// How long an access token holds, in minutes.
    pub access_token_minutes: i64,
    /// How long a session lasts after its last use, in hours.
    pub session_hours: i64,
    /// The fewest characters of a password.
    pub password_min_chars: usize,
}

/// Without the secret.
impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auth")
            .field("access_token_minutes", &self.access_token_minutes)
            .field("session_hours", &self.session_hours)
            .field("password_min_chars", &self.password_min_chars)
            .finish_non_exhaustive()
    }
}

impl Auth {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if !self.secret.is_empty() && self.secret.len() < 32 {
            wrong.push("auth.secret must have at least 32 characters".to_owned());
        }
        if !(1..=120).contains(&self.access_token_minutes) {
            wrong.push("auth.access_token_minutes must be between 1 and 120".to_owned());
        }
        if !(1..=720).contains(&self.session_hours) {
            wrong.push("auth.session_hours must be between 1 and 720".to_owned());
        }
        if !(8..=64).contains(&self.password_min_chars) {
            wrong.push("auth.password_min_chars must be between 8 and 64".to_owned());
        }
    }
}
