//! Signing in and staying signed in: passwords, sessions, tokens, and the rights that go with them.

mod account;
mod password;
mod session;
mod token;

pub use crate::db::sessions::SessionKind;
pub(in crate::app) use account::load;
pub use account::{Account, Preferences, Signed};
pub use session::{SessionView, SignedIn};
pub use token::AccessToken;
