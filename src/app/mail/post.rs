//! What the desk is to mail: its addresses, its marks, and how each mailbox is to be read.

use crate::app::{App, AppError, AppSettings};
use crate::db::mailboxes::{self, StoredMailbox};
use crate::db::{Conn, DbError};
use crate::domain::ids::{DeskId, MailboxId, OrganisationId};
use crate::domain::mail::{InboundMail, Own, RateLimits, Signer, SpamMarks, UnknownSender, UnknownSenders};
use crate::domain::people::Directory;

/// The desk's side of a message.
#[derive(Debug, Clone)]
pub(super) struct Post {
    /// What tells our own marks; nobody's word about senders is taken by it.
    pub(super) own: Own,
    boxes: Vec<StoredMailbox>,
}

/// Where a message came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    /// The desk that reads it.
    pub(super) desk: DeskId,
    /// The mailbox.
    pub(super) mailbox: Option<MailboxId>,
    /// Where strangers are registered whose domain says nothing.
    pub(super) organisation: Option<OrganisationId>,
    /// What is done with mail from strangers.
    pub(super) unknown_sender: UnknownSender,
}

impl AppSettings {
    /// What our Message-IDs end with: the name by which people reach the server. It stays the same as long as
    /// that does, so that answers to old mails find their tickets.
    #[must_use]
    pub fn mail_domain(&self) -> &str {
        let after_scheme =
            self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        after_scheme.split(['/', ':']).next().unwrap_or(after_scheme)
    }

    /// Signs and reads the marks in our Message-IDs and addresses.
    #[must_use]
    pub fn mail_signer(&self) -> Signer {
        Signer::new(self.secret.clone())
    }
}

impl App {
    pub(super) fn post(&self, conn: &mut Conn) -> Result<Post, DbError> {
        let boxes = mailboxes::all(conn)?;
        let settings = self.settings();
        let mut addresses: Vec<String> = boxes.iter().map(|mailbox| mailbox.address.to_lowercase()).collect();
        addresses.extend(settings.mail.from.as_ref().map(|from| from.to_lowercase()));
        let own = Own {
            domain: settings.mail_domain().to_lowercase(),
            addresses,
            signer: settings.mail_signer(),
            trusted_servers: Vec::new(),
            is_any_believed: boxes.iter().any(|mailbox| !mailbox.spec.trusted_authserv.trim().is_empty()),
            max_bytes: settings.mail_max_bytes,
            limits: RateLimits::default(),
            spam: SpamMarks::default(),
            foreign_numbers: boxes.iter().flat_map(|mailbox| mailbox.spec.foreign_numbers.clone()).collect(),
        };
        Ok(Post { own, boxes })
    }
}

impl Post {
    /// The same with the server that is believed about mail to a mailbox. Which one that is says whoever fetched or
    /// handed over the message, never the message: the server of another mailbox doesn't take away what outsiders
    /// write in its name.
    pub(super) fn own_at(&self, mailbox: Option<MailboxId>) -> Own {
        let at = mailbox.and_then(|id| self.boxes.iter().find(|mailbox| mailbox.id == id));
        let trusted = at.map(|mailbox| mailbox.spec.trusted_authserv.trim().to_lowercase());
        let trusted_servers = trusted.into_iter().filter(|name| !name.is_empty()).collect();
        Own { trusted_servers, ..self.own.clone() }
    }

    /// Where a message came to: the mailbox it was fetched from, or the one it is addressed to. The first desk
    /// when neither says anything.
    pub(super) fn arrival(
        &self,
        named: Option<MailboxId>,
        mail: Option<&InboundMail>,
        directory: &Directory,
    ) -> Result<Arrival, AppError> {
        let addressed = |mail: &InboundMail| {
            let to = mail.delivered_to.iter().map(String::as_str);
            let to = to.chain(mail.to.iter().chain(&mail.cc).map(|mailbox| mailbox.address.as_str()));
            to.filter_map(untagged)
                .find_map(|address| self.boxes.iter().find(|b| b.address.to_lowercase() == address))
        };
        let found = named
            .and_then(|id| self.boxes.iter().find(|mailbox| mailbox.id == id))
            .or_else(|| mail.and_then(addressed));
        let desk = match found {
            Some(mailbox) => mailbox.desk,
            None => directory
                .desks
                .first()
                .map(|desk| desk.id)
                .ok_or_else(|| AppError::internal("taking in a mail", "there is no desk"))?,
        };
        Ok(Arrival {
            desk,
            mailbox: found.map(|mailbox| mailbox.id),
            organisation: found.and_then(|mailbox| mailbox.organisation),
            unknown_sender: match found.map(|mailbox| mailbox.spec.unknown_senders) {
                Some(UnknownSenders::Hold) => UnknownSender::Wait,
                Some(UnknownSenders::Contact) | None => UnknownSender::TakeIn,
            },
        })
    }
}

/// An address in lower case without a ticket's tag.
fn untagged(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let bare = local.split('+').next().unwrap_or(local);
    Some(format!("{bare}@{domain}").to_lowercase())
}
