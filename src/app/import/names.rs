//! What the names in a file stand for: by code or by name, letter case aside; what isn't known is made.

use super::summary::ImportSummary;
use crate::db::reference::{self, NewGroup, NewOrganisation};
use crate::db::{DbError, Tx};
use crate::domain::ids::{CategoryId, DeskId, GroupId, OrganisationId, ServiceId, SystemId};
use crate::domain::import::ImportRow;
use crate::domain::people::{Directory, OrganisationKind};
use crate::domain::text::{Code, Name};
use crate::domain::ticket::{GroupRef, Line};
use std::collections::HashMap;

/// The reference data by what files call it.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) desk: DeskId,
    pub(super) intake: GroupRef,
    organisations: Index<Place>,
    categories: Index<CategoryId>,
    services: Index<ServiceId>,
    systems: Index<SystemId>,
    groups: Index<GroupRef>,
    /// A group in use for each line, for rows that name only the line.
    of_line: HashMap<Line, GroupRef>,
}

/// An organisation and the top of its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) organisation: OrganisationId,
    pub(super) customer: OrganisationId,
}

/// What the names of one row stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) place: Place,
    pub(super) category: Option<CategoryId>,
    pub(super) service: Option<ServiceId>,
    pub(super) system: Option<SystemId>,
    pub(super) group: GroupRef,
}

impl Names {
    /// Nothing when there is no desk, or none of its groups takes tickets in.
    pub(super) fn new(directory: &Directory) -> Option<Self> {
        let desk = directory.desks.first()?.id;
        let intake = directory.intake_group(desk)?.to_ref();
        let mut names = Self {
            desk,
            intake,
            organisations: Index::default(),
            categories: Index::default(),
            services: Index::default(),
            systems: Index::default(),
            groups: Index::default(),
            of_line: HashMap::from([(intake.line, intake)]),
        };
        // Units of different municipalities may share a name; the file then means the one higher up.
        let mut organisations: Vec<_> = directory.organisations.iter().collect();
        organisations.sort_by_key(|organisation| (organisation.path.matches('/').count(), organisation.id));
        for organisation in organisations {
            let place = Place { organisation: organisation.id, customer: organisation.customer };
            names.organisations.add(&organisation.code, &organisation.name, place);
        }
        for item in &directory.categories {
            names.categories.add(&item.code, &item.name, item.id);
        }
        for item in &directory.services {
            names.services.add(&item.code, &item.name, item.id);
        }
        for item in &directory.systems {
            names.systems.add(&item.code, &item.name, item.id);
        }
        for group in &directory.groups {
            if group.desk == desk {
                names.groups.add(&group.code, &group.name, group.to_ref());
                if group.is_active {
                    names.of_line.entry(group.line).or_insert(group.to_ref());
                }
            } else {
                names.groups.reserve(&group.code);
            }
        }
        Some(names)
    }

    /// What a row's names stand for, or nothing when one of them isn't known.
    pub(super) fn meant(&self, row: &ImportRow) -> Option<Meant> {
        Some(Meant {
            place: self.organisations.find(&row.organisation)?,
            category: known(&self.categories, row.category.as_ref())?,
            service: known(&self.services, row.service.as_ref())?,
            system: known(&self.systems, row.system.as_ref())?,
            group: match &row.resolution {
                None => self.intake,
                Some(resolution) => match &resolution.group {
                    Some(group) => self.groups.find(group)?,
                    None => self.of_line.get(&resolution.line).copied().unwrap_or(self.intake),
                },
            },
        })
    }

    /// Makes what a row names and nobody knows, and notes it. Without a transaction it only pretends to.
    pub(super) fn make_missing(
        &mut self,
        row: &ImportRow,
        mut tx: Option<&mut Tx<'_>>,
        made: &mut ImportSummary,
    ) -> Result<(), DbError> {
        let name = &row.organisation;
        if self.organisations.find(name).is_none() {
            let code = self.organisations.free_code(name);
            let kind = OrganisationKind::Municipality;
            let new = NewOrganisation { parent: None, kind, code: &code, name: name.as_str() };
            let id = match tx.as_deref_mut() {
                Some(tx) => reference::insert_organisation(tx, new)?.id,
                None => OrganisationId(0),
            };
            self.organisations.add(&code, name.as_str(), Place { organisation: id, customer: id });
            made.created_organisations.push(name.to_string());
        }
        if let Some(name) = missing(&self.categories, row.category.as_ref()) {
            let code = self.categories.free_code(name);
            let id = match tx.as_deref_mut() {
                Some(tx) => reference::insert_category(tx, &code, name.as_str())?,
                None => CategoryId(0),
            };
            self.categories.add(&code, name.as_str(), id);
            made.created_categories.push(name.to_string());
        }
        if let Some(name) = missing(&self.services, row.service.as_ref()) {
            let code = self.services.free_code(name);
            let id = match tx.as_deref_mut() {
                Some(tx) => reference::insert_service(tx, &code, name.as_str(), false)?,
                None => ServiceId(0),
            };
            self.services.add(&code, name.as_str(), id);
            made.created_services.push(name.to_string());
        }
        if let Some(name) = missing(&self.systems, row.system.as_ref()) {
            let code = self.systems.free_code(name);
            let id = match tx.as_deref_mut() {
                Some(tx) => reference::insert_system(tx, &code, name.as_str())?,
                None => SystemId(0),
            };
            self.systems.add(&code, name.as_str(), id);
            made.created_systems.push(name.to_string());
        }
        let Some(resolution) = &row.resolution else { return Ok(()) };
        if let Some(name) = missing(&self.groups, resolution.group.as_ref()) {
            let (code, line) = (self.groups.free_code(name), resolution.line);
            let new = NewGroup { desk: self.desk, code: &code, name: name.as_str(), line, is_intake: false };
            let id = match tx {
                Some(tx) => reference::insert_group(tx, new)?,
                None => GroupId(0),
            };
            self.groups.add(&code, name.as_str(), GroupRef { id, line });
            self.of_line.entry(line).or_insert(GroupRef { id, line });
            made.created_groups.push(name.to_string());
        }
        Ok(())
    }
}

/// The thing meant, `Some(None)` when the row names none, nothing when it names an unknown one.
fn known<T: Copy>(index: &Index<T>, name: Option<&Name>) -> Option<Option<T>> {
    match name {
        None => Some(None),
        Some(name) => index.find(name).map(Some),
    }
}

fn missing<'n, T: Copy>(index: &Index<T>, name: Option<&'n Name>) -> Option<&'n Name> {
    name.filter(|name| index.find(name).is_none())
}

/// Things of one sort by folded code and folded name.
#[derive(Debug, Clone)]
struct Index<T> {
    by_code: HashMap<String, Option<T>>,
    by_name: HashMap<String, T>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self { by_code: HashMap::new(), by_name: HashMap::new() }
    }
}

impl<T: Copy> Index<T> {
    /// The first of those that share a name keeps it.
    fn add(&mut self, code: &str, name: &str, thing: T) {
        self.by_code.insert(code.to_lowercase(), Some(thing));
        self.by_name.entry(name.to_lowercase()).or_insert(thing);
    }

    /// Notes a code as taken by something that files can't mean.
    fn reserve(&mut self, code: &str) {
        self.by_code.insert(code.to_lowercase(), None);
    }

    fn find(&self, name: &Name) -> Option<T> {
        let folded = name.as_str().to_lowercase();
        self.by_code.get(&folded).copied().flatten().or_else(|| self.by_name.get(&folded).copied())
    }

    /// A code made of the name that nothing has yet: `norrvik`, `norrvik-2`.
    fn free_code(&self, name: &Name) -> String {
        let code = Code::from_name(name.as_str());
        let code = code.as_str();
        let numbered = (2_u32..).map(|number| {
            let suffix = format!("-{number}");
            let short: String = code.chars().take(MOST_CODE - suffix.len()).collect();
            format!("{}{suffix}", short.trim_end_matches('-'))
        });
        std::iter::once(code.to_owned())
            .chain(numbered)
            .find(|code| !self.by_code.contains_key(code))
            .unwrap_or_else(|| code.to_owned())
    }
}

/// Most characters of a code.
const MOST_CODE: usize = 60;

/// A name made of an address: `anna-karin.ek@example.se` → `Anna-Karin Ek`.
pub(super) fn name_of_address(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let local = local.split('+').next().unwrap_or_default();
    let words: Vec<String> =
        local.split(['.', '_']).filter(|word| !word.is_empty()).map(capitalised).collect();
    if words.is_empty() { address.to_owned() } else { words.join(" ") }
}

fn capitalised(word: &str) -> String {
    let parts: Vec<String> = word
        .split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_names() {
        for (address, name) in [
            ("anna.ek@example.se", "Anna Ek"),
            ("anna-karin.ek@example.se", "Anna-Karin Ek"),
            ("åsa_öberg@example.se", "Åsa Öberg"),
            ("vaktmastare+skolan@example.se", "Vaktmastare"),
            ("..@example.se", "..@example.se"),
        ] {
            assert_eq!(name_of_address(address), name);
        }
    }

    #[test]
    fn codes_are_made_unique_and_stay_codes() {
        let mut index = Index::default();
        let long = Name::parse(&"lång ".repeat(30)).unwrap();
        for expected in ["norrvik", "norrvik-2", "norrvik-3"] {
            let code = index.free_code(&Name::parse("Norrvik").unwrap());
            assert_eq!(code, expected);
            index.add(&code, expected, ());
        }
        for _ in 0..12 {
            let code = index.free_code(&long);
            assert!(Code::parse(&code).is_ok(), "{code}");
            assert!(!index.by_code.contains_key(&code));
            index.add(&code, "x", ());
        }
    }
}
