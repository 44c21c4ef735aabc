//! What other rules would have done: two routings over the same tickets, compared.
//!
//! A fold, so that a quarter's tickets can stream through without being held.

use super::{Facts, Routed, Routing, route};
use crate::domain::ids::{AgreementId, CategoryId, GroupId, TicketId};
use crate::domain::ticket::Priority;
use std::collections::BTreeMap;

/// What a routing came to, without the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The group.
    pub group: GroupId,
    /// The category.
    pub category: Option<CategoryId>,
    /// The priority.
    pub priority: Priority,
    /// The agreement a rule chose.
    pub agreement: Option<AgreementId>,
}

impl From<&Routed> for Outcome {
    fn from(routed: &Routed) -> Self {
        let Routed { group, category, priority, agreement, priority_reason: _, answer: _, trail: _ } = routed;
        Self { group: *group, category: *category, priority: *priority, agreement: *agreement }
    }
}

/// A ticket that would have gone another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Which.
    pub ticket: TicketId,
    /// By the rules as they were.
    pub before: Outcome,
    /// By the new ones.
    pub after: Outcome,
}

/// The sum of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DryRun {
    /// How many tickets come out the same.
    pub unchanged: u64,
    /// How many change group, from which to which.
    pub moved: BTreeMap<(GroupId, GroupId), u64>,
    /// How many get another category.
    pub recategorised: u64,
    /// How many get another priority.
    pub reprioritised: u64,
    /// How many get another agreement.
    pub other_agreement: u64,
    /// The first tickets that change, at most [`DryRun::EXAMPLES`].
    pub examples: Vec<Example>,
}

impl DryRun {
    /// How many examples are kept.
    pub const EXAMPLES: usize = 20;

    /// Counts one more ticket.
    pub fn add(&mut self, ticket: TicketId, before: Outcome, after: Outcome) {
        if before == after {
            self.unchanged += 1;
            return;
        }
        if before.group != after.group {
            *self.moved.entry((before.group, after.group)).or_default() += 1;
        }
        self.recategorised += u64::from(before.category != after.category);
        self.reprioritised += u64::from(before.priority != after.priority);
        self.other_agreement += u64::from(before.agreement != after.agreement);
        if self.examples.len() < Self::EXAMPLES {
            self.examples.push(Example { ticket, before, after });
        }
    }
}

/// Runs tickets through both routings.
#[must_use]
pub fn dry_run<'f>(
    before: &Routing<'_>,
    after: &Routing<'_>,
    tickets: impl IntoIterator<Item = (TicketId, Facts<'f>)>,
) -> DryRun {
    tickets.into_iter().fold(DryRun::default(), |mut sum, (ticket, facts)| {
        sum.add(ticket, Outcome::from(&route(before, &facts)), Outcome::from(&route(after, &facts)));
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(group: i64, priority: i64) -> Outcome {
        Outcome {
            group: GroupId(group),
            category: None,
            priority: Priority::new(priority).unwrap(),
            agreement: None,
        }
    }

    #[test]
    fn what_changes_is_counted_and_the_first_are_shown() {
        let mut sum = DryRun::default();
        sum.add(TicketId(1), outcome(1, 3), outcome(1, 3));
        sum.add(TicketId(2), outcome(1, 3), outcome(1, 2));
        for ticket in 3..=30 {
            sum.add(TicketId(ticket), outcome(1, 3), outcome(2, 3));
        }
        let recategorised = Outcome { category: Some(CategoryId(4)), ..outcome(1, 3) };
        sum.add(TicketId(31), outcome(1, 3), recategorised);
        let agreed = Outcome { agreement: Some(AgreementId(5)), ..outcome(1, 3) };
        sum.add(TicketId(32), agreed, outcome(2, 3));
        assert_eq!((sum.unchanged, sum.recategorised, sum.reprioritised), (1, 1, 1));
        assert_eq!(sum.other_agreement, 1);
        assert_eq!(sum.moved, BTreeMap::from([((GroupId(1), GroupId(2)), 29)]));
        assert_eq!(sum.examples.len(), DryRun::EXAMPLES);
        assert_eq!(sum.examples[0].ticket, TicketId(2));
    }
}
