//! Agreements: the list, one with its versions, and changing or ending one after having looked.

use super::agreement_form::{self, Options};
use super::agreement_view::Held;
use super::{calendars, history, version_table};
use crate::app::policies::{
    AgreementDraft, AgreementWritten, Amendment, Document, NewDocument, TriedAgreement, VersionState,
};
use crate::app::{AppError, Ctx};
use crate::domain::access::Permission;
use crate::domain::policies::DESK_CALENDAR;
use crate::domain::sla::agreement::AgreementKind;
use crate::web::admin::parts;
use crate::web::components::{Cell, Fact, Pager};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::page::{Banner, BannerKind, Link};
use crate::web::pages::Failure;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, html, see_other_saying,
};
use crate::web::workspace::admin_view::{AdminListPage, Body, RecordSection};
use crate::web::{policy_words, routes};
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::AGREEMENTS).route(get().to(list)))
        .service(web::resource(routes::NEW_AGREEMENT).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::AGREEMENT_CHANGE).route(get().to(edit)).route(web::post().to(change)))
        .service(web::resource(routes::AGREEMENT).route(get().to(show)).route(web::post().to(act)));
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let t = who.texts();
    let mut documents: Vec<Document<AgreementWritten>> = who.app().policy_documents(&who.cx()).await?;
    // Those with customers first, then those of groups, then those of suppliers.
    documents.sort_by_key(|document| {
        let kind = document.content().and_then(|terms| AgreementKind::from_text(&terms.kind));
        AgreementKind::ALL.iter().position(|known| Some(*known) == kind)
    });
    let held = Held::of(&who).await?;
    let words = held.words(t);
    let rows = documents
        .iter()
        .map(|document| {
            let shown = history::shown(&document.versions, None);
            let terms = shown.and_then(|version| version.content.as_ref()).or_else(|| document.content());
            vec![
                Cell::link(routes::agreement(&document.code), &document.name),
                Cell::text(terms.map_or("", |terms| words.kind(&terms.kind))),
                Cell::text(terms.map(|terms| words.coverage(&terms.conditions)).unwrap_or_default()),
                Cell::text(terms.map(|terms| words.targets(&terms.promises)).unwrap_or_default()),
                Cell::text(shown.map(|version| held.moments.date(version.valid_from)).unwrap_or_default()),
                Cell::text(state(&who, document)),
            ]
        })
        .collect();
    let title = t.t("policies-agreements");
    let columns = [
        t.t("field-name"),
        t.t("agreement-kind"),
        t.t("agreement-which"),
        t.t("agreement-promises"),
        t.t("policy-valid-from"),
        t.t("field-status"),
    ];
    let table = parts::table(title, &columns, rows, t.t("catalogue-none"));
    let add =
        who.may(Permission::PolicyManage).then(|| Link::new(routes::NEW_AGREEMENT, t.t("agreement-add")));
    let page = calendars::page(&who, title, Some((routes::POLICIES, t.t("admin-policies"))));
    let lead = Some(t.t("policies-agreements-lead").to_owned());
    html(&AdminListPage { page, lead, add, search: None, table, pager: Pager::default() })
}

/// Where it stands in time, and whether something is to come.
fn state(who: &SignedIn, document: &Document<AgreementWritten>) -> String {
    let t = who.texts();
    let now = match document.current() {
        Some(version) if version.content.is_none() => t.t("agreement-ended"),
        Some(_) => policy_words::version_state(t, VersionState::Current),
        None => return policy_words::version_state(t, VersionState::Coming).to_owned(),
    };
    match history::coming(&document.versions) {
        Some(date) => t.tr(
            "agreement-changes-on",
            &[("state", crate::i18n::Arg::Text(now)), ("date", crate::i18n::Arg::Text(&date))],
        ),
        None => now.to_owned(),
    }
}

/// What is asked of an agreement's page.
#[derive(Debug, Default, serde::Deserialize)]
struct Asked {
    version: Option<String>,
}

async fn show(who: SignedIn, code: Path<String>, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    draw_one(&who, &code, asked.version.as_deref(), None).await
}

async fn draw_one(
    who: &SignedIn,
    code: &str,
    asked: Option<&str>,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let agreement: Document<AgreementWritten> = who.app().policy_document(&who.cx(), code).await?;
    let shown = history::shown(&agreement.versions, asked).ok_or(AppError::NotFound)?;
    let may_change = who.may(Permission::PolicyManage);
    let address = routes::agreement(code);
    let head = vec![Fact::text(t.t("field-status"), state(who, &agreement))];
    let held = Held::of(who).await?;
    let words = held.words(t);
    let terms = match &shown.content {
        Some(terms) => words.facts(terms),
        None => vec![Fact::text(t.t("agreement-promises"), t.t("agreement-ended"))],
    };
    let table = history::table(who, &agreement.versions, &address, |_, version| match &version.content {
        Some(terms) => words.targets(&terms.promises),
        None => t.t("agreement-ended").to_owned(),
    });
    let from = who.moments().date_time(shown.valid_from);
    let mut sections = vec![parts::section("", Body::Facts(head))];
    if may_change {
        let change = Link::new(routes::agreement_change(code), t.t("calendar-change"));
        sections.push(parts::section("", Body::Links(vec![change])));
    }
    sections.extend([
        parts::section(&t.t1("agreement-says", "from", from), Body::Facts(terms)),
        parts::section(t.t("policy-versions"), Body::Table(table)),
    ]);
    // Of one that has ended or changes later there is nothing to end.
    let can_end = agreement
        .versions
        .first()
        .is_some_and(|last| last.content.is_some() && last.state == VersionState::Current);
    if may_change && can_end {
        let state = refusal.map(|refusal| refusal.state.clone()).unwrap_or_default();
        sections.push(parts::section(t.t("agreement-end"), Body::Form(end_form(who, code, &state))));
    }
    let page = calendars::page(who, &agreement.name, Some((routes::AGREEMENTS, t.t("policies-agreements"))));
    parts::record_page(page, sections, refusal)
}

fn end_form(who: &SignedIn, code: &str, state: &FormState) -> Form {
    let t = who.texts();
    Form::new("end", routes::agreement(code), "")
        .fields(vec![
            Field::hidden("part", "end"),
            Field::typed(state, "validFrom", t.t("agreement-ends"), "date")
                .hint(t.t("agreement-ends-hint"))
                .optional(),
            Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
        ])
        .submits(vec![Submit::danger(t.t("agreement-end"))])
        .apart()
}

/// Ends the agreement, or takes back a version to come.
async fn act(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    if form.value("part") == "end" {
        return match app.withdraw_agreement(&cx, &code, &amendment(&form)).await {
            Ok(_) => Ok(see_other_saying(&routes::agreement(&code), &Flash::Done(Done::Saved))),
            Err(error) => {
                let refusal = parts::refusal(&form, error, &[])?;
                draw_one(&form.who, &code, None, Some(&refusal)).await
            }
        };
    }
    match app.take_back_policy_version::<AgreementWritten>(&cx, &code, form.value("id")).await {
        Ok(()) => Ok(see_other_saying(&routes::agreement(&code), &Flash::Done(Done::Saved))),
        // It has begun since the page was shown.
        Err(AppError::Invalid(_)) => Err(Failure::Conflict.into()),
        Err(error) => Err(error.into()),
    }
}

fn amendment(form: &ProtectedForm) -> Amendment {
    Amendment {
        valid_from: form.given("validFrom"),
        note: form.value("note").to_owned(),
        based_on: form.given("basedOn"),
    }
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    // Most are for customers and count by the desk's opening hours.
    let terms = AgreementWritten {
        kind: AgreementKind::Sla.as_text().to_owned(),
        calendar: DESK_CALENDAR.to_owned(),
        ..AgreementWritten::default()
    };
    draw(&who, None, &agreement_form::filled(&terms, "", ""), None, None).await
}

async fn edit(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let agreement: Document<AgreementWritten> = who.app().policy_document(&who.cx(), &code).await?;
    let terms = agreement.content().ok_or(AppError::NotFound)?;
    let state = agreement_form::filled(
        terms,
        &version_table::suggested(agreement.coming()),
        &agreement.last_written(),
    );
    draw(&who, Some((&code, &agreement.name)), &state, None, None).await
}

/// The form, once it has been looked at with what it would do.
async fn draw(
    who: &SignedIn,
    known: Option<(&str, &str)>,
    state: &FormState,
    refusal: Option<&Refusal>,
    tried: Option<&TriedAgreement>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let mut sections: Vec<RecordSection> = Vec::new();
    let held = Held::of(who).await?;
    if let Some(tried) = tried {
        let words = held.words(t);
        sections.push(parts::section(t.t("agreement-preview"), Body::Table(words.due(tried))));
        sections.push(parts::section(t.t("agreement-wins"), Body::Table(words.contest(tried))));
    }
    let options = Options::of(t, &held.directory, &held.policies, held.now);
    let form = agreement_form::form(t, state, known.map(|(code, _)| code), &options, tried.is_some());
    sections.push(parts::section(t.t("agreement-terms"), Body::Form(form)));
    let mut page = match known {
        Some((code, name)) => {
            parts::page_below(who, t.t1("calendar-change-of", "name", name), (&routes::agreement(code), name))
        }
        None => {
            parts::page_below(who, t.t("agreement-add"), (routes::AGREEMENTS, t.t("policies-agreements")))
        }
    };
    if tried.is_some() {
        page.banner = Some(Banner::new(BannerKind::Info, t.t("agreement-preview-shown")));
    }
    parts::record_page(page, sections, refusal)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let terms = agreement_form::read(&form.state);
    if form.value("step") != "activate" {
        return looked_at(form, &cx, None, terms).await;
    }
    let new = NewDocument { code: None, name: form.value("name").to_owned(), amendment: amendment(&form) };
    match app.create_policy(&cx, &new, &terms).await {
        Ok(code) => Ok(see_other_saying(&routes::agreement(&code), &Flash::Done(Done::Added))),
        Err(error) => refused(form, None, error, &terms).await,
    }
}

async fn change(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let terms = agreement_form::read(&form.state);
    let agreement: Document<AgreementWritten> = app.policy_document(&cx, &code).await?;
    let known = Some((code.as_str(), agreement.name.as_str()));
    if form.value("step") != "activate" {
        return looked_at(form, &cx, known, terms).await;
    }
    match app.add_policy_version(&cx, &code, &amendment(&form), &terms).await {
        Ok(_) => Ok(see_other_saying(&routes::agreement(&code), &Flash::Done(Done::Saved))),
        Err(error) => refused(form, known, error, &terms).await,
    }
}

/// What was typed comes back with what it would do, or with what is wrong with it. Nothing is stored.
async fn looked_at(
    form: ProtectedForm,
    cx: &Ctx,
    known: Option<(&str, &str)>,
    terms: AgreementWritten,
) -> Result<HttpResponse, SiteError> {
    let draft = AgreementDraft {
        code: known.map(|(code, _)| code.to_owned()),
        name: form.value("name").to_owned(),
        amendment: amendment(&form),
        terms,
        ticket: agreement_form::read_sample(&form.state),
    };
    match form.who.app().try_agreement(cx, &draft).await {
        Ok(tried) => draw(&form.who, known, &form.state, None, Some(&tried)).await,
        Err(error) => refused(form, known, error, &draft.terms).await,
    }
}

async fn refused(
    mut form: ProtectedForm,
    known: Option<(&str, &str)>,
    error: AppError,
    terms: &AgreementWritten,
) -> Result<HttpResponse, SiteError> {
    let t = form.who.texts();
    for name in agreement_form::not_numbers(&form.state) {
        form.state.refuse(name, t.t("agreement-not-a-number"));
    }
    let refusal = parts::refusal(&form, agreement_form::at_fields(error, terms), &[])?;
    draw(&form.who, known, &refusal.state, Some(&refusal), None).await
}
