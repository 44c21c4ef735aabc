//! The rules of the service desk, pure: no input or output, no clock, no randomness, no database.
//!
//! What a function needs to know it takes as an argument; what should happen it returns as a value.

pub mod clock;
pub mod ids;
pub mod locale;
pub mod text;
