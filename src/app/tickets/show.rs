//! Reading one ticket with all that a page about it shows.

use crate::app::{App, AppError, Ctx};
use crate::db::{notifications, ticket_events, ticket_messages, tickets, users};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::people::PersonRef;
use crate::domain::routing::Routed;
use crate::domain::ticket::{Action, Ticket, TicketEvent, TicketNumber, is_reviewable, lies_externally};
use std::collections::HashMap;
use std::sync::Arc;

use super::{Advice, Grounding, Message, PromiseView};

/// People by key, for showing names.
pub type People = HashMap<UserId, Arc<PersonRef>>;

/// A ticket as its page shows it to one person.
#[derive(Debug, Clone)]
pub struct TicketDetail {
    /// The ticket.
    pub ticket: Ticket,
    /// What the actor may do to its state now.
    pub allowed: Vec<Action>,
    /// Whether the actor reads and writes internal notes.
    pub with_internal: bool,
    /// Whether the actor may write a message.
    pub may_reply: bool,
    /// Whether the actor may change its fields.
    pub may_edit: bool,
    /// Whether the actor may link it.
    pub may_link: bool,
    /// Whether the actor may judge whether the first line could have solved it.
    pub may_review: bool,
    /// Whether the actor may make a link for the supplier's group that has it.
    pub may_link_externally: bool,
    /// Whether the actor may add files.
    pub may_attach: bool,
    /// What is promised about it, and how each promise stands.
    pub promises: Vec<PromiseView>,
    /// How priority and group were decided when it was filed, and when that was.
    pub routed: Option<(Instant, Box<Routed>)>,
    /// Whose it is by what it concerns now, when that changed; for staff. Its way is one that the actor may go.
    pub advice: Option<Advice>,
    /// Everybody the ticket names.
    pub people: People,
}

impl App {
    /// A ticket by number.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, or none the actor may know of.
    pub async fn show_ticket(&self, cx: &Ctx, number: TicketNumber) -> Result<TicketDetail, AppError> {
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketView, &ticket)?;
        self.detail(cx, ticket).await
    }

    /// A ticket just read or written, with all that a page about it shows.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn detail(&self, cx: &Ctx, ticket: Ticket) -> Result<TicketDetail, AppError> {
        let mut named = vec![ticket.requester, ticket.registered_by];
        named.extend(ticket.assignee);
        named.extend(ticket.resolution.as_ref().and_then(|r| r.by));
        let people = self.people(&named).await?;
        let settled = matches!(
            ticket.status,
            crate::domain::ticket::Status::Closed | crate::domain::ticket::Status::Cancelled
        );
        let with_internal = cx.may_on(Permission::TicketViewInternal, &ticket);
        let Grounding { promises, routed, advice } = self.grounding(&ticket, with_internal).await?;
        let cancelled = ticket.status == crate::domain::ticket::Status::Cancelled;
        let allowed = cx.allowed_actions(&ticket);
        let may_go = |way: &Action| allowed.contains(way);
        let advice = advice.map(|advice| Advice { way: advice.way.filter(may_go), ..advice });
        Ok(TicketDetail {
            allowed,
            with_internal,
            may_reply: !cancelled && cx.may_on(Permission::TicketReply, &ticket),
            may_edit: !settled && cx.may_on(Permission::TicketEdit, &ticket),
            may_review: cx.may_on(Permission::TicketReview, &ticket)
                && is_reviewable(&ticket, cx.by(&ticket)),
            may_link_externally: lies_externally(&ticket) && cx.may_on(Permission::TicketEscalate, &ticket),
            may_link: cx.may_on(Permission::TicketLink, &ticket),
            may_attach: !cancelled && cx.may_on(Permission::AttachmentAdd, &ticket),
            promises,
            routed,
            advice,
            people,
            ticket,
        })
    }

    /// People by key.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn people(&self, ids: &[UserId]) -> Result<People, AppError> {
        let now = self.now();
        let (mut known, missing) = self.inner.caches.people(ids, now);
        if !missing.is_empty() {
            let found: Vec<Arc<PersonRef>> = self
                .db()
                .point(move |conn| users::refs(conn, &missing))
                .await?
                .into_iter()
                .map(Arc::new)
                .collect();
            self.inner.caches.keep_people(&found, now);
            known.extend(found.into_iter().map(|person| (person.id, person)));
        }
        Ok(known)
    }

    /// A ticket's messages after one, oldest first, as far as the actor may read them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of the ticket.
    pub async fn ticket_messages(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        after: MessageId,
        limit: i64,
    ) -> Result<(Vec<Message>, People), AppError> {
        let cx = cx.clone();
        let messages: Vec<Message> = self
            .db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?.ok_or(AppError::NotFound)?;
                cx.require_on(Permission::TicketView, &ticket)?;
                let internal = cx.may_on(Permission::TicketViewInternal, &ticket);
                Ok::<_, AppError>(ticket_messages::after(conn, ticket.id, after, internal, limit)?)
            })
            .await?;
        let authors: Vec<UserId> = messages.iter().map(|message| message.author).collect();
        Ok((messages, self.people(&authors).await?))
    }

    /// A ticket's history after an event, oldest first, as far as the actor may see it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor may not know of the ticket.
    pub async fn ticket_events(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        after: i64,
        limit: i64,
    ) -> Result<(Vec<TicketEvent>, People), AppError> {
        let cx = cx.clone();
        let events: Vec<TicketEvent> = self
            .db()
            .read(move |conn| {
                let ticket = tickets::by_number(conn, number)?.ok_or(AppError::NotFound)?;
                cx.require_on(Permission::TicketView, &ticket)?;
                let internal = cx.may_on(Permission::TicketViewInternal, &ticket);
                // Internal events are skipped, so a page is filled from further on.
                let mut shown = Vec::new();
                let mut from = after;
                let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
                loop {
                    let batch = ticket_events::after(conn, ticket.id, from, limit)?;
                    let Some(last) = batch.last() else { break };
                    from = last.sequence;
                    shown.extend(batch.into_iter().filter(|event| internal || !event.kind.is_internal()));
                    if shown.len() >= wanted {
                        shown.truncate(wanted);
                        break;
                    }
                }
                Ok::<_, AppError>(shown)
            })
            .await?;
        let actors: Vec<UserId> = events.iter().filter_map(|event| event.actor).collect();
        Ok((events, self.people(&actors).await?))
    }

    /// Notes that the actor has seen a ticket, so that its notices are no longer new.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mark_ticket_seen(&self, cx: &Ctx, ticket: &Ticket) -> Result<(), AppError> {
        let (user, id, now) = (cx.user(), ticket.id, self.now());
        if self.db().point(move |conn| notifications::has_unread(conn, user, id)).await? {
            self.db().write(move |tx| notifications::mark_read(tx, user, id, now)).await?;
        }
        Ok(())
    }
}
