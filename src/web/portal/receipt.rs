//! The page after filing: the number, and what happens now.

use actix_web::{HttpResponse, web};

use super::view::ReceiptPage;
use crate::app::AppError;
use crate::app::tickets::TicketDetail;
use crate::domain::ticket::TicketNumber;
use crate::web::components::Fact;
use crate::web::page::Section;
use crate::web::routing_story::RoutingStory;
use crate::web::site::{SignedIn, SiteError, html};
use crate::web::{routes, tags};

/// Shows it.
pub(super) async fn show(who: SignedIn, number: web::Path<String>) -> Result<HttpResponse, SiteError> {
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let number = TicketNumber::parse(&number).ok_or(AppError::NotFound)?;
    let TicketDetail { ticket, routed, .. } = app.show_ticket(&cx, number).await?;
    let files = app.ticket_attachments(&cx, number).await?;
    let (directory, policies) = (app.directory().await?, app.policies().await?);
    let group = directory.group(ticket.group).map_or("", |group| group.name.as_str());
    let mut facts = vec![
        Fact::text(t.t("my-ticket-kind"), tags::kind_label(t, ticket.kind)),
        Fact::text(t.t("my-ticket-owner"), group),
        Fact::text(t.t("field-priority"), tags::priority(t, ticket.priority.get()).label),
    ];
    if !files.is_empty() {
        let names: Vec<&str> = files.iter().map(|file| file.file_name.as_str()).collect();
        facts.push(Fact::text(t.t("files-label"), names.join(", ")));
    }
    let number = number.to_string();
    html(&ReceiptPage {
        page: who.page(t.t1("receipt-title", "number", &number), Section::None),
        subject: ticket.subject,
        href: routes::my_ticket(&number),
        answer: RoutingStory::when(t, &directory, &policies, routed.as_ref()).and_then(RoutingStory::answer),
        facts,
        next: vec![t.t("receipt-next-read").to_owned(), t.t("receipt-next-answer").to_owned()],
    })
}
