//! Lists of tickets: filtered, sorted, a page at a time from a key, narrow rows only.

use super::connection::MultiBackend;
use super::schema::tickets;
use super::tickets::StoredDue;
use super::types::AsText;
use super::{Conn, DbError};
use crate::domain::access::TicketScope;
use crate::domain::clock::Instant;
use crate::domain::ids::{CategoryId, GroupId, OrganisationId, ServiceId, SystemId, TicketId, UserId};
use crate::domain::ticket::{Channel, Line, Status, TicketKind, WaitingFor};
use crate::text_enum;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

/// A ticket as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tickets)]
pub struct TicketListRow {
    /// Its key.
    pub id: TicketId,
    /// Its number.
    pub number: String,
    /// What it is.
    #[diesel(deserialize_as = AsText<TicketKind>)]
    pub kind: TicketKind,
    /// Where it stands.
    #[diesel(deserialize_as = AsText<Status>)]
    pub status: Status,
    /// The subject.
    pub subject: String,
    /// How it came in.
    #[diesel(deserialize_as = AsText<Channel>)]
    pub channel: Channel,
    /// Whom it is for.
    pub requester_id: UserId,
    /// The organisation it was filed under.
    pub organisation_id: OrganisationId,
    /// The service.
    pub service_id: Option<ServiceId>,
    /// The system.
    pub system_id: Option<SystemId>,
    /// The category.
    pub category_id: Option<CategoryId>,
    /// 1–3.
    pub impact: i64,
    /// 1–3.
    pub urgency: i64,
    /// 1–4.
    pub priority: i64,
    /// The line.
    #[diesel(deserialize_as = AsText<Line>)]
    pub line: Line,
    /// The group.
    pub group_id: GroupId,
    /// The person.
    pub assignee_id: Option<UserId>,
    /// Whom it waits for.
    pub waiting_for: Option<AsText<WaitingFor>>,
    /// When it was filed.
    pub opened_at: Instant,
    /// When staff first answered.
    pub first_response_at: Option<Instant>,
    /// When it was resolved.
    pub resolved_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// When anything last happened.
    pub updated_at: Instant,
    /// The version.
    pub version: i64,
    /// When its solution is due, while that clock runs or once it is late.
    #[diesel(deserialize_as = StoredDue)]
    pub due_at: Option<Instant>,
}

/// Whose tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AssigneeFilter {
    /// Anybody's and nobody's.
    #[default]
    Any,
    /// This person's.
    Is(UserId),
    /// Nobody's.
    Nobody,
}

/// Which tickets; every part that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TicketFilter {
    /// What the reader may see at all.
    pub scope: TicketScope,
    /// Open or settled.
    pub open: Option<bool>,
    /// In one of these states.
    pub statuses: Vec<Status>,
    /// Of one of these kinds.
    pub kinds: Vec<TicketKind>,
    /// With this group.
    pub group: Option<GroupId>,
    /// With this person.
    pub assignee: AssigneeFilter,
    /// For this person.
    pub requester: Option<UserId>,
    /// Of one of these organisations.
    pub organisations: Vec<OrganisationId>,
    /// Of one of these priorities.
    pub priorities: Vec<i64>,
    /// In this line.
    pub line: Option<Line>,
    /// By this channel.
    pub channel: Option<Channel>,
    /// Concerning this service.
    pub service: Option<ServiceId>,
    /// Concerning this system.
    pub system: Option<SystemId>,
    /// In this category.
    pub category: Option<CategoryId>,
    /// Opened at or after.
    pub opened_from: Option<Instant>,
    /// Opened before.
    pub opened_before: Option<Instant>,
    /// Due after.
    pub due_after: Option<Instant>,
    /// Due before.
    pub due_before: Option<Instant>,
    /// Just these, found by a search.
    pub ids: Option<Vec<TicketId>>,
}

text_enum! {
    /// What a list can be sorted by.
    pub enum SortField {
        /// 1 (critical) to 4.
        Priority = "priority",
        /// When it was filed.
        OpenedAt = "openedAt",
        /// When anything last happened.
        UpdatedAt = "updatedAt",
        /// When its solution is due; what isn't due, since it waits or nothing was promised, comes last. For
        /// lists of open tickets.
        DueAt = "dueAt",
    }
}

/// One part of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// By what.
    pub field: SortField,
    /// Largest first.
    pub descending: bool,
}

/// Where a page begins: just after the row with these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The row's value for each part of the order.
    pub values: Vec<i64>,
    /// The row.
    pub id: i64,
}

/// What page of what list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSpec {
    /// The order; the key breaks ties in the direction of the last part.
    pub sort: Vec<SortKey>,
    /// After this row.
    pub after: Option<Position>,
    /// Skipping so many rows.
    pub offset: i64,
    /// At most so many rows.
    pub limit: i64,
}

type Boxed<'a> = tickets::BoxedQuery<'a, MultiBackend>;
pub(super) type Condition = Box<dyn BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>>;
type Key = Box<dyn BoxableExpression<tickets::table, MultiBackend, SqlType = Nullable<BigInt>>>;

/// A page of tickets.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn page(conn: &mut Conn, filter: &TicketFilter, page: &PageSpec) -> Result<Vec<TicketListRow>, DbError> {
    let open_only = filter.open == Some(true);
    let mut query = filtered(filter);
    if page.sort.iter().any(|key| key.field == SortField::DueAt) {
        query = query.filter(tickets::due_at.is_not_null());
    }
    if let Some(position) = &page.after {
        query = query.filter(beyond(&page.sort, position, open_only));
    }
    for (index, key) in page.sort.iter().enumerate() {
        let column = column_of(key.field, open_only);
        query = match (index, key.descending) {
            (0, false) => query.order(column.asc()),
            (0, true) => query.order(column.desc()),
            (_, false) => query.then_order_by(column.asc()),
            (_, true) => query.then_order_by(column.desc()),
        };
    }
    query = if page.sort.last().is_some_and(|key| key.descending) {
        query.then_order_by(tickets::id.desc())
    } else {
        query.then_order_by(tickets::id.asc())
    };
    if page.offset > 0 {
        query = query.offset(page.offset);
    }
    Ok(query.limit(page.limit).select(TicketListRow::as_select()).load(conn)?)
}

/// How many tickets there are, counted no further than `cap`.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn count_capped(conn: &mut Conn, filter: &TicketFilter, cap: i64) -> Result<i64, DbError> {
    let rows: Vec<TicketId> = filtered(filter).select(tickets::id).limit(cap).load(conn)?;
    Ok(i64::try_from(rows.len()).unwrap_or(cap))
}

/// The position just after a row, to go on from.
#[must_use]
pub fn position_of(row: &TicketListRow, sort: &[SortKey]) -> Position {
    let value = |field| match field {
        SortField::Priority => row.priority,
        SortField::OpenedAt => row.opened_at.micros(),
        SortField::UpdatedAt => row.updated_at.micros(),
        SortField::DueAt => row.due_at.map_or(i64::MAX, Instant::micros),
    };
    Position { values: sort.iter().map(|key| value(key.field)).collect(), id: row.id.get() }
}

/// Open tickets per group: `(group, all, nobody's)`.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn open_per_group(conn: &mut Conn) -> Result<Vec<(GroupId, i64, i64)>, DbError> {
    let open = tickets::open_priority.is_not_null();
    let counts: Vec<(GroupId, i64)> = tickets::table
        .filter(open)
        .group_by(tickets::group_id)
        .select((tickets::group_id, diesel::dsl::count_star()))
        .load(conn)?;
    let mine: Vec<(GroupId, i64)> = tickets::table
        .filter(open.and(tickets::assignee_id.is_not_null()))
        .group_by(tickets::group_id)
        .select((tickets::group_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counts
        .into_iter()
        .map(|(group, all)| {
            let taken = mine.iter().find(|(id, _)| *id == group).map_or(0, |(_, n)| *n);
            (group, all, all - taken)
        })
        .collect())
}

/// Open priority is what the queue indexes hold; it is the priority of every open ticket.
fn column_of(field: SortField, open_only: bool) -> Key {
    match field {
        SortField::Priority if open_only => Box::new(tickets::open_priority),
        SortField::Priority => Box::new(tickets::priority.nullable()),
        SortField::OpenedAt => Box::new(tickets::opened_at.nullable()),
        SortField::UpdatedAt => Box::new(tickets::updated_at.nullable()),
        SortField::DueAt => Box::new(tickets::due_at),
    }
}

/// After the position: `a > x OR (a = x AND (b > y OR (b = y AND id > z)))`, with the bound `a >= x` repeated
/// in front so that both planners seek in the index (measured in the spike).
fn beyond(sort: &[SortKey], position: &Position, open_only: bool) -> Condition {
    let descending = sort.last().is_some_and(|key| key.descending);
    let mut condition: Condition = if descending {
        Box::new(tickets::id.lt(TicketId(position.id)))
    } else {
        Box::new(tickets::id.gt(TicketId(position.id)))
    };
    for (key, value) in sort.iter().zip(&position.values).rev() {
        condition = match (key.field, key.descending) {
            (SortField::Priority, descending) if open_only => {
                step(tickets::open_priority.assume_not_null(), *value, descending, condition)
            }
            (SortField::Priority, descending) => step(tickets::priority, *value, descending, condition),
            (SortField::OpenedAt, descending) => step(tickets::opened_at, *value, descending, condition),
            (SortField::UpdatedAt, descending) => step(tickets::updated_at, *value, descending, condition),
            (SortField::DueAt, descending) => {
                step(tickets::due_at.assume_not_null(), *value, descending, condition)
            }
        };
    }
    condition
}

fn step<C>(column: C, value: i64, descending: bool, then: Condition) -> Condition
where
    C: ExpressionMethods + Expression<SqlType = BigInt> + Copy + 'static,
    diesel::dsl::Le<C, i64>: BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>,
    diesel::dsl::Ge<C, i64>: BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>,
    diesel::dsl::Lt<C, i64>: BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>,
    diesel::dsl::Gt<C, i64>: BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>,
    diesel::dsl::Eq<C, i64>: BoxableExpression<tickets::table, MultiBackend, SqlType = Bool>,
{
    let bound: Condition = if descending { Box::new(column.le(value)) } else { Box::new(column.ge(value)) };
    let strictly: Condition =
        if descending { Box::new(column.lt(value)) } else { Box::new(column.gt(value)) };
    let equal: Condition = Box::new(column.eq(value));
    Box::new(bound.and(strictly.or(equal.and(then))))
}

fn filtered<'a>(filter: &TicketFilter) -> Boxed<'a> {
    let TicketFilter {
        scope,
        open,
        statuses,
        kinds,
        group,
        assignee,
        requester,
        organisations,
        priorities,
        line,
        channel,
        service,
        system,
        category,
        opened_from,
        opened_before,
        due_after,
        due_before,
        ids,
    } = filter;
    let mut query = tickets::table.into_boxed::<MultiBackend>().filter(visible(scope));
    query = match open {
        Some(true) => query.filter(tickets::open_priority.is_not_null()),
        Some(false) => query.filter(tickets::open_priority.is_null()),
        None => query,
    };
    query = match assignee {
        AssigneeFilter::Any => query,
        AssigneeFilter::Is(user) => query.filter(tickets::assignee_id.eq(*user)),
        AssigneeFilter::Nobody => query.filter(tickets::assignee_id.is_null()),
    };
    if !statuses.is_empty() {
        query = query.filter(tickets::status.eq_any(statuses.iter().map(|s| AsText(*s)).collect::<Vec<_>>()));
    }
    if !kinds.is_empty() {
        query = query.filter(tickets::kind.eq_any(kinds.iter().map(|k| AsText(*k)).collect::<Vec<_>>()));
    }
    if let Some(group) = group {
        query = query.filter(tickets::group_id.eq(*group));
    }
    if let Some(requester) = requester {
        query = query.filter(tickets::requester_id.eq(*requester));
    }
    query = match organisations.as_slice() {
        [] => query,
        [one] => query.filter(tickets::organisation_id.eq(*one)),
        several => query.filter(tickets::organisation_id.eq_any(several.to_vec())),
    };
    if !priorities.is_empty() {
        query = query.filter(tickets::priority.eq_any(priorities.clone()));
    }
    if let Some(line) = line {
        query = query.filter(tickets::line.eq(AsText(*line)));
    }
    if let Some(channel) = channel {
        query = query.filter(tickets::channel.eq(AsText(*channel)));
    }
    if let Some(service) = service {
        query = query.filter(tickets::service_id.eq(*service));
    }
    if let Some(system) = system {
        query = query.filter(tickets::system_id.eq(*system));
    }
    if let Some(category) = category {
        query = query.filter(tickets::category_id.eq(*category));
    }
    if let Some(from) = opened_from {
        query = query.filter(tickets::opened_at.ge(*from));
    }
    if let Some(before) = opened_before {
        query = query.filter(tickets::opened_at.lt(*before));
    }
    if let Some(after) = due_after {
        query = query.filter(tickets::due_at.gt(*after));
    }
    if let Some(before) = due_before {
        query = query.filter(tickets::due_at.lt(*before));
    }
    if let Some(ids) = ids {
        query = query.filter(tickets::id.eq_any(ids.clone()));
    }
    query
}

pub(super) fn visible(scope: &TicketScope) -> Condition {
    if scope.all {
        return Box::new(sql::<Bool>("1 = 1"));
    }
    let mut parts: Vec<Condition> = Vec::new();
    match scope.desks.as_slice() {
        [] => {}
        [one] => parts.push(Box::new(tickets::desk_id.eq(*one))),
        several => parts.push(Box::new(tickets::desk_id.eq_any(several.to_vec()))),
    }
    if let Some(user) = scope.own {
        // Staff see the whole desk; a program sees what it registered; everybody what is for them.
        parts.push(Box::new(tickets::requester_id.eq(user).or(tickets::registered_by_id.eq(user))));
    }
    if !scope.units.is_empty() {
        parts.push(Box::new(tickets::organisation_id.eq_any(scope.units.clone())));
    }
    parts
        .into_iter()
        .reduce(|all, part| Box::new(all.or(part)))
        .unwrap_or_else(|| Box::new(sql::<Bool>("1 = 0")))
}
