//! An action of the lifecycle: take, assign, hand over, wait, resolve …

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::choices::group_of;
use super::page::{Sent, action_form, refused_page};
use super::parsed;
use crate::app::AppError;
use crate::app::tickets::{TicketDetail, Transition};
use crate::domain::ticket::Action;
use crate::i18n::format;
use crate::web::form::FormState;
use crate::web::page::{Link, Section};
use crate::web::pages::WorkspaceFormPage;
use crate::web::routes;
use crate::web::site::{Done, Flash, SiteError, Staff, StaffForm, html, see_other, see_other_saying};

/// What the page calls the fields of an action.
const NAMES: [(&str, &str); 1] = [("assignee", "person")];

/// Which action.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web::workspace) struct Which {
    action: String,
    /// What the form begins with, where a page suggests something.
    group: Option<String>,
    to_group: Option<String>,
    reason_code: Option<String>,
    reason: Option<String>,
}

impl Which {
    fn given(&self) -> FormState {
        let Self { action: _, group, to_group, reason_code, reason } = self;
        let fields =
            [("group", group), ("toGroup", to_group), ("reasonCode", reason_code), ("reason", reason)];
        FormState::of(fields.into_iter().filter_map(|(name, text)| Some((name, text.clone()?))))
    }
}

/// The form of one action on a page of its own.
pub(in crate::web::workspace) async fn show(
    who: Staff,
    number: web::Path<String>,
    which: web::Query<Which>,
) -> Result<HttpResponse, SiteError> {
    let action = Action::from_text(&which.action).ok_or(AppError::NotFound)?;
    let detail = who.app().show_ticket(&who.cx(), parsed(&number)?).await?;
    let path = routes::ticket(&detail.ticket.number.to_string());
    if !detail.allowed.contains(&action) {
        return Ok(see_other(&path));
    }
    let view = action_form(&who, &detail, action, Some(&which.given())).await?;
    let mut page = who.page(view.label, Section::Queues);
    let subject = format!("{} {}", detail.ticket.number, detail.ticket.subject);
    page.back = Some(Link::new(path, subject));
    html(&WorkspaceFormPage { page, lead: None, form: view.form })
}

/// Carries it out on the version that the page showed.
pub(in crate::web::workspace) async fn act(
    form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let action = Action::from_text(form.value("action")).ok_or(AppError::NotFound)?;
    let app = form.who.app();
    let detail = app.show_ticket(&form.who.cx(), number).await?;
    let transition = transition(&form, action, &detail).await?;
    match app.transition_ticket(&form.cx(), number, form.version(), &transition).await {
        Ok(_) => {
            let done = if action == Action::Resolve { Done::TicketResolved } else { Done::TicketChanged };
            Ok(see_other_saying(&routes::ticket(&number.to_string()), &Flash::Done(done)))
        }
        Err(error) => {
            let refusal = form.refusal(error, &NAMES)?;
            refused_page(&form.who, number, Sent::Action(action), &refusal).await
        }
    }
}

async fn transition(form: &StaffForm, action: Action, detail: &TicketDetail) -> Result<Transition, AppError> {
    let (app, cx) = (form.who.app(), form.who.cx());
    let assignee = form.given("person");
    let mut group = form.given("group");
    if let (None, Some(person)) = (&group, &assignee) {
        let (directory, workers) = (app.directory().await?, app.workers(&cx).await?);
        group = group_of(&directory, &workers, &detail.ticket, person);
    }
    Ok(Transition {
        action: action.as_text().to_owned(),
        group,
        assignee,
        to_group: form.given("toGroup"),
        reason: form.given("reason"),
        reason_code: form.given("reasonCode"),
        waiting_for: form.given("for"),
        // What isn't a date goes on as it is, to be refused with the other fields.
        until: form.given("until").map(|date| format::morning_of(&date).map_or(date, |at| at.to_string())),
        solution: form.given("solution"),
        category: form.given("category"),
    })
}
