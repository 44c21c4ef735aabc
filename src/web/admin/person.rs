//! One person: facts, roles, memberships, password.

use super::parts;
use crate::app::opaque;
use crate::app::people::{PersonPatch, PersonView};
use crate::app::tickets::Patch;
use crate::domain::access::{Permission, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::people::{Directory, UserStatus};
use crate::i18n::Texts;
use crate::web::components::Cell;
use crate::web::form::FormState;
use crate::web::pages::Failure;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, Visitor, get, see_other_saying,
};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::Body;
use crate::web::{routes, tags};
use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(routes::PERSON).route(get().to(show)).route(web::post().to(change)));
}

async fn show(who: SignedIn, id: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PeopleManage)?;
    let person = who.app().person(&who.cx(), &id).await?;
    draw(&who, &person, None).await
}

/// Carries out the part of the page that was sent.
async fn change(form: ProtectedForm, id: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PeopleManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let person = app.person(&cx, &id).await?;
    let directory = app.directory().await?;
    let patch = patch(&form, &person, &directory)?;
    match app.update_person(&cx, &id, form.version(), &patch).await {
        Ok(_) => Ok(see_other_saying(&routes::person(&id), &Flash::Done(Done::Saved))),
        Err(error) => {
            let names = [("roles", "role"), ("organisations", "organisation"), ("status", "active")];
            let refusal = parts::refusal(&form, error, &names)?;
            draw(&form.who, &person, Some(&refusal)).await
        }
    }
}

fn patch(form: &ProtectedForm, person: &PersonView, directory: &Directory) -> Result<PersonPatch, SiteError> {
    let value = |name: &str| Patch::Value(form.value(name).to_owned());
    let mut roles = roles(person, directory);
    let mut organisations = organisations(person, directory);
    let removed = form.value("id");
    Ok(match form.value("part") {
        "person" => PersonPatch {
            name: value("name"),
            email: value("email"),
            phone: form.given("phone").map_or(Patch::Null, Patch::Value),
            status: parts::is_yes(form, "active").map_or(Patch::Absent, |is_active| {
                let status = if is_active { UserStatus::Active } else { UserStatus::Disabled };
                Patch::Value(status.as_text().to_owned())
            }),
            ..PersonPatch::default()
        },
        "addRole" => {
            roles.push((form.value("role").to_owned(), form.given("organisation")));
            PersonPatch { roles: Patch::Value(roles), ..PersonPatch::default() }
        }
        "removeRole" => {
            roles.retain(|(role, organisation)| grant_id(role, organisation.as_deref()) != removed);
            PersonPatch { roles: Patch::Value(roles), ..PersonPatch::default() }
        }
        "addMembership" => {
            organisations.push(form.value("organisation").to_owned());
            PersonPatch { organisations: Patch::Value(organisations), ..PersonPatch::default() }
        }
        "removeMembership" => {
            organisations.retain(|code| code != removed);
            PersonPatch { organisations: Patch::Value(organisations), ..PersonPatch::default() }
        }
        "password" => PersonPatch { password: value("password"), ..PersonPatch::default() },
        _ => return Err(Failure::Malformed.into()),
    })
}

fn code_of(directory: &Directory, id: OrganisationId) -> Option<String> {
    directory.organisation(id).map(|organisation| organisation.code.clone())
}

/// The roles held, as they are sent.
fn roles(person: &PersonView, directory: &Directory) -> Vec<(String, Option<String>)> {
    person
        .roles
        .iter()
        .map(|(role, at)| (role.as_text().to_owned(), at.and_then(|id| code_of(directory, id))))
        .collect()
}

/// The organisations belonged to, as they are sent.
fn organisations(person: &PersonView, directory: &Directory) -> Vec<String> {
    person.organisations.iter().filter_map(|id| code_of(directory, *id)).collect()
}

/// Tells the roles of a person apart in their table.
fn grant_id(role: &str, organisation: Option<&str>) -> String {
    match organisation {
        None => role.to_owned(),
        Some(code) => format!("{role}.{code}"),
    }
}

async fn draw(
    visitor: &Visitor,
    person: &PersonView,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let directory = visitor.app().directory().await?;
    let id = opaque::encode(person.id.get());
    let choices = parts::organisation_choices(&directory);
    let of_part = |part: &str| parts::state_of(refusal, part);
    let facts = of_part("person").unwrap_or_else(|| facts(person));
    let empty = |part: &str| of_part(part).unwrap_or_default();
    let sections = vec![
        parts::section("", Body::Form(forms::person(t, &facts, &id, person.version))),
        parts::section(t.t("person-roles"), Body::Table(roles_table(t, person, &directory, &id))),
        parts::section(
            t.t("person-role-add"),
            Body::Form(forms::add_role(t, &empty("addRole"), &id, choices.clone())),
        ),
        parts::section(t.t("person-memberships"), Body::Table(memberships_table(t, person, &directory, &id))),
        parts::section(
            t.t("person-membership-add"),
            Body::Form(forms::add_membership(t, &empty("addMembership"), &id, choices)),
        ),
        parts::section(
            t.t("person-password-set"),
            Body::Form(forms::set_password(t, &empty("password"), &id)),
        ),
    ];
    let page = parts::page_below(visitor, &person.name, (routes::PEOPLE, t.t("admin-people")));
    parts::record_page(page, sections, refusal)
}

fn facts(person: &PersonView) -> FormState {
    FormState::of([
        ("name", person.name.as_str()),
        ("email", person.email.as_str()),
        ("phone", person.phone.as_deref().unwrap_or_default()),
        ("active", parts::yes_or_no(person.status == UserStatus::Active)),
    ])
}

fn roles_table(
    t: &Texts,
    person: &PersonView,
    directory: &Directory,
    id: &str,
) -> crate::web::components::Table {
    let held: Vec<Role> = person.roles.iter().map(|(role, _)| *role).collect();
    let rows = person
        .roles
        .iter()
        .map(|(role, at)| {
            let organisation = at.and_then(|at| directory.organisation(at));
            let place = organisation.map_or_else(
                || t.t("choice-everywhere").to_owned(),
                |organisation| parts::full_name(directory, organisation),
            );
            let grant = grant_id(role.as_text(), organisation.map(|organisation| organisation.code.as_str()));
            // Whoever works or manages files tickets too; that role goes with the others.
            let is_given_along = *role == Role::Requester
                && (held.len() == 1 || held.iter().any(|other| other != role && other.also_requester()));
            let action = if is_given_along {
                Cell::text("")
            } else {
                Cell::Action(forms::remove(t, routes::person(id), "removeRole", &grant))
            };
            vec![Cell::text(tags::role_label(t, role.as_text())), Cell::text(place), action]
        })
        .collect();
    parts::table(
        t.t("person-roles"),
        &[t.t("field-role"), t.t("field-role-where"), t.t("admin-column-action")],
        rows,
        t.t("person-roles-none"),
    )
}

fn memberships_table(
    t: &Texts,
    person: &PersonView,
    directory: &Directory,
    id: &str,
) -> crate::web::components::Table {
    let rows = person
        .organisations
        .iter()
        .filter_map(|at| directory.organisation(*at))
        .map(|organisation| {
            let remove = forms::remove(t, routes::person(id), "removeMembership", &organisation.code);
            vec![Cell::text(parts::full_name(directory, organisation)), Cell::Action(remove)]
        })
        .collect();
    parts::table(
        t.t("person-memberships"),
        &[t.t("field-organisation"), t.t("admin-column-action")],
        rows,
        t.t("person-memberships-none"),
    )
}
