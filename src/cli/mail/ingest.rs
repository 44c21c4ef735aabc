//! `arende mail ingest`: the end of a mail server's pipe.
//!
//! It needs neither the database nor a running server, only the data folder, so that a mail server can
//! hand over at any time and each message costs one small process.

use crate::app::hex;
use crate::app::random::{Random as _, SystemRandom};
use crate::cli::CliError;
use crate::config::Config;
use crate::files::{FileStore, SpoolError};
use std::io;
use std::path::PathBuf;

/// The message itself is wrong (EX_DATAERR).
const NO_MESSAGE: u8 = 65;
/// It can't be taken in, now or later (EX_UNAVAILABLE).
const TOO_LARGE: u8 = 69;
/// It can't be taken in now (EX_TEMPFAIL).
const TRY_AGAIN: u8 = 75;
const BYTES_PER_MB: u64 = 1_000_000;

pub(super) fn run(files: &[PathBuf], mailbox: Option<&str>) -> Result<(), CliError> {
    let config = Config::load(files).map_err(|error| CliError::from(error).with_status(TRY_AGAIN))?;
    let is_code =
        |code: &str| !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if mailbox.is_some_and(|code| !is_code(code)) {
        let sentence = "--mailbox is the code of a mailbox: letters, digits and hyphens";
        return Err(CliError::new(sentence).with_status(TRY_AGAIN));
    }
    store(&config, mailbox).map_err(|error| {
        let status = match &error {
            SpoolError::Empty => NO_MESSAGE,
            SpoolError::TooLarge(_) => TOO_LARGE,
            SpoolError::Io(_) => TRY_AGAIN,
        };
        CliError::new(format!("storing the message: {error}")).with_status(status)
    })
}

fn store(config: &Config, mailbox: Option<&str>) -> Result<(), SpoolError> {
    let store = FileStore::open(&config.data_dir.join("files"))?;
    let mut name = [0_u8; 16];
    SystemRandom.fill(&mut name).map_err(io::Error::other)?;
    let max_bytes = config.mail.max_message_mb * BYTES_PER_MB;
    store.spool().put(&hex(&name), mailbox, io::stdin().lock(), max_bytes)
}
