//! E-mail: sending, and what is taken in.

use serde::{Deserialize, Serialize};

/// E-mail.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The server that sends; empty for none.
    pub smtp_host: String,
    /// Its port.
    pub smtp_port: u16,
    /// How the connection is kept secret.
    pub smtp_security: SmtpSecurity,
    /// How we prove who we are.
    pub smtp_auth: SmtpAuth,
    /// The account.
    pub smtp_username: String,
    /// Its password.
    pub smtp_password: String,
    /// A PEM file with certificates that vouch for the server beside those the system trusts; empty for none.
    pub smtp_ca_file: String,
    /// Whether acknowledgements leave with an empty envelope sender.
    pub smtp_null_sender: bool,
    /// Where access tokens are fetched (OAuth 2.0 client credentials).
    pub oauth_token_url: String,
    /// The application's id there.
    pub oauth_client_id: String,
    /// Its secret.
    pub oauth_client_secret: String,
    /// What the token is for.
    pub oauth_scope: String,
    /// Whom mail comes from when the desk has no mailbox; empty for nobody.
    pub from: String,
    /// Whether answers come to addresses with a tag.
    pub reply_tags: bool,
    /// The largest message taken in, in megabytes.
    pub max_message_mb: u64,
    /// Mails to one person within an hour.
    pub most_to_person: i64,
    /// Mails about one ticket within an hour.
    pub most_on_ticket: i64,
}

/// How a connection to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SmtpSecurity {
    /// Plain at first, then encrypted (RFC 3207); never plain when the server doesn't offer it.
    StartTls,
    /// Encrypted from the first byte (RFC 8314).
    Tls,
    /// Plain.
    None,
}

/// How we prove to a mail server who we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpAuth {
    /// Not at all.
    None,
    /// By account and password.
    Password,
    /// By an access token.
    Xoauth2,
}

/// Without the secrets.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("smtp_host", &self.smtp_host)
            .field("smtp_port", &self.smtp_port)
            .field("smtp_security", &self.smtp_security)
            .field("smtp_auth", &self.smtp_auth)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

impl Mail {
    pub(super) fn validate(&self, wrong: &mut Vec<String>) {
        let mut needs = |holds: bool, sentence: &str| {
            if !holds {
                wrong.push(sentence.to_owned());
            }
        };
        needs(!self.smtp_host.contains(char::is_whitespace), "mail.smtp_host must be the name of a host");
        needs(
            self.from.is_empty()
                || self.from.split('@').all(|part| !part.is_empty()) && self.from.contains('@'),
            "mail.from must be an address",
        );
        needs(
            self.smtp_auth != SmtpAuth::Password
                || !self.smtp_username.is_empty() && !self.smtp_password.is_empty(),
            "mail.smtp_auth = password needs mail.smtp_username and mail.smtp_password",
        );
        let has_oauth =
            [&self.smtp_username, &self.oauth_token_url, &self.oauth_client_id, &self.oauth_client_secret]
                .iter()
                .all(|value| !value.is_empty());
        needs(
            self.smtp_auth != SmtpAuth::Xoauth2 || has_oauth,
            "mail.smtp_auth = xoauth2 needs mail.smtp_username, mail.oauth_token_url, mail.oauth_client_id and \
             mail.oauth_client_secret",
        );
        needs((1..=500).contains(&self.max_message_mb), "mail.max_message_mb must be between 1 and 500");
        needs((1..=10_000).contains(&self.most_to_person), "mail.most_to_person must be between 1 and 10000");
        needs((1..=10_000).contains(&self.most_on_ticket), "mail.most_on_ticket must be between 1 and 10000");
    }
}
