//! Who gets a mail about what has happened to a ticket: found out once, in the transaction that tells people.

use super::MailSettings;
use super::vouched::is_vouched_for;
use crate::app::outbox::{self, SendMail};
use crate::app::{AppError, AppSettings, notices, opaque};
use crate::db::outbound_mails::{self, NewOutboundMail, SendingMailbox};
use crate::db::{Conn, Tx, inbound_mails, mail_settings, users};
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use crate::domain::ids::UserId;
use crate::domain::mail::{MessageToken, Signer, Suppressed, Template};
use crate::domain::notify;
use crate::domain::people::{Directory, UserStatus};
use crate::domain::sla::stockholm;
use crate::domain::ticket::{Channel, Ticket, TicketEvent};
use std::collections::BTreeMap;

/// Whom mail about a ticket comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sender {
    pub(super) mailbox: Option<crate::domain::ids::MailboxId>,
    pub(super) name: String,
    pub(super) address: String,
}

/// A mail to be noted, and the digest that takes it in when it doesn't go by itself.
#[derive(Debug, Clone)]
pub(in crate::app) struct Planned {
    mail: NewOutboundMail,
    digest: Option<NewOutboundMail>,
    /// Whose mail it acknowledges, which a machine may have written.
    acknowledges: Option<Writer>,
}

/// Who wrote a mail that is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writer {
    /// Somebody with a login, or whom a believed server confirms.
    Vouched,
    /// Anybody.
    Stranger,
}

impl Writer {
    /// An address gets one acknowledgement in this time: a machine answers each with a message that would be
    /// acknowledged in turn. Whoever writes about two things in a row is told of the first.
    const fn once_in(self) -> i64 {
        match self {
            Self::Vouched => 10 * MICROS_PER_MINUTE,
            Self::Stranger => MICROS_PER_DAY,
        }
    }

    /// After so many there is none until a person of ours has written: a machine that takes its time is still then.
    const fn most_unanswered(self) -> i64 {
        match self {
            Self::Vouched => 20,
            Self::Stranger => 3,
        }
    }
}

impl Planned {
    /// Whose mails are counted before this one is noted.
    fn counted_by(&self) -> impl Iterator<Item = String> {
        let person = Some(self.mail.recipient.to_lowercase());
        person.into_iter().chain(self.mail.ticket.map(|ticket| ticket.to_string()))
    }
}

/// The desk's mailbox, its organisation's own first; else whoever is set to send.
pub(super) fn sender(
    conn: &mut Conn,
    settings: &MailSettings,
    directory: &Directory,
    ticket: &Ticket,
) -> Result<Option<Sender>, AppError> {
    let boxes = outbound_mails::sending_mailboxes(conn, ticket.desk)?;
    let of =
        |organisation| boxes.iter().find(|mailbox: &&SendingMailbox| mailbox.organisation == organisation);
    let own = of(Some(ticket.organisation)).or_else(|| of(Some(ticket.customer))).or_else(|| of(None));
    if let Some(SendingMailbox { id, name, address, .. }) = own {
        return Ok(Some(Sender { mailbox: Some(*id), name: name.clone(), address: address.clone() }));
    }
    let name = directory.desk(ticket.desk).map_or(String::new(), |desk| desk.name.clone());
    Ok(settings.from.clone().map(|address| Sender { mailbox: None, name, address }))
}

/// The mails that tell of events of a ticket, one for each person: of several that one step would send, the
/// one that tells most.
pub(in crate::app) fn planned(
    conn: &mut Conn,
    settings: &AppSettings,
    directory: &Directory,
    ticket: &Ticket,
    events: &[TicketEvent],
    now: Instant,
) -> Result<Vec<Planned>, AppError> {
    if settings.mail.smtp.is_none() {
        return Ok(Vec::new());
    }
    let mut told: BTreeMap<UserId, (Template, i64)> = BTreeMap::new();
    for event in events {
        for (audience, template) in notify::mails(ticket, event) {
            for person in notices::people_of(conn, ticket, audience)? {
                // Nobody is told of what they did themselves; only that what they sent has come in.
                let is_receipt = template == Template::Received;
                if Some(person) == event.actor && !is_receipt {
                    continue;
                }
                // RFC 3834: machines get no answer from a machine.
                if is_receipt && !inbound_mails::may_be_answered(conn, ticket.id)? {
                    continue;
                }
                let held = told.entry(person).or_insert((template, event.sequence));
                if template.weight() > held.0.weight() {
                    *held = (template, event.sequence);
                }
            }
        }
    }
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let Some(sender) = sender(conn, &settings.mail, directory, ticket)? else { return Ok(Vec::new()) };
    let signer = Signer::new(settings.secret.clone());
    let mut planned = Vec::new();
    for (person, (template, sequence)) in told {
        let Some(user) = users::by_id(conn, person)?.filter(|user| user.status == UserStatus::Active) else {
            continue;
        };
        let roles = users::roles(conn, person)?;
        if roles.iter().any(|(role, _)| *role == Role::Integration) {
            continue;
        }
        let id = opaque::encode(person.get());
        let token = MessageToken {
            ticket: ticket.number,
            sequence: u64::try_from(sequence).unwrap_or_default(),
            recipient: id.clone(),
        };
        let domain = settings.mail_domain();
        let mut mail = NewOutboundMail {
            cause: format!("{}/{sequence}/{id}", ticket.number),
            template,
            user: person,
            recipient: user.email.clone(),
            ticket: Some(ticket.id),
            event_sequence: Some(sequence),
            mailbox: sender.mailbox,
            header_message_id: signer.message_id(&token, domain),
            suppressed: None,
            is_digest: false,
            send_after: now,
        };
        if mail_settings::has_bounced(conn, &user.email)? {
            mail.suppressed = Some(Suppressed::Bounced.as_text());
        }
        // Those who wait for an answer get it at once, whatever they are besides.
        let works_with_it = person != ticket.requester && roles.iter().any(|(role, _)| role.is_staff());
        let mut digest = None;
        if works_with_it {
            let preferences = mail_settings::preferences(conn, person)?;
            mail.send_after = preferences.single_at(now, stockholm());
            let gathered = preferences.digest_after(now, stockholm()).filter(|_| !template.is_urgent());
            if let Some(at) = gathered {
                let seconds = at.micros() / MICROS_PER_SECOND;
                (mail.send_after, mail.is_digest) = (at, true);
                digest = Some(NewOutboundMail {
                    cause: format!("digest/{seconds}/{id}"),
                    template: Template::Digest,
                    ticket: None,
                    event_sequence: None,
                    header_message_id: format!("digest.{seconds}.{id}@{domain}"),
                    is_digest: false,
                    ..mail.clone()
                });
            }
        }
        let acknowledges = match template == Template::Received && ticket.channel == Channel::Email {
            false => None,
            true if is_vouched_for(conn, ticket)? => Some(Writer::Vouched),
            true => Some(Writer::Stranger),
        };
        planned.push(Planned { mail, digest, acknowledges });
    }
    Ok(planned)
}

/// Notes the mails and queues their sending. A cause that was noted before changes nothing.
pub(in crate::app) fn store(
    tx: &mut Tx<'_>,
    settings: &MailSettings,
    planned: &[Planned],
    now: Instant,
) -> Result<(), AppError> {
    let hour_ago = now.plus_micros(-MICROS_PER_HOUR);
    outbound_mails::lock_counts(tx, &planned.iter().flat_map(Planned::counted_by).collect())?;
    for Planned { mail, digest, acknowledges } in planned {
        let mut mail = mail.clone();
        if mail.suppressed.is_none()
            && let Some(cap) = capped(tx.conn(), settings, &mail, hour_ago)?
        {
            mail.suppressed = Some(cap.as_text());
            tracing::warn!(
                mail.cause = mail.cause,
                reason = cap.as_text(),
                "Left out a mail: too many within an hour"
            );
        }
        if mail.suppressed.is_none()
            && let Some(writer) = acknowledges
            && was_acknowledged(tx.conn(), &mail, *writer, now)?
        {
            mail.suppressed = Some(Suppressed::Acknowledged.as_text());
        }
        let Some(id) = outbound_mails::insert_once(tx, &mail, now)? else { continue };
        if mail.suppressed.is_some() {
            continue;
        }
        let due = match digest {
            None => Some((id, mail.send_after)),
            Some(digest) => outbound_mails::insert_once(tx, digest, now)?.map(|id| (id, digest.send_after)),
        };
        if let Some((mail, at)) = due {
            outbox::queue(tx, &SendMail { mail }, None, at, now)?;
        }
    }
    Ok(())
}

fn was_acknowledged(
    conn: &mut Conn,
    mail: &NewOutboundMail,
    writer: Writer,
    now: Instant,
) -> Result<bool, AppError> {
    let answered = outbound_mails::last_by_person(conn, &mail.recipient)?;
    let mut after = |at: Instant| outbound_mails::count_acknowledged(conn, &mail.recipient, at);
    Ok(after(now.plus_micros(-writer.once_in()))? > 0
        || after(answered.unwrap_or(Instant::from_micros(0)))? >= writer.most_unanswered())
}

fn capped(
    conn: &mut Conn,
    settings: &MailSettings,
    mail: &NewOutboundMail,
    since: Instant,
) -> Result<Option<Suppressed>, AppError> {
    if outbound_mails::count_to(conn, &mail.recipient, since)? >= settings.most_to_person {
        return Ok(Some(Suppressed::PersonCap));
    }
    if let Some(ticket) = mail.ticket
        && outbound_mails::count_on(conn, ticket, since)? >= settings.most_on_ticket
    {
        return Ok(Some(Suppressed::TicketCap));
    }
    Ok(None)
}
