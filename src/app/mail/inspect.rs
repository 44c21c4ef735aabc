//! What the intake would make of a message, for whoever keeps the server (contract §5).

use super::settle::{Verdict, belongs_to, member_of, verdict};
use crate::app::{App, AppError};
use crate::db::inbound_mails;
use crate::domain::ids::InboundMailId;
use crate::domain::mail::{Decision, InboundMail, decide, questions, unparsable};
use crate::mail::parse::{Limits, Unparsable, parse};

/// What is known of the desk beside what the database and the settings say.
#[derive(Debug, Clone, Default)]
pub struct AlsoOwn {
    /// Addresses of the desk, in lower case.
    pub addresses: Vec<String>,
    /// What the desk's Message-IDs end with, in lower case.
    pub domain: Option<String>,
    /// Servers whose Authentication-Results are believed, in lower case.
    pub trusted_servers: Vec<String>,
}

/// What would become of a message.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// What it says, or why it can't be read.
    pub mail: Result<Box<InboundMail>, Unparsable>,
    /// What was decided and why.
    pub decision: Decision,
    /// What it would become.
    pub verdict: Verdict,
}

impl App {
    /// What would become of a message that came now. Stores nothing; that the same message has come before is left
    /// out of account, so that one that surprised somebody can be looked at anew.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn inspect_mail(&self, raw: &[u8], also: AlsoOwn) -> Result<Inspected, AppError> {
        let directory = self.fresh_directory().await?;
        let mut post = self.db().read_blocking(|conn| self.post(conn))?;
        post.own.addresses.extend(also.addresses);
        if let Some(domain) = also.domain {
            post.own.domain = domain;
        }
        let parsed = match parse(raw, &Limits { bytes: usize::MAX, ..Limits::default() }) {
            Ok(parsed) => parsed,
            Err(error) => {
                let decision = unparsable(error.code());
                return Ok(Inspected { mail: Err(error), decision, verdict: Verdict::Quarantine });
            }
        };
        let mail = Box::new(parsed.mail);
        let arrival = post.arrival(None, Some(&mail), &directory)?;
        let asked = questions(&mail, &post.own);
        let (facts, home) = self.db().read_blocking(|conn| {
            let before = match &asked.message_id {
                Some(id) => {
                    inbound_mails::by_fingerprint(conn, &super::facts::fingerprint(id, &asked.words))?
                }
                None => None,
            };
            let id = before.unwrap_or(InboundMailId(0));
            let facts = self.facts(conn, &directory, id, &mail, (&post, arrival), self.now())?;
            let home = match (facts.user, &asked.sender) {
                (Some(user), _) => member_of(conn, user, &arrival)?,
                (None, Some(address)) => belongs_to(conn, address, &arrival)?,
                (None, None) => None,
            };
            Ok::<_, AppError>((facts, home))
        })?;
        // As if it had been fetched from the mailbox that it is addressed to.
        let mut own = post.own_at(arrival.mailbox);
        own.is_any_believed |= !also.trusted_servers.is_empty();
        own.trusted_servers.extend(also.trusted_servers);
        let decision = decide(&mail, &own, &facts.answers);
        let verdict = match verdict(&decision, &facts.answers) {
            Verdict::Ticket if home.is_none() => Verdict::Hold,
            verdict => verdict,
        };
        Ok(Inspected { mail: Ok(mail), decision, verdict })
    }
}
