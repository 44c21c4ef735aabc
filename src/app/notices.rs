//! Telling people what concerns them.

use super::mail::{self, Planned};
use super::outbox::TellPeople;
use super::{App, AppError, AppSettings, Ctx};
use crate::db::{Conn, notifications, ticket_events, tickets, users};
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, UserId};
use crate::domain::notify::{Audience, NoticeKind, plan};
use crate::domain::people::Directory;
use crate::domain::ticket::Ticket;

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
        let id = job.ticket;
        let now = self.now();
        let directory = self.directory().await?;
        let (app, job) = (self.clone(), TellPeople { ..*job });
        let Told { notices, mails } =
            self.db().point(move |conn| told(conn, app.settings(), &directory, &job, now)).await?;
        if notices.is_empty() && mails.is_empty() {
            return Ok(());
        }
        let app = self.clone();
        self.db()
            .write(move |tx| {
                for (person, sequence, kind) in &notices {
                    notifications::insert_once(tx, *person, id, *sequence, *kind, now)?;
                }
                mail::store(tx, &app.settings().mail, &mails, now)
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

/// The people that an audience is. For a group in which nobody has an account, such as a supplier's, those who
/// lead the group that owns the ticket.
pub(super) fn people_of(
    conn: &mut Conn,
    ticket: &Ticket,
    audience: Audience,
) -> Result<Vec<UserId>, AppError> {
    let people = match audience {
        Audience::Person(person) => vec![person],
        Audience::Group(group) => {
            users::members(conn, group)?.into_iter().map(|(person, _)| person.id).collect()
        }
        Audience::Leads(group) => leads(conn, group)?,
    };
    if people.is_empty() && !matches!(audience, Audience::Group(group) if group == ticket.owner_group) {
        return leads(conn, ticket.owner_group);
    }
    Ok(people)
}

/// Who is to be told of which event, and why; and what is written to them.
#[derive(Default)]
struct Told {
    notices: Vec<(UserId, i64, NoticeKind)>,
    mails: Vec<Planned>,
}

fn told(
    conn: &mut Conn,
    settings: &AppSettings,
    directory: &Directory,
    job: &TellPeople,
    now: Instant,
) -> Result<Told, AppError> {
    let TellPeople { ticket: id, first, last } = *job;
    let Some(ticket) = tickets::by_id(conn, id)? else { return Ok(Told::default()) };
    let mut notices = Vec::new();
    let events = ticket_events::after(conn, id, first - 1, last - first + 1)?;
    for event in &events {
        for (audience, kind) in plan(&ticket, event) {
            let people = people_of(conn, &ticket, audience)?;
            let people = people.into_iter().filter(|person| Some(*person) != event.actor);
            notices.extend(people.map(|person| (person, event.sequence, kind)));
        }
    }
    let mails = mail::planned(conn, settings, directory, &ticket, &events, now)?;
    Ok(Told { notices, mails })
}
