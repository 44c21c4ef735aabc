//! From requests to values: who asks, what they send, on which conditions.

mod authn;
mod body;
mod conditions;
mod json;
mod path;
mod query;

pub use authn::Authn;
pub use body::{collect, fault_of};
pub use conditions::{IfMatch, IfMatchId, OnceHash, once};
pub use json::{Json, said, to_patch};
pub use path::{CodeInPath, DomainInPath, IdInPath, NumberInPath, TemplateInPath};
pub use query::Query;
