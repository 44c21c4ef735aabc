//! Searching: by number, which leads straight to the ticket; by words; by whom it is for.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::view::SearchPage;
use super::{call, forms, rows};
use crate::app::AppError;
use crate::app::tickets::{TicketPage, TicketQuery};
use crate::domain::ticket::TicketNumber;
use crate::web::components::Pager;
use crate::web::form::{Field, FormState};
use crate::web::page::{Banner, BannerKind, Section};
use crate::web::routes;
use crate::web::site::{SiteError, Staff, error_text, html, see_other};

const ROWS: i64 = 50;
const MOST_PEOPLE: i64 = 5;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    q: Option<String>,
    status: Option<String>,
    organisation: Option<String>,
    requester: Option<String>,
    cursor: Option<String>,
}

impl Search {
    fn pairs(&self) -> [(&'static str, &str); 4] {
        [
            ("q", self.q.as_deref().unwrap_or_default().trim()),
            ("status", self.status.as_deref().unwrap_or_default()),
            ("organisation", self.organisation.as_deref().unwrap_or_default()),
            ("requester", self.requester.as_deref().unwrap_or_default()),
        ]
    }

    fn address(&self, cursor: &str) -> String {
        let mut pairs = self.pairs().to_vec();
        pairs.push(("cursor", cursor));
        routes::with_query(routes::SEARCH, &pairs)
    }
}

/// Shows what was found.
pub(super) async fn show(who: Staff, search: web::Query<Search>) -> Result<HttpResponse, SiteError> {
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let words = search.q.as_deref().unwrap_or_default().trim();
    if let Some(number) = TicketNumber::parse(words) {
        match app.show_ticket(&cx, number).await {
            Ok(_) => return Ok(see_other(&routes::ticket(&number.to_string()))),
            Err(AppError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let is_asked = search.pairs().iter().any(|(_, value)| !value.is_empty());
    let mut page = who.page(t.t("search-title"), Section::Queues);
    page.path = search.address(search.cursor.as_deref().unwrap_or_default());
    let directory = app.directory().await?;
    let query = TicketQuery {
        q: search.q.clone().filter(|q| !q.trim().is_empty()),
        status: search.status.clone(),
        organisation: search.organisation.clone(),
        requester: search.requester.clone(),
        cursor: search.cursor.clone(),
        limit: Some(ROWS),
        ..TicketQuery::default()
    };
    let asked = if is_asked { Some(app.list_tickets(&cx, &query).await) } else { None };
    let found: Option<TicketPage> = match asked {
        None => None,
        Some(Ok(found)) => Some(found),
        Some(Err(AppError::Invalid(errors))) => {
            let first = errors.first().map(|error| error_text(t, &error.field, error));
            page.banner = Some(Banner::new(BannerKind::Warning, first.unwrap_or_default()));
            None
        }
        Some(Err(error)) => return Err(error.into()),
    };
    let people = if words.is_empty() || search.cursor.is_some() {
        Vec::new()
    } else {
        let (people, directory) = call::people(&who, words, MOST_PEOPLE).await?;
        let link = |id: &str| routes::with_query(routes::SEARCH, &[("requester", id)]);
        people.iter().map(|person| call::found_person(person, &directory, link)).collect()
    };
    let mut fields = forms::search(t, &FormState::of(search.pairs()), rows::customers(&directory));
    if let Some(requester) = search.requester.as_deref().filter(|requester| !requester.is_empty()) {
        fields.push(Field::hidden("requester", requester));
    }
    html(&SearchPage {
        fields,
        people,
        rows: found.as_ref().map(|found| {
            rows::rows(t, None, &who.moments(), app.now(), &directory, &found.people, &found.listing.items)
        }),
        columns: rows::columns(t, |_| (None, None)),
        pager: Pager {
            first: search.cursor.is_some().then(|| search.address("")),
            next: found
                .as_ref()
                .and_then(|found| found.listing.next_cursor.as_deref())
                .map(|cursor| search.address(cursor)),
        },
        page,
    })
}
