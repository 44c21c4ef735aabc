//! Secrets that must be read again (passwords of mailboxes), sealed for the database: XChaCha20-Poly1305
//! under a key drawn from the installation's secret. A copy of the database alone opens none.

use crate::app::{App, AppError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Which construction it is, so that another can follow.
const VERSION: &str = "v1:";
const NONCE_BYTES: usize = 24;
/// Keeps the key apart from all others drawn from the same secret.
const PURPOSE: &[u8] = b"sealed\0";

/// A secret in the open: shown nowhere, in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for whoever must send it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl App {
    /// Seals a secret. `belongs_to` names what it is for; sealed for one thing it doesn't open for another.
    pub(crate) fn seal(&self, secret: &Secret, belongs_to: &str) -> Result<String, AppError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        self.inner.random.fill(&mut nonce).map_err(|error| AppError::internal("sealing a secret", error))?;
        let payload = Payload { msg: secret.0.as_bytes(), aad: belongs_to.as_bytes() };
        let sealed = self
            .sealing_cipher()?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|error| AppError::internal("sealing a secret", error.to_string()))?;
        Ok(format!("{VERSION}{}", STANDARD.encode([nonce.as_slice(), &sealed].concat())))
    }

    /// Opens a secret; nothing when it wasn't sealed for this, or under another installation's secret.
    pub(crate) fn unseal(&self, sealed: &str, belongs_to: &str) -> Option<Secret> {
        let bytes = STANDARD.decode(sealed.strip_prefix(VERSION)?).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: belongs_to.as_bytes() };
        let opened = self.sealing_cipher().ok()?.decrypt(&XNonce::from(nonce), payload).ok()?;
        String::from_utf8(opened).ok().map(Secret)
    }

    fn sealing_cipher(&self) -> Result<XChaCha20Poly1305, AppError> {
        let failed = |error: String| AppError::internal("drawing a key", error);
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.settings().secret)
            .map_err(|error| failed(error.to_string()))?;
        mac.update(PURPOSE);
        XChaCha20Poly1305::new_from_slice(&mac.finalize().into_bytes())
            .map_err(|error| failed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::House;

    #[tokio::test]
    async fn a_secret_opens_for_what_it_was_sealed_for_and_nothing_else() {
        let house = House::each().await.remove(0);
        let app = &house.app;
        let secret = Secret::new("lösen ord");
        let sealed = app.seal(&secret, "mailbox:it").unwrap();
        assert!(!sealed.contains("lösen"));
        assert_eq!(app.unseal(&sealed, "mailbox:it"), Some(secret.clone()));
        assert_eq!(app.unseal(&sealed, "mailbox:hr"), None);
        let mut broken = sealed.clone();
        let last = broken.pop().unwrap();
        broken.push(if last == 'A' { 'B' } else { 'A' });
        assert_eq!(app.unseal(&broken, "mailbox:it"), None);
        assert_eq!(app.unseal("v1:", "mailbox:it"), None);
        assert_ne!(app.seal(&secret, "mailbox:it").unwrap(), sealed, "a nonce is used once");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
