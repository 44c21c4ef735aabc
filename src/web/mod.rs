//! HTTP: the REST API, the portal and the workspace.

pub mod assets;
pub mod chart;
pub mod components;
pub mod form;
pub mod icons;
pub mod page;
pub mod pages;
pub mod portal;
pub mod routes;
pub mod site;
pub mod state;
pub mod tags;
pub mod workspace;

#[cfg(test)]
mod samples;
