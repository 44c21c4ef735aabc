//! Ärende: the service desk of a shared municipal IT organisation.
//!
//! Data takes one way through the layers; an import may only point downwards
//! (`tests/it/arch.rs` enforces it, `docs/ARCHITECTURE.md` explains it):
//!
//! ```text
//! main → cli → bootstrap → everything
//! web  → app, domain, i18n          jobs → app, db, domain
//! app  → domain, db, files          i18n → domain
//! db   → domain                     domain → nothing of ours
//! ```

pub mod domain;
pub mod i18n;
pub mod db;
pub mod files;
pub mod app;
pub mod jobs;
pub mod web;
pub mod config;
pub mod telemetry;
pub mod bootstrap;
pub mod cli;
