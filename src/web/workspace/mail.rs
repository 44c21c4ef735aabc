//! Mail that waits for a look: the list, one message with why it waits, and what a person makes of it.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{Path, Query, ServiceConfig, post, resource};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::mail_view::{self, MailListPage, MailPage, handlings, left_out, steps, waiting_table, waits};
use super::view::ActionView;
use crate::app::mail::{MailAction, MailQuery, MailShown, MailToTicket};
use crate::app::{AppError, opaque};
use crate::domain::access::Permission;
use crate::domain::ids::InboundMailId;
use crate::domain::people::Directory;
use crate::domain::text::{Reason, Subject};
use crate::domain::ticket::{TicketKind, Visibility};
use crate::i18n::Texts;
use crate::i18n::format;
use crate::web::components::{Cell, Fact, FileView, Moment, Pager};
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::middleware::FRAMING_POLICY;
use crate::web::page::{Banner, BannerKind, Link, Section};
use crate::web::pages::Failure;
use crate::web::site::{
    Done, Flash, Refusal, SiteError, Staff, StaffForm, get, html, html_with, see_other_saying, show_errors,
};
use crate::web::{download, mail_words, routes, tags};

const ROWS: usize = 50;
/// Nothing runs in the frame, nothing is fetched, nothing leads out of it but to a new tab.
const FRAME_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; \
     style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/// Adds the pages of mail.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(resource(routes::MAIL).route(get().to(list)))
        .service(resource(routes::MAIL_SHOWN).route(get().to(show)))
        .service(resource(routes::MAIL_ACTION).route(post().to(act)))
        .service(resource(routes::MAIL_HTML).route(get().to(frame)))
        .service(resource(routes::MAIL_ORIGINAL).route(get().to(original)))
        .service(resource(routes::MAIL_FILE).route(get().to(file)));
}

/// Which page of the list.
#[derive(Deserialize)]
struct Asked {
    cursor: Option<String>,
}

async fn list(who: Staff, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailHandle)?;
    let t = who.texts();
    let before = asked.cursor.as_deref().and_then(opaque::decode).map(InboundMailId);
    // Those who see the whole log see here what waits, as everybody does.
    let mut rows = Vec::new();
    for state in ["held", "quarantined"] {
        let query = MailQuery { state: Some(state.to_owned()), before, ..MailQuery::default() };
        rows.extend(who.app().mail_log(&who.cx(), &query, 0, i64::try_from(ROWS).unwrap_or(50) + 1).await?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.record.id));
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let next = rows.last().filter(|_| has_more).map(|row| opaque::encode(row.record.id.get()));
    html(&MailListPage {
        page: who.page(t.t("mail-waiting-title"), Section::Mail),
        lead: t.t("mail-waiting-lead").to_owned(),
        filters: None,
        table: waiting_table(t, &who.moments(), &rows),
        pager: Pager {
            first: before.map(|_| routes::MAIL.to_owned()),
            next: next.map(|cursor| routes::with_query(routes::MAIL, &[("cursor", &cursor)])),
        },
    })
}

async fn show(who: Staff, id: Path<String>) -> Result<HttpResponse, SiteError> {
    let shown = who.app().mail_shown(&who.cx(), &id).await?;
    framing(html(&page(&who, &id, &shown, None).await?))
}

/// Carries out what the form says.
async fn act(form: StaffForm, id: Path<String>) -> Result<HttpResponse, SiteError> {
    let (app, cx) = (form.who.app().clone(), form.cx());
    let action = MailAction::from_text(form.value("action")).ok_or(Failure::Malformed)?;
    let done = match action {
        MailAction::Ticket => {
            let new = MailToTicket {
                desk: form.given("desk"),
                requester: form.given("email"),
                name: form.given("name"),
                organisation: form.given("organisation"),
                subject: form.given("subject"),
                kind: form.given("kind"),
            };
            app.make_ticket_of_mail(&cx, &id, &new).await
        }
        MailAction::Reply => {
            let visibility = Visibility::from_text(form.value("visibility")).unwrap_or(Visibility::Internal);
            app.add_mail_to_ticket(&cx, &id, form.value("target"), visibility).await
        }
        MailAction::Discard => app.discard_mail(&cx, &id, form.value("reason")).await,
        MailAction::Restore => app.restore_mail(&cx, &id).await,
    };
    match done {
        Ok(row) => {
            let (path, done) = match &row.ticket {
                Some(number) => (routes::ticket(number), Done::Added),
                None => (routes::mail_shown(&id), Done::Saved),
            };
            Ok(see_other_saying(&path, &Flash::Done(done)))
        }
        Err(error) => {
            let refusal = form.refusal(error, &[("number", "target"), ("requester", "email")])?;
            let shown = app.mail_shown(&cx, &id).await?;
            let mut page = page(&form.who, &id, &shown, Some((action, &refusal))).await?;
            let forms: Vec<Form> = page.actions.iter().map(|action| action.form.clone()).collect();
            show_errors(&mut page.page, &refusal, &forms);
            framing(html_with(refusal.status, &page))
        }
    }
}

/// The HTML of a message, alone in its frame.
async fn frame(who: Staff, id: Path<String>) -> Result<HttpResponse, SiteError> {
    let html = who.app().mail_html(&who.cx(), &id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, FRAME_POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        // A page of its own that is sandboxed can't be opener and same-origin at once.
        .insert_header((HeaderName::from_static("cross-origin-opener-policy"), "unsafe-none"))
        .body(html))
}

async fn original(who: Staff, id: Path<String>) -> Result<HttpResponse, SiteError> {
    let original = who.app().mail_original(&who.cx(), &id).await?;
    Ok(download::mail(original).await?)
}

/// Which file.
#[derive(Deserialize)]
struct Which {
    place: usize,
}

async fn file(who: Staff, id: Path<String>, which: web::Query<Which>) -> Result<HttpResponse, SiteError> {
    let file = who.app().mail_file(&who.cx(), &id, which.place).await?;
    Ok(download::mail_file(file))
}

/// Lets a page show a frame of ours.
fn framing(answer: Result<HttpResponse, SiteError>) -> Result<HttpResponse, SiteError> {
    let mut answer = answer?;
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMING_POLICY));
    Ok(answer)
}

async fn page(
    who: &Staff,
    id: &str,
    shown: &MailShown,
    refused: Option<(MailAction, &Refusal)>,
) -> Result<MailPage, AppError> {
    let (t, moments) = (who.texts(), who.moments());
    let directory = who.app().directory().await?;
    let MailShown { row, understood, mail, unreadable, people, allowed, .. } = shown;
    let mut page = who.page(mail_view::subject(t, row), Section::Mail);
    page.path = routes::mail_shown(id);
    page.back = match &row.ticket {
        Some(number) => Some(Link::new(routes::ticket(number), number.as_str())),
        None if who.may(Permission::MailHandle) => Some(Link::new(routes::MAIL, t.t("mail-waiting-title"))),
        None => None,
    };
    let only_restore = allowed.as_slice() == [MailAction::Restore];
    if only_restore {
        page.banner = Some(Banner::new(BannerKind::Info, t.t("mail-discarded-banner")));
    }
    let html = mail.as_ref().and_then(|mail| mail.html.as_ref()).map(|_| routes::mail_html(id));
    let files = mail.iter().flat_map(|mail| mail.attachments.iter().enumerate());
    let mut left: Vec<String> = left_out(t, &understood.left_out).into_iter().collect();
    if !understood.foreign_numbers.is_empty() {
        let numbers: Vec<&str> = understood.foreign_numbers.iter().map(|held| held.number.as_str()).collect();
        left.push(t.t1("mail-foreign", "numbers", numbers.join(", ")));
    }
    Ok(MailPage {
        state: mail_words::state(t, row.record.state).to_owned(),
        actions: actions(t, id, shown, &directory, refused),
        facts: facts(t, shown, &moments),
        text: mail.as_ref().map_or_else(String::new, |mail| text_of(&mail.new_text, &mail.text)),
        quoted: mail.as_ref().map_or_else(String::new, |mail| mail.quoted_text.clone()),
        unreadable: unreadable.map(|code| mail_words::unreadable(t, code).to_owned()),
        html,
        files: files
            .map(|(place, file)| {
                let place = place.to_string();
                let href = routes::with_query(&routes::mail_file(id), &[("place", &place)]);
                FileView::new(t.locale(), href, file.name.clone(), file.size)
            })
            .collect(),
        left_out: (!left.is_empty()).then(|| left.join(". ")),
        original: Link::new(routes::mail_original(id), t.t("mail-original")),
        waits: waits(t, &row.record, understood),
        steps: steps(t, understood),
        notes: understood.notes.iter().map(|note| mail_words::note(t, note)).collect(),
        handlings: handlings(t, &moments, &understood.handlings, people),
        page,
    })
}

/// What was written this time; all of it when nothing is left without history.
fn text_of(new: &str, all: &str) -> String {
    if new.trim().is_empty() { all.to_owned() } else { new.to_owned() }
}

fn facts(t: &Texts, shown: &MailShown, moments: &format::Moments) -> Vec<Fact> {
    let row = &shown.row;
    let size = u64::try_from(row.record.size_bytes).unwrap_or(0);
    let mut facts = vec![
        Fact::text(t.t("mail-column-sender"), mail_view::sender(t, row)),
        Fact::new(t.t("mail-column-when"), Cell::Moment(Moment::new(moments, row.record.received_at))),
        Fact::text(t.t("mail-fact-source"), mail_words::source(t, row.record.source)),
        Fact::text(t.t("mail-fact-size"), format::file_size(t.locale(), size)),
    ];
    if let Some(mail) = &shown.mail {
        let to: Vec<&str> =
            mail.to.iter().chain(&mail.cc).map(|held| held.address.as_str()).take(20).collect();
        facts.push(Fact::text(t.t("mail-fact-to"), to.join(", ")));
    }
    if let Some(mailbox) = &row.mailbox {
        facts.push(Fact::text(t.t("mail-column-mailbox"), &mailbox.name));
    }
    if let Some(class) = row.record.classification {
        facts.push(Fact::text(t.t("mail-field-class"), mail_words::classification(t, class)));
    }
    if let Some(id) = &row.record.header_message_id {
        facts.push(Fact::text(t.t("mail-fact-message-id"), id));
    }
    if let Some(number) = &row.ticket {
        facts.push(Fact::new(t.t("mail-column-ticket"), Cell::link(routes::ticket(number), number)));
    }
    facts
}

fn actions(
    t: &Texts,
    id: &str,
    shown: &MailShown,
    directory: &Directory,
    refused: Option<(MailAction, &Refusal)>,
) -> Vec<ActionView> {
    shown
        .allowed
        .iter()
        .map(|action| {
            let refusal = refused.filter(|(sent, _)| sent == action).map(|(_, refusal)| refusal);
            let form = match action {
                MailAction::Ticket => {
                    let first = first_values(shown, directory);
                    ticket_form(t, id, refusal.map_or(&first, |held| &held.state), shown, directory)
                }
                MailAction::Reply => {
                    let first = FormState::of([("visibility", "internal")]);
                    reply_form(t, id, refusal.map_or(&first, |held| &held.state))
                }
                MailAction::Discard => {
                    let none = FormState::default();
                    discard_form(t, id, refusal.map_or(&none, |held| &held.state))
                }
                MailAction::Restore => Form::new("restore", routes::mail_action(id), t.t("mail-do-restore"))
                    .fields(vec![Field::hidden("action", action.as_text())])
                    .submits(vec![Submit::secondary(t.t("mail-do-restore"))]),
            };
            let label = match action {
                MailAction::Ticket => t.t("mail-do-ticket"),
                MailAction::Reply => t.t("mail-do-reply"),
                MailAction::Discard => t.t("mail-do-discard"),
                MailAction::Restore => t.t("mail-do-restore"),
            };
            ActionView { label: label.to_owned(), key: None, form, is_open: refusal.is_some() }
        })
        .collect()
}

fn first_values(shown: &MailShown, directory: &Directory) -> FormState {
    let from = shown.mail.as_ref().and_then(|mail| mail.from.as_ref());
    let suggested = &shown.suggested;
    let desk = directory.desks.iter().find(|desk| Some(desk.id) == suggested.desk);
    let organisation = suggested.organisation.and_then(|id| directory.organisation(id));
    let organisation = organisation.filter(|_| !suggested.is_sender_known);
    FormState::of([
        ("subject", shown.mail.as_ref().map_or("", |mail| mail.subject.as_str())),
        ("email", from.map_or("", |from| from.address.as_str())),
        ("name", from.map_or("", |from| from.name.as_str())),
        ("organisation", organisation.map_or("", |held| held.code.as_str())),
        ("desk", desk.map_or("", |desk| desk.code.as_str())),
        ("kind", TicketKind::Incident.as_text()),
    ])
}

fn ticket_form(t: &Texts, id: &str, state: &FormState, shown: &MailShown, directory: &Directory) -> Form {
    let organisations = directory.organisations.iter().filter(|held| held.is_active);
    let organisations = std::iter::once(Choice::new("", t.t("mail-field-organisation-own")))
        .chain(organisations.map(|held| Choice::new(&held.code, &held.name)))
        .collect();
    let kinds = TicketKind::ALL.iter().filter(|kind| kind.can_be_filed());
    let kinds = kinds.map(|kind| Choice::new(kind.as_text(), tags::kind_label(t, *kind))).collect();
    let mut fields = vec![
        Field::hidden("action", MailAction::Ticket.as_text()),
        Field::line(state, "subject", t.t("mail-column-subject")).max(Subject::MAX),
        Field::typed(state, "email", t.t("mail-field-requester"), "email")
            .hint(t.t("mail-field-requester-hint"))
            .max(254),
    ];
    if !shown.suggested.is_sender_known {
        fields.push(Field::line(state, "name", t.t("mail-field-name")).max(200).optional());
    }
    fields.push(Field::select(state, "organisation", t.t("mail-field-organisation"), organisations));
    fields.push(Field::select(state, "kind", t.t("mail-field-kind"), kinds));
    if directory.desks.len() > 1 {
        let desks = directory.desks.iter().map(|desk| Choice::new(&desk.code, &desk.name)).collect();
        fields.push(Field::select(state, "desk", t.t("mail-field-desk"), desks));
    }
    Form::new("mail-ticket", routes::mail_action(id), t.t("mail-send-ticket")).fields(fields).apart()
}

fn reply_form(t: &Texts, id: &str, state: &FormState) -> Form {
    let readers = vec![
        Choice::new("internal", t.t("mail-visibility-internal")),
        Choice::new("public", t.t("mail-visibility-public")),
    ];
    Form::new("mail-reply", routes::mail_action(id), t.t("mail-send-reply"))
        .fields(vec![
            Field::hidden("action", MailAction::Reply.as_text()),
            Field::line(state, "target", t.t("mail-field-number"))
                .hint(t.t("mail-field-number-hint"))
                .max(20),
            Field::radios(state, "visibility", t.t("mail-field-visibility"), readers),
        ])
        .apart()
}

fn discard_form(t: &Texts, id: &str, state: &FormState) -> Form {
    Form::new("mail-discard", routes::mail_action(id), t.t("mail-send-discard"))
        .fields(vec![
            Field::hidden("action", MailAction::Discard.as_text()),
            Field::line(state, "reason", t.t("mail-field-reason")).max(Reason::MAX),
        ])
        .submits(vec![Submit::danger(t.t("mail-send-discard"))])
        .apart()
}
