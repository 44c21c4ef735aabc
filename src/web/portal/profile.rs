//! The own profile: language and colours, password, and where one is signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::forms;
use super::view::ProfilePage;
use crate::app::auth::{Preferences, SessionKind, SessionView};
use crate::app::mail::MailPreferencesInput;
use crate::domain::access::Permission;
use crate::i18n::Texts;
use crate::web::components::{Cell, Column, Fact, Moment, Table};
use crate::web::form::{Form, FormState};
use crate::web::page::{Section, Theme};
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, html, html_with, see_other_saying,
    set_language, show_errors,
};

/// Shows it.
pub(super) async fn show(who: SignedIn) -> Result<HttpResponse, SiteError> {
    html(&profile(&who, &FormState::default()).await?)
}

/// Stores language, colours and shortcuts.
pub(super) async fn set_display(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let preferences = Preferences {
        language: form.given("language"),
        theme: form.given("theme"),
        shortcuts: form.given("shortcuts").map(|choice| choice != "off"),
        phone: None,
    };
    match form.who.app().set_preferences(&form.who.cx(), &preferences).await {
        Ok(account) => {
            let mut answer = see_other_saying(routes::PROFILE, &Flash::Done(Done::Saved));
            let locale =
                crate::domain::locale::Locale::from_tag(account.language.as_text()).unwrap_or_default();
            set_language(&mut answer, form.who.settings(), locale);
            Ok(answer)
        }
        Err(error) => refused(&form.who, &form.refusal(error, &[])?).await,
    }
}

/// Stores how mail is wanted.
pub(super) async fn set_mail(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let value = |name| form.value(name).to_owned();
    let input = MailPreferencesInput {
        digest: value("digest"),
        digest_at: value("digest_at"),
        quiet_from: value("quiet_from"),
        quiet_until: value("quiet_until"),
    };
    match form.who.app().set_mail_preferences(&form.who.cx(), &input).await {
        Ok(()) => Ok(see_other_saying(routes::PROFILE, &Flash::Done(Done::Saved))),
        Err(error) => {
            let names =
                [("digestAt", "digest_at"), ("quietFrom", "quiet_from"), ("quietUntil", "quiet_until")];
            refused(&form.who, &form.refusal(error, &names)?).await
        }
    }
}

/// Changes the password, which ends all other sessions.
pub(super) async fn change_password(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let (current, new) = (form.value("current"), form.value("new"));
    match form.who.app().change_password(&form.who.cx(), current, new).await {
        Ok(()) => Ok(see_other_saying(routes::PROFILE, &Flash::Done(Done::PasswordChanged))),
        Err(error) => {
            let names = [("currentPassword", "current"), ("newPassword", "new")];
            refused(&form.who, &form.refusal(error, &names)?).await
        }
    }
}

/// Signs out one session.
pub(super) async fn end_session(
    form: ProtectedForm,
    id: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    form.who.app().end_session(&form.who.cx(), &id).await?;
    Ok(see_other_saying(routes::PROFILE, &Flash::Done(Done::SessionEnded)))
}

/// Signs out every session but this.
pub(super) async fn end_other_sessions(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let (app, cx) = (form.who.app(), form.who.cx());
    for session in app.sessions(&cx).await?.into_iter().filter(|session| !session.is_current) {
        app.end_session(&cx, &session.id).await?;
    }
    Ok(see_other_saying(routes::PROFILE, &Flash::Done(Done::SessionEnded)))
}

async fn refused(who: &SignedIn, refusal: &Refusal) -> Result<HttpResponse, SiteError> {
    let mut shown = profile(who, &refusal.state).await?;
    let mut forms: Vec<Form> = vec![shown.password.clone(), shown.display.clone()];
    forms.extend(shown.mail.clone());
    show_errors(&mut shown.page, refusal, &forms);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn profile(who: &SignedIn, state: &FormState) -> Result<ProfilePage, SiteError> {
    let (app, t, account) = (who.app(), who.texts(), who.account());
    let directory = app.directory().await?;
    let organisations: Vec<&str> = account
        .organisations
        .iter()
        .filter_map(|id| directory.organisation(*id))
        .map(|organisation| organisation.name.as_str())
        .collect();
    let sessions = app.sessions(&who.cx()).await?;
    let shortest = i64::try_from(app.settings().password_min_chars).unwrap_or_default();
    let mut page = who.page(t.t("nav-profile"), Section::Profile);
    page.path = routes::PROFILE.to_owned();
    let shortcuts = who.may(Permission::QueueView).then_some(account.shortcuts);
    let mail = match account.roles.iter().any(|role| role.is_staff()) {
        true => Some(forms::mail(t, state, &app.mail_preferences(&who.cx()).await?)),
        false => None,
    };
    Ok(ProfilePage {
        mail,
        facts: vec![
            Fact::text(t.t("field-name"), &account.name),
            Fact::text(t.t("field-email"), &account.email),
            Fact::text(t.t("profile-organisations"), organisations.join(", ")),
        ],
        display: forms::display(t, who.locale(), Theme::from_code(account.theme.as_text()), shortcuts),
        password: forms::password(t, state, shortest),
        end_others: (sessions.len() > 1).then(|| forms::end_other_sessions(t)),
        sessions: Table {
            caption: t.t("profile-sessions-title").to_owned(),
            columns: [
                t.t("profile-session-device"),
                t.t("profile-session-used"),
                t.t("profile-session-action"),
            ]
            .map(Column::new)
            .to_vec(),
            rows: sessions.iter().map(|session| row(t, who, session)).collect(),
            empty: String::new(),
        },
        page,
    })
}

fn row(t: &Texts, who: &SignedIn, session: &SessionView) -> Vec<Cell> {
    let end = if session.is_current {
        Cell::text(t.t("profile-session-this"))
    } else {
        Cell::Action(forms::end_session(t, &session.id))
    };
    vec![Cell::text(device(t, session)), Cell::Moment(Moment::new(&who.moments(), session.last_used_at)), end]
}

/// "Firefox, Linux" of what a browser says of itself; anything unknown as it is.
fn device(t: &Texts, session: &SessionView) -> String {
    let text = session.user_agent.as_str();
    if session.kind == SessionKind::Api {
        return t.t1("profile-session-api", "program", text);
    }
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
    };
    // Browsers name their forebears too; the latest of the line comes first.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) if text.is_empty() => t.t("profile-session-unknown").to_owned(),
        (None, None) => text.chars().take(60).collect(),
    }
}
