//! The start page: ways to get help, what is new, the own open tickets.

use actix_web::HttpResponse;

use super::view::{NoticeLine, StartPage, TicketLine};
use crate::app::tickets::TicketQuery;
use crate::domain::access::Permission;
use crate::domain::notify::NoticeKind;
use crate::i18n::Texts;
use crate::web::components::Moment;
use crate::web::page::Section;
use crate::web::routes;
use crate::web::site::{SignedIn, SiteError, html};

/// Tickets and notices shown; the lists behind hold the rest.
const SHOWN: i64 = 5;
const NOTICES_SHOWN: usize = 5;

/// Shows it.
pub(super) async fn show(who: SignedIn) -> Result<HttpResponse, SiteError> {
    let (app, cx, t, moments) = (who.app(), who.cx(), who.texts(), who.moments());
    let query = TicketQuery {
        requester: Some("me".to_owned()),
        open: Some(true),
        sort: Some("-updatedAt".to_owned()),
        limit: Some(SHOWN),
        ..TicketQuery::default()
    };
    let found = app.list_tickets(&cx, &query).await?;
    let shown = i64::try_from(found.listing.items.len()).unwrap_or(SHOWN);
    let open_count =
        if found.listing.next_cursor.is_some() { app.count_tickets(&cx, &query).await? } else { shown };
    let works = who.may(Permission::QueueView);
    let notices = app
        .notices(&cx)
        .await?
        .into_iter()
        .take(NOTICES_SHOWN)
        .map(|notice| NoticeLine {
            href: if works { routes::ticket(&notice.number) } else { routes::my_ticket(&notice.number) },
            text: format!("{}: {}", notice_text(t, notice.kind), notice.subject),
            number: notice.number,
            at: Moment::new(&moments, notice.created_at),
        })
        .collect();
    html(&StartPage {
        page: who.page(t.t("start-title"), Section::Start),
        notices,
        open: found.listing.items.iter().map(|row| TicketLine::of(t, &moments, row)).collect(),
        open_count,
    })
}

fn notice_text(t: &Texts, kind: NoticeKind) -> &str {
    match kind {
        NoticeKind::Answered => t.t("notice-answered"),
        NoticeKind::WaitingForYou => t.t("notice-waiting"),
        NoticeKind::Resolved => t.t("notice-resolved"),
        NoticeKind::Reopened => t.t("notice-reopened"),
        NoticeKind::Assigned => t.t("notice-assigned"),
        NoticeKind::Critical => t.t("notice-critical"),
        NoticeKind::Registered => t.t("notice-registered"),
        NoticeKind::DueSoon => t.t("notice-due-soon"),
        NoticeKind::Overdue => t.t("notice-overdue"),
        NoticeKind::Undelivered => t.t("notice-undelivered"),
    }
}
