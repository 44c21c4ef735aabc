//! One message that came in: what it says, why it became what it became, and its bytes.

use super::out::InboundMailDetailOut;
use crate::web::api::respond::{Answer, ok};
use crate::web::download;
use crate::web::extract::{Authn, IdInPath};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;

/// Show a mail that came in
///
/// What is known of it, what it says – read anew from its bytes – and each step that decided what it became. Those
/// who read the internal notes of its ticket may read it too.
#[utoipa::path(
    tag = "mail",
    responses((status = 200, description = "The message", body = InboundMailDetailOut))
)]
#[get("/inbound-mails/{id}")]
pub async fn show_inbound_mail(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    ok(&InboundMailDetailOut::from(&state.app.mail_shown(&authn.cx, &id.0).await?))
}

/// Download a mail that came in
///
/// The message as it came, byte by byte.
#[utoipa::path(
    tag = "mail",
    responses((status = 200, description = "The message", body = String, content_type = "message/rfc822"))
)]
#[get("/inbound-mails/{id}/original")]
pub async fn download_inbound_mail(authn: Authn, id: IdInPath, state: Data<WebState>) -> Answer {
    Ok(download::mail(state.app.mail_original(&authn.cx, &id.0).await?).await?)
}
