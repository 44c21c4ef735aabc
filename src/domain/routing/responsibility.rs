//! Who is responsible for what: service × support level × activity × party as R, A, C or I
//! (domain C4; seed 001, Bilaga 1 "Supportnivåer" and the RACI tables of Bilaga 3).
//!
//! The matrix is data. The audit (seed 002) found that almost nobody knew who was responsible, so each
//! row gives its reason in words, and nobody is sent to a party that can't be turned to.

use super::{ActivityCode, Bilingual, PartyCode, SupportLevelCode};
use crate::domain::ids::{GroupId, ServiceId};
use crate::domain::locale::Locale;
use crate::domain::text::TextError;
use crate::text_enum;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

text_enum! {
    /// What a party is to an activity (*ansvarsfördelning*).
    pub enum Raci {
        /// Does the work (*utförandeansvarig*).
        Responsible = "r",
        /// Answers for it being done right (*ytterst ansvarig*); one only.
        Accountable = "a",
        /// Is asked.
        Consulted = "c",
        /// Is told.
        Informed = "i",
    }
}

/// What kind of thing is supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupportLevel {
    /// Its code.
    pub code: SupportLevelCode,
    /// Its name.
    pub name: Bilingual,
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Activity {
    /// Its code.
    pub code: ActivityCode,
    /// Its name.
    pub name: Bilingual,
}

/// Somebody who can be responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Party {
    /// Its code.
    pub code: PartyCode,
    /// Its name.
    pub name: Bilingual,
    /// The group here that its tickets go to.
    pub group: Option<GroupId>,
    /// Where the requester is to turn when it has no group here.
    pub turn_to: Option<Bilingual>,
}

/// One row: what a party is to an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assignment {
    /// The service; any when empty.
    pub service: Option<ServiceId>,
    /// The support level.
    pub support_level: SupportLevelCode,
    /// The activity.
    pub activity: ActivityCode,
    /// The party.
    pub party: PartyCode,
    /// What it is to the activity.
    pub role: Raci,
    /// Why, in words for the requester.
    pub reason: Bilingual,
}

/// The whole matrix with the words it is written in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Matrix {
    /// The support levels.
    pub support_levels: Vec<SupportLevel>,
    /// The activities.
    pub activities: Vec<Activity>,
    /// The parties.
    pub parties: Vec<Party>,
    /// The rows.
    pub assignments: Vec<Assignment>,
}

/// Who is responsible for an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsibility<'a> {
    /// The service whose rows decided; empty for the rows of any service.
    pub service: Option<ServiceId>,
    /// Who does the work.
    pub party: &'a Party,
    /// Who does it too.
    pub together_with: Vec<&'a Party>,
    /// Who answers for it.
    pub accountable: Option<&'a Party>,
    /// Who is asked.
    pub consulted: Vec<&'a Party>,
    /// Who is told.
    pub informed: Vec<&'a Party>,
    /// Why the party does the work.
    pub because: &'a Bilingual,
}

/// Who is responsible, by the most specific rows: those of the service before those of any. Nothing
/// when the matrix doesn't say.
#[must_use]
pub fn responsible<'a>(
    matrix: &'a Matrix,
    service: Option<ServiceId>,
    support_level: &SupportLevelCode,
    activity: &ActivityCode,
) -> Option<Responsibility<'a>> {
    let rows_of = |service: Option<ServiceId>| -> Vec<&'a Assignment> {
        let concerns = |row: &&Assignment| {
            row.service == service && row.support_level == *support_level && row.activity == *activity
        };
        matrix.assignments.iter().filter(concerns).collect()
    };
    let own = service.map(|_| rows_of(service)).filter(|rows| !rows.is_empty());
    let service = service.filter(|_| own.is_some());
    let rows = own.unwrap_or_else(|| rows_of(None));
    let with_role = |role: Raci| {
        let parties = rows.iter().filter(move |row| row.role == role);
        parties.filter_map(|row| matrix.party(&row.party).map(|party| (party, &row.reason)))
    };
    let parties = |role| with_role(role).map(|(party, _)| party).collect();
    let (party, because) = with_role(Raci::Responsible).next()?;
    Some(Responsibility {
        service,
        party,
        together_with: with_role(Raci::Responsible).skip(1).map(|(party, _)| party).collect(),
        accountable: with_role(Raci::Accountable).next().map(|(party, _)| party),
        consulted: parties(Raci::Consulted),
        informed: parties(Raci::Informed),
        because,
    })
}

/// What rows share that together say who is responsible.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The service; any when empty.
    pub service: Option<ServiceId>,
    /// The support level.
    pub support_level: SupportLevelCode,
    /// The activity.
    pub activity: ActivityCode,
}

impl Assignment {
    /// The cell it stands in.
    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell {
            service: self.service,
            support_level: self.support_level.clone(),
            activity: self.activity.clone(),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.support_level, self.activity)
    }
}

/// What is wrong with a matrix. Rows are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatrixProblem {
    /// Nobody answers for an activity.
    #[error("{cell}: nobody is accountable")]
    NoAccountable {
        /// Where.
        cell: Cell,
    },
    /// More than one answers for an activity, so that nobody does.
    #[error("{cell}: rows {rows:?} each name somebody accountable")]
    SeveralAccountable {
        /// Where.
        cell: Cell,
        /// Which rows.
        rows: Vec<usize>,
    },
    /// Nobody does the work.
    #[error("{cell}: nobody is responsible")]
    NoResponsible {
        /// Where.
        cell: Cell,
    },
    /// The matrix has no such support level.
    #[error("row {row}: there is no support level {support_level}")]
    UnknownSupportLevel {
        /// Which row.
        row: usize,
        /// What it says.
        support_level: SupportLevelCode,
    },
    /// The matrix has no such activity.
    #[error("row {row}: there is no activity {activity}")]
    UnknownActivity {
        /// Which row.
        row: usize,
        /// What it says.
        activity: ActivityCode,
    },
    /// The matrix has no such party.
    #[error("row {row}: there is no party {party}")]
    UnknownParty {
        /// Which row.
        row: usize,
        /// What it says.
        party: PartyCode,
    },
    /// The row says what an earlier one says.
    #[error("row {row} says the same as row {first}")]
    RowTwice {
        /// The earlier row.
        first: usize,
        /// The row.
        row: usize,
    },
    /// A responsible party has no group here and no word on where to turn: tickets would end nowhere.
    #[error("row {row}: {party} has neither a group nor a text on where to turn")]
    NowhereToTurn {
        /// Which row.
        row: usize,
        /// The party.
        party: PartyCode,
    },
    /// The reason can't be shown.
    #[error("row {row}: the reason {error}")]
    Reason {
        /// Which row.
        row: usize,
        /// Why.
        error: TextError,
    },
    /// The party's name or the text on where to turn can't be shown.
    #[error("party {party}: a text {error}")]
    PartyText {
        /// Which party.
        party: PartyCode,
        /// Why.
        error: TextError,
    },
    /// Two parties have one code.
    #[error("there are two parties {party}")]
    PartyTwice {
        /// Which.
        party: PartyCode,
    },
    /// The requester reads the reason in their language, and there is none in English.
    #[error("row {row}: the reason isn't said in English")]
    ReasonNotInEnglish {
        /// Which row.
        row: usize,
    },
    /// The requester reads where to turn in their language, and it isn't said in English.
    #[error("party {party}: where to turn isn't said in English")]
    TurnToNotInEnglish {
        /// Which party.
        party: PartyCode,
    },
    /// Two things of a list are called the same, so that nobody can tell them apart.
    #[error("{list}: two are called {name}")]
    NameTwice {
        /// Which list.
        list: NamedList,
        /// The place of the second in it, from 0.
        at: usize,
        /// What they are called.
        name: String,
    },
}

text_enum! {
    /// The lists of a matrix whose things have names.
    pub enum NamedList {
        /// The support levels.
        SupportLevels = "supportLevels",
        /// The activities.
        Activities = "activities",
        /// The parties.
        Parties = "parties",
    }
}

impl Matrix {
    /// The name of a support level.
    #[must_use]
    pub fn level_name(&self, code: &SupportLevelCode) -> Option<&Bilingual> {
        self.support_levels.iter().find(|level| level.code == *code).map(|level| &level.name)
    }

    /// The name of an activity.
    #[must_use]
    pub fn activity_name(&self, code: &ActivityCode) -> Option<&Bilingual> {
        self.activities.iter().find(|activity| activity.code == *code).map(|activity| &activity.name)
    }

    /// The party of a code.
    #[must_use]
    pub fn party(&self, code: &PartyCode) -> Option<&Party> {
        self.parties.iter().find(|party| party.code == *code)
    }

    /// Everything that is wrong with it; nothing for a matrix that can be taken into use.
    #[must_use]
    pub fn problems(&self) -> Vec<MatrixProblem> {
        let mut problems = self.party_problems();
        problems.extend(names_twice(
            NamedList::SupportLevels,
            self.support_levels.iter().map(|level| &level.name),
        ));
        problems.extend(names_twice(
            NamedList::Activities,
            self.activities.iter().map(|activity| &activity.name),
        ));
        problems.extend(names_twice(NamedList::Parties, self.parties.iter().map(|party| &party.name)));
        let mut cells: BTreeMap<Cell, Vec<(usize, &Assignment)>> = BTreeMap::new();
        for (row, assignment) in (1..).zip(&self.assignments) {
            problems.extend(self.row_problems(row, assignment));
            let cell = cells.entry(assignment.cell()).or_default();
            let says = |(_, other): &&(usize, &Assignment)| {
                (&other.party, other.role) == (&assignment.party, assignment.role)
            };
            if let Some((first, _)) = cell.iter().find(says) {
                problems.push(MatrixProblem::RowTwice { first: *first, row });
            } else {
                cell.push((row, assignment));
            }
        }
        for (cell, rows) in cells {
            problems.extend(cell_problems(&cell, &rows));
        }
        problems
    }

    fn party_problems(&self) -> Vec<MatrixProblem> {
        let mut problems = Vec::new();
        let mut seen = BTreeSet::new();
        for party in &self.parties {
            if !seen.insert(&party.code) {
                problems.push(MatrixProblem::PartyTwice { party: party.code.clone() });
            }
            if party.turn_to.as_ref().is_some_and(|text| text.en.is_none()) {
                problems.push(MatrixProblem::TurnToNotInEnglish { party: party.code.clone() });
            }
            let texts = std::iter::once(&party.name).chain(&party.turn_to);
            problems.extend(
                texts
                    .filter_map(|text| text.check().err())
                    .map(|error| MatrixProblem::PartyText { party: party.code.clone(), error }),
            );
        }
        problems
    }

    fn row_problems(&self, row: usize, assignment: &Assignment) -> Vec<MatrixProblem> {
        let Assignment { service: _, support_level, activity, party, role, reason } = assignment;
        let mut problems = Vec::new();
        if !self.support_levels.iter().any(|known| known.code == *support_level) {
            problems.push(MatrixProblem::UnknownSupportLevel { row, support_level: support_level.clone() });
        }
        if !self.activities.iter().any(|known| known.code == *activity) {
            problems.push(MatrixProblem::UnknownActivity { row, activity: activity.clone() });
        }
        match self.party(party) {
            None => problems.push(MatrixProblem::UnknownParty { row, party: party.clone() }),
            Some(known) => {
                if *role == Raci::Responsible && known.group.is_none() && known.turn_to.is_none() {
                    problems.push(MatrixProblem::NowhereToTurn { row, party: party.clone() });
                }
            }
        }
        problems.extend(reason.check().err().map(|error| MatrixProblem::Reason { row, error }));
        if reason.en.is_none() {
            problems.push(MatrixProblem::ReasonNotInEnglish { row });
        }
        problems
    }
}

/// Names that readers of either language would take for each other.
fn names_twice<'a>(list: NamedList, names: impl Iterator<Item = &'a Bilingual>) -> Vec<MatrixProblem> {
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for (at, name) in names.enumerate() {
        let languages = Locale::ALL.map(|locale| (locale, name.in_language(locale).to_lowercase()));
        // Every language is looked at: the next name may be like this one in any of them.
        let is_new = languages.map(|said| seen.insert(said));
        if is_new.contains(&false) {
            problems.push(MatrixProblem::NameTwice { list, at, name: name.sv.clone() });
        }
    }
    problems
}

fn cell_problems(cell: &Cell, rows: &[(usize, &Assignment)]) -> Vec<MatrixProblem> {
    let with_role = |role: Raci| -> Vec<usize> {
        rows.iter().filter(|(_, other)| other.role == role).map(|(row, _)| *row).collect()
    };
    let mut problems = Vec::new();
    let accountable = with_role(Raci::Accountable);
    match accountable.len() {
        0 => problems.push(MatrixProblem::NoAccountable { cell: cell.clone() }),
        1 => {}
        _ => problems.push(MatrixProblem::SeveralAccountable { cell: cell.clone(), rows: accountable }),
    }
    if with_role(Raci::Responsible).is_empty() {
        problems.push(MatrixProblem::NoResponsible { cell: cell.clone() });
    }
    problems
}

#[cfg(test)]
mod tests;
