//! Access tokens by OAuth 2.0 client credentials (RFC 6749 § 4.4), as Microsoft 365 asks for both ways of mail.

use crate::domain::causes::with_causes;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use serde::Deserialize;
use std::fmt;
use std::time::Duration;
use tokio::sync::Mutex;

const TIMEOUT: Duration = Duration::from_secs(20);
/// A token is replaced so long before it ends.
const MARGIN: i64 = 5 * MICROS_PER_MINUTE;
/// What a server means that doesn't say how long its token holds.
const USUAL_SECONDS: i64 = 3_600;
/// Characters of a refusal that are shown.
const LONGEST_DETAIL: usize = 300;

/// Where tokens come from, kept until shortly before they end.
pub struct TokenSource {
    token_url: String,
    client_id: String,
    client_secret: String,
    scope: String,
    held: Mutex<Option<Held>>,
}

#[derive(Clone)]
struct Held {
    token: String,
    expires_at: Instant,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The server can't be reached or doesn't answer.
    #[error("fetching an access token from {url}: {cause}")]
    Unreachable {
        /// Where.
        url: String,
        /// Why, without the secret.
        cause: String,
    },
    /// The server says no.
    #[error("{url} refuses an access token ({status}): {detail}")]
    Refused {
        /// Where.
        url: String,
        /// The status.
        status: u16,
        /// What it says.
        detail: String,
    },
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// Without the secret.
impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl TokenSource {
    /// Tokens of an application for a scope.
    #[must_use]
    pub fn new(token_url: String, client_id: String, client_secret: String, scope: String) -> Self {
        Self { token_url, client_id, client_secret, scope, held: Mutex::new(None) }
    }

    /// A token that holds for some minutes more.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn token(&self, now: Instant) -> Result<String, TokenError> {
        let mut held = self.held.lock().await;
        if let Some(held) = held.as_ref()
            && now < held.expires_at.plus_micros(-MARGIN)
        {
            return Ok(held.token.clone());
        }
        let fetched = self.fetch(now).await?;
        let token = fetched.token.clone();
        *held = Some(fetched);
        Ok(token)
    }

    /// Forgets the token, for a server that refuses it before its time.
    pub async fn forget(&self) {
        *self.held.lock().await = None;
    }

    /// When the token that is held ends; nothing before the first was fetched.
    pub async fn expires_at(&self) -> Option<Instant> {
        self.held.lock().await.as_ref().map(|held| held.expires_at)
    }

    async fn fetch(&self, now: Instant) -> Result<Held, TokenError> {
        super::ensure_crypto();
        let unreachable = |error: reqwest::Error| TokenError::Unreachable {
            url: self.token_url.clone(),
            cause: with_causes(&error),
        };
        // A redirect would carry the secret to somebody else.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(unreachable)?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", &self.client_secret),
            ("scope", &self.scope),
        ];
        let answer = client.post(&self.token_url).form(&form).send().await.map_err(unreachable)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(unreachable)?;
        if status.is_success()
            && let Ok(Granted { access_token, expires_in }) = serde_json::from_slice(&body)
        {
            let seconds = expires_in.unwrap_or(USUAL_SECONDS).clamp(0, 7 * 86_400);
            return Ok(Held {
                token: access_token,
                expires_at: now.plus_micros(seconds * MICROS_PER_SECOND),
            });
        }
        let detail = serde_json::from_slice(&body).map_or_else(
            |_| "the answer isn't one of RFC 6749".to_owned(),
            |Refusal { error, error_description }| match error_description {
                None => error,
                Some(text) => format!("{error}: {}", text.lines().next().unwrap_or_default()),
            },
        );
        Err(TokenError::Refused {
            url: self.token_url.clone(),
            status: status.as_u16(),
            detail: detail.chars().take(LONGEST_DETAIL).collect(),
        })
    }
}

#[cfg(test)]
mod tests;
