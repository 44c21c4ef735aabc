//! E-mail: taken in, understood, turned into tickets and answers.

mod spool;
mod take_in;

pub use take_in::Taken;
