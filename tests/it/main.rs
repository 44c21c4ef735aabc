//! Everything tested through the public surfaces, one binary so that it links once.
#![cfg(test)]

mod api;
mod arch;
mod clock_commands;
mod config_default;
mod crash;
mod databases;
mod known_faults;
mod licences;
mod mail_fuzz;
mod mail_inspect;
mod mailboxes;
mod matrix;
mod openapi;
mod pages;
mod schema_parity;
mod support;
mod texts;
mod ticket_history;
