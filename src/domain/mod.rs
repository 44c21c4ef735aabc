//! The rules of the service desk, pure: no input or output, no clock, no randomness, no database.
//!
//! What a function needs to know it takes as an argument; what should happen it returns as a value.

pub mod access;
pub mod causes;
pub mod clock;
pub mod codec;
pub mod demo;
pub mod ids;
pub mod import;
pub mod locale;
pub mod mail;
pub mod notify;
pub mod people;
pub mod policies;
pub mod report;
pub mod routing;
pub mod sla;
pub mod text;
pub mod ticket;
