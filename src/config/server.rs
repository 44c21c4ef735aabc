//! The HTTP server.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// The HTTP server.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen at.
    pub bind: SocketAddr,
    /// Threads that answer requests; 0 = one a core.
    pub workers: usize,
    /// Whether people reach the server by https.
    pub https: bool,
    /// The largest JSON body, in bytes.
    pub max_json_bytes: usize,
    /// How people reach the server, without a slash at the end; empty for http and `bind`.
    pub public_url: String,
}

impl Server {
    /// How people reach the server, as links begin.
    #[must_use]
    pub fn public_url(&self) -> String {
        if self.public_url.is_empty() { format!("http://{}", self.bind) } else { self.public_url.clone() }
    }

    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        if self.workers > 256 {
            wrong.push("server.workers must be at most 256".to_owned());
        }
        let known = ["https://", "http://"].iter().any(|scheme| self.public_url.starts_with(scheme));
        let is_plain = !self.public_url.ends_with('/') && !self.public_url.contains(char::is_whitespace);
        let is_usable = self.public_url.is_empty() || (known && is_plain);
        if !is_usable {
            wrong.push("server.public_url must begin with https:// and have no slash at its end".to_owned());
        }
        if !(1_024..=16_777_216).contains(&self.max_json_bytes) {
            wrong.push("server.max_json_bytes must be between 1024 and 16777216".to_owned());
        }
    }
}
