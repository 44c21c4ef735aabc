//! Access tokens: signed, short-lived, naming person and session; and the random tokens that
//! sessions are known by.

use crate::app::{App, AppError, hex, opaque};
use crate::domain::clock::{Instant, MICROS_PER_SECOND};
use crate::domain::ids::{SessionId, UserId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const ISSUER: &str = "arende";

/// A signed access token (JWT, RFC 7519).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The token.
    pub token: String,
    /// When it stops to hold.
    pub expires_at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

impl App {
    pub(super) fn access_token(&self, user: UserId, session: SessionId) -> Result<AccessToken, AppError> {
        let now = self.now();
        let expires_at = now.plus_micros(self.settings().access_token_micros);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: opaque::encode(user.get()),
            sid: opaque::encode(session.get()),
            iat: now.micros() / MICROS_PER_SECOND,
            exp: expires_at.micros() / MICROS_PER_SECOND,
        };
        let key = EncodingKey::from_secret(&self.settings().secret);
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
            .map_err(|error| AppError::internal("signing an access token", error))?;
        Ok(AccessToken { token, expires_at })
    }

    /// The session an access token names, if it is ours and still holds.
    pub(super) fn session_named(&self, token: &str) -> Result<SessionId, AppError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        // The product's own clock decides, below.
        validation.validate_exp = false;
        let key = DecodingKey::from_secret(&self.settings().secret);
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation)
            .map_err(|_| AppError::Unauthenticated)?
            .claims;
        if claims.exp <= self.now().micros() / MICROS_PER_SECOND {
            return Err(AppError::Unauthenticated);
        }
        opaque::decode(&claims.sid).map(SessionId).ok_or(AppError::Unauthenticated)
    }

    /// 32 random bytes that nobody can guess, as text that fits into a cookie or a form.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the system has no randomness.
    pub fn random_token(&self) -> Result<String, AppError> {
        let mut bytes = [0_u8; 32];
        self.inner.random.fill(&mut bytes).map_err(|error| AppError::internal("making a token", error))?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// What is stored of a random token. It has 256 random bits, so a plain hash hides it well enough.
pub(super) fn hashed(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
