//! E-mail: taken in, understood, turned into tickets and answers.

mod facts;
mod handle;
mod intake;
mod log;
mod post;
mod settle;
mod shown;
mod spool;
mod take_in;
mod understand;

pub use crate::db::inbound_mails::MailRecord;
pub use crate::db::mailboxes::MailboxRef;
pub use handle::{Handling, MailAction, MailToTicket};
pub use log::{MOST_WAITING, MailQuery, MailRow};
pub use shown::{MailFile, MailOriginal, MailShown, Suggested, understood_of};
pub use take_in::Taken;
pub use understand::{LeftOut, Understood, WhyLeftOut};

use super::{App, AppError};
use tokio::sync::OwnedSemaphorePermit;

/// How many megabytes of messages are read at once; a larger message is read alone.
pub(super) const READING_MEGABYTES: usize = 60;
const BYTES_PER_MB: i64 = 1_000_000;

impl App {
    /// Waits until there is room in memory for a message of this size; the room is given back with the permit.
    async fn room_for(&self, bytes: i64) -> Result<OwnedSemaphorePermit, AppError> {
        let megabytes = usize::try_from(bytes / BYTES_PER_MB + 1).unwrap_or(READING_MEGABYTES);
        let permits = u32::try_from(megabytes.min(READING_MEGABYTES)).unwrap_or(1);
        std::sync::Arc::clone(&self.inner.reading)
            .acquire_many_owned(permits)
            .await
            .map_err(|_| AppError::Unavailable("the program is stopping"))
    }
}
