//! The routing rules as they are written: the whole list, in order.

use super::{Written, as_json, parsed, said};
use crate::app::policies::fault::{Fault, PolicyFault};
use crate::app::policies::stored::Stored;
use crate::app::{AppError, FieldError, FieldErrors, FieldProblem, opaque};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementId, CategoryId, GroupId, OrganisationId, PolicyId, RuleId, ServiceId, SystemId,
};
use crate::domain::routing::{
    ActivityCode, Conditions, Effects, PriorityRange, Rule, RuleProblem, RuleSet, SupportLevelCode,
};
use crate::domain::ticket::{Channel, Priority, TicketKind};
use serde::{Deserialize, Serialize};

/// All rules in the order they are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RulesWritten {
    /// The rules.
    pub rules: Vec<RuleWritten>,
}

/// One rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RuleWritten {
    /// Its opaque id; left out for a new rule.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Whether it is looked at; it is when nothing is said.
    pub is_active: Option<bool>,
    /// When it holds.
    pub conditions: RuleConditionsWritten,
    /// What it sets.
    pub effects: EffectsWritten,
    /// Whether no later rule is looked at once it has held.
    pub stop: bool,
}

/// When a rule holds; what is left out isn't asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RuleConditionsWritten {
    /// One of these kinds.
    pub kinds: Vec<String>,
    /// One of these channels.
    pub channels: Vec<String>,
    /// The code of an organisation; everything below it too.
    pub organisation: Option<String>,
    /// The code of a service.
    pub service: Option<String>,
    /// The code of a system.
    pub system: Option<String>,
    /// The code of a category.
    pub category: Option<String>,
    /// Whether the service is a base function.
    pub base_function: Option<bool>,
    /// The code of a support level.
    pub support_level: Option<String>,
    /// The code of an activity.
    pub activity: Option<String>,
    /// One of these words, in subject or description.
    pub words: Vec<String>,
    /// The priority as it is when the rule's turn comes.
    pub priority: Option<PriorityRangeWritten>,
}

/// Priorities, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PriorityRangeWritten {
    /// The most pressing: the lowest number.
    pub highest: i64,
    /// The least pressing: the highest number.
    pub lowest: i64,
}

/// What a rule sets; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EffectsWritten {
    /// The code of a group.
    pub group: Option<String>,
    /// The code of a category.
    pub category: Option<String>,
    /// 1 to 4.
    pub priority: Option<i64>,
    /// The code of an agreement.
    pub agreement: Option<String>,
}

impl Written for RulesWritten {
    const KIND: PolicyKind = PolicyKind::RoutingRules;

    fn of_stored(json: &str, stored: &Stored) -> Result<Self, AppError> {
        let rules: Vec<Rule> = parsed(json)?;
        let rules = RuleSet::new(rules);
        Ok(Self { rules: rules.rules().iter().map(|rule| RuleWritten::of(rule, stored)).collect() })
    }

    fn checked(
        &self,
        _: &str,
        _: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError> {
        as_json(&read(self, stored, errors)?.rules())
    }
}

/// The rules that are meant. What is wrong is noted. New rules get keys that no version has used, so that
/// what a ticket tells of a rule is never about another.
pub(in crate::app::policies) fn read(
    written: &RulesWritten,
    stored: &Stored,
    errors: &mut FieldErrors,
) -> Result<RuleSet, AppError> {
    let mut known: Vec<RuleId> = Vec::new();
    for version in stored.versions.iter().filter(|version| version.kind == PolicyKind::RoutingRules) {
        let rules: Vec<Rule> = parsed(&version.spec)?;
        known.extend(rules.iter().map(|rule| rule.id));
    }
    let mut next = known.iter().map(|id| id.get()).max().unwrap_or_default();
    let mut rules: Vec<Rule> = Vec::with_capacity(written.rules.len());
    for (position, rule) in (1..).zip(&written.rules) {
        let path = format!("rules[{}]", rules.len());
        let id = match said(rule.id.as_ref()) {
            None => {
                next += 1;
                RuleId(next)
            }
            Some(text) => {
                let id = opaque::decode(text).map(RuleId).filter(|id| known.contains(id));
                let id = errors.found_at(&format!("{path}.id"), id).unwrap_or(RuleId(0));
                if rules.iter().any(|earlier| earlier.id == id) {
                    errors.add_at(format!("{path}.id"), FieldProblem::Taken);
                }
                id
            }
        };
        rules.push(Rule {
            id,
            position,
            name: rule.name.trim().to_owned(),
            is_active: rule.is_active.unwrap_or(true),
            conditions: rule.conditions.read(&format!("{path}.conditions"), stored, errors),
            effects: rule.effects.read(&format!("{path}.effects"), stored, errors),
            stop: rule.stop,
        });
    }
    let set = RuleSet::new(rules);
    let all_read = errors.is_empty();
    let found: Vec<FieldError> = set
        .problems(&|inner, outer| stored.is_within(inner, outer))
        .iter()
        .map(|problem| (problem, told(&set, problem)))
        .filter(|(problem, told)| match problem {
            // What a rule says by itself is told together with what can't be read of others.
            RuleProblem::Name { .. }
            | RuleProblem::BlankWord { .. }
            | RuleProblem::LongWord { .. }
            | RuleProblem::TooManyWords { .. }
            | RuleProblem::EmptyPriorityRange { .. } => true,
            RuleProblem::NoEffect { .. } => !errors.has_within(&told.field),
            RuleProblem::SwallowsAll { .. } | RuleProblem::SamePosition { .. } | RuleProblem::Loop { .. } => {
                all_read
            }
        })
        .map(|(_, told)| told)
        .collect();
    found.into_iter().for_each(|error| errors.push(error));
    Ok(set)
}

impl RuleWritten {
    fn of(rule: &Rule, stored: &Stored) -> Self {
        let Rule { id, position: _, name, is_active, conditions, effects, stop } = rule;
        let directory = &stored.directory;
        let Effects { group, category, priority, agreement } = *effects;
        let code = |code: Option<&String>| code.cloned();
        Self {
            id: Some(opaque::encode(id.get())),
            name: name.clone(),
            is_active: Some(*is_active),
            conditions: RuleConditionsWritten::of(conditions, stored),
            effects: EffectsWritten {
                group: code(group.and_then(|id| directory.group(id)).map(|one| &one.code)),
                category: code(category.and_then(|id| directory.category(id)).map(|one| &one.code)),
                priority: priority.map(Priority::get),
                agreement: agreement.and_then(|id| stored.code_of(PolicyId(id.get()))).map(str::to_owned),
            },
            stop: *stop,
        }
    }
}

impl RuleConditionsWritten {
    fn of(conditions: &Conditions, stored: &Stored) -> Self {
        let directory = &stored.directory;
        let Conditions {
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
        } = conditions;
        Self {
            kinds: kinds.iter().map(|kind| kind.as_text().to_owned()).collect(),
            channels: channels.iter().map(|channel| channel.as_text().to_owned()).collect(),
            organisation: organisation.and_then(|id| directory.organisation(id)).map(|one| one.code.clone()),
            service: service.and_then(|id| directory.service(id)).map(|one| one.code.clone()),
            system: system.and_then(|id| directory.system(id)).map(|one| one.code.clone()),
            category: category.and_then(|id| directory.category(id)).map(|one| one.code.clone()),
            base_function: *base_function,
            support_level: support_level.as_ref().map(ToString::to_string),
            activity: activity.as_ref().map(ToString::to_string),
            words: words.clone(),
            priority: priority.map(|PriorityRange { highest, lowest }| PriorityRangeWritten {
                highest: highest.get(),
                lowest: lowest.get(),
            }),
        }
    }

    fn read(&self, path: &str, stored: &Stored, errors: &mut FieldErrors) -> Conditions {
        let directory = &stored.directory;
        let matrix = stored.policies.matrix.at(stored.now);
        let kinds = self
            .kinds
            .iter()
            .filter_map(|text| errors.found_at(&format!("{path}.kinds"), TicketKind::from_text(text)))
            .collect();
        let channels = self
            .channels
            .iter()
            .filter_map(|text| errors.found_at(&format!("{path}.channels"), Channel::from_text(text)))
            .collect();
        let mut code = |name: &str, text: &Option<String>, known: &dyn Fn(&str) -> Option<i64>| {
            errors.found_at(&format!("{path}.{name}"), known(said(text.as_ref())?))
        };
        let organisation = code("organisation", &self.organisation, &|text| {
            directory.organisation_by_code(text).map(|one| one.id.get())
        });
        let service =
            code("service", &self.service, &|text| directory.service_by_code(text).map(|one| one.id.get()));
        let system =
            code("system", &self.system, &|text| directory.system_by_code(text).map(|one| one.id.get()));
        let category = code("category", &self.category, &|text| {
            directory.category_by_code(text).map(|one| one.id.get())
        });
        let support_level = said(self.support_level.as_ref()).and_then(|text| {
            let known = matrix.and_then(|matrix| {
                let code = SupportLevelCode::parse(text).ok()?;
                matrix.support_levels.iter().any(|level| level.code == code).then_some(code)
            });
            errors.found_at(&format!("{path}.supportLevel"), known)
        });
        let activity = said(self.activity.as_ref()).and_then(|text| {
            let known = matrix.and_then(|matrix| {
                let code = ActivityCode::parse(text).ok()?;
                matrix.activities.iter().any(|activity| activity.code == code).then_some(code)
            });
            errors.found_at(&format!("{path}.activity"), known)
        });
        let priority = self.priority.as_ref().and_then(|range| {
            let found = Priority::new(range.highest).zip(Priority::new(range.lowest));
            if found.is_none() {
                errors.add_at(format!("{path}.priority"), FieldProblem::OutOfRange);
            }
            found.map(|(highest, lowest)| PriorityRange { highest, lowest })
        });
        Conditions {
            kinds,
            channels,
            organisation: organisation.map(OrganisationId),
            service: service.map(ServiceId),
            system: system.map(SystemId),
            category: category.map(CategoryId),
            base_function: self.base_function,
            support_level,
            activity,
            words: self.words.iter().map(|word| word.trim().to_owned()).collect(),
            priority,
        }
    }
}

impl EffectsWritten {
    fn read(&self, path: &str, stored: &Stored, errors: &mut FieldErrors) -> Effects {
        let directory = &stored.directory;
        let mut code = |name: &str, text: &Option<String>, known: &dyn Fn(&str) -> Option<i64>| {
            errors.found_at(&format!("{path}.{name}"), known(said(text.as_ref())?))
        };
        let group = code("group", &self.group, &|text| directory.group_by_code(text).map(|one| one.id.get()));
        let category = code("category", &self.category, &|text| {
            directory.category_by_code(text).map(|one| one.id.get())
        });
        let agreement =
            code("agreement", &self.agreement, &|text| stored.agreement(text).map(AgreementId::get));
        // What groups and suppliers promise would leave the customer without a promise.
        if let Some(named) = stored.policies.not_for_customers(agreement.map(AgreementId)) {
            let fault = Fault::about(PolicyFault::NotForCustomers, &named.name);
            errors.push(FieldError::of_policy(format!("{path}.agreement"), fault));
        }
        let priority = self.priority.and_then(|number| {
            let found = Priority::new(number);
            if found.is_none() {
                errors.add_at(format!("{path}.priority"), FieldProblem::OutOfRange);
            }
            found
        });
        Effects {
            group: group.map(GroupId),
            category: category.map(CategoryId),
            priority,
            agreement: agreement.map(AgreementId),
        }
    }
}

/// A problem at the rule it is about.
fn told(set: &RuleSet, problem: &RuleProblem) -> FieldError {
    let path = |id: RuleId, name: &str| {
        let at = set.rules().iter().position(|rule| rule.id == id).unwrap_or_default();
        format!("rules[{at}].{name}")
    };
    let name =
        |id: &RuleId| set.rules().iter().find(|rule| rule.id == *id).map_or("", |rule| rule.name.as_str());
    let (path, about) = match problem {
        RuleProblem::Name { rule, error } => return FieldError::text("", *error).at(path(*rule, "name")),
        RuleProblem::NoEffect { rule } => (path(*rule, "effects"), String::new()),
        RuleProblem::SwallowsAll { rule } => (path(*rule, "stop"), String::new()),
        RuleProblem::BlankWord { rule, word } | RuleProblem::LongWord { rule, word, .. } => {
            (path(*rule, "conditions.words"), word.clone())
        }
        RuleProblem::TooManyWords { rule, .. } => (path(*rule, "conditions.words"), String::new()),
        RuleProblem::EmptyPriorityRange { rule } => (path(*rule, "conditions.priority"), String::new()),
        RuleProblem::SamePosition { second, .. } => (path(*second, "name"), String::new()),
        RuleProblem::Loop { rules, .. } => {
            let names: Vec<&str> = rules.iter().map(name).collect();
            let first = rules.first().copied().unwrap_or(RuleId(0));
            (path(first, "effects"), names.join(", "))
        }
    };
    let code = PolicyFault::of_rules(problem).unwrap_or(PolicyFault::SamePosition);
    FieldError::of_policy(path, Fault::about(code, about))
}
