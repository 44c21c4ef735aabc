//! One mailbox: how it is, trying it, switching it on and off, changing and removing it; and adding one.

use super::super::parts;
use super::mailbox_form as form;
use crate::app::mail::{MailboxTest, MailboxView, NewMailbox};
use crate::app::{AppError, FieldErrors};
use crate::domain::access::Permission;
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Fact, Moment, Table};
use crate::web::form::{Choice, Form, FormState, Submit};
use crate::web::page::{Banner, BannerKind, Link};
use crate::web::pages::{Failure, WorkspaceFormPage};
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, html, see_other_saying,
};
use crate::web::workspace::admin_view::Body;
use crate::web::{mailbox_words as words, routes};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::NEW_MAILBOX).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::MAILBOX_CHANGE).route(get().to(edit)).route(web::post().to(change)))
        .service(web::resource(routes::MAILBOX).route(get().to(show)).route(web::post().to(act)));
}

async fn show(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    draw(&who, &code, None, None).await
}

/// The mailbox's page, with how a test went.
async fn draw(
    who: &SignedIn,
    code: &str,
    test: Option<&MailboxTest>,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let view = who.app().mailbox(&who.cx(), code).await?;
    let desks = who.app().directory().await?;
    let desk = desks.desk_by_code(&view.desk).map_or("–", |desk| desk.name.as_str());
    let change = Link::new(routes::mailbox_change(&view.code), t.t("mailbox-change"));
    let mut sections = vec![
        parts::section("", Body::Facts(facts(who, &view, desk))),
        parts::section("", Body::Links(vec![change])),
    ];
    if let Some(test) = test {
        sections.push(parts::section(t.t("mailbox-tested"), Body::Table(test_table(t, test))));
    }
    sections.push(parts::section("", Body::Form(actions(t, &view))));
    let page = parts::page_below(who, &view.name, (routes::MAIL_SETTINGS, t.t("admin-mail")));
    match test {
        Some(test) => parts::told_page(page, sections, outcome(t, test)),
        None => parts::record_page(page, sections, refusal),
    }
}

/// What there is to know of a mailbox, the worst first.
fn facts(who: &SignedIn, view: &MailboxView, desk: &str) -> Vec<Fact> {
    let (t, moments) = (who.texts(), who.moments());
    let at = |at| Cell::Moment(Moment::new(&moments, at));
    let mut facts = vec![Fact::text(t.t("mailbox-state"), words::state(t, &moments, view))];
    if let Some(fault) = view.fault {
        let fails = Fact::text(t.t("mailbox-fails"), words::fault(t, fault));
        facts.push(Fact { note: view.error.clone(), ..fails });
    }
    facts.extend(view.looked_at.map(|looked| Fact::new(t.t("mailbox-looked-at"), at(looked))));
    facts.extend(view.message_at.map(|came| Fact::new(t.t("mailbox-message-at"), at(came))));
    facts.extend(view.token_expires_at.map(|ends| Fact::new(t.t("mailbox-token-ends"), at(ends))));
    facts.push(Fact::text(t.t("mailbox-address"), &view.address));
    facts.push(Fact::text(t.t("mailbox-desk"), desk));
    let spec = &view.spec;
    if spec.is_fetched() {
        let server = format!("{}:{} · {}", spec.host, spec.port, words::security(t, spec.security));
        facts.push(Fact::text(t.t("mailbox-host"), server));
        facts.push(Fact::text(t.t("mailbox-username"), &spec.username));
        facts.push(Fact::text(t.t("mailbox-folder"), &spec.folder));
    } else {
        let how = Fact::text(t.t("mailbox-receive"), words::receive(t, spec.receive));
        facts.push(Fact { note: Some(format!("arende mail ingest --mailbox {}", view.code)), ..how });
    }
    facts
}

/// The steps of a test, and what the server said where one failed.
#[must_use]
pub fn test_table(t: &Texts, test: &MailboxTest) -> Table {
    let rows = test
        .steps
        .iter()
        .map(|step| {
            let (outcome, said) = match &step.failed {
                None => (t.t("mailbox-step-went-well"), "–"),
                Some((fault, said)) => (words::fault(t, *fault), said.as_str()),
            };
            vec![Cell::text(words::step(t, step.step)), Cell::text(outcome), Cell::text(said)]
        })
        .collect();
    let columns = [t.t("mailbox-step"), t.t("mailbox-outcome"), t.t("mailbox-server-says")];
    parts::table(t.t("mailbox-tested"), &columns, rows, t.t("mailbox-nothing-to-test"))
}

fn actions(t: &Texts, view: &MailboxView) -> Form {
    let mut submits = Vec::new();
    if view.spec.is_fetched() {
        submits.push(Submit::primary(t.t("mailbox-test")).sending("action", "test"));
    }
    submits.push(if view.is_active {
        Submit::secondary(t.t("mailbox-switch-off")).sending("action", "off")
    } else {
        Submit::secondary(t.t("mailbox-switch-on")).sending("action", "on")
    });
    submits.push(Submit::secondary(t.t("mailbox-remove")).sending("action", "remove"));
    Form::new("mailbox", routes::mailbox(&view.code), t.t("mailbox-test")).submits(submits)
}

/// "Testa nu", in the list of mailboxes.
pub(super) fn test_now(t: &Texts, code: &str) -> Form {
    Form::new("test", routes::mailbox(code), t.t("mailbox-test"))
        .for_row(code)
        .submits(vec![Submit::secondary(t.t("mailbox-test")).sending("action", "test")])
}

async fn act(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let page = routes::mailbox(&code);
    match form.value("action") {
        "test" => {
            let test = app.test_mailbox(&cx, &code).await?;
            draw(&form.who, &code, Some(&test), None).await
        }
        action @ ("on" | "off") => match app.switch_mailbox(&cx, &code, action == "on").await {
            Ok(()) => Ok(see_other_saying(&page, &Flash::Done(Done::Saved))),
            // Something else is missing as well: the form tells what.
            Err(error @ AppError::Invalid(_)) => {
                let view = app.mailbox(&cx, &code).await?;
                let settings = form::settings(&view);
                let mut state = form::filled(&settings);
                refuse(form.who.texts(), &mut state, &error);
                let refusal = Refusal::of(state);
                draw_form(&form.who, Some(&view), Some(&refusal)).await
            }
            Err(AppError::Stale { .. }) => Err(Failure::Conflict.into()),
            Err(error) => Err(error.into()),
        },
        "remove" => ask_about_removing(&form.who, &app.mailbox(&cx, &code).await?),
        "removeSurely" => match app.remove_mailbox(&cx, &code).await {
            Ok(()) => Ok(see_other_saying(routes::MAIL_SETTINGS, &Flash::Done(Done::Saved))),
            Err(AppError::Exists) => {
                let banner = Banner::new(BannerKind::Danger, form.who.texts().t("mailbox-in-use"));
                let status = StatusCode::CONFLICT;
                let refusal = Refusal { state: FormState::default(), banner: Some(banner), status };
                draw(&form.who, &code, None, Some(&refusal)).await
            }
            Err(error) => Err(error.into()),
        },
        _ => Err(Failure::Malformed.into()),
    }
}

/// What can't be undone is asked about first.
fn ask_about_removing(who: &SignedIn, view: &MailboxView) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let above = routes::mailbox(&view.code);
    let form = Form::new("remove", above.clone(), t.t("mailbox-remove-do"))
        .submits(vec![Submit::danger(t.t("mailbox-remove-do")).sending("action", "removeSurely")])
        .cancel(Link::new(above.as_str(), t.t("form-cancel")));
    html(&WorkspaceFormPage {
        page: parts::page_below(who, t.t("mailbox-remove-do"), (&above, &view.name)),
        lead: Some(t.t1("mailbox-remove-sure", "name", &view.name)),
        form,
    })
}

/// How a test went: which step failed, and what can be done about it.
#[must_use]
pub fn outcome(t: &Texts, test: &MailboxTest) -> Banner {
    let failed =
        test.steps.iter().find_map(|step| step.failed.as_ref().map(|(fault, _)| (step.step, *fault)));
    match (failed, test.messages) {
        (Some((step, fault)), _) => {
            let step = words::failed_step(t, step);
            let fault = words::fault(t, fault);
            let told = [("step", Arg::Text(step)), ("fault", Arg::Text(fault))];
            Banner::new(BannerKind::Danger, t.tr("mailbox-test-failed", &told))
        }
        (None, Some(messages)) => {
            Banner::new(BannerKind::Success, t.t1("mailbox-test-passed", "count", i64::from(messages)))
        }
        (None, None) => Banner::new(BannerKind::Info, t.t("mailbox-nothing-to-test")),
    }
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    draw_form(&who, None, None).await
}

async fn edit(who: SignedIn, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let view = who.app().mailbox(&who.cx(), &code).await?;
    draw_form(&who, Some(&view), None).await
}

async fn draw_form(
    who: &SignedIn,
    known: Option<&MailboxView>,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let directory = who.app().directory().await?;
    let options = form::Options {
        desks: directory.desks.iter().map(|desk| Choice::new(&desk.code, &desk.name)).collect(),
        organisations: parts::organisation_choices(&directory),
    };
    let state = match (refusal, known) {
        (Some(refusal), _) => refusal.state.clone(),
        (None, Some(view)) => form::filled(&form::settings(view)),
        (None, None) => form::empty(),
    };
    // What is refused is sent again for the version that was looked at, not for a later one.
    let seen = |view: &MailboxView| state.value("version").parse().unwrap_or(view.version);
    let drawn = form::form(t, &state, known.map(|view| (view.code.as_str(), seen(view))), options);
    let page = match known {
        Some(view) => {
            let above = routes::mailbox(&view.code);
            parts::page_below(who, t.t1("mailbox-change-of", "name", &view.name), (&above, &view.name))
        }
        None => parts::page_below(who, t.t("mailbox-add"), (routes::MAIL_SETTINGS, t.t("admin-mail"))),
    };
    let sections = vec![parts::section(t.t("mailbox-settings"), Body::Form(drawn))];
    parts::record_page(page, sections, refusal)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (settings, unread) = form::read(&form.state);
    let made = match unread.finish() {
        Ok(()) => form.who.app().create_mailbox(&form.cx(), &NewMailbox { code: None, settings }).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(code) => Ok(see_other_saying(&routes::mailbox(&code), &Flash::Done(Done::Added))),
        Err(error) => refused(&form, None, error).await,
    }
}

async fn change(form: ProtectedForm, code: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let view = app.mailbox(&cx, &code).await?;
    let (settings, unread): (_, FieldErrors) = form::read(&form.state);
    let changed = match unread.finish() {
        Ok(()) => app.change_mailbox(&cx, &code, form.version(), &settings).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(see_other_saying(&routes::mailbox(&code), &Flash::Done(Done::Saved))),
        Err(error) => refused(&form, Some(&view), error).await,
    }
}

/// Puts what is wrong with a setting at its field, in words of its own where there are any.
fn refuse(t: &Texts, state: &mut FormState, error: &AppError) {
    let AppError::Invalid(errors) = error else { return };
    for error in errors {
        if let Some(said) = words::setting_fault(t, &error.field, error.problem) {
            state.refuse(error.field.as_ref(), said);
        }
    }
}

async fn refused(
    form: &ProtectedForm,
    known: Option<&MailboxView>,
    error: AppError,
) -> Result<HttpResponse, SiteError> {
    let mut own = form.state.clone();
    refuse(form.who.texts(), &mut own, &error);
    let mut refusal = parts::refusal(form, error, &[("code", "name")])?;
    // The first word on a field stands, so the mailbox's own words come before those of any field.
    let general = std::mem::replace(&mut refusal.state, own);
    for (field, said) in general.errors() {
        refusal.state.refuse(field, said);
    }
    draw_form(&form.who, known, Some(&refusal)).await
}
