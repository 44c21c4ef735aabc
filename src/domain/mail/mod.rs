//! E-mail: what the product makes of it, without a server or a database.

mod log;
mod preferences;
mod suppressed;
mod template;
mod token;

pub use log::{Classification, InboundSource, InboundState, OutboundState};
pub use preferences::{Digest, MailPreferences, USUAL_DIGEST_AT};
pub use suppressed::Suppressed;
pub use template::Template;
pub use token::{MessageToken, Signer, TokenRead};
