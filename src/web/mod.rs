//! HTTP: the REST API, the portal and the workspace.

pub mod admin;
pub mod api;
pub mod assets;
pub mod chart;
pub mod components;
pub mod concerns;
pub mod download;
pub mod extract;
pub mod fault;
pub mod form;
pub mod health;
pub mod icons;
pub mod mail_words;
pub mod mailbox_words;
pub mod middleware;
pub mod page;
pub mod pages;
pub mod policy_words;
pub mod portal;
pub mod problem;
pub mod promise;
pub mod reports;
pub mod routes;
pub mod routing_story;
pub mod server;
pub mod site;
pub mod state;
pub mod story;
pub mod tags;
pub mod workspace;

#[cfg(test)]
mod samples;
