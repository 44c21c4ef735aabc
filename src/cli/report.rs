//! `arende report`.

use super::{CliError, print, runtime};
use crate::app::Ctx;
use crate::app::reports::ResolutionQuery;
use crate::bootstrap::{build_app, open_current_database};
use crate::config::Config;
use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The resolution table: how large a share was resolved within an hour, two hours, a day, three
    /// days and a week.
    Resolution {
        /// First day, 2026-01-01.
        #[arg(long)]
        from: String,
        /// Last day, included.
        #[arg(long)]
        to: String,
        /// The length of the periods: month, quarter, tertial or year.
        #[arg(long)]
        by: String,
        /// Wall-clock time (elapsed) or opening hours (working).
        #[arg(long, default_value = "elapsed")]
        clock: String,
        /// All tickets, or those the first line resolved (servicedesk).
        #[arg(long, default_value = "all")]
        scope: String,
        /// The code of an organisation; everything below it counts.
        #[arg(long)]
        organisation: Option<String>,
        /// The form.
        #[arg(long)]
        format: Format,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Json,
}

pub(super) fn run(config: &Config, arguments: Arguments) -> Result<(), CliError> {
    let Command::Resolution { from, to, by, clock, scope, organisation, format } = arguments.command;
    let query = ResolutionQuery { from, to, by, clock: Some(clock), scope: Some(scope), organisation };
    let app = build_app(config, open_current_database(config)?)?;
    let report = runtime()?
        .block_on(app.resolution_table(&Ctx::command_line(), &query))
        .map_err(|error| CliError::from_app("making the resolution table", &error))?;
    match format {
        Format::Csv => print(&report.to_csv()),
        Format::Json => {
            let json = serde_json::to_string_pretty(&report)
                .map_err(|error| CliError::new(format!("writing JSON: {error}")))?;
            print(&format!("{json}\n"))
        }
    }
}
