//! Everything tested through the public surfaces, one binary so that it links once.
#![cfg(test)]

mod api;
mod arch;
mod databases;
mod licences;
mod openapi;
mod support;
