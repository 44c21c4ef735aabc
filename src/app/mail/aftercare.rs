//! What is done at the server with messages that are stored here: marked as read, or moved. A server that refuses
//! keeps nobody from fetching; it is told of, and asked again at the next look.

use crate::domain::mail::{AfterFetch, MailFault, MailboxSpec};
use crate::mail::imap::{ImapError, Listed, Mailbox};
use std::collections::BTreeSet;

/// A folder that takes nothing takes no more of them; one odd message keeps no others behind.
const MOST_REFUSALS: usize = 5;

/// The care of one look through a folder.
pub(super) struct Aftercare<'s> {
    spec: &'s MailboxSpec,
    /// The first message that may still lie as it lay.
    owed: Option<u32>,
    refused: Option<ImapError>,
    refusals: Vec<u32>,
}

impl<'s> Aftercare<'s> {
    /// Begins a look, with what was left by the one before.
    pub(super) fn begin(spec: &'s MailboxSpec, owed: Option<u32>) -> Self {
        Self { spec, owed, refused: None, refusals: Vec::new() }
    }

    /// Where the next look is to begin, should this one be cut off.
    pub(super) fn owed(&self) -> Option<u32> {
        self.owed
    }

    /// What the server refused.
    pub(super) fn refused(&self) -> Option<&ImapError> {
        self.refused.as_ref()
    }

    /// What the next look has to do again.
    pub(super) fn left(&self) -> Option<u32> {
        self.refusals.iter().copied().min()
    }

    /// Notes a message that is about to be stored for good.
    pub(super) fn owe(&mut self, uid: u32) {
        if self.spec.after_fetch != AfterFetch::Leave {
            self.owed = Some(self.owed.map_or(uid, |owed| owed.min(uid)));
        }
    }

    /// Does again what was left, up to `last`, with all messages but those in `aside` and those not `meant`.
    ///
    /// # Errors
    /// [`ImapError`] when the connection fails.
    pub(super) async fn again(
        &mut self,
        mailbox: &mut Mailbox,
        last: u32,
        aside: &BTreeSet<u32>,
        meant: impl Fn(&Listed) -> bool,
    ) -> Result<(), ImapError> {
        let Some(first) = self.owed else { return Ok(()) };
        for message in mailbox.after(first.saturating_sub(1)).await? {
            if message.uid <= last && !aside.contains(&message.uid) && meant(&message) {
                self.settle(mailbox, message.uid).await?;
            }
        }
        Ok(())
    }

    /// Does what is set to be done with a message that is stored here.
    ///
    /// # Errors
    /// [`ImapError`] when the connection fails.
    pub(super) async fn settle(&mut self, mailbox: &mut Mailbox, uid: u32) -> Result<(), ImapError> {
        if self.refusals.len() >= MOST_REFUSALS {
            return Ok(());
        }
        let done = match self.spec.after_fetch {
            AfterFetch::Leave => Ok(()),
            AfterFetch::Seen => mailbox.mark_seen(uid).await,
            AfterFetch::Move => mailbox.move_to(uid, &self.spec.move_to).await,
        };
        match done {
            Err(error) if !matches!(error.fault, MailFault::Lost | MailFault::Timeout) => {
                tracing::warn!(mail.uid = uid, %error, "A mail server does not do what is set with a message");
                self.refusals.push(uid);
                self.refused = Some(error);
                Ok(())
            }
            done => done,
        }
    }
}
