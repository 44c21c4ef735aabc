//! What tests of the whole product stand on.

pub mod database;
mod postgres;
mod sqlite;
