//! A desk's rules in their order, and what may be wrong with them.

mod loops;
mod shadows;

use super::{Conditions, Rule, words};
use crate::domain::ids::{OrganisationId, RuleId};
use crate::domain::text::{Name, TextError};
use crate::text_enum;

/// The most words a rule may ask for.
const MAX_WORDS: usize = 50;

/// Rules in the order they are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSet(Vec<Rule>);

text_enum! {
    /// What a rule can both ask for and set.
    pub enum Field {
        /// The category.
        Category = "category",
        /// The priority.
        Priority = "priority",
    }
}

/// Why a set of rules is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// The name can't be shown.
    #[error("rule {rule}: the name {error}")]
    Name {
        /// Which rule.
        rule: RuleId,
        /// Why.
        error: TextError,
    },
    /// It sets nothing.
    #[error("rule {rule} sets nothing")]
    NoEffect {
        /// Which rule.
        rule: RuleId,
    },
    /// It holds always and stops, so that no rule after it is ever looked at.
    #[error("rule {rule} holds always and stops, but isn't the last")]
    SwallowsAll {
        /// Which rule.
        rule: RuleId,
    },
    /// A word without a letter or digit.
    #[error("rule {rule}: {word:?} is no word")]
    BlankWord {
        /// Which rule.
        rule: RuleId,
        /// The word.
        word: String,
    },
    /// A word of more than 60 characters.
    #[error("rule {rule}: the word {word:?} is longer than {max} characters")]
    LongWord {
        /// Which rule.
        rule: RuleId,
        /// The word.
        word: String,
        /// The most characters allowed.
        max: usize,
    },
    /// More words than a rule may ask for.
    #[error("rule {rule} asks for more than {max} words")]
    TooManyWords {
        /// Which rule.
        rule: RuleId,
        /// The most allowed.
        max: usize,
    },
    /// A range of priorities that ends before it begins.
    #[error("rule {rule}: the range of priorities is empty")]
    EmptyPriorityRange {
        /// Which rule.
        rule: RuleId,
    },
    /// Two rules in one place, so that nobody knows which goes first.
    #[error("rules {first} and {second} have the same position")]
    SamePosition {
        /// One.
        first: RuleId,
        /// The other.
        second: RuleId,
    },
    /// Rules that set a field to and fro: each makes the next hold, the last the first.
    #[error("the rules {} set {field} in a circle", in_a_row(rules))]
    Loop {
        /// What they set.
        field: Field,
        /// The rules, each making the next hold.
        rules: Vec<RuleId>,
    },
}

/// What should be looked at, though the set can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleWarning {
    /// Whatever the rule would hold for, an earlier one has stopped already.
    #[error("rule {rule} never holds: rule {stopped_by} stops everything it asks for")]
    NeverHolds {
        /// Which rule.
        rule: RuleId,
        /// The earlier one.
        stopped_by: RuleId,
    },
}

impl RuleSet {
    /// Puts rules in order: by position, of equals the older first.
    #[must_use]
    pub fn new(mut rules: Vec<Rule>) -> Self {
        rules.sort_by_key(|rule| (rule.position, rule.id));
        Self(rules)
    }

    /// Every rule, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }

    /// Those that are looked at, in order.
    pub fn active(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter().filter(|rule| rule.is_active)
    }

    /// Everything that is wrong; nothing for a set that can be taken into use. `within` says whether
    /// the first organisation is the second or lies below it.
    #[must_use]
    pub fn problems(&self, within: &dyn Fn(OrganisationId, OrganisationId) -> bool) -> Vec<RuleProblem> {
        let mut problems: Vec<RuleProblem> = self.0.iter().flat_map(rule_problems).collect();
        for (first, second) in self.0.iter().zip(self.0.iter().skip(1)) {
            if first.position == second.position {
                problems.push(RuleProblem::SamePosition { first: first.id, second: second.id });
            }
        }
        let active: Vec<&Rule> = self.active().collect();
        let but_last = active.split_last().map_or(&[][..], |(_, before)| before);
        let swallows = |rule: &&&Rule| rule.stop && rule.conditions.is_empty();
        problems
            .extend(but_last.iter().filter(swallows).map(|rule| RuleProblem::SwallowsAll { rule: rule.id }));
        for field in Field::ALL {
            let circles = loops::circles(&active, *field, within);
            problems.extend(circles.into_iter().map(|rules| RuleProblem::Loop { field: *field, rules }));
        }
        problems
    }

    /// What should be looked at. `within` as for [`RuleSet::problems`].
    #[must_use]
    pub fn warnings(&self, within: &dyn Fn(OrganisationId, OrganisationId) -> bool) -> Vec<RuleWarning> {
        let active: Vec<&Rule> = self.active().collect();
        shadows::never_holding(&active, within)
    }
}

fn in_a_row(rules: &[RuleId]) -> String {
    rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn rule_problems(rule: &Rule) -> Vec<RuleProblem> {
    let Rule { id, name, conditions, effects, .. } = rule;
    let id = *id;
    let Conditions { words, priority, .. } = conditions;
    let mut problems = Vec::new();
    problems.extend(Name::parse(name).err().map(|error| RuleProblem::Name { rule: id, error }));
    if effects.is_empty() {
        problems.push(RuleProblem::NoEffect { rule: id });
    }
    if words.len() > MAX_WORDS {
        problems.push(RuleProblem::TooManyWords { rule: id, max: MAX_WORDS });
    }
    for word in words {
        if words::is_blank(word) {
            problems.push(RuleProblem::BlankWord { rule: id, word: word.clone() });
        } else if word.chars().count() > words::MAX {
            problems.push(RuleProblem::LongWord { rule: id, word: word.clone(), max: words::MAX });
        }
    }
    if priority.is_some_and(|range| range.highest > range.lowest) {
        problems.push(RuleProblem::EmptyPriorityRange { rule: id });
    }
    problems
}

#[cfg(test)]
mod tests;
