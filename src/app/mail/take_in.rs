//! Taking a message in: its bytes are safe before anybody looks at what they say.

use crate::app::outbox::{self, UnderstandMail};
use crate::app::tickets::Incoming;
use crate::app::{App, AppError};
use crate::db::inbound_mails::{self, NewRecord};
use crate::db::mailboxes;
use crate::domain::ids::{InboundMailId, MailboxId};
use crate::domain::mail::InboundSource;

/// A message that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Its key.
    pub id: InboundMailId,
    /// Whether it is new; the same bytes come twice are one message.
    pub is_new: bool,
}

impl App {
    /// Begins to take in a message of at most the size the installation takes.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin_mail(&self) -> Result<Incoming, AppError> {
        self.begin_file(self.settings().mail_max_bytes)
    }

    /// Takes in a message that has arrived whole. Once this returns it isn't lost any more: bytes, record and
    /// the job that will read it are on disk. Nothing in it has been looked at.
    ///
    /// # Errors
    /// [`AppError`] when disk or database fail; then whoever handed it over keeps it and tries again.
    pub async fn take_in_mail(
        &self,
        mailbox: Option<MailboxId>,
        source: InboundSource,
        incoming: Incoming,
    ) -> Result<Taken, AppError> {
        let size_bytes = i64::try_from(incoming.size()).unwrap_or(i64::MAX);
        let content_hash = incoming.content_hash();
        let app = self.clone();
        let storage_key = tokio::task::spawn_blocking(move || incoming.keep(&app))
            .await
            .map_err(|error| AppError::internal("storing a message", error))??;
        let new = NewRecord { mailbox, source, storage_key, content_hash, size_bytes, unknown_mailbox: None };
        let taken = self.note_mails(vec![new]).await?;
        taken.first().copied().ok_or_else(|| AppError::internal("storing a message", "nothing was noted"))
    }

    /// Notes messages whose bytes are in the store, all in one transaction, and lets go of the bytes of those
    /// that were taken in before.
    pub(super) async fn note_mails(&self, new: Vec<NewRecord>) -> Result<Vec<Taken>, AppError> {
        let now = self.now();
        let keys: Vec<String> = new.iter().map(|record| record.storage_key.clone()).collect();
        let noted = self
            .db()
            .write(move |tx| {
                let mut taken = Vec::with_capacity(new.len());
                for record in &new {
                    let (id, is_new) = inbound_mails::insert_once(tx, record, now)?;
                    if is_new {
                        // A reader notes it along with how far it has come.
                        if record.source != InboundSource::Imap
                            && let Some(mailbox) = record.mailbox
                        {
                            mailboxes::note_message(tx, mailbox, now)?;
                        }
                        outbox::queue(tx, &UnderstandMail { mail: id }, None, now, now)?;
                    }
                    taken.push(Taken { id, is_new });
                }
                Ok::<_, AppError>(taken)
            })
            .await;
        let superfluous: Vec<&String> = match &noted {
            Ok(taken) => {
                keys.iter().zip(taken).filter(|(_, taken)| !taken.is_new).map(|(key, _)| key).collect()
            }
            Err(AppError::Unavailable(_)) => keys.iter().collect(),
            // Nobody knows whether it was committed: a file too many is better than one too few.
            Err(_) => Vec::new(),
        };
        for key in superfluous {
            self.files().remove(key).map_err(|error| AppError::internal("removing a file", error))?;
        }
        noted
    }
}
