//! Tickets as they are sent.

use super::promises::{AdviceOut, PromiseOut, Reader, TurnToOut};
use crate::app::tickets::{People, TicketDetail, TicketListRow};
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::routing::{ActivityCode, SupportLevelCode};
use crate::domain::ticket::{
    Action, Channel, Line, Resolution, Status, Ticket, TicketKind, TicketNumber, Waiting, WaitingFor,
};
use crate::web::api::parts::{At, CodedOut, GroupOut, Names, PersonOut, person};
use crate::web::api::words::{ActionWord, ChannelWord, KindWord, LineWord, StatusWord, WaitingForWord};
use crate::web::routing_story::RoutingStory;
use serde::Serialize;

/// A number as people say it.
#[derive(Debug, Clone, Copy)]
pub struct Number(
    /// The number.
    pub TicketNumber,
);

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A ticket.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Ticket)]
#[serde(rename_all = "camelCase")]
pub struct TicketOut<'a> {
    /// Its number.
    #[schema(value_type = String)]
    number: Number,
    /// What it is.
    #[schema(value_type = KindWord)]
    kind: TicketKind,
    /// Where it stands.
    #[schema(value_type = StatusWord)]
    status: Status,
    /// One line that says what it is about.
    subject: &'a str,
    /// The matter in the requester's words; empty when the subject says it all.
    description: &'a str,
    /// How it came in.
    #[schema(value_type = ChannelWord)]
    channel: Channel,
    /// The desk it lies at.
    #[schema(required)]
    desk: Option<CodedOut<'a>>,
    /// Whom it is for.
    requester: PersonOut<'a>,
    /// Who registered it.
    registered_by: PersonOut<'a>,
    /// The requester's organisation when it was filed.
    #[schema(required)]
    organisation: Option<CodedOut<'a>>,
    /// The municipality or company above that organisation.
    #[schema(required)]
    customer: Option<CodedOut<'a>>,
    /// The service it concerns.
    #[schema(required)]
    service: Option<CodedOut<'a>>,
    /// The business system it concerns.
    #[schema(required)]
    system: Option<CodedOut<'a>>,
    /// Its category.
    #[schema(required)]
    category: Option<CodedOut<'a>>,
    /// How much is hit: 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    impact: i64,
    /// How soon it hurts: 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    urgency: i64,
    /// From impact and urgency: 1 (critical) to 4 (low).
    #[schema(minimum = 1, maximum = 4)]
    priority: i64,
    /// The line it lies in.
    #[schema(value_type = LineWord)]
    line: Line,
    /// The group that has it.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// The group that owns it until it is closed.
    #[schema(required)]
    owner_group: Option<GroupOut<'a>>,
    /// The person who has it.
    #[schema(required)]
    assignee: Option<PersonOut<'a>>,
    /// Whom it waits for, while it waits.
    #[schema(required)]
    waiting: Option<WaitingOut>,
    /// When it was filed.
    #[schema(value_type = String, format = DateTime)]
    opened_at: At,
    /// When staff first answered or solved it.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    first_response_at: Option<At>,
    /// When it was last resolved; null again once re-opened.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    resolved_at: Option<At>,
    /// When it was closed or cancelled.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    closed_at: Option<At>,
    /// When it was last re-opened.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    reopened_at: Option<At>,
    /// How often it was re-opened.
    #[schema(minimum = 0)]
    reopen_count: i64,
    /// When anything last happened to it.
    #[schema(value_type = String, format = DateTime)]
    updated_at: At,
    /// How it was resolved.
    #[schema(required)]
    resolution: Option<ResolutionOut<'a>>,
    /// The support level of what it concerns.
    #[schema(required, value_type = Option<String>)]
    support_level: Option<&'a str>,
    /// What is to be done, as the responsibility matrix calls it.
    #[schema(required, value_type = Option<String>)]
    activity: Option<&'a str>,
    /// Why it has its priority and went where it went, in the caller's language, a fact a sentence; empty when
    /// only impact and urgency decided.
    routing: Vec<String>,
    /// Who is responsible and where to turn, when that isn't the desk; in the caller's language.
    #[schema(required)]
    turn_to: Option<TurnToOut>,
    /// Whose it is by what it concerns now, when that has changed since it was filed; null to its requester.
    #[schema(required)]
    advice: Option<AdviceOut<'a>>,
    /// What is promised about it, and how each promise stands.
    sla: Vec<PromiseOut<'a>>,
    /// What the caller may do to its state now.
    #[schema(value_type = Vec<ActionWord>)]
    allowed_actions: &'a [Action],
    /// Rises by one with every change; also the `ETag`.
    #[schema(minimum = 1)]
    version: i64,
    /// Its id in the system it was imported from.
    #[schema(required)]
    external_id: Option<&'a str>,
}

/// Whom a ticket waits for.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Waiting)]
pub struct WaitingOut {
    /// Whom.
    #[serde(rename = "for")]
    #[schema(value_type = WaitingForWord)]
    waiting_for: WaitingFor,
    /// When it goes on by itself.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    until: Option<At>,
}

/// How a ticket was resolved.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Resolution)]
pub struct ResolutionOut<'a> {
    /// What was done.
    solution: &'a str,
    /// The line it lay in.
    #[schema(value_type = LineWord)]
    line: Line,
    /// The group it lay with.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// Who resolved it; null for some imported tickets.
    #[schema(required)]
    by: Option<PersonOut<'a>>,
}

impl<'a> TicketOut<'a> {
    /// A ticket with the names of what it refers to.
    #[must_use]
    pub fn new(
        detail: &'a TicketDetail,
        directory: &'a Directory,
        policies: &Policies,
        reader: &Reader,
    ) -> Self {
        let story = RoutingStory::when(reader.texts(), directory, policies, detail.routed.as_ref());
        let names = Names(directory);
        let people = &detail.people;
        let Ticket {
            id: _,
            number,
            kind,
            status,
            desk,
            subject,
            description,
            channel,
            requester,
            registered_by,
            organisation,
            customer,
            service,
            system,
            category,
            support_level,
            activity,
            impact,
            urgency,
            priority,
            agreement: _,
            line,
            group,
            owner_group,
            assignee,
            waiting,
            opened_at,
            first_response_at,
            resolved_at,
            closed_at,
            resolution,
            reopened_at,
            reopen_count,
            open_micros: _,
            updated_at,
            version,
            external_id,
        } = &detail.ticket;
        Self {
            number: Number(*number),
            kind: *kind,
            status: *status,
            subject,
            description,
            channel: *channel,
            desk: names.desk(*desk),
            requester: person(people, *requester),
            registered_by: person(people, *registered_by),
            organisation: names.organisation(*organisation),
            customer: names.organisation(*customer),
            service: service.and_then(|id| names.service(id)),
            system: system.and_then(|id| names.system(id)),
            category: category.and_then(|id| names.category(id)),
            impact: impact.get(),
            urgency: urgency.get(),
            priority: priority.get(),
            line: *line,
            group: names.group(*group),
            owner_group: names.group(*owner_group),
            assignee: assignee.map(|id| person(people, id)),
            waiting: waiting
                .map(|Waiting { waiting_for, until }| WaitingOut { waiting_for, until: until.map(At) }),
            opened_at: At(*opened_at),
            first_response_at: first_response_at.map(At),
            resolved_at: resolved_at.map(At),
            closed_at: closed_at.map(At),
            reopened_at: reopened_at.map(At),
            reopen_count: *reopen_count,
            updated_at: At(*updated_at),
            resolution: resolution.as_ref().map(|Resolution { solution, line, group, by }| ResolutionOut {
                solution,
                line: *line,
                group: names.group(*group),
                by: by.map(|id| person(people, id)),
            }),
            support_level: support_level.as_ref().map(SupportLevelCode::as_str),
            activity: activity.as_ref().map(ActivityCode::as_str),
            routing: story.map(RoutingStory::whole).unwrap_or_default(),
            turn_to: story.and_then(RoutingStory::answer).map(TurnToOut::from),
            advice: detail.advice.as_ref().map(|advice| AdviceOut::new(advice, directory, policies, reader)),
            sla: detail.promises.iter().map(|promise| PromiseOut::new(promise, reader, *requester)).collect(),
            allowed_actions: &detail.allowed,
            version: *version,
            external_id: external_id.as_deref(),
        }
    }
}

/// A ticket as lists show it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TicketSummary)]
#[serde(rename_all = "camelCase")]
pub struct TicketSummaryOut<'a> {
    /// Its number.
    number: &'a str,
    /// What it is.
    #[schema(value_type = KindWord)]
    kind: TicketKind,
    /// Where it stands.
    #[schema(value_type = StatusWord)]
    status: Status,
    /// One line that says what it is about.
    subject: &'a str,
    /// How it came in.
    #[schema(value_type = ChannelWord)]
    channel: Channel,
    /// Whom it is for.
    requester: PersonOut<'a>,
    /// The requester's organisation when it was filed.
    #[schema(required)]
    organisation: Option<CodedOut<'a>>,
    /// The service it concerns.
    #[schema(required)]
    service: Option<CodedOut<'a>>,
    /// The business system it concerns.
    #[schema(required)]
    system: Option<CodedOut<'a>>,
    /// Its category.
    #[schema(required)]
    category: Option<CodedOut<'a>>,
    /// 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    impact: i64,
    /// 1 (high) to 3 (low).
    #[schema(minimum = 1, maximum = 3)]
    urgency: i64,
    /// 1 (critical) to 4 (low).
    #[schema(minimum = 1, maximum = 4)]
    priority: i64,
    /// The line it lies in.
    #[schema(value_type = LineWord)]
    line: Line,
    /// The group that has it.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// The person who has it.
    #[schema(required)]
    assignee: Option<PersonOut<'a>>,
    /// Whom it waits for.
    #[schema(value_type = Option<WaitingForWord>, required)]
    waiting_for: Option<WaitingFor>,
    /// When it was filed.
    #[schema(value_type = String, format = DateTime)]
    opened_at: At,
    /// When staff first answered or solved it.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    first_response_at: Option<At>,
    /// When it was last resolved.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    resolved_at: Option<At>,
    /// When it was closed or cancelled.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    closed_at: Option<At>,
    /// When its solution is due, while that clock runs or once it is late.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    due_at: Option<At>,
    /// When anything last happened to it.
    #[schema(value_type = String, format = DateTime)]
    updated_at: At,
    /// Rises by one with every change.
    #[schema(minimum = 1)]
    version: i64,
}

impl<'a> TicketSummaryOut<'a> {
    /// A row with the names of what it refers to.
    #[must_use]
    pub fn new(row: &'a TicketListRow, people: &'a People, directory: &'a Directory) -> Self {
        let names = Names(directory);
        let TicketListRow {
            id: _,
            number,
            kind,
            status,
            subject,
            channel,
            requester_id,
            organisation_id,
            service_id,
            system_id,
            category_id,
            impact,
            urgency,
            priority,
            line,
            group_id,
            assignee_id,
            waiting_for,
            opened_at,
            first_response_at,
            resolved_at,
            closed_at,
            updated_at,
            version,
            due_at,
        } = row;
        Self {
            number,
            kind: *kind,
            status: *status,
            subject,
            channel: *channel,
            requester: person(people, *requester_id),
            organisation: names.organisation(*organisation_id),
            service: service_id.and_then(|id| names.service(id)),
            system: system_id.and_then(|id| names.system(id)),
            category: category_id.and_then(|id| names.category(id)),
            impact: *impact,
            urgency: *urgency,
            priority: *priority,
            line: *line,
            group: names.group(*group_id),
            assignee: assignee_id.map(|id| person(people, id)),
            waiting_for: waiting_for.map(|waiting| waiting.0),
            opened_at: At(*opened_at),
            first_response_at: first_response_at.map(At),
            resolved_at: resolved_at.map(At),
            closed_at: closed_at.map(At),
            due_at: due_at.map(At),
            updated_at: At(*updated_at),
            version: *version,
        }
    }
}
