//! Could the first line have solved it? Staff judge afterwards what other lines solved.

use super::store::{Stamp, apply, locked};
use super::{Listing, People};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::ticket_reviews::{self, BeyondRow};
use crate::db::tickets;
use crate::domain::access::{Permission, ticket_scope};
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::text::Reason;
use crate::domain::ticket::{Command, Ticket, TicketNumber, decide};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How far back the list of tickets to review goes.
pub const REVIEWED_DAYS: i64 = 30;
/// Rows a page.
const ROWS: usize = 50;

/// A ticket that another line than the first solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewable {
    /// The ticket.
    pub row: BeyondRow,
    /// What was judged last, if anybody has.
    pub could_have_solved: Option<bool>,
}

impl App {
    /// Notes whether the first line could have solved a ticket.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the answer is missing or the note too long; [`AppError::Refused`] when no
    /// other line has solved it; [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn review_first_line(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        could_have_solved: Option<bool>,
        note: Option<&str>,
    ) -> Result<Ticket, AppError> {
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketReview, &ticket)?;
        let mut errors = FieldErrors::default();
        if could_have_solved.is_none() {
            errors.add("couldHaveSolved", FieldProblem::Required);
        }
        let note = note.filter(|note| !note.trim().is_empty());
        let note = note.and_then(|note| errors.text("note", Reason::parse(note)));
        errors.finish()?;
        let command =
            Command::ReviewFirstLine { could_have_solved: could_have_solved.unwrap_or_default(), note };
        let (grounds, now, cx) = (self.grounds().await?, self.now(), cx.clone());
        self.db()
            .write(move |tx| {
                let mut ticket = locked(tx, number)?;
                if cx.made_before(tx.conn(), now)?.is_some() {
                    return Ok(ticket);
                }
                cx.require_on(Permission::TicketReview, &ticket)?;
                let events = decide(&ticket, &command, cx.by(&ticket), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                let stamp = Stamp { actor: Some(cx.user()), origin: cx.origin, now };
                apply(tx, &mut ticket, events, stamp, &grounds)?;
                cx.note_made(tx, &number.to_string(), now)?;
                Ok(ticket)
            })
            .await
    }

    /// Tickets that another line than the first solved in the last [`REVIEWED_DAYS`] days, the latest first,
    /// with what has been judged of them. Judged ones stay in the list: leaving them out would mean to read
    /// every ticket's history.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who review nothing; [`AppError::Invalid`] for a foreign cursor.
    pub async fn tickets_to_review(
        &self,
        cx: &Ctx,
        cursor: Option<&str>,
    ) -> Result<(Listing<Reviewable>, People), AppError> {
        cx.require(Permission::TicketReview)?;
        let scope = ticket_scope(&cx.actor, Permission::TicketReview);
        let from = self.now().plus_micros(-REVIEWED_DAYS * MICROS_PER_DAY);
        let before = match cursor.filter(|cursor| !cursor.is_empty()) {
            None => None,
            Some(text) => {
                let malformed = || AppError::field("cursor", FieldProblem::Malformed);
                Some(decode_cursor(text).ok_or_else(malformed)?)
            }
        };
        let mut rows: Vec<Reviewable> = self
            .db()
            .read(move |conn| {
                let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
                let rows = ticket_reviews::solved_beyond_first_line(conn, &scope, from, before, limit)?;
                let ids: Vec<TicketId> = rows.iter().map(|row| row.id).collect();
                let judged = ticket_reviews::latest(conn, &ids)?;
                let rows = rows.into_iter();
                Ok::<_, AppError>(
                    rows.map(|row| Reviewable { could_have_solved: judged.get(&row.id).copied(), row })
                        .collect(),
                )
            })
            .await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next_cursor = rows.last().filter(|_| more).map(|last| encode_cursor(&last.row));
        let named: Vec<UserId> = rows.iter().filter_map(|held| held.row.resolved_by_id).collect();
        let people = self.people(&named).await?;
        Ok((Listing { items: rows, next_cursor }, people))
    }
}

fn encode_cursor(row: &BeyondRow) -> String {
    let at = row.resolved_at.map_or(0, Instant::micros);
    URL_SAFE_NO_PAD.encode(format!("{at}.{}", row.id.get()))
}

fn decode_cursor(text: &str) -> Option<(Instant, TicketId)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (at, id) = text.split_once('.')?;
    Some((Instant::from_micros(at.parse().ok()?), TicketId(id.parse().ok()?)))
}
