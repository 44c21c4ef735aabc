//! Use cases: each opens one transaction, and rights are checked here.
//!
//! [`App`] is what everything above works with. One file is one group of verbs; the functions are
//! methods of `App`, so that a reader finds them by name whatever the file.

pub mod auth;
mod cache;
mod ctx;
pub mod demo;
mod error;
mod housekeeping;
pub mod import;
pub mod jobs;
pub mod ledger_report;
pub mod mail;
pub mod notices;
pub mod opaque;
pub mod outbox;
pub mod people;
pub mod policies;
pub mod random;
pub mod reports;
mod sealed;
#[cfg(test)]
pub(crate) mod testing;
pub mod tickets;

pub use cache::{Worker, Workers};
pub use ctx::{Ctx, Once};
pub use error::{AppError, FieldError, FieldErrors, FieldProblem, OwnFault};
pub use sealed::Secret;

use crate::db::Db;
use crate::domain::clock::{Clock, Instant};
use crate::domain::people::Directory;
use crate::files::FileStore;
use cache::Caches;
use random::Random;
use std::sync::Arc;

/// What the installation has been set to, as far as use cases need to know.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// Signs access tokens and forms; at least 32 bytes.
    pub secret: Vec<u8>,
    /// How long an access token holds, in microseconds.
    pub access_token_micros: i64,
    /// How long a session lasts after its last use, in microseconds.
    pub session_micros: i64,
    /// The fewest characters of a password (ASVS 6.2.1).
    pub password_min_chars: usize,
    /// The largest file, in bytes.
    pub attachment_max_bytes: u64,
    /// The largest file to import, in bytes.
    pub import_max_bytes: u64,
    /// The largest message taken in, in bytes.
    pub mail_max_bytes: u64,
    /// How people reach the server, as links begin, without a slash at the end.
    pub public_url: String,
    /// Microseconds after which a resolved ticket closes by itself.
    pub auto_close_micros: i64,
    /// How mail is sent.
    pub mail: mail::MailSettings,
}

/// The use cases with all they need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    files: FileStore,
    settings: Arc<AppSettings>,
    caches: Caches,
    hashing: tokio::sync::Semaphore,
    reading: Arc<tokio::sync::Semaphore>,
}

impl App {
    /// Puts the use cases together.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        files: FileStore,
        settings: AppSettings,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                db,
                clock,
                random,
                files,
                settings: Arc::new(settings),
                caches: Caches::default(),
                // A hash takes 19 MiB and tens of milliseconds; two at a time leave the machine to the rest.
                hashing: tokio::sync::Semaphore::new(2),
                reading: Arc::new(tokio::sync::Semaphore::new(mail::READING_MEGABYTES)),
            }),
        }
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.inner.clock.now()
    }

    /// What the installation has been set to.
    #[must_use]
    pub fn settings(&self) -> &AppSettings {
        &self.inner.settings
    }

    /// The stored files.
    #[must_use]
    pub fn files(&self) -> &FileStore {
        &self.inner.files
    }

    /// The reference data as of a few seconds ago at most.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn directory(&self) -> Result<Arc<Directory>, AppError> {
        self.inner.caches.directory(&self.inner.db, self.now()).await
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
