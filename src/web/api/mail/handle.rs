//! What a person makes of a message that came in.

use super::out::InboundMailOut;
use crate::app::mail::{MailAction, MailToTicket};
use crate::app::{AppError, FieldProblem};
use crate::domain::ticket::Visibility;
use crate::web::api::respond::{Answer, ok};
use crate::web::api::words::{FiledKindWord, MailActionWord, VisibilityWord};
use crate::web::extract::{Authn, IdInPath, Json};
use crate::web::state::WebState;
use actix_web::post;
use actix_web::web::Data;

/// What to make of a message.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = InboundMailTransition)]
pub struct InboundMailTransitionIn {
    /// The action; those possible now are the message's `allowedActions`.
    #[schema(required, value_type = MailActionWord)]
    action: String,
    /// `ticket`: the code of the desk; the one it came to when nothing is said.
    #[schema(max_length = 60)]
    desk: Option<String>,
    /// `ticket`: an e-mail address or an id; the sender when nothing is said. Somebody unknown becomes a contact.
    #[schema(max_length = 254)]
    requester: Option<String>,
    /// `ticket`: the name of a new contact.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// `ticket`: the code of the organisation; the requester's, or that of the sender's domain.
    #[schema(max_length = 60)]
    organisation: Option<String>,
    /// `ticket`: the subject; the message's when nothing is said. Needed when it can't be read.
    #[schema(max_length = 200)]
    subject: Option<String>,
    /// `ticket`: what it is; an incident when nothing is said.
    #[schema(value_type = Option<FiledKindWord>)]
    kind: Option<String>,
    /// `reply`: the number of the ticket.
    #[schema(max_length = 20)]
    number: Option<String>,
    /// `reply`: who reads it; staff when nothing is said. What nobody known wrote is for staff only.
    #[schema(value_type = Option<VisibilityWord>)]
    visibility: Option<String>,
    /// `discard`: why.
    #[schema(max_length = 2_000)]
    reason: Option<String>,
}

/// Make something of a mail
///
/// Makes a ticket of it, puts it on a ticket, throws it away or lets it wait for a look again. Each happens once: when
/// somebody else was first, the answer is 409.
#[utoipa::path(
    tag = "mail",
    request_body = InboundMailTransitionIn,
    responses((status = 200, description = "The message afterwards", body = InboundMailOut))
)]
#[post("/inbound-mails/{id}/transitions")]
pub async fn transition_inbound_mail(
    authn: Authn,
    id: IdInPath,
    body: Json<InboundMailTransitionIn>,
    state: Data<WebState>,
) -> Answer {
    let Json { value: sent, once } = body;
    let (cx, app) = (authn.once(once), &state.app);
    if sent.action.is_empty() {
        return Err(AppError::field("action", FieldProblem::Required).into());
    }
    let action = MailAction::from_text(&sent.action)
        .ok_or_else(|| AppError::field("action", FieldProblem::Unknown))?;
    let row = match action {
        MailAction::Ticket => {
            let InboundMailTransitionIn { desk, requester, name, organisation, subject, kind, .. } = sent;
            let new = MailToTicket { desk, requester, name, organisation, subject, kind };
            app.make_ticket_of_mail(&cx, &id.0, &new).await?
        }
        MailAction::Reply => {
            let visibility = match sent.visibility.as_deref() {
                None => Visibility::Internal,
                Some(word) => Visibility::from_text(word)
                    .ok_or_else(|| AppError::field("visibility", FieldProblem::Unknown))?,
            };
            app.add_mail_to_ticket(&cx, &id.0, sent.number.as_deref().unwrap_or_default(), visibility).await?
        }
        MailAction::Discard => {
            app.discard_mail(&cx, &id.0, sent.reason.as_deref().unwrap_or_default()).await?
        }
        MailAction::Restore => app.restore_mail(&cx, &id.0).await?,
    };
    ok(&InboundMailOut::from(&row))
}
