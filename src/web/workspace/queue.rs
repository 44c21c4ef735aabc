//! A queue: a group's open tickets, or one of the views over all of them. The address is the whole
//! state of the page.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::view::{BulkBar, QueuePage, ViewGroup, ViewLink};
use super::{forms, rows};
use crate::app::tickets::{DueFilter, Queues, TicketQuery};
use crate::app::{AppError, Workers};
use crate::domain::access::Permission;
use crate::domain::ids::GroupId;
use crate::domain::people::Directory;
use crate::domain::ticket::{Channel, Status};
use crate::i18n::{Texts, format};
use crate::web::components::{Moment, Pager};
use crate::web::form::{Choice, Field, FormState};
use crate::web::page::{Link, Section};
use crate::web::site::{SiteError, Staff, html, see_other};
use crate::web::{routes, tags};

const ROWS: i64 = 50;
/// Most urgent first, then the oldest.
const USUAL_ORDER: &str = "priority,openedAt";
/// Counts end here.
const MOST_COUNTED: i64 = 1_000;

/// What the address says besides the queue.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct QueueQuery {
    status: Option<String>,
    priority: Option<String>,
    organisation: Option<String>,
    channel: Option<String>,
    /// `none`, or the opaque id of who has the tickets.
    person: Option<String>,
    /// `overdue` or `today`.
    due: Option<String>,
    sort: Option<String>,
    cursor: Option<String>,
}

impl QueueQuery {
    fn filters(&self) -> [(&'static str, &str); 6] {
        [
            ("status", text(self.status.as_deref())),
            ("priority", text(self.priority.as_deref())),
            ("organisation", text(self.organisation.as_deref())),
            ("channel", text(self.channel.as_deref())),
            ("person", text(self.person.as_deref())),
            ("due", text(self.due.as_deref())),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }

    /// The address with these pairs and no others.
    fn address(&self, path: &str, sort: &str, cursor: &str) -> String {
        let mut pairs = self.filters().to_vec();
        pairs.extend([("sort", sort), ("cursor", cursor)]);
        routes::with_query(path, &pairs)
    }
}

fn text(value: Option<&str>) -> &str {
    value.unwrap_or_default().trim()
}

/// Leads to the first queue of the own groups.
pub(super) async fn first(who: Staff) -> Result<HttpResponse, SiteError> {
    let queues = who.app().queues(&who.cx()).await?;
    let own = queues.queues.iter().find(|queue| queue.is_own);
    Ok(see_other(&routes::queue(own.map_or("all", |queue| queue.group.code.as_str()))))
}

/// Shows a queue.
pub(super) async fn show(
    who: Staff,
    code: web::Path<String>,
    query: web::Query<QueueQuery>,
) -> Result<HttpResponse, SiteError> {
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let queues = app.queues(&cx).await?;
    let view = View::of(&code, &queues).ok_or(AppError::NotFound)?;
    let asked = TicketQuery { limit: Some(ROWS), ..view.query(&query) };
    let found = app.list_tickets(&cx, &asked).await?;
    let directory = app.directory().await?;
    let is_filtered = query.is_filtered();
    let count = match view.count(&queues).filter(|_| !is_filtered) {
        Some(count) => count,
        None if found.listing.next_cursor.is_none() && query.cursor.is_none() => {
            i64::try_from(found.listing.items.len()).unwrap_or(ROWS)
        }
        None => app.count_tickets(&cx, &asked).await?,
    };
    let path = routes::queue(&code);
    let sort = text(query.sort.as_deref());
    let mut page = who.page(view.title(t), Section::Queues);
    page.path = query.address(&path, sort, text(query.cursor.as_deref()));
    let workers = app.workers(&cx).await?;
    let bulk = if who.may(Permission::TicketTake) {
        let next = query.address(&path, sort, "");
        Some(BulkBar { targets: targets(t, &who, &directory, &workers), next })
    } else {
        None
    };
    html(&QueuePage {
        count: if count >= MOST_COUNTED && is_filtered {
            t.t1("queue-count-more", "count", MOST_COUNTED)
        } else {
            t.t1("queue-count", "count", count)
        },
        groups: views(t, &queues, &code, who.may(Permission::TicketReview)),
        filters: filters(t, &query, &directory),
        chips: chips(t, &query, &directory, &workers, &path),
        columns: rows::columns(t, |field| sorting(&query, &path, field)),
        rows: rows::rows(
            t,
            view.group(),
            &who.moments(),
            app.now(),
            &directory,
            &found.people,
            &found.listing.items,
        ),
        empty: if is_filtered { t.t("queue-no-match") } else { t.t("queue-empty") }.to_owned(),
        empty_link: is_filtered.then(|| Link::new(&path, t.t("queue-filter-clear"))),
        pager: Pager {
            first: query.cursor.is_some().then(|| query.address(&path, sort, "")),
            next: found.listing.next_cursor.as_deref().map(|cursor| query.address(&path, sort, cursor)),
        },
        bulk,
        updated: Moment::new(&who.moments(), app.now()),
        path,
        page,
    })
}

/// What a queue's address stands for.
enum View<'q> {
    Mine,
    Unassigned,
    Waiting,
    All,
    Group(&'q crate::app::tickets::Queue),
}

impl<'q> View<'q> {
    fn of(code: &str, queues: &'q Queues) -> Option<Self> {
        match code {
            "mine" => Some(Self::Mine),
            "unassigned" => Some(Self::Unassigned),
            "waiting" => Some(Self::Waiting),
            "all" => Some(Self::All),
            code => queues.queues.iter().find(|queue| queue.group.code == code).map(Self::Group),
        }
    }

    fn group(&self) -> Option<GroupId> {
        match self {
            Self::Mine | Self::Unassigned | Self::Waiting | Self::All => None,
            Self::Group(queue) => Some(queue.group.id),
        }
    }

    fn title<'t>(&'t self, t: &'t Texts) -> &'t str {
        match self {
            Self::Mine => t.t("queue-mine"),
            Self::Unassigned => t.t("queue-unassigned"),
            Self::Waiting => t.t("queue-waiting"),
            Self::All => t.t("queue-all"),
            Self::Group(queue) => &queue.group.name,
        }
    }

    fn query(&self, query: &QueueQuery) -> TicketQuery {
        // A filter on the state may ask for finished tickets too; those aren't due.
        let is_open = text(query.status.as_deref()).is_empty() || !text(query.due.as_deref()).is_empty();
        let open = is_open.then_some(true);
        let sort = query.sort.clone().filter(|sort| open.is_some() || !sort.contains("dueAt"));
        let mut asked = TicketQuery {
            open,
            status: query.status.clone(),
            priority: query.priority.clone(),
            organisation: query.organisation.clone(),
            channel: query.channel.clone(),
            assignee: query.person.clone(),
            due: query.due.clone(),
            sort: Some(sort.unwrap_or_else(|| USUAL_ORDER.to_owned())),
            cursor: query.cursor.clone(),
            ..TicketQuery::default()
        };
        match self {
            Self::Mine => asked.assignee = Some("me".to_owned()),
            Self::Unassigned => asked.assignee = Some("none".to_owned()),
            Self::Waiting if asked.open.is_some() => {
                asked.status = Some(Status::Waiting.as_text().to_owned());
            }
            Self::Waiting | Self::All => {}
            Self::Group(queue) => asked.group = Some(queue.group.code.clone()),
        }
        asked
    }

    /// The count, where it is known without asking.
    fn count(&self, queues: &Queues) -> Option<i64> {
        match self {
            Self::Mine => Some(queues.mine),
            Self::Unassigned => Some(queues.queues.iter().map(|queue| queue.unassigned).sum()),
            Self::All => Some(queues.queues.iter().map(|queue| queue.open).sum()),
            Self::Waiting => None,
            Self::Group(queue) => Some(queue.open),
        }
    }
}

fn views(t: &Texts, queues: &Queues, present: &str, reviews: bool) -> Vec<ViewGroup> {
    let link = |code: &str, label: &str, count: Option<i64>| ViewLink {
        href: routes::queue(code),
        code: code.to_owned(),
        label: label.to_owned(),
        count: count.map_or_else(String::new, |count| format::number(t.locale(), count)),
        current: code == present,
    };
    let overview = [View::Mine, View::Unassigned, View::Waiting, View::All];
    let codes = ["mine", "unassigned", "waiting", "all"];
    let mut mine: Vec<ViewLink> = codes
        .iter()
        .zip(&overview)
        .map(|(code, view)| link(code, view.title(t), view.count(queues)))
        .collect();
    let href = routes::LOAD.to_owned();
    mine.push(ViewLink { href, ..link("load", t.t("load-title"), None) });
    if reviews {
        let href = routes::REVIEWS.to_owned();
        mine.push(ViewLink { href, ..link("reviews", t.t("reviews-title"), None) });
    }
    let groups = queues
        .queues
        .iter()
        .map(|queue| link(&queue.group.code, &queue.group.name, Some(queue.open)))
        .collect();
    vec![
        ViewGroup { label: t.t("queue-group-mine").to_owned(), views: mine },
        ViewGroup { label: t.t("queue-group-groups").to_owned(), views: groups },
    ]
}

fn filters(t: &Texts, query: &QueueQuery, directory: &Directory) -> Vec<Field> {
    let state = FormState::of(query.filters());
    let mut fields = forms::queue_filters(t, &state, rows::customers(directory));
    let sort = text(query.sort.as_deref());
    let person = text(query.person.as_deref());
    if !person.is_empty() {
        fields.push(Field::hidden("person", person));
    }
    if !sort.is_empty() {
        fields.push(Field::hidden("sort", sort));
    }
    fields
}

/// The present filters, each with a way to take it off.
fn chips(t: &Texts, query: &QueueQuery, directory: &Directory, workers: &Workers, path: &str) -> Vec<Link> {
    let sort = text(query.sort.as_deref());
    let given = query.filters();
    given
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            let (label, word) = match *name {
                "status" => (
                    t.t("field-status"),
                    Status::from_text(value).map(|status| tags::status_label(t, status)),
                ),
                "priority" => (
                    t.t("field-priority"),
                    value.parse().ok().map(|priority| tags::priority(t, priority).label),
                ),
                "channel" => {
                    let channel = Channel::from_text(value);
                    (t.t("field-channel"), channel.map(|channel| tags::channel_label(t, channel)))
                }
                "due" => {
                    let due = DueFilter::from_text(value);
                    (t.t("field-due-filter"), due.map(|due| forms::due_label(t, due)))
                }
                "person" if *value == "none" => (t.t("field-person"), Some(t.t("choice-nobody"))),
                "person" => {
                    let found = workers.iter().find(|worker| worker.id == *value);
                    (t.t("field-person"), found.map(|worker| worker.person.name.as_str()))
                }
                _ => {
                    let found = directory.organisation_by_code(value);
                    (t.t("field-organisation"), found.map(|organisation| organisation.name.as_str()))
                }
            };
            let mut rest: Vec<_> = given.iter().filter(|(held, _)| held != name).copied().collect();
            rest.push(("sort", sort));
            Link::new(routes::with_query(path, &rest), format!("{label}: {}", word.unwrap_or(value)))
        })
        .collect()
}

/// Where sorting by a field leads, and how the list is sorted by it now. A second press turns it round.
fn sorting(query: &QueueQuery, path: &str, field: &str) -> (Option<String>, Option<&'static str>) {
    let now = query.sort.as_deref().unwrap_or(USUAL_ORDER);
    let first = now.split(',').next().unwrap_or_default();
    let sorted = match first.strip_prefix('-') {
        Some(name) if name == field => Some("descending"),
        None if first == field => Some("ascending"),
        _ => None,
    };
    // Times begin with the latest, priorities and due instants with the most urgent.
    let turned = match sorted {
        Some("ascending") => format!("-{field}"),
        Some(_) => field.to_owned(),
        None if ["priority", "dueAt"].contains(&field) => field.to_owned(),
        None => format!("-{field}"),
    };
    let turned = if field == "priority" { format!("{turned},openedAt") } else { turned };
    let sort = if turned == USUAL_ORDER { "" } else { turned.as_str() };
    (Some(query.address(path, sort, "")), sorted)
}

/// Groups of the own desks, and the people of the own groups.
fn targets(t: &Texts, who: &Staff, directory: &Directory, workers: &Workers) -> Vec<Field> {
    let actor = who.actor();
    let groups = directory
        .groups
        .iter()
        .filter(|group| group.is_active && actor.desks.contains(&group.desk))
        .map(|group| Choice::new(&group.code, &group.name))
        .collect();
    let mut persons: Vec<Choice> = Vec::new();
    for worker in workers {
        if actor.groups.contains(&worker.group) && persons.iter().all(|held| held.value != worker.id) {
            persons.push(Choice::new(&worker.id, &worker.person.name));
        }
    }
    forms::bulk_targets(t, groups, persons)
}
