//! The texts of mails: the list, changing one, looking at it, taking the delivered one back.

use super::super::parts;
use crate::app::AppError;
use crate::app::mail::{MailText, TemplateView, headline, template_of_code};
use crate::domain::access::Permission;
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::i18n::Texts;
use crate::web::components::{Cell, Fact, Moment};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::routes;
use crate::web::site::{Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, see_other_saying};
use crate::web::workspace::admin_view::Body;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Path, ServiceConfig};

/// A mail's page has its styles inline, and nothing in it may run or be fetched.
const OF_A_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// The versions that a text's page lists.
const MOST_VERSIONS: i64 = 50;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::MAIL_TEMPLATES).route(get().to(list)))
        .service(web::resource(routes::MAIL_TEMPLATE_PREVIEW).route(get().to(preview)))
        .service(web::resource(routes::MAIL_TEMPLATE).route(get().to(show)).route(web::post().to(change)));
}

fn of_key(key: &str) -> Result<(Template, Language), SiteError> {
    Ok(template_of_code(key).ok_or(AppError::NotFound)?)
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
                Cell::link(routes::mail_template(&view.code), headline(view.template, language)),
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
    let path = routes::mail_template(&view.code);
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
    let history = app.template_history(&who.cx(), template, language, None, MOST_VERSIONS).await?;
    let rows = history
        .into_iter()
        .map(|version| {
            let said = version.text.map_or_else(|| t.t("template-was-reset").to_owned(), |text| text.subject);
            vec![
                Cell::Moment(Moment::new(&moments, version.changed_at)),
                Cell::text(version.changed_by.map_or(String::new(), |person| person.name.clone())),
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
    let preview = routes::mail_template_preview(&view.code);
    vec![
        Fact::text(t.t("template-names"), view.names.join(", ")),
        Fact::new(t.t("template-preview"), Cell::link(preview, t.t("template-preview-link"))),
    ]
}

async fn preview(who: SignedIn, key: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let view = who.app().mail_template(&who.cx(), template, language).await?;
    let (_, page) = who.app().preview_template(&who.cx(), template, language, &view.text)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, OF_A_MAIL))
        .body(page))
}

async fn change(form: ProtectedForm, key: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let (app, cx) = (form.who.app(), form.cx());
    let seen = Some(form.value("seen").parse().unwrap_or(-1));
    match form.value("action") {
        "reset" => app.reset_template(&cx, template, language, seen).await?,
        "test" => app.send_test_mail(&cx, template, language).await?,
        _ => {
            let text =
                MailText { subject: form.value("subject").to_owned(), body: form.value("body").to_owned() };
            if let Err(error) = app.change_template(&cx, (template, language), seen, text).await {
                return draw(&form.who, template, language, Some(&form.refusal(error, &[])?)).await;
            }
        }
    }
    Ok(see_other_saying(&routes::mail_template(&key), &Flash::Done(Done::Saved)))
}
