//! How much lies with each group and person, with links to the tickets.

use actix_web::HttpResponse;

use super::view::FiguresPage;
use crate::app::opaque;
use crate::app::tickets::{GroupLoad, Load, People};
use crate::domain::ids::UserId;
use crate::i18n::format;
use crate::web::components::{Cell, Column, Moment, Table};
use crate::web::page::{Link, Section};
use crate::web::routes;
use crate::web::site::{SiteError, Staff, html};

/// Shows it.
pub(super) async fn show(who: Staff) -> Result<HttpResponse, SiteError> {
    let (app, t) = (who.app(), who.texts());
    let (loads, people) = app.load(&who.cx()).await?;
    let mut page = who.page(t.t("load-title"), Section::Queues);
    page.back = Some(Link::new(routes::WORKSPACE, t.t("nav-queues")));
    let at = Moment::new(&who.moments(), app.now());
    html(&FiguresPage {
        choices: (routes::LOAD, Vec::new()),
        findings: Vec::new(),
        tables: vec![groups(&who, &loads), persons(&who, &loads, &people)],
        definition: t.t1("load-definition", "at", &at.text),
        page,
    })
}

fn groups(who: &Staff, loads: &[GroupLoad]) -> Table {
    let t = who.texts();
    let row = |held: &GroupLoad| {
        let queue = routes::queue(&held.group.code);
        let nobody = routes::with_query(&queue, &[("person", "none")]);
        let mut cells = vec![Cell::link(&queue, &held.group.name)];
        cells.extend(counts(who, &held.whole, &queue, &[]));
        cells.insert(2, count(who, held.unassigned.open, nobody));
        cells
    };
    let mut columns = columns(who);
    columns.insert(0, Column::new(t.t("field-group")));
    columns.insert(2, Column::number(t.t("load-unassigned")));
    Table {
        caption: t.t("load-groups").to_owned(),
        columns,
        rows: loads.iter().map(row).collect(),
        empty: t.t("load-empty").to_owned(),
    }
}

fn persons(who: &Staff, loads: &[GroupLoad], people: &People) -> Table {
    let t = who.texts();
    let row = |held: &GroupLoad, person: UserId, load: &Load| {
        let queue = routes::queue(&held.group.code);
        let id = opaque::encode(person.get());
        let name = people.get(&person).map_or_else(|| t.t("person-unknown"), |found| found.name.as_str());
        let href = routes::with_query(&queue, &[("person", &id)]);
        let mut cells = vec![Cell::link(href, name), Cell::text(&held.group.name)];
        cells.extend(counts(who, load, &queue, &[("person", &id)]));
        cells
    };
    let mut columns = columns(who);
    columns.insert(0, Column::new(t.t("field-group")));
    columns.insert(0, Column::new(t.t("field-person")));
    let rows = loads
        .iter()
        .flat_map(|held| held.people.iter().map(move |(person, load)| row(held, *person, load)))
        .collect();
    Table { caption: t.t("load-people").to_owned(), columns, rows, empty: t.t("load-nobody").to_owned() }
}

fn columns(who: &Staff) -> Vec<Column> {
    let t = who.texts();
    vec![
        Column::number(t.t("load-open")),
        Column::number(t.t("load-overdue")),
        Column::number(t.t("load-due-today")),
        Column::number(t.t("load-waiting")),
        Column::new(t.t("load-oldest")),
    ]
}

/// The counts, each with a link to its tickets.
fn counts(who: &Staff, load: &Load, queue: &str, of: &[(&str, &str)]) -> Vec<Cell> {
    let Load { open, overdue, due_today, waiting, oldest } = *load;
    let address = |name: &'static str, value: &'static str| {
        let pairs: Vec<(&str, &str)> = of.iter().copied().chain([(name, value)]).collect();
        routes::with_query(queue, &pairs)
    };
    vec![
        count(who, open, routes::with_query(queue, of)),
        count(who, overdue, address("due", "overdue")),
        count(who, due_today, address("due", "today")),
        count(who, waiting, address("status", "waiting")),
        oldest.map_or_else(|| Cell::text("–"), |at| Cell::Moment(Moment::new(&who.moments(), at))),
    ]
}

fn count(who: &Staff, count: i64, href: String) -> Cell {
    let number = format::number(who.texts().locale(), count);
    if count == 0 { Cell::Number(number) } else { Cell::link(href, number) }
}
