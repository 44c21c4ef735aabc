//! Rules that never hold, because an earlier one stops everything they ask for.

use super::RuleWarning;
use crate::domain::ids::OrganisationId;
use crate::domain::routing::{Conditions, PriorityRange, Rule, words};

/// Whether the first organisation is the second or lies below it.
type Within<'a> = &'a dyn Fn(OrganisationId, OrganisationId) -> bool;

/// The rules in the shadow of an earlier one, with the first that shades them.
pub(super) fn never_holding(rules: &[&Rule], within: Within<'_>) -> Vec<RuleWarning> {
    let shaded = |(at, rule): (usize, &&Rule)| {
        let before = rules.get(..at)?;
        let by = before.iter().enumerate().find(|(earlier, stop)| {
            stop.stop
                && covers(&stop.conditions, &rule.conditions, within)
                && !before.iter().skip(earlier + 1).any(|between| changes_what(between, &stop.conditions))
        });
        by.map(|(_, stop)| RuleWarning::NeverHolds { rule: rule.id, stopped_by: stop.id })
    };
    rules.iter().enumerate().filter_map(shaded).collect()
}

/// Whether a rule sets what conditions ask for, so that they may hold later though they didn't before.
fn changes_what(between: &Rule, asked: &Conditions) -> bool {
    (asked.category.is_some() && between.effects.category.is_some())
        || (asked.priority.is_some() && between.effects.priority.is_some())
}

/// Whether whatever the narrow conditions hold for the wide ones hold for too.
fn covers(wide: &Conditions, narrow: &Conditions, within: Within<'_>) -> bool {
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
        words: sought,
        priority,
    } = wide;
    let words_covered = sought.is_empty()
        || (!narrow.words.is_empty()
            && narrow.words.iter().all(|narrow| sought.iter().any(|wide| words::covers(wide, narrow))));
    holds_all(kinds, &narrow.kinds)
        && holds_all(channels, &narrow.channels)
        && organisation.is_none_or(|top| narrow.organisation.is_some_and(|below| within(below, top)))
        && (service.is_none() || *service == narrow.service)
        && (system.is_none() || *system == narrow.system)
        && (category.is_none() || *category == narrow.category)
        && (base_function.is_none() || *base_function == narrow.base_function)
        && (support_level.is_none() || *support_level == narrow.support_level)
        && (activity.is_none() || *activity == narrow.activity)
        && words_covered
        && priority.is_none_or(|wide| narrow.priority.is_some_and(|narrow| lies_in(narrow, wide)))
}

/// Whether the wide list holds every value of the narrow one; an empty one asks for nothing.
fn holds_all<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|value| wide.contains(value)))
}

fn lies_in(narrow: PriorityRange, wide: PriorityRange) -> bool {
    wide.holds(narrow.highest) && wide.holds(narrow.lowest)
}
