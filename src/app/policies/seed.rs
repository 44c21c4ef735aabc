//! What an installation is delivered with: the calendar of contract §4, the default agreements (domain D2)
//! and the responsibility matrix of the membership's service descriptions (domain C4). All of it is data
//! from then on.

use super::change::ONLY;
use super::spec::AgreementSpec;
use crate::app::AppError;
use crate::db::Tx;
use crate::db::policies::{self, NewVersion, PolicyKind};
use crate::domain::clock::Instant;
use crate::domain::ids::{CalendarId, GroupId};
use crate::domain::policies::DESK_CALENDAR;
use crate::domain::routing::{self, Rule};
use crate::domain::sla::agreement::default_agreements;
use crate::domain::sla::{CalendarRules, CalendarSpec};
use serde::Serialize;

const NOTE: &str = "Levererad med Ärende";

/// Stores it, for the desk with this intake group.
pub(in crate::app) fn deliver(tx: &mut Tx<'_>, intake: GroupId, now: Instant) -> Result<(), AppError> {
    let spec = CalendarSpec::from(&CalendarRules::servicedesk());
    // The calendar has always held, so that history is counted by it too.
    let always = Instant::from_micros(0);
    let calendar = begin(tx, PolicyKind::Calendar, DESK_CALENDAR, "Servicedesk", always, &spec, now)?;
    for agreement in default_agreements() {
        let spec = AgreementSpec {
            kind: agreement.kind,
            calendar: CalendarId(calendar),
            conditions: agreement.conditions,
            promises: agreement.promises,
        };
        begin(tx, PolicyKind::Agreement, agreement.code, agreement.name, now, &spec, now)?;
    }
    let matrix = routing::seed(intake);
    begin(tx, PolicyKind::Responsibilities, ONLY, "Ansvarsmatris", now, &matrix, now)?;
    let rules: [Rule; 0] = [];
    begin(tx, PolicyKind::RoutingRules, ONLY, "Routningsregler", now, &rules, now)?;
    Ok(())
}

fn begin(
    tx: &mut Tx<'_>,
    kind: PolicyKind,
    code: &str,
    name: &str,
    valid_from: Instant,
    spec: &impl Serialize,
    now: Instant,
) -> Result<i64, AppError> {
    let spec = serde_json::to_string(spec).map_err(|error| AppError::internal("writing a policy", error))?;
    let policy = policies::insert(tx, kind, code, name, now)?;
    let version = NewVersion {
        valid_from,
        is_withdrawn: false,
        spec: &spec,
        note: NOTE,
        created_at: now,
        created_by: None,
    };
    policies::insert_version(tx, policy, &version)?;
    Ok(policy.get())
}
