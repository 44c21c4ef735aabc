//! Which agreement a ticket falls under: the most specific one that fits, and why not the others.

use std::collections::BTreeMap;

use super::{AgreementKind, AgreementVersion, Condition, Conditions};
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementId, AgreementVersionId, DeskId, GroupId, OrganisationId, ServiceId, SystemId,
};
use crate::domain::routing::SupportLevelCode;
use crate::domain::ticket::{Priority, TicketKind};

/// What agreements ask about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// When: the versions that hold then are asked.
    pub at: Instant,
    /// The desk.
    pub desk: DeskId,
    /// The kind.
    pub kind: TicketKind,
    /// The ticket's organisation with all above it, the top first.
    pub organisations: Vec<OrganisationId>,
    /// The business system.
    pub system: Option<SystemId>,
    /// The service.
    pub service: Option<ServiceId>,
    /// Whether the service is a base function.
    pub base_function: bool,
    /// The priority.
    pub priority: Priority,
    /// The support level.
    pub support_level: Option<SupportLevelCode>,
    /// The group that has it.
    pub group: Option<GroupId>,
}

/// The agreement that holds, with the reasons that the ticket shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The version.
    pub version: &'a AgreementVersion,
    /// The conditions it asks for and the ticket meets, the most telling first; none when it is for all.
    pub because: Vec<Condition>,
    /// The other agreements of the kind, in the order given.
    pub passed_over: Vec<PassedOver<'a>>,
}

/// An agreement that wasn't chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver<'a> {
    /// The version.
    pub version: &'a AgreementVersion,
    /// Why not.
    pub why: WhyPassedOver,
}

/// Why an agreement wasn't chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyPassedOver {
    /// It doesn't hold yet.
    NotYetValid,
    /// It holds no longer, or another version of it does.
    NoLongerValid,
    /// The ticket doesn't meet this condition, the most telling of those it doesn't.
    Differs(Condition),
    /// It fits, but the chosen one says more about this.
    LessSpecific(Condition),
    /// It asks for exactly the same and began earlier. Taken-in versions never do, see
    /// [`problems`](super::problems).
    SameConditions,
}

impl WhyPassedOver {
    /// The stable code; the condition, if there is one, is told apart.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYetValid => "notYetValid",
            Self::NoLongerValid => "noLongerValid",
            Self::Differs(_) => "differs",
            Self::LessSpecific(_) => "lessSpecific",
            Self::SameConditions => "sameConditions",
        }
    }

    /// The condition it is about.
    #[must_use]
    pub const fn condition(self) -> Option<Condition> {
        match self {
            Self::Differs(condition) | Self::LessSpecific(condition) => Some(condition),
            Self::NotYetValid | Self::NoLongerValid | Self::SameConditions => None,
        }
    }
}

/// The agreement of a kind that holds for a ticket; `None` when none fits.
#[must_use]
pub fn choose<'a>(
    versions: &'a [AgreementVersion],
    kind: AgreementKind,
    facts: &Facts,
) -> Option<Choice<'a>> {
    let of_kind = || versions.iter().filter(|version| version.kind == kind);
    let latest = latest_begun(versions, facts.at);
    let chosen = of_kind().filter(|version| misfit(version, &latest, facts).is_none()).max_by_key(
        // Never decided by the dates alone among versions that were taken in.
        |version| (weights(&version.conditions, facts), version.valid_from, version.id),
    )?;
    let passed_over = of_kind()
        .filter(|version| version.id != chosen.id)
        .map(|version| {
            let why = misfit(version, &latest, facts)
                .unwrap_or_else(|| outweighed(&version.conditions, &chosen.conditions, facts));
            PassedOver { version, why }
        })
        .collect();
    Some(Choice { version: chosen, because: asked(&chosen.conditions, facts), passed_over })
}

/// The version that holds of each agreement, unless it has ended.
type Latest = BTreeMap<AgreementId, (Instant, AgreementVersionId)>;

fn latest_begun(versions: &[AgreementVersion], at: Instant) -> Latest {
    let mut latest = Latest::new();
    for version in versions.iter().filter(|version| version.valid_from <= at) {
        let begun = (version.valid_from, version.id);
        let held = latest.entry(version.agreement).or_insert(begun);
        *held = begun.max(*held);
    }
    latest
}

/// Why a version doesn't hold for the ticket.
fn misfit(version: &AgreementVersion, latest: &Latest, facts: &Facts) -> Option<WhyPassedOver> {
    if version.valid_from > facts.at {
        return Some(WhyPassedOver::NotYetValid);
    }
    let is_replaced = latest.get(&version.agreement).is_some_and(|(_, id)| *id != version.id);
    if is_replaced || version.valid_to.is_some_and(|end| end <= facts.at) {
        return Some(WhyPassedOver::NoLongerValid);
    }
    let differs = |condition: &&Condition| version.conditions.weight(**condition, facts).is_none();
    Condition::ALL.iter().find(differs).map(|condition| WhyPassedOver::Differs(*condition))
}

/// How much conditions that fit say, the most telling first.
fn weights(conditions: &Conditions, facts: &Facts) -> Vec<usize> {
    Condition::ALL.iter().map(|&condition| conditions.weight(condition, facts).unwrap_or(0)).collect()
}

impl Conditions {
    /// The conditions that are asked for and met, the most telling first.
    #[must_use]
    pub fn met_by(&self, facts: &Facts) -> Vec<Condition> {
        asked(self, facts)
    }
}

fn asked(conditions: &Conditions, facts: &Facts) -> Vec<Condition> {
    let all = Condition::ALL.iter().copied().zip(weights(conditions, facts));
    all.filter(|(_, weight)| *weight > 0).map(|(condition, _)| condition).collect()
}

fn outweighed(conditions: &Conditions, chosen: &Conditions, facts: &Facts) -> WhyPassedOver {
    let pairs = weights(conditions, facts).into_iter().zip(weights(chosen, facts));
    Condition::ALL
        .iter()
        .zip(pairs)
        .find(|(_, (weight, chosen))| weight != chosen)
        .map_or(WhyPassedOver::SameConditions, |(condition, _)| WhyPassedOver::LessSpecific(*condition))
}

impl Conditions {
    /// How much this condition says about the ticket: 0 when it isn't asked for, the depth of an
    /// organisation, otherwise 1. `None` when the ticket doesn't meet it.
    fn weight(&self, condition: Condition, facts: &Facts) -> Option<usize> {
        let equal = |asked: bool, met: bool| match (asked, met) {
            (false, _) => Some(0),
            (true, true) => Some(1),
            (true, false) => None,
        };
        match condition {
            Condition::Group => equal(self.group.is_some(), self.group == facts.group),
            Condition::System => equal(self.system.is_some(), self.system == facts.system),
            Condition::Organisation => match self.organisation {
                None => Some(0),
                Some(asked) => {
                    facts.organisations.iter().position(|&above| above == asked).map(|depth| depth + 1)
                }
            },
            Condition::Service => equal(self.service.is_some(), self.service == facts.service),
            Condition::BaseFunction => {
                equal(self.base_function.is_some(), self.base_function == Some(facts.base_function))
            }
            Condition::SupportLevel => {
                equal(self.support_level.is_some(), self.support_level == facts.support_level)
            }
            Condition::Priority => equal(self.priority.is_some(), self.priority == Some(facts.priority)),
            Condition::Kind => equal(self.kind.is_some(), self.kind == Some(facts.kind)),
            Condition::Desk => equal(self.desk.is_some(), self.desk == Some(facts.desk)),
        }
    }
}
