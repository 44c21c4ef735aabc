//! Roads: which priority a ticket gets, whose it is and which group it goes to – and why.
//!
//! The decided [`PriorityList`] of society-critical systems (domain C3) and the responsibility
//! [`Matrix`] (domain C4; seed 001, Bilaga 1 and 3). Everything here is a value; who keeps the data
//! and who acts on it stands in `db` and `app`.

mod bilingual;
mod code;
mod priority_list;
mod responsibility;
mod seed;

pub use bilingual::Bilingual;
pub use code::{ActivityCode, PartyCode, SupportLevelCode};
pub use priority_list::{
    Entry, PriorityClass, PriorityList, PriorityListProblem, PriorityReason, in_force, raise,
};
pub use responsibility::{
    Activity, Assignment, Cell, Matrix, MatrixProblem, Party, Raci, Responsibility, SupportLevel, responsible,
};
pub use seed::seed;
