//! The decision: priority, responsibility and rules joined, with the way to it.
//!
//! In this order: impact × urgency; raised by the priority list in force; the responsible party's group
//! or the answer where to turn; the desk's rules, which may go against either and say so; otherwise the
//! desk's intake group. A ticket always ends with a group that takes work.

use super::rule::State;
use super::{
    ActivityCode, Bilingual, Change, Effects, Matrix, PartyCode, PriorityList, PriorityReason, Rule, RuleSet,
    Step, SupportLevelCode, in_force, raise, responsible,
};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, CategoryId, GroupId, OrganisationId, ServiceId, SystemId};
use crate::domain::ticket::{Channel, Priority, Rank, TicketKind, priority_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The reference data that decides.
#[derive(Debug, Clone, Copy)]
pub struct Routing<'a> {
    /// The desk's rules.
    pub rules: &'a RuleSet,
    /// The responsibility matrix.
    pub matrix: &'a Matrix,
    /// Every version of the priority list.
    pub lists: &'a [PriorityList],
    /// The groups of the desk that take work.
    pub groups: &'a BTreeSet<GroupId>,
}

/// What is known of a ticket when it is routed.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// When: which version of the priority list holds.
    pub at: Instant,
    /// The desk's intake group, which has what nothing else decides.
    pub intake: GroupId,
    /// What the ticket is.
    pub kind: TicketKind,
    /// How it came in.
    pub channel: Channel,
    /// Its organisation and all above, in any order.
    pub organisations: &'a [OrganisationId],
    /// The service it concerns.
    pub service: Option<ServiceId>,
    /// Whether that service is a base function.
    pub base_function: bool,
    /// The system it concerns.
    pub system: Option<SystemId>,
    /// The category it was filed with.
    pub category: Option<CategoryId>,
    /// The support level of what it concerns.
    pub support_level: Option<&'a SupportLevelCode>,
    /// What is to be done.
    pub activity: Option<&'a ActivityCode>,
    /// Its subject.
    pub subject: &'a str,
    /// Its description.
    pub description: &'a str,
    /// How much is hit.
    pub impact: Rank,
    /// How soon it hurts.
    pub urgency: Rank,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Routed {
    /// The group that gets it.
    pub group: GroupId,
    /// Its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Its priority.
    pub priority: Priority,
    /// Why that priority.
    pub priority_reason: PriorityReason,
    /// The agreement a rule chose; otherwise the most specific one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
    /// What to tell the requester when somebody without a group here is responsible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// How it was decided.
    pub trail: Vec<Step>,
}

impl Routed {
    /// Whether it says more than impact and urgency do for a ticket in the intake group.
    #[must_use]
    pub fn is_remarkable(&self) -> bool {
        self.trail.iter().any(|step| !matches!(step, Step::Ranked { .. } | Step::Intake { .. }))
    }

    /// What of it still counts for a ticket that was filed before: whose it is and what is promised. Its
    /// priority and category are staff's by then.
    #[must_use]
    pub fn advice(mut self) -> Self {
        self.trail = self.trail.into_iter().filter_map(Step::about_group_or_agreement).collect();
        self
    }

    /// Whether another decision names the same group, agreement and answer for the same reasons.
    #[must_use]
    pub fn advises_like(&self, other: &Self) -> bool {
        let said = |routed: &Self| (routed.group, routed.agreement, routed.answer.clone());
        said(self) == said(other) && self.trail == other.trail
    }
}

/// Where the requester is to turn. The texts are kept as they were: the matrix may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Who is responsible.
    pub party: PartyCode,
    /// Its name.
    pub name: Bilingual,
    /// Where to turn.
    pub turn_to: Bilingual,
    /// Why it is responsible.
    pub reason: Bilingual,
}

/// Decides where a ticket goes.
#[must_use]
pub fn route(routing: &Routing<'_>, facts: &Facts<'_>) -> Routed {
    let mut decision = Decision::begin(facts);
    decision.raise_by_list(routing.lists);
    decision.find_responsible(routing);
    decision.apply_rules(routing);
    decision.end()
}

/// A decision on its way.
struct Decision<'a> {
    state: State<'a>,
    group: Option<GroupId>,
    agreement: Option<AgreementId>,
    priority_reason: PriorityReason,
    answer: Option<Answer>,
    /// The responsible party, as long as the ticket is treated as another's than the desk's own.
    other_party: Option<PartyCode>,
    trail: Vec<Step>,
}

impl<'a> Decision<'a> {
    fn begin(facts: &'a Facts<'a>) -> Self {
        let Facts { impact, urgency, .. } = *facts;
        let priority = priority_of(impact, urgency);
        Self {
            state: State::new(facts, priority),
            group: None,
            agreement: None,
            priority_reason: PriorityReason::ImpactUrgency,
            answer: None,
            other_party: None,
            trail: vec![Step::Ranked { impact, urgency, priority }],
        }
    }

    fn raise_by_list(&mut self, lists: &[PriorityList]) {
        let facts = self.state.facts;
        let Some(list) = in_force(lists, facts.at) else { return };
        let Some(entry) = facts.system.and_then(|system| list.entry(system)) else { return };
        let (list, place, class, from) = (list.id, entry.place, entry.class, self.state.priority);
        let to = raise(from, facts.kind, class);
        self.trail.push(Step::Listed { list, place, class, from, to });
        if to != from {
            self.state.priority = to;
            self.priority_reason = PriorityReason::PriorityList { list, place, class, from };
        }
    }

    fn find_responsible(&mut self, routing: &Routing<'_>) {
        let facts = self.state.facts;
        let (Some(support_level), Some(activity)) = (facts.support_level, facts.activity) else { return };
        let Some(found) = responsible(routing.matrix, facts.service, support_level, activity) else { return };
        let party = found.party;
        let group = party.group.filter(|group| self.takes_work(routing, *group));
        if let Some(closed) = party.group.filter(|_| group.is_none()) {
            self.trail.push(Step::GroupPassedOver { group: closed, rule: None });
        }
        self.trail.push(Step::Responsible {
            service: found.service,
            support_level: support_level.clone(),
            activity: activity.clone(),
            party: party.code.clone(),
            group,
        });
        self.group = group;
        if group.is_none() {
            self.answer = party.turn_to.clone().map(|turn_to| Answer {
                party: party.code.clone(),
                name: party.name.clone(),
                turn_to,
                reason: found.because.clone(),
            });
        }
        self.other_party = (group != Some(facts.intake)).then(|| party.code.clone());
    }

    fn apply_rules(&mut self, routing: &Routing<'_>) {
        for rule in routing.rules.active() {
            let Some(because) = rule.conditions.matched(&self.state) else { continue };
            let mut effects = rule.effects;
            if let Some(group) = effects.group.filter(|group| !self.takes_work(routing, *group)) {
                self.trail.push(Step::GroupPassedOver { group, rule: Some(rule.id) });
                effects.group = None;
            }
            let against = effects.group.filter(|to| *to != self.group()).and_then(|_| {
                self.answer = None;
                self.other_party.take()
            });
            let changes = self.apply(rule, effects);
            self.trail.push(Step::RuleApplied {
                rule: rule.id,
                because,
                changes,
                against,
                stopped: rule.stop,
            });
            if rule.stop {
                return;
            }
        }
    }

    fn apply(&mut self, rule: &Rule, effects: Effects) -> Vec<Change> {
        let Effects { group, category, priority, agreement } = effects;
        let mut changes = Vec::new();
        if let Some(to) = group {
            changes.push(Change::Group { from: self.group(), to });
            self.group = Some(to);
        }
        if let Some(to) = category {
            changes.push(Change::Category { from: self.state.category, to });
            self.state.category = Some(to);
        }
        if let Some(to) = priority {
            let from = self.state.priority;
            changes.push(Change::Priority { from, to });
            if from != to {
                self.state.priority = to;
                self.priority_reason = PriorityReason::RoutingRule { rule: rule.id };
            }
        }
        if let Some(to) = agreement {
            changes.push(Change::Agreement { from: self.agreement, to });
            self.agreement = Some(to);
        }
        changes
    }

    fn group(&self) -> GroupId {
        self.group.unwrap_or(self.state.facts.intake)
    }

    fn takes_work(&self, routing: &Routing<'_>, group: GroupId) -> bool {
        group == self.state.facts.intake || routing.groups.contains(&group)
    }

    fn end(mut self) -> Routed {
        let group = self.group();
        if self.group.is_none() {
            self.trail.push(Step::Intake { group });
        }
        Routed {
            group,
            category: self.state.category,
            priority: self.state.priority,
            priority_reason: self.priority_reason,
            agreement: self.agreement,
            answer: self.answer,
            trail: self.trail,
        }
    }
}

#[cfg(test)]
mod tests;
