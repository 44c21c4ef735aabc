//! The texts of mails: the list, changing one, looking at its mail before it is saved, taking the delivered one back.

use super::super::parts;
use super::template_view::{self as shown, language_name};
use crate::app::AppError;
use crate::app::mail::{TestMail, headline, template_of_code};
use crate::domain::access::Permission;
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::web::components::{Cell, Pager};
use crate::web::form::FormState;
use crate::web::middleware::FRAMING_MAIL_POLICY;
use crate::web::page::{Banner, BannerKind, Page};
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, html, see_other_saying,
};
use crate::web::workspace::admin_view::{AdminListPage, RecordSection};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Path, ServiceConfig};

/// The versions that a text's page lists.
const MOST_VERSIONS: i64 = 50;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::MAIL_TEMPLATES).route(get().to(list)))
        .service(web::resource(routes::MAIL_TEMPLATE).route(get().to(show)).route(web::post().to(change)));
}

fn of_key(key: &str) -> Result<(Template, Language), SiteError> {
    Ok(template_of_code(key).ok_or(AppError::NotFound)?)
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
    html(&AdminListPage {
        page: parts::page(&who, title),
        lead: Some(t.t("templates-lead").to_owned()),
        add: None,
        search: None,
        table: parts::table(title, &columns, rows, ""),
        pager: Pager::default(),
    })
}

async fn show(who: SignedIn, key: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let (page, sections) = draw(&who, template, language, None, Preview::No).await?;
    parts::record_page(page, sections, None)
}

/// Whether the mail is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preview {
    Yes,
    No,
}

/// The page with its text as it is stored, or as somebody has typed it.
async fn draw(
    who: &SignedIn,
    template: Template,
    language: Language,
    typed: Option<&FormState>,
    preview: Preview,
) -> Result<(Page, Vec<RecordSection>), SiteError> {
    let (t, app, cx) = (who.texts(), who.app(), who.cx());
    let view = app.mail_template(&cx, template, language).await?;
    let state = typed.cloned().unwrap_or_else(|| shown::filled(&view));
    let drawn = match preview {
        // What is wrong with the text stands at its field.
        Preview::Yes => app.preview_template(&cx, template, language, &shown::typed(&state)).ok(),
        Preview::No => None,
    };
    let history = app.template_history(&cx, template, language, None, MOST_VERSIONS).await?;
    let sections = shown::sections(t, &who.moments(), &view, &state, drawn, history);
    let title = shown::title(template, language, who.account().language);
    let above = (routes::MAIL_TEMPLATES, t.t("admin-mail-templates"));
    Ok((parts::page_below(who, title, above), sections))
}

async fn change(form: ProtectedForm, key: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (template, language) = of_key(&key)?;
    let (app, cx) = (form.who.app(), form.cx());
    let seen = Some(form.value("seen").parse().unwrap_or(-1));
    let done = match form.value("action") {
        "preview" => return preview(&form, template, language).await,
        "test" => {
            let test = app.send_test_mail(&cx, template, language).await?;
            return tested(&form, template, language, &test).await;
        }
        "reset" => app.reset_template(&cx, template, language, seen).await,
        _ => app.change_template(&cx, (template, language), seen, shown::typed(&form.state)).await,
    };
    let refusal = match done {
        Ok(()) => return Ok(see_other_saying(&routes::mail_template(&key), &Flash::Done(Done::Saved))),
        Err(AppError::Stale { .. }) => {
            let banner = Banner::new(BannerKind::Danger, form.who.texts().t("refused-stale-record"));
            Refusal { state: form.state.clone(), banner: Some(banner), status: StatusCode::CONFLICT }
        }
        Err(error) => form.refusal(error, &[])?,
    };
    let typed = (form.value("action") != "reset").then_some(&refusal.state);
    let (page, sections) = draw(&form.who, template, language, typed, Preview::No).await?;
    parts::record_page(page, sections, Some(&refusal))
}

/// The page again with what was typed, and the mail it would make. Nothing is saved.
async fn preview(
    form: &ProtectedForm,
    template: Template,
    language: Language,
) -> Result<HttpResponse, SiteError> {
    let text = shown::typed(&form.state);
    if let Err(error) = form.who.app().preview_template(&form.cx(), template, language, &text) {
        let refusal = form.refusal(error, &[])?;
        let (page, sections) = draw(&form.who, template, language, Some(&refusal.state), Preview::No).await?;
        return parts::record_page(page, sections, Some(&refusal));
    }
    let (page, sections) = draw(&form.who, template, language, Some(&form.state), Preview::Yes).await?;
    let told = Banner::new(BannerKind::Info, form.who.texts().t("template-previewed"));
    let mut answer = parts::told_page(page, sections, told)?;
    let policy = HeaderValue::from_static(FRAMING_MAIL_POLICY);
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(answer)
}

async fn tested(
    form: &ProtectedForm,
    template: Template,
    language: Language,
    test: &TestMail,
) -> Result<HttpResponse, SiteError> {
    let (page, sections) = draw(&form.who, template, language, None, Preview::No).await?;
    parts::told_page(page, sections, shown::test_told(form.who.texts(), test))
}
