//! Organisations: the tree as a list, adding and changing one.

use super::parts;
use crate::app::AppError;
use crate::app::people::{ItemPatch, NewOrganisationInput};
use crate::domain::access::Permission;
use crate::domain::people::Organisation;
use crate::i18n::Texts;
use crate::web::components::{Cell, Fact};
use crate::web::form::FormState;
use crate::web::page::Link;
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, Visitor, get, see_other_saying,
};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::Body;
use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::ORGANISATIONS).route(get().to(list)))
        .service(web::resource(routes::NEW_ORGANISATION).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::ORGANISATION).route(get().to(show)).route(web::post().to(change)));
}

fn kind<'t>(t: &'t Texts, organisation: &Organisation) -> &'t str {
    forms::organisation_kind(t, organisation.kind.as_text())
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::OrganisationManage)?;
    let t = who.texts();
    let directory = who.app().directory().await?;
    let mut named: Vec<(String, &Organisation)> =
        directory.organisations.iter().map(|item| (parts::full_name(&directory, item), item)).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let rows = named
        .into_iter()
        .map(|(name, item)| {
            vec![
                Cell::link(routes::organisation(&item.code), name),
                Cell::text(kind(t, item)),
                parts::activity(t, item.is_active),
            ]
        })
        .collect();
    let columns = [t.t("field-name"), t.t("field-organisation-kind"), t.t("field-active")];
    let title = t.t("admin-organisations");
    let add = Link::new(routes::NEW_ORGANISATION, t.t("organisation-add"));
    let table = parts::table(title, &columns, rows, t.t("organisations-none"));
    parts::short_list(&who, title, Some(add), table)
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::OrganisationManage)?;
    show_new(&who, &FormState::default(), None).await
}

async fn show_new(
    visitor: &Visitor,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let parents = parts::organisation_choices(visitor.app().directory().await?.as_ref());
    let list = (routes::ORGANISATIONS, t.t("admin-organisations"));
    let page = parts::page_below(visitor, t.t("organisation-add"), list);
    parts::form_page(page, forms::organisation(t, state, None, parents), refusal)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::OrganisationManage)?;
    let new = NewOrganisationInput {
        code: None,
        name: form.value("name").to_owned(),
        kind: form.value("kind").to_owned(),
        parent: form.given("parent"),
    };
    match form.who.app().create_organisation(&form.cx(), &new).await {
        Ok(_) => Ok(see_other_saying(routes::ORGANISATIONS, &Flash::Done(Done::Added))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("code", "name")])?;
            show_new(&form.who, &refusal.state, Some(&refusal)).await
        }
    }
}

async fn show(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::OrganisationManage)?;
    draw(&who, &code, None).await
}

async fn draw(visitor: &Visitor, code: &str, refusal: Option<&Refusal>) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let directory = visitor.app().directory().await?;
    let item = directory.organisation_by_code(code).ok_or(AppError::NotFound)?;
    let state = refusal.map_or_else(
        || FormState::of([("name", item.name.as_str()), ("active", parts::yes_or_no(item.is_active))]),
        |refusal| refusal.state.clone(),
    );
    let mut facts = vec![Fact::text(t.t("field-organisation-kind"), kind(t, item))];
    if let Some(parent) = item.parent.and_then(|id| directory.organisation(id)) {
        facts.push(Fact::new(
            t.t("field-parent"),
            Cell::link(routes::organisation(&parent.code), parts::full_name(&directory, parent)),
        ));
    }
    let sections = vec![
        parts::section("", Body::Facts(facts)),
        parts::section("", Body::Form(forms::organisation(t, &state, Some(code), Vec::new()))),
    ];
    let list = (routes::ORGANISATIONS, t.t("admin-organisations"));
    parts::record_page(parts::page_below(visitor, &item.name, list), sections, refusal)
}

async fn change(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::OrganisationManage)?;
    let patch = ItemPatch {
        name: Some(form.value("name").to_owned()),
        is_active: parts::is_yes(&form, "active"),
        is_base_function: None,
    };
    match form.who.app().update_organisation(&form.cx(), &code, &patch).await {
        Ok(()) => Ok(see_other_saying(&routes::organisation(&code), &Flash::Done(Done::Saved))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("isActive", "active")])?;
            draw(&form.who, &code, Some(&refusal)).await
        }
    }
}
