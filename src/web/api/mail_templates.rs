//! The texts of mails: as they hold, their versions, changing one, looking at what it makes.

use super::page::{self, PageQuery};
use super::parts::{At, ListOut, PersonOut};
use super::respond::{Answer, no_content, ok, versioned};
use super::words::{LanguageWord, TemplateWord};
use crate::app::mail::{MailText, TemplateVersionView, TemplateView};
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::web::extract::{Authn, IfMatch, Json, Query, TemplateInPath};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on the texts of mails.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_mail_templates)
        .service(show_mail_template)
        .service(set_mail_template)
        .service(reset_mail_template)
        .service(list_mail_template_versions)
        .service(preview_mail_template);
}

/// The text of a mail in one language.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailTemplate)]
pub struct TemplateOut<'a> {
    /// What it is called in addresses: mail and language.
    #[schema(pattern = "^[A-Za-z]+-[a-z]{2}$")]
    id: &'a str,
    /// Which mail.
    #[schema(value_type = TemplateWord)]
    template: Template,
    /// In which language.
    #[schema(value_type = LanguageWord)]
    language: Language,
    /// The subject, with names between `{{` and `}}`.
    subject: &'a str,
    /// The body. Paragraphs are parted by empty lines, `Label: address` alone on a line is a button, and what
    /// follows a line `--` is the small print.
    body: &'a str,
    /// The version; 0 for a text that was never changed.
    #[schema(minimum = 0)]
    version: i64,
    /// Whether it is another than the delivered one.
    is_changed: bool,
    /// The names it may use.
    names: &'a [String],
}

impl<'a> From<&'a TemplateView> for TemplateOut<'a> {
    fn from(view: &'a TemplateView) -> Self {
        let TemplateView { code, template, language, text, version, is_changed, names } = view;
        let MailText { subject, body } = text;
        Self {
            id: code,
            template: *template,
            language: *language,
            subject,
            body,
            version: *version,
            is_changed: *is_changed,
            names,
        }
    }
}

/// What a mail is to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = MailTemplateText)]
pub struct TemplateIn {
    /// The subject: one line.
    #[schema(required, min_length = 1, max_length = 300)]
    subject: String,
    /// The body.
    #[schema(required, min_length = 1, max_length = 10_000)]
    body: String,
}

impl From<TemplateIn> for MailText {
    fn from(sent: TemplateIn) -> Self {
        let TemplateIn { subject, body } = sent;
        Self { subject, body }
    }
}

/// A version of the text of a mail.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailTemplateVersion)]
pub struct VersionOut<'a> {
    /// Its number.
    #[schema(minimum = 1)]
    version: i64,
    /// The subject; null when the delivered text was taken back.
    #[schema(required)]
    subject: Option<&'a str>,
    /// The body; null when the delivered text was taken back.
    #[schema(required)]
    body: Option<&'a str>,
    /// Who changed it.
    #[schema(required)]
    changed_by: Option<PersonOut<'a>>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    changed_at: At,
}

impl<'a> From<&'a TemplateVersionView> for VersionOut<'a> {
    fn from(view: &'a TemplateVersionView) -> Self {
        let TemplateVersionView { version, text, changed_by, changed_at } = view;
        Self {
            version: *version,
            subject: text.as_ref().map(|text| text.subject.as_str()),
            body: text.as_ref().map(|text| text.body.as_str()),
            changed_by: changed_by.as_deref().map(PersonOut::from),
            changed_at: At(*changed_at),
        }
    }
}

/// A mail as people would get it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailTemplatePreview)]
pub struct PreviewOut {
    /// The subject.
    subject: String,
    /// The plain text.
    text: String,
    /// The page that the HTML part is.
    html: String,
}

/// List the texts of mails
///
/// Each mail in each language, as it holds.
#[utoipa::path(
    tag = "mail",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<TemplateOut>))
)]
#[get("/mail-templates")]
pub async fn list_mail_templates(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let views = state.app.mail_templates(&authn.cx).await?;
    ok(&page::of_held(&query.0, views.iter(), |view| &view.code, TemplateOut::from)?)
}

/// Show the text of a mail
///
/// As it holds: the delivered one, or what was made of it.
#[utoipa::path(tag = "mail", responses((status = 200, description = "The text", body = TemplateOut)))]
#[get("/mail-templates/{template}")]
pub async fn show_mail_template(authn: Authn, of: TemplateInPath, state: Data<WebState>) -> Answer {
    shown(&authn, of, &state).await
}

/// Change the text of a mail
///
/// Mails that are sent from now on say this. A text that names what there isn't, or that can't be read, is refused
/// with the line.
#[utoipa::path(
    tag = "mail",
    request_body = TemplateIn,
    responses((status = 200, description = "The text", body = TemplateOut))
)]
#[put("/mail-templates/{template}")]
pub async fn set_mail_template(
    authn: Authn,
    of: TemplateInPath,
    seen: IfMatch,
    body: Json<TemplateIn>,
    state: Data<WebState>,
) -> Answer {
    state.app.change_template(&authn.cx, of.0, seen.0, body.value.into()).await?;
    shown(&authn, of, &state).await
}

/// Take the delivered text of a mail back
///
/// What it said before stays among its versions. Where the delivered text holds already, nothing happens.
#[utoipa::path(tag = "mail", responses((status = 204, description = "The delivered text holds")))]
#[delete("/mail-templates/{template}")]
pub async fn reset_mail_template(
    authn: Authn,
    of: TemplateInPath,
    seen: IfMatch,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    let (template, language) = of.0;
    state.app.reset_template(&authn.cx, template, language, seen.0).await?;
    Ok(no_content())
}

/// List versions of the text of a mail
///
/// The latest first; none of a text that was never changed.
#[utoipa::path(
    tag = "mail",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<VersionOut>))
)]
#[get("/mail-templates/{template}/versions")]
pub async fn list_mail_template_versions(
    authn: Authn,
    of: TemplateInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let window = query.0.window()?;
    let before = query.0.after_number()?;
    let before = (before > 0).then_some(before);
    let (template, language) = of.0;
    let views = state.app.template_history(&authn.cx, template, language, before, window.reach()).await?;
    let ListOut { items, next_cursor } = window.cut(views, |view| view.version);
    ok(&ListOut { items: items.iter().map(VersionOut::from).collect(), next_cursor })
}

/// Look at what a text makes
///
/// A mail about an invented ticket. Nothing is stored and nothing sent.
#[utoipa::path(
    tag = "mail",
    request_body = TemplateIn,
    responses((status = 200, description = "The mail", body = PreviewOut))
)]
#[post("/mail-templates/{template}/preview")]
pub async fn preview_mail_template(
    authn: Authn,
    of: TemplateInPath,
    body: Json<TemplateIn>,
    state: Data<WebState>,
) -> Answer {
    let (template, language) = of.0;
    let (sent, html) = state.app.preview_template(&authn.cx, template, language, &body.value.into())?;
    let MailText { subject, body: text } = sent;
    ok(&PreviewOut { subject, text, html })
}

async fn shown(authn: &Authn, of: TemplateInPath, state: &WebState) -> Answer {
    let (template, language) = of.0;
    let view = state.app.mail_template(&authn.cx, template, language).await?;
    versioned(StatusCode::OK, view.version, &TemplateOut::from(&view))
}
