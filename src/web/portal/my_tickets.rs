//! The requester's own tickets: open or finished.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::view::{MyTicketsPage, TicketLine};
use crate::app::tickets::TicketQuery;
use crate::web::components::Pager;
use crate::web::page::{Link, Section};
use crate::web::routes;
use crate::web::site::{SignedIn, SiteError, html};

const ROWS: i64 = 20;

/// Which tickets, and where a page before ended.
#[derive(Deserialize)]
pub(super) struct Which {
    show: Option<String>,
    cursor: Option<String>,
}

/// Shows a page of them.
pub(super) async fn show(who: SignedIn, which: web::Query<Which>) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let closed = which.show.as_deref() == Some("closed");
    let query = TicketQuery {
        requester: Some("me".to_owned()),
        open: Some(!closed),
        sort: Some("-updatedAt".to_owned()),
        limit: Some(ROWS),
        cursor: which.cursor.clone(),
        ..TicketQuery::default()
    };
    let found = who.app().list_tickets(&who.cx(), &query).await?.listing;
    let moments = who.moments();
    let show = if closed { "closed" } else { "" };
    let address =
        |cursor: &str| routes::with_query(routes::MY_TICKETS, &[("show", show), ("cursor", cursor)]);
    let tab = |label: &str, show: &str, current| Link {
        current,
        ..Link::new(routes::with_query(routes::MY_TICKETS, &[("show", show)]), label)
    };
    let empty = if closed { t.t("my-tickets-none-closed") } else { t.t("my-tickets-none-open") };
    html(&MyTicketsPage {
        page: who.page(t.t("nav-my-tickets"), Section::MyTickets),
        tabs: vec![tab(t.t("my-tickets-open"), "", !closed), tab(t.t("my-tickets-closed"), "closed", closed)],
        tickets: found.items.iter().map(|row| TicketLine::of(t, &moments, row)).collect(),
        empty: empty.to_owned(),
        pager: Pager {
            first: which.cursor.is_some().then(|| address("")),
            next: found.next_cursor.as_deref().map(address),
        },
    })
}
