//! Roads: which priority a ticket gets, whose it is and which group it goes to – and why.
//!
//! [`route`] joins three kinds of reference data in one decision that explains itself: the decided
//! [`PriorityList`] of society-critical systems (domain C3), the responsibility [`Matrix`]
//! (domain C4; seed 001, Bilaga 1 and 3) and the desk's own ordered [`RuleSet`]. Everything here is a
//! value; who keeps the data and who acts on the decision stands in `db` and `app`.

mod bilingual;
mod code;
mod decision;
mod dry_run;
mod priority_list;
mod responsibility;
mod rule;
mod rule_set;
mod seed;
mod trail;
mod words;

pub use bilingual::Bilingual;
pub use code::{ActivityCode, PartyCode, SupportLevelCode};
pub use decision::{Answer, Facts, Routed, Routing, route};
pub use dry_run::{DryRun, Example, Outcome, dry_run};
pub use priority_list::{
    Entry, PriorityClass, PriorityList, PriorityListProblem, PriorityReason, in_force, raise,
};
pub use responsibility::{
    Activity, Assignment, Cell, Matrix, MatrixProblem, NamedList, Party, Raci, Responsibility, SupportLevel,
    responsible,
};
pub use rule::{Conditions, Effects, PriorityRange, Rule};
pub use rule_set::{Field, RuleProblem, RuleSet, RuleWarning};
pub use seed::seed;
pub use trail::{Change, Matched, Step};
