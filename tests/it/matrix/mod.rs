//! Rules with several axes, printed whole and committed, so that they are reviewed as tables.

mod agreements;
mod lifecycle;
mod permissions;
mod priority;
mod priority_list;
mod responsibility;
mod routing;
