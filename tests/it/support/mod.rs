//! What tests of the whole product stand on.

pub mod app;
pub mod database;
pub mod house;
pub mod outbound;
mod postgres;
pub mod schema;
mod sqlite;
pub mod table;
