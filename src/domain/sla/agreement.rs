//! What is promised, to whom, and for which tickets.
//!
//! One engine for three kinds: service levels towards customers (SLA), operational levels per group (OLA)
//! and underpinning agreements per supplier's group. An agreement is a row of versions, each holding from
//! its date until the next one begins; a ticket says which version it was given. [`choose`] finds the most
//! specific agreement and why, [`problems`] what keeps a version from being taken in. That the things a
//! version refers to exist is checked where they are stored.

mod choose;
mod defaults;
mod validate;

pub use choose::{Choice, Facts, PassedOver, WhyPassedOver, choose};
pub use defaults::{DefaultAgreement, default_agreements};
pub use validate::{AgreementFault, AgreementProblem, OtherAgreement, problems, promise_problems};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::target::Target;
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementId, AgreementVersionId, CalendarId, DeskId, GroupId, OrganisationId, ServiceId, SystemId,
};
use crate::domain::routing::SupportLevelCode;
use crate::domain::ticket::{Priority, TicketKind, WaitingFor};
use crate::text_enum;

text_enum! {
    /// Towards whom something is promised.
    pub enum AgreementKind {
        /// Towards the customers (service level agreement).
        Sla = "sla",
        /// By one of our groups (operational level agreement).
        Ola = "ola",
        /// By a supplier's group.
        Underpinning = "underpinning",
    }
}

text_enum! {
    /// What is measured.
    pub enum Metric {
        /// From opened to the first answer of staff.
        FirstResponse = "firstResponse",
        /// From opened to resolved.
        Resolution = "resolution",
        /// From the hand-over to a group until it lets go of the ticket.
        TimeInGroup = "timeInGroup",
    }
}

text_enum! {
    /// Who is told of a warning or a breach.
    pub enum Tell {
        /// The person who has the ticket.
        Assignee = "assignee",
        /// The lead of the group that has it.
        GroupLead = "groupLead",
        /// Everybody in that group.
        Group = "group",
    }
}

text_enum! {
    /// What an agreement may ask of a ticket, the most telling first: an agreement that asks for one
    /// outweighs all agreements that ask only for later ones.
    pub enum Condition {
        /// The resolver group, in OLA and underpinning agreements.
        Group = "group",
        /// The business system.
        System = "system",
        /// The organisation or anything below it; a deeper one outweighs a higher one.
        Organisation = "organisation",
        /// The service.
        Service = "service",
        /// Whether the service is a base function.
        BaseFunction = "baseFunction",
        /// The support level.
        SupportLevel = "supportLevel",
        /// The priority.
        Priority = "priority",
        /// The kind of ticket.
        Kind = "kind",
        /// The desk.
        Desk = "desk",
    }
}

/// Which tickets an agreement is for. What is left out may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Conditions {
    /// The resolver group, in OLA and underpinning agreements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The business system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemId>,
    /// The organisation and everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// Whether the service is a base function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_function: Option<bool>,
    /// The support level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_level: Option<SupportLevelCode>,
    /// The priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The kind of ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TicketKind>,
    /// The desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
}

/// One thing that is promised.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Promise {
    /// What is measured.
    pub metric: Metric,
    /// How much working time it may take.
    pub target: Target,
    /// What the clock stands still for.
    #[serde(default)]
    pub pauses_on: BTreeSet<WaitingFor>,
    /// The shares of the working time, in per cent, at which somebody is warned.
    #[serde(default)]
    pub warn_at_percent: Vec<u8>,
    /// Who is told, in this order.
    #[serde(default)]
    pub tells: Vec<Tell>,
}

/// An agreement as it holds from a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementVersion {
    /// Its key.
    pub id: AgreementVersionId,
    /// The agreement it is a version of.
    pub agreement: AgreementId,
    /// The agreement's stable code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Towards whom.
    pub kind: AgreementKind,
    /// The first instant it holds at. It ends at the latest when the agreement's next version begins.
    pub valid_from: Instant,
    /// The first instant it holds no longer at.
    pub valid_to: Option<Instant>,
    /// The calendar that its working time is counted in.
    pub calendar: CalendarId,
    /// Which tickets it is for.
    pub conditions: Conditions,
    /// What it promises, each metric at most once.
    pub promises: Vec<Promise>,
}

impl AgreementVersion {
    /// What is promised of a metric.
    #[must_use]
    pub fn promise(&self, metric: Metric) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.metric == metric)
    }
}

#[cfg(test)]
mod tests;
