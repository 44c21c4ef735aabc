//! Calendars: the list, one with its versions and a year of it, and changing one after having looked.

use super::calendar_form::Typed;
use super::{calendar_form, calendar_view, version_table};
use crate::app::policies::{Amendment, Document, NewDocument, Version, VersionState, earliest_change};
use crate::app::{AppError, Ctx};
use crate::domain::access::Permission;
use crate::domain::sla::{CalendarRules, CalendarSpec, PreviewDay, stockholm};
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::components::{Cell, Moment, Table};
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Link, Page, Section};
use crate::web::pages::Failure;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, html, see_other_saying,
};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::{AdminPage, Body, Place, RecordSection};
use crate::web::{policy_words, routes};
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::POLICIES).route(get().to(overview)))
        .service(web::resource(routes::CALENDARS).route(get().to(list)))
        .service(web::resource(routes::NEW_CALENDAR).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::CALENDAR_CHANGE).route(get().to(edit)).route(web::post().to(change)))
        .service(web::resource(routes::CALENDAR).route(get().to(show)).route(web::post().to(take_back)));
}

/// What there is to decide.
async fn overview(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let place = |href, label, about: &str| Place { link: Link::new(href, label), about: about.to_owned() };
    let places = vec![
        place(routes::CALENDARS, t.t("policies-calendars"), t.t("policies-calendars-about")),
        place(routes::RULES, t.t("policies-rules"), t.t("policies-rules-about")),
        place(routes::PRIORITY_LIST, t.t("policies-priority-list"), t.t("policies-priority-list-about")),
        place(routes::AGREEMENTS, t.t("policies-agreements"), t.t("policies-agreements-about")),
        place(
            routes::RESPONSIBILITIES,
            t.t("policies-responsibilities"),
            t.t("policies-responsibilities-about"),
        ),
    ];
    let page = page(&who, t.t("admin-policies"), None);
    html(&AdminPage { page, places })
}

/// The surroundings; those who only read have no administration to go back to.
pub(super) fn page(who: &SignedIn, title: &str, below: Option<(&str, &str)>) -> Page {
    match below {
        Some(list) => parts::page_below(who, title, list),
        None if who.may(Permission::PolicyManage) => parts::page(who, title),
        None => who.page(title, Section::Admin),
    }
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let documents: Vec<Document<CalendarSpec>> = who.app().policy_documents(&who.cx()).await?;
    let rows = documents
        .iter()
        .map(|calendar| {
            let coming = calendar.versions.iter().any(|version| version.state == VersionState::Coming);
            vec![
                Cell::link(routes::calendar(&calendar.code), &calendar.name),
                Cell::text(&calendar.code),
                Cell::text(if coming { t.t("version-coming") } else { t.t("calendar-no-days") }),
            ]
        })
        .collect();
    let title = t.t("policies-calendars");
    let columns = [t.t("field-name"), t.t("policy-code"), t.t("policy-changes")];
    let table = parts::table(title, &columns, rows, t.t("catalogue-none"));
    let add = who.may(Permission::PolicyManage).then(|| Link::new(routes::NEW_CALENDAR, t.t("calendar-add")));
    let page = page(&who, title, Some((routes::POLICIES, t.t("admin-policies"))));
    html(&crate::web::workspace::admin_view::AdminListPage {
        page,
        lead: None,
        add,
        search: None,
        table,
        pager: crate::web::components::Pager::default(),
    })
}

/// What is asked of a calendar's page.
#[derive(Debug, Default, serde::Deserialize)]
struct Asked {
    year: Option<i16>,
}

fn present_year(who: &SignedIn) -> i16 {
    who.app().now().to_timestamp().to_zoned(stockholm().clone()).year()
}

async fn show(who: SignedIn, code: Path<String>, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let calendar: Document<CalendarSpec> = who.app().policy_document(&who.cx(), &code).await?;
    let year = asked.year.unwrap_or_else(|| present_year(&who)).clamp(1900, 2200);
    let days = who.app().calendar_year(&who.cx(), &code, year).await?;
    let may_change = who.may(Permission::PolicyManage);
    let current = calendar.current().and_then(|version| version.content.as_ref());
    let facts = current.map(|spec| calendar_view::facts(t, spec)).unwrap_or_default();
    let other = |year: i16| {
        let label = year.to_string();
        Link::new(routes::with_query(&routes::calendar(&code), &[("year", &label)]), label)
    };
    let mut sections = vec![parts::section("", Body::Facts(facts))];
    if may_change {
        let change = Link::new(routes::calendar_change(&code), t.t("calendar-change"));
        sections.push(parts::section("", Body::Links(vec![change])));
    }
    sections.extend([
        parts::section(t.t("policy-versions"), Body::Table(history(&who, &calendar, may_change))),
        parts::section(
            &t.t1("calendar-year", "year", year.to_string()),
            Body::Table(calendar_view::year(t, year, &days)),
        ),
        parts::section(t.t("calendar-other-year"), Body::Links(vec![other(year - 1), other(year + 1)])),
    ]);
    let page = page(&who, &calendar.name, Some((routes::CALENDARS, t.t("policies-calendars"))));
    parts::record_page(page, sections, None)
}

fn history(who: &SignedIn, calendar: &Document<CalendarSpec>, may_change: bool) -> Table {
    let t = who.texts();
    let moments = who.moments();
    let row = |version: &Version<CalendarSpec>| {
        let mut cells = vec![
            // The delivered calendar holds for tickets of any age; no one asked for 1970.
            match version.valid_from.micros() {
                0 => Cell::text(t.t("policy-from-the-beginning")),
                _ => Cell::Moment(Moment::new(&moments, version.valid_from)),
            },
            Cell::text(policy_words::version_state(t, version.state)),
            Cell::text(&version.note),
            Cell::text(version.created_by.as_ref().map_or("–", |person| person.name.as_str())),
        ];
        if may_change {
            cells.push(if version.state == VersionState::Coming {
                Cell::Action(forms::remove(t, routes::calendar(&calendar.code), "takeBack", &version.id))
            } else {
                Cell::text("")
            });
        }
        cells
    };
    let mut columns =
        vec![t.t("policy-valid-from"), t.t("field-status"), t.t("policy-note"), t.t("policy-written-by")];
    if may_change {
        columns.push(t.t("admin-column-action"));
    }
    let rows = calendar.versions.iter().map(row).collect();
    parts::table(t.t("policy-versions"), &columns, rows, t.t("catalogue-none"))
}

async fn take_back(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let id = form.value("id");
    match form.who.app().take_back_policy_version::<CalendarSpec>(&form.cx(), &code, id).await {
        Ok(()) => Ok(see_other_saying(&routes::calendar(&code), &Flash::Done(Done::Saved))),
        // It has begun since the page was shown.
        Err(AppError::Invalid(_)) => Err(Failure::Conflict.into()),
        Err(error) => Err(error.into()),
    }
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let spec = CalendarSpec::from(&CalendarRules::servicedesk());
    let state = calendar_form::filled(who.texts(), &spec, "", "");
    draw(&who, None, &state, None, None)
}

async fn edit(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let calendar: Document<CalendarSpec> = who.app().policy_document(&who.cx(), &code).await?;
    let spec = calendar.content().ok_or(AppError::NotFound)?;
    let earliest = earliest_change(who.app().now(), &calendar);
    let state = calendar_form::filled(who.texts(), spec, &earliest, &calendar.last_written());
    draw(&who, Some((&code, &calendar.name)), &state, None, None)
}

/// The form, once it has been looked at with the year that it makes.
fn draw(
    who: &SignedIn,
    known: Option<(&str, &str)>,
    state: &FormState,
    refusal: Option<&Refusal>,
    preview: Option<(i16, &[PreviewDay])>,
) -> Result<HttpResponse, SiteError> {
    let t: &Texts = who.texts();
    let mut sections: Vec<RecordSection> = Vec::new();
    if let Some((year, days)) = preview {
        sections.push(parts::section(
            &t.t1("calendar-year", "year", year.to_string()),
            Body::Table(calendar_view::year(t, year, days)),
        ));
    }
    let form = calendar_form::form(t, state, known.map(|(code, _)| code), preview.is_some());
    let heading = if preview.is_some() { t.t("calendar-rules") } else { "" };
    sections.push(parts::section(heading, Body::Form(form)));
    let mut page = match known {
        Some((code, name)) => {
            parts::page_below(who, t.t1("calendar-change-of", "name", name), (&routes::calendar(code), name))
        }
        None => {
            let list = (routes::CALENDARS, t.t("policies-calendars"));
            parts::page_below(who, t.t("calendar-add"), list)
        }
    };
    if preview.is_some() {
        page.banner = Some(Banner::new(BannerKind::Info, t.t("policy-preview-shown")));
    }
    parts::record_page(page, sections, refusal)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (spec, typed) = calendar_form::read(form.who.texts(), &form.state);
    let (app, cx) = (form.who.app(), form.cx());
    if form.value("step") != "activate" {
        return looked_at(&form, &cx, None, &spec, &typed).await;
    }
    let amendment = Amendment { note: form.value("note").to_owned(), ..Amendment::default() };
    let new = NewDocument { code: None, name: form.value("name").to_owned(), amendment };
    match app.create_policy(&cx, &new, &spec).await {
        Ok(_) => Ok(see_other_saying(routes::CALENDARS, &Flash::Done(Done::Added))),
        Err(error) => refused(&form, None, error, &typed),
    }
}

async fn change(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (spec, typed) = calendar_form::read(form.who.texts(), &form.state);
    let (app, cx) = (form.who.app(), form.cx());
    let calendar: Document<CalendarSpec> = app.policy_document(&cx, &code).await?;
    let known = Some((code.as_str(), calendar.name.as_str()));
    if form.value("step") != "activate" {
        return looked_at(&form, &cx, known, &spec, &typed).await;
    }
    match app.add_policy_version(&cx, &code, &amendment(&form), &spec).await {
        Ok(_) => Ok(see_other_saying(&routes::calendar(&code), &Flash::Done(Done::Saved))),
        Err(error) => refused(&form, known, error, &typed),
    }
}

fn amendment(form: &ProtectedForm) -> Amendment {
    Amendment {
        valid_from: form.given("validFrom"),
        note: form.value("note").to_owned(),
        based_on: form.given("basedOn"),
    }
}

/// What was typed comes back with the year it makes, or with what is wrong with it. Nothing is stored.
async fn looked_at(
    form: &ProtectedForm,
    cx: &Ctx,
    known: Option<(&str, &str)>,
    spec: &CalendarSpec,
    typed: &Typed,
) -> Result<HttpResponse, SiteError> {
    let code = known.map(|(code, _)| code);
    match form.who.app().preview_calendar(cx, code, &amendment(form), spec).await {
        Ok((year, days)) => draw(&form.who, known, &form.state, None, Some((year, &days))),
        Err(error) => refused(form, known, error, typed),
    }
}

fn refused(
    form: &ProtectedForm,
    known: Option<(&str, &str)>,
    error: AppError,
    typed: &Typed,
) -> Result<HttpResponse, SiteError> {
    let t = form.who.texts();
    let refusal = version_table::refusal(t, &form.state, error, |error| typed.told(t, error))?;
    draw(&form.who, known, &refusal.state, Some(&refusal), None)
}
