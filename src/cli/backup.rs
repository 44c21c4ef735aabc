//! `arende backup` and `arende restore`.

use super::{CliError, print};
use crate::bootstrap::open_database;
use crate::config::Config;
use crate::db::Db;
use crate::domain::causes::with_causes;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// The file to write; it must not exist.
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// A file made by `arende backup`.
    file: PathBuf,
}

pub(super) fn backup(config: &Config, arguments: &BackupArguments) -> Result<(), CliError> {
    let db = open_database(config)?;
    db.backup_sqlite(&arguments.file)
        .map_err(|error| CliError::new(format!("making the backup: {}", with_causes(&error))))?;
    print(&format!(
        "Wrote the database to {}. Uploaded files are kept apart, in {}.\n",
        arguments.file.display(),
        config.data_dir.join("files").display()
    ))
}

pub(super) fn restore(config: &Config, arguments: &RestoreArguments) -> Result<(), CliError> {
    std::fs::create_dir_all(&config.data_dir)?;
    Db::restore_sqlite(&config.database_url(), &arguments.file)
        .map_err(|error| CliError::new(format!("restoring: {}", with_causes(&error))))?;
    print(&format!("Restored the database from {}.\n", arguments.file.display()))
}
