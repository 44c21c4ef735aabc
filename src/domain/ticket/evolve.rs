//! From events to the ticket as it stands. Nothing else changes a ticket.

use super::{EventKind, Resolution, Status, Ticket, TicketEvent, TicketNumber};
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, TicketId};

impl Ticket {
    /// The ticket an opening begins, or nothing when the event is another one.
    #[must_use]
    pub fn opened(id: TicketId, event: &TicketEvent) -> Option<Self> {
        let EventKind::Opened {
            number,
            kind,
            desk,
            subject,
            description,
            channel,
            requester,
            registered_by,
            organisation,
            customer,
            service,
            system,
            category,
            impact,
            urgency,
            priority,
            line,
            group,
            external_id,
            support_level,
            activity,
            agreement,
            routed: _,
        } = &event.kind
        else {
            return None;
        };
        Some(Self {
            id,
            number: TicketNumber::new(*kind, *number),
            kind: *kind,
            status: Status::New,
            desk: *desk,
            subject: subject.clone(),
            description: description.clone(),
            channel: *channel,
            requester: *requester,
            registered_by: *registered_by,
            organisation: *organisation,
            customer: *customer,
            service: *service,
            system: *system,
            category: *category,
            support_level: support_level.clone(),
            activity: activity.clone(),
            impact: *impact,
            urgency: *urgency,
            priority: *priority,
            agreement: *agreement,
            line: *line,
            group: *group,
            owner_group: *group,
            assignee: None,
            waiting: None,
            opened_at: event.at,
            first_response_at: None,
            resolved_at: None,
            closed_at: None,
            resolution: None,
            reopened_at: None,
            reopen_count: 0,
            open_micros: 0,
            updated_at: event.at,
            version: 1,
            external_id: external_id.clone(),
        })
    }

    fn settle(&mut self, event: &TicketEvent, resolution: Resolution) {
        let open_since = self.reopened_at.unwrap_or(self.opened_at);
        self.open_micros = self.open_micros.saturating_add(event.at.micros_since(open_since));
        self.resolved_at = Some(event.at);
        self.resolution = Some(resolution);
    }
}

/// Applies one event. The version isn't touched: it counts commands, and a command may cause several events.
pub fn evolve(ticket: &mut Ticket, event: &TicketEvent) {
    ticket.updated_at = event.at;
    match &event.kind {
        EventKind::Opened { .. }
        | EventKind::MessageAdded { .. }
        | EventKind::AttachmentAdded { .. }
        | EventKind::LinkAdded { .. }
        | EventKind::LinkRemoved { .. }
        | EventKind::FirstLineReviewed { .. }
        | EventKind::RouteAdvised { .. }
        | EventKind::ClockWarned { .. }
        | EventKind::ClockBreached { .. }
        | EventKind::ExternalLinkCreated { .. }
        | EventKind::MailNoted { .. }
        | EventKind::ExternalAnswered { .. } => {}
        EventKind::Routed { from_group: _, to_group, from_line: _, to_line } => {
            ticket.group = *to_group;
            ticket.line = *to_line;
        }
        EventKind::AgreementChanged { from: _, to } => ticket.agreement = *to,
        EventKind::Taken { from: _, to, group } => {
            ticket.status = Status::InProgress;
            ticket.assignee = Some(*to);
            ticket.group = *group;
            ticket.waiting = None;
        }
        EventKind::Assigned { from_group: _, to_group, from: _, to } => {
            ticket.status = Status::Assigned;
            ticket.group = *to_group;
            ticket.assignee = *to;
            ticket.waiting = None;
        }
        EventKind::Escalated { from_group: _, to_group, from_line: _, to_line, reason: _, code: _ }
        | EventKind::Returned { from_group: _, to_group, from_line: _, to_line, reason: _, code: _ } => {
            ticket.status = Status::Assigned;
            ticket.group = *to_group;
            ticket.line = *to_line;
            ticket.assignee = None;
            ticket.waiting = None;
        }
        EventKind::WaitStarted { waiting } => {
            ticket.status = Status::Waiting;
            ticket.waiting = Some(*waiting);
        }
        EventKind::WaitEnded { by } => {
            ticket.status = if by.is_some() { Status::Assigned } else { Status::InProgress };
            ticket.waiting = None;
        }
        EventKind::FirstResponded => ticket.first_response_at = Some(event.at),
        EventKind::Resolved { solution, line, group } => {
            ticket.status = Status::Resolved;
            ticket.waiting = None;
            ticket.settle(
                event,
                Resolution { solution: solution.clone(), line: *line, group: *group, by: event.actor },
            );
        }
        EventKind::Closed { by: _ } => {
            if ticket.status.is_open() {
                let resolution = Resolution {
                    solution: String::new(),
                    line: ticket.line,
                    group: ticket.group,
                    by: event.actor,
                };
                ticket.settle(event, resolution);
            }
            ticket.status = Status::Closed;
            ticket.waiting = None;
            ticket.closed_at = Some(event.at);
        }
        EventKind::Reopened { reason: _ } => {
            ticket.status = Status::Assigned;
            ticket.reopened_at = Some(event.at);
            ticket.reopen_count += 1;
            ticket.resolved_at = None;
            ticket.closed_at = None;
            ticket.resolution = None;
        }
        EventKind::Cancelled { reason: _ } => {
            ticket.status = Status::Cancelled;
            ticket.waiting = None;
            ticket.closed_at = Some(event.at);
        }
        EventKind::SubjectChanged { from: _, to } => ticket.subject.clone_from(to),
        EventKind::DescriptionChanged { from: _, to } => ticket.description.clone_from(to),
        EventKind::ServiceChanged { from: _, to } => ticket.service = *to,
        EventKind::SystemChanged { from: _, to } => ticket.system = *to,
        EventKind::CategoryChanged { from: _, to } => ticket.category = *to,
        EventKind::SupportLevelChanged { from: _, to } => ticket.support_level.clone_from(to),
        EventKind::ActivityChanged { from: _, to } => ticket.activity.clone_from(to),
        EventKind::PriorityChanged {
            from_impact: _,
            from_urgency: _,
            from: _,
            impact,
            urgency,
            to,
            reason: _,
        } => {
            ticket.impact = *impact;
            ticket.urgency = *urgency;
            ticket.priority = *to;
        }
    }
}

/// The group that had the ticket at an instant, by its history; nothing before the opening.
#[must_use]
pub fn group_at(events: &[TicketEvent], at: Instant) -> Option<GroupId> {
    let had = events.iter().take_while(|event| event.at <= at).filter_map(|event| match &event.kind {
        EventKind::Opened { group, .. } | EventKind::Taken { group, .. } => Some(*group),
        EventKind::Assigned { to_group, .. }
        | EventKind::Escalated { to_group, .. }
        | EventKind::Returned { to_group, .. } => Some(*to_group),
        _ => None,
    });
    had.last()
}
