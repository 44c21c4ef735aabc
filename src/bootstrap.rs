//! The only place that builds the object graph from the configuration.

use crate::app::mail::MailSettings;
use crate::app::random::{Random, SystemRandom};
use crate::app::{App, AppSettings};
use crate::config::{Config, SmtpAuth, SmtpSecurity};
use crate::db::{Backend, Db, DbError, DbOptions};
use crate::domain::clock::{Clock, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, SystemClock};
use crate::files::FileStore;
use crate::jobs;
use crate::jobs::engine::{Runner, RunnerHandle, RunnerOptions};
use crate::mail::oauth::TokenSource;
use crate::mail::smtp::{Auth, Authorities, Security, Smtp, SmtpSettings};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BYTES_PER_MB: u64 = 1_000_000;
/// Characters of a signing key made by the product: 48 random bytes in hexadecimal.
const SECRET_BYTES: usize = 48;

/// Why the product can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder or the signing key in it.
    #[error("the data folder {path}: {source}")]
    DataDir {
        /// Which.
        path: PathBuf,
        /// What went wrong.
        #[source]
        source: io::Error,
    },
    /// The database can't be opened or migrated.
    #[error("the database: {0}")]
    Database(#[from] DbError),
    /// On PostgreSQL an administrator brings the schema up to date.
    #[error("the database's schema is {0} steps behind this program; run `arende migrate` first")]
    Behind(usize),
    /// The certificates that vouch for the mail server.
    #[error("mail.smtp_ca_file {path}: {cause}; name a PEM file with the authority's certificate")]
    MailAuthority {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The system has no randomness.
    #[error("{0}")]
    Random(#[from] crate::app::random::RandomError),
}

/// Opens the database as the settings say.
///
/// # Errors
/// [`StartError`].
pub fn open_database(config: &Config) -> Result<Db, StartError> {
    make_data_dir(&config.data_dir)?;
    let mut options = DbOptions::new(config.database_url());
    options.pool_size = config.database.pool_size;
    options.statement_timeout_ms = config.database.statement_timeout_ms;
    Ok(Db::open(&options)?)
}

/// Opens the database if there is one, as it is: nothing is made and nothing brought up to date.
///
/// # Errors
/// [`StartError`].
pub fn open_existing_database(config: &Config) -> Result<Option<Db>, StartError> {
    let url = config.database_url();
    let is_there = match url.strip_prefix("sqlite://") {
        Some(path) => Path::new(path).exists(),
        None => true,
    };
    if !is_there {
        return Ok(None);
    }
    let db = open_database(config)?;
    match db.pending_migrations()?.len() {
        0 => Ok(Some(db)),
        pending => Err(StartError::Behind(pending)),
    }
}

/// Opens the database and sees that its schema is this program's: SQLite is brought up to date, on
/// PostgreSQL that is for `arende migrate`, since other servers may be running.
///
/// # Errors
/// [`StartError`].
pub fn open_current_database(config: &Config) -> Result<Db, StartError> {
    let db = open_database(config)?;
    match db.backend() {
        Backend::Sqlite => {
            for name in db.migrate()? {
                tracing::info!(migration.name = %name, "Migrated the database");
            }
        }
        Backend::Postgres => {
            let pending = db.pending_migrations()?.len();
            if pending > 0 {
                return Err(StartError::Behind(pending));
            }
        }
    }
    Ok(db)
}

/// The use cases over an open database.
///
/// # Errors
/// [`StartError`].
pub fn build_app(config: &Config, db: Db) -> Result<App, StartError> {
    build_app_with(config, db, Arc::new(SystemClock), Arc::new(SystemRandom))
}

/// The use cases with a clock and randomness of the caller's choice.
///
/// # Errors
/// [`StartError`].
pub fn build_app_with(
    config: &Config,
    db: Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
) -> Result<App, StartError> {
    let settings = AppSettings {
        secret: secret(config, random.as_ref())?,
        access_token_micros: config.auth.access_token_minutes * MICROS_PER_MINUTE,
        session_micros: config.auth.session_hours * MICROS_PER_HOUR,
        password_min_chars: config.auth.password_min_chars,
        attachment_max_bytes: config.tickets.attachment_max_mb * BYTES_PER_MB,
        import_max_bytes: config.imports.max_mb * BYTES_PER_MB,
        mail_max_bytes: config.mail.max_message_mb * BYTES_PER_MB,
        public_url: config.server.public_url(),
        auto_close_micros: config.tickets.auto_close_days * MICROS_PER_DAY,
        mail: mail_settings(config)?,
    };
    let root = config.data_dir.join("files");
    let files = FileStore::open(&root).map_err(|source| StartError::DataDir { path: root, source })?;
    Ok(App::new(db, clock, random, files, settings))
}

/// How mail is sent.
fn mail_settings(config: &Config) -> Result<MailSettings, StartError> {
    let mail = &config.mail;
    let username = mail.smtp_username.clone();
    let auth = match mail.smtp_auth {
        SmtpAuth::None => Auth::None,
        SmtpAuth::Password => Auth::Password { username, password: mail.smtp_password.clone() },
        SmtpAuth::Xoauth2 => Auth::Token {
            username,
            source: TokenSource::new(
                mail.oauth_token_url.clone(),
                mail.oauth_client_id.clone(),
                mail.oauth_client_secret.clone(),
                mail.oauth_scope.clone(),
            ),
        },
    };
    let security = match mail.smtp_security {
        SmtpSecurity::StartTls => Security::StartTls,
        SmtpSecurity::Tls => Security::Tls,
        SmtpSecurity::None => Security::Plain,
    };
    let authorities = match mail.smtp_ca_file.as_str() {
        "" => None,
        path => Some(authorities(Path::new(path))?),
    };
    let server = SmtpSettings {
        host: mail.smtp_host.clone(),
        port: mail.smtp_port,
        security,
        auth,
        authorities,
        null_sender: mail.smtp_null_sender,
    };
    Ok(MailSettings {
        smtp: (!mail.smtp_host.is_empty()).then(|| Arc::new(Smtp::new(server))),
        from: (!mail.from.is_empty()).then(|| mail.from.clone()),
        reply_tags: mail.reply_tags,
        most_to_person: mail.most_to_person,
        most_on_ticket: mail.most_on_ticket,
    })
}

fn authorities(path: &Path) -> Result<Authorities, StartError> {
    let pem = fs::read(path).map_err(|error| error.to_string());
    pem.and_then(|pem| Authorities::from_pem(&pem))
        .map_err(|cause| StartError::MailAuthority { path: path.to_owned(), cause })
}

/// A name that no other worker has.
#[must_use]
pub fn owner_name(app: &App) -> String {
    format!("{}-{}", std::process::id(), app.now().micros())
}

/// A worker that runs the queued jobs until it is shut down.
#[must_use]
pub fn start_worker(app: &App) -> RunnerHandle {
    Runner::start(
        app.db().clone(),
        jobs::kinds::registry(app),
        Arc::new(SystemClock),
        RunnerOptions::new(owner_name(app)),
    )
}

fn make_data_dir(path: &Path) -> Result<(), StartError> {
    let wrap = |source| StartError::DataDir { path: path.to_owned(), source };
    fs::create_dir_all(path).map_err(wrap)
}

/// The signing key: the one set, or the one in the data folder, made at the first start.
fn secret(config: &Config, random: &dyn Random) -> Result<Vec<u8>, StartError> {
    if !config.auth.secret.is_empty() {
        return Ok(config.auth.secret.clone().into_bytes());
    }
    let path = config.data_dir.join("secret.key");
    let wrap = |source| StartError::DataDir { path: path.clone(), source };
    match fs::read(&path) {
        Ok(secret) if secret.len() >= SECRET_BYTES * 2 => return Ok(secret),
        Ok(_) => {
            return Err(wrap(io::Error::other(
                "holds too little to sign with; remove it to have a new one made",
            )));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(wrap(error)),
    }
    let mut bytes = [0_u8; SECRET_BYTES];
    random.fill(&mut bytes)?;
    let secret = crate::app::hex(&bytes);
    write_privately(&path, secret.as_bytes()).map_err(wrap)?;
    Ok(secret.into_bytes())
}

fn write_privately(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
