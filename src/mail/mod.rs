//! E-mail as bytes, and the libraries for it: reading what comes in, writing and handing over what goes out.
//! What mail means is decided in `domain::mail` and `app::mail`.

pub mod compose;
pub mod html;
pub mod imap;
mod layout;
pub mod oauth;
pub mod parse;
pub mod readers;
pub mod smtp;
mod stream;
pub mod templates;
pub mod tnef;

use std::sync::OnceLock;

/// Tells rustls once which implementation of cryptography this program uses.
fn ensure_crypto() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // An error says that one has been chosen already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
