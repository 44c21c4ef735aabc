//! The REST API through HTTP: for each operation a request that succeeds, one that is refused and one that
//! is wrong. Every answer is held against the description of the API.

mod catalogue;
mod conditions;
mod external;
mod files;
mod lines;
mod lists;
mod mail;
mod mail_templates;
mod mailboxes;
mod on_tickets;
mod outbound_mails;
mod people;
mod policies;
mod reports;
mod requests;
mod roads;
mod sessions;
mod tickets;
