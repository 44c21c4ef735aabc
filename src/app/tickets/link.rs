//! Linking tickets, seen from either end.

use super::store::{Stamp, apply, locked};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::{ticket_links, tickets};
use crate::domain::access::Permission;
use crate::domain::ids::LinkId;
use crate::domain::ticket::{Command, LinkKind, Status, Ticket, TicketNumber, decide};

/// A link as one of its tickets shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// Its opaque id.
    pub id: String,
    /// What the first ticket is to the second.
    pub kind: LinkKind,
    /// Whether the ticket shown is the first.
    pub is_from: bool,
    /// The other's number.
    pub other_number: String,
    /// The other's subject.
    pub other_subject: String,
    /// Where the other stands.
    pub other_status: Status,
}

impl App {
    /// A ticket's links to tickets the actor may see.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of the ticket.
    pub async fn ticket_links(&self, cx: &Ctx, number: TicketNumber) -> Result<Vec<LinkView>, AppError> {
        let cx = cx.clone();
        self.db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?.ok_or(AppError::NotFound)?;
                cx.require_on(Permission::TicketView, &ticket)?;
                let mut shown = Vec::new();
                for link in ticket_links::of_ticket(conn, ticket.id)? {
                    let other = tickets::by_id(conn, link.other)?;
                    if other.is_some_and(|other| cx.may_on(Permission::TicketView, &other)) {
                        shown.push(view(link));
                    }
                }
                Ok(shown)
            })
            .await
    }

    /// Links a ticket to another. Both get it in their history.
    ///
    /// # Errors
    /// [`AppError::Exists`] when they are linked so already; [`AppError::Invalid`] when the other isn't known.
    pub async fn link_tickets(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        kind: &str,
        other: &str,
    ) -> Result<LinkView, AppError> {
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketView, &ticket)?;
        let mut errors = FieldErrors::default();
        let kind = errors.found("kind", LinkKind::from_text(kind.trim()));
        let other = errors.found("ticket", TicketNumber::parse(other));
        errors.finish()?;
        let (Some(kind), Some(other)) = (kind, other) else { return Err(AppError::NotFound) };
        let grounds = self.grounds().await?;
        let now = self.now();
        let cx = cx.clone();
        self.db()
            .write(move |tx| {
                let mut from = locked(tx, number)?;
                cx.require_on(Permission::TicketLink, &from)?;
                let unknown = || AppError::field("ticket", FieldProblem::Unknown);
                let mut to = tickets::lock_by_number(tx, other)?
                    .filter(|to| cx.may_on(Permission::TicketView, to))
                    .ok_or_else(unknown)?;
                let command = Command::AddLink { link: kind, other };
                let events = decide(&from, &command, cx.by(&from), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&from) })?;
                let id = ticket_links::insert(tx, from.id, to.id, kind, cx.user(), now)?;
                let stamp = Stamp { actor: Some(cx.user()), origin: cx.origin, now };
                apply(tx, &mut from, events.clone(), stamp, &grounds)?;
                let mirrored = Command::AddLink { link: kind, other: number };
                let events = decide(&to, &mirrored, cx.by(&to), now)
                    .map_err(|error| AppError::Refused { error, allowed: Vec::new() })?;
                apply(tx, &mut to, events, stamp, &grounds)?;
                Ok(LinkView {
                    id: opaque::encode(id.get()),
                    kind,
                    is_from: true,
                    other_number: to.number.to_string(),
                    other_subject: to.subject,
                    other_status: to.status,
                })
            })
            .await
    }

    /// Takes a link away. Both tickets get it in their history.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the ticket has no such link.
    pub async fn unlink_tickets(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        link: &str,
    ) -> Result<Ticket, AppError> {
        let id = opaque::decode(link).map(LinkId).ok_or(AppError::NotFound)?;
        let grounds = self.grounds().await?;
        let now = self.now();
        let cx = cx.clone();
        self.db()
            .write(move |tx| {
                let mut ticket = locked(tx, number)?;
                cx.require_on(Permission::TicketLink, &ticket)?;
                let links = ticket_links::of_ticket(tx.conn(), ticket.id)?;
                let link = links.into_iter().find(|link| link.id == id).ok_or(AppError::NotFound)?;
                let mut other = tickets::lock(tx, link.other)?.ok_or(AppError::NotFound)?;
                ticket_links::delete(tx, id)?;
                let stamp = Stamp { actor: Some(cx.user()), origin: cx.origin, now };
                let (mine, theirs) = (ticket.number, other.number);
                for (end, far) in [(&mut ticket, theirs), (&mut other, mine)] {
                    let command = Command::RemoveLink { link: link.kind, other: far };
                    let events = decide(end, &command, cx.by(end), now)
                        .map_err(|error| AppError::Refused { error, allowed: Vec::new() })?;
                    apply(tx, end, events, stamp, &grounds)?;
                }
                Ok(ticket)
            })
            .await
    }
}

fn view(link: ticket_links::Link) -> LinkView {
    let ticket_links::Link { id, kind, is_from, other: _, other_number, other_subject, other_status } = link;
    LinkView { id: opaque::encode(id.get()), kind, is_from, other_number, other_subject, other_status }
}
