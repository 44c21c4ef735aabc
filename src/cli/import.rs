//! `arende import tickets`.

use super::{CliError, print, runtime};
use crate::app::import::{ImportOptions, ImportSummary, Progress, import_file};
use crate::bootstrap::{build_app, open_current_database};
use crate::config::Config;
use crate::domain::causes::with_causes;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in tickets from a CSV or JSON Lines file. One wrong row, and nothing is taken in.
    Tickets {
        /// The file.
        file: PathBuf,
        /// Check the file and say what would be done, without doing it.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) fn run(config: &Config, arguments: &Arguments) -> Result<(), CliError> {
    let Command::Tickets { file, dry_run } = &arguments.command;
    let app = build_app(config, open_current_database(config)?)?;
    runtime()?
        .block_on(app.ensure_foundation())
        .map_err(|error| CliError::from_app("preparing the database", &error))?;
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} % {eta}")
        .map_err(|error| CliError::new(format!("showing progress: {error}")))?;
    bar.set_style(style);
    let options = ImportOptions { dry_run: *dry_run, ..ImportOptions::default() };
    let summary = import_file(&app, file, &options, &mut |progress| match progress {
        Progress::Checking { rows: _, bytes, of_bytes } => {
            bar.set_message("Checking");
            bar.set_length(of_bytes);
            bar.set_position(bytes);
        }
        Progress::Importing { rows, of_rows } => {
            bar.set_message("Importing");
            bar.set_length(of_rows);
            bar.set_position(rows);
        }
    })
    .map_err(|error| CliError::new(format!("importing {}: {}", file.display(), with_causes(&error))))?;
    bar.finish_and_clear();
    if summary.is_refused() {
        return Err(refused(&summary));
    }
    print(&told(&summary))
}

/// Every fault on a line of its own, and then the one sentence that says what to do.
fn refused(summary: &ImportSummary) -> CliError {
    let mut faults = String::new();
    if let Some(fault) = &summary.file_error {
        let _ = writeln!(faults, "{}", fault.message);
    }
    for fault in &summary.errors {
        let _ = writeln!(faults, "{}", fault.message);
    }
    let _ = std::io::stderr().write_all(faults.as_bytes());
    CliError::new(format!(
        "nothing was imported: {} faults; mend the file and import it again",
        summary.error_count
    ))
}

fn told(summary: &ImportSummary) -> String {
    let mut text = String::new();
    let verb = if summary.dry_run { "would be imported" } else { "imported" };
    let _ = writeln!(
        text,
        "{} rows: {} {verb}, {} known already ({:.1} s, {:.0} a second)",
        summary.rows, summary.imported, summary.skipped, summary.seconds, summary.per_second
    );
    let lists = [
        ("organisations", &summary.created_organisations),
        ("categories", &summary.created_categories),
        ("services", &summary.created_services),
        ("systems", &summary.created_systems),
        ("groups", &summary.created_groups),
    ];
    for (what, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(text, "created {what}: {}", names.join(", "));
    }
    let people = summary.created_requesters + summary.created_assignees;
    if people > 0 {
        let _ = writeln!(text, "created people without a login: {people}");
    }
    text
}
