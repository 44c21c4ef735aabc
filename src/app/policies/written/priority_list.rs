//! Priority lists as they are written.

use super::{Written, as_json, parsed, said};
use crate::app::policies::fault::{Fault, PolicyFault};
use crate::app::policies::spec::PriorityListSpec;
use crate::app::policies::stored::Stored;
use crate::app::{AppError, FieldError, FieldErrors, FieldProblem};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::ids::PriorityListId;
use crate::domain::routing::{Entry, PriorityClass, PriorityList, PriorityListProblem};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A decided list of society-critical systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PriorityListWritten {
    /// The day of the decision, `2026-03-02`.
    pub decided_on: String,
    /// Who decided.
    pub decided_by: String,
    /// The decision's registration number.
    pub registration: Option<String>,
    /// The systems.
    pub entries: Vec<EntryWritten>,
}

/// A system on the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EntryWritten {
    /// The code of the system.
    pub system: String,
    /// Its place, 1 first.
    pub place: i64,
    /// `a`, `b` or `c`.
    pub class: String,
}

impl Written for PriorityListWritten {
    const KIND: PolicyKind = PolicyKind::PriorityList;

    fn of_stored(json: &str, stored: &Stored) -> Result<Self, AppError> {
        let PriorityListSpec { decided_on, decided_by, registration, entries } = parsed(json)?;
        let entries = entries
            .iter()
            .map(|Entry { system, place, class }| EntryWritten {
                system: stored.directory.system(*system).map(|one| one.code.clone()).unwrap_or_default(),
                place: (*place).into(),
                class: class.as_text().to_owned(),
            })
            .collect();
        Ok(Self { decided_on: decided_on.to_string(), decided_by, registration, entries })
    }

    fn checked(
        &self,
        _: &str,
        valid_from: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError> {
        let decided_on: Option<Date> = self.decided_on.trim().parse().ok();
        if decided_on.is_none() {
            let empty = self.decided_on.trim().is_empty();
            errors.push(if empty {
                FieldError::new("decidedOn", FieldProblem::Required)
            } else {
                FieldError::of_policy("decidedOn", Fault::new(PolicyFault::NotADate))
            });
        }
        let entries: Vec<Entry> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| entry.read(at, stored, errors))
            .collect();
        let list = PriorityList {
            id: PriorityListId(0),
            decided_on: decided_on.unwrap_or(Date::MIN),
            decided_by: self.decided_by.trim().to_owned(),
            registration: said(self.registration.as_ref()).map(str::to_owned),
            valid_from,
            entries,
        };
        let all_read = list.entries.len() == self.entries.len();
        for problem in list.problems() {
            match &problem {
                PriorityListProblem::Decider(error) => errors.push(FieldError::text("decidedBy", *error)),
                PriorityListProblem::Registration(error) => {
                    errors.push(FieldError::text("registration", *error));
                }
                _ => {}
            }
            if let Some((path, about)) = place_of(&problem, &list).filter(|_| all_read) {
                errors.push(FieldError::of_policy(path, Fault::about(PolicyFault::from(&problem), about)));
            }
        }
        let PriorityList { decided_on, decided_by, registration, entries, .. } = list;
        as_json(&PriorityListSpec { decided_on, decided_by, registration, entries })
    }
}

/// The field that a problem is about, and what its sentence names; nothing for texts.
fn place_of(problem: &PriorityListProblem, list: &PriorityList) -> Option<(String, String)> {
    let entry = |found: &dyn Fn(&Entry) -> bool, name: &str| {
        let at = list.entries.iter().rposition(found).unwrap_or_default();
        format!("entries[{at}].{name}")
    };
    Some(match problem {
        PriorityListProblem::Decider(_) | PriorityListProblem::Registration(_) => return None,
        PriorityListProblem::Empty => ("entries".to_owned(), String::new()),
        PriorityListProblem::SystemTwice { system, .. } => {
            (entry(&|entry| entry.system == *system, "system"), String::new())
        }
        PriorityListProblem::PlaceTwice { place } => {
            (entry(&|entry| entry.place == *place, "place"), place.to_string())
        }
        PriorityListProblem::PlaceZero => (entry(&|entry| entry.place == 0, "place"), String::new()),
        PriorityListProblem::DecidedAfterValidFrom { .. } => ("decidedOn".to_owned(), String::new()),
    })
}

impl EntryWritten {
    fn read(&self, at: usize, stored: &Stored, errors: &mut FieldErrors) -> Option<Entry> {
        let Self { system, place, class } = self;
        let path = |name: &str| format!("entries[{at}].{name}");
        let system = errors.found_at(&path("system"), stored.directory.system_by_code(system.trim()));
        let class = errors.found_at(&path("class"), PriorityClass::from_text(class.trim()));
        let place = u32::try_from(*place).ok();
        if place.is_none() {
            errors.push(FieldError::of_policy(path("place"), Fault::new(PolicyFault::NotAPlace)));
        }
        Some(Entry { system: system?.id, place: place?, class: class? })
    }
}
