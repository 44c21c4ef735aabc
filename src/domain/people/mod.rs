//! People, organisations, groups and the lists tickets are classified by: what they are, as values.

mod directory;

pub use directory::{
    Category, Desk, Directory, Group, Language, Organisation, OrganisationKind, PersonRef, Service, System,
    Theme, UserStatus,
};
