//! People, organisations, groups and what tickets are classified by.

mod contacts;
mod persons;
mod reference;
mod seed;

pub use contacts::NewContact;
pub(crate) use persons::phone;
pub use persons::{NewPerson, PersonPatch, PersonView};
pub use reference::{ItemPatch, NewGroupInput, NewItem, NewOrganisationInput};
