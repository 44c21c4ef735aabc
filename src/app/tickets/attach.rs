//! Files on tickets: taken in piece by piece, looked at, kept under a random name, handed out only to
//! those who may see the ticket.

use super::by_mail::LooseFile;
use super::store::{Stamp, apply, locked};
use crate::app::{App, AppError, Ctx, hex, opaque};
use crate::db::attachments::{self, Attachment};
use crate::db::tickets;
use crate::domain::access::Permission;
use crate::domain::ids::{AttachmentId, MessageId, TicketId};
use crate::domain::ticket::{Command, TicketNumber, Visibility, decide};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

/// How many bytes tell a file's type.
const SNIFFED_BYTES: usize = 8 * 1024;

/// A file that is arriving. Dropped before it is kept, it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    key: String,
    path: PathBuf,
    file: File,
    hash: Sha256,
    head: Vec<u8>,
    size: u64,
    max_bytes: u64,
    kept: bool,
}

impl Incoming {
    /// Takes the next piece.
    ///
    /// # Errors
    /// [`AppError::TooLarge`] as soon as the limit is passed.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), AppError> {
        self.size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.size > self.max_bytes {
            return Err(AppError::TooLarge { max_bytes: self.max_bytes });
        }
        let room = SNIFFED_BYTES.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend(piece.iter().take(room));
        self.hash.update(piece);
        self.file.write_all(piece).map_err(|error| AppError::internal("storing a file", error))
    }

    /// How many bytes have arrived.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of what has arrived, in hexadecimal.
    #[must_use]
    pub fn content_hash(&self) -> String {
        hex(&self.hash.clone().finalize())
    }

    /// Makes the file durable under its key and lets go of it.
    pub(crate) fn keep(mut self, app: &App) -> Result<String, AppError> {
        app.files().keep(&self.key).map_err(|error| AppError::internal("storing a file", error))?;
        self.kept = true;
        Ok(self.key.clone())
    }

    /// Makes the file durable; it belongs to nothing yet.
    ///
    /// # Errors
    /// [`AppError::FileType`] for programs.
    pub(in crate::app) fn keep_as(self, app: &App, file_name: &str) -> Result<LooseFile, AppError> {
        let content_type = self.content_type()?.to_owned();
        let size_bytes = i64::try_from(self.size).unwrap_or(i64::MAX);
        let sha256 = self.content_hash();
        let storage_key = self.keep(app)?;
        Ok(LooseFile { file_name: plain_name(file_name), content_type, size_bytes, sha256, storage_key })
    }

    /// Whether a file of this kind is taken; to be asked once it has arrived whole.
    ///
    /// # Errors
    /// [`AppError::FileType`] for programs.
    pub fn check_type(&self) -> Result<(), AppError> {
        self.content_type().map(|_| ())
    }

    /// What the bytes are; text and anything unknown are told apart by whether they read as UTF-8.
    fn content_type(&self) -> Result<&'static str, AppError> {
        if let Some(kind) = infer::get(&self.head) {
            return if kind.matcher_type() == infer::MatcherType::App {
                Err(AppError::FileType(kind.mime_type().to_owned()))
            } else {
                Ok(kind.mime_type())
            };
        }
        let end = match std::str::from_utf8(&self.head) {
            Ok(_) => return Ok("text/plain; charset=utf-8"),
            Err(error) => error,
        };
        // A character may be cut in two where the sniffed part ends.
        let cut = end.error_len().is_none() && self.head.len() == SNIFFED_BYTES;
        Ok(if cut { "text/plain; charset=utf-8" } else { "application/octet-stream" })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // What can't be removed now is found by its name, which ends in `.part`.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A file to be handed out.
#[derive(Debug, Clone)]
pub struct AttachmentFile {
    /// What is known of it.
    pub attachment: Attachment,
    /// Where it lies.
    pub path: PathBuf,
}

impl App {
    /// Begins to take in a file of at most the size allowed for attachments.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin_file(&self, max_bytes: u64) -> Result<Incoming, AppError> {
        let mut random = [0_u8; 16];
        self.inner.random.fill(&mut random).map_err(|error| AppError::internal("naming a file", error))?;
        let key = hex(&random);
        let path = self.files().incoming(&key);
        let file = File::create(&path).map_err(|error| AppError::internal("storing a file", error))?;
        Ok(Incoming {
            key,
            path,
            file,
            hash: Sha256::new(),
            head: Vec::new(),
            size: 0,
            max_bytes,
            kept: false,
        })
    }

    /// Adds a file that has arrived to a ticket, or to a message on it. A request repeated under the same
    /// key gets the file stored the first time.
    ///
    /// # Errors
    /// [`AppError::FileType`] for programs; [`AppError::Forbidden`], [`AppError::NotFound`], or
    /// [`AppError::Refused`] on a cancelled ticket.
    pub async fn attach_file(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        message: Option<MessageId>,
        visibility: Visibility,
        file_name: &str,
        incoming: Incoming,
    ) -> Result<Attachment, AppError> {
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::AttachmentAdd, &ticket)?;
        if visibility == Visibility::Internal {
            cx.require_on(Permission::TicketNote, &ticket)?;
        }
        let now = self.now();
        let mut attachment = Attachment {
            id: AttachmentId(0),
            ticket: TicketId(0),
            message,
            uploaded_by: cx.user(),
            visibility,
            file_name: plain_name(file_name),
            content_type: incoming.content_type()?.to_owned(),
            size_bytes: i64::try_from(incoming.size).unwrap_or(i64::MAX),
            sha256: incoming.content_hash(),
            storage_key: String::new(),
            created_at: now,
        };
        let app = self.clone();
        attachment.storage_key = tokio::task::spawn_blocking(move || incoming.keep(&app))
            .await
            .map_err(|error| AppError::internal("storing a file", error))??;
        let grounds = self.grounds().await?;
        let cx = cx.clone();
        let storage_key = attachment.storage_key.clone();
        let stored = self
            .db()
            .write(move |tx| {
                if let Some(made) = cx.made_before(tx.conn(), now)? {
                    let id = opaque::decode(&made).map(AttachmentId).ok_or(AppError::NotFound)?;
                    return attachments::by_id(tx.conn(), id)?.ok_or(AppError::NotFound);
                }
                let mut ticket = locked(tx, number)?;
                let mut attachment = Attachment { ticket: ticket.id, ..attachment.clone() };
                attachment.id = attachments::insert(tx, &attachment)?;
                let command = Command::AddAttachment {
                    attachment: attachment.id,
                    name: attachment.file_name.clone(),
                    visibility,
                };
                let events = decide(&ticket, &command, cx.by(&ticket), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                apply(
                    tx,
                    &mut ticket,
                    events,
                    Stamp { actor: Some(cx.user()), origin: cx.origin, now },
                    &grounds,
                )?;
                cx.note_made(tx, &opaque::encode(attachment.id.get()), now)?;
                Ok(attachment)
            })
            .await;
        if stored.as_ref().map_or(true, |stored: &Attachment| stored.storage_key != storage_key) {
            self.files()
                .remove(&storage_key)
                .map_err(|error| AppError::internal("removing a file", error))?;
        }
        stored
    }

    /// A ticket's files, as far as the actor may see them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of the ticket.
    pub async fn ticket_attachments(
        &self,
        cx: &Ctx,
        number: TicketNumber,
    ) -> Result<Vec<Attachment>, AppError> {
        let cx = cx.clone();
        self.db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?.ok_or(AppError::NotFound)?;
                cx.require_on(Permission::TicketView, &ticket)?;
                let internal = cx.may_on(Permission::TicketViewInternal, &ticket);
                Ok(attachments::of_ticket(conn, ticket.id, internal)?)
            })
            .await
    }

    /// A file, for those who may see its ticket, and its notes when it is internal.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, or none the actor may know of.
    pub async fn attachment(&self, cx: &Ctx, id: &str) -> Result<AttachmentFile, AppError> {
        let id = opaque::decode(id).map(AttachmentId).ok_or(AppError::NotFound)?;
        let read_cx = cx.clone();
        let attachment: Attachment = self
            .db()
            .read(move |conn| {
                let attachment = attachments::by_id(conn, id)?.ok_or(AppError::NotFound)?;
                let ticket = tickets::by_id(conn, attachment.ticket)?.ok_or(AppError::NotFound)?;
                read_cx.require_on(Permission::TicketView, &ticket)?;
                let hidden = attachment.visibility == Visibility::Internal
                    && !read_cx.may_on(Permission::TicketViewInternal, &ticket);
                if hidden { Err(AppError::NotFound) } else { Ok(attachment) }
            })
            .await?;
        let path = self.files().path(&attachment.storage_key);
        Ok(AttachmentFile { attachment, path })
    }
}

/// A name without folders and control characters, at most 200 characters; never empty.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !is_invisible(*c)).take(200).collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() { "file".to_owned() } else { clean }
}

/// Zero-width and direction-changing characters, which make `exe.gpj` look like `jpg.exe`.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_folders_and_tricks() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\bilder\\skärm.png"), "skärm.png");
        assert_eq!(plain_name("\u{202e}gpj.exe"), "gpj.exe");
        assert_eq!(plain_name(".htaccess\u{200b}"), "htaccess");
        assert_eq!(plain_name(" \u{0} "), "file");
    }
}
