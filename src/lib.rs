//! Ärende: the service desk of a shared municipal IT organisation.
//!
//! Data takes one way through the layers; an import may only point downwards
//! (`tests/it/arch.rs` enforces it, `docs/ARCHITECTURE.md` explains it):
//!
//! ```text
//! main → cli → bootstrap → everything
//! web  → app, domain, i18n          jobs → app, db, domain
//! app  → domain, db, files, mail    i18n, mail → domain
//! db   → domain                     domain → nothing of ours
//! ```

pub mod app;
pub mod bootstrap;
pub mod cli;
pub mod config;
pub mod db;
pub mod domain;
pub mod files;
pub mod i18n;
pub mod jobs;
pub mod mail;
pub mod telemetry;
pub mod web;
