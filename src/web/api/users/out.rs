//! People as they are sent.

use crate::app::people::PersonView;
use crate::domain::access::Role;
use crate::domain::people::{Directory, Language, UserStatus};
use crate::web::api::parts::{CodedOut, GroupOut, Names, Opaque};
use crate::web::api::words::{LanguageWord, RoleWord, UserStatusWord};
use serde::Serialize;

/// A person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = User)]
#[serde(rename_all = "camelCase")]
pub struct UserOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// The e-mail address.
    email: &'a str,
    /// The name.
    name: &'a str,
    /// The telephone number.
    #[schema(required)]
    phone: Option<&'a str>,
    /// The language.
    #[schema(value_type = LanguageWord)]
    language: Language,
    /// Whether the account is used.
    #[schema(value_type = UserStatusWord)]
    status: UserStatus,
    /// Whether there is a password to sign in with.
    has_password: bool,
    /// The roles held.
    roles: Vec<HeldRoleOut<'a>>,
    /// The organisations the person belongs to, the primary one first.
    organisations: Vec<CodedOut<'a>>,
    /// The groups the person belongs to.
    groups: Vec<GroupOut<'a>>,
    /// Rises by one with every change; also the `ETag`.
    #[schema(minimum = 1)]
    version: i64,
}

/// A role and where it holds.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = HeldRole)]
pub struct HeldRoleOut<'a> {
    /// The role.
    #[schema(value_type = RoleWord)]
    role: Role,
    /// The organisation it holds for; null when it holds everywhere.
    #[schema(required)]
    organisation: Option<CodedOut<'a>>,
}

impl<'a> UserOut<'a> {
    /// A person with the names of what they belong to.
    pub(super) fn new(person: &'a PersonView, directory: &'a Directory) -> Self {
        let names = Names(directory);
        let PersonView {
            id,
            email,
            name,
            phone,
            language,
            status,
            has_password,
            roles,
            organisations,
            groups,
            version,
        } = person;
        Self {
            id: Opaque(id.get()),
            email,
            name,
            phone: phone.as_deref(),
            language: *language,
            status: *status,
            has_password: *has_password,
            roles: roles
                .iter()
                .map(|(role, organisation)| HeldRoleOut {
                    role: *role,
                    organisation: organisation.and_then(|id| names.organisation(id)),
                })
                .collect(),
            organisations: organisations.iter().filter_map(|id| names.organisation(*id)).collect(),
            groups: groups.iter().filter_map(|id| names.group(*id)).collect(),
            version: *version,
        }
    }
}
