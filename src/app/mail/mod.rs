//! E-mail: what comes in – taken in, understood, turned into tickets and answers – and what goes out, its texts, and
//! how people want it.

mod aftercare;
mod bounced;
mod domains;
mod facts;
mod handle;
mod inspect;
mod intake;
mod letter;
mod log;
mod mailboxes;
mod numbers;
mod outgoing;
mod plan;
mod post;
mod preferences;
mod read;
mod recheck;
mod sending;
mod settle;
mod shown;
mod spool;
mod take_in;
mod templates;
#[cfg(test)]
mod tests;
mod trial;
mod understand;
mod vouched;

pub use crate::db::inbound_mails::MailRecord;
pub use crate::db::mailboxes::MailboxRef;
pub use bounced::BouncedAddress;
pub use domains::MailDomain;
pub use handle::{Handling, MailAction, MailToTicket};
pub use inspect::{AlsoOwn, Inspected};
pub use log::{MOST_WAITING, MailQuery, MailRow};
pub use mailboxes::{MailboxChange, MailboxView, NewMailbox};
pub use outgoing::{OutgoingAction, OutgoingMail, OutgoingQuery};
pub(super) use plan::{Planned, planned, store};
pub use preferences::MailPreferencesInput;
pub use read::{Memory, ReadError, Reader};
pub use sending::Sending;
pub use settle::Verdict;
pub use shown::{MailFile, MailOriginal, MailShown, Suggested, understood_of};
pub use take_in::Taken;
pub use templates::{
    TemplateVersionView, TemplateView, TestMail, TextFault, TextFaultCode, template_code, template_of_code,
};
pub use trial::{MailboxTest, TestedStep};
pub use understand::{LeftOut, Understood, WhyLeftOut};

pub use crate::mail::templates::{MailText, headline};

use super::{App, AppError};
use crate::mail::smtp::Smtp;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// How many megabytes of messages are read at once; a larger message is read alone.
pub(super) const READING_MEGABYTES: usize = 60;
const BYTES_PER_MB: i64 = 1_000_000;

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
}

/// Nothing is sent.
impl Default for MailSettings {
    fn default() -> Self {
        Self { smtp: None, from: None, reply_tags: true, most_to_person: 60, most_on_ticket: 100 }
    }
}

impl App {
    /// Waits until there is room in memory for a message of this size; the room is given back with the permit.
    async fn room_for(&self, bytes: i64) -> Result<OwnedSemaphorePermit, AppError> {
        let megabytes = usize::try_from(bytes / BYTES_PER_MB + 1).unwrap_or(READING_MEGABYTES);
        let permits = u32::try_from(megabytes.min(READING_MEGABYTES)).unwrap_or(1);
        Arc::clone(&self.inner.reading)
            .acquire_many_owned(permits)
            .await
            .map_err(|_| AppError::Unavailable("the program is stopping"))
    }
}
