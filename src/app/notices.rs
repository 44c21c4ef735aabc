//! Telling people what concerns them.

use super::outbox::TellPeople;
use super::{App, AppError, Ctx};
use crate::db::{Conn, notifications, ticket_events, tickets, users};
use crate::domain::ids::{GroupId, TicketId, UserId};
use crate::domain::notify::{Audience, NoticeKind, plan};

pub use crate::db::notifications::Notice;

impl App {
    /// Tells everybody whom a ticket's new events concern. Doing it twice tells nobody twice.
    ///
    /// Whom is found out beforehand, since under load this runs thousands of times a second and SQLite's
    /// writer has better things to do; events never change, so it stays true.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn tell_people(&self, job: &TellPeople) -> Result<(), AppError> {
        let TellPeople { ticket: id, first, last } = *job;
        let notices = self.db().point(move |conn| told(conn, id, first, last)).await?;
        if notices.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                for (person, sequence, kind) in &notices {
                    notifications::insert_once(tx, *person, id, *sequence, *kind, now)?;
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

/// Those who lead a group; everybody in it when nobody does, so that somebody is told.
fn leads(conn: &mut Conn, group: GroupId) -> Result<Vec<UserId>, AppError> {
    let members = users::members(conn, group)?;
    let leads: Vec<UserId> = members.iter().filter(|(_, lead)| *lead).map(|(person, _)| person.id).collect();
    Ok(if leads.is_empty() { members.into_iter().map(|(person, _)| person.id).collect() } else { leads })
}

/// Who is to be told of which event, and why.
fn told(
    conn: &mut Conn,
    id: TicketId,
    first: i64,
    last: i64,
) -> Result<Vec<(UserId, i64, NoticeKind)>, AppError> {
    let Some(ticket) = tickets::by_id(conn, id)? else { return Ok(Vec::new()) };
    let mut notices = Vec::new();
    for event in ticket_events::after(conn, id, first - 1, last - first + 1)? {
        for (audience, kind) in plan(&ticket, &event) {
            let people: Vec<UserId> = match audience {
                Audience::Person(person) => vec![person],
                Audience::Group(group) => {
                    users::members(conn, group)?.into_iter().map(|(person, _)| person.id).collect()
                }
                Audience::Leads(group) => leads(conn, group)?,
            };
            let people = people.into_iter().filter(|person| Some(*person) != event.actor);
            notices.extend(people.map(|person| (person, event.sequence, kind)));
        }
    }
    Ok(notices)
}
