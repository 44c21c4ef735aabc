//! What the desk's policies make of a ticket: as it is filed, and anew when what it concerns changes.

use crate::app::policies::Grounds;
use crate::domain::clock::Instant;
use crate::domain::people::Group;
use crate::domain::policies::{ancestors, is_base_function, working_groups};
use crate::domain::routing::{Facts, Matrix, Routed, Routing, RuleSet, route};
use crate::domain::sla::agreement;
use crate::domain::text::Body;
use crate::domain::ticket::{EventKind, Opening, Terms, Ticket, TicketEvent};

/// What they make of a ticket that is filed now.
pub(in crate::app) fn terms(grounds: &Grounds, opening: &Opening, now: Instant) -> Terms {
    let Grounds { settings: _, directory, policies } = grounds;
    let Terms { support_level, activity, .. } = &opening.terms;
    let organisations = ancestors(directory, opening.organisation);
    let base_function = is_base_function(directory, opening.service);
    let routed = routed_by(
        grounds,
        opening.desk,
        &Facts {
            at: now,
            intake: opening.group.id,
            kind: opening.kind,
            channel: opening.channel,
            organisations: &organisations,
            service: opening.service,
            base_function,
            system: opening.system,
            category: opening.category,
            support_level: support_level.as_ref(),
            activity: activity.as_ref(),
            subject: opening.subject.as_str(),
            description: opening.description.as_ref().map_or("", Body::as_str),
            impact: opening.impact,
            urgency: opening.urgency,
        },
    );
    let facts = agreement::Facts {
        at: now,
        desk: opening.desk,
        kind: opening.kind,
        organisations,
        system: opening.system,
        service: opening.service,
        base_function,
        priority: routed.priority,
        support_level: support_level.clone(),
        group: Some(routed.group),
    };
    Terms {
        support_level: support_level.clone(),
        activity: activity.clone(),
        agreement: policies.promised(&facts, routed.agreement),
        group: directory.group(routed.group).map(Group::to_ref),
        routed: routed.is_remarkable().then(|| Box::new(routed)),
    }
}

/// Whether responsibility and rules may say something else of a ticket from here.
pub(super) const fn decides_route(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::ServiceChanged { .. }
            | EventKind::SystemChanged { .. }
            | EventKind::CategoryChanged { .. }
            | EventKind::SupportLevelChanged { .. }
            | EventKind::ActivityChanged { .. }
    )
}

/// What they say of a ticket as it stands, when that differs from what its history tells.
pub(super) fn advice(
    grounds: &Grounds,
    ticket: &Ticket,
    history: &[TicketEvent],
    now: Instant,
) -> Option<EventKind> {
    let organisations = ancestors(&grounds.directory, ticket.organisation);
    let advice = routed_by(
        grounds,
        ticket.desk,
        &Facts {
            at: now,
            intake: ticket.owner_group,
            kind: ticket.kind,
            channel: ticket.channel,
            organisations: &organisations,
            service: ticket.service,
            base_function: is_base_function(&grounds.directory, ticket.service),
            system: ticket.system,
            category: ticket.category,
            support_level: ticket.support_level.as_ref(),
            activity: ticket.activity.as_ref(),
            subject: &ticket.subject,
            description: &ticket.description,
            impact: ticket.impact,
            urgency: ticket.urgency,
        },
    )
    .advice();
    let told = history.iter().rev().find_map(|event| event.kind.routed());
    let is_news = match told {
        Some(told) => !told.clone().advice().advises_like(&advice),
        None => advice.is_remarkable(),
    };
    is_news.then(|| EventKind::RouteAdvised { routed: Box::new(advice) })
}

fn routed_by(grounds: &Grounds, desk: crate::domain::ids::DeskId, facts: &Facts<'_>) -> Routed {
    let Grounds { settings: _, directory, policies } = grounds;
    let (no_rules, no_matrix) = (RuleSet::default(), Matrix::default());
    let routing = Routing {
        rules: policies.rules.at(facts.at).unwrap_or(&no_rules),
        matrix: policies.matrix.at(facts.at).unwrap_or(&no_matrix),
        lists: &policies.lists,
        groups: &working_groups(directory, desk),
    };
    route(&routing, facts)
}
