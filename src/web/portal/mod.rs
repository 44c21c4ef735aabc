//! The portal: where people report faults, order, and follow their tickets.

pub mod forms;
pub mod view;
