//! Changing a ticket's fields.

use super::lookup;
use super::store::{Stamp, apply, locked};
use crate::app::policies::Grounds;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::tickets;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::routing::PriorityReason;
use crate::domain::text::{Body, Subject};
use crate::domain::ticket::{Command, Edit, Priority, Rank, Ticket, TicketNumber, decide};

/// A field in a partial change (RFC 7396): left alone, emptied, or given a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Not mentioned.
    #[default]
    Absent,
    /// Set to nothing.
    Null,
    /// Set to this.
    Value(T),
}

/// What is to be changed; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct TicketPatch {
    /// The subject.
    pub subject: Patch<String>,
    /// The description.
    pub description: Patch<String>,
    /// The code of the service.
    pub service: Patch<String>,
    /// The code of the system.
    pub system: Patch<String>,
    /// The code of the category.
    pub category: Patch<String>,
    /// The support level of what it concerns.
    pub support_level: Patch<String>,
    /// What is to be done, as the responsibility matrix calls it.
    pub activity: Patch<String>,
    /// 1–3.
    pub impact: Patch<i64>,
    /// 1–3.
    pub urgency: Patch<i64>,
}

impl App {
    /// Changes fields. `version_seen` is the version the actor decided on, where it is known.
    ///
    /// # Errors
    /// [`AppError::Stale`] when the ticket has changed since; [`AppError::Refused`] when it is closed or
    /// cancelled; [`AppError::Invalid`] with every wrong field.
    pub async fn edit_ticket(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        version_seen: Option<i64>,
        patch: &TicketPatch,
    ) -> Result<Ticket, AppError> {
        let (grounds, now) = (self.grounds().await?, self.now());
        let (directory, matrix) = (&grounds.directory, grounds.policies.matrix.at(now));
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketView, &ticket)?;
        cx.require_on(Permission::TicketEdit, &ticket)?;
        let mut errors = FieldErrors::default();
        let edit = Edit {
            subject: match &patch.subject {
                Patch::Absent => None,
                Patch::Null => {
                    errors.add("subject", FieldProblem::Required);
                    None
                }
                Patch::Value(text) => errors.text("subject", Subject::parse(text)),
            },
            description: match &patch.description {
                Patch::Absent => None,
                Patch::Null => Some(None),
                Patch::Value(text) if text.trim().is_empty() => Some(None),
                Patch::Value(text) => errors.text("description", Body::parse(text)).map(Some),
            },
            service: code(&patch.service, |code| lookup::service(directory, Some(code), &mut errors)),
            system: code(&patch.system, |code| lookup::system(directory, Some(code), &mut errors)),
            category: code(&patch.category, |code| lookup::category(directory, Some(code), &mut errors)),
            support_level: code(&patch.support_level, |code| {
                lookup::support_level(matrix, Some(code), &mut errors)
            }),
            activity: code(&patch.activity, |code| lookup::activity(matrix, Some(code), &mut errors)),
            impact: rank("impact", &patch.impact, &mut errors),
            urgency: rank("urgency", &patch.urgency, &mut errors),
            priority: None,
        };
        let is_level_given = matches!(&patch.support_level, Patch::Value(text) if !text.trim().is_empty());
        if !is_level_given && (edit.support_level.is_some() || edit.activity.is_some()) {
            let support_level = edit.support_level.as_ref().unwrap_or(&ticket.support_level);
            let activity = edit.activity.as_ref().unwrap_or(&ticket.activity);
            lookup::go_together(support_level.as_ref(), activity.as_ref(), &mut errors);
        }
        errors.finish()?;
        let cx = cx.clone();
        self.db()
            .write(move |tx| {
                let mut ticket = locked(tx, number)?;
                cx.require_on(Permission::TicketEdit, &ticket)?;
                if version_seen.is_some_and(|seen| seen != ticket.version) {
                    return Err(AppError::Stale { version: ticket.version });
                }
                let mut edit = edit.clone();
                edit.priority = priority(&grounds, &ticket, &edit, now);
                let events = decide(&ticket, &Command::Edit(edit), cx.by(&ticket), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                apply(
                    tx,
                    &mut ticket,
                    events,
                    Stamp { actor: Some(cx.user()), origin: cx.origin, now },
                    &grounds,
                )?;
                Ok(ticket)
            })
            .await
    }
}

/// What impact, urgency and the priority list make of the ticket, when the change touches any of them.
fn priority(
    grounds: &Grounds,
    ticket: &Ticket,
    edit: &Edit,
    now: Instant,
) -> Option<(Priority, PriorityReason)> {
    let system = edit.system.filter(|to| *to != ticket.system);
    let (impact, urgency) = (edit.impact.unwrap_or(ticket.impact), edit.urgency.unwrap_or(ticket.urgency));
    let is_touched = system.is_some() || (impact, urgency) != (ticket.impact, ticket.urgency);
    let system = system.unwrap_or(ticket.system);
    is_touched.then(|| grounds.policies.priority(now, ticket.kind, system, impact, urgency))
}

fn code<T>(patch: &Patch<String>, find: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match patch {
        Patch::Absent => None,
        Patch::Null => Some(None),
        Patch::Value(code) if code.trim().is_empty() => Some(None),
        Patch::Value(code) => find(code).map(Some),
    }
}

fn rank(field: &'static str, patch: &Patch<i64>, errors: &mut FieldErrors) -> Option<Rank> {
    match patch {
        Patch::Absent => None,
        Patch::Null => {
            errors.add(field, FieldProblem::Required);
            None
        }
        Patch::Value(value) => lookup::rank(field, Some(*value), Rank::MEDIUM, errors),
    }
}
