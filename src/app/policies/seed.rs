//! What an installation is delivered with: the calendar of contract §4, the default agreements (domain D2)
//! and the responsibility matrix of the membership's service descriptions (domain C4). All of it is data
//! from then on. The demonstration has some decisions of its own besides.

use super::change::ONLY;
use super::spec::{AgreementSpec, PriorityListSpec};
use crate::app::AppError;
use crate::db::Tx;
use crate::db::policies::{self, NewVersion, PolicyKind};
use crate::domain::clock::Instant;
use crate::domain::ids::{CalendarId, GroupId, PolicyId};
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

/// What the demonstration's desk has decided.
pub(in crate::app) struct Decisions {
    /// The priority list and from when it holds.
    pub(in crate::app) list: (Instant, PriorityListSpec),
    /// The promises of groups and suppliers, each with its code and name, and from when they hold.
    pub(in crate::app) agreements: (Instant, Vec<(&'static str, &'static str, AgreementSpec)>),
    /// The routing rules and from when they hold.
    pub(in crate::app) rules: (Instant, Vec<Rule>),
}

/// Stores the demonstration's decisions beside what was delivered.
pub(in crate::app) fn decide(tx: &mut Tx<'_>, decisions: &Decisions) -> Result<(), AppError> {
    let Decisions { list: (from, list), agreements: (promised, agreements), rules: (routed, rules) } =
        decisions;
    let policy = policies::insert(tx, PolicyKind::PriorityList, ONLY, "Prioriteringslista", *from)?;
    add(tx, policy, *from, list, "Enligt kommundirektörens beslut", *from)?;
    for (code, name, spec) in agreements {
        let policy = policies::insert(tx, PolicyKind::Agreement, code, name, *promised)?;
        add(tx, policy, *promised, spec, "Överenskommet för året", *promised)?;
    }
    let delivered = policies::find(tx.conn(), PolicyKind::RoutingRules, ONLY)?.ok_or(AppError::NotFound)?;
    add(tx, delivered, *routed, rules, "Första reglerna", *routed)
}

/// The desk's calendar as it was delivered.
pub(in crate::app) fn desk_calendar(tx: &mut Tx<'_>) -> Result<CalendarId, AppError> {
    let calendar = policies::find(tx.conn(), PolicyKind::Calendar, DESK_CALENDAR)?;
    Ok(CalendarId(calendar.ok_or(AppError::NotFound)?.get()))
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
    let policy = policies::insert(tx, kind, code, name, now)?;
    add(tx, policy, valid_from, spec, NOTE, now)?;
    Ok(policy.get())
}

fn add(
    tx: &mut Tx<'_>,
    policy: PolicyId,
    valid_from: Instant,
    spec: &impl Serialize,
    note: &str,
    now: Instant,
) -> Result<(), AppError> {
    let spec = serde_json::to_string(spec).map_err(|error| AppError::internal("writing a policy", error))?;
    let version =
        NewVersion { valid_from, is_withdrawn: false, spec: &spec, note, created_at: now, created_by: None };
    policies::insert_version(tx, policy, &version)?;
    Ok(())
}
