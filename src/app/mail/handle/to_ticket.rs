//! The ticket that a person wants made of a message, checked.

use super::super::post::Arrival;
use super::super::settle::body;
use super::super::understand::plain;
use crate::app::{AppError, FieldErrors, FieldProblem, opaque};
use crate::db::users::{self, User};
use crate::db::{Conn, mail_domains};
use crate::domain::ids::{DeskId, OrganisationId, UserId};
use crate::domain::mail::InboundMail;
use crate::domain::people::{Directory, UserStatus};
use crate::domain::text::{Body, EmailAddress, Name, Subject};
use crate::domain::ticket::TicketKind;

/// A ticket to be made of a message; what isn't said is taken from the message.
#[derive(Debug, Clone, Default)]
pub struct MailToTicket {
    /// The code of the desk; the one it came to.
    pub desk: Option<String>,
    /// The requester's address or opaque id; the sender. Somebody unknown becomes a contact.
    pub requester: Option<String>,
    /// The name of a new contact.
    pub name: Option<String>,
    /// The code of the organisation the ticket is filed and a new contact is registered under.
    pub organisation: Option<String>,
    /// The subject; must be said when the message can't be read.
    pub subject: Option<String>,
    /// What it is.
    pub kind: Option<String>,
}

/// The requester of the ticket.
#[derive(Debug, Clone)]
pub(super) enum Requester {
    Known(UserId),
    New { email: EmailAddress, name: Name },
}

/// A ticket that has been checked.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) requester: Requester,
    pub(super) kind: TicketKind,
    pub(super) desk: DeskId,
    pub(super) organisation: OrganisationId,
    pub(super) subject: Subject,
    pub(super) description: Option<Body>,
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// The ticket that is wanted, with what the message says where nothing is wanted.
pub(super) fn checked(
    conn: &mut Conn,
    directory: &Directory,
    wanted: &MailToTicket,
    arrival: Arrival,
    mail: Option<&InboundMail>,
) -> Result<Checked, AppError> {
    let mut errors = FieldErrors::default();
    let subject = match (given(wanted.subject.as_deref()), mail) {
        (Some(subject), _) => subject.to_owned(),
        (None, Some(mail)) => plain(&mail.subject, Subject::MAX),
        (None, None) => String::new(),
    };
    let subject = errors.text("subject", Subject::parse(&subject));
    let kind = match given(wanted.kind.as_deref()) {
        None => Some(TicketKind::Incident),
        Some(code) => errors.found("kind", TicketKind::from_text(code).filter(|kind| kind.can_be_filed())),
    };
    let desk = match given(wanted.desk.as_deref()) {
        None => Some(arrival.desk),
        Some(code) => {
            let desk = directory.desks.iter().find(|desk| desk.code == code);
            errors.found("desk", desk).map(|desk| desk.id)
        }
    };
    let named = given(wanted.organisation.as_deref());
    let named = named.and_then(|code| {
        let found = directory.organisation_by_code(code).filter(|organisation| organisation.is_active);
        errors.found("organisation", found).map(|organisation| organisation.id)
    });
    let sender = mail.and_then(|mail| mail.from.as_ref());
    let asked = given(wanted.requester.as_deref());
    let address = asked.map(str::to_owned).or_else(|| sender.map(|from| from.address.clone()));
    let known = match address.as_deref() {
        None => None,
        Some(address) => match asked.and_then(opaque::decode) {
            Some(key) => users::by_id(conn, UserId(key))?,
            None => users::by_email(conn, address)?,
        },
    };
    let (requester, own) = match (address, known) {
        (None, _) => {
            errors.add("requester", FieldProblem::Required);
            (None, None)
        }
        (Some(_), Some(user)) if user.status != UserStatus::Active => {
            errors.add("requester", FieldProblem::NotAllowed);
            (None, None)
        }
        (Some(_), Some(User { id, .. })) => {
            (Some(Requester::Known(id)), users::memberships(conn, id)?.first().copied())
        }
        (Some(address), None) => {
            let from_sender = sender.filter(|from| from.folded() == address.to_lowercase());
            let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
            let own = mail_domains::organisation_of(conn, domain)?;
            let email = errors.text("requester", EmailAddress::parse(&address));
            let local = address.split('@').next().unwrap_or_default();
            let name = given(wanted.name.as_deref()).map(str::to_owned);
            let name = name.or_else(|| from_sender.map(|from| plain(&from.name, Name::MAX)));
            let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| local.to_owned());
            let name = errors.text("name", Name::parse(&name));
            (email.zip(name).map(|(email, name)| Requester::New { email, name }), own)
        }
    };
    let organisation = named.or(own).or(arrival.organisation);
    if organisation.is_none() && !errors.has("organisation") {
        errors.add("organisation", FieldProblem::Required);
    }
    errors.finish()?;
    let description = mail.and_then(|mail| body(mail, false));
    match (requester, kind, desk, organisation, subject) {
        (Some(requester), Some(kind), Some(desk), Some(organisation), Some(subject)) => {
            Ok(Checked { requester, kind, desk, organisation, subject, description })
        }
        _ => Err(AppError::NotFound),
    }
}
