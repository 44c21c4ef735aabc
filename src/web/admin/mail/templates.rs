//! The texts of mails: the list, changing one, looking at it, taking the delivered one back.

use super::super::parts;
use crate::app::AppError;
use crate::app::mail::{Fault, MailText, Part, TemplateChange, TemplateError, TemplateView, headline};
use crate::domain::access::Permission;
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Fact, Moment};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::routes;
use crate::web::site::{Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, see_other_saying};
use crate::web::workspace::admin_view::Body;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Path, ServiceConfig};

/// A mail's page has its styles inline, and nothing in it may run or be fetched.
const OF_A_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::MAIL_TEMPLATES).route(get().to(list)))
        .service(web::resource(routes::MAIL_TEMPLATE_PREVIEW).route(get().to(preview)))
        .service(web::resource(routes::MAIL_TEMPLATE).route(get().to(show)).route(web::post().to(change)));
}

fn key(template: Template, language: Language) -> String {
    format!("{}-{}", template.as_text(), language.as_text())
}

fn of_key(key: &str) -> Result<(Template, Language), SiteError> {
    let parsed = key
        .split_once('-')
        .and_then(|(template, language)| Template::from_text(template).zip(Language::from_text(language)));
    Ok(parsed.ok_or(AppError::NotFound)?)
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::Swedish => "Svenska",
        Language::English => "English",
    }
}

async fn list(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let t = who.texts();
    let language = who.account().language;
    let rows = who
        .app()
        .mail_templates(&who.cx())
        .await?
        .into_iter()
        .map(|view| {
            let state = if view.is_changed { "template-changed" } else { "template-delivered" };
            vec![
                Cell::link(
                    routes::mail_template(&key(view.template, view.language)),
                    headline(view.template, language),
                ),
                Cell::text(language_name(view.language)),
                Cell::text(view.text.subject),
                Cell::text(t.t(state)),
            ]
        })
        .collect();
    let columns =
        [t.t("template-name"), t.t("template-language"), t.t("template-subject"), t.t("template-state")];
    let title = t.t("admin-mail-templates");
    let table = parts::table(title, &columns, rows, "");
    parts::short_list(&who, title, None, table)
}

async fn show(who: SignedIn, key: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    draw(&who, template, language, None).await
}

async fn draw(
    who: &SignedIn,
    template: Template,
    language: Language,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let (t, moments, app) = (who.texts(), who.moments(), who.app());
    let view = app.mail_template(&who.cx(), template, language).await?;
    let state = refusal.map_or_else(
        || FormState::of([("subject", view.text.subject.as_str()), ("body", view.text.body.as_str())]),
        |refusal| refusal.state.clone(),
    );
    let path = routes::mail_template(&key(template, language));
    let seen = view.version.to_string();
    let form = Form::new("template", path.clone(), t.t("template-save"))
        .fields(vec![
            Field::line(&state, "subject", t.t("template-subject")),
            Field::area(&state, "body", t.t("template-body"), 18, 10_000).hint(t.t("template-body-hint")),
            Field::hidden("seen", seen.clone()),
        ])
        .submits(vec![Submit::primary(t.t("template-save")).sending("action", "save")]);
    let mut others = vec![Submit::secondary(t.t("template-test")).sending("action", "test")];
    if view.is_changed {
        others.push(Submit::secondary(t.t("template-reset")).sending("action", "reset"));
    }
    let others = Form::new("more", path, t.t("template-test"))
        .fields(vec![Field::hidden("seen", seen)])
        .submits(others)
        .apart();
    let history = app.template_history(&who.cx(), template, language).await?;
    let rows = history
        .into_iter()
        .map(|version| {
            let said = version.text.map_or_else(|| t.t("template-was-reset").to_owned(), |text| text.subject);
            vec![
                Cell::Moment(Moment::new(&moments, version.changed_at)),
                Cell::text(version.changed_by),
                Cell::text(said),
            ]
        })
        .collect();
    let columns = [t.t("template-changed-at"), t.t("template-changed-by"), t.t("template-subject")];
    let sections = vec![
        parts::section("", Body::Facts(facts(t, &view))),
        parts::section("", Body::Form(form)),
        parts::section("", Body::Form(others)),
        parts::section(
            t.t("template-history"),
            Body::Table(parts::table(t.t("template-history"), &columns, rows, t.t("template-history-none"))),
        ),
    ];
    let title = format!("{} · {}", headline(template, who.account().language), language_name(language));
    let above = (routes::MAIL_TEMPLATES, t.t("admin-mail-templates"));
    parts::record_page(parts::page_below(who, title, above), sections, refusal)
}

fn facts(t: &Texts, view: &TemplateView) -> Vec<Fact> {
    let preview = routes::mail_template_preview(&key(view.template, view.language));
    vec![
        Fact::text(t.t("template-names"), view.names.join(", ")),
        Fact::new(t.t("template-preview"), Cell::link(preview, t.t("template-preview-link"))),
    ]
}

async fn preview(who: SignedIn, key: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let view = who.app().mail_template(&who.cx(), template, language).await?;
    let drawn = who.app().preview_template(&who.cx(), template, language, &view.text)?;
    let (_, page) = drawn.map_err(|error| AppError::internal("drawing a mail", error))?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, OF_A_MAIL))
        .body(page))
}

async fn change(form: ProtectedForm, key: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let (app, cx) = (form.who.app(), form.cx());
    let seen: i64 = form.value("seen").parse().unwrap_or_default();
    match form.value("action") {
        "reset" => app.reset_template(&cx, template, language, seen).await?,
        "test" => app.send_test_mail(&cx, template, language).await?,
        _ => {
            let text =
                MailText { subject: form.value("subject").to_owned(), body: form.value("body").to_owned() };
            let changed = app.change_template(&cx, (template, language), seen, text).await?;
            if let TemplateChange::Refused(error) = changed {
                let mut state = form.state.clone();
                let field = match error.part {
                    Part::Subject => "subject",
                    Part::Body => "body",
                };
                state.refuse(field, sentence(form.who.texts(), &error));
                let refusal = Refusal { state, banner: None, status: StatusCode::UNPROCESSABLE_ENTITY };
                return draw(&form.who, template, language, Some(&refusal)).await;
            }
        }
    }
    Ok(see_other_saying(&routes::mail_template(&key), &Flash::Done(Done::Saved)))
}

/// What is wrong with a text, as a sentence.
fn sentence(t: &Texts, error: &TemplateError) -> String {
    let line = error.line.to_string();
    match &error.fault {
        Fault::Unknown(name) => {
            t.tr("template-fault-unknown", &[("line", Arg::Text(&line)), ("name", Arg::Text(name))])
        }
        Fault::Syntax(detail) => {
            t.tr("template-fault-syntax", &[("line", Arg::Text(&line)), ("detail", Arg::Text(detail))])
        }
        Fault::Empty => t.t("template-fault-empty").to_owned(),
        Fault::TooLong => t.t("template-fault-too-long").to_owned(),
        Fault::SeveralLines => t.t("template-fault-lines").to_owned(),
    }
}
