//! Reading a ticket.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::page::{Refused, ticket_page};
use super::parsed;
use crate::web::page::Link;
use crate::web::routes;
use crate::web::site::{SiteError, Staff, html, local_path};

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

/// The list one came from, with its filters, as the browser tells it.
fn list_before(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let path = local_path(rest.strip_prefix(host)?)?;
    let queues = routes::QUEUE.split('{').next()?;
    (path.starts_with(queues) || path.starts_with(routes::SEARCH)).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn back_leads_to_the_list_one_came_from() {
        let before = |referer: &'static str| {
            let request = TestRequest::get().insert_header(("host", "service.example.se"));
            list_before(&request.insert_header(("referer", referer)).to_http_request())
        };
        assert_eq!(
            before("https://service.example.se/workspace/queues/mine?status=new").as_deref(),
            Some("/workspace/queues/mine?status=new")
        );
        for other in [
            "https://service.example.se/workspace/tickets/INC-1",
            "https://example.org/workspace/queues/mine",
            "https://service.example.se.example.org/workspace/queues/mine",
            "mine",
        ] {
            assert_eq!(before(other), None, "{other}");
        }
    }
}
