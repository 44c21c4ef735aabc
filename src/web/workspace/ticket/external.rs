//! Making a link for the supplier's group that has a ticket.

use actix_web::{HttpResponse, web};

use super::page::{Sent, refused_page};
use super::parsed;
use crate::web::routes;
use crate::web::site::{Done, Flash, SiteError, StaffForm, see_other_saying};

/// Makes it; the ticket's page shows it.
pub(in crate::web::workspace) async fn create_link(
    form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    match form.who.app().create_external_link(&form.cx(), number).await {
        Ok(_) => Ok(see_other_saying(
            &routes::ticket(&number.to_string()),
            &Flash::Done(Done::ExternalLinkCreated),
        )),
        Err(error) => refused_page(&form.who, number, Sent::ExternalLink, &form.refusal(error, &[])?).await,
    }
}
