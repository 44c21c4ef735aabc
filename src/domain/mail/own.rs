//! What the desk knows of itself when it looks at a mail.

use super::token::Signer;

/// The desk's own addresses, secrets and limits, from the settings.
#[derive(Debug, Clone)]
pub struct Own {
    /// What our Message-IDs end with, lower case.
    pub domain: String,
    /// Every address the desk sends from or receives at, lower case.
    pub addresses: Vec<String>,
    /// Signs and reads the marks in our Message-IDs and addresses.
    pub signer: Signer,
    /// Servers of the mailbox that the message came to whose topmost `Authentication-Results` are believed, lower
    /// case; `-` for one that writes no name. The server must take away fields of the same name
    /// that come from outside.
    pub trusted_servers: Vec<String>,
    /// Whether some mailbox of ours believes a server: then who is confirmed nowhere could be anybody.
    pub is_any_believed: bool,
    /// A larger message waits for a person.
    pub max_bytes: u64,
    /// When a sender has written too much.
    pub limits: RateLimits,
    /// What counts as spam.
    pub spam: SpamMarks,
    /// How other systems' ticket numbers look in subjects, beside those that are known everywhere; `#` stands for one
    /// digit or more.
    pub foreign_numbers: Vec<String>,
}

/// Stands for a server that writes `Authentication-Results` without its name, as Exchange Online does.
const UNNAMED_SERVER: &str = "-";

/// More than this isn't a person writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// Messages from one sender within an hour.
    pub per_sender_and_hour: u32,
    /// The same text from one sender within an hour.
    pub same_per_hour: u32,
    /// Servers passed.
    pub hops: u32,
    /// Tickets by one sender within a day whom nobody confirms and who has no login; further mail waits for a look.
    pub stranger_tickets_per_day: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { per_sender_and_hour: 30, same_per_hour: 3, hops: 40, stranger_tickets_per_day: 5 }
    }
}

/// Which marks of the receiving server count as spam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpamMarks {
    /// `X-Spam-Flag: YES` or `X-Spam-Status: Yes`.
    pub flag: bool,
    /// `X-MS-Exchange-Organization-SCL` from this on; 5 and up is spam to Exchange.
    pub scl_from: Option<i32>,
}

impl Default for SpamMarks {
    fn default() -> Self {
        Self { flag: true, scl_from: Some(5) }
    }
}

impl Own {
    /// Whether what a server says about a sender is believed; a server without a name is the empty text.
    #[must_use]
    pub fn believes(&self, server: &str) -> bool {
        let name = if server.is_empty() { UNNAMED_SERVER } else { server };
        self.trusted_servers.iter().any(|trusted| trusted == name)
    }

    /// Whether an address is one of ours, with or without a ticket's tag.
    #[must_use]
    pub fn is_own_address(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        let Some((local, domain)) = address.rsplit_once('@') else { return false };
        let bare = local.split('+').next().unwrap_or(local);
        self.addresses.iter().any(|own| *own == address || own.rsplit_once('@') == Some((bare, domain)))
    }
}
