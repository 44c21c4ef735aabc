//! Events as they are sent: what changed as pairs of old and new, in the words that requests use.

use crate::app::opaque;
use crate::app::tickets::People;
use crate::domain::ids::{GroupId, UserId};
use crate::domain::people::Directory;
use crate::domain::routing::{ActivityCode, SupportLevelCode};
use crate::domain::ticket::{EventKind, LinkKind, Origin, SystemAction, TicketEvent, Visibility};
use crate::web::api::parts::{At, Names, Opaque, PersonOut, person};
use crate::web::api::words::{LinkKindWord, OriginWord, SystemActionWord, VisibilityWord};
use serde::Serialize;

/// One thing that happened to a ticket. What doesn't concern it is left out.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Event)]
#[serde(rename_all = "camelCase")]
pub struct EventOut<'a> {
    /// Its place in the ticket's history, from 1.
    #[schema(minimum = 1)]
    sequence: i64,
    /// What happened: `opened`, `taken`, `assigned`, `escalated`, `returned`, `waitStarted`, `waitEnded`,
    /// `firstResponded`, `resolved`, `closed`, `reopened`, `cancelled`, `subjectChanged`, `descriptionChanged`,
    /// `serviceChanged`, `systemChanged`, `supportLevelChanged`, `activityChanged`, `routeAdvised`,
    /// `categoryChanged`, `priorityChanged`, `messageAdded`, `attachmentAdded`,
    /// `linkAdded`, `linkRemoved`, `firstLineReviewed`, `routed`, `agreementChanged`, `clockWarned`, `clockBreached`,
    /// `externalLinkCreated`, `externalAnswered`, `mailNoted`. More may come.
    #[serde(rename = "type")]
    what: &'static str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// Who; null when the product did it, or a supplier's group by a link (origin `external`).
    #[schema(required)]
    actor: Option<PersonOut<'a>>,
    /// By which way.
    #[schema(value_type = OriginWord)]
    origin: Origin,
    /// From what to what.
    changes: Vec<ChangeOut>,
    /// Why, or what was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<&'a str>,
    /// What made it happen when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = SystemActionWord, required = false)]
    cause: Option<SystemAction>,
    /// Who reads the message or fetches the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = VisibilityWord, required = false)]
    visibility: Option<Visibility>,
    /// The id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    message: Option<Opaque>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attachment: Option<AttachedOut<'a>>,
    /// The link.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    link: Option<LinkedOut<'a>>,
}

/// A value before and after.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Change)]
pub struct ChangeOut {
    /// The field of the ticket.
    field: &'static str,
    /// Before: a code, an e-mail address, a number or a text.
    #[schema(required)]
    from: Option<String>,
    /// After.
    #[schema(required)]
    to: Option<String>,
}

/// A file that was added.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = AttachedFile)]
pub struct AttachedOut<'a> {
    /// Its id.
    #[schema(value_type = String)]
    id: Opaque,
    /// Its name.
    name: &'a str,
}

/// A link that was made or taken away.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LinkOfEvent)]
pub struct LinkedOut<'a> {
    /// What the first ticket is to the second.
    #[schema(value_type = LinkKindWord)]
    kind: LinkKind,
    /// The other ticket's number.
    ticket: &'a str,
}

/// The people that an event names besides whoever did it.
pub(super) fn people_of(kind: &EventKind) -> Vec<UserId> {
    match kind {
        EventKind::Opened { requester, registered_by, .. } => vec![*requester, *registered_by],
        EventKind::Taken { from, to, .. } => from.iter().copied().chain([*to]).collect(),
        EventKind::Assigned { from, to, .. } => from.iter().chain(to).copied().collect(),
        _ => Vec::new(),
    }
}

/// Writes values as requests take them.
struct Words<'a> {
    people: &'a People,
    names: Names<'a>,
}

impl Words<'_> {
    fn person(&self, id: UserId) -> String {
        self.people.get(&id).map_or_else(|| opaque::encode(id.get()), |person| person.email.clone())
    }

    fn group(&self, id: GroupId) -> Option<String> {
        self.names.0.group(id).map(|group| group.code.clone())
    }

    fn people(&self, from: Option<UserId>, to: Option<UserId>) -> ChangeOut {
        let shown = |id: Option<UserId>| id.map(|id| self.person(id));
        ChangeOut { field: "assignee", from: shown(from), to: shown(to) }
    }

    fn groups(&self, from: GroupId, to: GroupId) -> ChangeOut {
        ChangeOut { field: "group", from: self.group(from), to: self.group(to) }
    }
}

fn change(field: &'static str, from: &impl ToString, to: &impl ToString) -> ChangeOut {
    ChangeOut { field, from: Some(from.to_string()), to: Some(to.to_string()) }
}

fn given(field: &'static str, to: &impl ToString) -> ChangeOut {
    ChangeOut { field, from: None, to: Some(to.to_string()) }
}

impl<'a> EventOut<'a> {
    /// An event with the names of what it refers to.
    pub(super) fn new(event: &'a TicketEvent, people: &'a People, directory: &'a Directory) -> Self {
        let TicketEvent { sequence, at, actor, origin, kind } = event;
        let mut out = Self {
            sequence: *sequence,
            what: what(kind),
            at: At(*at),
            actor: actor.map(|id| person(people, id)),
            origin: *origin,
            changes: Vec::new(),
            reason: None,
            cause: None,
            visibility: None,
            message: None,
            attachment: None,
            link: None,
        };
        out.tell(kind, &Words { people, names: Names(directory) });
        out
    }

    fn tell(&mut self, kind: &'a EventKind, words: &Words<'_>) {
        match kind {
            EventKind::Opened { .. } => self.changes = opened(kind, words),
            EventKind::Taken { from, to, group } => {
                self.changes = vec![words.people(*from, Some(*to))];
                self.changes.push(ChangeOut { field: "group", from: None, to: words.group(*group) });
            }
            EventKind::Assigned { from_group, to_group, from, to } => {
                self.changes = vec![words.people(*from, *to)];
                if from_group != to_group {
                    self.changes.push(words.groups(*from_group, *to_group));
                }
            }
            EventKind::Escalated { from_group, to_group, from_line, to_line, reason, code }
            | EventKind::Returned { from_group, to_group, from_line, to_line, reason, code } => {
                self.changes = vec![words.groups(*from_group, *to_group), change("line", from_line, to_line)];
                self.changes.extend(code.map(|code| given("reasonCode", &code)));
                self.reason = Some(reason);
            }
            EventKind::Routed { from_group, to_group, from_line, to_line } => {
                self.changes = vec![words.groups(*from_group, *to_group), change("line", from_line, to_line)];
            }
            // Which agreement holds is told by the ticket's promises.
            EventKind::AgreementChanged { .. } => {}
            EventKind::ClockWarned { metric, percent, due_at, tells: _ } => {
                self.changes =
                    vec![given("metric", metric), given("percent", percent), given("dueAt", due_at)];
            }
            EventKind::ClockBreached { metric, due_at, tells: _ } => {
                self.changes = vec![given("metric", metric), given("dueAt", due_at)];
            }
            EventKind::WaitStarted { waiting } => {
                self.changes = vec![given("for", &waiting.waiting_for)];
                self.changes.extend(waiting.until.map(|until| given("until", &until)));
            }
            EventKind::WaitEnded { by } | EventKind::Closed { by } => self.cause = *by,
            EventKind::FirstResponded => {}
            EventKind::Resolved { solution, line, group } => {
                self.changes = vec![given("line", line)];
                self.changes.push(ChangeOut { field: "group", from: None, to: words.group(*group) });
                self.reason = Some(solution);
            }
            EventKind::FirstLineReviewed { could_have_solved, note } => {
                self.changes = vec![given("couldHaveSolved", could_have_solved)];
                self.reason = note.as_deref();
            }
            EventKind::ExternalLinkCreated { group, until, id: _ } => {
                self.changes = vec![ChangeOut { field: "group", from: None, to: words.group(*group) }];
                self.changes.push(given("until", until));
            }
            EventKind::MailNoted { mail: _, what, from, undelivered } => {
                self.changes = vec![
                    ChangeOut { field: "mail", from: None, to: Some(what.as_text().to_owned()) },
                    ChangeOut { field: "address", from: None, to: Some(from.clone()) },
                ];
                let status = undelivered.iter().filter(|status| !status.is_empty()).cloned();
                self.changes.extend(status.map(|status| ChangeOut {
                    field: "status",
                    from: None,
                    to: Some(status),
                }));
                self.visibility = Some(Visibility::Internal);
            }
            EventKind::ExternalAnswered { group, text } => {
                self.changes = vec![ChangeOut { field: "group", from: None, to: words.group(*group) }];
                self.visibility = Some(Visibility::Internal);
                self.reason = Some(text);
            }
            EventKind::Reopened { reason } | EventKind::Cancelled { reason } => self.reason = Some(reason),
            EventKind::SubjectChanged { from, to } => self.changes = vec![change("subject", from, to)],
            EventKind::DescriptionChanged { from, to } => {
                self.changes = vec![change("description", from, to)];
            }
            EventKind::ServiceChanged { from, to } => {
                let code = |id| words.names.0.service(id).map(|found| found.code.clone());
                self.changes =
                    vec![ChangeOut { field: "service", from: from.and_then(code), to: to.and_then(code) }];
            }
            EventKind::SystemChanged { from, to } => {
                let code = |id| words.names.0.system(id).map(|found| found.code.clone());
                self.changes =
                    vec![ChangeOut { field: "system", from: from.and_then(code), to: to.and_then(code) }];
            }
            EventKind::CategoryChanged { from, to } => {
                let code = |id| words.names.0.category(id).map(|found| found.code.clone());
                self.changes =
                    vec![ChangeOut { field: "category", from: from.and_then(code), to: to.and_then(code) }];
            }
            EventKind::SupportLevelChanged { from, to } => {
                let code = |code: &Option<SupportLevelCode>| code.as_ref().map(ToString::to_string);
                self.changes = vec![ChangeOut { field: "supportLevel", from: code(from), to: code(to) }];
            }
            EventKind::ActivityChanged { from, to } => {
                let code = |code: &Option<ActivityCode>| code.as_ref().map(ToString::to_string);
                self.changes = vec![ChangeOut { field: "activity", from: code(from), to: code(to) }];
            }
            EventKind::RouteAdvised { routed } => {
                let to = words.group(routed.group);
                self.changes = vec![ChangeOut { field: "advisedGroup", from: None, to }];
            }
            EventKind::PriorityChanged {
                from_impact,
                from_urgency,
                from,
                impact,
                urgency,
                to,
                reason: _,
            } => {
                self.changes = [
                    ("impact", from_impact.get(), impact.get()),
                    ("urgency", from_urgency.get(), urgency.get()),
                    ("priority", from.get(), to.get()),
                ]
                .into_iter()
                .filter(|(_, from, to)| from != to)
                .map(|(field, from, to)| change(field, &from, &to))
                .collect();
            }
            EventKind::MessageAdded { message, visibility } => {
                self.message = Some(Opaque(message.get()));
                self.visibility = Some(*visibility);
            }
            EventKind::AttachmentAdded { attachment, name, visibility } => {
                self.attachment = Some(AttachedOut { id: Opaque(attachment.get()), name });
                self.visibility = Some(*visibility);
            }
            EventKind::LinkAdded { link, other } | EventKind::LinkRemoved { link, other } => {
                self.link = Some(LinkedOut { kind: *link, ticket: other });
            }
        }
    }
}

fn opened(kind: &EventKind, words: &Words<'_>) -> Vec<ChangeOut> {
    let EventKind::Opened {
        number: _,
        kind,
        desk: _,
        subject,
        description: _,
        channel,
        requester,
        registered_by,
        organisation,
        customer: _,
        service,
        system,
        category,
        impact,
        urgency,
        priority,
        line,
        group,
        external_id,
        support_level,
        activity,
        agreement: _,
        routed: _,
    } = kind
    else {
        return Vec::new();
    };
    let directory = words.names.0;
    let codes = [
        ("organisation", directory.organisation(*organisation).map(|found| &found.code)),
        ("service", service.and_then(|id| directory.service(id)).map(|found| &found.code)),
        ("system", system.and_then(|id| directory.system(id)).map(|found| &found.code)),
        ("category", category.and_then(|id| directory.category(id)).map(|found| &found.code)),
        ("group", directory.group(*group).map(|found| &found.code)),
        ("externalId", external_id.as_ref()),
    ];
    let mut changes = vec![
        given("kind", kind),
        given("subject", subject),
        given("channel", channel),
        given("requester", &words.person(*requester)),
        given("registeredBy", &words.person(*registered_by)),
        given("impact", &impact.get()),
        given("urgency", &urgency.get()),
        given("priority", &priority.get()),
        given("line", line),
    ];
    changes.extend(support_level.as_ref().map(|code| given("supportLevel", code)));
    changes.extend(activity.as_ref().map(|code| given("activity", code)));
    changes.extend(codes.into_iter().filter_map(|(field, code)| code.map(|code| given(field, code))));
    changes
}

const fn what(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Opened { .. } => "opened",
        EventKind::Taken { .. } => "taken",
        EventKind::Assigned { .. } => "assigned",
        EventKind::Escalated { .. } => "escalated",
        EventKind::Returned { .. } => "returned",
        EventKind::WaitStarted { .. } => "waitStarted",
        EventKind::WaitEnded { .. } => "waitEnded",
        EventKind::FirstResponded => "firstResponded",
        EventKind::Resolved { .. } => "resolved",
        EventKind::Closed { .. } => "closed",
        EventKind::Reopened { .. } => "reopened",
        EventKind::Cancelled { .. } => "cancelled",
        EventKind::SubjectChanged { .. } => "subjectChanged",
        EventKind::DescriptionChanged { .. } => "descriptionChanged",
        EventKind::ServiceChanged { .. } => "serviceChanged",
        EventKind::SystemChanged { .. } => "systemChanged",
        EventKind::CategoryChanged { .. } => "categoryChanged",
        EventKind::SupportLevelChanged { .. } => "supportLevelChanged",
        EventKind::ActivityChanged { .. } => "activityChanged",
        EventKind::RouteAdvised { .. } => "routeAdvised",
        EventKind::PriorityChanged { .. } => "priorityChanged",
        EventKind::MessageAdded { .. } => "messageAdded",
        EventKind::AttachmentAdded { .. } => "attachmentAdded",
        EventKind::LinkAdded { .. } => "linkAdded",
        EventKind::LinkRemoved { .. } => "linkRemoved",
        EventKind::FirstLineReviewed { .. } => "firstLineReviewed",
        EventKind::Routed { .. } => "routed",
        EventKind::AgreementChanged { .. } => "agreementChanged",
        EventKind::ClockWarned { .. } => "clockWarned",
        EventKind::ClockBreached { .. } => "clockBreached",
        EventKind::ExternalLinkCreated { .. } => "externalLinkCreated",
        EventKind::ExternalAnswered { .. } => "externalAnswered",
        EventKind::MailNoted { .. } => "mailNoted",
    }
}
