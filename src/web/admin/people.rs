//! People: the list, and adding one.

use super::parts;
use crate::app::opaque;
use crate::app::people::{NewPerson, PersonView};
use crate::domain::access::{Permission, Role};
use crate::domain::people::UserStatus;
use crate::i18n::Texts;
use crate::web::components::{Cell, Pager};
use crate::web::form::{Field, FormState};
use crate::web::page::Link;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, Visitor, get, html, see_other_saying,
};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::AdminListPage;
use crate::web::{routes, tags};
use actix_web::HttpResponse;
use actix_web::web::{self, Query, ServiceConfig};

const PAGE_SIZE: i64 = 50;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::PEOPLE).route(get().to(list)))
        .service(web::resource(routes::NEW_PERSON).route(get().to(new)).route(web::post().to(create)));
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct ListQuery {
    q: String,
    cursor: String,
}

async fn list(who: SignedIn, query: Query<ListQuery>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PeopleManage)?;
    let t = who.texts();
    let ListQuery { q, cursor } = query.into_inner();
    let found = who.app().list_people(&who.cx(), &q, Some(&cursor), None, Some(PAGE_SIZE)).await?;
    let state = FormState::of([("q", q.as_str())]);
    let next = |cursor: String| routes::with_query(routes::PEOPLE, &[("q", &q), ("cursor", &cursor)]);
    html(&AdminListPage {
        page: parts::page(&who, t.t("admin-people")),
        lead: None,
        add: Some(Link::new(routes::NEW_PERSON, t.t("person-add"))),
        search: Some((routes::PEOPLE, Field::typed(&state, "q", t.t("person-search"), "search"))),
        table: parts::table(
            t.t("admin-people"),
            &[t.t("field-name"), t.t("field-email"), t.t("field-roles"), t.t("field-active")],
            found.items.iter().map(|person| row(t, person)).collect(),
            t.t("person-none"),
        ),
        pager: Pager {
            first: (!cursor.is_empty()).then(|| routes::with_query(routes::PEOPLE, &[("q", &q)])),
            next: found.next_cursor.map(next),
        },
    })
}

fn row(t: &Texts, person: &PersonView) -> Vec<Cell> {
    let mut roles: Vec<&str> =
        person.roles.iter().map(|(role, _)| tags::role_label(t, role.as_text())).collect();
    roles.dedup();
    vec![
        Cell::link(routes::person(&opaque::encode(person.id.get())), &person.name),
        Cell::text(&person.email),
        Cell::text(roles.join(", ")),
        parts::activity(t, person.status == UserStatus::Active),
    ]
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PeopleManage)?;
    show_new(&who, &FormState::of([("role", Role::Requester.as_text())]), None).await
}

async fn show_new(
    visitor: &Visitor,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let organisations = parts::organisation_choices(visitor.app().directory().await?.as_ref());
    let page = parts::page_below(visitor, t.t("person-add"), (routes::PEOPLE, t.t("admin-people")));
    parts::form_page(page, forms::new_person(t, state, organisations), refusal)
}

/// Roles that hold for one organisation are given for the person's own.
async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PeopleManage)?;
    let organisation = form.given("organisation");
    let roles = form
        .state
        .all("role")
        .map(|role| {
            let is_scoped = Role::from_text(role).is_some_and(Role::is_held_for_one_organisation);
            (role.to_owned(), organisation.clone().filter(|_| is_scoped))
        })
        .collect();
    let new = NewPerson {
        email: form.value("email").to_owned(),
        name: form.value("name").to_owned(),
        phone: form.given("phone"),
        language: None,
        // A password may begin with a space, so it is taken as it is.
        password: Some(form.value("password").to_owned()).filter(|password| !password.is_empty()),
        roles,
        organisations: organisation.into_iter().collect(),
    };
    match form.who.app().create_person(&form.cx(), &new).await {
        Ok(person) => {
            let path = routes::person(&opaque::encode(person.id.get()));
            Ok(see_other_saying(&path, &Flash::Done(Done::Added)))
        }
        Err(error) => {
            let names = [("roles", "role"), ("organisations", "organisation")];
            let refusal = parts::refusal(&form, error, &names)?;
            show_new(&form.who, &refusal.state, Some(&refusal)).await
        }
    }
}
