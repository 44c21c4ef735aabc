//! The queues of the groups.

use super::page::{self, PageQuery};
use super::parts::{GroupOut, ListOut};
use super::respond::{Answer, ok};
use crate::app::tickets::Queue;
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// A group's queue.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Queue)]
#[serde(rename_all = "camelCase")]
pub struct QueueOut<'a> {
    /// The group; its code as `group` filters tickets.
    group: GroupOut<'a>,
    /// Open tickets.
    #[schema(minimum = 0)]
    open: i64,
    /// Open tickets that nobody has.
    #[schema(minimum = 0)]
    unassigned: i64,
    /// Whether the caller belongs to the group.
    is_own: bool,
}

/// The queues with the caller's own count.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Queues)]
#[serde(rename_all = "camelCase")]
pub struct QueuesOut<'a> {
    /// By line and name.
    items: Vec<QueueOut<'a>>,
    /// What to send as `cursor` for the next page; null on the last.
    #[schema(required)]
    next_cursor: Option<String>,
    /// The caller's own open tickets, counted to a hundred.
    #[schema(minimum = 0, maximum = 100)]
    mine: i64,
}

impl<'a> From<&'a Queue> for QueueOut<'a> {
    fn from(queue: &'a Queue) -> Self {
        let Queue { group, open, unassigned, is_own } = queue;
        Self { group: GroupOut::from(group), open: *open, unassigned: *unassigned, is_own: *is_own }
    }
}

/// List queues
///
/// One for each group of the desks the caller works for, with counts that are a second old at most.
#[utoipa::path(
    tag = "tickets",
    params(PageQuery),
    responses((status = 200, description = "The page", body = QueuesOut))
)]
#[get("/queues")]
pub async fn list_queues(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let queues = state.app.queues(&authn.cx).await?;
    let ListOut { items, next_cursor } =
        page::of_held(&query.0, queues.queues.iter(), |queue| &queue.group.code, QueueOut::from)?;
    ok(&QueuesOut { items, next_cursor, mine: queues.mine })
}
