//! The log of mails that went out, are to, or didn't; and what a person does with those that didn't.

use super::page::{PageQuery, Window};
use super::parts::{At, ListOut, Opaque};
use super::respond::{Answer, ok};
use super::words::{OutboundStateWord, OutgoingActionWord, SuppressedWord, TemplateWord};
use crate::app::mail::{OutgoingAction, OutgoingMail, OutgoingQuery};
use crate::app::{AppError, FieldProblem};
use crate::domain::ids::OutboundMailId;
use crate::domain::mail::{OutboundState, Suppressed, Template};
use crate::web::extract::{Authn, IdInPath, Json, Query};
use crate::web::state::WebState;
use actix_web::web::Data;
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on mails that go out.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_outbound_mails).service(show_outbound_mail).service(transition_outbound_mail);
}

/// Which mails.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct OutboundMailsQuery {
    /// Only in this state.
    #[param(value_type = OutboundStateWord)]
    state: Option<String>,
    /// Only about the ticket of this number.
    #[param(max_length = 20)]
    ticket: Option<String>,
    /// The recipient's address, or a ticket's number.
    #[param(max_length = 254)]
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

/// A mail to one person. What it says isn't kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OutboundMail)]
pub struct OutboundMailOut<'a> {
    /// The opaque id.
    #[schema(value_type = String)]
    id: Opaque,
    /// Which mail.
    #[schema(value_type = TemplateWord)]
    template: Template,
    /// What has become of it.
    #[schema(value_type = OutboundStateWord)]
    state: OutboundState,
    /// Why it isn't sent; null unless it was left out.
    #[schema(required, value_type = Option<SuppressedWord>)]
    reason: Option<Suppressed>,
    /// The address.
    recipient: &'a str,
    /// The number of the ticket it is about.
    #[schema(required)]
    ticket: Option<&'a str>,
    /// Its Message-ID without angle brackets.
    message_id: &'a str,
    /// How often sending failed.
    #[schema(minimum = 0)]
    attempts: i64,
    /// Why it failed last, in the words of the mail server where it said any.
    #[schema(required)]
    last_error: Option<&'a str>,
    /// When it was caused.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
    /// When it goes out or is tried again, while it waits.
    #[schema(value_type = String, format = DateTime)]
    send_after: At,
    /// When the mail server took it.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    sent_at: Option<At>,
    /// What can be done with it now.
    #[schema(value_type = Vec<OutgoingActionWord>)]
    allowed_actions: &'static [OutgoingAction],
}

impl<'a> From<&'a OutgoingMail> for OutboundMailOut<'a> {
    fn from(mail: &'a OutgoingMail) -> Self {
        let OutgoingMail {
            id,
            template,
            state,
            recipient,
            message_id,
            ticket,
            reason,
            attempts,
            last_error,
            created_at,
            send_after,
            sent_at,
        } = mail;
        Self {
            id: Opaque(id.get()),
            template: *template,
            state: *state,
            reason: *reason,
            recipient,
            ticket: ticket.as_deref(),
            message_id,
            attempts: *attempts,
            last_error: last_error.as_deref(),
            created_at: At(*created_at),
            send_after: At(*send_after),
            sent_at: sent_at.map(At),
            allowed_actions: OutgoingAction::allowed_in(*state),
        }
    }
}

/// What to do with a mail.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = OutboundMailTransition)]
pub struct OutboundMailTransitionIn {
    /// The action; those possible now are the mail's `allowedActions`.
    #[schema(required, value_type = OutgoingActionWord)]
    action: String,
}

/// List mail that goes out
///
/// The latest first: what waits, went, was left out or was given up.
#[utoipa::path(
    tag = "mail",
    params(OutboundMailsQuery),
    responses((status = 200, description = "The page", body = ListOut<OutboundMailOut>))
)]
#[get("/outbound-mails")]
pub async fn list_outbound_mails(
    authn: Authn,
    query: Query<OutboundMailsQuery>,
    state: Data<WebState>,
) -> Answer {
    let OutboundMailsQuery { state: stands, ticket, q, cursor, page, limit } = query.0;
    let page = PageQuery { cursor, page, limit };
    let Window { skip, limit } = page.window()?;
    let after = page.after_number()?;
    let before = (after > 0).then_some(OutboundMailId(after));
    let query = OutgoingQuery { state: stands, ticket, text: q, before };
    let mails = state.app.outgoing_mails(&authn.cx, &query, skip, limit + 1).await?;
    // The database has skipped already.
    let ListOut { items, next_cursor } = Window { skip: 0, limit }.cut(mails, |mail| mail.id.get());
    ok(&ListOut { items: items.iter().map(OutboundMailOut::from).collect(), next_cursor })
}

/// Show a mail that goes out
///
/// What has become of it, and what can be done with it.
#[utoipa::path(tag = "mail", responses((status = 200, description = "The mail", body = OutboundMailOut)))]
#[get("/outbound-mails/{id}")]
pub async fn show_outbound_mail(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    ok(&OutboundMailOut::from(&state.app.outgoing_mail(&authn.cx, &id.0).await?))
}

/// Send a mail again or never
///
/// `resend` tries one that was given up anew, with all attempts; `giveUp` lets one that wasn't delivered rest for
/// good. When somebody else was first, the answer is 409.
#[utoipa::path(
    tag = "mail",
    request_body = OutboundMailTransitionIn,
    responses((status = 200, description = "The mail afterwards", body = OutboundMailOut))
)]
#[post("/outbound-mails/{id}/transitions")]
pub async fn transition_outbound_mail(
    authn: Authn,
    id: IdInPath,
    body: Json<OutboundMailTransitionIn>,
    state: Data<WebState>,
) -> Answer {
    let Json { value: sent, once } = body;
    let (cx, app) = (authn.once(once), &state.app);
    if sent.action.is_empty() {
        return Err(AppError::field("action", FieldProblem::Required).into());
    }
    let action = OutgoingAction::from_text(&sent.action)
        .ok_or_else(|| AppError::field("action", FieldProblem::Unknown))?;
    let mail = match action {
        OutgoingAction::Resend => app.resend_mail(&cx, &id.0).await?,
        OutgoingAction::GiveUp => app.give_mail_up(&cx, &id.0).await?,
    };
    ok(&OutboundMailOut::from(&mail))
}
