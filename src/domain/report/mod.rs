//! Figures for the management and the board, computed from facts about tickets.

mod ledger;
mod output;
mod period;
#[doc(hidden)]
pub mod published;
mod resolution;

pub use ledger::{Held, LedgerFigures};
pub use output::ResolutionReport;
pub use period::{By, Period, PeriodError, local_midnight};
pub use resolution::{
    OpenSegment, Permille, ResolutionClock, ResolutionRow, ResolutionSpec, ResolutionTable, ResolvedFact,
    Scope, SpecError,
};
