//! What answers are made of: instants, opaque ids, names beside codes, lists.

use crate::app::opaque;
use crate::app::tickets::People;
use crate::domain::clock::Instant;
use crate::domain::ids::{CategoryId, GroupId, OrganisationId, ServiceId, SystemId, UserId};
use crate::domain::people::{Directory, Group, PersonRef};
use crate::domain::ticket::Line;
use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::words::LineWord;

/// An instant as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy)]
pub struct At(
    /// The instant.
    pub Instant,
);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A key as its opaque id.
#[derive(Debug, Clone, Copy)]
pub struct Opaque(
    /// The key.
    pub i64,
);

/// Ids kept by each thread before all are forgotten; about 3 MB.
const MOST_IDS: usize = 30_000;

thread_local! {
    /// Making an id costs as much as reading a ticket from the cache, and a page of tickets shows a hundred.
    static IDS: RefCell<HashMap<i64, Rc<str>>> = RefCell::default();
}

impl Serialize for Opaque {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let id = IDS.with_borrow_mut(|ids| {
            if let Some(id) = ids.get(&self.0) {
                return Rc::clone(id);
            }
            if ids.len() >= MOST_IDS {
                ids.clear();
            }
            let id: Rc<str> = opaque::encode(self.0).into();
            ids.insert(self.0, Rc::clone(&id));
            id
        });
        serializer.serialize_str(&id)
    }
}

/// One page of a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListOut<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

/// Something with a code.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Coded)]
pub struct CodedOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
}

/// A group as tickets show it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = GroupOfTicket)]
pub struct GroupOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Its line.
    #[schema(value_type = LineWord)]
    line: Line,
}

impl<'a> From<&'a Group> for GroupOut<'a> {
    fn from(group: &'a Group) -> Self {
        Self { code: &group.code, name: &group.name, line: group.line }
    }
}

/// A person as tickets show them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PersonOfTicket)]
pub struct PersonOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// The name.
    name: &'a str,
    /// The e-mail address.
    email: &'a str,
}

impl<'a> From<&'a PersonRef> for PersonOut<'a> {
    fn from(person: &'a PersonRef) -> Self {
        Self { id: Opaque(person.id.get()), name: &person.name, email: &person.email }
    }
}

/// A person by key; with nothing but the id when there is no such account any more.
#[must_use]
pub fn person(people: &People, id: UserId) -> PersonOut<'_> {
    people.get(&id).map_or(PersonOut { id: Opaque(id.get()), name: "", email: "" }, |person| {
        PersonOut::from(person.as_ref())
    })
}

/// Reference data by key, as answers show it. What isn't in the directory shows as null: it was added
/// by another server within the last few seconds.
pub struct Names<'a>(
    /// The reference data.
    pub &'a Directory,
);

/// Declares the look-up of one kind.
macro_rules! define_names {
    ($($(#[$doc:meta])* $name:ident($id:ty);)*) => {
        impl<'a> Names<'a> {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self, id: $id) -> Option<CodedOut<'a>> {
                    self.0.$name(id).map(|found| CodedOut { code: &found.code, name: &found.name })
                }
            )*

            /// A group.
            #[must_use]
            pub fn group(&self, id: GroupId) -> Option<GroupOut<'a>> {
                self.0.group(id).map(GroupOut::from)
            }
        }
    };
}

define_names! {
    /// A desk.
    desk(crate::domain::ids::DeskId);
    /// An organisation.
    organisation(OrganisationId);
    /// A category.
    category(CategoryId);
    /// A service.
    service(ServiceId);
    /// A system.
    system(SystemId);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_ids_are_texts() {
        let json =
            serde_json::to_string(&(At(Instant::from_micros(1_700_000_000_000_000)), Opaque(42))).unwrap();
        assert_eq!(json, format!("[\"2023-11-14T22:13:20Z\",\"{}\"]", opaque::encode(42)));
        assert_eq!(serde_json::to_string(&Opaque(42)).unwrap(), format!("\"{}\"", opaque::encode(42)));
    }
}
