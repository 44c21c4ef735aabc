//! The responsibility matrix: the whole of it with its versions, and changing a row or a party.

use super::matrix_form::{self, RowKey, RowOptions};
use super::matrix_view::{self, Words};
use super::{calendars, history, matrix_words};
use crate::app::AppError;
use crate::app::policies::{Amendment, Document, MatrixWritten, NamedWritten, ONLY, PartyWritten};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::web::admin::parts;
use crate::web::components::Fact;
use crate::web::form::{Choice, Form, FormState};
use crate::web::page::Link;
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, error_text, get, see_other_saying,
};
use crate::web::workspace::admin_view::Body;
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(
            web::resource(routes::RESPONSIBILITIES).route(get().to(show)).route(web::post().to(take_back)),
        )
        .service(
            web::resource(routes::RESPONSIBILITY_ROW).route(get().to(row)).route(web::post().to(change_row)),
        )
        .configure(matrix_words::configure)
        .service(web::resource(routes::NEW_PARTY).route(get().to(new_party)).route(web::post().to(add_party)))
        .service(web::resource(routes::PARTY).route(get().to(party)).route(web::post().to(change_party)));
}

/// The matrix as it is to be changed.
pub(super) struct Known {
    document: Document<MatrixWritten>,
    pub(super) matrix: MatrixWritten,
}

impl Known {
    pub(super) async fn of(who: &SignedIn) -> Result<Self, SiteError> {
        let document: Document<MatrixWritten> = who.app().policy_document(&who.cx(), ONLY).await?;
        let matrix = document.content().cloned().ok_or(AppError::NotFound)?;
        Ok(Self { document, matrix })
    }

    /// What a form begins with: the day of the version to come, when there is one.
    pub(super) fn begins(&self) -> Vec<(String, String)> {
        let coming = history::coming(&self.document.versions).unwrap_or_default();
        matrix_form::begin(&coming, &self.document.last_written())
    }
}

/// What is asked of the matrix's page.
#[derive(Debug, Default, serde::Deserialize)]
struct Asked {
    version: Option<String>,
}

async fn show(who: SignedIn, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let document: Document<MatrixWritten> = who.app().policy_document(&who.cx(), ONLY).await?;
    let shown = history::shown(&document.versions, asked.version.as_deref()).ok_or(AppError::NotFound)?;
    let matrix = shown.content.as_ref().ok_or(AppError::NotFound)?;
    let directory = who.app().directory().await?;
    let may_change = who.may(Permission::PolicyManage);
    let words = Words { t, directory: &directory, matrix };
    let mut head = vec![Fact::text(t.t("responsibility-from"), who.moments().date_time(shown.valid_from))];
    if let Some(date) = history::coming(&document.versions) {
        head.push(Fact::text(t.t("policy-changes"), t.t1("responsibilities-coming", "date", date)));
    }
    let mut sections = vec![parts::section("", Body::Facts(head))];
    if may_change {
        let links = vec![
            Link::new(routes::RESPONSIBILITY_ROW, t.t("responsibility-row-add")),
            Link::new(routes::NEW_PARTY, t.t("responsibility-party-add")),
            Link::new(routes::RESPONSIBILITY_WORD, t.t("responsibility-word-add")),
        ];
        sections.push(parts::section("", Body::Links(links)));
    }
    sections.extend(words.tables(may_change));
    let parties = Body::Table(words.parties(may_change));
    sections.push(parts::section(t.t("responsibility-parties"), parties));
    let named = Body::Table(matrix_words::table(words, may_change));
    sections.push(parts::section(t.t("responsibility-words"), named));
    let versions = &document.versions;
    let table = history::table(&who, versions, routes::RESPONSIBILITIES, |at, _| {
        matrix_view::changed(t, &directory, versions, at)
    });
    sections.push(parts::section(t.t("policy-versions"), Body::Table(table)));
    let title = t.t("policies-responsibilities");
    let page = calendars::page(&who, title, Some((routes::POLICIES, t.t("admin-policies"))));
    parts::record_page(page, sections, None)
}

async fn take_back(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let id = form.value("id");
    match form.who.app().take_back_policy_version::<MatrixWritten>(&form.cx(), ONLY, id).await {
        Ok(()) => Ok(see_other_saying(routes::RESPONSIBILITIES, &Flash::Done(Done::Saved))),
        // It has begun since the page was shown.
        Err(AppError::Invalid(_)) => Err(Failure::Conflict.into()),
        Err(error) => Err(error.into()),
    }
}

async fn row(who: SignedIn, asked: Query<RowKey>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let known = Known::of(&who).await?;
    let is_new = asked.activity.is_empty();
    if !is_new && asked.of(&known.matrix).next().is_none() {
        return Err(AppError::NotFound.into());
    }
    let state = matrix_form::row_filled(&known.matrix, &asked, known.begins());
    draw_row(&who, &known.matrix, &state, is_new, None).await
}

async fn draw_row(
    who: &SignedIn,
    matrix: &MatrixWritten,
    state: &FormState,
    is_new: bool,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let directory = who.app().directory().await?;
    let words = Words { t, directory: &directory, matrix };
    let title = if is_new {
        t.t("responsibility-row-add").to_owned()
    } else {
        t.t1("responsibility-row-change", "name", words.row_name(&RowKey::read(state)))
    };
    let options = row_options(&directory, words);
    draw(who, &title, t.t("responsibility-row"), matrix_form::row(t, state, &options, is_new), refusal)
}

fn row_options(directory: &Directory, words: Words<'_>) -> RowOptions {
    let named = |list: &[NamedWritten]| -> Vec<Choice> {
        list.iter().map(|one| Choice::new(&one.code, words.said(&one.name))).collect()
    };
    let services = directory.services.iter().filter(|service| service.is_active);
    RowOptions {
        services: services.map(|service| Choice::new(&service.code, &service.name)).collect(),
        support_levels: named(&words.matrix.support_levels),
        activities: named(&words.matrix.activities),
        parties: words
            .matrix
            .parties
            .iter()
            .map(|one| Choice::new(&one.code, words.said(&one.name)))
            .collect(),
    }
}

/// One form on its own page.
pub(super) fn draw(
    who: &SignedIn,
    title: &str,
    heading: &str,
    form: Form,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let list = (routes::RESPONSIBILITIES, who.texts().t("policies-responsibilities"));
    let page = parts::page_below(who, title, list);
    parts::record_page(page, vec![parts::section(heading, Body::Form(form))], refusal)
}

async fn change_row(mut form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let t = form.who.texts();
    let known = Known::of(&form.who).await?;
    let key = RowKey::read(&form.state);
    let is_new = form.value("known").is_empty();
    let written = if form.value("step") == "remove" {
        matrix_form::without_row(&known.matrix, &key)
    } else {
        matrix_form::with_row(&known.matrix, &key, &form.state)
    };
    if is_new && key.of(&known.matrix).next().is_some() {
        form.state.refuse("activity", t.t("responsibility-row-taken"));
    } else if form.value("step") != "remove" && key.of(&written).next().is_none() {
        let directory = form.who.app().directory().await?;
        let name = Words { t, directory: &directory, matrix: &known.matrix }.row_name(&key);
        let error = matrix_form::no_roles(&known.matrix, name);
        form.state.refuse(error.field.as_ref(), error_text(t, "", &error));
    }
    match store(&form, &written).await {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let refusal = parts::refusal(&form, matrix_form::at_row(error, &known.matrix), &[])?;
            draw_row(&form.who, &known.matrix, &refusal.state, is_new, Some(&refusal)).await
        }
    }
}

/// Stores the matrix, unless the form was refused already.
pub(super) async fn store(form: &ProtectedForm, written: &MatrixWritten) -> Result<HttpResponse, AppError> {
    if !form.state.is_accepted() {
        return Err(AppError::Invalid(Vec::new()));
    }
    let amendment = Amendment {
        valid_from: form.given("validFrom"),
        note: form.value("note").to_owned(),
        based_on: form.given("basedOn"),
    };
    form.who.app().write_matrix(&form.cx(), &amendment, written).await?;
    Ok(see_other_saying(routes::RESPONSIBILITIES, &Flash::Done(Done::Saved)))
}

async fn new_party(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let known = Known::of(&who).await?;
    let state = matrix_form::party_filled(&PartyWritten::default(), known.begins());
    draw_party(&who, None, &state, None).await
}

async fn party(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let known = Known::of(&who).await?;
    let party = known.matrix.parties.iter().find(|party| party.code == *code).ok_or(AppError::NotFound)?;
    let state = matrix_form::party_filled(party, known.begins());
    draw_party(&who, Some(&code), &state, None).await
}

async fn draw_party(
    who: &SignedIn,
    code: Option<&str>,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let directory = who.app().directory().await?;
    let groups = directory.groups.iter().filter(|group| group.is_active);
    let groups = groups.map(|group| Choice::new(&group.code, &group.name)).collect();
    let title = match code {
        Some(_) => t.t1("responsibility-row-change", "name", state.value("nameSv")),
        None => t.t("responsibility-party-add").to_owned(),
    };
    draw(who, &title, t.t("responsibility-party"), matrix_form::party(t, state, code, groups), refusal)
}

async fn add_party(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    put_party(form, None).await
}

async fn change_party(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    put_party(form, Some(&code)).await
}

async fn put_party(form: ProtectedForm, code: Option<&str>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let known = Known::of(&form.who).await?;
    if code.is_some_and(|code| !known.matrix.parties.iter().any(|party| party.code == code)) {
        return Err(AppError::NotFound.into());
    }
    let written = matrix_form::with_party(&known.matrix, code, &form.state);
    match store(&form, &written).await {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let refusal = parts::refusal(&form, matrix_form::at_name(error), &[])?;
            draw_party(&form.who, code, &refusal.state, Some(&refusal)).await
        }
    }
}
