//! E-mail: what the product makes of it, without a server or a database.

mod cursor;
mod fault;
mod heartbeat;
mod log;
mod mailbox;
mod preferences;

pub use cursor::{Cursor, Folder, begin};
pub use fault::{MailFault, TestStep};
pub use heartbeat::{Heartbeat, Pulse, heartbeat};
pub use log::{Classification, InboundSource, InboundState, OutboundState};
pub use mailbox::{
    AfterFetch, FirstFetch, MailSecurity, MailboxAuth, MailboxSpec, SettingFault, UnknownSenders,
};
pub use preferences::Digest;
