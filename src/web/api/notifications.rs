//! What the caller has been told and hasn't seen.

use super::page::{self, PageQuery};
use super::parts::{At, ListOut};
use super::respond::{Answer, ok};
use super::words::NoticeKindWord;
use crate::app::notices::Notice;
use crate::app::opaque;
use crate::domain::notify::NoticeKind;
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// Something the caller is told.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Notification)]
#[serde(rename_all = "camelCase")]
pub struct NotificationOut<'a> {
    /// The opaque id.
    id: &'a str,
    /// What.
    #[schema(value_type = NoticeKindWord)]
    kind: NoticeKind,
    /// The ticket's number.
    ticket: &'a str,
    /// The ticket's subject.
    subject: &'a str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
}

/// List what is new
///
/// What the caller has been told and hasn't seen, latest first, fifty at most. Looking at a ticket in the
/// portal or the workspace is seeing.
#[utoipa::path(
    tag = "notifications",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<NotificationOut>))
)]
#[get("/notifications")]
pub async fn list_notifications(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let notices: Vec<(String, Notice)> = state
        .app
        .notices(&authn.cx)
        .await?
        .into_iter()
        .map(|notice| (opaque::encode(notice.id.get()), notice))
        .collect();
    ok(&page::of_held(
        &query.0,
        notices.iter(),
        |(id, _)| id,
        |(id, notice)| NotificationOut::new(id, notice),
    )?)
}

impl<'a> NotificationOut<'a> {
    fn new(id: &'a str, notice: &'a Notice) -> Self {
        let Notice { id: _, kind, number, subject, created_at } = notice;
        Self { id, kind: *kind, ticket: number, subject, created_at: At(*created_at) }
    }
}
