//! `arende mail`.

mod ingest;

use super::CliError;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
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
        Command::Ingest { mailbox } => ingest::run(files, mailbox.as_deref()),
    }
}
