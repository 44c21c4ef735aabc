//! Reading a ticket.

use actix_web::{HttpRequest, HttpResponse, web};

use super::page::{Refused, ticket_page};
use super::parsed;
use crate::web::page::Link;
use crate::web::routes;
use crate::web::site::{SiteError, Staff, html, page_before};

/// Shows it.
pub(in crate::web::workspace) async fn show(
    who: Staff,
    number: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, SiteError> {
    let (app, cx) = (who.app(), who.cx());
    let detail = app.show_ticket(&cx, parsed(&number)?).await?;
    app.mark_ticket_seen(&cx, &detail.ticket).await?;
    let mut page = ticket_page(&who, detail, Refused::default()).await?;
    if let Some(list) = list_before(&request) {
        let label = page.page.t("ticket-back-to-list").to_owned();
        page.page.back = Some(Link::new(list, label));
    }
    html(&page)
}

/// The list one came from, with its filters.
fn list_before(request: &HttpRequest) -> Option<String> {
    page_before(request).filter(|path| is_list(path))
}

fn is_list(path: &str) -> bool {
    let queues = routes::QUEUE.split('{').next().unwrap_or(routes::QUEUE);
    path.starts_with(queues) || path.starts_with(routes::SEARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_and_searches_are_lists() {
        assert!(is_list("/workspace/queues/mine?status=new"));
        assert!(is_list("/workspace/search?q=a"));
        assert!(!is_list("/workspace/tickets/INC-1"));
    }
}
