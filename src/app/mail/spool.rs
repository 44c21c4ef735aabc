//! What a mail server's pipe has left (`arende mail ingest`) is taken in here, many at a time.

use super::understand::plain;
use crate::app::{App, AppError, hex};
use crate::db::inbound_mails::NewRecord;
use crate::db::mailboxes;
use crate::domain::ids::MailboxId;
use crate::domain::mail::InboundSource;
use crate::files::Waiting;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// How many messages one transaction takes in.
const BATCH: usize = 200;
/// More characters than the code of any mailbox has.
const MAX_CODE: usize = 100;

impl App {
    /// Takes in messages that wait in the spool; whether there may be more.
    ///
    /// A message lies in the spool and in the store until it is noted in the database: cut off anywhere, the
    /// next round begins it anew and finds by its bytes whether it was noted.
    ///
    /// # Errors
    /// [`AppError`] when disk or database fail.
    pub async fn take_in_spool(&self) -> Result<bool, AppError> {
        let failed = |error: io::Error| AppError::internal("reading the mail spool", error);
        let mut waiting = self.files().spool().waiting().map_err(failed)?.peekable();
        if waiting.peek().is_none() {
            return Ok(false);
        }
        let codes = self.db().point(mailboxes::codes).await?;
        let app = self.clone();
        let (taken, records) = tokio::task::spawn_blocking(move || app.linked(waiting, &codes))
            .await
            .map_err(|error| AppError::internal("reading the mail spool", error))??;
        let count = records.len();
        self.note_mails(records).await?;
        // What can't be read or removed doesn't make the next round begin at once.
        let mut removed = 0;
        for message in &taken {
            match self.files().spool().remove(message) {
                Ok(()) => removed += 1,
                Err(error) => {
                    let path = message.path().display();
                    tracing::error!(file = %path, %error, "A message was taken in from the spool, but can't be removed");
                }
            }
        }
        tracing::debug!(mail.count = count, "Took in mail from the spool");
        Ok(removed == BATCH)
    }

    /// As many as could be stored, with their records. What can't be read or stored keeps nobody waiting.
    fn linked(
        &self,
        waiting: impl Iterator<Item = io::Result<Waiting>>,
        codes: &BTreeMap<String, MailboxId>,
    ) -> Result<(Vec<Waiting>, Vec<NewRecord>), AppError> {
        let failed = |error: io::Error| AppError::internal("reading the mail spool", error);
        let draw = |bytes: &mut [u8]| {
            let filled = self.inner.random.fill(bytes);
            filled.map_err(|error| AppError::internal("naming a file", error))
        };
        // What comes together lies together, so that one folder is synced and not nearly as many as messages.
        let mut folder = [0_u8; 1];
        draw(&mut folder)?;
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        let (mut records, mut stored) = (Vec::new(), Vec::new());
        for message in waiting {
            let message = message.map_err(failed)?;
            let (content_hash, size) = match hashed(&message) {
                Ok(read) => read,
                Err(error) => {
                    let path = message.path().display();
                    tracing::error!(file = %path, %error, "A message in the spool can't be read; it is left there");
                    continue;
                }
            };
            let mut name = [0_u8; 15];
            draw(&mut name)?;
            let storage_key = hex(&folder) + &hex(&name);
            match self.files().spool().link(&message, self.files(), &storage_key) {
                Ok(folder) => folders.insert(folder),
                Err(error) => {
                    let path = message.path().display();
                    tracing::error!(file = %path, %error, "A message in the spool can't be stored; it is left there");
                    continue;
                }
            };
            let mailbox = message.mailbox.as_ref().and_then(|code| codes.get(code)).copied();
            let unknown_mailbox =
                message.mailbox.as_deref().filter(|_| mailbox.is_none()).map(|code| plain(code, MAX_CODE));
            if let Some(code) = &unknown_mailbox {
                tracing::warn!(
                    mailbox.code = code,
                    "Took in a mail for a mailbox that there isn't; it is held"
                );
            }
            records.push(NewRecord {
                mailbox,
                unknown_mailbox,
                source: InboundSource::Pipe,
                storage_key,
                content_hash,
                size_bytes: i64::try_from(size).unwrap_or(i64::MAX),
            });
            stored.push(message);
            if stored.len() == BATCH {
                break;
            }
        }
        for folder in folders {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        Ok((stored, records))
    }
}

/// SHA-256 of a message, and its size.
fn hashed(message: &Waiting) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let size = io::copy(&mut File::open(message.path())?, &mut Hashing(&mut hash))?;
    Ok((hex(&hash.finalize()), size))
}

/// Lets `io::copy` feed a hash.
struct Hashing<'h>(&'h mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.update(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
