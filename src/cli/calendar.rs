//! `arende calendar`.

use super::{CliError, print};
use crate::app::policies::stored_calendar;
use crate::bootstrap::open_existing_database;
use crate::config::Config;
use crate::domain::sla::Calendar;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::sync::Arc;

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

pub(super) fn run(config: &Config, arguments: &Arguments) -> Result<(), CliError> {
    let Command::Hours { from, to, calendar, format: Format::Csv } = &arguments.command;
    if from > to {
        return Err(CliError::new(format!("--from {from} lies after --to {to}; give the earlier day first")));
    }
    let calendar = calendar_named(config, calendar)?;
    print(&hours_csv(&calendar, *from, *to))
}

/// The calendar of that code in the configured database, which is only read. Where there is no database
/// yet, the default calendar is the one that an installation is delivered with.
pub(super) fn calendar_named(config: &Config, code: &str) -> Result<Arc<Calendar>, CliError> {
    let Some(db) = open_existing_database(config)? else {
        if code == DEFAULT_CALENDAR {
            return Ok(Arc::new(Calendar::servicedesk()));
        }
        return Err(CliError::new(format!(
            "there is no calendar “{code}”, as there is no database yet; name {DEFAULT_CALENDAR}, or set \
             ARENDE_DATA_DIR or ARENDE_DATABASE_URL to where the database is"
        )));
    };
    let found =
        stored_calendar(&db, code).map_err(|error| CliError::from_app("reading calendars", &error))?;
    found.or_else(|known| {
        // A database that no server has started on holds nothing yet.
        if code == DEFAULT_CALENDAR {
            return Ok(Arc::new(Calendar::servicedesk()));
        }
        let known = known.join(", ");
        Err(CliError::new(format!("there is no calendar “{code}”; name one that exists: {known}")))
    })
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

    fn without_database() -> (tempfile::TempDir, Config) {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::for_data_dir(folder.path()).unwrap();
        (folder, config)
    }

    #[test]
    fn closed_days_have_empty_hours() {
        let (folder, config) = without_database();
        let calendar = calendar_named(&config, "servicedesk").unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made by asking");
        let csv = hours_csv(&calendar, "2026-04-02".parse().unwrap(), "2026-04-07".parse().unwrap());
        assert_eq!(
            csv,
            "date,opens,closes\n2026-04-02,07:30,15:00\n2026-04-03,,\n2026-04-04,,\n2026-04-05,,\n\
             2026-04-06,,\n2026-04-07,07:30,16:00\n"
        );
    }

    #[test]
    fn an_unknown_calendar_is_named() {
        let (_folder, config) = without_database();
        let CliError { sentence, .. } = calendar_named(&config, "nightShift").unwrap_err();
        assert!(sentence.contains("nightShift") && sentence.contains("no database yet"), "{sentence}");
    }

    #[test]
    fn stored_calendars_are_found_by_their_code() {
        let (_folder, config) = without_database();
        let app =
            crate::bootstrap::build_app(&config, crate::bootstrap::open_current_database(&config).unwrap())
                .unwrap();
        let cx = crate::app::Ctx::command_line();
        let new = crate::app::policies::NewDocument { name: "Jour".to_owned(), ..Default::default() };
        let mut spec =
            crate::domain::sla::CalendarSpec::from(&crate::domain::sla::CalendarRules::servicedesk());
        spec.hours[0].closes = "20:00".to_owned();
        crate::cli::runtime()
            .unwrap()
            .block_on(async {
                app.ensure_foundation().await?;
                app.create_policy(&cx, &new, &spec).await
            })
            .unwrap();
        let monday: Date = "2026-11-23".parse().unwrap();
        let closes = |code| {
            let calendar = calendar_named(&config, code).unwrap();
            calendar.day(monday).unwrap().closes().to_string()
        };
        assert_eq!((closes("jour"), closes("servicedesk")), ("20:00".to_owned(), "16:00".to_owned()));
        let CliError { sentence, .. } = calendar_named(&config, "night").unwrap_err();
        assert!(sentence.contains("jour, servicedesk"), "{sentence}");
    }
}
