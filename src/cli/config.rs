//! `arende config check|show`.

use super::{CliError, print};
use crate::config::Config;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tell whether the settings can be used.
    Check,
    /// Print the settings that hold, secrets masked.
    Show,
}

/// Settings that can't be used never come this far: loading them has told what is wrong.
pub(super) fn run(config: &Config, arguments: &Arguments) -> Result<(), CliError> {
    match arguments.command {
        Command::Check => print("The settings can be used.\n"),
        Command::Show => {
            let shown =
                config.shown().map_err(|error| CliError::new(format!("showing the settings: {error}")))?;
            print(&shown)
        }
    }
}
