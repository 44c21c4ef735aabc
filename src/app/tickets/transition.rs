//! Moving a ticket through its lifecycle.

use super::lookup;
use super::store::{Stamp, apply, locked};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::{Conn, tickets, users};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, UserId};
use crate::domain::people::{Directory, Group, UserStatus};
use crate::domain::text::{Body, Reason};
use crate::domain::ticket::{
    Action, Command, DecisionError, HandOverReason, Needs, Step, Ticket, TicketNumber, WaitingFor, decide,
    rule,
};

/// An action as it is asked for; texts and codes as they came. Which fields count depends on the action.
#[derive(Debug, Clone, Default)]
pub struct Transition {
    /// The action.
    pub action: String,
    /// `assign`: the code of the group; the ticket's own when nothing is said.
    pub group: Option<String>,
    /// `assign`: `me`, an address or an opaque id; nobody when nothing is said.
    pub assignee: Option<String>,
    /// `escalate`: the code of the group.
    pub to_group: Option<String>,
    /// `escalate`, `return`, `reopen`, `cancel`: why.
    pub reason: Option<String>,
    /// `escalate`, `return`: why, as a code.
    pub reason_code: Option<String>,
    /// `wait`: for whom.
    pub waiting_for: Option<String>,
    /// `wait`: until when, RFC 3339.
    pub until: Option<String>,
    /// `resolve`: what was done.
    pub solution: Option<String>,
    /// `resolve`: the code of the category found.
    pub category: Option<String>,
}

/// A transition with everything looked up that doesn't depend on the ticket.
struct Checked {
    action: Action,
    group: Option<GroupId>,
    assignee: Option<UserId>,
    reason: Option<Reason>,
    code: Option<HandOverReason>,
    waiting_for: Option<WaitingFor>,
    until: Option<Instant>,
    solution: Option<Body>,
    category: Option<crate::domain::ids::CategoryId>,
}

impl App {
    /// Carries out an action. `version_seen` is the version the actor decided on, where it is known.
    ///
    /// # Errors
    /// [`AppError::Stale`] when the ticket has changed since; [`AppError::Refused`] when its state forbids
    /// the action; [`AppError::Invalid`] with every wrong field.
    pub async fn transition_ticket(
        &self,
        cx: &Ctx,
        number: TicketNumber,
        version_seen: Option<i64>,
        transition: &Transition,
    ) -> Result<Ticket, AppError> {
        let directory = self.directory().await?;
        // What can't be seen is answered before anything about the request is.
        let ticket =
            self.db().point(move |conn| tickets::by_number(conn, number)).await?.ok_or(AppError::NotFound)?;
        cx.require_on(Permission::TicketView, &ticket)?;
        let checked = self.checked_transition(cx, transition).await?;
        let grounds = self.grounds().await?;
        let now = self.now();
        let app_cx = cx.clone();
        self.db()
            .write(move |tx| {
                let cx = &app_cx;
                if let Some(made) = cx.made_before(tx.conn(), now)? {
                    return locked(tx, TicketNumber::parse(&made).ok_or(AppError::NotFound)?);
                }
                let mut ticket = locked(tx, number)?;
                permit(cx, &ticket, checked.action)?;
                if version_seen.is_some_and(|seen| seen != ticket.version) {
                    return Err(AppError::Stale { version: ticket.version });
                }
                require_member(tx.conn(), cx, &checked, &ticket)?;
                let command = command(&checked, &ticket, &directory, cx)?;
                let events = decide(&ticket, &command, cx.by(&ticket), now)
                    .map_err(|error| AppError::Refused { error, allowed: cx.allowed_actions(&ticket) })?;
                apply(
                    tx,
                    &mut ticket,
                    events,
                    Stamp { actor: Some(cx.user()), origin: cx.origin, now },
                    &grounds,
                )?;
                cx.note_made(tx, &number.to_string(), now)?;
                Ok(ticket)
            })
            .await
            .map_err(at_field)
    }

    async fn checked_transition(&self, cx: &Ctx, transition: &Transition) -> Result<Checked, AppError> {
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let action = errors.found("action", Action::from_text(transition.action.trim()));
        let given = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
        };
        let mut checked = Checked {
            action: action.unwrap_or(Action::Take),
            group: None,
            assignee: None,
            reason: None,
            code: None,
            waiting_for: None,
            until: None,
            solution: None,
            category: None,
        };
        let mut reason = None;
        match action {
            None | Some(Action::Take | Action::Resume | Action::Close) => {}
            Some(Action::Assign) => {
                if let Some(code) = given(&transition.group) {
                    checked.group =
                        lookup::group("group", &directory, Some(&code), &mut errors).map(|group| group.id);
                }
                if let Some(person) = given(&transition.assignee) {
                    checked.assignee = self.assignable(cx, &person, &mut errors).await?;
                }
                if checked.group.is_none() && checked.assignee.is_none() {
                    errors.add("assignee", FieldProblem::Required);
                }
            }
            Some(Action::Escalate) => {
                checked.group =
                    lookup::group("toGroup", &directory, transition.to_group.as_deref(), &mut errors)
                        .map(|group| group.id);
                checked.code = lookup::reason_code(transition.reason_code.as_deref(), &mut errors);
                reason = Some(());
            }
            Some(Action::Return) => {
                checked.code = lookup::reason_code(transition.reason_code.as_deref(), &mut errors);
                reason = Some(());
            }
            Some(Action::Reopen | Action::Cancel) => reason = Some(()),
            Some(Action::Wait) => {
                checked.waiting_for = match given(&transition.waiting_for) {
                    None => {
                        errors.add("for", FieldProblem::Required);
                        None
                    }
                    Some(text) => errors.found("for", WaitingFor::from_text(&text)),
                };
                if let Some(text) = given(&transition.until) {
                    checked.until = Instant::parse_rfc3339(&text).ok();
                    if checked.until.is_none() {
                        errors.add("until", FieldProblem::Malformed);
                    }
                }
            }
            Some(Action::Resolve) => {
                let text = transition.solution.as_deref().unwrap_or_default();
                checked.solution = errors.text("solution", Body::parse(text));
                checked.category = lookup::category(&directory, transition.category.as_deref(), &mut errors);
            }
        }
        if reason.is_some() {
            let text = transition.reason.as_deref().unwrap_or_default();
            checked.reason = errors.text("reason", Reason::parse(text));
        }
        errors.finish()?;
        Ok(checked)
    }

    /// Somebody who can be given work: active, and a member of a group.
    async fn assignable(
        &self,
        cx: &Ctx,
        person: &str,
        errors: &mut FieldErrors,
    ) -> Result<Option<UserId>, AppError> {
        if person == "me" {
            return Ok(Some(cx.user()));
        }
        let person = person.to_owned();
        let found = self
            .db()
            .point(move |conn| {
                let user = match opaque::decode(&person) {
                    Some(key) => users::by_id(conn, UserId(key))?,
                    None => users::by_email(conn, &person)?,
                };
                let Some(user) = user.filter(|user| user.status == UserStatus::Active) else {
                    return Ok(None);
                };
                let groups = users::groups_of(conn, user.id)?;
                Ok::<_, crate::db::DbError>(Some((user.id, !groups.is_empty())))
            })
            .await?;
        match found {
            Some((user, true)) => Ok(Some(user)),
            Some((_, false)) => {
                errors.add("assignee", FieldProblem::NotAllowed);
                Ok(None)
            }
            None => {
                errors.add("assignee", FieldProblem::Unknown);
                Ok(None)
            }
        }
    }
}

/// Work is given to members of the group it lies with; oneself may help out anywhere.
fn require_member(conn: &mut Conn, cx: &Ctx, checked: &Checked, ticket: &Ticket) -> Result<(), AppError> {
    let Some(assignee) = checked.assignee.filter(|assignee| *assignee != cx.user()) else { return Ok(()) };
    let group = checked.group.unwrap_or(ticket.group);
    if users::groups_of(conn, assignee)?.contains(&group) {
        Ok(())
    } else {
        Err(AppError::field("assignee", FieldProblem::NotAllowed))
    }
}

/// The permission that the lifecycle asks for; where the state has no such step, the one any state
/// asks for, so that the answer is "not now" only to those who could at another time.
fn permit(cx: &Ctx, ticket: &Ticket, action: Action) -> Result<(), AppError> {
    cx.require_on(Permission::TicketView, ticket)?;
    let needs = rule(ticket.kind, ticket.status, Step::Person(action))
        .or_else(|| {
            crate::domain::ticket::Status::ALL
                .iter()
                .find_map(|status| rule(ticket.kind, *status, Step::Person(action)))
        })
        .map(|rule| rule.needs);
    match needs {
        Some(Needs::Permission(permission)) => cx.require_on(permission, ticket),
        Some(Needs::System) | None => Err(AppError::Forbidden),
    }
}

fn command(checked: &Checked, ticket: &Ticket, directory: &Directory, cx: &Ctx) -> Result<Command, AppError> {
    let group = |id| {
        directory
            .group(id)
            .map(Group::to_ref)
            .ok_or_else(|| AppError::internal("moving a ticket", "its group is not in the directory"))
    };
    let reason = || checked.reason.clone().ok_or_else(|| AppError::field("reason", FieldProblem::Required));
    Ok(match checked.action {
        Action::Take => {
            // Whoever takes a ticket of a group they are not in takes it for a group of theirs in that line.
            let own = directory.groups.iter().find(|group| {
                group.desk == ticket.desk && group.line == ticket.line && cx.actor.groups.contains(&group.id)
            });
            let stays = cx.actor.groups.contains(&ticket.group);
            Command::Take { group: own.filter(|_| !stays).map(Group::to_ref) }
        }
        Action::Assign => {
            let to = checked.group.unwrap_or(ticket.group);
            let target = directory.group(to);
            if target.is_some_and(|target| target.desk != ticket.desk) {
                return Err(AppError::field("group", FieldProblem::NotAllowed));
            }
            Command::Assign { group: group(to)?, assignee: checked.assignee }
        }
        Action::Escalate => {
            let to = checked.group.ok_or_else(|| AppError::field("toGroup", FieldProblem::Required))?;
            if directory.group(to).is_some_and(|target| target.desk != ticket.desk) {
                return Err(AppError::field("toGroup", FieldProblem::NotAllowed));
            }
            Command::Escalate { to: group(to)?, reason: reason()?, code: checked.code }
        }
        Action::Return => {
            Command::Return { owner: group(ticket.owner_group)?, reason: reason()?, code: checked.code }
        }
        Action::Wait => Command::Wait {
            waiting_for: checked.waiting_for.ok_or_else(|| AppError::field("for", FieldProblem::Required))?,
            until: checked.until,
        },
        Action::Resume => Command::Resume,
        Action::Resolve => Command::Resolve {
            solution: checked
                .solution
                .clone()
                .ok_or_else(|| AppError::field("solution", FieldProblem::Required))?,
            category: checked.category,
        },
        Action::Close => Command::Close,
        Action::Reopen => Command::Reopen { reason: reason()? },
        Action::Cancel => Command::Cancel { reason: reason()? },
    })
}

/// Turns a refusal about a waiting time into an error at its field, which is where people look.
fn at_field(error: AppError) -> AppError {
    match error {
        AppError::Refused { error: DecisionError::UntilPassed, .. } => {
            AppError::field("until", FieldProblem::Passed)
        }
        AppError::Refused { error: DecisionError::UntilMissing, .. } => {
            AppError::field("until", FieldProblem::Required)
        }
        other => other,
    }
}
