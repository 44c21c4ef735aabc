//! Rules with several axes, printed whole and committed, so that they are reviewed as tables.

mod agreements;
mod lifecycle;
mod permissions;
mod priority;
