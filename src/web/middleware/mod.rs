//! What happens around every request.

mod headers;
pub mod metrics;
mod observe;
mod trace;

pub use headers::{FRAMING_MAIL_POLICY, FRAMING_POLICY};
pub use observe::{Observe, language_of};
pub use trace::Trace;
