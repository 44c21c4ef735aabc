//! The texts of mails, for administrators.

use super::letter;
use crate::app::{App, AppError, Ctx};
use crate::db::mail_settings::{self, TemplateVersion};
use crate::db::users;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::mail::smtp::SendError;
use crate::mail::templates::{self as texts, MailText, TemplateError};

const MOST_VERSIONS: i64 = 50;

/// A text as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateView {
    /// Which.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub text: MailText,
    /// Its version; 0 for one that was never changed.
    pub version: i64,
    /// Whether it differs from the delivered one.
    pub is_changed: bool,
    /// The names it may use.
    pub names: Vec<String>,
}

/// A version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateVersionView {
    /// From 1.
    pub version: i64,
    /// What it says; nothing when the delivered text was taken back.
    pub text: Option<MailText>,
    /// Who changed it.
    pub changed_by: String,
    /// When.
    pub changed_at: Instant,
}

/// Whether a change was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateChange {
    /// Yes.
    Taken,
    /// No, for this reason.
    Refused(TemplateError),
}

/// How sending a test mail went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestMail {
    /// The mail server took it.
    Sent {
        /// For this address.
        to: String,
    },
    /// There is no server or no sender to send by.
    NotSetUp,
    /// The server refuses it.
    Refused {
        /// For this address.
        to: String,
        /// What the server said.
        said: String,
    },
    /// The server can't be reached, doesn't let us in, or can't take it now.
    NotTaken {
        /// What the server or the system said.
        said: String,
    },
}

impl App {
    /// Every text in every language.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn mail_templates(&self, cx: &Ctx) -> Result<Vec<TemplateView>, AppError> {
        cx.require(Permission::MailManage)?;
        self.db()
            .read(|conn| {
                let mut views = Vec::new();
                for template in Template::ALL {
                    for language in Language::ALL {
                        let latest = mail_settings::template_versions(conn, *template, *language, 1)?.pop();
                        views.push(view(*template, *language, latest));
                    }
                }
                Ok::<_, AppError>(views)
            })
            .await
    }

    /// One text as it holds.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn mail_template(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
    ) -> Result<TemplateView, AppError> {
        cx.require(Permission::MailManage)?;
        let mut latest =
            self.db().read(move |conn| mail_settings::template_versions(conn, template, language, 1)).await?;
        Ok(view(template, language, latest.pop()))
    }

    /// The versions of a text, the latest first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn template_history(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
    ) -> Result<Vec<TemplateVersionView>, AppError> {
        cx.require(Permission::MailManage)?;
        let versions = self
            .db()
            .read(move |conn| mail_settings::template_versions(conn, template, language, MOST_VERSIONS))
            .await?;
        let by: Vec<_> = versions.iter().map(|version| version.changed_by).collect();
        let people = self.people(&by).await?;
        Ok(versions
            .into_iter()
            .map(|TemplateVersion { version, subject, body, changed_by, changed_at }| TemplateVersionView {
                version,
                text: subject.zip(body).map(|(subject, body)| MailText { subject, body }),
                changed_by: people.get(&changed_by).map_or(String::new(), |person| person.name.clone()),
                changed_at,
            })
            .collect())
    }

    /// Changes a text, if it can be rendered and nobody has changed it since `seen`.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Exists`] when somebody has.
    pub async fn change_template(
        &self,
        cx: &Ctx,
        (template, language): (Template, Language),
        seen: i64,
        text: MailText,
    ) -> Result<TemplateChange, AppError> {
        cx.require(Permission::MailManage)?;
        let text = cleaned(&text);
        if let Err(error) = texts::check(template, &text) {
            return Ok(TemplateChange::Refused(error));
        }
        self.add_version(cx, template, language, seen, Some(text)).await?;
        Ok(TemplateChange::Taken)
    }

    /// Takes the delivered text back.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Exists`] when somebody has changed it since `seen`.
    pub async fn reset_template(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        seen: i64,
    ) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        self.add_version(cx, template, language, seen, None).await
    }

    async fn add_version(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        seen: i64,
        text: Option<MailText>,
    ) -> Result<(), AppError> {
        let (subject, body) = text.map(|text| (text.subject, text.body)).unzip();
        let version = TemplateVersion {
            version: seen + 1,
            subject,
            body,
            changed_by: cx.user(),
            changed_at: self.now(),
        };
        self.db()
            .write(move |tx| {
                mail_settings::add_template_version(tx, template, language, &version)?;
                Ok::<_, AppError>(())
            })
            .await?;
        tracing::info!(
            mail.template = template.as_text(),
            language = language.as_text(),
            user.id = %cx.user(),
            "Changed the text of a mail"
        );
        Ok(())
    }

    /// The page that a text makes of invented facts, with its subject.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn preview_template(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        text: &MailText,
    ) -> Result<Result<(MailText, String), TemplateError>, AppError> {
        cx.require(Permission::MailManage)?;
        let text = cleaned(text);
        Ok(texts::check(template, &text)
            .and_then(|()| texts::render(&text, &texts::sample(template, language)))
            .map(|sent| {
                let page = texts::page(&sent, language);
                (sent, page)
            }))
    }

    /// Sends a text with invented facts to the actor, and tells how that went.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Internal`] when the mail can't be written. What fails at the mail server
    /// is told in the answer.
    pub async fn send_test_mail(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
    ) -> Result<TestMail, AppError> {
        cx.require(Permission::MailManage)?;
        let user = cx.user();
        let (text, to) = self
            .db()
            .read(move |conn| {
                let user = users::by_id(conn, user)?.ok_or(AppError::NotFound)?;
                Ok::<_, AppError>((letter::text(conn, template, language)?, user.email))
            })
            .await?;
        let sent = texts::render(&text, &texts::sample(template, language))
            .map_err(|error| AppError::internal("rendering a mail", error))?;
        let settings = self.settings();
        let now = self.now();
        let letter = letter::sample(cx, settings, &to, sent, language, now);
        let Some((letter, smtp)) = letter.zip(settings.mail.smtp.as_ref()) else {
            return Ok(TestMail::NotSetUp);
        };
        match smtp.send(&letter, now).await {
            Ok(()) => Ok(TestMail::Sent { to }),
            Err(SendError::Permanent(said)) => Ok(TestMail::Refused { to, said }),
            Err(SendError::Temporary(said)) => Ok(TestMail::NotTaken { said }),
            Err(error @ SendError::Compose(_)) => Err(AppError::internal("sending a test mail", error)),
        }
    }
}

fn view(template: Template, language: Language, latest: Option<TemplateVersion>) -> TemplateView {
    let version = latest.as_ref().map_or(0, |latest| latest.version);
    let own = latest.and_then(|latest| latest.subject.zip(latest.body));
    let is_changed = own.is_some();
    let text = own
        .map_or_else(|| texts::delivered(template, language), |(subject, body)| MailText { subject, body });
    TemplateView { template, language, text, version, is_changed, names: texts::known_names(template) }
}

fn cleaned(text: &MailText) -> MailText {
    MailText {
        subject: text.subject.trim().to_owned(),
        body: text.body.replace("\r\n", "\n").trim_end().to_owned(),
    }
}
