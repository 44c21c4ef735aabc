//! Adapters to the libraries for e-mail. What mail means is decided in `domain::mail` and `app::mail`.

pub mod imap;
pub mod oauth;
mod stream;

use std::sync::OnceLock;

/// Tells rustls once which implementation of cryptography this program uses.
fn ensure_crypto() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // An error says that one has been chosen already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
