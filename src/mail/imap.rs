//! Reading a folder by IMAP (RFC 3501, RFC 2177 IDLE, RFC 6851 MOVE, RFC 4315 UIDPLUS).

use super::stream::{self, Carrier};
use crate::domain::mail::{Folder, MailFault, MailSecurity};
use async_imap::imap_proto::{Response, Status};
use async_imap::types::Fetch;
use async_imap::{Authenticator, Client, Session};
use futures_util::TryStreamExt as _;
use std::fmt;
use std::future::Future;
use std::time::Duration;
use tokio::time::timeout;

/// Reaching a server and agreeing on encryption.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
/// An answer to a command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);
/// A message's bytes.
const FETCH_TIMEOUT: Duration = Duration::from_secs(600);
/// Characters of what a server says that are kept.
const LONGEST_DETAIL: usize = 300;

/// Why a mailbox couldn't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}: {detail}")]
pub struct ImapError {
    /// What failed.
    pub fault: MailFault,
    /// What the server or the system says about it.
    pub detail: String,
}

impl ImapError {
    /// With what is said about it, in one line.
    pub fn new(fault: MailFault, detail: impl fmt::Display) -> Self {
        let text = detail.to_string();
        let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        Self { fault, detail: line.take(LONGEST_DETAIL).collect() }
    }

    /// What an answer means, where `refused` is what a plain no means at this point.
    fn of(error: &async_imap::error::Error, refused: MailFault) -> Self {
        use async_imap::error::Error;
        let fault = match error {
            Error::Io(_) | Error::ConnectionLost => MailFault::Lost,
            Error::No(text) | Error::Bad(text) if is_throttling(text) => MailFault::Throttled,
            Error::No(_) => refused,
            _ => MailFault::Protocol,
        };
        match error {
            Error::No(text) | Error::Bad(text) => Self::new(fault, said(text)),
            _ => Self::new(fault, error),
        }
    }
}

/// What a server said, of the library's `code: None, info: Some("…")`; all of it when it has another form.
fn said(text: &str) -> String {
    let info = text.split_once("info: Some(\"").and_then(|(_, rest)| rest.strip_suffix("\")"));
    let plain = |info: &str| info.replace("\\\"", "\"").replace("\\\\", "\\");
    info.map_or_else(|| text.to_owned(), plain)
}

/// Words by which Exchange Online, Gmail and Dovecot ask for patience.
fn is_throttling(text: &str) -> bool {
    let text = text.to_lowercase();
    ["throttl", "[limit]", "[inuse]", "too many", "overquota", "backoff", "server busy"]
        .iter()
        .any(|word| text.contains(word))
}

/// Where a mailbox is.
#[derive(Debug, Clone, Copy)]
pub struct Server<'a> {
    /// The host.
    pub host: &'a str,
    /// The port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: MailSecurity,
    /// Certificates of authorities that are trusted besides the system's (PEM).
    pub authorities: &'a str,
}

/// How the product proves who it is.
pub enum Proof<'a> {
    /// By password.
    Password(&'a str),
    /// By access token.
    Token(&'a str),
}

/// A server that has been reached, nobody signed in.
pub struct Reached(Client<Carrier>);

/// A mailbox that somebody is signed in to.
pub struct Mailbox {
    session: Session<Carrier>,
    can_idle: bool,
    can_move: bool,
    can_expunge_by_uid: bool,
}

/// A message in the folder, as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its UID.
    pub uid: u32,
    /// Its size in bytes, as the server tells it.
    pub size: u64,
    /// When the server got it, in seconds since 1970; servers may keep it to themselves.
    pub arrived: Option<i64>,
}

async fn within<T>(
    time: Duration,
    refused: MailFault,
    work: impl Future<Output = async_imap::error::Result<T>>,
) -> Result<T, ImapError> {
    match timeout(time, work).await {
        Ok(answer) => answer.map_err(|error| ImapError::of(&error, refused)),
        Err(_) => Err(ImapError::new(MailFault::Timeout, format!("no answer within {} s", time.as_secs()))),
    }
}

/// Reaches a server and encrypts the connection as it is set.
///
/// # Errors
/// [`ImapError`].
pub async fn reach(server: Server<'_>) -> Result<Reached, ImapError> {
    match timeout(CONNECT_TIMEOUT, reach_patiently(server)).await {
        Ok(reached) => reached,
        Err(_) => Err(ImapError::new(MailFault::Timeout, "the server doesn't answer")),
    }
}

async fn reach_patiently(server: Server<'_>) -> Result<Reached, ImapError> {
    let Server { host, port, security, authorities } = server;
    let unreachable = |error| ImapError::new(MailFault::Unreachable, error);
    let insecure = |error| ImapError::new(MailFault::Security, error);
    let plain: Carrier = Box::new(stream::reach(host, port).await.map_err(unreachable)?);
    if security == MailSecurity::Tls {
        let encrypted = stream::encrypt(plain, host, authorities).await.map_err(insecure)?;
        return greeted(Client::new(encrypted)).await;
    }
    let mut reached = greeted(Client::new(plain)).await?;
    if security == MailSecurity::StartTls {
        reached
            .0
            .run_command_and_check_ok("STARTTLS", None)
            .await
            .map_err(|error| ImapError::new(MailFault::Security, error))?;
        // Whatever somebody slipped in before the encryption began is left behind with the old client.
        let encrypted = stream::encrypt(reached.0.into_inner(), host, authorities).await.map_err(insecure)?;
        reached = Reached(Client::new(encrypted));
    }
    Ok(reached)
}

/// Waits for the greeting; servers that are overrun say BYE at once.
async fn greeted(mut client: Client<Carrier>) -> Result<Reached, ImapError> {
    let greeting = client.read_response().await.map_err(|error| ImapError::new(MailFault::Lost, error))?;
    match greeting.as_ref().map(|greeting| greeting.parsed()) {
        None => Err(ImapError::new(MailFault::Lost, "the server hung up")),
        Some(Response::Data { status: Status::Bye, outcome }) => {
            Err(ImapError::new(MailFault::Throttled, outcome.information.as_deref().unwrap_or("BYE")))
        }
        Some(_) => Ok(Reached(client)),
    }
}

/// XOAUTH2: the proof first; a challenge after it holds the refusal and wants an empty answer.
struct Xoauth2(Option<String>);

impl Authenticator for Xoauth2 {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

impl Reached {
    /// Signs in.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn sign_in(self, user: &str, proof: Proof<'_>) -> Result<Mailbox, ImapError> {
        let signing = async {
            match proof {
                Proof::Password(password) => self.0.login(user, password).await,
                Proof::Token(token) => {
                    let words = format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}");
                    self.0.authenticate("XOAUTH2", Xoauth2(Some(words))).await
                }
            }
            .map_err(|(error, _)| error)
        };
        let mut session = within(COMMAND_TIMEOUT, MailFault::SignIn, signing).await?;
        let can = within(COMMAND_TIMEOUT, MailFault::Protocol, session.capabilities()).await?;
        Ok(Mailbox {
            can_idle: can.has_str("IDLE"),
            can_move: can.has_str("MOVE"),
            can_expunge_by_uid: can.has_str("UIDPLUS"),
            session,
        })
    }
}

impl Mailbox {
    /// Opens a folder.
    ///
    /// # Errors
    /// [`ImapError`]; also for a server without UIDs, on which nothing can be built.
    pub async fn open(&mut self, folder: &str) -> Result<Folder, ImapError> {
        let opened = within(COMMAND_TIMEOUT, MailFault::Folder, self.session.select(folder)).await?;
        let validity = opened
            .uid_validity
            .ok_or_else(|| ImapError::new(MailFault::Protocol, "the server knows no UIDVALIDITY"))?;
        Ok(Folder { validity, next: opened.uid_next, messages: opened.exists })
    }

    /// The messages after a UID, in order.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn after(&mut self, last: u32) -> Result<Vec<Listed>, ImapError> {
        let Some(first) = last.checked_add(1) else { return Ok(Vec::new()) };
        let listing = async {
            let set = format!("{first}:*");
            let rows = self.session.uid_fetch(set, "(UID RFC822.SIZE INTERNALDATE)").await?;
            // `n:*` always holds the last message, also where its UID is below n (RFC 3501 § 6.4.8).
            rows.try_filter_map(|row| async move { Ok(listed(&row).filter(|row| row.uid >= first)) })
                .try_collect::<Vec<_>>()
                .await
        };
        let mut rows = within(COMMAND_TIMEOUT, MailFault::Protocol, listing).await?;
        rows.sort_unstable_by_key(|row| row.uid);
        rows.dedup_by_key(|row| row.uid);
        Ok(rows)
    }

    /// The bytes of a message, without marking it as read; nothing when it is gone.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn message(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        self.bytes(uid, "(UID BODY.PEEK[])", |row| row.body().map(<[u8]>::to_vec)).await
    }

    /// The header of a message; nothing when it is gone.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn header(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        self.bytes(uid, "(UID BODY.PEEK[HEADER])", |row| row.header().map(<[u8]>::to_vec)).await
    }

    async fn bytes(
        &mut self,
        uid: u32,
        what: &str,
        read: impl Fn(&Fetch) -> Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, ImapError> {
        let fetching = async {
            let mut rows = self.session.uid_fetch(uid.to_string(), what).await?;
            let mut bytes = None;
            // To the end, so that the next command finds the connection at rest.
            while let Some(row) = rows.try_next().await? {
                if row.uid == Some(uid) && bytes.is_none() {
                    bytes = read(&row);
                }
            }
            Ok(bytes)
        };
        within(FETCH_TIMEOUT, MailFault::Protocol, fetching).await
    }

    /// Marks a message as read.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn mark_seen(&mut self, uid: u32) -> Result<(), ImapError> {
        self.flag(uid, "+FLAGS.SILENT (\\Seen)").await
    }

    async fn flag(&mut self, uid: u32, flags: &str) -> Result<(), ImapError> {
        let storing = async {
            let rows = self.session.uid_store(uid.to_string(), flags).await?;
            rows.try_for_each(|_| async { Ok(()) }).await
        };
        within(COMMAND_TIMEOUT, MailFault::Protocol, storing).await
    }

    /// Moves a message; without MOVE it is copied and removed. Without UIDPLUS it is only marked as removed:
    /// a plain EXPUNGE would remove what others have marked.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), ImapError> {
        let set = uid.to_string();
        if self.can_move {
            return within(COMMAND_TIMEOUT, MailFault::MoveTo, self.session.uid_mv(&set, folder)).await;
        }
        within(COMMAND_TIMEOUT, MailFault::MoveTo, self.session.uid_copy(&set, folder)).await?;
        self.flag(uid, "+FLAGS.SILENT (\\Deleted)").await?;
        if self.can_expunge_by_uid {
            let expunging = async {
                let gone = self.session.uid_expunge(&set).await?;
                gone.try_for_each(|_| async { Ok(()) }).await
            };
            within(COMMAND_TIMEOUT, MailFault::Protocol, expunging).await?;
        }
        Ok(())
    }

    /// Waits until the server tells of something new, or so long at most. A server without IDLE tells of
    /// nothing: then the wait is `poll` long.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn wait(mut self, most: Duration, poll: Duration) -> Result<Self, ImapError> {
        if !self.can_idle {
            tokio::time::sleep(poll.min(most)).await;
            within(COMMAND_TIMEOUT, MailFault::Protocol, self.session.noop()).await?;
            return Ok(self);
        }
        let Self { session, can_idle, can_move, can_expunge_by_uid } = self;
        let mut idle = session.idle();
        within(COMMAND_TIMEOUT, MailFault::Protocol, idle.init()).await?;
        {
            // `_interrupt` ends the wait when it is dropped, so it lives until the wait is over.
            let (news, _interrupt) = idle.wait_with_timeout(most);
            // The server hung up, or tells of something; where nothing came, the folder is looked through anyway.
            if let Ok(told) = timeout(most, news).await {
                drop(told.map_err(|error| ImapError::of(&error, MailFault::Protocol))?);
            }
        }
        let session = within(COMMAND_TIMEOUT, MailFault::Protocol, idle.done()).await?;
        Ok(Self { session, can_idle, can_move, can_expunge_by_uid })
    }

    /// Says good-bye; a server that doesn't answer is left anyway.
    pub async fn leave(mut self) {
        let _ = timeout(Duration::from_secs(2), self.session.logout()).await;
    }
}

fn listed(row: &Fetch) -> Option<Listed> {
    let arrived = row.internal_date().map(|date| date.timestamp());
    // A row without UID is news about a message, not an answer.
    Some(Listed { uid: row.uid?, size: row.size.map_or(0, u64::from), arrived })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_quoted_without_the_librarys_wrapping() {
        let no = async_imap::error::Error::No(
            r#"code: None, info: Some("[AUTHENTICATIONFAILED] \"hb1\" is locked.")"#.to_owned(),
        );
        let error = ImapError::of(&no, MailFault::SignIn);
        assert_eq!(
            (error.fault, error.detail.as_str()),
            (MailFault::SignIn, "[AUTHENTICATIONFAILED] \"hb1\" is locked.")
        );
        assert_eq!(said("code: None, info: None"), "code: None, info: None");
    }
}
