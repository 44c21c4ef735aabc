//! Resolver groups: the list, adding and changing one, its members.

use super::parts;
use crate::app::people::{ItemPatch, NewGroupInput};
use crate::app::{AppError, FieldProblem, opaque};
use crate::domain::access::Permission;
use crate::domain::people::PersonRef;
use crate::i18n::Texts;
use crate::web::components::{Cell, Fact, Table};
use crate::web::form::FormState;
use crate::web::page::Link;
use crate::web::pages::Failure;
use crate::web::site::{Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, see_other_saying};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::Body;
use crate::web::{routes, tags};
use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::GROUPS).route(get().to(list)))
        .service(web::resource(routes::NEW_GROUP).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::GROUP_MEMBERS).route(web::post().to(change_members)))
        .service(web::resource(routes::GROUP).route(get().to(show)).route(web::post().to(change)));
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::GroupManage)?;
    let t = who.texts();
    let directory = who.app().directory().await?;
    let rows = directory
        .groups
        .iter()
        .map(|group| {
            vec![
                Cell::link(routes::group(&group.code), &group.name),
                Cell::text(tags::line_label(t, group.line.as_text())),
                parts::activity(t, group.is_active),
            ]
        })
        .collect();
    let columns = [t.t("field-name"), t.t("field-line"), t.t("field-active")];
    let title = t.t("admin-groups");
    let add = Link::new(routes::NEW_GROUP, t.t("group-add"));
    parts::short_list(&who, title, Some(add), parts::table(title, &columns, rows, t.t("groups-none")))
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::GroupManage)?;
    show_new(&who, &FormState::default(), None)
}

fn show_new(who: &SignedIn, state: &FormState, refusal: Option<&Refusal>) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let page = parts::page_below(who, t.t("group-add"), (routes::GROUPS, t.t("admin-groups")));
    parts::form_page(page, forms::group(t, state, None), refusal)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::GroupManage)?;
    let new = NewGroupInput {
        code: None,
        name: form.value("name").to_owned(),
        line: form.value("line").to_owned(),
        desk: None,
    };
    match form.who.app().create_group(&form.cx(), &new).await {
        Ok(()) => Ok(see_other_saying(routes::GROUPS, &Flash::Done(Done::Added))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("code", "name")])?;
            show_new(&form.who, &refusal.state, Some(&refusal))
        }
    }
}

async fn show(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::GroupManage)?;
    draw(&who, &code, None).await
}

async fn draw(who: &SignedIn, code: &str, refusal: Option<&Refusal>) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let (group, members) = who.app().group_members(&who.cx(), code).await?;
    let member = parts::state_of(refusal, "addMember");
    let facts = refusal.filter(|_| member.is_none()).map_or_else(
        || FormState::of([("name", group.name.as_str()), ("active", parts::yes_or_no(group.is_active))]),
        |refusal| refusal.state.clone(),
    );
    let line = tags::line_label(t, group.line.as_text());
    let sections = vec![
        parts::section("", Body::Facts(vec![Fact::text(t.t("field-line"), line)])),
        parts::section("", Body::Form(forms::group(t, &facts, Some(code)))),
        parts::section(t.t("group-members"), Body::Table(members_table(t, code, &members))),
        parts::section(
            t.t("group-member-add"),
            Body::Form(forms::add_member(t, &member.unwrap_or_default(), code)),
        ),
    ];
    let page = parts::page_below(who, &group.name, (routes::GROUPS, t.t("admin-groups")));
    parts::record_page(page, sections, refusal)
}

fn members_table(t: &Texts, code: &str, members: &[(PersonRef, bool)]) -> Table {
    let rows = members
        .iter()
        .map(|(person, is_lead)| {
            let id = opaque::encode(person.id.get());
            let role = if *is_lead { t.t("role-group-lead") } else { t.t("role-agent") };
            let remove = forms::remove(t, routes::group_members(code), "removeMember", &id);
            vec![Cell::link(routes::person(&id), &person.name), Cell::text(role), Cell::Action(remove)]
        })
        .collect();
    parts::table(
        t.t("group-members"),
        &[t.t("field-name"), t.t("field-role"), t.t("admin-column-action")],
        rows,
        t.t("group-members-none"),
    )
}

async fn change(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::GroupManage)?;
    let patch = ItemPatch {
        name: Some(form.value("name").to_owned()),
        is_active: parts::is_yes(&form, "active"),
        is_base_function: None,
    };
    match form.who.app().update_group(&form.cx(), &code, &patch).await {
        Ok(()) => Ok(see_other_saying(&routes::group(&code), &Flash::Done(Done::Saved))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("isActive", "active")])?;
            draw(&form.who, &code, Some(&refusal)).await
        }
    }
}

async fn change_members(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::GroupManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let (_, now) = app.group_members(&cx, &code).await?;
    let mut members: Vec<(String, bool)> =
        now.iter().map(|(person, is_lead)| (opaque::encode(person.id.get()), *is_lead)).collect();
    match form.value("part") {
        "addMember" => {
            let Some(email) = form.given("email") else {
                return refuse_member(&form, &code, AppError::field("email", FieldProblem::Required)).await;
            };
            // Somebody who is a member already may be made its leader, or no longer be.
            let email = email.trim().to_lowercase();
            let known = now.iter().find(|(person, _)| person.email.to_lowercase() == email);
            let known = known.map(|(person, _)| opaque::encode(person.id.get()));
            members.retain(|(id, _)| Some(id) != known.as_ref());
            members.push((email, form.value("lead") == "yes"));
        }
        "removeMember" => members.retain(|(id, _)| id != form.value("id")),
        _ => return Err(Failure::Malformed.into()),
    }
    match app.set_group_members(&cx, &code, &members).await {
        Ok(()) => Ok(see_other_saying(&routes::group(&code), &Flash::Done(Done::Saved))),
        Err(error) => refuse_member(&form, &code, error).await,
    }
}

async fn refuse_member(form: &ProtectedForm, code: &str, error: AppError) -> Result<HttpResponse, SiteError> {
    let refusal = parts::refusal(form, error, &[("members", "email")])?;
    draw(&form.who, code, Some(&refusal)).await
}
