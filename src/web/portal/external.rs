//! A ticket as a supplier sees it by a signed link: what its work takes and nothing else.
//!
//! The link is the authority; nobody is signed in. Nothing of these pages is kept by browsers, found by
//! search engines or told to other sites.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::forms;
use super::view::ExternalPage;
use crate::app::tickets::PromiseView;
use crate::app::tickets::{Attachment, ExternalError, ExternalView};
use crate::app::{AppError, FieldError, opaque};
use crate::domain::clock::Instant;
use crate::domain::ticket::Ticket;
use crate::i18n::Texts;
use crate::web::components::{Cell, Fact, FileView, MessageKind, MessageView};
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Section};
use crate::web::pages::ErrorPage;
use crate::web::promise::Promises;
use crate::web::site::{
    Done, Flash, OpenForm, SiteError, Visitor, field_text, html, html_with, see_other, see_other_saying,
};
use crate::web::story::Story;
use crate::web::{download, routes, tags};

/// What the page calls the field in which a supplier says what was done, or why not.
const ACCOUNT: &str = "account";

/// Which file.
#[derive(Deserialize)]
pub(super) struct Which {
    id: String,
}

/// Shows the ticket.
pub(super) async fn show(visitor: Visitor, token: web::Path<String>) -> Result<HttpResponse, SiteError> {
    match visitor.app().external_view(&token).await {
        Ok(view) => page(&visitor, &token, view, None, StatusCode::OK).await,
        Err(error) => nowhere(&visitor, error),
    }
}

/// Hands out a file.
pub(super) async fn file(
    visitor: Visitor,
    token: web::Path<String>,
    which: web::Query<Which>,
) -> Result<HttpResponse, SiteError> {
    match visitor.app().external_file(&token, &which.id).await {
        Ok(file) => Ok(unseen(download::stream(file).await?)),
        Err(error) => nowhere(&visitor, error),
    }
}

/// Takes an answer to the desk.
pub(super) async fn answer(form: OpenForm, token: web::Path<String>) -> Result<HttpResponse, SiteError> {
    if !form.is_proven {
        return again(form, &token).await;
    }
    match form.visitor.app().answer_externally(&token, form.state.value("body")).await {
        Ok(()) => {
            let done = Flash::Done(Done::MessageSent);
            Ok(unseen(see_other_saying(&routes::external(&token), &done)))
        }
        Err(error) => refused(form, &token, error, "body").await,
    }
}

/// Takes the ticket back: done, or not to be solved by the supplier.
pub(super) async fn hand_back(form: OpenForm, token: web::Path<String>) -> Result<HttpResponse, SiteError> {
    if !form.is_proven {
        return again(form, &token).await;
    }
    let (code, account) = (form.state.value("reasonCode"), form.state.value(ACCOUNT));
    match form.visitor.app().return_externally(&token, code, account).await {
        Ok(()) => Ok(unseen(see_other(routes::EXTERNAL_THANKS))),
        Err(error) => refused(form, &token, error, ACCOUNT).await,
    }
}

/// Thanks for a ticket handed back; tells nothing of which.
pub(super) async fn thanks(visitor: Visitor) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let page = visitor.page(t.t("external-thanks-title"), Section::None);
    html(&ErrorPage { page, text: t.t("external-thanks").to_owned(), error_id: None }).map(unseen)
}

/// The page lay open for too long: what was typed comes back to be sent again.
async fn again(form: OpenForm, token: &str) -> Result<HttpResponse, SiteError> {
    let OpenForm { visitor, state, .. } = form;
    match visitor.app().external_view(token).await {
        Ok(view) => page(&visitor, token, view, Some(&state), StatusCode::FORBIDDEN).await,
        Err(error) => nowhere(&visitor, error),
    }
}

/// What was typed comes back with what is wrong with it. `name` is what the page calls the text.
async fn refused(
    form: OpenForm,
    token: &str,
    error: ExternalError,
    name: &'static str,
) -> Result<HttpResponse, SiteError> {
    let OpenForm { visitor, mut state, .. } = form;
    let ExternalError::App(AppError::Invalid(errors)) = error else { return nowhere(&visitor, error) };
    for FieldError { problem, limit, .. } in errors {
        state.refuse(name, field_text(visitor.texts(), name, problem, limit));
    }
    match visitor.app().external_view(token).await {
        Ok(view) => page(&visitor, token, view, Some(&state), StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(error) => nowhere(&visitor, error),
    }
}

async fn page(
    visitor: &Visitor,
    token: &str,
    view: ExternalView,
    sent: Option<&FormState>,
    status: StatusCode,
) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let directory = visitor.app().directory().await?;
    let ExternalView { ticket, group, expires_at, messages, files, answers, promise, people } = view;
    let story = Story { t, moments: visitor.moments(), directory: &directory, matrix: None, people: &people };
    let files_of = |of: Option<crate::domain::ids::MessageId>| -> Vec<FileView> {
        files.iter().filter(|file| file.message == of).map(|held| file_view(t, token, held)).collect()
    };
    let mut said: Vec<_> = story
        .description(&ticket, &files)
        .map(|message| (ticket.opened_at, MessageView { files: files_of(None), ..message }))
        .into_iter()
        .collect();
    said.extend(messages.iter().enumerate().map(|(at, message)| {
        let view = story.message(at, message, &ticket, &[]);
        (message.created_at, MessageView { files: files_of(Some(message.id)), ..view })
    }));
    said.extend(answers.into_iter().enumerate().map(|(at, (when, text))| {
        let view = MessageView {
            id: format!("x{}", at + 1),
            kind: MessageKind::Outgoing,
            author: story.group(group).to_owned(),
            how: t.t("external-own").to_owned(),
            at: story.moment(when),
            body: text,
            files: Vec::new(),
        };
        (when, view)
    }));
    said.sort_by_key(|(when, _)| *when);
    let no_answers = FormState::default();
    let state = sent.unwrap_or(&no_answers);
    let mut page = visitor.page(&ticket.subject, Section::None);
    page.path = routes::external(token);
    page.has_errors = !state.is_accepted();
    if status == StatusCode::FORBIDDEN {
        page.banner = Some(Banner::new(BannerKind::Warning, t.t("external-again")));
    }
    let shown = ExternalPage {
        page,
        number: ticket.number.to_string(),
        lead: t.t1("external-lead", "group", story.group(group)),
        facts: facts(&story, &ticket, expires_at, promise.as_ref()),
        messages: said.into_iter().map(|(_, message)| message).collect(),
        answer: forms::external_answer(t, state, token),
        hand_back: forms::external_return(t, state, token, ACCOUNT),
    };
    html_with(status, &shown).map(unseen)
}

/// Priority, the supplier's own promised time, arrival, and how long the link is good.
fn facts(
    story: &Story<'_>,
    ticket: &Ticket,
    expires_at: Instant,
    promise: Option<&PromiseView>,
) -> Vec<Fact> {
    let t = story.t;
    let words = Promises { t, moments: &story.moments, is_requester: false };
    let promised = promise.map(|promise| Fact {
        note: Some(words.state(promise.evaluation.state)),
        ..Fact::new(t.t("column-due"), Cell::Moment(story.moment(promise.evaluation.due_at)))
    });
    let mut facts =
        vec![Fact::new(t.t("field-priority"), Cell::Tag(tags::priority(t, ticket.priority.get()).into()))];
    facts.extend(promised);
    facts.push(Fact::new(t.t("column-opened"), Cell::Moment(story.moment(ticket.opened_at))));
    facts.push(Fact::new(t.t("external-until"), Cell::Moment(story.moment(expires_at))));
    facts
}

fn file_view(t: &Texts, token: &str, file: &Attachment) -> FileView {
    let id = opaque::encode(file.id.get());
    let href = routes::with_query(&routes::external_file(token), &[("id", &id)]);
    let bytes = u64::try_from(file.size_bytes).unwrap_or(0);
    FileView::new(t.locale(), href, file.file_name.clone(), bytes)
}

/// Where a link that doesn't hold leads: whom to turn to. All forgeries look alike.
fn nowhere(visitor: &Visitor, error: ExternalError) -> Result<HttpResponse, SiteError> {
    let t = visitor.texts();
    let (status, title, key) = match error {
        ExternalError::Forged | ExternalError::App(AppError::NotFound) => {
            (StatusCode::NOT_FOUND, "external-forged-title", "external-forged")
        }
        ExternalError::Over | ExternalError::App(AppError::Refused { .. }) => {
            (StatusCode::GONE, "external-over-title", "external-over")
        }
        ExternalError::App(error) => return Err(error.into()),
    };
    let page = visitor.page(t.t(title), Section::None);
    let text = t.t1(key, "phone", page.desk.phone.as_str());
    html_with(status, &ErrorPage { page, text, error_id: None }).map(unseen)
}

/// Kept by no browser, found by no search engine, told to no other site.
fn unseen(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    answer
}
