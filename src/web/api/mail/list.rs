//! The log of mail that came in.

use super::out::InboundMailOut;
use crate::app::mail::MailQuery;
use crate::domain::ids::InboundMailId;
use crate::web::api::page::PageQuery;
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, ok};
use crate::web::api::words::{ClassificationWord, InboundStateWord};
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;

/// Which mail.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct InboundMailsQuery {
    /// Only in this state.
    #[param(value_type = InboundStateWord)]
    state: Option<String>,
    /// Only to the mailbox of this code.
    #[param(max_length = 60)]
    mailbox: Option<String>,
    /// Only what was taken for this.
    #[param(value_type = ClassificationWord)]
    classification: Option<String>,
    /// Only what stands on the ticket of this number.
    #[param(max_length = 20)]
    ticket: Option<String>,
    /// Part of sender, subject or Message-ID, or a ticket's number.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Where the page before ended: its `nextCursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// The page, counted from 1; not together with `cursor`. Reaches the first 10 000 rows.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    page: Option<i64>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i64>,
}

/// List mail that came in
///
/// The latest first. Those who manage mail see all; those who only handle it what waits for a look.
#[utoipa::path(
    tag = "mail",
    params(InboundMailsQuery),
    responses((status = 200, description = "The page", body = ListOut<InboundMailOut>))
)]
#[get("/inbound-mails")]
pub async fn list_inbound_mails(
    authn: Authn,
    query: Query<InboundMailsQuery>,
    state: Data<WebState>,
) -> Answer {
    let InboundMailsQuery { state: stands, mailbox, classification, ticket, q, cursor, page, limit } =
        query.0;
    let page = PageQuery { cursor, page, limit };
    let window = page.window()?;
    let after = page.after_number()?;
    let query = MailQuery {
        state: stands,
        mailbox,
        classification,
        ticket,
        text: q,
        before: (after > 0).then_some(InboundMailId(after)),
    };
    let rows = state.app.mail_log(&authn.cx, &query, 0, window.reach()).await?;
    let ListOut { items, next_cursor } = window.cut(rows, |row| row.record.id.get());
    ok(&ListOut { items: items.iter().map(InboundMailOut::from).collect(), next_cursor })
}
