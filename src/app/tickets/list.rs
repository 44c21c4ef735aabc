//! Lists and search: filtered by what the actor may see, a page at a time.

use super::show::People;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::search::{self, Audience, Words};
use crate::db::ticket_list::{
    self, AssigneeFilter, PageSpec, Position, SortField, SortKey, TicketFilter, TicketListRow,
};
use crate::db::{Conn, DbError};
use crate::domain::access::{self, Permission};
use crate::domain::clock::Instant;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::people::Directory;
use crate::domain::report::local_midnight;
use crate::domain::sla::stockholm;
use crate::domain::ticket::{Channel, Line, Status, TicketKind, TicketNumber};
use crate::text_enum;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The most rows that `page` reaches; cursors go on at any depth.
pub const MOST_PAGED_ROWS: i64 = 10_000;
/// The most a count counts.
pub const MOST_COUNTED: i64 = 1_000;
/// How many of the newest visible tickets are searched for somebody who doesn't see a whole desk.
const MOST_OWN: i64 = 10_000;

/// What list is asked for; texts and codes as they came.
#[derive(Debug, Clone, Default)]
pub struct TicketQuery {
    /// Words to search for, or a ticket number.
    pub q: Option<String>,
    /// Open or settled.
    pub open: Option<bool>,
    /// States, by comma.
    pub status: Option<String>,
    /// Kinds, by comma.
    pub kind: Option<String>,
    /// The code of a group.
    pub group: Option<String>,
    /// `me`, `none`, an address or an opaque id.
    pub assignee: Option<String>,
    /// `me`, an address or an opaque id.
    pub requester: Option<String>,
    /// The code of an organisation; everything below it counts.
    pub organisation: Option<String>,
    /// Priorities, by comma.
    pub priority: Option<String>,
    /// The line.
    pub line: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The code of a service.
    pub service: Option<String>,
    /// The code of a system.
    pub system: Option<String>,
    /// The code of a category.
    pub category: Option<String>,
    /// Opened at or after, RFC 3339.
    pub opened_from: Option<String>,
    /// Opened before, RFC 3339.
    pub opened_before: Option<String>,
    /// How an open ticket stands to its due instant: a [`DueFilter`].
    pub due: Option<String>,
    /// `-priority,openedAt`; newest first when nothing is said.
    pub sort: Option<String>,
    /// Where a page before ended.
    pub cursor: Option<String>,
    /// The page, from 1.
    pub page: Option<i64>,
    /// Rows a page, 1–100; 20 when nothing is said.
    pub limit: Option<i64>,
}

text_enum! {
    /// How the solution of an open ticket stands to its due instant.
    pub enum DueFilter {
        /// Late.
        Overdue = "overdue",
        /// Due later today, in the time of Stockholm.
        Today = "today",
    }
}

impl DueFilter {
    /// Due after the first and before the second.
    fn bounds(self, now: Instant) -> (Option<Instant>, Option<Instant>) {
        match self {
            // Due this very microsecond is late.
            Self::Overdue => (None, Some(now.plus_micros(1))),
            Self::Today => (Some(now), Some(end_of_day(now))),
        }
    }
}

/// Midnight after an instant, in the time of Stockholm.
pub(super) fn end_of_day(now: Instant) -> Instant {
    let today = stockholm().to_datetime(now.to_timestamp()).date();
    local_midnight(today.tomorrow().unwrap_or(today))
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Listing<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next_cursor: Option<String>,
}

/// A page of tickets with the people named on it.
#[derive(Debug, Clone)]
pub struct TicketPage {
    /// The rows.
    pub listing: Listing<TicketListRow>,
    /// The people named.
    pub people: People,
}

struct Plan {
    filter: TicketFilter,
    spec: PageSpec,
    words: Option<Words>,
    audience: Audience,
    number: Option<TicketNumber>,
}

impl App {
    /// A page of tickets.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the query isn't understood.
    pub async fn list_tickets(&self, cx: &Ctx, query: &TicketQuery) -> Result<TicketPage, AppError> {
        let plan = self.plan(cx, query).await?;
        let limit = plan.spec.limit;
        let sort = plan.spec.sort.clone();
        let searching = plan.words.is_some() || plan.number.is_some();
        // A list by index reads a few dozen rows; a search may scan.
        let mut rows = if searching {
            self.db().read(move |conn| searched(conn, &plan)).await?
        } else {
            self.db()
                .point(move |conn| {
                    let spec = PageSpec { limit: plan.spec.limit + 1, ..plan.spec };
                    ticket_list::page(conn, &plan.filter, &spec)
                })
                .await?
        };
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next_cursor = rows.last().filter(|_| more).map(|last| {
            let position = ticket_list::position_of(last, if searching { &[] } else { &sort });
            encode_cursor(&position)
        });
        let mut named: Vec<UserId> = rows.iter().map(|row| row.requester_id).collect();
        named.extend(rows.iter().filter_map(|row| row.assignee_id));
        let people = self.people(&named).await?;
        Ok(TicketPage { listing: Listing { items: rows, next_cursor }, people })
    }

    /// How many tickets a query finds, counted no further than `MOST_COUNTED`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the query isn't understood.
    pub async fn count_tickets(&self, cx: &Ctx, query: &TicketQuery) -> Result<i64, AppError> {
        let mut plan = self.plan(cx, query).await?;
        plan.spec.limit = MOST_COUNTED;
        let searching = plan.words.is_some() || plan.number.is_some();
        self.db()
            .read(move |conn| {
                if searching {
                    let found = searched(conn, &plan)?;
                    Ok(i64::try_from(found.len()).unwrap_or(MOST_COUNTED).min(MOST_COUNTED))
                } else {
                    ticket_list::count_capped(conn, &plan.filter, MOST_COUNTED)
                }
            })
            .await
            .map_err(|error: DbError| error.into())
    }

    async fn plan(&self, cx: &Ctx, query: &TicketQuery) -> Result<Plan, AppError> {
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let scope = access::ticket_scope(&cx.actor, Permission::TicketView);
        let audience =
            if scope.all || !scope.desks.is_empty() { Audience::Staff } else { Audience::Requester };
        let assignee = match given(query.assignee.as_deref()) {
            None => AssigneeFilter::Any,
            Some("none") => AssigneeFilter::Nobody,
            Some(text) => match self.person_meant(cx, text).await? {
                Some(user) => AssigneeFilter::Is(user),
                None => {
                    errors.add("assignee", FieldProblem::Unknown);
                    AssigneeFilter::Any
                }
            },
        };
        let requester = match given(query.requester.as_deref()) {
            None => None,
            Some(text) => errors.found("requester", self.person_meant(cx, text).await?),
        };
        let q = given(query.q.as_deref());
        let number = q.and_then(TicketNumber::parse);
        let words = q.filter(|_| number.is_none()).and_then(Words::parse);
        if q.is_some() && number.is_none() && words.is_none() {
            errors.add("q", FieldProblem::Malformed);
        }
        let sort = sort(query.sort.as_deref(), &mut errors);
        if q.is_some() && query.sort.is_some() {
            errors.add("sort", FieldProblem::NotAllowed);
        }
        let due = given(query.due.as_deref())
            .and_then(|text| errors.found("due", DueFilter::from_text(text)))
            .map(|due| due.bounds(self.now()));
        // Settled tickets aren't due.
        let open = if due.is_some() { Some(query.open.unwrap_or(true)) } else { query.open };
        if due.is_some() && open == Some(false) {
            errors.add("due", FieldProblem::NotAllowed);
        }
        if sort.iter().any(|key| key.field == SortField::DueAt) && open != Some(true) {
            errors.add("sort", FieldProblem::NotAllowed);
        }
        let limit = query.limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            errors.add("limit", FieldProblem::OutOfRange);
        }
        let page = query.page.unwrap_or(1);
        if page < 1 || (page - 1).saturating_mul(limit) >= MOST_PAGED_ROWS {
            errors.add("page", FieldProblem::OutOfRange);
        }
        if query.page.is_some() && query.cursor.is_some() {
            errors.add("page", FieldProblem::NotAllowed);
        }
        let parts = if q.is_some() { 0 } else { sort.len() };
        let after = given(query.cursor.as_deref()).and_then(|text| {
            let position = decode_cursor(text).filter(|position| position.values.len() == parts);
            if position.is_none() {
                errors.add("cursor", FieldProblem::Malformed);
            }
            position
        });
        let filter = TicketFilter {
            scope,
            open,
            statuses: several("status", query.status.as_deref(), Status::from_text, &mut errors),
            kinds: several("kind", query.kind.as_deref(), TicketKind::from_text, &mut errors),
            group: given(query.group.as_deref())
                .and_then(|code| errors.found("group", directory.group_by_code(code)))
                .map(|group| group.id),
            assignee,
            requester,
            organisations: organisations(&directory, query.organisation.as_deref(), &mut errors),
            priorities: several("priority", query.priority.as_deref(), priority, &mut errors),
            line: given(query.line.as_deref()).and_then(|t| errors.found("line", Line::from_text(t))),
            channel: given(query.channel.as_deref())
                .and_then(|t| errors.found("channel", Channel::from_text(t))),
            service: given(query.service.as_deref())
                .and_then(|code| errors.found("service", directory.service_by_code(code)))
                .map(|service| service.id),
            system: given(query.system.as_deref())
                .and_then(|code| errors.found("system", directory.system_by_code(code)))
                .map(|system| system.id),
            category: given(query.category.as_deref())
                .and_then(|code| errors.found("category", directory.category_by_code(code)))
                .map(|category| category.id),
            opened_from: instant("openedFrom", query.opened_from.as_deref(), &mut errors),
            opened_before: instant("openedBefore", query.opened_before.as_deref(), &mut errors),
            due_after: due.and_then(|(after, _)| after),
            due_before: due.and_then(|(_, before)| before),
            ids: None,
        };
        errors.finish()?;
        let spec = PageSpec { sort, after, offset: (page - 1) * limit, limit };
        Ok(Plan { filter, spec, words, audience, number })
    }

    async fn person_meant(&self, cx: &Ctx, text: &str) -> Result<Option<UserId>, AppError> {
        if text == "me" {
            return Ok(Some(cx.user()));
        }
        if let Some(key) = opaque::decode(text) {
            return Ok(Some(UserId(key)));
        }
        let email = text.to_owned();
        let user = self.db().point(move |conn| crate::db::users::by_email(conn, &email)).await?;
        Ok(user.map(|user| user.id))
    }
}

/// Matches newest first, one row more than the page holds. Candidates come from the index in growing
/// chunks and are narrowed by filter and scope, so that frequent words cost no more than rare ones.
fn searched(conn: &mut Conn, plan: &Plan) -> Result<Vec<TicketListRow>, DbError> {
    let newest = vec![];
    let spec = |limit| PageSpec { sort: newest.clone(), after: None, offset: 0, limit };
    if let Some(number) = plan.number {
        let found = crate::db::tickets::by_number(conn, number)?;
        let ids = found.map(|ticket| ticket.id).into_iter().collect();
        let filter = TicketFilter { ids: Some(ids), ..plan.filter.clone() };
        return ticket_list::page(conn, &filter, &spec(1));
    }
    let Some(words) = &plan.words else { return Ok(Vec::new()) };
    let found = narrowed(conn, plan, words)?;
    if found.is_empty() && plan.spec.after.is_none() {
        return narrowed(conn, plan, &words.as_prefixes());
    }
    Ok(found)
}

fn narrowed(conn: &mut Conn, plan: &Plan, words: &Words) -> Result<Vec<TicketListRow>, DbError> {
    let wanted = plan.spec.offset + plan.spec.limit + 1;
    let mut below = plan.spec.after.as_ref().map_or(TicketId(i64::MAX), |position| TicketId(position.id));
    let mut found: Vec<TicketListRow> = Vec::new();
    if plan.audience == Audience::Requester {
        let own = PageSpec {
            sort: vec![SortKey { field: SortField::OpenedAt, descending: true }],
            after: None,
            offset: 0,
            limit: MOST_OWN,
        };
        let mut rows = ticket_list::page(conn, &plan.filter, &own)?;
        let ids: Vec<TicketId> = rows.iter().map(|row| row.id).filter(|id| *id < below).collect();
        let matching = search::matches_among(conn, words, plan.audience, &ids)?;
        rows.retain(|row| matching.contains(&row.id));
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        found = rows;
    } else {
        let mut chunk = wanted;
        loop {
            let candidates = search::matches(conn, words, plan.audience, below, chunk)?;
            let Some(last) = candidates.last().copied() else { break };
            let exhausted = i64::try_from(candidates.len()).unwrap_or(chunk) < chunk;
            below = last;
            let filter = TicketFilter { ids: Some(candidates), ..plan.filter.clone() };
            let page = PageSpec { sort: Vec::new(), after: None, offset: 0, limit: chunk };
            let mut rows = ticket_list::page(conn, &filter, &page)?;
            rows.sort_by_key(|row| std::cmp::Reverse(row.id));
            found.extend(rows);
            if exhausted || i64::try_from(found.len()).unwrap_or(wanted) >= wanted {
                break;
            }
            chunk = (chunk * 4).min(5_000);
        }
    }
    let skip = usize::try_from(plan.spec.offset).unwrap_or(0);
    let take = usize::try_from(plan.spec.limit + 1).unwrap_or(usize::MAX);
    Ok(found.into_iter().skip(skip).take(take).collect())
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn several<T>(
    field: &'static str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
    errors: &mut FieldErrors,
) -> Vec<T> {
    given(text)
        .map(|text| text.split(',').filter_map(|part| errors.found(field, parse(part.trim()))).collect())
        .unwrap_or_default()
}

fn priority(text: &str) -> Option<i64> {
    text.parse().ok().filter(|priority| (1..=4).contains(priority))
}

fn instant(field: &'static str, text: Option<&str>, errors: &mut FieldErrors) -> Option<Instant> {
    let text = given(text)?;
    let parsed = Instant::parse_rfc3339(text).ok();
    if parsed.is_none() {
        errors.add(field, FieldProblem::Malformed);
    }
    parsed
}

fn organisations(
    directory: &Directory,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Vec<crate::domain::ids::OrganisationId> {
    given(code)
        .and_then(|code| errors.found("organisation", directory.organisation_by_code(code)))
        .map(|top| directory.subtree(top.id))
        .unwrap_or_default()
}

fn sort(text: Option<&str>, errors: &mut FieldErrors) -> Vec<SortKey> {
    let Some(text) = given(text) else {
        return vec![SortKey { field: SortField::OpenedAt, descending: true }];
    };
    let mut keys: Vec<SortKey> = Vec::new();
    for part in text.split(',') {
        let (name, descending) =
            part.trim().strip_prefix('-').map_or((part.trim(), false), |name| (name, true));
        match SortField::from_text(name) {
            Some(field) if keys.iter().all(|key| key.field != field) => {
                keys.push(SortKey { field, descending });
            }
            _ => errors.add("sort", FieldProblem::Unknown),
        }
    }
    keys
}

fn encode_cursor(position: &Position) -> String {
    let mut numbers: Vec<String> = position.values.iter().map(ToString::to_string).collect();
    numbers.push(position.id.to_string());
    URL_SAFE_NO_PAD.encode(numbers.join("."))
}

fn decode_cursor(text: &str) -> Option<Position> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let mut values = text.split('.').map(|n| n.parse().ok()).collect::<Option<Vec<i64>>>()?;
    let id = values.pop()?;
    Some(Position { values, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_a_forged_one_does_not() {
        let position = Position { values: vec![2, 1_700_000_000_000_000], id: 42 };
        assert_eq!(decode_cursor(&encode_cursor(&position)), Some(position));
        for bad in ["", "x", "AAAA", "4pyT", "MS4y.."] {
            assert!(decode_cursor(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn sort_reads_directions_and_refuses_repeats() {
        let mut errors = FieldErrors::default();
        let keys = sort(Some("-priority,openedAt"), &mut errors);
        assert_eq!(keys.len(), 2);
        assert!(keys[0].descending && !keys[1].descending);
        assert!(errors.finish().is_ok());
        let mut errors = FieldErrors::default();
        sort(Some("priority,-priority,colour"), &mut errors);
        assert!(errors.finish().is_err());
    }
}
