//! One ticket as its requester sees it, and what the requester does to it. Notes among staff are never
//! asked for here, whoever reads.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::forms;
use super::view::{MyTicketPage, requester_status, steps};
use crate::app::tickets::{Attachment, Message, TicketDetail, Transition};
use crate::app::{App, AppError, Ctx};
use crate::domain::access::Permission;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::ticket::{Action, Ticket, TicketEvent, TicketNumber, Visibility, WaitingFor};
use crate::web::components::{Cell, Fact};
use crate::web::form::{Form, FormState};
use crate::web::page::{Link, Section};
use crate::web::pages::PortalFormPage;
use crate::web::promise::Promises;
use crate::web::routes;
use crate::web::routing_story::RoutingStory;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, html, html_with, see_other, see_other_saying,
    show_errors,
};
use crate::web::story::{Story, named_in};

/// More than any ticket has; the rest of an endless one isn't shown here.
const MOST: i64 = 2_000;

fn parsed(number: &str) -> Result<TicketNumber, AppError> {
    TicketNumber::parse(number).ok_or(AppError::NotFound)
}

/// Shows the ticket.
pub(super) async fn show(who: SignedIn, number: web::Path<String>) -> Result<HttpResponse, SiteError> {
    let detail = who.app().show_ticket(&who.cx(), parsed(&number)?).await?;
    if is_anothers(&who, &detail.ticket) {
        // Staff who follow somebody's link work on the ticket instead.
        return Ok(see_other(&routes::ticket(&number)));
    }
    who.app().mark_ticket_seen(&who.cx(), &detail.ticket).await?;
    let page = ticket_page(&who, detail, None).await?;
    html(&page)
}

/// Adds an answer with its files.
pub(super) async fn reply(
    mut form: ProtectedForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let app = form.who.app().clone();
    if form.has_refused_files() {
        return refused_reply(&form.who, number, &form.refused_here()).await;
    }
    let public = Visibility::Public.as_text();
    let message = match app.add_message(&form.cx(), number, form.value("body"), public).await {
        Ok((message, _)) => message,
        Err(error) => return refused_reply(&form.who, number, &form.refusal(error, &[])?).await,
    };
    for (at, file) in std::mem::take(&mut form.files).into_iter().enumerate() {
        let cx = form.cx_for(&format!("file-{at}"));
        app.attach_file(&cx, number, Some(message.id), Visibility::Public, &file.name, file.content).await?;
    }
    Ok(see_other_saying(&routes::my_ticket(&number.to_string()), &Flash::Done(Done::MessageSent)))
}

/// "It works now".
pub(super) async fn close(form: ProtectedForm, number: web::Path<String>) -> Result<HttpResponse, SiteError> {
    act(&form, parsed(&number)?, Action::Close, Done::TicketClosed).await
}

/// Asks what still doesn't work.
pub(super) async fn show_reopen(who: SignedIn, number: web::Path<String>) -> Result<HttpResponse, SiteError> {
    ask(&who, parsed(&number)?, Action::Reopen, None).await
}

/// "It still does not work".
pub(super) async fn reopen(
    form: ProtectedForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    act(&form, parsed(&number)?, Action::Reopen, Done::TicketReopened).await
}

/// Asks why help is no longer needed.
pub(super) async fn show_cancel(who: SignedIn, number: web::Path<String>) -> Result<HttpResponse, SiteError> {
    ask(&who, parsed(&number)?, Action::Cancel, None).await
}

/// "I no longer need help".
pub(super) async fn cancel(
    form: ProtectedForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    act(&form, parsed(&number)?, Action::Cancel, Done::TicketCancelled).await
}

async fn act(
    form: &ProtectedForm,
    number: TicketNumber,
    action: Action,
    done: Done,
) -> Result<HttpResponse, SiteError> {
    let transition = Transition {
        action: action.as_text().to_owned(),
        reason: form.given("reason"),
        ..Transition::default()
    };
    // The version isn't held against the requester: what they say of their own matter holds whatever
    // staff did meanwhile, as long as the state allows it.
    let path = routes::my_ticket(&number.to_string());
    match form.who.app().transition_ticket(&form.cx(), number, None, &transition).await {
        Ok(_) => Ok(see_other_saying(&path, &Flash::Done(done))),
        Err(error) if action == Action::Close => {
            refused_reply(&form.who, number, &form.refusal(error, &[])?).await
        }
        Err(error) => ask(&form.who, number, action, Some(&form.refusal(error, &[])?)).await,
    }
}

/// The page of a form that asks why.
async fn ask(
    who: &SignedIn,
    number: TicketNumber,
    action: Action,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let detail = who.app().show_ticket(&who.cx(), number).await?;
    let text = number.to_string();
    if refusal.is_none() && !detail.allowed.contains(&action) {
        return Ok(see_other(&routes::my_ticket(&text)));
    }
    let no_answers = FormState::default();
    let state = refusal.map_or(&no_answers, |refusal| &refusal.state);
    let version = detail.ticket.version;
    let (title, form) = if action == Action::Cancel {
        (t.t("cancel-title"), forms::cancel(t, state, &text, version))
    } else {
        (t.t("reopen-title"), forms::reopen(t, state, &text, version))
    };
    let mut page = who.page(title, Section::MyTickets);
    page.back = Some(Link::new(routes::my_ticket(&text), &detail.ticket.subject));
    if let Some(refusal) = refusal {
        show_errors(&mut page, refusal, [&form]);
    }
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    html_with(status, &PortalFormPage { page, lead: Some(detail.ticket.subject), form, after: None })
}

async fn refused_reply(
    who: &SignedIn,
    number: TicketNumber,
    refusal: &Refusal,
) -> Result<HttpResponse, SiteError> {
    let detail = who.app().show_ticket(&who.cx(), number).await?;
    let mut shown = ticket_page(who, detail, Some(refusal)).await?;
    let forms: Vec<Form> = shown.reply.iter().cloned().collect();
    show_errors(&mut shown.page, refusal, &forms);
    html_with(refusal.status, &shown)
}

fn is_anothers(who: &SignedIn, ticket: &Ticket) -> bool {
    let own = [ticket.requester, ticket.registered_by].contains(&who.actor().user);
    !own && who.may(Permission::QueueView)
}

/// Everything below the facts.
struct Parts {
    messages: Vec<Message>,
    events: Vec<TicketEvent>,
    files: Vec<Attachment>,
}

async fn parts(
    app: &App,
    cx: &Ctx,
    number: TicketNumber,
    detail: &mut TicketDetail,
) -> Result<Parts, AppError> {
    let (mut messages, authors) = app.ticket_messages(cx, number, MessageId(0), MOST).await?;
    let (mut events, actors) = app.ticket_events(cx, number, 0, MOST).await?;
    let mut files = app.ticket_attachments(cx, number).await?;
    messages.retain(|message| message.visibility == Visibility::Public);
    files.retain(|file| file.visibility == Visibility::Public);
    events.retain(|event| !event.kind.is_internal());
    detail.people.extend(authors);
    detail.people.extend(actors);
    let named: Vec<UserId> = events.iter().flat_map(|event| named_in(&event.kind)).collect();
    detail.people.extend(app.people(&named).await?);
    Ok(Parts { messages, events, files })
}

async fn ticket_page(
    who: &SignedIn,
    mut detail: TicketDetail,
    refusal: Option<&Refusal>,
) -> Result<MyTicketPage, SiteError> {
    let (app, t) = (who.app(), who.texts());
    let directory = app.directory().await?;
    let Parts { messages, events, files } = parts(app, &who.cx(), detail.ticket.number, &mut detail).await?;
    let TicketDetail { ticket, allowed, may_reply, people, promises, routed, .. } = detail;
    let policies = app.policies().await?;
    let moments = who.moments();
    let words = Promises { t, moments: &moments, is_requester: ticket.requester == who.actor().user };
    let matrix = policies.matrix.at(app.now());
    let story = Story { t, moments: who.moments(), directory: &directory, matrix, people: &people };
    let number = ticket.number.to_string();
    let waits_for_you = ticket.waiting.is_some_and(|waiting| waiting.waiting_for == WaitingFor::Requester);
    let no_answers = FormState::default();
    let state = refusal.map_or(&no_answers, |refusal| &refusal.state);
    let mut page = who.page(&ticket.subject, Section::MyTickets);
    page.back = Some(Link::new(routes::MY_TICKETS, t.t("nav-my-tickets")));
    page.path = routes::my_ticket(&number);
    let mut said: Vec<_> = story.description(&ticket, &files).into_iter().collect();
    said.extend(messages.iter().enumerate().map(|(at, message)| story.message(at, message, &ticket, &files)));
    Ok(MyTicketPage {
        page,
        status: requester_status(t, ticket.status, waits_for_you),
        waits_for_you: waits_for_you && may_reply,
        steps: steps(t, ticket.status),
        facts: facts(&story, &ticket),
        promises: promises.iter().map(|promise| words.line(promise)).collect(),
        answer: RoutingStory::when(t, &directory, &policies, routed.as_ref()).and_then(RoutingStory::answer),
        messages: said,
        reply: may_reply.then(|| forms::reply(t, state, &number)),
        close: allowed.contains(&Action::Close).then(|| forms::close(t, &number, ticket.version)),
        reopen: allowed.contains(&Action::Reopen).then(|| routes::my_ticket_reopen(&number)),
        cancel: allowed.contains(&Action::Cancel).then(|| routes::my_ticket_cancel(&number)),
        history: events.iter().map(|event| story.event(event)).collect(),
        number,
    })
}

fn facts(story: &Story<'_>, ticket: &Ticket) -> Vec<Fact> {
    let t = story.t;
    let mut facts = vec![
        Fact::text(t.t("my-ticket-owner"), story.owner(ticket.group, ticket.assignee)),
        Fact::new(t.t("my-ticket-opened"), Cell::Moment(story.moment(ticket.opened_at))),
    ];
    if ticket.system.is_some() {
        facts.push(Fact::text(t.t("my-ticket-system"), story.system(ticket.system)));
    }
    if let Some(until) = ticket.waiting.and_then(|waiting| waiting.until) {
        facts.push(Fact::new(t.t("my-ticket-until"), Cell::Moment(story.moment(until))));
    }
    if let Some(resolution) = &ticket.resolution {
        facts.push(Fact::text(t.t("my-ticket-solution"), &resolution.solution));
    }
    facts
}
