//! The priority list of society-critical systems: the decision in force, its history, and a new one, which
//! is looked at before it holds.

use super::{priority_list_form, priority_list_view, version_table};
use crate::app::policies::{Document, ONLY, PriorityListWritten};
use crate::app::{AppError, FieldError};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::web::admin::parts;
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Link};
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, error_text, get, see_other_saying,
};
use crate::web::workspace::admin_view::{Body, RecordSection};
use actix_web::HttpResponse;
use actix_web::web::{self, Query, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(
            web::resource(routes::PRIORITY_LIST_CHANGE).route(get().to(edit)).route(web::post().to(change)),
        )
        .service(web::resource(routes::PRIORITY_LIST).route(get().to(show)).route(web::post().to(take_back)));
}

type Decisions = Document<PriorityListWritten>;

/// Every decision; none before the first.
async fn decisions(who: &SignedIn) -> Result<Decisions, SiteError> {
    let documents: Vec<Decisions> = who.app().policy_documents(&who.cx()).await?;
    let none = || Document { code: ONLY.to_owned(), name: String::new(), versions: Vec::new() };
    Ok(documents.into_iter().find(|document| document.code == ONLY).unwrap_or_else(none))
}

fn in_force(decisions: &Decisions) -> Option<&PriorityListWritten> {
    decisions.current().and_then(|version| version.content.as_ref())
}

async fn show(who: SignedIn, asked: Query<version_table::Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let (decisions, directory) = (decisions(&who).await?, who.app().directory().await?);
    let title = t.t("policies-priority-list");
    let told = |list: &PriorityListWritten| {
        [
            parts::section("", Body::Facts(priority_list_view::facts(t, list))),
            parts::section("", Body::Table(priority_list_view::systems(t, &directory, list))),
        ]
    };
    if let Some(id) = &asked.version {
        let version = decisions.versions.iter().find(|version| version.id == *id);
        let (version, list) = version
            .and_then(|version| Some((version, version.content.as_ref()?)))
            .ok_or(Failure::NotFound)?;
        let from = who.moments().date_time(version.valid_from);
        let page = parts::page_below(&who, t.t1("list-from", "date", &from), (routes::PRIORITY_LIST, title));
        return parts::record_page(page, told(list).to_vec(), None);
    }
    let may_change = who.may(Permission::PolicyManage);
    let mut sections = vec![parts::section("", Body::Text(t.t("list-how-told").to_owned()))];
    if may_change {
        let change = Link::new(routes::PRIORITY_LIST_CHANGE, t.t("list-change"));
        sections.push(parts::section("", Body::Links(vec![change])));
    }
    match in_force(&decisions) {
        Some(list) => sections.extend(told(list)),
        None => {
            let none = parts::table(t.t("list-systems"), &[], Vec::new(), t.t("list-none"));
            sections.push(parts::section("", Body::Table(none)));
        }
    }
    if !decisions.versions.is_empty() {
        let history = version_table::table(&who, &decisions, routes::PRIORITY_LIST, may_change);
        sections.push(parts::section(t.t("policy-versions"), Body::Table(history)));
    }
    let page = parts::page_below(&who, title, (routes::POLICIES, t.t("admin-policies")));
    parts::record_page(page, sections, None)
}

async fn take_back(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let id = form.value("id");
    match form.who.app().take_back_policy_version::<PriorityListWritten>(&form.cx(), ONLY, id).await {
        Ok(()) => Ok(see_other_saying(routes::PRIORITY_LIST, &Flash::Done(Done::Saved))),
        // It has begun since the page was shown.
        Err(AppError::Invalid(_)) => Err(Failure::Conflict.into()),
        Err(error) => Err(error.into()),
    }
}

async fn edit(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let (decisions, directory) = (decisions(&who).await?, who.app().directory().await?);
    let from = version_table::suggested(decisions.coming());
    let list = decisions.content().cloned().unwrap_or_default();
    let state = priority_list_form::filled(&list, &from, &decisions.last_written());
    draw(&who, &directory, &state, None, None)
}

async fn change(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (who, state, app) = (&form.who, &form.state, form.who.app());
    let (decisions, directory) = (decisions(who).await?, app.directory().await?);
    let (list, rows) = priority_list_form::read(state);
    let amendment = version_table::amendment(who, state);
    let is_activated = form.value("step") == "activate";
    let outcome = if is_activated {
        app.add_policy_version(&form.cx(), ONLY, &amendment, &list).await.map(drop)
    } else {
        app.check_policy_version(&form.cx(), ONLY, &amendment, &list).await
    };
    match outcome {
        Ok(()) if is_activated => Ok(see_other_saying(routes::PRIORITY_LIST, &Flash::Done(Done::Saved))),
        Ok(()) => draw(who, &directory, state, None, Some((&list, in_force(&decisions)))),
        Err(error) => {
            let told = |error: &FieldError| {
                let field = priority_list_form::field_of(error, &rows);
                let sentence = error_text(who.texts(), &field, error);
                (field, sentence)
            };
            let refusal = version_table::refusal(who.texts(), state, error, told)?;
            draw(who, &directory, &refusal.state, Some(&refusal), None)
        }
    }
}

/// The form, once it has been looked at with the list that it makes.
fn draw(
    who: &SignedIn,
    directory: &Directory,
    state: &FormState,
    refusal: Option<&Refusal>,
    preview: Option<(&PriorityListWritten, Option<&PriorityListWritten>)>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let mut sections: Vec<RecordSection> = Vec::new();
    if let Some((list, current)) = preview {
        let table = priority_list_view::compared(t, directory, list, current);
        sections.push(parts::section(t.t("list-preview"), Body::Table(table)));
    }
    let heading = if preview.is_some() { t.t("list-change") } else { "" };
    let form = priority_list_form::form(t, directory, state, preview.is_some());
    sections.push(parts::section(heading, Body::Form(form)));
    let list = (routes::PRIORITY_LIST, t.t("policies-priority-list"));
    let mut page = parts::page_below(who, t.t("list-change"), list);
    if preview.is_some() {
        page.banner = Some(Banner::new(BannerKind::Info, t.t("list-preview-shown")));
    }
    parts::record_page(page, sections, refusal)
}
