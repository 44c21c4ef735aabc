//! The documents as they are stored, and what they mean put together.

use crate::db::policies::{PolicyKind, PolicyVersion};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, AgreementVersionId, CalendarId, PriorityListId};
use crate::domain::policies::{NamedCalendar, Policies, Versions};
use crate::domain::routing::{Entry, Matrix, PriorityList, Rule, RuleSet};
use crate::domain::sla::agreement::{AgreementKind, AgreementVersion, Conditions, Promise};
use crate::domain::sla::{Calendar, CalendarSpec, CalendarVersion};
use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreementSpec {
    /// Towards whom.
    pub kind: AgreementKind,
    /// The calendar that its working time is counted in.
    pub calendar: CalendarId,
    /// Which tickets it is for.
    pub conditions: Conditions,
    /// What it promises.
    pub promises: Vec<Promise>,
}

/// What a priority list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriorityListSpec {
    /// The day of the decision.
    pub decided_on: Date,
    /// Who decided.
    pub decided_by: String,
    /// The decision's registration number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// The systems.
    pub entries: Vec<Entry>,
}

/// Why a stored document can't be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum SpecError {
    /// It isn't the JSON of its kind.
    #[error("version {version} of the {kind} {code}: {source}")]
    Malformed {
        /// The kind.
        kind: PolicyKind,
        /// The code.
        code: String,
        /// The version's key.
        version: i64,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A calendar that makes no sense.
    #[error("the calendar {0}: {1}")]
    Calendar(String, String),
}

/// Puts every stored version together. They come in order of document and time.
pub(super) fn assemble(stored: &[PolicyVersion]) -> Result<Policies, SpecError> {
    let of_kind = |kind| stored.iter().filter(move |version| version.kind == kind);
    let mut calendars: BTreeMap<&str, Vec<&PolicyVersion>> = BTreeMap::new();
    for version in of_kind(PolicyKind::Calendar) {
        calendars.entry(&version.code).or_default().push(version);
    }
    let calendars = calendars.into_values().map(|versions| calendar(&versions)).collect::<Result<_, _>>()?;
    let agreements = agreements(&of_kind(PolicyKind::Agreement).collect::<Vec<_>>())?;
    let lists = of_kind(PolicyKind::PriorityList).map(priority_list).collect::<Result<_, _>>()?;
    let matrix = of_kind(PolicyKind::Responsibilities)
        .map(|version| Ok((version.valid_from, parsed::<Matrix>(version)?)))
        .collect::<Result<_, SpecError>>()?;
    let rules = of_kind(PolicyKind::RoutingRules)
        .map(|version| Ok((version.valid_from, RuleSet::new(parsed::<Vec<Rule>>(version)?))))
        .collect::<Result<_, SpecError>>()?;
    Ok(Policies::new(calendars, agreements, lists, Versions::new(matrix), Versions::new(rules)))
}

fn parsed<T: serde::de::DeserializeOwned>(version: &PolicyVersion) -> Result<T, SpecError> {
    serde_json::from_str(&version.spec).map_err(|source| SpecError::Malformed {
        kind: version.kind,
        code: version.code.clone(),
        version: version.id.get(),
        source,
    })
}

/// A calendar of its versions, oldest first.
fn calendar(versions: &[&PolicyVersion]) -> Result<NamedCalendar, SpecError> {
    let mut read = Vec::with_capacity(versions.len());
    for version in versions {
        let spec: CalendarSpec = parsed(version)?;
        let rules = spec.rules().map_err(|problems| nonsense(version, &problems))?;
        read.push(CalendarVersion { valid_from: local_date(version.valid_from, &spec.zone), rules });
    }
    let Some(last) = versions.last() else {
        return Err(SpecError::Calendar(String::new(), "has no version".to_owned()));
    };
    let calendar = Calendar::of_versions(read).map_err(|problems| nonsense(last, &problems))?;
    Ok(NamedCalendar {
        id: CalendarId(last.policy.get()),
        code: last.code.clone(),
        name: last.name.clone(),
        calendar: Arc::new(calendar),
    })
}

fn nonsense(version: &PolicyVersion, problems: &[crate::domain::sla::CalendarProblem]) -> SpecError {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    SpecError::Calendar(version.code.clone(), problems.join("; "))
}

/// The local date that a version begins on.
fn local_date(from: Instant, zone: &str) -> Date {
    let zone =
        TimeZoneDatabase::bundled().get(zone).unwrap_or_else(|_| crate::domain::sla::stockholm().clone());
    zone.to_datetime(from.to_timestamp()).date()
}

/// Every version of every agreement; a withdrawal ends the version before it.
fn agreements(stored: &[&PolicyVersion]) -> Result<Vec<AgreementVersion>, SpecError> {
    let mut agreements: Vec<AgreementVersion> = Vec::with_capacity(stored.len());
    for version in stored {
        let agreement = AgreementId(version.policy.get());
        if let Some(before) = agreements.last_mut().filter(|before| before.agreement == agreement) {
            before.valid_to = Some(version.valid_from);
        }
        if version.is_withdrawn {
            continue;
        }
        let AgreementSpec { kind, calendar, conditions, promises } = parsed(version)?;
        agreements.push(AgreementVersion {
            id: AgreementVersionId(version.id.get()),
            agreement,
            code: version.code.clone(),
            name: version.name.clone(),
            kind,
            valid_from: version.valid_from,
            valid_to: None,
            calendar,
            conditions,
            promises,
        });
    }
    Ok(agreements)
}

fn priority_list(version: &PolicyVersion) -> Result<PriorityList, SpecError> {
    let PriorityListSpec { decided_on, decided_by, registration, entries } = parsed(version)?;
    let id = PriorityListId(version.id.get());
    Ok(PriorityList { id, decided_on, decided_by, registration, valid_from: version.valid_from, entries })
}
