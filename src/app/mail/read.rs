//! Reading a mailbox: each message is stored here before the cursor moves on, and only then touched at the server.
//! Cut off anywhere, the next reading takes the same message again, and its bytes tell that it is known; what the
//! server is to do with it is made good too (`aftercare`).

use super::aftercare::Aftercare;
use crate::app::{App, AppError, Secret};
use crate::db::inbound_mails::{self, NewRecord, Outcome};
use crate::db::mailboxes::{self, Look, Progress, StoredMailbox};
use crate::domain::clock::{MICROS_PER_HOUR, MICROS_PER_SECOND};
use crate::domain::ids::MailboxId;
use crate::domain::mail::{
    Classification, Cursor, FirstFetch, InboundSource, InboundState, MailFault, MailboxAuth, MailboxSpec,
    begin,
};
use crate::mail::imap::{self, ImapError, Listed, Mailbox, Proof, Reached, Server};
use crate::mail::oauth::TokenSource;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch;

pub use crate::db::mailboxes::Reader;

/// How long a wait at the server lasts before the folder is looked through again. Servers end a connection
/// that is silent for 29 minutes, many firewalls after five.
const IDLE: Duration = Duration::from_secs(240);
/// How often a server without IDLE is asked.
const POLL: Duration = Duration::from_secs(30);
/// A message that can't be fetched so often in a row is put aside, so that it doesn't hold up the rest.
const MOST_TRIES: u32 = 4;

/// What a reader knows from one connection to the next.
#[derive(Default)]
pub struct Memory {
    token: Option<TokenSource>,
    /// The message that was being fetched when it went wrong, and how often.
    stuck: Option<(u32, u32)>,
    /// Messages that were put aside so, in the folder as it was when they were.
    aside: BTreeSet<u32>,
}

/// Why a reading ended.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The mailbox, or the way to it.
    #[error(transparent)]
    Mail(#[from] ImapError),
    /// Our own disk or database.
    #[error(transparent)]
    App(#[from] AppError),
    /// Another worker reads the mailbox now, or it isn't read any more.
    #[error("the mailbox is somebody else's now")]
    Lost,
}

/// The settings as the connection needs them.
pub(super) fn server(spec: &MailboxSpec) -> Server<'_> {
    let MailboxSpec { host, port, security, authorities, .. } = spec;
    Server { host, port: *port, security: *security, authorities }
}

/// Where the access tokens of a mailbox come from.
pub(super) fn token_source(spec: &MailboxSpec, secret: &Secret) -> TokenSource {
    let MailboxSpec { token_url, client_id, scope, .. } = spec;
    TokenSource::new(token_url.clone(), client_id.clone(), secret.reveal().to_owned(), scope.clone())
}

impl App {
    /// The secret of a mailbox.
    pub(super) fn mailbox_secret(&self, mailbox: &StoredMailbox) -> Result<Secret, ImapError> {
        let sealed = mailbox.secret.as_deref();
        sealed
            .and_then(|sealed| self.unseal(sealed, &super::mailboxes::sealed_for(&mailbox.code)))
            .ok_or_else(|| ImapError::new(MailFault::Secret, "there is no secret that opens"))
    }

    /// Reads a mailbox until `stop` is true, something fails, or it is somebody else's.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn read_mailbox(
        &self,
        reader: &Reader,
        memory: &mut Memory,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), ReadError> {
        let id = reader.mailbox;
        let stored = self.db().point(move |conn| mailboxes::by_id(conn, id)).await.map_err(AppError::from)?;
        let stored =
            stored.filter(|mailbox| mailbox.is_active && mailbox.spec.is_fetched()).ok_or(ReadError::Lost)?;
        let secret = self.mailbox_secret(&stored)?;
        let reached = imap::reach(server(&stored.spec)).await?;
        let mut mailbox = self.enter_mailbox(reached, &stored.spec, &secret, memory).await?;
        let folder = mailbox.open(&stored.spec.folder).await?;
        let not_before = not_before(&stored);
        let begun = begin(stored.cursor, folder, stored.spec.first_fetch);
        let mut cursor = match begun {
            Some(cursor) => cursor,
            // The server doesn't say where new messages begin: after the last one there is.
            None => {
                let last = mailbox.after(0).await?.last().map_or(0, |message| message.uid);
                Cursor { validity: folder.validity, last }
            }
        };
        // The numbers of another folder say nothing here.
        let is_same = stored.cursor.is_some_and(|before| before.validity == cursor.validity);
        let mut owed = stored.owed.filter(|_| is_same);
        let begin = Progress { cursor, owed, message_at: None, looked_at: None, is_well: false };
        self.advance(reader, begin).await?;
        let is_old = |message: &Listed| not_before.zip(message.arrived).is_some_and(|(begin, at)| at < begin);
        let most = self.settings().mail_max_bytes;
        loop {
            let mut care = Aftercare::begin(&stored.spec, owed);
            let is_ours = |message: &Listed| !is_old(message) && message.size <= most;
            care.again(&mut mailbox, cursor.last, &memory.aside, is_ours).await?;
            for message in mailbox.after(cursor.last).await? {
                if *stop.borrow() {
                    mailbox.leave().await;
                    return Ok(());
                }
                // What isn't stored here whole stays where it is.
                let mut is_whole = false;
                if !is_old(&message) {
                    is_whole = self.fetch(id, &mut mailbox, message, memory).await?;
                }
                if is_whole {
                    care.owe(message.uid);
                }
                cursor.last = message.uid;
                let now = self.now();
                let progress = Progress {
                    cursor,
                    owed: care.owed(),
                    message_at: (!is_old(&message)).then_some(now),
                    looked_at: Some(now),
                    is_well: care.refused().is_none(),
                };
                self.advance(reader, progress).await?;
                if is_whole {
                    care.settle(&mut mailbox, message.uid).await?;
                }
            }
            owed = care.left();
            let token_expires_at = match &memory.token {
                Some(token) => token.expires_at().await,
                None => None,
            };
            let look = Look { token_expires_at, owed, error: care.refused().map(ImapError::to_string) };
            let (looking, now) = (reader.clone(), self.now());
            let is_ours = self
                .db()
                .write(move |tx| mailboxes::note_look(tx, &looking, &look, now))
                .await
                .map_err(AppError::from)?;
            if !is_ours {
                return Err(ReadError::Lost);
            }
            mailbox = tokio::select! {
                waited = mailbox.wait(IDLE, POLL) => waited?,
                _ = stop.changed() => return Ok(()),
            };
        }
    }

    async fn enter_mailbox(
        &self,
        reached: Reached,
        spec: &MailboxSpec,
        secret: &Secret,
        memory: &mut Memory,
    ) -> Result<Mailbox, ImapError> {
        if spec.auth == MailboxAuth::Password {
            return reached.sign_in(&spec.username, Proof::Password(secret.reveal())).await;
        }
        let source = memory.token.get_or_insert_with(|| token_source(spec, secret));
        let fetched = source.token(self.now()).await;
        let token = fetched.map_err(|error| ImapError::new(MailFault::Token, error))?;
        let signed_in = reached.sign_in(&spec.username, Proof::Token(&token)).await;
        if signed_in.is_err() {
            // It may have been taken back before its time.
            source.forget().await;
        }
        signed_in
    }

    async fn advance(&self, reader: &Reader, progress: Progress) -> Result<(), ReadError> {
        let reader = reader.clone();
        let moved = self.db().write(move |tx| mailboxes::advance(tx, &reader, &progress)).await;
        if moved.map_err(AppError::from)? { Ok(()) } else { Err(ReadError::Lost) }
    }

    /// Stores a message here, whatever it is; one too large by its header, one that can't be had by a note. Whether
    /// all of it is stored.
    async fn fetch(
        &self,
        id: MailboxId,
        mailbox: &mut Mailbox,
        message: Listed,
        memory: &mut Memory,
    ) -> Result<bool, ReadError> {
        let Listed { uid, size, .. } = message;
        let tries = memory.stuck.filter(|(stuck, _)| *stuck == uid).map_or(0, |(_, tries)| tries);
        if tries >= MOST_TRIES {
            // With the mailbox, since the same bytes are taken in once.
            let note = format!("Subject: \r\n\r\nMailbox {id}, UID {uid}, {size} bytes\r\n");
            self.hold(id, note.into_bytes(), "notFetched", size).await?;
            tracing::error!(mailbox.id = %id, mail.uid = uid, "A message can't be fetched; put it aside");
            memory.stuck = None;
            memory.aside.insert(uid);
            return Ok(false);
        }
        memory.stuck = Some((uid, tries + 1));
        let is_too_large = size > self.settings().mail_max_bytes;
        if is_too_large {
            if let Some(header) = mailbox.header(uid).await? {
                self.hold(id, header, "tooLarge", size).await?;
            }
        } else if let Some(bytes) = mailbox.message(uid).await? {
            let app = self.clone();
            let incoming = tokio::task::spawn_blocking(move || {
                let mut incoming = app.begin_mail()?;
                incoming.write(&bytes)?;
                Ok::<_, AppError>(incoming)
            })
            .await
            .map_err(|error| AppError::internal("storing a message", error))??;
            self.take_in_mail(Some(id), InboundSource::Imap, incoming).await?;
        }
        memory.stuck = None;
        Ok(!is_too_large)
    }

    /// Stores what there is of a message that can't be taken in whole, for a person to look at.
    async fn hold(
        &self,
        mailbox: MailboxId,
        bytes: Vec<u8>,
        reason: &'static str,
        size: u64,
    ) -> Result<(), AppError> {
        let app = self.clone();
        let (storage_key, content_hash) = tokio::task::spawn_blocking(move || {
            let mut incoming = app.begin_mail()?;
            incoming.write(&bytes)?;
            let hash = incoming.content_hash();
            Ok::<_, AppError>((incoming.keep(&app)?, hash))
        })
        .await
        .map_err(|error| AppError::internal("storing a message", error))??;
        let (source, mailbox) = (InboundSource::Imap, Some(mailbox));
        let size_bytes = i64::try_from(size).unwrap_or(i64::MAX);
        let new = NewRecord {
            mailbox,
            source,
            storage_key: storage_key.clone(),
            content_hash,
            size_bytes,
            unknown_mailbox: None,
        };
        let outcome = Outcome {
            state: InboundState::Held,
            mailbox,
            text_hash: None,
            is_answerable: false,
            fingerprint: None,
            header_message_id: None,
            from_address: None,
            from_name: None,
            subject: None,
            classification: Classification::Unparsable,
            reason: reason.to_owned(),
            trace: "{}".to_owned(),
            ticket: None,
            message: None,
            error: Some(format!("{size} bytes")),
        };
        let now = self.now();
        let is_new = self
            .db()
            .write(move |tx| {
                let (id, is_new) = inbound_mails::insert_once(tx, &new, now)?;
                if is_new {
                    inbound_mails::settle(tx, id, InboundState::Received, &outcome, now)?;
                }
                Ok::<_, AppError>(is_new)
            })
            .await?;
        if !is_new {
            let removed = self.files().remove(&storage_key);
            removed.map_err(|error| AppError::internal("removing a file", error))?;
        }
        Ok(())
    }

    /// Takes a mailbox for a reader, or keeps it; whether it is the reader's now.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn take_mailbox(&self, reader: &Reader, micros: i64) -> Result<bool, AppError> {
        let (reader, now) = (reader.clone(), self.now());
        let until = now.plus_micros(micros);
        Ok(self.db().write(move |tx| mailboxes::take_lease(tx, &reader, now, until)).await?)
    }

    /// Lets go of a mailbox, so that another worker needn't wait.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn leave_mailbox(&self, reader: &Reader) -> Result<(), AppError> {
        let reader = reader.clone();
        Ok(self.db().write(move |tx| mailboxes::drop_lease(tx, &reader)).await?)
    }

    /// Notes that reading a mailbox failed.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn note_mailbox_failure(&self, reader: &Reader, error: &ReadError) -> Result<(), AppError> {
        let text = match error {
            ReadError::Mail(error) => error.to_string(),
            ReadError::App(_) => MailFault::Storage.as_text().to_owned(),
            ReadError::Lost => return Ok(()),
        };
        let (reader, now) = (reader.clone(), self.now());
        Ok(self.db().write(move |tx| mailboxes::note_failure(tx, &reader, &text, now)).await?)
    }

    /// The mailboxes to read, each with the version of its settings.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mailboxes_to_read(&self) -> Result<std::collections::BTreeMap<MailboxId, i64>, AppError> {
        Ok(self.db().read(mailboxes::active).await?)
    }
}

/// Seconds since 1970 before which messages are left alone: those that lay in a folder when only new ones were
/// wanted, should the server number them anew. An hour of grace for clocks that differ.
fn not_before(stored: &StoredMailbox) -> Option<i64> {
    let begin = stored.created_at.plus_micros(-MICROS_PER_HOUR).micros() / MICROS_PER_SECOND;
    (stored.spec.first_fetch == FirstFetch::New).then_some(begin)
}
