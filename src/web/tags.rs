//! Status, priority and the other codes as people read them: icon, word and tint together.

use crate::domain::sla::agreement::Metric;
use crate::domain::ticket::{
    Action, Channel, HandOverReason, LinkKind, Status, StayEnd, TicketKind, WaitingFor,
};
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
pub fn status(t: &Texts, status: Status) -> Tag<'_> {
    let (class, icon) = match status {
        Status::New => ("info", "new"),
        Status::Assigned => ("neutral", "assigned"),
        Status::InProgress => ("teal", "play"),
        Status::Waiting => ("warning", "pause"),
        Status::Resolved => ("success", "checks"),
        Status::Closed => ("neutral", "lock"),
        Status::Cancelled => ("outline", "slash"),
    };
    Tag { class, icon, label: status_label(t, status) }
}

/// A ticket's priority, 1 to 4.
#[must_use]
pub fn priority(t: &Texts, priority: i64) -> Tag<'_> {
    match priority {
        1 => Tag { class: "solid", icon: "danger", label: t.t("priority-1") },
        2 => Tag { class: "edge", icon: "up", label: t.t("priority-2") },
        3 => Tag { class: "plain", icon: "equal", label: t.t("priority-3") },
        _ => Tag { class: "muted", icon: "down", label: t.t("priority-4") },
    }
}

/// The word for a status.
#[must_use]
pub fn status_label(t: &Texts, status: Status) -> &str {
    match status {
        Status::New => t.t("status-new"),
        Status::Assigned => t.t("status-assigned"),
        Status::InProgress => t.t("status-in-progress"),
        Status::Waiting => t.t("status-waiting"),
        Status::Resolved => t.t("status-resolved"),
        Status::Closed => t.t("status-closed"),
        Status::Cancelled => t.t("status-cancelled"),
    }
}

/// The word for a kind of ticket.
#[must_use]
pub fn kind_label(t: &Texts, kind: TicketKind) -> &str {
    match kind {
        TicketKind::Incident => t.t("kind-incident"),
        TicketKind::Request => t.t("kind-request"),
        TicketKind::Problem => t.t("kind-problem"),
        TicketKind::Change => t.t("kind-change"),
    }
}

/// The word for the way a ticket came in.
#[must_use]
pub fn channel_label(t: &Texts, channel: Channel) -> &str {
    match channel {
        Channel::Portal => t.t("channel-portal"),
        Channel::Email => t.t("channel-email"),
        Channel::Phone => t.t("channel-phone"),
        Channel::Alarm => t.t("channel-alarm"),
        Channel::Api => t.t("channel-api"),
        Channel::Other => t.t("channel-other"),
    }
}

/// What one ticket is to another, before the other's number: "Samma som".
#[must_use]
pub fn link_label(t: &Texts, kind: LinkKind, is_from: bool) -> &str {
    match (kind, is_from) {
        (LinkKind::RelatesTo, _) => t.t("link-relates-to"),
        (LinkKind::Duplicates, true) => t.t("link-duplicates"),
        (LinkKind::Duplicates, false) => t.t("link-duplicated-by"),
        (LinkKind::CausedBy, true) => t.t("link-caused-by"),
        (LinkKind::CausedBy, false) => t.t("link-causes"),
        (LinkKind::PartOf, true) => t.t("link-part-of"),
        (LinkKind::PartOf, false) => t.t("link-has-part"),
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
pub fn impact_label(t: &Texts, impact: i64) -> &str {
    match impact {
        1 => t.t("impact-1"),
        2 => t.t("impact-2"),
        _ => t.t("impact-3"),
    }
}

/// How much it hurries, 1 to 3.
#[must_use]
pub fn urgency_label(t: &Texts, urgency: i64) -> &str {
    match urgency {
        1 => t.t("urgency-1"),
        2 => t.t("urgency-2"),
        _ => t.t("urgency-3"),
    }
}

/// What is waited for.
#[must_use]
pub fn waiting_label(t: &Texts, waiting_for: WaitingFor) -> &str {
    match waiting_for {
        WaitingFor::Requester => t.t("waiting-requester"),
        WaitingFor::Supplier => t.t("waiting-supplier"),
        WaitingFor::Planned => t.t("waiting-planned"),
    }
}

/// What is promised.
#[must_use]
pub fn metric(t: &Texts, metric: Metric) -> &str {
    match metric {
        Metric::FirstResponse => t.t("metric-first-response"),
        Metric::Resolution => t.t("metric-resolution"),
        Metric::TimeInGroup => t.t("metric-time-in-group"),
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

/// Why a ticket is handed over.
#[must_use]
pub fn hand_over_label(t: &Texts, reason: HandOverReason) -> &str {
    match reason {
        HandOverReason::Competence => t.t("hand-over-competence"),
        HandOverReason::Access => t.t("hand-over-access"),
        HandOverReason::OnSite => t.t("hand-over-on-site"),
        HandOverReason::Hardware => t.t("hand-over-hardware"),
        HandOverReason::Supplier => t.t("hand-over-supplier"),
        HandOverReason::WrongGroup => t.t("hand-over-wrong-group"),
        HandOverReason::MoreInformation => t.t("hand-over-more-information"),
        HandOverReason::Workload => t.t("hand-over-workload"),
        HandOverReason::Done => t.t("hand-over-done"),
        HandOverReason::Other => t.t("hand-over-other"),
    }
}

/// What ended the time in which somebody had a ticket.
#[must_use]
pub fn stay_end_label(t: &Texts, end: StayEnd) -> &str {
    match end {
        StayEnd::Taken => t.t("stay-taken"),
        StayEnd::Assigned => t.t("stay-assigned"),
        StayEnd::Escalated => t.t("stay-escalated"),
        StayEnd::Returned => t.t("stay-returned"),
        StayEnd::Resolved => t.t("stay-resolved"),
        StayEnd::Closed => t.t("stay-closed"),
        StayEnd::Cancelled => t.t("stay-cancelled"),
    }
}

/// What a button for an action of the lifecycle says.
#[must_use]
pub fn action_label(t: &Texts, action: Action) -> &str {
    match action {
        Action::Take => t.t("action-take"),
        Action::Assign => t.t("action-assign"),
        Action::Escalate => t.t("action-escalate"),
        Action::Return => t.t("action-return"),
        Action::Wait => t.t("action-wait"),
        Action::Resume => t.t("action-resume"),
        Action::Resolve => t.t("action-resolve"),
        Action::Close => t.t("action-close"),
        Action::Reopen => t.t("action-reopen"),
        Action::Cancel => t.t("action-cancel"),
    }
}
