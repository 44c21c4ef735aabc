//! Who may do what: one function for lists, details, search, exports and reports.

mod actor;
mod decide;
mod permission;
mod role;

pub use actor::Actor;
pub use decide::{
    Relation, Relations, TicketScope, Verdict, decide, may, may_somewhere, role_allows, ticket_scope,
};
pub use permission::Permission;
pub use role::Role;
