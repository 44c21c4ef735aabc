//! Typed settings: built-in defaults, then files given by `--config`, then the environment.
//!
//! Every key is explained in `config/default.toml`, which is the defaults. An unknown key is an error,
//! so that a misspelt one isn't passed over in silence.

mod auth;
mod database;
mod desk;
mod imports;
mod mail;
mod metrics;
mod server;
mod telemetry;
mod tickets;

pub use auth::Auth;
pub use database::Database;
pub use desk::Desk;
pub use imports::Imports;
pub use mail::{Mail, SmtpAuth, SmtpSecurity};
pub use metrics::Metrics;
pub use server::Server;
pub use telemetry::Telemetry;
pub use tickets::Tickets;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The built-in defaults.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");
const MASK: &str = "********";

/// All settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the embedded database, files and the signing key are kept.
    pub data_dir: PathBuf,
    /// The HTTP server.
    pub server: Server,
    /// The desk, as people see it.
    pub desk: Desk,
    /// The database.
    pub database: Database,
    /// Signing in.
    pub auth: Auth,
    /// Tickets.
    pub tickets: Tickets,
    /// E-mail.
    pub mail: Mail,
    /// Imports.
    pub imports: Imports,
    /// Logging.
    pub telemetry: Telemetry,
    /// Metrics.
    pub metrics: Metrics,
}

/// Why the settings don't hold.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file, key or value isn't understood.
    #[error("{0}")]
    Malformed(#[source] Box<figment::Error>),
    /// A file isn't there.
    #[error("the settings file {0} does not exist")]
    NoFile(PathBuf),
    /// Values that can't be used, one sentence each.
    #[error("{}", .0.join("; "))]
    Invalid(Vec<String>),
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, key and value that is wrong.
    pub fn load(files: &[PathBuf]) -> Result<Self, ConfigError> {
        Self::from(&Self::layers(files)?)
    }

    fn layers(files: &[PathBuf]) -> Result<Figment, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        for file in files {
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.clone()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        let short =
            Env::raw().only(&["ARENDE_DATABASE_URL", "ARENDE_DATA_DIR", "ARENDE_BIND"]).map(|key| match key
                .as_str()
            {
                "ARENDE_DATABASE_URL" => "database.url".into(),
                "ARENDE_BIND" => "server.bind".into(),
                _ => "data_dir".into(),
            });
        let long = Env::prefixed("ARENDE_").filter(|key| key.as_str().contains("__")).split("__");
        Ok(figment.merge(short).merge(long))
    }

    fn from(figment: &Figment) -> Result<Self, ConfigError> {
        let config: Self = figment.extract().map_err(|error| ConfigError::Malformed(Box::new(error)))?;
        let mut wrong = Vec::new();
        config.server.validate(&mut wrong);
        config.database.validate(&mut wrong);
        config.auth.validate(&mut wrong);
        config.tickets.validate(&mut wrong);
        config.desk.validate(&mut wrong);
        config.mail.validate(&mut wrong);
        config.imports.validate(&mut wrong);
        config.telemetry.validate(&mut wrong);
        config.metrics.validate(&mut wrong);
        if config.database.is_postgres() && config.auth.secret.is_empty() {
            wrong.push("auth.secret must be set on PostgreSQL: all servers need the same one".to_owned());
        }
        if wrong.is_empty() { Ok(config) } else { Err(ConfigError::Invalid(wrong)) }
    }

    /// The defaults with a data folder of its own, for tests.
    ///
    /// # Errors
    /// [`ConfigError`] when the defaults themselves are wrong.
    pub fn for_data_dir(data_dir: &Path) -> Result<Self, ConfigError> {
        let layers = Figment::from(Toml::string(DEFAULTS)).merge(Serialized::default("data_dir", data_dir));
        Self::from(&layers)
    }

    /// The database's address: the one set, or the file in the data folder.
    #[must_use]
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite://{}", self.data_dir.join("arende.db").display())
        } else {
            self.database.url.clone()
        }
    }

    /// The settings as TOML, secrets masked.
    ///
    /// # Errors
    /// When they can't be written as TOML.
    pub fn shown(&self) -> Result<String, toml::ser::Error> {
        let mut shown = self.clone();
        for secret in [
            &mut shown.auth.secret,
            &mut shown.metrics.token,
            &mut shown.mail.smtp_password,
            &mut shown.mail.oauth_client_secret,
        ] {
            if !secret.is_empty() {
                MASK.clone_into(secret);
            }
        }
        shown.database.url = masked_url(&shown.database.url);
        toml::to_string_pretty(&shown)
    }
}

/// An address with its password masked.
fn masked_url(url: &str) -> String {
    let masked = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:{MASK}@{host}"))
    };
    masked().unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_hold() {
        let config = Config::for_data_dir(Path::new("somewhere")).unwrap();
        assert_eq!(config.server.bind.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database_url(), "sqlite://somewhere/arende.db");
    }

    #[test]
    fn an_unknown_key_and_a_bad_value_are_named() {
        let read =
            |text: &str| Config::from(&Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(text)));
        let error = read("[server]\nbindd = \"x\"").unwrap_err().to_string();
        assert!(error.contains("bindd"), "{error}");
        let error = read("[auth]\npassword_min_chars = 4\nsecret = \"short\"").unwrap_err().to_string();
        assert!(error.contains("password_min_chars") && error.contains("auth.secret"), "{error}");
        let error = read("[database]\nurl = \"mysql://x\"").unwrap_err().to_string();
        assert!(error.contains("database.url"), "{error}");
        let error = read("[database]\nurl = \"postgres://x/y\"").unwrap_err().to_string();
        assert!(error.contains("auth.secret"), "{error}");
    }

    #[test]
    fn secrets_are_masked() {
        let mut config = Config::for_data_dir(Path::new("d")).unwrap();
        config.auth.secret = "a-very-secret-text-of-32-characters".to_owned();
        config.database.url = "postgres://anna:hemligt@db.example.se/arende".to_owned();
        let shown = config.shown().unwrap();
        assert!(!shown.contains("hemligt") && !shown.contains("a-very-secret"), "{shown}");
        assert!(shown.contains("postgres://anna:********@db.example.se/arende"), "{shown}");
    }
}
