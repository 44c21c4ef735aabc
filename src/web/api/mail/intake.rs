//! Handing over a message, as a mail server does.

use super::out::TakenOut;
use crate::app::opaque;
use crate::domain::access::Permission;
use crate::web::api::respond::{Answer, json, located};
use crate::web::extract::{Authn, Query, fault_of};
use crate::web::problem::RequestFault;
use crate::web::state::WebState;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, post};
use futures_util::TryStreamExt as _;

const MESSAGE: &str = "message/rfc822";

/// Where it came to.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct IntakeQuery {
    /// The code of the mailbox; without it the addresses in the message tell.
    #[param(max_length = 60)]
    mailbox: Option<String>,
}

/// Hand over a mail
///
/// Takes in one message (RFC 5322) as it came. The answer is sent once the message is on disk and can't be lost any
/// more; it is read afterwards. Ask for what became of it by the address in `Location`. The same bytes sent twice
/// are one message.
#[utoipa::path(
    tag = "mail",
    params(IntakeQuery),
    request_body(content = String, content_type = "message/rfc822"),
    responses((status = 202, description = "The message, taken in", body = TakenOut))
)]
#[post("/intake/mail")]
pub async fn intake_mail(
    authn: Authn,
    query: Query<IntakeQuery>,
    request: HttpRequest,
    mut payload: Payload,
    state: Data<WebState>,
) -> Answer {
    authn.cx.require(Permission::MailIntake)?;
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(MESSAGE) {
        return Err(RequestFault::ContentType(MESSAGE).into());
    }
    let max_bytes = state.app.settings().mail_max_bytes;
    let mut incoming = state.app.begin_mail()?;
    while let Some(piece) = payload.try_next().await.map_err(|error| fault_of(&error, max_bytes))? {
        incoming.write(&piece)?;
    }
    if incoming.size() == 0 {
        return Err(RequestFault::Malformed.into());
    }
    let (taken, stands) = state.app.hand_over_mail(&authn.cx, query.0.mailbox.as_deref(), incoming).await?;
    let path = format!("/inbound-mails/{}", opaque::encode(taken.id.get()));
    located(json(StatusCode::ACCEPTED, &TakenOut::new(taken, stands)), &path)
}
