//! The lifecycle: one exhaustive table. A new status or action doesn't compile until every cell is
//! decided; a test prints the table to `tests/it/matrix/lifecycle.txt`.

use super::{Action, Status, SystemAction, TicketKind};
use crate::domain::access::Permission;

/// Who or what may set off a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A person with this permission.
    Permission(Permission),
    /// The product itself, never a person.
    System,
}

/// What must hold besides the permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Only the requester: staff resolve first.
    ByRequester,
    /// The ticket lies with another group than the one that owns it.
    AwayFromOwner,
}

/// One cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The status afterwards.
    pub to: Status,
    /// Who may.
    pub needs: Needs,
    /// What must hold besides.
    pub guard: Option<Guard>,
}

const fn step(to: Status, permission: Permission) -> Option<Rule> {
    Some(Rule { to, needs: Needs::Permission(permission), guard: None })
}

const fn guarded(to: Status, permission: Permission, guard: Guard) -> Option<Rule> {
    Some(Rule { to, needs: Needs::Permission(permission), guard: Some(guard) })
}

const fn by_system(to: Status) -> Option<Rule> {
    Some(Rule { to, needs: Needs::System, guard: None })
}

/// A step a person or the product takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A person's.
    Person(Action),
    /// The product's own.
    System(SystemAction),
}

/// The rule for a step, or none where it isn't possible.
#[must_use]
pub const fn rule(kind: TicketKind, from: Status, step_taken: Step) -> Option<Rule> {
    match kind {
        // Problems and changes come in by import and are worked like the others until they get
        // processes of their own.
        TicketKind::Incident | TicketKind::Request | TicketKind::Problem | TicketKind::Change => {
            match step_taken {
                Step::Person(action) => person_rule(from, action),
                Step::System(action) => system_rule(from, action),
            }
        }
    }
}

const fn person_rule(from: Status, action: Action) -> Option<Rule> {
    use Action as A;
    use Permission as P;
    use Status as S;
    match (from, action) {
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Take) => step(S::InProgress, P::TicketTake),
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Assign) => step(S::Assigned, P::TicketAssign),
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Escalate) => {
            step(S::Assigned, P::TicketEscalate)
        }
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Return) => {
            guarded(S::Assigned, P::TicketEscalate, Guard::AwayFromOwner)
        }
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Wait) => step(S::Waiting, P::TicketWait),
        (S::Waiting, A::Resume) => step(S::InProgress, P::TicketWait),
        (S::New | S::Assigned | S::InProgress, A::Resume) => None,
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Resolve) => {
            step(S::Resolved, P::TicketResolve)
        }
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Close) => {
            guarded(S::Closed, P::TicketClose, Guard::ByRequester)
        }
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Cancel) => step(S::Cancelled, P::TicketCancel),
        (S::New | S::Assigned | S::InProgress | S::Waiting, A::Reopen) => None,
        (S::Resolved, A::Close) => step(S::Closed, P::TicketClose),
        (S::Resolved | S::Closed, A::Reopen) => step(S::Assigned, P::TicketReopen),
        (
            S::Resolved,
            A::Take | A::Assign | A::Escalate | A::Return | A::Wait | A::Resume | A::Resolve | A::Cancel,
        )
        | (
            S::Closed,
            A::Take
            | A::Assign
            | A::Escalate
            | A::Return
            | A::Wait
            | A::Resume
            | A::Resolve
            | A::Close
            | A::Cancel,
        )
        | (
            S::Cancelled,
            A::Take
            | A::Assign
            | A::Escalate
            | A::Return
            | A::Wait
            | A::Resume
            | A::Resolve
            | A::Close
            | A::Reopen
            | A::Cancel,
        ) => None,
    }
}

const fn system_rule(from: Status, action: SystemAction) -> Option<Rule> {
    match (from, action) {
        (Status::Waiting, SystemAction::AnswerArrived | SystemAction::WaitEnded) => {
            by_system(Status::Assigned)
        }
        (Status::Resolved, SystemAction::AutoClose) => by_system(Status::Closed),
        (
            Status::New
            | Status::Assigned
            | Status::InProgress
            | Status::Resolved
            | Status::Closed
            | Status::Cancelled,
            SystemAction::AnswerArrived | SystemAction::WaitEnded,
        )
        | (
            Status::New
            | Status::Assigned
            | Status::InProgress
            | Status::Waiting
            | Status::Closed
            | Status::Cancelled,
            SystemAction::AutoClose,
        ) => None,
    }
}

/// The actions offered to whoever holds the permissions that `holds` says, in the order of the
/// lifecycle. Buttons, the API's `allowedActions` and the answer to a forbidden action all come from here.
pub fn allowed_actions(
    kind: TicketKind,
    from: Status,
    guard_holds: impl Fn(Guard) -> bool,
    permitted: impl Fn(Permission) -> bool,
) -> Vec<Action> {
    Action::ALL
        .iter()
        .copied()
        .filter(|action| {
            rule(kind, from, Step::Person(*action)).is_some_and(|rule| {
                rule.guard.is_none_or(&guard_holds)
                    && match rule.needs {
                        Needs::Permission(permission) => permitted(permission),
                        Needs::System => false,
                    }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_status_is_reachable_and_only_cancelled_is_a_dead_end() {
        for kind in TicketKind::ALL {
            let mut reached = HashSet::from([Status::New]);
            loop {
                let before = reached.len();
                for from in reached.clone() {
                    for action in Action::ALL {
                        reached.extend(rule(*kind, from, Step::Person(*action)).map(|rule| rule.to));
                    }
                }
                if reached.len() == before {
                    break;
                }
            }
            assert_eq!(reached.len(), Status::ALL.len());
            for status in Status::ALL {
                let dead_end = Action::ALL.iter().all(|a| rule(*kind, *status, Step::Person(*a)).is_none());
                assert_eq!(dead_end, *status == Status::Cancelled, "{status}");
            }
        }
    }

    #[test]
    fn people_are_never_offered_what_the_system_does() {
        for status in Status::ALL {
            for action in Action::ALL {
                if let Some(rule) = rule(TicketKind::Incident, *status, Step::Person(*action)) {
                    assert_ne!(rule.needs, Needs::System);
                }
            }
        }
    }
}
