//! E-mail: what the product makes of it, without a server or a database.

mod log;
mod preferences;

pub use log::{Classification, InboundSource, InboundState, OutboundState};
pub use preferences::Digest;
