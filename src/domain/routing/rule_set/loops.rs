//! Rules that set a field to and fro: one sets what another asks for, and that one sets it back. The
//! single pass would end all the same, but by luck of the order, and never as somebody meant it.

use std::collections::VecDeque;

use super::Field;
use crate::domain::ids::{OrganisationId, RuleId};
use crate::domain::routing::{Conditions, PriorityRange, Rule};
use crate::domain::ticket::Priority;

/// Whether the first organisation is the second or lies below it.
type Within<'a> = &'a dyn Fn(OrganisationId, OrganisationId) -> bool;

/// The shortest circle through each rule, each circle once, beginning with its earliest rule.
pub(super) fn circles(rules: &[&Rule], field: Field, within: Within<'_>) -> Vec<Vec<RuleId>> {
    let next: Vec<Vec<usize>> = rules
        .iter()
        .map(|from| {
            let made_to_hold = rules.iter().enumerate().filter(|(_, to)| enables(from, to, field, within));
            made_to_hold.map(|(at, _)| at).collect()
        })
        .collect();
    (0..rules.len())
        .filter_map(|start| circle_from(start, &next))
        .map(|circle| circle.iter().filter_map(|at| rules.get(*at)).map(|rule| rule.id).collect())
        .collect()
}

/// The shortest way from a rule back to itself over later ones, breadth first.
fn circle_from(start: usize, next: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut reached_from: Vec<Option<usize>> = vec![None; next.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for &to in next.get(at)? {
            if to == start {
                let back = std::iter::successors(Some(at), |at| reached_from.get(*at).copied().flatten());
                let mut circle: Vec<usize> = back.collect();
                circle.reverse();
                return Some(circle);
            }
            if to > start
                && let Some(seen @ None) = reached_from.get_mut(to)
            {
                *seen = Some(at);
                waiting.push_back(to);
            }
        }
    }
    None
}

/// Whether a rule that has held sets the field so that another may hold, which sets it otherwise.
fn enables(from: &Rule, to: &Rule, field: Field, within: Within<'_>) -> bool {
    let is_changed_again = match field {
        Field::Category => {
            to.conditions.category.is_some()
                && from.effects.category.is_some()
                && to.effects.category.is_some_and(|category| from.effects.category != Some(category))
        }
        Field::Priority => {
            to.conditions.priority.is_some()
                && from.effects.priority.is_some()
                && to.effects.priority.is_some_and(|priority| from.effects.priority != Some(priority))
        }
    };
    !from.stop && is_changed_again && may_hold_after(from, &to.conditions, within)
}

/// Whether conditions may hold for a ticket that a rule has just been applied to.
fn may_hold_after(from: &Rule, to: &Conditions, within: Within<'_>) -> bool {
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
        // Any text may hold any words.
        words: _,
        priority,
    } = &from.conditions;
    let one_tree = match (*organisation, to.organisation) {
        (Some(a), Some(b)) => within(a, b) || within(b, a),
        (None, _) | (_, None) => true,
    };
    let priority = from.effects.priority.map(|set| PriorityRange { highest: set, lowest: set }).or(*priority);
    one_tree
        && share(kinds, &to.kinds)
        && share(channels, &to.channels)
        && agree(service.as_ref(), to.service.as_ref())
        && agree(system.as_ref(), to.system.as_ref())
        && agree(base_function.as_ref(), to.base_function.as_ref())
        && agree(support_level.as_ref(), to.support_level.as_ref())
        && agree(activity.as_ref(), to.activity.as_ref())
        && agree(from.effects.category.or(*category).as_ref(), to.category.as_ref())
        && overlap(priority, to.priority)
}

/// Whether a value can be in both lists; an empty one asks for nothing.
fn share<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|value| b.contains(value))
}

/// Whether a value can be as both ask.
fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn overlap(a: Option<PriorityRange>, b: Option<PriorityRange>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let highest: Priority = a.highest.max(b.highest);
    highest <= a.lowest.min(b.lowest)
}
