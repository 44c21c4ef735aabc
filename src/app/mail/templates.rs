//! The texts of mails, for administrators.

use super::letter;
use crate::app::{App, AppError, Ctx, FieldError, FieldProblem};
use crate::db::DbError;
use crate::db::mail_settings::{self, TemplateVersion};
use crate::db::users;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::mail::Template;
use crate::domain::people::{Language, PersonRef};
use crate::mail::smtp::SendError;
use crate::mail::templates::{self as texts, Fault, MailText, Part, TemplateError};
use crate::text_enum;
use std::sync::Arc;

text_enum! {
    /// What is wrong with a text besides its length.
    pub enum TextFaultCode {
        /// It has a name that this text doesn't have.
        UnknownName = "unknownName",
        /// It can't be read or carried out.
        Syntax = "syntax",
        /// A subject is one line.
        SeveralLines = "severalLines",
    }
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// What.
    pub code: TextFaultCode,
    /// From 1.
    pub line: usize,
    /// The name, or what the reader of texts says in its own words; else empty.
    pub about: String,
}

/// A text as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateView {
    /// What it is called: `received-sv`.
    pub code: String,
    /// Which.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub text: MailText,
    /// Its version, from 1; 0 for one that was never changed.
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
    pub changed_by: Option<Arc<PersonRef>>,
    /// When.
    pub changed_at: Instant,
}

/// What a text is called.
#[must_use]
pub fn template_code(template: Template, language: Language) -> String {
    format!("{}-{}", template.as_text(), language.as_text())
}

/// The text that is called so.
#[must_use]
pub fn template_of_code(code: &str) -> Option<(Template, Language)> {
    let (template, language) = code.split_once('-')?;
    Template::from_text(template).zip(Language::from_text(language))
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
                        let latest =
                            mail_settings::template_versions(conn, *template, *language, None, 1)?.pop();
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
        let mut latest = self
            .db()
            .read(move |conn| mail_settings::template_versions(conn, template, language, None, 1))
            .await?;
        Ok(view(template, language, latest.pop()))
    }

    /// The versions of a text before one, the latest first.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; or when the database fails.
    pub async fn template_history(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<TemplateVersionView>, AppError> {
        cx.require(Permission::MailManage)?;
        let versions = self
            .db()
            .read(move |conn| mail_settings::template_versions(conn, template, language, before, limit))
            .await?;
        let by: Vec<_> = versions.iter().map(|version| version.changed_by).collect();
        let people = self.people(&by).await?;
        Ok(versions
            .into_iter()
            .map(|TemplateVersion { version, subject, body, changed_by, changed_at }| TemplateVersionView {
                version,
                text: subject.zip(body).map(|(subject, body)| MailText { subject, body }),
                changed_by: people.get(&changed_by).cloned(),
                changed_at,
            })
            .collect())
    }

    /// Changes a text, if it can be rendered and nobody has changed it since the version seen.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`]; [`AppError::Stale`] when somebody has.
    pub async fn change_template(
        &self,
        cx: &Ctx,
        (template, language): (Template, Language),
        seen: Option<i64>,
        text: MailText,
    ) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let text = cleaned(&text);
        texts::check(template, &text).map_err(refused)?;
        self.add_version(cx, template, language, seen, Some(text)).await
    }

    /// Takes the delivered text back; where it holds already, nothing happens.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Stale`] when somebody has changed it since the version seen.
    pub async fn reset_template(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        seen: Option<i64>,
    ) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        self.add_version(cx, template, language, seen, None).await
    }

    async fn add_version(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        seen: Option<i64>,
        text: Option<MailText>,
    ) -> Result<(), AppError> {
        let (subject, body) = text.map(|text| (text.subject, text.body)).unzip();
        let (changed_by, changed_at) = (cx.user(), self.now());
        let is_new = self
            .db()
            .write(move |tx| {
                let latest = mail_settings::template_versions(tx.conn(), template, language, None, 1)?.pop();
                let now_at = latest.as_ref().map_or(0, |latest| latest.version);
                if seen.is_some_and(|seen| seen != now_at) {
                    return Err(AppError::Stale { version: now_at });
                }
                if subject.is_none() && latest.is_none_or(|latest| latest.subject.is_none()) {
                    return Ok(false);
                }
                let version = now_at + 1;
                let (subject, body) = (subject.clone(), body.clone());
                let added = TemplateVersion { version, subject, body, changed_by, changed_at };
                mail_settings::add_template_version(tx, template, language, &added).map_err(|error| {
                    match error {
                        // On PostgreSQL two can have read the same version.
                        DbError::UniqueViolation { .. } => AppError::Stale { version },
                        other => other.into(),
                    }
                })?;
                Ok(true)
            })
            .await?;
        if !is_new {
            return Ok(());
        }
        tracing::info!(
            mail.template = template.as_text(),
            language = language.as_text(),
            user.id = %cx.user(),
            "Changed the text of a mail"
        );
        Ok(())
    }

    /// What a text makes of invented facts, and the page of it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`].
    pub fn preview_template(
        &self,
        cx: &Ctx,
        template: Template,
        language: Language,
        text: &MailText,
    ) -> Result<(MailText, String), AppError> {
        cx.require(Permission::MailManage)?;
        let text = cleaned(text);
        texts::check(template, &text).map_err(refused)?;
        let sent =
            texts::render(&text, &texts::sample(template, language)).map_err(|error| refused(vec![error]))?;
        let page = texts::page(&sent, language, texts::SAMPLE_SITE);
        Ok((sent, page))
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
    TemplateView {
        code: template_code(template, language),
        template,
        language,
        text,
        version,
        is_changed,
        names: texts::known_names(template),
    }
}

/// What is wrong, at its field.
fn refused(errors: Vec<TemplateError>) -> AppError {
    let errors = errors.into_iter().map(|TemplateError { part, line, fault }| {
        let field = match part {
            Part::Subject => "subject",
            Part::Body => "body",
        };
        let own = |code, about| FieldError::of_text(field, TextFault { code, line, about });
        match fault {
            Fault::Empty => FieldError::new(field, FieldProblem::Required),
            Fault::TooLong { most } => FieldError::beyond(field, FieldProblem::TooLong, most),
            Fault::Unknown(name) => own(TextFaultCode::UnknownName, name),
            Fault::Syntax(detail) => own(TextFaultCode::Syntax, detail),
            Fault::SeveralLines => own(TextFaultCode::SeveralLines, String::new()),
        }
    });
    AppError::Invalid(errors.collect())
}

fn cleaned(text: &MailText) -> MailText {
    MailText {
        subject: text.subject.trim().to_owned(),
        body: text.body.replace("\r\n", "\n").trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::House;
    use crate::domain::access::Role;

    #[tokio::test]
    async fn of_two_who_change_the_same_version_one_is_told() {
        for house in House::each().await {
            house.organisation("norrvik", "Norrvik").await;
            let admin = house.person("eva@example.se", Role::Administrator).await;
            let of = (Template::Answered, Language::Swedish);
            let text =
                |subject: &str| MailText { subject: subject.to_owned(), body: "Hej {{ name }}!".to_owned() };
            let (one, other) = tokio::join!(
                house.app.change_template(&admin, of, Some(0), text("En")),
                house.app.change_template(&admin, of, Some(0), text("En annan")),
            );
            let [refused] =
                [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>().try_into().unwrap();
            assert!(matches!(refused, AppError::Stale { version: 1 }), "{refused}");
            assert_eq!(house.app.mail_template(&admin, of.0, of.1).await.unwrap().version, 1);
        }
    }
}
