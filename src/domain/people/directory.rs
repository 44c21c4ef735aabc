//! The reference data of an installation, held whole in memory: a few thousand rows that nearly every
//! page shows and that change a few times a week.

use crate::domain::ids::{CategoryId, DeskId, GroupId, OrganisationId, ServiceId, SystemId, UserId};
use crate::domain::ticket::{GroupRef, Line};
use crate::text_enum;
use std::collections::HashMap;

text_enum! {
    /// What a customer organisation is.
    pub enum OrganisationKind {
        /// A municipality: the top of a tree.
        Municipality = "municipality",
        /// A department of one.
        Department = "department",
        /// A unit of a department: a school, a home-care district.
        Unit = "unit",
        /// A municipal company: the top of a tree.
        Company = "company",
    }
}

text_enum! {
    /// The language a person reads.
    pub enum Language {
        /// Swedish.
        Swedish = "sv",
        /// English.
        English = "en",
    }
}

text_enum! {
    /// The colours a person chose.
    pub enum Theme {
        /// As the device says.
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

text_enum! {
    /// Whether a person may sign in and be given work.
    pub enum UserStatus {
        /// Yes.
        Active = "active",
        /// No; what they did remains.
        Disabled = "disabled",
    }
}

/// A desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its key.
    pub id: DeskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A customer organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its key.
    pub id: OrganisationId,
    /// The one above.
    pub parent: Option<OrganisationId>,
    /// The top of its tree, itself at the top.
    pub customer: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The keys from the top to itself, `/1/5/9/`.
    pub path: String,
    /// Whether tickets can be filed under it.
    pub is_active: bool,
}

/// A resolver group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its key.
    pub id: GroupId,
    /// Its desk.
    pub desk: DeskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its line.
    pub line: Line,
    /// Whether it takes in the desk's tickets and owns them.
    pub is_intake: bool,
    /// Whether it can be given work.
    pub is_active: bool,
}

impl Group {
    /// What the lifecycle needs of it.
    #[must_use]
    pub const fn to_ref(&self) -> GroupRef {
        GroupRef { id: self.id, line: self.line }
    }
}

/// A category of tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its key.
    pub id: CategoryId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it can be chosen.
    pub is_active: bool,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its key.
    pub id: ServiceId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is a base function (domain D2).
    pub is_base_function: bool,
    /// Whether it can be chosen.
    pub is_active: bool,
}

/// A business system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Its key.
    pub id: SystemId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it can be chosen.
    pub is_active: bool,
}

/// A person as tickets show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRef {
    /// The key.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// Declares how one kind of reference data is kept and found.
macro_rules! directory {
    ($($(#[$doc:meta])* $field:ident: $item:ident by $id:ident, find $find:ident, code $code:ident);* $(;)?) => {
        /// All reference data, as of one moment.
        #[derive(Debug, Clone, Default)]
        pub struct Directory {
            $($(#[$doc])* pub $field: Vec<$item>,)*
            $($find: HashMap<$id, usize>,)*
            $($code: HashMap<String, usize>,)*
        }

        impl Directory {
            /// Makes the directory of lists in the order they are to be shown.
            #[must_use]
            pub fn new($($field: Vec<$item>),*) -> Self {
                $(let $find = $field.iter().enumerate().map(|(at, item)| (item.id, at)).collect();)*
                $(let $code = $field.iter().enumerate().map(|(at, item)| (item.code.clone(), at)).collect();)*
                Self { $($field,)* $($find,)* $($code,)* }
            }

            $(
                $(#[$doc])*
                /// The one with this key.
                #[must_use]
                pub fn $find(&self, id: $id) -> Option<&$item> {
                    self.$find.get(&id).and_then(|at| self.$field.get(*at))
                }

                $(#[$doc])*
                /// The one with this code.
                #[must_use]
                pub fn $code(&self, code: &str) -> Option<&$item> {
                    self.$code.get(code).and_then(|at| self.$field.get(*at))
                }
            )*
        }
    };
}

directory! {
    /// The desks.
    desks: Desk by DeskId, find desk, code desk_by_code;
    /// The organisations.
    organisations: Organisation by OrganisationId, find organisation, code organisation_by_code;
    /// The groups.
    groups: Group by GroupId, find group, code group_by_code;
    /// The categories.
    categories: Category by CategoryId, find category, code category_by_code;
    /// The services.
    services: Service by ServiceId, find service, code service_by_code;
    /// The systems.
    systems: System by SystemId, find system, code system_by_code;
}

impl Directory {
    /// An organisation and everything below it.
    #[must_use]
    pub fn subtree(&self, top: OrganisationId) -> Vec<OrganisationId> {
        let Some(top) = self.organisation(top) else { return Vec::new() };
        self.organisations.iter().filter(|o| o.path.starts_with(&top.path)).map(|o| o.id).collect()
    }

    /// The group that takes in a desk's tickets.
    #[must_use]
    pub fn intake_group(&self, desk: DeskId) -> Option<&Group> {
        self.groups.iter().find(|group| group.desk == desk && group.is_intake && group.is_active)
    }
}
