//! From an imported row to a ticket with its history.

use super::row::ImportRow;
use crate::domain::ids::{CategoryId, DeskId, OrganisationId, ServiceId, SystemId, TicketId, UserId};
use crate::domain::ticket::{
    EventKind, GroupRef, Line, Origin, Ticket, TicketEvent, TicketNumber, evolve, priority_of,
};

/// Why an imported ticket lay with another group: nobody has told us the real reason. Stored as the
/// reason itself, in the reference language.
const HANDED_OVER: &str = "Importerat ärende: överlämnades i det tidigare systemet.";

/// What an installation knows by the names in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedFacts {
    /// The ticket's key.
    pub id: TicketId,
    /// The ticket's number.
    pub number: TicketNumber,
    /// The desk that takes it in.
    pub desk: DeskId,
    /// The group that takes it in and owns it.
    pub intake: GroupRef,
    /// The group that resolved it; the intake when it isn't resolved.
    pub resolved_by: GroupRef,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The top of the organisation's tree.
    pub customer: OrganisationId,
    /// Whom it is for.
    pub requester: UserId,
    /// Who had it.
    pub assignee: Option<UserId>,
    /// The service.
    pub service: Option<ServiceId>,
    /// The system.
    pub system: Option<SystemId>,
    /// The category.
    pub category: Option<CategoryId>,
}

/// The ticket and the events it is the fold of, in the order of their instants. When it was handed over
/// isn't told, so that stands at the opening. Nothing is made up beyond that: without a first response
/// in the row there is none.
///
/// `None` only if an opening opened nothing.
#[must_use]
pub fn imported_history(row: &ImportRow, facts: &ImportedFacts) -> Option<(Ticket, Vec<TicketEvent>)> {
    let mut happened = vec![(row.opened_at, Some(facts.requester), opened(row, facts))];
    happened.extend(handed_over(row, facts).map(|kind| (row.opened_at, None, kind)));
    happened.extend(row.first_response_at.map(|at| (at, facts.assignee, EventKind::FirstResponded)));
    if let Some(resolution) = &row.resolution {
        let resolved = EventKind::Resolved {
            solution: String::new(),
            line: resolution.line,
            group: facts.resolved_by.id,
        };
        happened.push((resolution.at, facts.assignee, resolved));
        happened.extend(resolution.closed_at.map(|at| (at, None, EventKind::Closed { by: None })));
    }
    // Stable, so that the opening stays first and what shares an instant keeps its order.
    happened.sort_by_key(|(at, _, _)| *at);
    let events: Vec<TicketEvent> = happened
        .into_iter()
        .zip(1..)
        .map(|((at, actor, kind), sequence)| TicketEvent {
            sequence,
            at,
            actor,
            origin: Origin::Import,
            kind,
        })
        .collect();
    let (first, later) = events.split_first()?;
    let mut ticket = Ticket::opened(facts.id, first)?;
    for event in later {
        evolve(&mut ticket, event);
    }
    Some((ticket, events))
}

fn opened(row: &ImportRow, facts: &ImportedFacts) -> EventKind {
    EventKind::Opened {
        number: facts.number.sequence(),
        kind: row.kind,
        desk: facts.desk,
        subject: row.subject.as_str().to_owned(),
        description: row.description.as_ref().map(|d| d.as_str().to_owned()).unwrap_or_default(),
        channel: row.channel,
        requester: facts.requester,
        registered_by: facts.requester,
        organisation: facts.organisation,
        customer: facts.customer,
        service: facts.service,
        system: facts.system,
        category: facts.category,
        impact: row.impact,
        urgency: row.urgency,
        priority: priority_of(row.impact, row.urgency),
        line: facts.intake.line,
        group: facts.intake.id,
        external_id: Some(row.external_id.as_str().to_owned()),
        support_level: None,
        activity: None,
        agreement: None,
        routed: None,
    }
}

/// From the intake to those who had it: to another line, then to another group or a person.
fn handed_over(row: &ImportRow, facts: &ImportedFacts) -> impl Iterator<Item = EventKind> {
    let (intake, group) = (facts.intake, facts.resolved_by.id);
    let line: Line = row.resolution.as_ref().map_or(intake.line, |resolution| resolution.line);
    let escalated = (line != intake.line).then(|| EventKind::Escalated {
        from_group: intake.id,
        to_group: group,
        from_line: intake.line,
        to_line: line,
        reason: HANDED_OVER.to_owned(),
        code: None,
    });
    let from_group = if escalated.is_some() { group } else { intake.id };
    let assigned = (facts.assignee.is_some() || from_group != group).then_some(EventKind::Assigned {
        from_group,
        to_group: group,
        from: None,
        to: facts.assignee,
    });
    escalated.into_iter().chain(assigned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Instant;
    use crate::domain::ids::GroupId;
    use crate::domain::import::{ExternalId, ImportedResolution, RowAt};
    use crate::domain::text::{EmailAddress, Name, Subject};
    use crate::domain::ticket::{Channel, Rank, Status, TicketKind};

    const INTAKE: GroupRef = GroupRef { id: GroupId(1), line: Line::First };
    const SECOND: GroupRef = GroupRef { id: GroupId(2), line: Line::Second };

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    fn row() -> ImportRow {
        ImportRow {
            at: RowAt { row: 1, line: 2 },
            external_id: ExternalId::parse("RT-1").unwrap(),
            kind: TicketKind::Incident,
            organisation: Name::parse("Norrviks kommun").unwrap(),
            requester_email: EmailAddress::parse("anna.ek@example.se").unwrap(),
            subject: Subject::parse("Skrivaren").unwrap(),
            description: None,
            channel: Channel::Email,
            category: None,
            service: None,
            system: None,
            impact: Rank::HIGH,
            urgency: Rank::MEDIUM,
            opened_at: at(100),
            first_response_at: None,
            assignee_email: None,
            resolution: None,
        }
    }

    fn facts(resolved_by: GroupRef, assignee: Option<UserId>) -> ImportedFacts {
        ImportedFacts {
            id: TicketId(7),
            number: TicketNumber::new(TicketKind::Incident, 1),
            desk: DeskId(1),
            intake: INTAKE,
            resolved_by,
            organisation: OrganisationId(2),
            customer: OrganisationId(1),
            requester: UserId(3),
            assignee,
            service: None,
            system: None,
            category: None,
        }
    }

    fn resolved_by(line: Line, closed_at: Option<Instant>) -> Option<ImportedResolution> {
        Some(ImportedResolution { at: at(500), line, group: None, closed_at })
    }

    fn outline(row: &ImportRow, facts: &ImportedFacts) -> (Ticket, Vec<String>) {
        let (ticket, events) = imported_history(row, facts).unwrap();
        assert!(events.iter().all(|event| event.origin == Origin::Import));
        assert!(events.iter().map(|event| event.sequence).eq(1..=i64::try_from(events.len()).unwrap()));
        let kinds = events.iter().map(|event| {
            let json = serde_json::to_value(&event.kind).unwrap();
            format!("{} {}", event.at.micros() / 1_000_000, json["type"].as_str().unwrap())
        });
        let outline = kinds.collect();
        (ticket, outline)
    }

    #[test]
    fn open_row_is_a_new_ticket_in_the_intake() {
        let (ticket, events) = outline(&row(), &facts(INTAKE, None));
        assert_eq!(events, ["100 opened"]);
        assert_eq!((ticket.status, ticket.group, ticket.line), (Status::New, INTAKE.id, Line::First));
        assert_eq!((ticket.priority.get(), ticket.version), (2, 1));
        assert_eq!(ticket.external_id.as_deref(), Some("RT-1"));
    }

    #[test]
    fn resolved_by_another_line_was_handed_over_at_the_opening() {
        let row = ImportRow {
            first_response_at: Some(at(200)),
            resolution: resolved_by(Line::Second, Some(at(900))),
            ..row()
        };
        let (ticket, events) = outline(&row, &facts(SECOND, Some(UserId(9))));
        let expected = [
            "100 opened",
            "100 escalated",
            "100 assigned",
            "200 firstResponded",
            "500 resolved",
            "900 closed",
        ];
        assert_eq!(events, expected);
        assert_eq!(ticket.status, Status::Closed);
        assert_eq!((ticket.group, ticket.owner_group, ticket.line), (SECOND.id, INTAKE.id, Line::Second));
        assert_eq!((ticket.resolved_at, ticket.open_micros), (Some(at(500)), 400_000_000));
        let resolution = ticket.resolution.unwrap();
        assert_eq!(
            (resolution.line, resolution.group, resolution.by),
            (Line::Second, SECOND.id, Some(UserId(9)))
        );
        assert_eq!(ticket.updated_at, at(900));
    }

    #[test]
    fn a_line_without_a_group_of_its_own_is_kept() {
        let row = ImportRow { resolution: resolved_by(Line::Third, None), ..row() };
        let (ticket, events) = outline(&row, &facts(INTAKE, None));
        assert_eq!(events, ["100 opened", "100 escalated", "500 resolved"]);
        assert_eq!((ticket.status, ticket.line, ticket.group), (Status::Resolved, Line::Third, INTAKE.id));
        assert_eq!(ticket.resolution.unwrap().line, Line::Third);
    }

    #[test]
    fn another_group_of_the_first_line_had_it_assigned() {
        let row = ImportRow { resolution: resolved_by(Line::First, None), ..row() };
        let other = GroupRef { id: GroupId(5), line: Line::First };
        let (ticket, events) = outline(&row, &facts(other, None));
        assert_eq!(events, ["100 opened", "100 assigned", "500 resolved"]);
        assert_eq!(ticket.group, other.id);
    }

    #[test]
    fn a_response_after_the_solution_stands_after_it() {
        let row = ImportRow {
            first_response_at: Some(at(600)),
            resolution: resolved_by(Line::First, Some(at(500))),
            ..row()
        };
        let (ticket, events) = outline(&row, &facts(INTAKE, None));
        assert_eq!(events, ["100 opened", "500 resolved", "500 closed", "600 firstResponded"]);
        assert_eq!((ticket.status, ticket.first_response_at), (Status::Closed, Some(at(600))));
    }
}
