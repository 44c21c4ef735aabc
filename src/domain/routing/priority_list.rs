//! The priority list of society-critical systems (*prioriteringslista*; domain C3, seed 002).
//!
//! The municipal management decides the list; it is data with a decision date, a decider and versions.
//! An incident in a listed system is raised by the system's class, and its ticket says so.

use crate::domain::clock::Instant;
use crate::domain::ids::{PriorityListId, RuleId, SystemId};
use crate::domain::sla::stockholm;
use crate::domain::text::{Name, TextError};
use crate::domain::ticket::{Priority, TicketKind};
use crate::text_enum;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text_enum! {
    /// How critical a listed system is.
    pub enum PriorityClass {
        /// Life and health depend on it: incidents rise two steps.
        A = "a",
        /// A core mission depends on it: incidents rise one step.
        B = "b",
        /// Restored in its turn: listed, but nothing rises.
        C = "c",
    }
}

impl PriorityClass {
    /// How many steps an incident rises.
    #[must_use]
    pub const fn steps(self) -> u8 {
        match self {
            Self::A => 2,
            Self::B => 1,
            Self::C => 0,
        }
    }
}

/// One version of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityList {
    /// Its key.
    pub id: PriorityListId,
    /// The day of the decision.
    pub decided_on: Date,
    /// Who decided: a board, a chief executive.
    pub decided_by: String,
    /// The decision's registration number (*diarienummer*).
    pub registration: Option<String>,
    /// From when it holds, until a later version does.
    pub valid_from: Instant,
    /// The systems.
    pub entries: Vec<Entry>,
}

/// A system on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which.
    pub system: SystemId,
    /// Its place, 1 first: the order in which systems are restored.
    pub place: u32,
    /// Its class.
    pub class: PriorityClass,
}

/// Why a ticket has the priority it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PriorityReason {
    /// By impact and urgency alone.
    ImpactUrgency,
    /// Its system stands on the priority list.
    PriorityList {
        /// The version of the list.
        list: PriorityListId,
        /// The system's place.
        place: u32,
        /// The system's class.
        class: PriorityClass,
        /// The priority by impact and urgency.
        from: Priority,
    },
    /// A routing rule set it.
    RoutingRule {
        /// Which.
        rule: RuleId,
    },
    /// A person set it.
    ByHand,
}

/// The priority of a ticket about a listed system. Only incidents rise: what is ordered can be planned.
#[must_use]
pub const fn raise(base: Priority, kind: TicketKind, class: PriorityClass) -> Priority {
    match kind {
        TicketKind::Incident => base.raised_by(class.steps()),
        TicketKind::Request | TicketKind::Problem | TicketKind::Change => base,
    }
}

/// The version that holds at an instant: of those begun the one begun last, of equals the newest.
#[must_use]
pub fn in_force(lists: &[PriorityList], at: Instant) -> Option<&PriorityList> {
    lists.iter().filter(|list| list.valid_from <= at).max_by_key(|list| (list.valid_from, list.id))
}

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriorityListProblem {
    /// It lists nothing.
    #[error("the list has no systems")]
    Empty,
    /// A system stands on it twice.
    #[error("the system at place {second} stands at place {first} already")]
    SystemTwice {
        /// Which.
        system: SystemId,
        /// Its first place.
        first: u32,
        /// Its second.
        second: u32,
    },
    /// Two systems have one place.
    #[error("place {place} is given twice")]
    PlaceTwice {
        /// Which.
        place: u32,
    },
    /// Places begin with 1.
    #[error("places begin with 1")]
    PlaceZero,
    /// Nobody has decided it, or the decider's name can't be shown.
    #[error("the decider {0}")]
    Decider(TextError),
    /// The registration number can't be shown.
    #[error("the registration number {0}")]
    Registration(TextError),
    /// It holds from before it was decided.
    #[error("the list holds from before the decision of {decided_on}")]
    DecidedAfterValidFrom {
        /// The day of the decision.
        decided_on: Date,
    },
}

impl PriorityList {
    /// The entry of a system.
    #[must_use]
    pub fn entry(&self, system: SystemId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.system == system)
    }

    /// Everything that is wrong with it; nothing for a list that can be taken into use.
    #[must_use]
    pub fn problems(&self) -> Vec<PriorityListProblem> {
        use PriorityListProblem as P;
        let mut problems = Vec::new();
        problems.extend(Name::parse(&self.decided_by).err().map(P::Decider));
        problems.extend(self.registration.as_deref().and_then(|r| Name::parse(r).err()).map(P::Registration));
        if self.decided_on > self.valid_from.to_timestamp().to_zoned(stockholm().clone()).date() {
            problems.push(P::DecidedAfterValidFrom { decided_on: self.decided_on });
        }
        if self.entries.is_empty() {
            problems.push(P::Empty);
        }
        let mut systems: BTreeMap<SystemId, u32> = BTreeMap::new();
        let mut places: BTreeMap<u32, u32> = BTreeMap::new();
        for Entry { system, place, class: _ } in &self.entries {
            match systems.get(system) {
                Some(first) => {
                    problems.push(P::SystemTwice { system: *system, first: *first, second: *place });
                }
                None => {
                    systems.insert(*system, *place);
                }
            }
            let times = places.entry(*place).or_default();
            *times += 1;
            if *times == 2 {
                problems.push(P::PlaceTwice { place: *place });
            }
        }
        if places.contains_key(&0) {
            problems.push(P::PlaceZero);
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(system: i64, place: u32) -> Entry {
        Entry { system: SystemId(system), place, class: PriorityClass::B }
    }

    fn list(id: i64, valid_from: &str, entries: Vec<Entry>) -> PriorityList {
        PriorityList {
            id: PriorityListId(id),
            decided_on: "2026-03-02".parse().unwrap(),
            decided_by: "Kommundirektören".to_owned(),
            registration: Some("KS 2026/114".to_owned()),
            valid_from: Instant::parse_rfc3339(valid_from).unwrap(),
            entries,
        }
    }

    #[test]
    fn the_version_begun_last_is_in_force() {
        let lists = [
            list(3, "2026-05-01T00:00:00Z", vec![entry(1, 1)]),
            list(1, "2026-04-01T00:00:00Z", vec![entry(1, 1)]),
            list(2, "2026-04-01T00:00:00Z", vec![entry(1, 1)]),
        ];
        let at = |text| in_force(&lists, Instant::parse_rfc3339(text).unwrap()).map(|list| list.id.get());
        assert_eq!(at("2026-03-31T23:59:59Z"), None);
        assert_eq!(at("2026-04-01T00:00:00Z"), Some(2));
        assert_eq!(at("2026-05-01T00:00:00Z"), Some(3));
    }

    #[test]
    fn a_sound_list_has_no_problems() {
        // Decided on the day it holds from, which begins in Stockholm before it does in UTC.
        let sound = list(1, "2026-03-01T23:00:00Z", vec![entry(1, 1), entry(2, 2)]);
        assert_eq!(sound.problems(), []);
        assert_eq!(sound.entry(SystemId(2)).unwrap().place, 2);
    }

    #[test]
    fn each_problem_is_named() {
        let mut bad =
            list(1, "2026-03-01T22:59:59Z", vec![entry(1, 0), entry(2, 1), entry(1, 1), entry(3, 1)]);
        bad.decided_by = "  ".to_owned();
        bad.registration = Some(String::new());
        assert_eq!(
            bad.problems(),
            [
                PriorityListProblem::Decider(TextError::Empty),
                PriorityListProblem::Registration(TextError::Empty),
                PriorityListProblem::DecidedAfterValidFrom { decided_on: bad.decided_on },
                PriorityListProblem::SystemTwice { system: SystemId(1), first: 0, second: 1 },
                PriorityListProblem::PlaceTwice { place: 1 },
                PriorityListProblem::PlaceZero,
            ]
        );
        assert_eq!(list(1, "2026-04-01T00:00:00Z", vec![]).problems(), [PriorityListProblem::Empty]);
    }

    #[test]
    fn the_reason_is_stored_in_words() {
        let reason = PriorityReason::PriorityList {
            list: PriorityListId(4),
            place: 2,
            class: PriorityClass::A,
            from: Priority::new(3).unwrap(),
        };
        let json = r#"{"type":"priorityList","list":4,"place":2,"class":"a","from":3}"#;
        assert_eq!(serde_json::to_string(&reason).unwrap(), json);
        assert_eq!(serde_json::from_str::<PriorityReason>(json).unwrap(), reason);
    }
}
