//! Who is told of what: from an event to the people it concerns. How they are told (portal, mail)
//! is decided elsewhere.

use crate::domain::ids::{GroupId, UserId};
use crate::domain::mail::Template;
use crate::domain::sla::agreement::Tell;
use crate::domain::ticket::{EventKind, Origin, Priority, Ticket, TicketEvent, Visibility, WaitingFor};
use crate::text_enum;

text_enum! {
    /// Why somebody is told.
    pub enum NoticeKind {
        /// Staff, the requester or a supplier wrote on the ticket.
        Answered = "answered",
        /// The ticket waits for the requester.
        WaitingForYou = "waitingForYou",
        /// It was solved.
        Resolved = "resolved",
        /// It was opened again.
        Reopened = "reopened",
        /// It was given to this person.
        Assigned = "assigned",
        /// A ticket of the highest priority came in or was raised.
        Critical = "critical",
        /// Staff registered it for this person.
        Registered = "registered",
        /// What was promised on it is soon due.
        DueSoon = "dueSoon",
        /// What was promised on it is overdue.
        Overdue = "overdue",
        /// A mail of ours about it didn't reach whom it was for.
        Undelivered = "undelivered",
    }
}

/// Somebody to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// One person.
    Person(UserId),
    /// Every member of a group.
    Group(GroupId),
    /// Those who lead a group; every member of one that nobody leads.
    Leads(GroupId),
}

/// Who is told of an event, and why. Nobody is told of what they did themselves.
#[must_use]
pub fn plan(ticket: &Ticket, event: &TicketEvent) -> Vec<(Audience, NoticeKind)> {
    let notices = match &event.kind {
        EventKind::Opened { requester, registered_by, priority, group, .. } => {
            let mut notices = Vec::new();
            if requester != registered_by {
                notices.push((Audience::Person(*requester), NoticeKind::Registered));
            }
            if is_critical(*priority) {
                notices.push((Audience::Group(*group), NoticeKind::Critical));
            }
            notices
        }
        EventKind::PriorityChanged { from, to, .. } if is_critical(*to) && !is_critical(*from) => {
            vec![(Audience::Group(ticket.group), NoticeKind::Critical)]
        }
        EventKind::Assigned { to: Some(person), .. } => {
            vec![(Audience::Person(*person), NoticeKind::Assigned)]
        }
        EventKind::MessageAdded { visibility: Visibility::Public, .. } => {
            let mut notices = vec![(Audience::Person(ticket.requester), NoticeKind::Answered)];
            notices.extend(ticket.assignee.map(|person| (Audience::Person(person), NoticeKind::Answered)));
            notices
        }
        EventKind::MessageAdded { visibility: Visibility::Internal, .. } => ticket
            .assignee
            .map(|person| (Audience::Person(person), NoticeKind::Answered))
            .into_iter()
            .collect(),
        // While a supplier has it nobody does; the owner is told.
        EventKind::ExternalAnswered { .. } => {
            let owner = Audience::Group(ticket.owner_group);
            vec![(ticket.assignee.map_or(owner, Audience::Person), NoticeKind::Answered)]
        }
        // The requester doesn't know what we wrote: somebody has to call.
        EventKind::MailNoted { undelivered: Some(_), .. } => {
            let owner = Audience::Group(ticket.owner_group);
            vec![(ticket.assignee.map_or(owner, Audience::Person), NoticeKind::Undelivered)]
        }
        EventKind::WaitStarted { waiting } if waiting.waiting_for == WaitingFor::Requester => {
            vec![(Audience::Person(ticket.requester), NoticeKind::WaitingForYou)]
        }
        EventKind::Resolved { .. } => vec![(Audience::Person(ticket.requester), NoticeKind::Resolved)],
        EventKind::Reopened { .. } => {
            let mut notices = vec![(Audience::Person(ticket.requester), NoticeKind::Reopened)];
            notices.extend(ticket.assignee.map(|person| (Audience::Person(person), NoticeKind::Reopened)));
            notices
        }
        EventKind::ClockWarned { tells, .. } => told_of_clock(ticket, tells, NoticeKind::DueSoon),
        EventKind::ClockBreached { tells, .. } => told_of_clock(ticket, tells, NoticeKind::Overdue),
        EventKind::Taken { .. }
        | EventKind::Routed { .. }
        | EventKind::AgreementChanged { .. }
        | EventKind::Assigned { to: None, .. }
        | EventKind::Escalated { .. }
        | EventKind::Returned { .. }
        | EventKind::WaitStarted { .. }
        | EventKind::WaitEnded { .. }
        | EventKind::FirstResponded
        | EventKind::Closed { .. }
        | EventKind::Cancelled { .. }
        | EventKind::SubjectChanged { .. }
        | EventKind::DescriptionChanged { .. }
        | EventKind::ServiceChanged { .. }
        | EventKind::SystemChanged { .. }
        | EventKind::CategoryChanged { .. }
        | EventKind::SupportLevelChanged { .. }
        | EventKind::ActivityChanged { .. }
        | EventKind::RouteAdvised { .. }
        | EventKind::PriorityChanged { .. }
        | EventKind::AttachmentAdded { .. }
        | EventKind::LinkAdded { .. }
        | EventKind::LinkRemoved { .. }
        | EventKind::FirstLineReviewed { .. }
        | EventKind::MailNoted { .. }
        | EventKind::ExternalLinkCreated { .. } => Vec::new(),
    };
    notices
        .into_iter()
        .filter(|(audience, _)| {
            *audience != event.actor.map_or(Audience::Group(GroupId(0)), Audience::Person)
        })
        .collect()
}

/// Who gets a mail about an event, and which: whoever is told of it, and the requester when a ticket of
/// theirs comes in. What another system's history tells is no news to anybody.
#[must_use]
pub fn mails(ticket: &Ticket, event: &TicketEvent) -> Vec<(Audience, Template)> {
    if event.origin == Origin::Import {
        return Vec::new();
    }
    if let EventKind::Opened { requester, registered_by, .. } = &event.kind
        && requester == registered_by
    {
        let mut mails = vec![(Audience::Person(*requester), Template::Received)];
        mails.extend(plan(ticket, event).into_iter().map(|(audience, kind)| (audience, Template::of(kind))));
        return mails;
    }
    // One call is enough; the group has seen the notice.
    if let EventKind::MailNoted { undelivered: Some(_), .. } = &event.kind
        && ticket.assignee.is_none()
    {
        return vec![(Audience::Leads(ticket.owner_group), Template::Undelivered)];
    }
    plan(ticket, event).into_iter().map(|(audience, kind)| (audience, Template::of(kind))).collect()
}

/// Whether staff have been told that mail doesn't arrive, and nothing has gone to the requester since. Further reports are
/// noted and not told: what tells of them may come back too, and anybody can write them.
#[must_use]
pub fn is_known_undelivered(events: &[TicketEvent]) -> bool {
    let said = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::MailNoted { undelivered: Some(_), .. } => Some(true),
        EventKind::MessageAdded { visibility: Visibility::Public, .. }
        | EventKind::WaitStarted { .. }
        | EventKind::Resolved { .. }
        | EventKind::Reopened { .. } => Some(false),
        _ => None,
    });
    said.unwrap_or(false)
}

/// Whom an agreement wants told; where it means the assignee and nobody has the ticket, the group's lead.
fn told_of_clock(ticket: &Ticket, tells: &[Tell], kind: NoticeKind) -> Vec<(Audience, NoticeKind)> {
    let lead = Audience::Leads(ticket.group);
    tells
        .iter()
        .map(|tell| match tell {
            Tell::Assignee => ticket.assignee.map_or(lead, Audience::Person),
            Tell::GroupLead => lead,
            Tell::Group => Audience::Group(ticket.group),
        })
        .map(|audience| (audience, kind))
        .collect()
}

fn is_critical(priority: Priority) -> bool {
    priority.get() == 1
}
