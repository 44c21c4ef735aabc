//! The workspace: where staff take tickets in, solve them and report; and the administration.

pub mod admin_forms;
pub mod admin_view;
pub mod api_docs;
pub mod forms;
pub mod view;
