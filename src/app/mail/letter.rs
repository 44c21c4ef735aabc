//! From a noted mail to a letter, by the recipient's rights and language at the time of sending.

use super::plan::{Sender, sender};
use super::recheck::is_for_all;
use super::vouched::is_vouched_for;
use crate::app::{App, AppError, AppSettings, Ctx, auth, opaque};
use crate::db::outbound_mails::{self, OutboundMail};
use crate::db::{Conn, mail_settings, ticket_events, ticket_messages, tickets, users};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{MessageId, OutboundMailId, TicketId};
use crate::domain::mail::{DeliveryFault, Signer, Suppressed, Template};
use crate::domain::people::{Directory, Language};
use crate::domain::sla::stockholm;
use crate::domain::ticket::{ByRole, Channel, EventKind, Origin, Ticket, TicketEvent, Visibility};
use crate::mail::compose::{Automatic, Correspondent, Letter};
use crate::mail::readers;
use crate::mail::templates::{self, DigestFacts, DigestItem, Facts, MailText, TicketFacts};
use std::sync::Arc;

/// What a digest tells at most; the rest waits for the next.
const MOST_IN_DIGEST: i64 = 200;

/// A letter, and what else is told by it.
pub(super) struct Written {
    pub(super) letter: Letter,
    /// Mails that a digest takes in.
    pub(super) gathered: Vec<OutboundMailId>,
}

/// Why a mail isn't sent, and what of a digest isn't either.
pub(super) struct NotWritten {
    pub(super) reason: Suppressed,
    /// Mails that a digest would have taken in.
    pub(super) gathered: Vec<OutboundMailId>,
}

impl From<Suppressed> for NotWritten {
    fn from(reason: Suppressed) -> Self {
        Self { reason, gathered: Vec::new() }
    }
}

/// Somebody a mail is for, as they stand when it is sent.
struct Recipient {
    cx: Ctx,
    name: String,
    email: String,
    language: Language,
}

/// Writes a mail, or says why it isn't sent after all.
pub(super) fn write(
    app: &App,
    conn: &mut Conn,
    directory: &Directory,
    mail: &OutboundMail,
    now: Instant,
) -> Result<Result<Written, NotWritten>, AppError> {
    let Some(user) = mail.user else { return Ok(Err(Suppressed::Disabled.into())) };
    let Some(signed) = auth::load(conn, directory, user, None)? else {
        return Ok(Err(Suppressed::Disabled.into()));
    };
    if mail_settings::has_bounced(conn, &signed.account.email)? {
        return Ok(Err(Suppressed::Bounced.into()));
    }
    let recipient = Recipient {
        cx: Ctx { actor: Arc::clone(&signed.actor), origin: Origin::System, once: None },
        name: signed.account.name.clone(),
        email: signed.account.email.clone(),
        language: signed.account.language,
    };
    match mail.template {
        Template::Digest => digest(app, conn, directory, mail, &recipient, now),
        _ => about_ticket(app, conn, directory, mail, &recipient, now),
    }
}

/// The text that holds, the administrators' or the delivered one.
pub(super) fn text(conn: &mut Conn, template: Template, language: Language) -> Result<MailText, AppError> {
    let latest = mail_settings::template_versions(conn, template, language, None, 1)?.pop();
    Ok(match latest.and_then(|version| version.subject.zip(version.body)) {
        Some((subject, body)) => MailText { subject, body },
        None => templates::delivered(template, language),
    })
}

/// Rendered; a text that doesn't fit any more gives way to the delivered one, since the mail matters more.
fn rendered(
    conn: &mut Conn,
    template: Template,
    language: Language,
    facts: &Facts,
) -> Result<MailText, AppError> {
    let own = text(conn, template, language)?;
    templates::render(&own, facts)
        .or_else(|error| {
            tracing::error!(mail.template = template.as_text(), cause = %error, "A mail's text can't be rendered; the delivered one is sent");
            templates::render(&templates::delivered(template, language), facts)
        })
        .map_err(|error| AppError::internal("rendering a mail", error))
}

fn about_ticket(
    app: &App,
    conn: &mut Conn,
    directory: &Directory,
    mail: &OutboundMail,
    recipient: &Recipient,
    now: Instant,
) -> Result<Result<Written, NotWritten>, AppError> {
    let settings = &app.settings().mail;
    let Some((ticket, events)) = step(conn, mail)? else { return Ok(Err(Suppressed::NoRight.into())) };
    let Some(facts) = facts(app, conn, directory, recipient, &ticket, &events, mail)? else {
        return Ok(Err(Suppressed::NoRight.into()));
    };
    let Some(sender) = sender(conn, settings, directory, &ticket)? else {
        return Ok(Err(Suppressed::SendingOff.into()));
    };
    let answers_a_mail = mail.template == Template::Received && ticket.channel == Channel::Email;
    let is_stranger = answers_a_mail && !is_vouched_for(conn, &ticket)?;
    let facts = if is_stranger { facts.without_what_was_sent() } else { facts };
    let text = rendered(conn, mail.template, recipient.language, &Facts::Ticket(Box::new(facts)))?;
    let text = match readers_of_answer(recipient, &ticket, &events, mail) {
        Some(readers) => readers::told(text, readers, recipient.language),
        None => text,
    };
    let mut references = outbound_mails::earlier(conn, mail)?;
    let is_requester = ticket.requester == recipient.cx.user();
    let came_by = if is_requester { outbound_mails::ticket_came_by(conn, ticket.id)? } else { None };
    let in_reply_to = references.last().cloned().or_else(|| came_by.clone());
    references.splice(0..0, came_by);
    let signer = Signer::new(app.settings().secret.clone());
    let reply_to =
        settings.reply_tags.then(|| signer.tagged_address(&sender.address, ticket.number)).flatten();
    let named = letter(sender, recipient, mail, text, app.settings(), now);
    let to = Correspondent { name: if is_stranger { String::new() } else { named.to.name }, ..named.to };
    let letter = Letter {
        to,
        reply_to,
        in_reply_to,
        references,
        automatic: if answers_a_mail { Automatic::Replied } else { Automatic::Generated },
        ..named
    };
    Ok(Ok(Written { letter, gathered: Vec::new() }))
}

/// Who would read what this person answers; nothing where their answers always go to all.
fn readers_of_answer(
    recipient: &Recipient,
    ticket: &Ticket,
    step: &[TicketEvent],
    mail: &OutboundMail,
) -> Option<Visibility> {
    if recipient.cx.by(ticket).role != ByRole::Staff {
        return None;
    }
    let told = step.iter().find(|event| Some(event.sequence) == mail.event_sequence);
    let is_public = recipient.cx.may_on(Permission::TicketReply, ticket)
        && told.is_some_and(|told| is_for_all(told, step));
    Some(if is_public { Visibility::Public } else { Visibility::Internal })
}

fn letter(
    sender: Sender,
    recipient: &Recipient,
    mail: &OutboundMail,
    text: MailText,
    settings: &AppSettings,
    now: Instant,
) -> Letter {
    Letter {
        from: Correspondent { name: sender.name, address: sender.address },
        to: Correspondent { name: recipient.name.clone(), address: recipient.email.clone() },
        reply_to: None,
        subject: text.subject,
        text: text.body,
        language: recipient.language.as_text(),
        date: now,
        message_id: mail.header_message_id.clone(),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Automatic::Generated,
        unsubscribe: None,
        site: settings.public_url.clone(),
    }
}

/// The ticket, and all events of the step that a mail tells of.
fn step(conn: &mut Conn, mail: &OutboundMail) -> Result<Option<(Ticket, Vec<TicketEvent>)>, AppError> {
    let (Some(id), Some(sequence)) = (mail.ticket, mail.event_sequence) else { return Ok(None) };
    let Some(ticket) = tickets::by_id(conn, id)? else { return Ok(None) };
    let near = ticket_events::after(conn, id, (sequence - 20).max(0), 40)?;
    let Some(told) = near.iter().find(|event| event.sequence == sequence) else { return Ok(None) };
    let (at, actor) = (told.at, told.actor);
    let events = near.into_iter().filter(|event| event.at == at && event.actor == actor).collect();
    Ok(Some((ticket, events)))
}

/// What the recipient may know; nothing when that is nothing. Requesters never read internal notes, staff who
/// are requesters included.
fn facts(
    app: &App,
    conn: &mut Conn,
    directory: &Directory,
    recipient: &Recipient,
    ticket: &Ticket,
    events: &[TicketEvent],
    mail: &OutboundMail,
) -> Result<Option<TicketFacts>, AppError> {
    let cx = &recipient.cx;
    let is_requester = ticket.requester == cx.user();
    let with_internal = !is_requester && cx.may_on(Permission::TicketViewInternal, ticket);
    let told = events.iter().find(|event| Some(event.sequence) == mail.event_sequence);
    let Some(told) = told.filter(|event| with_internal || !event.kind.is_internal()) else { return Ok(None) };
    if !cx.may_on(Permission::TicketView, ticket) {
        return Ok(None);
    }
    let mut texts = Vec::new();
    let mut due_at = None;
    let mut undelivered = None;
    for event in events.iter().filter(|event| with_internal || !event.kind.is_internal()) {
        match &event.kind {
            EventKind::Opened { description, .. } => texts.push(description.clone()),
            EventKind::MessageAdded { message, visibility } => {
                texts.extend(written(conn, ticket.id, *message, *visibility)?);
            }
            EventKind::ExternalAnswered { text, .. } => texts.push(text.clone()),
            EventKind::Reopened { reason } => texts.push(reason.clone()),
            EventKind::ClockWarned { due_at: at, .. } | EventKind::ClockBreached { due_at: at, .. } => {
                due_at = Some(local(*at));
            }
            EventKind::MailNoted { from, undelivered: Some(status), .. } => {
                undelivered = Some((from.clone(), explained(status, recipient.language)));
            }
            _ => {}
        }
    }
    if texts.is_empty() && matches!(mail.template, Template::Assigned | Template::Critical) {
        texts.push(ticket.description.clone());
    }
    let text = texts.join("\n\n");
    let mut named = vec![ticket.requester];
    named.extend(told.actor);
    let people = users::refs(conn, &named)?;
    let name_of = |id| people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let (address, reason) = undelivered.unzip();
    let solution = ticket.resolution.as_ref().filter(|_| mail.template == Template::Resolved);
    Ok(Some(TicketFacts {
        name: recipient.name.clone(),
        number: ticket.number.to_string(),
        subject: ticket.subject.clone(),
        by: told.actor.and_then(name_of),
        text: (!text.trim().is_empty()).then_some(text),
        solution: solution.map(|resolution| resolution.solution.clone()),
        until: ticket.waiting.as_ref().and_then(|waiting| waiting.until).map(local),
        requester: name_of(ticket.requester).unwrap_or_default(),
        organisation: directory.organisation(ticket.organisation).map_or(String::new(), |o| o.name.clone()),
        priority: ticket.priority.get(),
        group: directory.group(ticket.group).map_or(String::new(), |group| group.name.clone()),
        due_at,
        address,
        reason,
        desk: directory.desk(ticket.desk).map_or(String::new(), |desk| desk.name.clone()),
        url: ticket_url(app, ticket, is_requester),
    }))
}

/// "adressen finns inte, 5.1.1"
fn explained(status: &str, language: Language) -> String {
    let why = templates::why(DeliveryFault::of(status), language);
    if status.is_empty() { why.to_owned() } else { format!("{why}, {status}") }
}

fn written(
    conn: &mut Conn,
    ticket: TicketId,
    message: MessageId,
    visibility: Visibility,
) -> Result<Option<String>, AppError> {
    let with_internal = visibility == Visibility::Internal;
    let found = ticket_messages::after(conn, ticket, MessageId(message.get() - 1), with_internal, 1)?;
    Ok(found.into_iter().find(|found| found.id == message).map(|found| found.body))
}

fn ticket_url(app: &App, ticket: &Ticket, is_requester: bool) -> String {
    let place = if is_requester { "tickets" } else { "workspace/tickets" };
    format!("{}/{place}/{}", app.settings().public_url, ticket.number)
}

/// `2026-11-20 14:05`, as both languages may write it.
fn local(at: Instant) -> String {
    at.to_timestamp().to_zoned(stockholm().clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn digest(
    app: &App,
    conn: &mut Conn,
    directory: &Directory,
    mail: &OutboundMail,
    recipient: &Recipient,
    now: Instant,
) -> Result<Result<Written, NotWritten>, AppError> {
    let settings = &app.settings().mail;
    let waiting = outbound_mails::gathered(conn, recipient.cx.user(), mail.send_after, MOST_IN_DIGEST)?;
    let (mut items, mut from, mut desk) = (Vec::new(), None, String::new());
    for told in &waiting {
        let Some((ticket, events)) = step(conn, told)? else { continue };
        let Some(facts) = facts(app, conn, directory, recipient, &ticket, &events, told)? else { continue };
        let TicketFacts { number, subject, by, url, desk: of, .. } = facts;
        if from.is_none() {
            (from, desk) = (sender(conn, settings, directory, &ticket)?, of);
        }
        let what = templates::headline(told.template, recipient.language);
        let what = by.map_or_else(|| what.to_owned(), |by| format!("{what} · {by}"));
        items.push(DigestItem { number, subject, what, at: local(told.created_at), url });
    }
    if items.is_empty() {
        let gathered = waiting.iter().map(|told| told.id).collect();
        return Ok(Err(NotWritten { reason: Suppressed::Empty, gathered }));
    }
    let Some(from) = from else { return Ok(Err(Suppressed::SendingOff.into())) };
    let token = super::preferences::unsubscribe_token(app, recipient.cx.user())?;
    let unsubscribe_url = format!("{}/mail/digest-off/{token}", app.settings().public_url);
    let facts = DigestFacts {
        name: recipient.name.clone(),
        count: items.len(),
        items,
        desk,
        url: format!("{}/workspace", app.settings().public_url),
        unsubscribe_url: unsubscribe_url.clone(),
    };
    let text = rendered(conn, Template::Digest, recipient.language, &Facts::Digest(facts))?;
    // RFC 8058 asks for https; elsewhere the link in the text has to do.
    let unsubscribe = unsubscribe_url.starts_with("https://").then_some(unsubscribe_url);
    let letter = Letter { unsubscribe, ..letter(from, recipient, mail, text, app.settings(), now) };
    Ok(Ok(Written { letter, gathered: waiting.iter().map(|told| told.id).collect() }))
}

/// The text as it would be sent to an administrator, with invented facts.
pub(super) fn sample(
    cx: &Ctx,
    settings: &AppSettings,
    to: &str,
    text: MailText,
    language: Language,
    now: Instant,
) -> Option<Letter> {
    let address = settings.mail.from.clone()?;
    let id = opaque::encode(cx.user().get());
    Some(Letter {
        from: Correspondent { name: String::new(), address },
        to: Correspondent { name: cx.actor.name.clone(), address: to.to_owned() },
        reply_to: None,
        subject: text.subject,
        text: text.body,
        language: language.as_text(),
        date: now,
        message_id: format!("test.{}.{id}@{}", now.micros(), settings.mail_domain()),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Automatic::Generated,
        unsubscribe: None,
        site: templates::SAMPLE_SITE.to_owned(),
    })
}
