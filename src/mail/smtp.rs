//! Handing mails to the mail server.

use super::compose::{ComposeError, Letter, compose, named_envelope};
use super::oauth::TokenSource;
use crate::domain::causes::with_causes;
use crate::domain::clock::Instant;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::fmt;
use std::time::Duration;
use tokio::sync::Mutex;

/// For each command of the conversation.
const TIMEOUT: Duration = Duration::from_secs(30);
const MOST_CONNECTIONS: u32 = 4;
const IDLE: Duration = Duration::from_secs(45);

/// How the connection is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Plain at first, then encrypted; never plain when the server doesn't offer it.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Plain.
    Plain,
}

/// How we prove who we are.
pub enum Auth {
    /// Not at all.
    None,
    /// By account and password.
    Password {
        /// The account.
        username: String,
        /// Its password.
        password: String,
    },
    /// By an access token (XOAUTH2).
    Token {
        /// The address that sends.
        username: String,
        /// Where tokens come from.
        source: TokenSource,
    },
}

/// The server that sends.
pub struct SmtpSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: Security,
    /// How we prove who we are.
    pub auth: Auth,
    /// Who vouches for the server beside those whom the system trusts.
    pub authorities: Option<Authorities>,
    /// Whether mail that nobody is to be told about leaves with the empty sender `<>` (RFC 3834); some providers take
    /// mail from known senders only.
    pub null_sender: bool,
}

/// Certificates of authorities.
#[derive(Clone)]
pub struct Authorities(Certificate);

impl Authorities {
    /// Those in a PEM file (RFC 7468).
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        // The library takes a file without any certificate for one that vouches for nobody.
        if !pem.windows(27).any(|window| window == b"-----BEGIN CERTIFICATE-----") {
            return Err("there is no certificate in it".to_owned());
        }
        Certificate::from_pem(pem).map(Self).map_err(|error| with_causes(&error))
    }
}

/// Why a mail didn't go out.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The server won't ever take it, in its words.
    #[error("{0}")]
    Permanent(String),
    /// It may go better later: what went wrong, in the server's words or the library's.
    #[error("{0}")]
    Temporary(String),
    /// It can't be written as a message.
    #[error("writing the message")]
    Compose(#[from] ComposeError),
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// A mail server, with connections kept open for the next mails.
pub struct Smtp {
    settings: SmtpSettings,
    /// The connections, and the token they were opened with.
    open: Mutex<Option<(String, Transport)>>,
}

/// Without the secrets.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("host", &self.settings.host).field("port", &self.settings.port).finish()
    }
}

impl Smtp {
    /// The server; nothing is opened yet.
    #[must_use]
    pub fn new(settings: SmtpSettings) -> Self {
        Self { settings, open: Mutex::new(None) }
    }

    /// Hands over a mail. When this returns, the server answers for it.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, letter: &Letter, now: Instant) -> Result<(), SendError> {
        let message = compose(letter)?;
        let transport = self.transport(now).await?;
        let sent = match self.settings.null_sender {
            true => transport.send(message).await,
            false => transport.send_raw(&named_envelope(letter)?, &message.formatted()).await,
        };
        match sent {
            Ok(_) => Ok(()),
            Err(error) => {
                let fate = fate(&error);
                if is_about_us(&error) {
                    self.close().await;
                }
                Err(fate)
            }
        }
    }

    async fn transport(&self, now: Instant) -> Result<Transport, SendError> {
        let token = match &self.settings.auth {
            Auth::Token { source, .. } => {
                source.token(now).await.map_err(|error| SendError::Temporary(error.to_string()))?
            }
            Auth::None | Auth::Password { .. } => String::new(),
        };
        let mut open = self.open.lock().await;
        if let Some((with, transport)) = open.as_ref()
            && *with == token
        {
            return Ok(transport.clone());
        }
        let transport = self.build(&token)?;
        *open = Some((token, transport.clone()));
        Ok(transport)
    }

    /// Lets the next mail begin anew, with a new token.
    async fn close(&self) {
        *self.open.lock().await = None;
        if let Auth::Token { source, .. } = &self.settings.auth {
            source.forget().await;
        }
    }

    fn build(&self, token: &str) -> Result<Transport, SendError> {
        super::ensure_crypto();
        let SmtpSettings { host, port, security, auth, authorities, null_sender: _ } = &self.settings;
        let parameters = || {
            let mut builder = TlsParameters::builder(host.clone());
            if let Some(Authorities(certificates)) = authorities {
                builder = builder.add_root_certificate(certificates.clone());
            }
            builder.build().map_err(|error| SendError::Temporary(with_causes(&error)))
        };
        let tls = match security {
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::Plain => Tls::None,
        };
        let pool = PoolConfig::new().max_size(MOST_CONNECTIONS).idle_timeout(IDLE);
        let builder = Transport::builder_dangerous(host.as_str())
            .port(*port)
            .tls(tls)
            .timeout(Some(TIMEOUT))
            .pool_config(pool);
        Ok(match auth {
            Auth::None => builder,
            Auth::Password { username, password } => builder
                .credentials(Credentials::new(username.clone(), password.clone()))
                .authentication(vec![Mechanism::Plain, Mechanism::Login]),
            Auth::Token { username, .. } => builder
                .credentials(Credentials::new(username.clone(), token.to_owned()))
                .authentication(vec![Mechanism::Xoauth2]),
        }
        .build())
    }
}

/// What a failure means for the mail. A refusal of *us* (wrong password, sign-in turned off, not allowed to send
/// as this address, no service) is mended by an administrator, and then the mail goes out.
fn fate(error: &lettre::transport::smtp::Error) -> SendError {
    let text = with_causes(error);
    let code = error.status().map_or(0, u16::from);
    if error.is_permanent() && is_about_the_mail(code, &text) {
        SendError::Permanent(text)
    } else {
        SendError::Temporary(text)
    }
}

/// Whether a lasting refusal is of this mail or its recipient and no other. Servers say so by the enhanced status
/// (RFC 3463); without one, by the codes that RFC 5321 § 4.2.3 has for mailboxes.
fn is_about_the_mail(code: u16, said: &str) -> bool {
    match enhanced(said) {
        // The sender's address is bad.
        Some((1, 7 | 8)) => false,
        // The recipient's address, their mailbox, the message's content; too large; no route to them.
        Some((1 | 2 | 6, _) | (3 | 4, 4)) => true,
        Some(_) => false,
        None => matches!(code, 550..=553),
    }
}

/// Subject and detail of the first `5.x.y` in what a server said.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    said.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| {
        let mut numbers = word.strip_prefix("5.")?.split('.').map(str::parse);
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(subject)), Some(Ok(detail)), None) => Some((subject, detail)),
            _ => None,
        }
    })
}

/// Whether our sign-in was refused: RFC 4954 § 6 and what Microsoft 365 says about basic authentication.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map_or(0, u16::from);
    let text = with_causes(error);
    matches!(code, 530 | 534 | 535 | 538) || text.contains("5.7.30 ") || text.contains("5.7.139 ")
}

#[cfg(test)]
mod tests;
