//! Telling people what concerns them.

use super::outbox::TellPeople;
use super::{App, AppError, Ctx};
use crate::db::{notifications, ticket_events, tickets, users};
use crate::domain::ids::UserId;
use crate::domain::notify::{Audience, plan};

pub use crate::db::notifications::Notice;

impl App {
    /// Tells everybody whom a ticket's new events concern. Doing it twice tells nobody twice.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn tell_people(&self, job: &TellPeople) -> Result<(), AppError> {
        let TellPeople { ticket, first, last } = *job;
        let now = self.now();
        self.db()
            .write(move |tx| {
                let Some(ticket) = tickets::by_id(tx.conn(), ticket)? else { return Ok(()) };
                let events = ticket_events::after(tx.conn(), ticket.id, first - 1, last - first + 1)?;
                for event in &events {
                    for (audience, kind) in plan(&ticket, event) {
                        let people: Vec<UserId> = match audience {
                            Audience::Person(person) => vec![person],
                            Audience::Group(group) => {
                                let members = users::members(tx.conn(), group)?;
                                members.into_iter().map(|(person, _)| person.id).collect()
                            }
                        };
                        for person in people.into_iter().filter(|person| Some(*person) != event.actor) {
                            notifications::insert_once(tx, person, ticket.id, event.sequence, kind, now)?;
                        }
                    }
                }
                Ok(())
            })
            .await
    }

    /// What the actor hasn't seen yet, latest first, fifty at most.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn notices(&self, cx: &Ctx) -> Result<Vec<Notice>, AppError> {
        let user = cx.user();
        Ok(self.db().point(move |conn| notifications::unread(conn, user, 50)).await?)
    }
}
