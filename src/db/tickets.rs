//! Ticket rows: stored whole after every command, read whole by key or number.

use super::connection::MultiBackend;
use super::schema::tickets;
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{
    AgreementVersionId, CategoryId, DeskId, GroupId, OrganisationId, ServiceId, SystemId, TicketId, UserId,
};
use crate::domain::routing::{ActivityCode, SupportLevelCode};
use crate::domain::ticket::{
    Channel, Line, Priority, Rank, Resolution, Status, Ticket, TicketKind, TicketNumber, Waiting, WaitingFor,
};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

#[derive(Queryable, Selectable)]
#[diesel(table_name = tickets)]
struct TicketRow {
    id: TicketId,
    number: String,
    kind: AsText<TicketKind>,
    status: AsText<Status>,
    desk_id: DeskId,
    subject: String,
    description: String,
    channel: AsText<Channel>,
    requester_id: UserId,
    registered_by_id: UserId,
    organisation_id: OrganisationId,
    customer_id: OrganisationId,
    service_id: Option<ServiceId>,
    system_id: Option<SystemId>,
    category_id: Option<CategoryId>,
    impact: i64,
    urgency: i64,
    priority: i64,
    line: AsText<Line>,
    group_id: GroupId,
    owner_group_id: GroupId,
    assignee_id: Option<UserId>,
    waiting_for: Option<AsText<WaitingFor>>,
    waiting_until: Option<Instant>,
    opened_at: Instant,
    first_response_at: Option<Instant>,
    resolved_at: Option<Instant>,
    closed_at: Option<Instant>,
    solution: Option<String>,
    resolved_by_line: Option<AsText<Line>>,
    resolved_by_group_id: Option<GroupId>,
    resolved_by_id: Option<UserId>,
    reopened_at: Option<Instant>,
    reopen_count: i64,
    open_micros: i64,
    updated_at: Instant,
    version: i64,
    external_id: Option<String>,
    support_level: Option<String>,
    activity: Option<String>,
    agreement_version_id: Option<AgreementVersionId>,
}

/// When queues and timers are to look at a ticket: drawn from its events, kept for finding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timers {
    /// When its solution is due, while that clock runs or once it is late.
    pub due_at: Option<Instant>,
    /// When one of its clocks next has something to say.
    pub wake_at: Option<Instant>,
}

/// Stands in the queue indexes where no clock runs, so that such tickets come last and none is left out.
const NOT_DUE: Instant = Instant::from_micros(i64::MAX);

/// The due instant of a row as it is meant.
pub struct StoredDue(Option<Instant>);

impl From<StoredDue> for Option<Instant> {
    fn from(stored: StoredDue) -> Self {
        stored.0
    }
}

impl Queryable<Nullable<BigInt>, MultiBackend> for StoredDue {
    type Row = Option<i64>;

    fn build(row: Option<i64>) -> diesel::deserialize::Result<Self> {
        Ok(Self(row.map(Instant::from_micros).filter(|at| *at != NOT_DUE)))
    }
}

/// Everything but the key, in the form it is written.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = tickets)]
#[diesel(treat_none_as_null = true)]
// Always the same columns, so that the statement is prepared once.
#[diesel(treat_none_as_default_value = false)]
pub(super) struct TicketValues<'a> {
    number: String,
    kind: AsText<TicketKind>,
    status: AsText<Status>,
    desk_id: DeskId,
    subject: &'a str,
    description: &'a str,
    channel: AsText<Channel>,
    requester_id: UserId,
    registered_by_id: UserId,
    organisation_id: OrganisationId,
    customer_id: OrganisationId,
    service_id: Option<ServiceId>,
    system_id: Option<SystemId>,
    category_id: Option<CategoryId>,
    impact: i64,
    urgency: i64,
    priority: i64,
    open_priority: Option<i64>,
    line: AsText<Line>,
    group_id: GroupId,
    owner_group_id: GroupId,
    assignee_id: Option<UserId>,
    waiting_for: Option<AsText<WaitingFor>>,
    waiting_until: Option<Instant>,
    opened_at: Instant,
    first_response_at: Option<Instant>,
    resolved_at: Option<Instant>,
    closed_at: Option<Instant>,
    solution: Option<&'a str>,
    resolved_by_line: Option<AsText<Line>>,
    resolved_by_group_id: Option<GroupId>,
    resolved_by_id: Option<UserId>,
    reopened_at: Option<Instant>,
    reopen_count: i64,
    open_micros: i64,
    updated_at: Instant,
    version: i64,
    external_id: Option<&'a str>,
    support_level: Option<&'a str>,
    activity: Option<&'a str>,
    agreement_version_id: Option<AgreementVersionId>,
    due_at: Option<Instant>,
    wake_at: Option<Instant>,
}

impl<'a> TicketValues<'a> {
    pub(super) fn new(ticket: &'a Ticket, timers: Timers) -> Self {
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
            agreement,
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
            open_micros,
            updated_at,
            version,
            external_id,
        } = ticket;
        Self {
            number: number.to_string(),
            kind: AsText(*kind),
            status: AsText(*status),
            desk_id: *desk,
            subject,
            description,
            channel: AsText(*channel),
            requester_id: *requester,
            registered_by_id: *registered_by,
            organisation_id: *organisation,
            customer_id: *customer,
            service_id: *service,
            system_id: *system,
            category_id: *category,
            impact: impact.get(),
            urgency: urgency.get(),
            priority: priority.get(),
            open_priority: status.is_open().then_some(priority.get()),
            line: AsText(*line),
            group_id: *group,
            owner_group_id: *owner_group,
            assignee_id: *assignee,
            waiting_for: waiting.map(|w| AsText(w.waiting_for)),
            waiting_until: waiting.and_then(|w| w.until),
            opened_at: *opened_at,
            first_response_at: *first_response_at,
            resolved_at: *resolved_at,
            closed_at: *closed_at,
            solution: resolution.as_ref().map(|r| r.solution.as_str()),
            resolved_by_line: resolution.as_ref().map(|r| AsText(r.line)),
            resolved_by_group_id: resolution.as_ref().map(|r| r.group),
            resolved_by_id: resolution.as_ref().and_then(|r| r.by),
            reopened_at: *reopened_at,
            reopen_count: *reopen_count,
            open_micros: *open_micros,
            updated_at: *updated_at,
            version: *version,
            external_id: external_id.as_deref(),
            support_level: support_level.as_ref().map(SupportLevelCode::as_str),
            activity: activity.as_ref().map(ActivityCode::as_str),
            agreement_version_id: *agreement,
            due_at: status.is_open().then(|| timers.due_at.unwrap_or(NOT_DUE)),
            wake_at: timers.wake_at,
        }
    }
}

impl TryFrom<TicketRow> for Ticket {
    type Error = DbError;

    fn try_from(row: TicketRow) -> Result<Self, DbError> {
        let wrong =
            |column: &'static str| DbError::Inconsistent { table: "tickets", column, row: row.id.get() };
        let resolution = match (row.solution, row.resolved_by_line, row.resolved_by_group_id) {
            (Some(solution), Some(AsText(line)), Some(group)) => {
                Some(Resolution { solution, line, group, by: row.resolved_by_id })
            }
            (None, None, None) => None,
            _ => return Err(wrong("solution")),
        };
        Ok(Self {
            id: row.id,
            number: TicketNumber::parse(&row.number).ok_or_else(|| wrong("number"))?,
            kind: row.kind.0,
            status: row.status.0,
            desk: row.desk_id,
            subject: row.subject,
            description: row.description,
            channel: row.channel.0,
            requester: row.requester_id,
            registered_by: row.registered_by_id,
            organisation: row.organisation_id,
            customer: row.customer_id,
            service: row.service_id,
            system: row.system_id,
            category: row.category_id,
            support_level: code(row.support_level, SupportLevelCode::parse)
                .ok_or_else(|| wrong("support_level"))?,
            activity: code(row.activity, ActivityCode::parse).ok_or_else(|| wrong("activity"))?,
            agreement: row.agreement_version_id,
            impact: Rank::new(row.impact).ok_or_else(|| wrong("impact"))?,
            urgency: Rank::new(row.urgency).ok_or_else(|| wrong("urgency"))?,
            priority: Priority::new(row.priority).ok_or_else(|| wrong("priority"))?,
            line: row.line.0,
            group: row.group_id,
            owner_group: row.owner_group_id,
            assignee: row.assignee_id,
            waiting: row.waiting_for.map(|w| Waiting { waiting_for: w.0, until: row.waiting_until }),
            opened_at: row.opened_at,
            first_response_at: row.first_response_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
            resolution,
            reopened_at: row.reopened_at,
            reopen_count: row.reopen_count,
            open_micros: row.open_micros,
            updated_at: row.updated_at,
            version: row.version,
            external_id: row.external_id,
        })
    }
}

/// A code that was checked before it was stored; nothing when it no longer has the form.
fn code<T, E>(text: Option<String>, parse: impl Fn(&str) -> Result<T, E>) -> Option<Option<T>> {
    text.map(|text| parse(&text).ok()).map_or(Some(None), |code| code.map(Some))
}

/// Stores a new ticket and returns its key. The `id` in the ticket is not looked at.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the number or external id exists.
pub fn insert(tx: &mut Tx<'_>, ticket: &Ticket, timers: Timers) -> Result<TicketId, DbError> {
    Ok(diesel::insert_into(tickets::table)
        .values(TicketValues::new(ticket, timers))
        .returning(tickets::id)
        .get_result(tx.conn())?)
}

/// Stores a ticket that was at `version_seen` when it was read.
///
/// # Errors
/// [`DbError::Stale`] when somebody else has changed it since.
pub fn update(tx: &mut Tx<'_>, ticket: &Ticket, version_seen: i64, timers: Timers) -> Result<(), DbError> {
    let changed = diesel::update(
        tickets::table.filter(tickets::id.eq(ticket.id)).filter(tickets::version.eq(version_seen)),
    )
    .set(TicketValues::new(ticket, timers))
    .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Stores when queues and timers are to look at a ticket, unless the ticket has changed meanwhile: whoever
/// changed it has stored that too.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn set_timers(tx: &mut Tx<'_>, ticket: &Ticket, timers: Timers) -> Result<(), DbError> {
    diesel::update(
        tickets::table.filter(tickets::id.eq(ticket.id)).filter(tickets::version.eq(ticket.version)),
    )
    .set((
        tickets::due_at.eq(ticket.status.is_open().then(|| timers.due_at.unwrap_or(NOT_DUE))),
        tickets::wake_at.eq(timers.wake_at),
    ))
    .execute(tx.conn())?;
    Ok(())
}

/// The ticket with this number.
///
/// # Errors
/// [`DbError`] when the database fails or the row doesn't make sense.
pub fn by_number(conn: &mut Conn, number: TicketNumber) -> Result<Option<Ticket>, DbError> {
    tickets::table
        .filter(tickets::number.eq(number.to_string()))
        .select(TicketRow::as_select())
        .first(conn)
        .optional()?
        .map(Ticket::try_from)
        .transpose()
}

/// The ticket with this number, which nobody else changes before the transaction ends.
///
/// # Errors
/// [`DbError`] when the database fails or the row doesn't make sense.
pub fn lock_by_number(tx: &mut Tx<'_>, number: TicketNumber) -> Result<Option<Ticket>, DbError> {
    let asked = tickets::table.filter(tickets::number.eq(number.to_string()));
    let row: Option<TicketRow> = match tx.conn() {
        // One writer at a time.
        Conn::Sqlite(conn) => asked.select(TicketRow::as_select()).first(conn),
        Conn::Pg(conn) => asked.select(TicketRow::as_select()).for_update().first(conn),
    }
    .optional()?;
    row.map(Ticket::try_from).transpose()
}

/// The ticket with this key, which nobody else changes before the transaction ends.
///
/// # Errors
/// [`DbError`] when the database fails or the row doesn't make sense.
pub fn lock(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<Ticket>, DbError> {
    let asked = tickets::table.filter(tickets::id.eq(id));
    let row: Option<TicketRow> = match tx.conn() {
        Conn::Sqlite(conn) => asked.select(TicketRow::as_select()).first(conn),
        Conn::Pg(conn) => asked.select(TicketRow::as_select()).for_update().first(conn),
    }
    .optional()?;
    row.map(Ticket::try_from).transpose()
}

/// When the timers are to look at a ticket.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn wake_at(conn: &mut Conn, id: TicketId) -> Result<Option<Instant>, DbError> {
    let found: Option<Option<Instant>> =
        tickets::table.filter(tickets::id.eq(id)).select(tickets::wake_at).first(conn).optional()?;
    Ok(found.flatten())
}

/// Lets the timers look at a ticket then, whatever its clocks say.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn wake_then(tx: &mut Tx<'_>, id: TicketId, then: Instant) -> Result<(), DbError> {
    diesel::update(tickets::table.filter(tickets::id.eq(id)))
        .set(tickets::wake_at.eq(Some(then)))
        .execute(tx.conn())?;
    Ok(())
}

/// The ticket with this key.
///
/// # Errors
/// [`DbError`] when the database fails or the row doesn't make sense.
pub fn by_id(conn: &mut Conn, id: TicketId) -> Result<Option<Ticket>, DbError> {
    tickets::table
        .filter(tickets::id.eq(id))
        .select(TicketRow::as_select())
        .first(conn)
        .optional()?
        .map(Ticket::try_from)
        .transpose()
}

/// The numbers of tickets.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn numbers(conn: &mut Conn, ids: &[TicketId]) -> Result<Vec<(TicketId, String)>, DbError> {
    Ok(tickets::table.filter(tickets::id.eq_any(ids)).select((tickets::id, tickets::number)).load(conn)?)
}

/// The ticket with this key, and when queues and timers are to look at it.
///
/// # Errors
/// [`DbError`] when the database fails or the row doesn't make sense.
pub fn with_timers(conn: &mut Conn, id: TicketId) -> Result<Option<(Ticket, Timers)>, DbError> {
    type Stored = (StoredDue, Option<Instant>);
    let found: Option<(TicketRow, Stored)> = tickets::table
        .filter(tickets::id.eq(id))
        .select((TicketRow::as_select(), (tickets::due_at, tickets::wake_at)))
        .first(conn)
        .optional()?;
    found
        .map(|(row, (due_at, wake_at))| {
            Ok((Ticket::try_from(row)?, Timers { due_at: due_at.into(), wake_at }))
        })
        .transpose()
}

/// The keys of all open tickets, from the index alone.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn open_keys(conn: &mut Conn) -> Result<Vec<TicketId>, DbError> {
    Ok(tickets::table.filter(tickets::open_priority.is_not_null()).select(tickets::id).load(conn)?)
}

/// Which of these external ids are stored already.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn known_external_ids(conn: &mut Conn, external_ids: &[&str]) -> Result<Vec<String>, DbError> {
    Ok(tickets::table
        .filter(tickets::external_id.eq_any(external_ids))
        .select(tickets::external_id.assume_not_null())
        .load(conn)?)
}

/// Whether any ticket is stored.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn any(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(diesel::select(diesel::dsl::exists(tickets::table.select(tickets::id))).get_result(conn)?)
}
