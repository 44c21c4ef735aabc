//! A routing rule: when it holds and what it sets.

use super::decision::Facts;
use super::trail::Matched;
use super::words::Words;
use super::{ActivityCode, SupportLevelCode};
use crate::domain::ids::{AgreementId, CategoryId, GroupId, OrganisationId, RuleId, ServiceId, SystemId};
use crate::domain::ticket::{Channel, Priority, TicketKind};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// A rule of a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Its key.
    pub id: RuleId,
    /// Its place in the order, lowest first.
    pub position: i64,
    /// What it is called.
    pub name: String,
    /// Whether it is looked at.
    pub is_active: bool,
    /// When it holds: all that are given must.
    pub conditions: Conditions,
    /// What it sets.
    pub effects: Effects,
    /// Whether no later rule is looked at once it has held.
    pub stop: bool,
}

/// When a rule holds. What is empty isn't asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Conditions {
    /// The ticket is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<TicketKind>,
    /// It came in one of these ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Its organisation is this one or below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// It concerns this service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// It concerns this system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemId>,
    /// It has this category, given or set by an earlier rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Its service is (or isn't) a base function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_function: Option<bool>,
    /// It has this support level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_level: Option<SupportLevelCode>,
    /// It is about this activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityCode>,
    /// Subject or description holds one of these words: `wifi` as a whole word, `skriv*` as the
    /// beginning of one, upper and lower case alike.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Its priority, as it is when the rule's turn comes, lies in this range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityRange>,
}

/// Priorities from the most to the least pressing, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriorityRange {
    /// The most pressing: the lowest number.
    pub highest: Priority,
    /// The least pressing: the highest number.
    pub lowest: Priority,
}

impl PriorityRange {
    /// Whether a priority lies in it.
    #[must_use]
    pub fn holds(self, priority: Priority) -> bool {
        (self.highest..=self.lowest).contains(&priority)
    }
}

/// What a rule sets. What is empty stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Effects {
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// The priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The agreement, before the choice by specificity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
}

impl Effects {
    /// Whether it sets nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Conditions {
    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What held, when everything does; nothing when something doesn't.
    pub(super) fn matched(&self, state: &State<'_>) -> Option<Vec<Matched>> {
        let Self {
            kinds,
            channels,
            organisation,
            service,
            system,
            category,
            base_function,
            support_level,
            activity,
            words,
            priority,
        } = self;
        let facts = state.facts;
        let mut held = Vec::new();
        if !kinds.is_empty() {
            held.push(kinds.contains(&facts.kind).then_some(Matched::Kind(facts.kind))?);
        }
        if !channels.is_empty() {
            held.push(channels.contains(&facts.channel).then_some(Matched::Channel(facts.channel))?);
        }
        if let Some(top) = *organisation {
            held.push(facts.organisations.contains(&top).then_some(Matched::Organisation(top))?);
        }
        if let Some(service) = *service {
            held.push((facts.service == Some(service)).then_some(Matched::Service(service))?);
        }
        if let Some(system) = *system {
            held.push((facts.system == Some(system)).then_some(Matched::System(system))?);
        }
        if let Some(category) = *category {
            held.push((state.category == Some(category)).then_some(Matched::Category(category))?);
        }
        if let Some(is) = *base_function {
            held.push((facts.base_function == is).then_some(Matched::BaseFunction(is))?);
        }
        if let Some(level) = support_level {
            let holds = facts.support_level == Some(level);
            held.push(holds.then(|| Matched::SupportLevel(level.clone()))?);
        }
        if let Some(activity) = activity {
            let holds = facts.activity == Some(activity);
            held.push(holds.then(|| Matched::Activity(activity.clone()))?);
        }
        if let Some(range) = *priority {
            held.push(range.holds(state.priority).then_some(Matched::Priority(state.priority))?);
        }
        // Last, as it costs most.
        if !words.is_empty() {
            let found = words.iter().find(|word| state.words().hold(word))?;
            held.push(Matched::Word(found.clone()));
        }
        Some(held)
    }
}

/// A ticket as a rule finds it: its facts, and what was decided before the rule's turn.
pub(super) struct State<'a> {
    /// What is known of the ticket.
    pub(super) facts: &'a Facts<'a>,
    /// Its category so far.
    pub(super) category: Option<CategoryId>,
    /// Its priority so far.
    pub(super) priority: Priority,
    /// Its texts in words, cut when the first rule asks for them.
    words: OnceCell<Words>,
}

impl<'a> State<'a> {
    pub(super) const fn new(facts: &'a Facts<'a>, priority: Priority) -> Self {
        Self { facts, category: facts.category, priority, words: OnceCell::new() }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self.facts.subject).and(self.facts.description))
    }
}
