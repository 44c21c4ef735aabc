//! Linking tickets, and taking links away.

use actix_web::{HttpResponse, web};

use super::page::{Sent, refused_page};
use super::parsed;
use crate::web::routes;
use crate::web::site::{Done, Flash, SiteError, StaffForm, see_other_saying};

/// What the page calls the fields of a link.
const NAMES: [(&str, &str); 2] = [("kind", "relation"), ("ticket", "target")];

/// Adds a link, or takes away the one named by `remove`.
pub(in crate::web::workspace) async fn change(
    form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let (app, cx) = (form.who.app(), form.cx());
    let path = routes::ticket(&number.to_string());
    if let Some(link) = form.given("remove") {
        app.unlink_tickets(&cx, number, &link).await?;
        return Ok(see_other_saying(&path, &Flash::Done(Done::Saved)));
    }
    match app.link_tickets(&cx, number, form.value("relation"), form.value("target")).await {
        Ok(_) => Ok(see_other_saying(&path, &Flash::Done(Done::Linked))),
        Err(error) => refused_page(&form.who, number, Sent::Link, &form.refusal(error, &NAMES)?).await,
    }
}
