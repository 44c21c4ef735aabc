//! `arende sla`.

mod evaluate;

use super::calendar::{DEFAULT_CALENDAR, calendar_named};
use super::{CliError, print};
use crate::config::Config;
use crate::domain::clock::Instant;
use crate::domain::sla::Target;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// When something that arrived is due: the instant in UTC.
    Due {
        /// When it arrived, RFC 3339 such as 2026-03-02T09:15:00+01:00.
        #[arg(long)]
        start: String,
        #[command(flatten)]
        target: TargetArguments,
        /// The calendar.
        #[arg(long, default_value = DEFAULT_CALENDAR)]
        calendar: String,
    },
    /// How a clock stands after a list of events, as JSON.
    Evaluate {
        /// The events as JSON; - is standard input.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct TargetArguments {
    /// The same local time so many working days later.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    working_days: Option<u32>,
    /// So many minutes of opening hours.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    working_minutes: Option<u32>,
}

pub(super) fn run(config: &Config, arguments: &Arguments) -> Result<(), CliError> {
    match &arguments.command {
        Command::Due { start, target, calendar } => {
            print(&format!("{}\n", due(config, start, target, calendar)?))
        }
        Command::Evaluate { file } => print(&evaluate::run(config, file)?),
    }
}

fn due(config: &Config, start: &str, target: &TargetArguments, calendar: &str) -> Result<Instant, CliError> {
    let calendar = calendar_named(config, calendar)?;
    let start = Instant::parse_rfc3339(start)
        .map_err(|error| CliError::new(format!("--start {start} is {error}")))?;
    let target = match target {
        TargetArguments { working_days: Some(days), .. } => Target::WorkingDays(*days),
        TargetArguments { working_minutes: Some(minutes), .. } => Target::WorkingMinutes(*minutes),
        TargetArguments { working_days: None, working_minutes: None } => {
            return Err(CliError::new("give either --working-days or --working-minutes"));
        }
    };
    target
        .due(&calendar, start)
        .ok_or_else(|| CliError::new("the due instant lies after the last year the calendar knows"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(start: &str, days: Option<u32>, minutes: Option<u32>) -> Result<String, String> {
        let target = TargetArguments { working_days: days, working_minutes: minutes };
        let folder = tempfile::tempdir().unwrap();
        let config = Config::for_data_dir(folder.path()).unwrap();
        due(&config, start, &target, DEFAULT_CALENDAR)
            .map(|at| at.to_string())
            .map_err(|error| error.sentence)
    }

    #[test]
    fn due_is_said_in_utc() {
        assert_eq!(answer("2026-03-02T09:15:00+01:00", Some(1), None).unwrap(), "2026-03-03T08:15:00Z");
        assert_eq!(answer("2026-03-27T15:30:00+01:00", None, Some(31)).unwrap(), "2026-03-30T05:31:00Z");
    }

    #[test]
    fn a_start_that_is_no_instant_is_refused() {
        let sentence = answer("2026-03-02", Some(1), None).unwrap_err();
        assert!(sentence.starts_with("--start 2026-03-02 is not an RFC 3339"), "{sentence}");
    }
}
