//! How a mailbox is reached, and what is done with its mail.

use crate::text_enum;
use core::net::IpAddr;
use serde::{Deserialize, Serialize};

text_enum! {
    /// How mail to a mailbox's address gets here.
    pub enum Receive {
        /// The product fetches it from a mail server.
        Imap = "imap",
        /// It is handed over: by an own mail server's pipe, or by a program through the API.
        None = "none",
    }
}

text_enum! {
    /// How the connection to a mail server is kept secret.
    pub enum MailSecurity {
        /// Encrypted from the first byte (RFC 8314).
        Tls = "tls",
        /// Plain at first, then encrypted (RFC 2595); never plain when the server doesn't offer it.
        StartTls = "startTls",
        /// Plain: on this machine, or where somebody has said that it is meant.
        None = "none",
    }
}

text_enum! {
    /// How the product proves to the server who it is.
    pub enum MailboxAuth {
        /// By account and password.
        Password = "password",
        /// By an access token (OAuth 2.0 client credentials, XOAUTH2).
        Xoauth2 = "xoauth2",
    }
}

text_enum! {
    /// Where the very first reading begins.
    pub enum FirstFetch {
        /// All that lies in the folder.
        All = "all",
        /// Only what comes from now on.
        New = "new",
    }
}

text_enum! {
    /// What is done with a message at the server once it is stored here.
    pub enum AfterFetch {
        /// Nothing.
        Leave = "leave",
        /// It is marked as read.
        Seen = "seen",
        /// It is moved to another folder.
        Move = "move",
    }
}

text_enum! {
    /// What becomes of a message from somebody who isn't known.
    pub enum UnknownSenders {
        /// They become a contact, under the organisation of their domain, else the mailbox's.
        Contact = "contact",
        /// It waits for a person's look.
        Hold = "hold",
    }
}

text_enum! {
    /// What is wrong with a setting.
    pub enum SettingFault {
        /// It is empty and must not be.
        Required = "required",
        /// It has too many characters.
        TooLong = "tooLong",
        /// It doesn't have the form asked for.
        Malformed = "malformed",
        /// It is outside the range allowed.
        OutOfRange = "outOfRange",
        /// It isn't allowed together with the rest.
        NotAllowed = "notAllowed",
    }
}

/// The settings of a mailbox, as they are stored; the secret lies apart, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct MailboxSpec {
    /// How its mail gets here; what is about a server matters only where mail is fetched.
    pub receive: Receive,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub security: MailSecurity,
    /// Whether a plain connection to another machine is meant.
    pub plain_is_meant: bool,
    /// Certificates of authorities that are trusted besides the system's (PEM).
    pub authorities: String,
    /// How the product proves who it is.
    pub auth: MailboxAuth,
    /// The account; of a shared mailbox its address with XOAUTH2.
    pub username: String,
    /// Where access tokens are fetched.
    pub token_url: String,
    /// The application's id there.
    pub client_id: String,
    /// What the token is for.
    pub scope: String,
    /// The folder that is read.
    pub folder: String,
    /// Where the very first reading begins.
    pub first_fetch: FirstFetch,
    /// What is done with a message once it is stored here.
    pub after_fetch: AfterFetch,
    /// The folder it is moved to.
    pub move_to: String,
    /// What becomes of messages from strangers.
    pub unknown_senders: UnknownSenders,
    /// The name under which the mail server before this mailbox tells in `Authentication-Results` what it found
    /// about a sender (RFC 8601), `-` for one that writes no name; empty: nobody's word is taken.
    pub trusted_authserv: String,
    /// How other systems' ticket numbers look in subjects; `#` stands for one digit or more.
    pub foreign_numbers: Vec<String>,
    /// After so many minutes of opening hours without a message the mailbox is too silent; nothing: never.
    pub silent_after_minutes: Option<u32>,
    /// The last day on which the secret holds, where it has one.
    pub secret_expires: Option<jiff::civil::Date>,
}

impl Default for MailboxSpec {
    fn default() -> Self {
        Self {
            receive: Receive::Imap,
            host: String::new(),
            port: 993,
            security: MailSecurity::Tls,
            plain_is_meant: false,
            authorities: String::new(),
            auth: MailboxAuth::Password,
            username: String::new(),
            token_url: String::new(),
            client_id: String::new(),
            scope: "https://outlook.office365.com/.default".to_owned(),
            folder: "INBOX".to_owned(),
            first_fetch: FirstFetch::New,
            after_fetch: AfterFetch::Leave,
            move_to: String::new(),
            unknown_senders: UnknownSenders::Contact,
            trusted_authserv: String::new(),
            foreign_numbers: Vec::new(),
            silent_after_minutes: None,
            secret_expires: None,
        }
    }
}

const LONGEST_LINE: usize = 250;
const LONGEST_PEM: usize = 100_000;
const MOST_PATTERNS: usize = 20;
/// A year of opening hours.
const LONGEST_SILENCE: u32 = 130_000;

impl MailboxSpec {
    /// The most characters of a setting, by its name in JSON.
    #[must_use]
    pub fn longest(field: &str) -> usize {
        if field == "authorities" { LONGEST_PEM } else { LONGEST_LINE }
    }

    /// Whether the product fetches the mail itself.
    #[must_use]
    pub fn is_fetched(&self) -> bool {
        self.receive == Receive::Imap
    }

    /// What is wrong, each with the field's name in JSON.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, SettingFault)> {
        let is_fetched = self.is_fetched();
        let mut faults = Vec::new();
        let mut needs = |holds: bool, field: &'static str, fault: SettingFault| {
            if !holds && faults.iter().all(|(told, _)| *told != field) {
                faults.push((field, fault));
            }
        };
        let uses_token = is_fetched && self.auth == MailboxAuth::Xoauth2;
        for (field, value, is_needed) in [
            ("host", &self.host, is_fetched),
            ("username", &self.username, is_fetched),
            ("folder", &self.folder, is_fetched),
            ("moveTo", &self.move_to, is_fetched && self.after_fetch == AfterFetch::Move),
            ("tokenUrl", &self.token_url, uses_token),
            ("clientId", &self.client_id, uses_token),
            ("scope", &self.scope, uses_token),
            ("trustedAuthserv", &self.trusted_authserv, false),
        ] {
            needs(!is_needed || !value.trim().is_empty(), field, SettingFault::Required);
            needs(value.chars().count() <= LONGEST_LINE, field, SettingFault::TooLong);
            // A line break would begin another command.
            needs(!value.chars().any(char::is_control), field, SettingFault::Malformed);
        }
        let host_letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | ':');
        needs(self.host.chars().all(host_letters), "host", SettingFault::Malformed);
        needs(!is_fetched || self.port > 0, "port", SettingFault::OutOfRange);
        needs(
            !is_fetched
                || self.security != MailSecurity::None
                || self.plain_is_meant
                || is_loopback(&self.host),
            "security",
            SettingFault::NotAllowed,
        );
        // A secret is sent there.
        let token_host = self.token_url.strip_prefix("http://").map(host_of_address);
        needs(
            !uses_token
                || self.token_url.starts_with("https://")
                || token_host.is_some_and(|host| self.plain_is_meant || is_loopback(host)),
            "tokenUrl",
            SettingFault::Malformed,
        );
        needs(
            !is_fetched || self.after_fetch != AfterFetch::Move || self.move_to != self.folder,
            "moveTo",
            SettingFault::NotAllowed,
        );
        needs(self.authorities.len() <= LONGEST_PEM, "authorities", SettingFault::TooLong);
        needs(
            self.authorities.trim().is_empty() || self.authorities.contains("-----BEGIN CERTIFICATE-----"),
            "authorities",
            SettingFault::Malformed,
        );
        needs(self.foreign_numbers.len() <= MOST_PATTERNS, "foreignNumbers", SettingFault::OutOfRange);
        let is_pattern = |pattern: &String| {
            let letters = pattern.chars().filter(|c| c.is_alphanumeric()).count();
            pattern.contains('#') && letters >= 2 && pattern.chars().count() <= 40
        };
        needs(self.foreign_numbers.iter().all(is_pattern), "foreignNumbers", SettingFault::Malformed);
        needs(
            self.silent_after_minutes.is_none_or(|minutes| (1..=LONGEST_SILENCE).contains(&minutes)),
            "silentAfterMinutes",
            SettingFault::OutOfRange,
        );
        faults
    }
}

/// `login.example.se` of `login.example.se:8080/token`.
fn host_of_address(address: &str) -> &str {
    let authority = address.split('/').next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> MailboxSpec {
        MailboxSpec {
            host: "imap.example.se".to_owned(),
            username: "servicedesk".to_owned(),
            ..MailboxSpec::default()
        }
    }

    #[test]
    fn an_ordinary_mailbox_holds_and_survives_json() {
        let spec = spec();
        assert_eq!(spec.faults(), []);
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<MailboxSpec>(&json).unwrap(), spec);
        assert_eq!(serde_json::from_str::<MailboxSpec>("{}").unwrap(), MailboxSpec::default());
    }

    #[test]
    fn every_wrong_setting_is_named_once() {
        let wrong = MailboxSpec {
            host: "två servrar".to_owned(),
            port: 0,
            security: MailSecurity::None,
            auth: MailboxAuth::Xoauth2,
            username: "a\r\nLOGOUT".to_owned(),
            token_url: "http://login.example.se/token".to_owned(),
            after_fetch: AfterFetch::Move,
            move_to: "INBOX".to_owned(),
            foreign_numbers: vec!["#".to_owned()],
            silent_after_minutes: Some(0),
            ..MailboxSpec::default()
        };
        let mut fields: Vec<&str> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "clientId",
                "foreignNumbers",
                "host",
                "moveTo",
                "port",
                "security",
                "silentAfterMinutes",
                "tokenUrl",
                "username"
            ]
        );
    }

    #[test]
    fn a_mailbox_that_is_not_fetched_needs_no_server() {
        let handed_over = MailboxSpec { receive: Receive::None, port: 0, ..MailboxSpec::default() };
        assert_eq!(handed_over.faults(), []);
        let wrong = MailboxSpec { silent_after_minutes: Some(0), ..handed_over };
        assert_eq!(wrong.faults(), [("silentAfterMinutes", SettingFault::OutOfRange)]);
    }

    #[test]
    fn plain_is_for_this_machine_unless_it_is_meant() {
        let mut plain = MailboxSpec { security: MailSecurity::None, ..spec() };
        assert_eq!(plain.faults(), [("security", SettingFault::NotAllowed)]);
        plain.plain_is_meant = true;
        assert_eq!(plain.faults(), []);
        for host in ["localhost", "127.0.0.1", "::1"] {
            let local = MailboxSpec { host: host.to_owned(), plain_is_meant: false, ..plain.clone() };
            assert_eq!(local.faults(), [], "{host}");
        }
    }
}
