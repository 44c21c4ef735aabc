//! What tests of the whole product stand on.

pub mod app;
pub mod database;
mod postgres;
pub mod schema;
mod sqlite;
