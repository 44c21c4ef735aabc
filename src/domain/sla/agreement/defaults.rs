//! The agreements that a new installation begins with. They are data from then on.

use std::collections::BTreeSet;

use super::{AgreementKind, Conditions, Metric, Promise, Tell};
use crate::domain::sla::target::Target;
use crate::domain::ticket::{TicketKind, WaitingFor};

/// An agreement before it has been stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultAgreement {
    /// Its stable code.
    pub code: &'static str,
    /// What people call it, in Swedish as all names in the database.
    pub name: &'static str,
    /// Towards whom.
    pub kind: AgreementKind,
    /// Which tickets it is for.
    pub conditions: Conditions,
    /// What it promises.
    pub promises: Vec<Promise>,
}

/// The default agreements, in the calendar `servicedesk`: a fault on a base function is handled within one
/// working day (domain D2), other faults within five, orders within ten.
#[must_use]
pub fn default_agreements() -> Vec<DefaultAgreement> {
    let incident = Conditions { kind: Some(TicketKind::Incident), ..Conditions::default() };
    let request = Conditions { kind: Some(TicketKind::Request), ..Conditions::default() };
    // A supplier's delay is no excuse for a base function.
    let base_function_pauses = [WaitingFor::Requester, WaitingFor::Planned];
    let pauses = [WaitingFor::Requester, WaitingFor::Supplier, WaitingFor::Planned];
    vec![
        DefaultAgreement {
            code: "base-function",
            name: "Basfunktion, felanmälan",
            kind: AgreementKind::Sla,
            conditions: Conditions { base_function: Some(true), ..incident.clone() },
            promises: vec![
                first_response(Target::WorkingMinutes(60)),
                resolution(Target::WorkingDays(1), &base_function_pauses),
            ],
        },
        DefaultAgreement {
            code: "desk-default-incident",
            name: "Servicedesk, felanmälan",
            kind: AgreementKind::Sla,
            conditions: incident,
            promises: vec![
                first_response(Target::WorkingDays(1)),
                resolution(Target::WorkingDays(5), &pauses),
            ],
        },
        DefaultAgreement {
            code: "desk-default-request",
            name: "Servicedesk, beställning",
            kind: AgreementKind::Sla,
            conditions: request,
            promises: vec![
                first_response(Target::WorkingDays(1)),
                resolution(Target::WorkingDays(10), &pauses),
            ],
        },
    ]
}

/// Nobody has the ticket yet, so that the group is told.
fn first_response(target: Target) -> Promise {
    Promise {
        metric: Metric::FirstResponse,
        target,
        pauses_on: BTreeSet::new(),
        warn_at_percent: vec![75],
        tells: vec![Tell::Group, Tell::GroupLead],
    }
}

fn resolution(target: Target, pauses_on: &[WaitingFor]) -> Promise {
    Promise {
        metric: Metric::Resolution,
        target,
        pauses_on: pauses_on.iter().copied().collect(),
        warn_at_percent: vec![75],
        tells: vec![Tell::Assignee, Tell::GroupLead],
    }
}
