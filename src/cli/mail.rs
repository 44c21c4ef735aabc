//! `arende mail`.

mod ingest;
mod inspect;

use super::CliError;
use crate::config::Config;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What the intake makes of one message, as JSON, without storing anything.
    Inspect(inspect::Inspect),
    /// Store one message from standard input; a running server takes it in within a second. Exit 0: stored,
    /// 75: try again, 65 and 69: it can't be stored and goes back to its sender.
    Ingest {
        /// The code of the mailbox it came to.
        #[arg(long)]
        mailbox: Option<String>,
    },
}

pub(super) fn run(files: &[PathBuf], arguments: &Arguments) -> Result<(), CliError> {
    match &arguments.command {
        Command::Inspect(inspect) => inspect::run(&Config::load(files)?, inspect),
        Command::Ingest { mailbox } => ingest::run(files, mailbox.as_deref()),
    }
}
