//! `arende calendar`.

use super::{CliError, print};
use crate::domain::sla::Calendar;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::fmt::Write as _;

/// The calendar that is meant when none is named.
pub(super) const DEFAULT_CALENDAR: &str = "servicedesk";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The opening hours of every day: date, opens, closes; empty when closed.
    Hours {
        /// First day, 2026-01-01.
        #[arg(long)]
        from: Date,
        /// Last day, included.
        #[arg(long)]
        to: Date,
        /// The calendar.
        #[arg(long, default_value = DEFAULT_CALENDAR)]
        calendar: String,
        /// The form.
        #[arg(long, default_value = "csv")]
        format: Format,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Command::Hours { from, to, calendar, format: Format::Csv } = &arguments.command;
    if from > to {
        return Err(CliError::new(format!("--from {from} lies after --to {to}; give the earlier day first")));
    }
    let calendar = calendar_named(calendar)?;
    print(&hours_csv(&calendar, *from, *to))
}

/// The calendar of that name.
pub(super) fn calendar_named(name: &str) -> Result<Calendar, CliError> {
    if name == DEFAULT_CALENDAR {
        return Ok(Calendar::servicedesk());
    }
    Err(CliError::new(format!(
        "there is no calendar “{name}”; name one that exists, such as {DEFAULT_CALENDAR}"
    )))
}

fn hours_csv(calendar: &Calendar, from: Date, to: Date) -> String {
    let mut csv = String::from("date,opens,closes\n");
    for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
        let _ = match calendar.day(date) {
            Some(hours) => writeln!(csv, "{date},{},{}", hours.opens(), hours.closes()),
            None => writeln!(csv, "{date},,"),
        };
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_days_have_empty_hours() {
        let calendar = calendar_named("servicedesk").unwrap();
        let csv = hours_csv(&calendar, "2026-04-02".parse().unwrap(), "2026-04-07".parse().unwrap());
        assert_eq!(
            csv,
            "date,opens,closes\n2026-04-02,07:30,15:00\n2026-04-03,,\n2026-04-04,,\n2026-04-05,,\n\
             2026-04-06,,\n2026-04-07,07:30,16:00\n"
        );
    }

    #[test]
    fn an_unknown_calendar_is_named() {
        let CliError(sentence) = calendar_named("nightShift").unwrap_err();
        assert!(sentence.contains("nightShift"), "{sentence}");
    }
}
