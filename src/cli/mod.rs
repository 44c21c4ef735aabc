//! The command line, one file a sub-command (contract §1).
//!
//! Results go to standard output, everything else to standard error; exit 0 only on success.

mod backup;
mod calendar;
mod config;
mod import;
mod mail;
mod migrate;
mod openapi;
mod report;
mod serve;
mod sla;
mod user;

use crate::bootstrap::StartError;
use crate::config::{Config, ConfigError};
use crate::domain::causes::with_causes;
use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The service desk of a shared municipal IT organisation.
#[derive(Debug, Parser)]
#[command(name = "arende", version, about, propagate_version = true)]
struct Arguments {
    /// A settings file (TOML) laid over the defaults; may be given several times.
    #[arg(long, global = true, value_name = "FILE")]
    config: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server: portal, workspace, REST API and workers in one process.
    Serve(serve::Arguments),
    /// Bring the database's schema up to date.
    Migrate,
    /// Print the OpenAPI document.
    Openapi,
    /// Check or show the settings.
    Config(config::Arguments),
    /// Make accounts.
    User(user::Arguments),
    /// Take in history from another system.
    Import(import::Arguments),
    /// Print figures.
    Report(report::Arguments),
    /// Show when a desk is open.
    Calendar(calendar::Arguments),
    /// Count clocks in opening hours.
    Sla(sla::Arguments),
    /// Take in mail from a mail server's pipe, and look at it.
    Mail(mail::Arguments),
    /// Write a consistent copy of the embedded database, also while the server runs.
    Backup(backup::BackupArguments),
    /// Put a copy made by `backup` in place of an empty database.
    Restore(backup::RestoreArguments),
}

/// Why a command failed: one clear sentence that says what to do.
#[derive(Debug)]
pub struct CliError {
    sentence: String,
    status: u8,
}

/// What a command ends with when it failed and nothing better is known.
const FAILED: u8 = 1;

impl CliError {
    fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), status: FAILED }
    }

    /// The same with another exit status (sysexits.h, which mail servers understand).
    fn with_status(self, status: u8) -> Self {
        Self { status, ..self }
    }

    /// A failed use case, in words for whoever is at the terminal.
    fn from_app(doing: &str, error: &crate::app::AppError) -> Self {
        use crate::app::AppError;
        let text = match error {
            AppError::Invalid(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|field| match field.limit {
                        Some(limit) => format!("{} is {} (limit {limit})", field.field, field.code()),
                        None => format!("{} is {}", field.field, field.code()),
                    })
                    .collect();
                fields.join("; ")
            }
            other => with_causes(other),
        };
        Self::new(format!("{doing}: {text}"))
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::new(format!("the settings are wrong: {error}"))
    }
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        Self::new(with_causes(&error))
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match carry_out(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError { sentence, status }) => {
            let _ = writeln!(io::stderr(), "arende: {sentence}");
            ExitCode::from(status)
        }
    }
}

fn carry_out(arguments: Arguments) -> Result<(), CliError> {
    let Arguments { config: files, command } = arguments;
    if let Command::Openapi = command {
        return openapi::run();
    }
    if let Command::Mail(arguments) = &command {
        return mail::run(&files, arguments);
    }
    let config = Config::load(&files)?;
    match command {
        Command::Serve(arguments) => serve::run(&config, &arguments),
        Command::Migrate => migrate::run(&config),
        Command::Openapi => openapi::run(),
        Command::Mail(arguments) => mail::run(&files, &arguments),
        Command::Config(arguments) => config::run(&config, &arguments),
        Command::User(arguments) => user::run(&config, arguments),
        Command::Import(arguments) => import::run(&config, &arguments),
        Command::Report(arguments) => report::run(&config, arguments),
        Command::Calendar(arguments) => calendar::run(&config, &arguments),
        Command::Sla(arguments) => sla::run(&config, &arguments),
        Command::Backup(arguments) => backup::backup(&config, &arguments),
        Command::Restore(arguments) => backup::restore(&config, &arguments),
    }
}

/// A runtime for a command that needs one for a moment.
fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::new(format!("starting: {error}")))
}

/// Writes to standard output; a reader that has had enough (`| head`) is no fault.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
