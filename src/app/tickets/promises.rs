//! What is promised about a ticket and how each promise stands, for its page and the API.

use super::store::named_by_rule;
use crate::app::AppError;
use crate::app::policies::Grounds;
use crate::db::ticket_events;
use crate::domain::clock::Instant;
use crate::domain::ids::TicketId;
use crate::domain::people::{Directory, Group};
use crate::domain::policies::facts_of;
use crate::domain::routing::Routed;
use crate::domain::sla::Target;
use crate::domain::sla::agreement::{AgreementKind, AgreementVersion, Condition, Metric};
use crate::domain::sla::clock::Evaluation;
use crate::domain::sla::ticket_clock::{Standing, standings};
use crate::domain::ticket::{Action, EventKind, Ticket, TicketEvent, evolve, way_to};

use crate::app::App;

/// A promise and how it stands.
#[derive(Debug, Clone)]
pub struct PromiseView {
    /// What is measured.
    pub metric: Metric,
    /// Towards whom it was promised.
    pub kind: AgreementKind,
    /// The code of the agreement.
    pub agreement: String,
    /// The agreement's name.
    pub name: String,
    /// From when the version holds that was given.
    pub version_from: Instant,
    /// Why it holds and no other.
    pub because: Because,
    /// How much working time it leaves.
    pub target: Target,
    /// How it stands.
    pub evaluation: Evaluation,
}

/// Why an agreement holds for a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// What it asks of a ticket, and this one met when it was chosen; nothing for one that holds for all.
    Conditions(Vec<Condition>),
    /// A routing rule chose it.
    Rule,
}

impl PromiseView {
    fn of(standing: Standing<'_>, because: Because) -> Self {
        let Standing { clock, evaluation, .. } = standing;
        let version = clock.version;
        Self {
            metric: clock.promise.metric,
            kind: version.kind,
            agreement: version.code.clone(),
            name: version.name.clone(),
            version_from: version.valid_from,
            because,
            target: clock.promise.target,
            evaluation,
        }
    }
}

/// What the history says about a ticket beyond its fields.
#[derive(Debug, Clone, Default)]
pub struct Grounding {
    /// What is promised about it, and how each promise stands.
    pub promises: Vec<PromiseView>,
    /// How priority and group were decided when it was filed, and when that was; nothing when only impact and
    /// urgency decided.
    pub routed: Option<(Instant, Box<Routed>)>,
    /// Whose it is by what it concerns now, when that changed.
    pub advice: Option<Advice>,
}

/// Whose a ticket is by what it concerns now, told anew because that changed.
#[derive(Debug, Clone)]
pub struct Advice {
    /// When it changed.
    pub at: Instant,
    /// The group that responsibility and rules name, and why.
    pub routed: Box<Routed>,
    /// Whether staff have decided since where it lies.
    pub is_decided: bool,
    /// How the ticket gets there; nothing when it lies there or that has been decided.
    pub way: Option<Action>,
}

impl Advice {
    /// The last one in a history.
    fn last(ticket: &Ticket, events: &[TicketEvent], directory: &Directory) -> Option<Self> {
        let told = events.iter().rposition(|event| matches!(event.kind, EventKind::RouteAdvised { .. }))?;
        let (advised, later) = events.get(told..)?.split_first()?;
        let EventKind::RouteAdvised { routed } = &advised.kind else { return None };
        let is_decided = later.iter().any(|event| match &event.kind {
            EventKind::Escalated { .. } | EventKind::Returned { .. } => true,
            EventKind::Assigned { from_group, to_group, .. } => from_group != to_group,
            _ => false,
        });
        let group = directory.group(routed.group).filter(|group| group.is_active).map(Group::to_ref);
        let way = group.filter(|_| !is_decided).and_then(|group| way_to(ticket, group));
        Some(Self { at: advised.at, routed: routed.clone(), is_decided, way })
    }
}

impl App {
    /// What is promised about a ticket, and why it went where it went. What groups and suppliers promise is for
    /// staff.
    pub(super) async fn grounding(
        &self,
        ticket: &Ticket,
        with_internal: bool,
    ) -> Result<Grounding, AppError> {
        let grounds = self.grounds().await?;
        let id = ticket.id;
        let events: Vec<TicketEvent> = self.db().point(move |conn| ticket_events::all(conn, id)).await?;
        // What came from another system was promised there.
        let promises = if ticket.external_id.is_some() {
            Vec::new()
        } else {
            views(&grounds, ticket, &events, with_internal, self.now())
        };
        let advice = Advice::last(ticket, &events, &grounds.directory).filter(|_| with_internal);
        let routed = events.into_iter().find_map(|event| match event.kind {
            EventKind::Opened { routed, .. } => routed.map(|routed| (event.at, routed)),
            _ => None,
        });
        Ok(Grounding { promises, routed, advice })
    }
}

fn views(
    grounds: &Grounds,
    ticket: &Ticket,
    events: &[TicketEvent],
    with_internal: bool,
    now: Instant,
) -> Vec<PromiseView> {
    standings(&grounds.policies, &grounds.directory, ticket.id, events, now)
        .0
        .into_iter()
        .filter(|standing| with_internal || standing.clock.version.kind == AgreementKind::Sla)
        .map(|standing| {
            let because = because(grounds, ticket.id, events, standing.clock.version);
            PromiseView::of(standing, because)
        })
        .collect()
}

/// Why an agreement held, by what the ticket was when it was last chosen.
fn because(
    grounds: &Grounds,
    ticket: TicketId,
    events: &[TicketEvent],
    version: &AgreementVersion,
) -> Because {
    if version.kind != AgreementKind::Sla {
        return Because::Conditions(vec![Condition::Group]);
    }
    let names_it = |event: &TicketEvent| match &event.kind {
        EventKind::Opened { agreement: to, .. } | EventKind::AgreementChanged { to, .. } => {
            *to == Some(version.id)
        }
        _ => false,
    };
    let chosen = events.iter().rposition(names_it).and_then(|at| events.get(..=at)).unwrap_or(events);
    if named_by_rule(chosen) == Some(version.agreement) {
        return Because::Rule;
    }
    let then = chosen.split_first().and_then(|(opening, later)| {
        let mut then = Ticket::opened(ticket, opening)?;
        later.iter().for_each(|event| evolve(&mut then, event));
        let at = later.last().unwrap_or(opening).at;
        Some(version.conditions.met_by(&facts_of(&then, &grounds.directory, at)))
    });
    Because::Conditions(then.unwrap_or_default())
}
