//! Status, priority and the other codes as people read them: icon, word and tint together.

use crate::i18n::Texts;

/// A small label; its word always stands beside its icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The part of its class name that differs.
    pub class: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// The word.
    pub label: &'a str,
}

/// A ticket's status.
#[must_use]
pub fn status<'a>(t: &'a Texts, code: &'a str) -> Tag<'a> {
    let (class, icon) = match code {
        "new" => ("info", "new"),
        "assigned" => ("neutral", "assigned"),
        "inProgress" => ("teal", "play"),
        "waiting" => ("warning", "pause"),
        "resolved" => ("success", "checks"),
        "closed" => ("neutral", "lock"),
        _ => ("outline", "slash"),
    };
    Tag { class, icon, label: status_label(t, code) }
}

/// A ticket's priority, 1 to 4.
#[must_use]
pub fn priority(t: &Texts, priority: u8) -> Tag<'_> {
    match priority {
        1 => Tag { class: "solid", icon: "danger", label: t.t("priority-1") },
        2 => Tag { class: "edge", icon: "up", label: t.t("priority-2") },
        3 => Tag { class: "plain", icon: "equal", label: t.t("priority-3") },
        _ => Tag { class: "muted", icon: "down", label: t.t("priority-4") },
    }
}

/// The word for a status.
#[must_use]
pub fn status_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "new" => t.t("status-new"),
        "assigned" => t.t("status-assigned"),
        "inProgress" => t.t("status-in-progress"),
        "waiting" => t.t("status-waiting"),
        "resolved" => t.t("status-resolved"),
        "closed" => t.t("status-closed"),
        "cancelled" => t.t("status-cancelled"),
        other => other,
    }
}

/// The word for a kind of ticket.
#[must_use]
pub fn kind_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "incident" => t.t("kind-incident"),
        "request" => t.t("kind-request"),
        "problem" => t.t("kind-problem"),
        "change" => t.t("kind-change"),
        other => other,
    }
}

/// The word for the way a ticket came in.
#[must_use]
pub fn channel_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "portal" => t.t("channel-portal"),
        "email" => t.t("channel-email"),
        "phone" => t.t("channel-phone"),
        "alarm" => t.t("channel-alarm"),
        "api" => t.t("channel-api"),
        "other" => t.t("channel-other"),
        other => other,
    }
}

/// The word for a line: "Första linjen".
#[must_use]
pub fn line_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "1" => t.t("line-1"),
        "2" => t.t("line-2"),
        "3" => t.t("line-3"),
        "external" => t.t("line-external"),
        other => other,
    }
}

/// How far a ticket reaches, 1 to 3.
#[must_use]
pub fn impact_label(t: &Texts, impact: u8) -> &str {
    match impact {
        1 => t.t("impact-1"),
        2 => t.t("impact-2"),
        _ => t.t("impact-3"),
    }
}

/// How much it hurries, 1 to 3.
#[must_use]
pub fn urgency_label(t: &Texts, urgency: u8) -> &str {
    match urgency {
        1 => t.t("urgency-1"),
        2 => t.t("urgency-2"),
        _ => t.t("urgency-3"),
    }
}

/// What is waited for.
#[must_use]
pub fn waiting_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "requester" => t.t("waiting-requester"),
        "supplier" => t.t("waiting-supplier"),
        "planned" => t.t("waiting-planned"),
        other => other,
    }
}

/// The word for a role.
#[must_use]
pub fn role_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "requester" => t.t("role-requester"),
        "manager" => t.t("role-manager"),
        "agent" => t.t("role-agent"),
        "groupLead" => t.t("role-group-lead"),
        "problemManager" => t.t("role-problem-manager"),
        "changeManager" => t.t("role-change-manager"),
        "cabMember" => t.t("role-cab-member"),
        "majorIncidentCoordinator" => t.t("role-major-incident-coordinator"),
        "organisationRepresentative" => t.t("role-organisation-representative"),
        "board" => t.t("role-board"),
        "administrator" => t.t("role-administrator"),
        "integration" => t.t("role-integration"),
        other => other,
    }
}

/// What a button for an action of the lifecycle says.
#[must_use]
pub fn action_label<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "take" => t.t("action-take"),
        "assign" => t.t("action-assign"),
        "escalate" => t.t("action-escalate"),
        "return" => t.t("action-return"),
        "wait" => t.t("action-wait"),
        "resume" => t.t("action-resume"),
        "resolve" => t.t("action-resolve"),
        "close" => t.t("action-close"),
        "reopen" => t.t("action-reopen"),
        "cancel" => t.t("action-cancel"),
        other => other,
    }
}
