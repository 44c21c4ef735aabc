//! The responsibility matrix as it is written.

use super::{Written, as_json, parsed, said};
use crate::app::policies::fault::{Fault, PolicyFault};
use crate::app::policies::stored::Stored;
use crate::app::{AppError, FieldError, FieldErrors, FieldProblem};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::routing::{
    Activity, ActivityCode, Assignment, Bilingual, Cell, Matrix, MatrixProblem, Party, PartyCode, Raci,
    SupportLevel, SupportLevelCode,
};
use crate::domain::text::TextError;
use serde::{Deserialize, Serialize};

/// The matrix with the words it is written in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct MatrixWritten {
    /// The support levels.
    pub support_levels: Vec<NamedWritten>,
    /// The activities.
    pub activities: Vec<NamedWritten>,
    /// The parties.
    pub parties: Vec<PartyWritten>,
    /// The rows.
    pub assignments: Vec<AssignmentWritten>,
}

/// A code and its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct NamedWritten {
    /// The code.
    pub code: String,
    /// The name.
    pub name: BilingualWritten,
}

/// A text in Swedish and perhaps in English; what requesters read is written in both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct BilingualWritten {
    /// In Swedish.
    pub sv: String,
    /// In English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// Somebody who can be responsible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PartyWritten {
    /// The code.
    pub code: String,
    /// The name.
    pub name: BilingualWritten,
    /// The code of the group that its tickets go to.
    pub group: Option<String>,
    /// Where the requester is to turn when it has no group.
    pub turn_to: Option<BilingualWritten>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct AssignmentWritten {
    /// The code of the service; any when left out.
    pub service: Option<String>,
    /// The code of the support level.
    pub support_level: String,
    /// The code of the activity.
    pub activity: String,
    /// The code of the party.
    pub party: String,
    /// `r`, `a`, `c` or `i`.
    pub role: String,
    /// Why.
    pub reason: BilingualWritten,
}

impl Written for MatrixWritten {
    const KIND: PolicyKind = PolicyKind::Responsibilities;

    fn of_stored(json: &str, stored: &Stored) -> Result<Self, AppError> {
        let Matrix { support_levels, activities, parties, assignments } = parsed(json)?;
        let directory = &stored.directory;
        Ok(Self {
            support_levels: support_levels
                .iter()
                .map(|SupportLevel { code, name }| NamedWritten { code: code.to_string(), name: name.into() })
                .collect(),
            activities: activities
                .iter()
                .map(|Activity { code, name }| NamedWritten { code: code.to_string(), name: name.into() })
                .collect(),
            parties: parties
                .iter()
                .map(|Party { code, name, group, turn_to }| PartyWritten {
                    code: code.to_string(),
                    name: name.into(),
                    group: group.and_then(|id| directory.group(id)).map(|group| group.code.clone()),
                    turn_to: turn_to.as_ref().map(Into::into),
                })
                .collect(),
            assignments: assignments
                .iter()
                .map(|Assignment { service, support_level, activity, party, role, reason }| {
                    AssignmentWritten {
                        service: service.and_then(|id| directory.service(id)).map(|one| one.code.clone()),
                        support_level: support_level.to_string(),
                        activity: activity.to_string(),
                        party: party.to_string(),
                        role: role.as_text().to_owned(),
                        reason: reason.into(),
                    }
                })
                .collect(),
        })
    }

    fn checked(
        &self,
        _: &str,
        _: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError> {
        let matrix = self.read(stored, errors);
        if errors.is_empty() {
            for problem in matrix.problems() {
                errors.push(told(&matrix, &problem));
            }
        }
        as_json(&matrix)
    }
}

impl MatrixWritten {
    /// The matrix that is meant, without what can't be read; that is noted.
    fn read(&self, stored: &Stored, errors: &mut FieldErrors) -> Matrix {
        let Self { support_levels, activities, parties, assignments } = self;
        let mut matrix = Matrix::default();
        for (at, NamedWritten { code, name }) in support_levels.iter().enumerate() {
            let path = format!("supportLevels[{at}]");
            let code = errors.text_at(&format!("{path}.code"), SupportLevelCode::parse(code));
            let name = name.read(&format!("{path}.name"), errors);
            matrix.support_levels.extend(code.zip(name).map(|(code, name)| SupportLevel { code, name }));
        }
        for (at, NamedWritten { code, name }) in activities.iter().enumerate() {
            let path = format!("activities[{at}]");
            let code = errors.text_at(&format!("{path}.code"), ActivityCode::parse(code));
            let name = name.read(&format!("{path}.name"), errors);
            matrix.activities.extend(code.zip(name).map(|(code, name)| Activity { code, name }));
        }
        for (at, PartyWritten { code, name, group, turn_to }) in parties.iter().enumerate() {
            let path = format!("parties[{at}]");
            let code = errors.text_at(&format!("{path}.code"), PartyCode::parse(code));
            let name = name.read(&format!("{path}.name"), errors);
            let group = said(group.as_ref()).and_then(|text| {
                errors.found_at(&format!("{path}.group"), stored.directory.group_by_code(text))
            });
            let turn_to = turn_to.as_ref().and_then(|text| text.read(&format!("{path}.turnTo"), errors));
            let group = group.map(|group| group.id);
            matrix.parties.extend(code.zip(name).map(|(code, name)| Party { code, name, group, turn_to }));
        }
        for (at, row) in assignments.iter().enumerate() {
            matrix.assignments.extend(row.read(&format!("assignments[{at}]"), stored, errors));
        }
        matrix
    }
}

impl AssignmentWritten {
    fn read(&self, path: &str, stored: &Stored, errors: &mut FieldErrors) -> Option<Assignment> {
        let Self { service, support_level, activity, party, role, reason } = self;
        let service = said(service.as_ref())
            .map(|text| errors.found_at(&format!("{path}.service"), stored.directory.service_by_code(text)));
        let support_level =
            errors.text_at(&format!("{path}.supportLevel"), SupportLevelCode::parse(support_level));
        let activity = errors.text_at(&format!("{path}.activity"), ActivityCode::parse(activity));
        let party = errors.text_at(&format!("{path}.party"), PartyCode::parse(party));
        let role = errors.found_at(&format!("{path}.role"), Raci::from_text(role.trim()));
        let reason = reason.read(&format!("{path}.reason"), errors);
        let service = match service {
            None => None,
            Some(found) => Some(found?.id),
        };
        Some(Assignment {
            service,
            support_level: support_level?,
            activity: activity?,
            party: party?,
            role: role?,
            reason: reason?,
        })
    }
}

impl From<&Bilingual> for BilingualWritten {
    fn from(text: &Bilingual) -> Self {
        Self { sv: text.sv.clone(), en: text.en.clone() }
    }
}

impl BilingualWritten {
    fn read(&self, path: &str, errors: &mut FieldErrors) -> Option<Bilingual> {
        let text = Bilingual { sv: self.sv.trim().to_owned(), en: said(self.en.as_ref()).map(str::to_owned) };
        let checked: Result<(), TextError> = text.check();
        errors.text_at(path, checked.map(|()| text))
    }
}

/// A problem at the row or party it is about.
fn told(matrix: &Matrix, problem: &MatrixProblem) -> FieldError {
    let row_path = |row: usize, name: &str| format!("assignments[{}].{name}", row.saturating_sub(1));
    let party_path = |code: &PartyCode| {
        let at = matrix.parties.iter().rposition(|party| party.code == *code).unwrap_or_default();
        format!("parties[{at}]")
    };
    let unknown = |path| FieldError::new("", FieldProblem::Unknown).at(path);
    let (path, about) = match problem {
        MatrixProblem::NoAccountable { cell }
        | MatrixProblem::SeveralAccountable { cell, .. }
        | MatrixProblem::NoResponsible { cell } => {
            let at = matrix.assignments.iter().position(|row| row.cell() == *cell).unwrap_or_default();
            (format!("assignments[{at}].role"), name_of(matrix, cell))
        }
        MatrixProblem::UnknownSupportLevel { row, .. } => return unknown(row_path(*row, "supportLevel")),
        MatrixProblem::UnknownActivity { row, .. } => return unknown(row_path(*row, "activity")),
        MatrixProblem::UnknownParty { row, .. } => return unknown(row_path(*row, "party")),
        MatrixProblem::RowTwice { row, .. } => (row_path(*row, "role"), String::new()),
        MatrixProblem::NowhereToTurn { party, .. } => {
            let name = matrix.party(party).map(|known| known.name.sv.clone());
            (format!("{}.turnTo", party_path(party)), name.unwrap_or_default())
        }
        MatrixProblem::PartyTwice { party } => (format!("{}.code", party_path(party)), String::new()),
        MatrixProblem::Reason { row, error } => {
            return FieldError::text("", *error).at(row_path(*row, "reason"));
        }
        MatrixProblem::PartyText { party, error } => {
            return FieldError::text("", *error).at(format!("{}.name", party_path(party)));
        }
        MatrixProblem::ReasonNotInEnglish { row } => {
            let cell = row.checked_sub(1).and_then(|at| matrix.assignments.get(at)).map(Assignment::cell);
            (row_path(*row, "reason.en"), cell.map(|cell| name_of(matrix, &cell)).unwrap_or_default())
        }
        MatrixProblem::TurnToNotInEnglish { party } => {
            let name = matrix.party(party).map(|known| known.name.sv.clone());
            (format!("{}.turnTo.en", party_path(party)), name.unwrap_or_default())
        }
        MatrixProblem::NameTwice { list, at, name } => {
            (format!("{}[{at}].name", list.as_text()), name.clone())
        }
    };
    match PolicyFault::of_matrix(problem) {
        Some(code) => FieldError::of_policy(path, Fault::about(code, about)),
        None => unknown(path),
    }
}

/// "Elevdator – Trådlöst nätverk".
fn name_of(matrix: &Matrix, cell: &Cell) -> String {
    let level = matrix.support_levels.iter().find(|level| level.code == cell.support_level);
    let activity = matrix.activities.iter().find(|activity| activity.code == cell.activity);
    format!(
        "{} – {}",
        level.map_or(cell.support_level.as_str(), |level| &level.name.sv),
        activity.map_or(cell.activity.as_str(), |activity| &activity.name.sv)
    )
}
