//! Logging: the tracing subscriber and the panic hook.
//!
//! Everything goes to standard error; standard output is for what commands print.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

crate::text_enum! {
    /// How log lines look.
    pub enum LogFormat {
        /// For people.
        Text = "text",
        /// One JSON object per line, for machines.
        Json = "json",
    }
}

/// Why logging couldn't be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter isn't like `info` or `info,arende::db=debug`.
    #[error("the log filter `{filter}` isn't like `info` or `info,arende::db=debug`: {why}")]
    Filter {
        /// As it was given.
        filter: String,
        /// What the parser says.
        why: String,
    },
    /// This process logs already.
    #[error("logging is set up already")]
    AlreadySet,
}

/// Sets up logging for the process, panics included.
///
/// # Errors
/// [`TelemetryError`] when the filter can't be read, or on the second call.
pub fn init(format: LogFormat, filter: &str) -> Result<(), TelemetryError> {
    let subscriber = tracing_subscriber::registry().with(parse_filter(filter)?);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => subscriber.with(lines.with_ansi(std::io::stderr().is_terminal())).try_init(),
        LogFormat::Json => subscriber.with(lines.json().flatten_event(true)).try_init(),
    }
    .map_err(|_| TelemetryError::AlreadySet)?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

fn parse_filter(filter: &str) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::builder()
        .parse(filter)
        .map_err(|error| TelemetryError::Filter { filter: filter.to_owned(), why: error.to_string() })
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("no message");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        tracing::error!(panic.place = place, panic.thread = thread, %backtrace, "Panicked: {message}");
    } else {
        tracing::error!(panic.place = place, panic.thread = thread, "Panicked: {message}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_filter_is_refused_with_an_example() {
        let error = init(LogFormat::Text, "arende=loud").unwrap_err();
        assert!(error.to_string().contains("info,arende::db=debug"), "{error}");
    }

    #[test]
    fn filters_of_both_kinds_are_understood() {
        for filter in ["info", "warn,arende::db=debug", "off"] {
            assert!(parse_filter(filter).is_ok(), "{filter}");
        }
    }

    #[test]
    fn logging_is_set_up_once_and_takes_panics() {
        init(LogFormat::Json, "error").unwrap();
        assert!(matches!(init(LogFormat::Json, "error"), Err(TelemetryError::AlreadySet)));
        assert!(std::thread::spawn(|| panic!("boom")).join().is_err());
    }
}
