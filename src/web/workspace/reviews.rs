//! Tickets that other lines solved, for judging whether the first line could have.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::view::ReviewsPage;
use crate::app::tickets::{People, REVIEWED_DAYS, Reviewable};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::web::components::{Cell, Column, Moment, Pager, Table};
use crate::web::page::{Link, Section};
use crate::web::site::{SiteError, Staff, html};
use crate::web::{routes, tags};

/// Which page.
#[derive(Deserialize)]
pub(super) struct Asked {
    cursor: Option<String>,
}

/// Shows the list.
pub(super) async fn show(who: Staff, asked: web::Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::TicketReview)?;
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let (listing, people) = app.tickets_to_review(&cx, asked.cursor.as_deref()).await?;
    let directory = app.directory().await?;
    let mut page = who.page(t.t("reviews-title"), Section::Queues);
    page.back = Some(Link::new(routes::WORKSPACE, t.t("nav-queues")));
    let address = |cursor: &str| routes::with_query(routes::REVIEWS, &[("cursor", cursor)]);
    html(&ReviewsPage {
        lead: t.t1("reviews-lead", "days", REVIEWED_DAYS),
        table: Table {
            caption: t.t("reviews-caption").to_owned(),
            columns: vec![
                Column::new(t.t("column-ticket")),
                Column::new(t.t("reviews-solved-by")),
                Column::new(t.t("field-category")),
                Column::new(t.t("ticket-resolved-at")),
                Column::new(t.t("reviews-judged")),
            ],
            rows: listing.items.iter().map(|held| row(&who, held, &directory, &people)).collect(),
            empty: t.t("reviews-empty").to_owned(),
        },
        pager: Pager {
            first: asked.cursor.is_some().then(|| routes::REVIEWS.to_owned()),
            next: listing.next_cursor.as_deref().map(address),
        },
        page,
    })
}

fn row(who: &Staff, held: &Reviewable, directory: &Directory, people: &People) -> Vec<Cell> {
    let (t, row) = (who.texts(), &held.row);
    let group = row.resolved_by_group_id.and_then(|id| directory.group(id)).map(|group| group.name.as_str());
    let person = row.resolved_by_id.and_then(|id| people.get(&id)).map(|person| person.name.as_str());
    let line = row.resolved_by_line.map(|line| tags::line_label(t, line.0.as_text()));
    let solved_by: Vec<&str> = [group, person, line].into_iter().flatten().collect();
    let category = row.category_id.and_then(|id| directory.category(id));
    let judged = match held.could_have_solved {
        None => t.t("reviews-not-yet"),
        Some(true) => t.t("reviews-could"),
        Some(false) => t.t("reviews-could-not"),
    };
    vec![
        Cell::link(routes::ticket(&row.number), format!("{} {}", row.number, row.subject)),
        Cell::text(solved_by.join(", ")),
        Cell::text(category.map_or("–", |category| category.name.as_str())),
        row.resolved_at.map_or_else(|| Cell::text("–"), |at| Cell::Moment(Moment::new(&who.moments(), at))),
        Cell::text(judged),
    ]
}
