//! The way to a decision, step by step: codes and keys, so that it can be stored with the ticket and
//! told in any language for as long as the ticket lives.

use super::{ActivityCode, PartyCode, PriorityClass, SupportLevelCode};
use crate::domain::ids::{
    AgreementId, CategoryId, GroupId, OrganisationId, PriorityListId, RuleId, ServiceId, SystemId,
};
use crate::domain::ticket::{Channel, Priority, Rank, TicketKind};
use serde::{Deserialize, Serialize};

/// One step of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Step {
    /// Impact × urgency gave a priority.
    Ranked {
        /// The impact.
        impact: Rank,
        /// The urgency.
        urgency: Rank,
        /// The priority.
        priority: Priority,
    },
    /// The system stands on the priority list in force. A class that raises nothing is told too.
    Listed {
        /// The version of the list.
        list: PriorityListId,
        /// The system's place.
        place: u32,
        /// The system's class.
        class: PriorityClass,
        /// The priority before.
        from: Priority,
        /// The priority after.
        to: Priority,
    },
    /// The responsibility matrix named a party.
    Responsible {
        /// The service whose rows decided; empty for those of any service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<ServiceId>,
        /// The support level.
        support_level: SupportLevelCode,
        /// The activity.
        activity: ActivityCode,
        /// Who is responsible.
        party: PartyCode,
        /// The party's group; empty when the requester was told where to turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
    },
    /// A rule held and set something.
    RuleApplied {
        /// Which.
        rule: RuleId,
        /// What held.
        because: Vec<Matched>,
        /// What it set.
        changes: Vec<Change>,
        /// The responsible party it went against.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        against: Option<PartyCode>,
        /// Whether it ended the pass.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stopped: bool,
    },
    /// A group was chosen that takes no work, and was passed over.
    GroupPassedOver {
        /// Which.
        group: GroupId,
        /// The rule that chose it; empty when the matrix did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<RuleId>,
    },
    /// Nothing chose a group, so the desk's intake group has it.
    Intake {
        /// The group.
        group: GroupId,
    },
}

impl Step {
    /// The step without what it says about priority and category; nothing when it says no more.
    pub(super) fn about_group_or_agreement(self) -> Option<Self> {
        match self {
            Self::Ranked { .. } | Self::Listed { .. } => None,
            Self::RuleApplied { rule, because, mut changes, against, stopped } => {
                changes.retain(|change| matches!(change, Change::Group { .. } | Change::Agreement { .. }));
                (!changes.is_empty()).then_some(Self::RuleApplied {
                    rule,
                    because,
                    changes,
                    against,
                    stopped,
                })
            }
            Self::Responsible { .. } | Self::GroupPassedOver { .. } | Self::Intake { .. } => Some(self),
        }
    }
}

/// A condition that held, with what it met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "is", rename_all = "camelCase")]
pub enum Matched {
    /// What the ticket is.
    Kind(TicketKind),
    /// How it came in.
    Channel(Channel),
    /// The organisation at or above the ticket's that the rule names.
    Organisation(OrganisationId),
    /// The service.
    Service(ServiceId),
    /// The system.
    System(SystemId),
    /// The category, given or set by an earlier rule.
    Category(CategoryId),
    /// Whether the service is a base function.
    BaseFunction(bool),
    /// The support level.
    SupportLevel(SupportLevelCode),
    /// The activity.
    Activity(ActivityCode),
    /// The first of the rule's words that was found.
    Word(String),
    /// The priority, given or set by an earlier rule.
    Priority(Priority),
}

/// What a rule set: from what, to what. The same twice means that the rule confirmed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "camelCase")]
pub enum Change {
    /// The group.
    Group {
        /// Before.
        from: GroupId,
        /// After.
        to: GroupId,
    },
    /// The category.
    Category {
        /// Before.
        from: Option<CategoryId>,
        /// After.
        to: CategoryId,
    },
    /// The priority.
    Priority {
        /// Before.
        from: Priority,
        /// After.
        to: Priority,
    },
    /// The agreement.
    Agreement {
        /// Before.
        from: Option<AgreementId>,
        /// After.
        to: AgreementId,
    },
}
