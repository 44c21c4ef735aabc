//! What tests of the whole product stand on.

pub mod database;
pub mod house;
mod postgres;
mod sqlite;
pub mod table;
