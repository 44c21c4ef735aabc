//! `arende migrate`.

use super::{CliError, print};
use crate::bootstrap::{StartError, open_database};
use crate::config::Config;

pub(super) fn run(config: &Config) -> Result<(), CliError> {
    let db = open_database(config)?;
    let names = db.migrate().map_err(StartError::from)?;
    if names.is_empty() {
        return print("The database is up to date.\n");
    }
    print(&names.iter().map(|name| format!("{name}\n")).collect::<String>())
}
