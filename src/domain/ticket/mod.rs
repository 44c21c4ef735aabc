//! Tickets: what they are, which states they pass and what may happen to them.
//!
//! A command goes through [`decide`] and becomes events; [`evolve`] folds events into the ticket.
//! The stored row is the fold of the stored events, and a property test holds it to that.

mod command;
mod decide;
mod event;
mod evolve;
mod external;
mod hand_over;
mod ledger;
mod lifecycle;
mod links;
mod number;
mod priority;
mod types;

pub use command::{By, ByRole, Command, Edit, GroupRef, Opening, Terms};
pub use decide::{DecisionError, decide, guard_holds, is_reviewable, open, routed, way_to};
pub use event::{EventKind, Origin, TicketEvent};
pub use evolve::{evolve, group_at};
pub use external::{ExternalLink, external_links, lies_externally};
pub use hand_over::HandOverReason;
pub use ledger::{HandOver, Ledger, Stay, StayEnd, Totals, ledger};
pub use lifecycle::{Guard, Needs, Rule, Step, allowed_actions, rule};
pub use links::LinkKind;
pub use number::TicketNumber;
pub use priority::{Priority, Rank, priority_of};
pub use types::{
    Action, Channel, Line, Resolution, Status, SystemAction, Ticket, TicketKind, Visibility, Waiting,
    WaitingFor,
};

#[cfg(test)]
mod tests;
