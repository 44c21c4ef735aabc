//! Somebody who calls and isn't known yet.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::forms;
use crate::app::opaque;
use crate::app::people::NewContact;
use crate::domain::access::Permission;
use crate::web::form::{Choice, FormState};
use crate::web::page::{Link, Section};
use crate::web::pages::WorkspaceFormPage;
use crate::web::routes;
use crate::web::site::{Refusal, SiteError, Staff, StaffForm, html_with, see_other, show_errors};

/// What was searched for.
#[derive(Deserialize)]
pub(super) struct Searched {
    name: Option<String>,
}

/// The form; it begins with what was searched for.
pub(super) async fn show(who: Staff, searched: web::Query<Searched>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::TicketCreateOnBehalf)?;
    let words = searched.into_inner().name.unwrap_or_default();
    let field = if words.contains('@') { "email" } else { "name" };
    page(&who, &FormState::of([(field, words)]), None).await
}

/// Adds the person and goes on with the call.
pub(super) async fn add(form: StaffForm) -> Result<HttpResponse, SiteError> {
    let new = NewContact {
        email: form.value("email").to_owned(),
        name: form.value("name").to_owned(),
        phone: form.given("phone"),
        organisation: form.value("organisation").to_owned(),
    };
    match form.who.app().register_contact(&form.cx(), &new).await {
        Ok(person) => {
            let id = opaque::encode(person.id.get());
            Ok(see_other(&routes::with_query(routes::NEW_CALL, &[("person", &id)])))
        }
        Err(error) => {
            let refusal = form.refusal(error, &[])?;
            page(&form.who, &refusal.state, Some(&refusal)).await
        }
    }
}

async fn page(who: &Staff, state: &FormState, refusal: Option<&Refusal>) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let directory = who.app().directory().await?;
    let organisations = directory
        .organisations
        .iter()
        .filter(|organisation| organisation.is_active)
        .map(|organisation| Choice::new(&organisation.code, &organisation.name))
        .collect();
    let form = forms::contact(t, state, organisations);
    let mut page = who.page(t.t("contact-title"), Section::Queues);
    page.back = Some(Link::new(routes::NEW_CALL, t.t("call-title")));
    if let Some(refusal) = refusal {
        show_errors(&mut page, refusal, [&form]);
    }
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    html_with(status, &WorkspaceFormPage { page, lead: None, form })
}
