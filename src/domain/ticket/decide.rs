//! From command to events: what happens, or why it can't.

use super::{
    Action, By, ByRole, Command, Edit, EventKind, GroupRef, Guard, Line, Opening, Status, Step, SystemAction,
    Ticket, TicketNumber, Visibility, Waiting, WaitingFor, lies_externally, priority_of, rule,
};
use crate::domain::clock::Instant;
use crate::domain::routing::PriorityReason;
use crate::domain::text::{Reason, Subject};

/// Why a command was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// The lifecycle doesn't allow the action from here.
    #[error("{action} is not possible while the ticket is {status}")]
    WrongStatus {
        /// What was asked.
        action: Action,
        /// Where the ticket stands.
        status: Status,
    },
    /// A closed or cancelled ticket isn't changed any more.
    #[error("the ticket is {status} and can't be changed")]
    Settled {
        /// Where the ticket stands.
        status: Status,
    },
    /// The ticket lies with that group already.
    #[error("the ticket lies with that group already")]
    SameGroup,
    /// Another line's group is reached by escalation, with a reason.
    #[error("a group in another line is reached by escalation")]
    NeedsEscalation,
    /// The owner gets it back by return.
    #[error("the owner group gets the ticket back by return")]
    NeedsReturn,
    /// A waiting time that has passed.
    #[error("the waiting time has passed already")]
    UntilPassed,
    /// A planned wait says until when.
    #[error("a planned wait says until when")]
    UntilMissing,
    /// A ticket isn't linked to itself.
    #[error("a ticket can't be linked to itself")]
    LinkToItself,
    /// Only what another line solved is reviewed, and only by staff.
    #[error("the ticket was not solved beyond the first line")]
    NothingToReview,
    /// A supplier works only on an open ticket that lies with its group.
    #[error("the ticket does not lie with an external group")]
    NotExternal,
}

/// What follows the opening at once: the policies name another group than the intake group.
#[must_use]
pub fn routed(opening: &Opening) -> Option<EventKind> {
    let to = opening.terms.group.filter(|to| to.id != opening.group.id)?;
    Some(EventKind::Routed {
        from_group: opening.group.id,
        to_group: to.id,
        from_line: opening.group.line,
        to_line: to.line,
    })
}

/// The event that files a ticket.
#[must_use]
pub fn open(opening: &Opening, number: TicketNumber, external_id: Option<String>) -> EventKind {
    EventKind::Opened {
        number: number.sequence(),
        kind: opening.kind,
        desk: opening.desk,
        subject: opening.subject.as_str().to_owned(),
        description: opening.description.as_ref().map(|d| d.as_str().to_owned()).unwrap_or_default(),
        channel: opening.channel,
        requester: opening.requester,
        registered_by: opening.registered_by,
        organisation: opening.organisation,
        customer: opening.customer,
        service: opening.service,
        system: opening.system,
        category: opening.category,
        impact: opening.impact,
        urgency: opening.urgency,
        priority: opening.priority(),
        line: opening.group.line,
        group: opening.group.id,
        external_id,
        support_level: opening.terms.support_level.clone(),
        activity: opening.terms.activity.clone(),
        agreement: opening.terms.agreement,
        routed: opening.terms.routed.clone(),
    }
}

/// What a command does to a ticket. No events mean that nothing changes.
///
/// # Errors
/// [`DecisionError`] when the state or the command's own terms forbid it. Rights are not looked at here.
pub fn decide(
    ticket: &Ticket,
    command: &Command,
    by: By,
    now: Instant,
) -> Result<Vec<EventKind>, DecisionError> {
    if let Some(action) = command.action() {
        check_lifecycle(ticket, action, by)?;
    }
    match command {
        Command::Take { group } => Ok(take(ticket, *group, by)),
        Command::Assign { group, assignee } => assign(ticket, *group, *assignee),
        Command::Escalate { to, reason, code } => {
            if to.id == ticket.group {
                return Err(DecisionError::SameGroup);
            }
            if to.id == ticket.owner_group {
                return Err(DecisionError::NeedsReturn);
            }
            Ok(vec![EventKind::Escalated {
                from_group: ticket.group,
                to_group: to.id,
                from_line: ticket.line,
                to_line: to.line,
                reason: reason.as_str().to_owned(),
                code: *code,
            }])
        }
        Command::Return { owner, reason, code } => Ok(vec![EventKind::Returned {
            from_group: ticket.group,
            to_group: owner.id,
            from_line: ticket.line,
            to_line: owner.line,
            reason: reason.as_str().to_owned(),
            code: *code,
        }]),
        Command::Wait { waiting_for, until } => wait(*waiting_for, *until, now),
        Command::Resume => Ok(vec![EventKind::WaitEnded { by: None }]),
        Command::Resolve { solution, category } => {
            let mut events = Vec::with_capacity(3);
            if let Some(to) = category.filter(|c| Some(*c) != ticket.category) {
                events.push(EventKind::CategoryChanged { from: ticket.category, to: Some(to) });
            }
            if ticket.first_response_at.is_none() {
                events.push(EventKind::FirstResponded);
            }
            events.push(EventKind::Resolved {
                solution: solution.as_str().to_owned(),
                line: ticket.line,
                group: ticket.group,
            });
            Ok(events)
        }
        Command::Close => Ok(vec![EventKind::Closed { by: None }]),
        Command::Reopen { reason } => Ok(vec![EventKind::Reopened { reason: reason.as_str().to_owned() }]),
        Command::Cancel { reason } => Ok(vec![EventKind::Cancelled { reason: reason.as_str().to_owned() }]),
        Command::Edit(edit) => edited(ticket, edit),
        Command::AddMessage { message, visibility } => {
            if ticket.status == Status::Cancelled {
                return Err(DecisionError::Settled { status: ticket.status });
            }
            let mut events = vec![EventKind::MessageAdded { message: *message, visibility: *visibility }];
            if *visibility == Visibility::Public {
                events.extend(after_public_message(ticket, by));
            }
            Ok(events)
        }
        Command::AddAttachment { attachment, name, visibility } => {
            if ticket.status == Status::Cancelled {
                return Err(DecisionError::Settled { status: ticket.status });
            }
            Ok(vec![EventKind::AttachmentAdded {
                attachment: *attachment,
                name: name.clone(),
                visibility: *visibility,
            }])
        }
        Command::AddLink { link, other } => {
            if *other == ticket.number {
                return Err(DecisionError::LinkToItself);
            }
            Ok(vec![EventKind::LinkAdded { link: *link, other: other.to_string() }])
        }
        Command::RemoveLink { link, other } => {
            Ok(vec![EventKind::LinkRemoved { link: *link, other: other.to_string() }])
        }
        Command::ReviewFirstLine { could_have_solved, note } => {
            review(ticket, *could_have_solved, note.as_ref(), by)
        }
        Command::CreateExternalLink { .. } | Command::AnswerExternally { .. } if !lies_externally(ticket) => {
            Err(DecisionError::NotExternal)
        }
        Command::CreateExternalLink { id, until } => {
            Ok(vec![EventKind::ExternalLinkCreated { group: ticket.group, until: *until, id: id.clone() }])
        }
        Command::AnswerExternally { text } => {
            Ok(vec![EventKind::ExternalAnswered { group: ticket.group, text: text.as_str().to_owned() }])
        }
        Command::System(action) => Ok(by_itself(ticket, *action)),
    }
}

/// The action that brings a ticket to a group; nothing when it is there.
#[must_use]
pub fn way_to(ticket: &Ticket, group: GroupRef) -> Option<Action> {
    if group.id == ticket.group {
        return None;
    }
    Some(if group.line == ticket.line {
        Action::Assign
    } else if group.id == ticket.owner_group {
        Action::Return
    } else {
        Action::Escalate
    })
}

/// Whether a guard of the lifecycle holds for this ticket and person.
#[must_use]
pub fn guard_holds(ticket: &Ticket, guard: Guard, by: By) -> bool {
    match guard {
        Guard::ByRequester => by.role == ByRole::Requester || by.user == Some(ticket.requester),
        Guard::AwayFromOwner => ticket.group != ticket.owner_group,
    }
}

/// Whether somebody can judge now if the first line could have solved a ticket: another line has.
#[must_use]
pub fn is_reviewable(ticket: &Ticket, by: By) -> bool {
    let beyond = ticket.resolution.as_ref().is_some_and(|resolution| resolution.line != Line::First);
    beyond && by.role == ByRole::Staff
}

fn check_lifecycle(ticket: &Ticket, action: Action, by: By) -> Result<(), DecisionError> {
    rule(ticket.kind, ticket.status, Step::Person(action))
        .filter(|rule| rule.guard.is_none_or(|guard| guard_holds(ticket, guard, by)))
        .map(|_| ())
        .ok_or(DecisionError::WrongStatus { action, status: ticket.status })
}

fn take(ticket: &Ticket, group: Option<GroupRef>, by: By) -> Vec<EventKind> {
    let Some(user) = by.user else { return Vec::new() };
    if ticket.assignee == Some(user) && ticket.status == Status::InProgress {
        return Vec::new();
    }
    let group = group.filter(|g| g.line == ticket.line).map_or(ticket.group, |g| g.id);
    vec![EventKind::Taken { from: ticket.assignee, to: user, group }]
}

fn assign(
    ticket: &Ticket,
    group: GroupRef,
    assignee: Option<crate::domain::ids::UserId>,
) -> Result<Vec<EventKind>, DecisionError> {
    if group.id == ticket.group && assignee == ticket.assignee && ticket.status == Status::Assigned {
        return Ok(Vec::new());
    }
    if group.line != ticket.line {
        return Err(if group.id == ticket.owner_group {
            DecisionError::NeedsReturn
        } else {
            DecisionError::NeedsEscalation
        });
    }
    Ok(vec![EventKind::Assigned {
        from_group: ticket.group,
        to_group: group.id,
        from: ticket.assignee,
        to: assignee,
    }])
}

fn wait(
    waiting_for: WaitingFor,
    until: Option<Instant>,
    now: Instant,
) -> Result<Vec<EventKind>, DecisionError> {
    if until.is_some_and(|until| until <= now) {
        return Err(DecisionError::UntilPassed);
    }
    if waiting_for == WaitingFor::Planned && until.is_none() {
        return Err(DecisionError::UntilMissing);
    }
    Ok(vec![EventKind::WaitStarted { waiting: Waiting { waiting_for, until } }])
}

/// A review judges where a ticket was solved, so it waits for the solution and is void without one.
fn review(
    ticket: &Ticket,
    could_have_solved: bool,
    note: Option<&Reason>,
    by: By,
) -> Result<Vec<EventKind>, DecisionError> {
    if !is_reviewable(ticket, by) {
        return Err(DecisionError::NothingToReview);
    }
    let note = note.map(|note| note.as_str().to_owned());
    Ok(vec![EventKind::FirstLineReviewed { could_have_solved, note }])
}

fn after_public_message(ticket: &Ticket, by: By) -> Option<EventKind> {
    match by.role {
        ByRole::Staff => (ticket.first_response_at.is_none() && by.user != Some(ticket.requester))
            .then_some(EventKind::FirstResponded),
        ByRole::Requester => ticket
            .waiting
            .filter(|waiting| waiting.waiting_for == WaitingFor::Requester)
            .map(|_| EventKind::WaitEnded { by: Some(SystemAction::AnswerArrived) }),
        ByRole::System | ByRole::External => None,
    }
}

fn by_itself(ticket: &Ticket, action: SystemAction) -> Vec<EventKind> {
    if rule(ticket.kind, ticket.status, Step::System(action)).is_none() {
        return Vec::new();
    }
    match action {
        SystemAction::AnswerArrived | SystemAction::WaitEnded => {
            vec![EventKind::WaitEnded { by: Some(action) }]
        }
        SystemAction::AutoClose => vec![EventKind::Closed { by: Some(action) }],
    }
}

fn edited(ticket: &Ticket, edit: &Edit) -> Result<Vec<EventKind>, DecisionError> {
    if matches!(ticket.status, Status::Closed | Status::Cancelled) {
        return Err(DecisionError::Settled { status: ticket.status });
    }
    let Edit {
        subject,
        description,
        service,
        system,
        category,
        support_level,
        activity,
        impact,
        urgency,
        priority,
    } = edit;
    let mut events = Vec::new();
    if let Some(to) = subject.as_ref().map(Subject::as_str).filter(|to| *to != ticket.subject) {
        events.push(EventKind::SubjectChanged { from: ticket.subject.clone(), to: to.to_owned() });
    }
    if let Some(to) = description {
        let to = to.as_ref().map_or("", |d| d.as_str());
        if to != ticket.description {
            events
                .push(EventKind::DescriptionChanged { from: ticket.description.clone(), to: to.to_owned() });
        }
    }
    if let Some(to) = service.filter(|to| *to != ticket.service) {
        events.push(EventKind::ServiceChanged { from: ticket.service, to });
    }
    if let Some(to) = system.filter(|to| *to != ticket.system) {
        events.push(EventKind::SystemChanged { from: ticket.system, to });
    }
    if let Some(to) = category.filter(|to| *to != ticket.category) {
        events.push(EventKind::CategoryChanged { from: ticket.category, to });
    }
    if let Some(to) = support_level.as_ref().filter(|to| **to != ticket.support_level) {
        events.push(EventKind::SupportLevelChanged { from: ticket.support_level.clone(), to: to.clone() });
    }
    if let Some(to) = activity.as_ref().filter(|to| **to != ticket.activity) {
        events.push(EventKind::ActivityChanged { from: ticket.activity.clone(), to: to.clone() });
    }
    let (impact, urgency) = (impact.unwrap_or(ticket.impact), urgency.unwrap_or(ticket.urgency));
    let ranks_changed = (impact, urgency) != (ticket.impact, ticket.urgency);
    let (to, reason) = match priority {
        Some((to, reason)) => (*to, Some(*reason).filter(|reason| *reason != PriorityReason::ImpactUrgency)),
        None if ranks_changed => (priority_of(impact, urgency), None),
        None => (ticket.priority, None),
    };
    if ranks_changed || to != ticket.priority {
        events.push(EventKind::PriorityChanged {
            from_impact: ticket.impact,
            from_urgency: ticket.urgency,
            from: ticket.priority,
            impact,
            urgency,
            to,
            reason,
        });
    }
    Ok(events)
}
