//! The effect of a message: a ticket, an answer, a note, or nothing – with its record, in one transaction.

use super::post::Arrival;
use super::recheck::{judged_afresh, readers};
use super::understand::{Understood, traced};
use crate::app::policies::Grounds;
use crate::app::tickets::{
    Author, LooseFile, MailedAnswer, MailedTicket, NotedMail, note_mail, open_by_mail, write_by_mail,
};
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::inbound_mails::{self, Outcome};
use crate::db::users::{self, NewUser};
use crate::db::{Conn, Tx, bounced_addresses, mail_domains, ticket_links, tickets};
use crate::domain::access::Role;
use crate::domain::clock::Instant;
use crate::domain::ids::{InboundMailId, OrganisationId, UserId};
use crate::domain::mail::{
    Answers, Authenticity, AutomaticKind, BounceKind, Classification, Decision, Finding, InboundMail,
    InboundState, Own, Report, Standing, StepName, TokenRead,
};
use crate::domain::people::Language;
use crate::domain::text::{Body, EmailAddress, Name, Reason, Subject};
use crate::domain::ticket::{LinkKind, Ticket, TicketKind, TicketNumber, Visibility};
use serde::{Deserialize, Serialize};

/// What a message becomes, once it has been judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// A new ticket.
    Ticket,
    /// A message on its ticket.
    Reply,
    /// A line in its ticket's history.
    Note,
    /// Nothing.
    Ignore,
    /// A person looks.
    Hold,
    /// A person looks: it can't be read.
    Quarantine,
}

/// Everything the transaction needs.
#[derive(Clone)]
pub(super) struct Settling {
    pub(super) record: InboundMailId,
    /// Where the record stood when it was read.
    pub(super) from: InboundState,
    pub(super) arrival: Arrival,
    pub(super) verdict: Verdict,
    pub(super) decision: Decision,
    pub(super) mail: InboundMail,
    /// The sender, as far as they may act.
    pub(super) sender: Option<Ctx>,
    /// Whose address it is.
    pub(super) user: Option<UserId>,
    pub(super) files: Vec<LooseFile>,
    pub(super) outcome: Outcome,
    /// What is kept of how it was understood.
    pub(super) understood: Understood,
    /// What it was judged by; nothing when it couldn't be read.
    pub(super) judged_by: Option<(Own, Answers)>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settled {
    /// Whether the stored files belong to something now.
    pub(super) keeps_files: bool,
    /// What the message became; nothing when somebody else had settled it before.
    pub(super) state: Option<InboundState>,
}

/// What a judged message becomes. Only what surely nobody wrote to us is passed over without a person's look.
pub(super) fn verdict(decision: &Decision, answers: &Answers) -> Verdict {
    match decision.classification {
        Classification::Unparsable => Verdict::Quarantine,
        // Nothing but its looks says that a machine wrote it.
        Classification::Bounce
            if decision.reason == Finding::UnformedBounce && decision.bounces.is_empty() =>
        {
            Verdict::Hold
        }
        Classification::Bounce | Classification::AutoReply if decision.ticket.is_some() => Verdict::Note,
        Classification::AutoReply | Classification::Bounce | Classification::Loop | Classification::Spam => {
            if is_nobodys(decision) {
                Verdict::Ignore
            } else {
                Verdict::Hold
            }
        }
        Classification::New | Classification::Reply if decision.waits_for_look => Verdict::Hold,
        Classification::New if names_ticket_of_others(decision, answers) => Verdict::Hold,
        Classification::New => Verdict::Ticket,
        Classification::Reply => Verdict::Reply,
    }
}

/// Whether it is proven that nobody wrote it to us: our own mail come back, one taken in before, what a machine says
/// to be its answer or its report – and what the filter says of a stranger's.
fn is_nobodys(decision: &Decision) -> bool {
    match decision.reason {
        Finding::OwnMessageId
        | Finding::AlreadyTakenIn
        | Finding::Receipt
        | Finding::DeliveryFailed
        | Finding::DeliveryDelayed
        | Finding::DeliverySucceeded
        | Finding::MarkedAsSpam => true,
        Finding::AutomaticHeader => decision.automatic == Some(AutomaticKind::Reply),
        _ => false,
    }
}

/// Staff whose origin nobody confirmed write on a ticket that isn't their own.
fn names_ticket_of_others(decision: &Decision, answers: &Answers) -> bool {
    answers.standing == Some(Standing::Staff) && strangers_ticket(decision).is_some()
}

/// The ticket that a message names though its sender has no part in it.
fn strangers_ticket(decision: &Decision) -> Option<TicketNumber> {
    let step = decision
        .steps
        .iter()
        .find(|step| step.step == StepName::Threading && step.finding == Finding::NotParticipant)?;
    step.values.first().and_then(|number| TicketNumber::parse(number))
}

impl App {
    pub(super) fn settle(
        &self,
        tx: &mut Tx<'_>,
        settling: &Settling,
        grounds: &Grounds,
        now: Instant,
    ) -> Result<Settled, AppError> {
        let Settling { record, from, .. } = settling;
        // Who lost the lease on the job may still be at work beside whoever has it now: the second waits here.
        let current = inbound_mails::locked(tx, *record)?;
        if current.is_none_or(|current| current.state != *from) {
            return Ok(Settled { keeps_files: false, state: None });
        }
        let afresh = match settling.verdict {
            Verdict::Reply => judged_afresh(tx, settling, now)?,
            _ => None,
        };
        let settling = afresh.as_ref().unwrap_or(settling);
        let Settling { decision, mail, .. } = settling;
        let mut outcome = settling.outcome.clone();
        outcome.mailbox = settling.arrival.mailbox;
        let mut understood = settling.understood.clone();
        // A twin may have been settled since this one was read.
        if let Some(fingerprint) = &outcome.fingerprint
            && inbound_mails::by_fingerprint(tx.conn(), fingerprint)?.is_some_and(|other| other != *record)
        {
            outcome.fingerprint = None;
            outcome.state = InboundState::Ignored;
            outcome.classification = Classification::Loop;
            outcome.reason = Finding::AlreadyTakenIn.code().to_owned();
            outcome.trace = traced(&understood)?;
            write_down(tx, settling, &outcome, now)?;
            return Ok(Settled { keeps_files: false, state: Some(InboundState::Ignored) });
        }
        // Anybody may write a report. One that names a signed Message-ID of ours comes from where that mail went,
        // and is believed about its recipient alone: nobody silences others.
        let recipient = self.bounced(tx, decision, mail)?;
        for bounce in &decision.bounces {
            let is_recipient =
                recipient.as_ref().is_some_and(|address| address.eq_ignore_ascii_case(&bounce.address));
            if bounce.kind == BounceKind::Failed && is_recipient {
                let status = super::understand::plain(bounce.status.as_deref().unwrap_or_default(), 40);
                bounced_addresses::mark(tx, &bounce.address.to_lowercase(), &status, now)?;
            }
        }
        let from_address = mail.from.as_ref().map(|from| from.address.clone()).unwrap_or_default();
        // Whoever certainly writes from an address has it.
        let is_person = matches!(decision.classification, Classification::New | Classification::Reply);
        if is_person && decision.authenticity == Authenticity::Pass {
            bounced_addresses::clear(tx, &from_address.to_lowercase())?;
        }
        let number = decision.ticket.map(|number| number.0);
        match settling.verdict {
            Verdict::Quarantine => outcome.state = InboundState::Quarantined,
            Verdict::Hold => outcome.state = InboundState::Held,
            Verdict::Ignore => outcome.state = InboundState::Ignored,
            Verdict::Note => {
                outcome.state = InboundState::Noted;
                if let Some(number) = number {
                    let noted = noted(decision, &from_address);
                    outcome.ticket = Some(note_mail(tx, grounds, number, *record, &noted, now)?.id);
                }
            }
            Verdict::Ticket => match self.opened(tx, settling, grounds, now)? {
                None => outcome.state = InboundState::Held,
                Some(ticket) => {
                    outcome.state = InboundState::Ticket;
                    outcome.ticket = Some(ticket.id);
                    if let Some(named) = strangers_ticket(decision) {
                        let what = Classification::New;
                        let noted = NotedMail { what, from: from_address, undelivered: None };
                        note_mail(tx, grounds, named, *record, &noted, now)?;
                    }
                    let related = decision.related.map(|number| number.0);
                    if let Some(related) = related
                        && let Some(other) = tickets::by_number(tx.conn(), related)?
                    {
                        ticket_links::insert(
                            tx,
                            ticket.id,
                            other.id,
                            LinkKind::RelatesTo,
                            ticket.registered_by,
                            now,
                        )?;
                    }
                }
            },
            Verdict::Reply => {
                let (Some(sender), Some(number)) = (&settling.sender, number) else {
                    return Err(AppError::internal(
                        "writing a mail on a ticket",
                        "it has no sender or no ticket",
                    ));
                };
                let ticket = tickets::lock_by_number(tx, number)?.ok_or(AppError::NotFound)?;
                let (visibility, why) = match &settling.judged_by {
                    Some((own, _)) => readers(tx.conn(), (mail, own), sender, &ticket)?,
                    None => (Visibility::Internal, None),
                };
                understood.steps.extend(why);
                // A note is no answer to whoever waits for one.
                let reopens = decision.reopens && visibility == Visibility::Public;
                let answer = MailedAnswer {
                    visibility,
                    body: body(mail, true).unwrap_or_else(empty),
                    reopen: reopens.then(|| reason(mail)).flatten(),
                };
                let author = Author { user: sender.user(), role: sender.by(&ticket).role };
                let written = (ticket, author);
                let (ticket, message) = write_by_mail(tx, grounds, written, &answer, &settling.files, now)?;
                outcome.state = InboundState::Reply;
                outcome.ticket = Some(ticket.id);
                outcome.message = Some(message);
            }
        }
        if let Some(ticket) = outcome.ticket {
            super::numbers::keep(tx, ticket, *record, &decision.foreign_numbers, now)?;
        }
        if outcome.state == InboundState::Ignored {
            // What was passed over makes no twin of a copy that comes another way, and better.
            outcome.fingerprint = None;
        }
        outcome.trace = traced(&understood)?;
        write_down(tx, settling, &outcome, now)?;
        let keeps_files = matches!(outcome.state, InboundState::Ticket | InboundState::Reply);
        Ok(Settled { keeps_files, state: Some(outcome.state) })
    }

    /// The address of whoever our mail went to that a report is about.
    fn bounced(
        &self,
        tx: &mut Tx<'_>,
        decision: &Decision,
        mail: &InboundMail,
    ) -> Result<Option<String>, AppError> {
        let Some(Report::Delivery { original_message_id: Some(original), .. }) = &mail.report else {
            return Ok(None);
        };
        if decision.classification != Classification::Bounce {
            return Ok(None);
        }
        let domain = self.settings().mail_domain().to_lowercase();
        let TokenRead::Ours(token) = self.settings().mail_signer().read_message_id(original, &domain) else {
            return Ok(None);
        };
        let Some(person) = opaque::decode(&token.recipient) else { return Ok(None) };
        Ok(users::by_id(tx.conn(), UserId(person))?.map(|user| user.email))
    }

    /// Opens the ticket; nothing when nobody knows under which organisation.
    fn opened(
        &self,
        tx: &mut Tx<'_>,
        settling: &Settling,
        grounds: &Grounds,
        now: Instant,
    ) -> Result<Option<Ticket>, AppError> {
        let Settling { arrival, mail, user, .. } = settling;
        let Some(requester) = (match user {
            Some(user) => Some(*user),
            None => contact(tx, mail, arrival, now)?,
        }) else {
            return Ok(None);
        };
        let Some(organisation) = member_of(tx.conn(), requester, arrival)? else { return Ok(None) };
        let subject = super::understand::plain(&mail.subject, Subject::MAX);
        let Ok(subject) = Subject::parse(if subject.is_empty() { NO_SUBJECT } else { &subject }) else {
            return Ok(None);
        };
        let mailed = MailedTicket {
            kind: TicketKind::Incident,
            desk: arrival.desk,
            requester,
            registered_by: requester,
            organisation,
            subject,
            description: body(mail, false),
        };
        Ok(Some(open_by_mail(tx, grounds, &mailed, &settling.files, now)?))
    }
}

/// What is noted of a mail: whom a mail of ours didn't reach and why, or who wrote.
fn noted(decision: &Decision, from: &str) -> NotedMail {
    let failed = decision.bounces.iter().find(|bounce| bounce.kind != BounceKind::Delayed);
    let told = failed.or(decision.bounces.first());
    let has_failed = matches!(decision.reason, Finding::DeliveryFailed | Finding::UnformedBounce);
    let status = told.and_then(|bounce| bounce.status.as_deref()).unwrap_or_default();
    NotedMail {
        what: decision.classification,
        from: super::understand::plain(told.map_or(from, |bounce| bounce.address.as_str()), 320),
        undelivered: has_failed.then(|| super::understand::plain(status, 40)),
    }
}

/// Writes down what became of the message. Should it have been settled after all, nothing of this transaction
/// holds.
fn write_down(tx: &mut Tx<'_>, settling: &Settling, outcome: &Outcome, now: Instant) -> Result<(), AppError> {
    if inbound_mails::settle(tx, settling.record, settling.from, outcome, now)? {
        Ok(())
    } else {
        Err(AppError::MailSettled { allowed: Vec::new() })
    }
}

/// What a ticket without a subject is called until staff give it a better name.
const NO_SUBJECT: &str = "(inget ämne)";

/// The organisation that somebody's tickets are for.
pub(super) fn member_of(
    conn: &mut Conn,
    person: UserId,
    arrival: &Arrival,
) -> Result<Option<OrganisationId>, AppError> {
    Ok(users::memberships(conn, person)?.first().copied().or(arrival.organisation))
}

/// The organisation that a stranger's tickets are for: that of their address's domain, or the mailbox's.
pub(super) fn belongs_to(
    conn: &mut Conn,
    address: &str,
    arrival: &Arrival,
) -> Result<Option<OrganisationId>, AppError> {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    Ok(mail_domains::organisation_of(conn, domain)?.or(arrival.organisation))
}

/// Registers a stranger under the organisation of their domain, or the mailbox's.
pub(super) fn contact(
    tx: &mut Tx<'_>,
    mail: &InboundMail,
    arrival: &Arrival,
    now: Instant,
) -> Result<Option<UserId>, AppError> {
    let Some(from) = &mail.from else { return Ok(None) };
    let Ok(email) = EmailAddress::parse(&from.address) else { return Ok(None) };
    // Registered by another message of theirs a moment ago.
    if let Some(user) = users::by_email(tx.conn(), email.as_str())? {
        return Ok(Some(user.id));
    }
    let Some(organisation) = belongs_to(tx.conn(), email.as_str(), arrival)? else { return Ok(None) };
    let local = email.as_str().split('@').next().unwrap_or_default();
    let given = super::understand::plain(&from.name, Name::MAX);
    let name = Name::parse(&given).or_else(|_| Name::parse(local));
    let Ok(name) = name else { return Ok(None) };
    Ok(Some(registered(tx, &email, &name, organisation, now)?))
}

/// The person with this address, registered as a contact when there is none yet.
pub(super) fn registered(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    name: &Name,
    organisation: OrganisationId,
    now: Instant,
) -> Result<UserId, AppError> {
    if let Some(user) = users::by_email(tx.conn(), email.as_str())? {
        return Ok(user.id);
    }
    let new =
        NewUser { email, name: name.as_str(), phone: None, language: Language::Swedish, password_hash: None };
    let id = users::insert(tx, &new, now)?;
    users::set_roles(tx, id, &[(Role::Requester, None)])?;
    users::set_memberships(tx, id, &[organisation])?;
    Ok(id)
}

/// The text as a ticket holds it: of an answer only what was written this time.
pub(super) fn body(mail: &InboundMail, is_answer: bool) -> Option<Body> {
    let new = mail.new_text.trim();
    let text = if is_answer && !new.is_empty() { new } else { mail.text.trim() };
    let clean: String =
        text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(Body::MAX).collect();
    Body::parse(&clean).ok()
}

/// Stands for an answer without words: a file only, or nothing.
pub(super) fn empty() -> Body {
    #[expect(clippy::expect_used, reason = "the text is ours")]
    Body::parse("–").expect("a text of one character")
}

/// Why a ticket opens again: the first words of the answer.
fn reason(mail: &InboundMail) -> Option<Reason> {
    let words = super::understand::plain(&mail.new_text, 300);
    Reason::parse(if words.is_empty() { "–" } else { &words }).ok()
}
