//! Judging whether the first line could have solved a ticket.

use actix_web::{HttpResponse, web};

use super::page::{Sent, refused_page};
use super::parsed;
use crate::web::routes;
use crate::web::site::{Done, Flash, SiteError, StaffForm, see_other_saying};

/// Notes the judgement.
pub(in crate::web::workspace) async fn note(
    form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let could_have_solved = match form.value("couldHaveSolved") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let note = form.given("note");
    match form.who.app().review_first_line(&form.cx(), number, could_have_solved, note.as_deref()).await {
        Ok(_) => Ok(see_other_saying(&routes::ticket(&number.to_string()), &Flash::Done(Done::Saved))),
        Err(error) => refused_page(&form.who, number, Sent::Review, &form.refusal(error, &[])?).await,
    }
}
