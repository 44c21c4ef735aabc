//! The administration: people, organisations, groups, what tickets are classified by, imports and jobs.

pub mod import_view;
