//! Writing on a ticket: to its requester, or a note among staff.

use super::Message;
use super::store::{Stamp, apply, locked};
use crate::app::{App, AppError, Ctx, FieldErrors};
use crate::db::{ticket_messages, tickets};
use crate::domain::access::Permission;
use crate::domain::ids::MessageId;
use crate::domain::text::Body;
use crate::domain::ticket::{Command, Ticket, TicketNumber, Visibility, decide};

impl App {
    /// Adds a message. Written by staff it counts as the response; written by a requester whose answer
    /// the ticket waits for, it lets the ticket go on.
    ///
    /// # Errors
    /// [`AppError::Invalid`], [`AppError::Forbidden`], [`AppError::NotFound`], or [`AppError::Refused`] on a
    /// cancelled ticket.
    pub async fn add_message(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        body: &str,
        visibility: &str,
    ) -> Result<(Message, Ticket), AppError> {
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketView, &ticket)?;
        let mut errors = FieldErrors::default();
        let visibility = errors.found("visibility", Visibility::from_text(visibility.trim()));
        let body = errors.text("body", Body::parse(body));
        errors.finish()?;
        let (Some(visibility), Some(body)) = (visibility, body) else { return Err(AppError::NotFound) };
        let grounds = self.grounds().await?;
        let now = self.now();
        let cx = cx.clone();
        self.db()
            .write(move |tx| {
                if let Some(made) = cx.made_before(tx.conn(), now)? {
                    let ticket = locked(tx, number)?;
                    let id = made.parse().map(MessageId).map_err(|_| AppError::NotFound)?;
                    let before = MessageId(id.get() - 1);
                    let message = ticket_messages::after(tx.conn(), ticket.id, before, true, 1)?.pop();
                    return Ok((message.ok_or(AppError::NotFound)?, ticket));
                }
                let mut ticket = locked(tx, number)?;
                cx.require_on(
                    match visibility {
                        Visibility::Public => Permission::TicketReply,
                        Visibility::Internal => Permission::TicketNote,
                    },
                    &ticket,
                )?;
                let id = ticket_messages::insert(tx, ticket.id, cx.user(), visibility, body.as_str(), now)?;
                let command = Command::AddMessage { message: id, visibility };
                let events = decide(&ticket, &command, cx.by(&ticket), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                apply(
                    tx,
                    &mut ticket,
                    events,
                    Stamp { actor: Some(cx.user()), origin: cx.origin, now },
                    &grounds,
                )?;
                cx.note_made(tx, &id.to_string(), now)?;
                let message = Message {
                    id,
                    author: cx.user(),
                    visibility,
                    body: body.as_str().to_owned(),
                    created_at: now,
                };
                Ok((message, ticket))
            })
            .await
    }
}
