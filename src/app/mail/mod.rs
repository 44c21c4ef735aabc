//! E-mail: taken in, understood, turned into tickets and answers.

mod mailboxes;
mod read;
mod spool;
mod take_in;

pub use mailboxes::{MailDomain, MailboxChange, MailboxTest, MailboxView, NewMailbox, TestedStep};
pub use read::{Memory, ReadError, Reader};
pub use take_in::Taken;
