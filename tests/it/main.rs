//! Everything tested through the public surfaces, one binary so that it links once.
#![cfg(test)]

mod arch;
mod databases;
mod licences;
mod support;
