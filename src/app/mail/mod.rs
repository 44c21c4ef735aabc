//! E-mail: what goes out, its texts, and how people want it.

mod letter;
mod outgoing;
mod plan;
mod preferences;
mod sending;
mod templates;

pub use outgoing::{OutgoingMail, OutgoingPage, OutgoingQuery};
pub(super) use plan::{Planned, planned, store};
pub use preferences::MailPreferencesInput;
pub use sending::Sending;
pub use templates::{TemplateChange, TemplateVersionView, TemplateView};

pub use crate::mail::templates::{Fault, MailText, Part, TemplateError, headline};

use crate::mail::smtp::Smtp;
use std::sync::Arc;

/// How mail is sent.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The server that sends; nothing when none does.
    pub smtp: Option<Arc<Smtp>>,
    /// Whom mail comes from when the desk has no mailbox.
    pub from: Option<String>,
    /// Whether answers come to addresses with a tag.
    pub reply_tags: bool,
    /// Mails to one person within an hour.
    pub most_to_person: i64,
    /// Mails about one ticket within an hour.
    pub most_on_ticket: i64,
    /// How people reach the pages, without a slash at the end.
    pub public_url: String,
}

/// Nothing is sent.
impl Default for MailSettings {
    fn default() -> Self {
        Self {
            smtp: None,
            from: None,
            reply_tags: true,
            most_to_person: 60,
            most_on_ticket: 100,
            public_url: String::new(),
        }
    }
}
