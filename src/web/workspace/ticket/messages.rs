//! Writing on a ticket: to its requester, alone or with waiting or resolving; or a note among staff.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::page::{Sent, answered_meanwhile, refused_page};
use super::parsed;
use crate::app::tickets::{TicketDetail, Transition};
use crate::app::{AppError, opaque};
use crate::domain::ids::MessageId;
use crate::domain::ticket::{Action, Visibility, WaitingFor};
use crate::web::page::{Banner, BannerKind};
use crate::web::routes;
use crate::web::site::{Done, Flash, Refusal, SiteError, StaffForm, refusal_text, see_other_saying};

/// Adds the message, its files, and what the button says besides.
pub(in crate::web::workspace) async fn add(
    mut form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let visibility = Visibility::from_text(form.value("visibility")).ok_or(AppError::NotFound)?;
    let sent = match visibility {
        Visibility::Public => Sent::Reply,
        Visibility::Internal => Sent::Note,
    };
    let then = match form.value("then") {
        "wait" => Some(Action::Wait),
        "resolve" => Some(Action::Resolve),
        _ => None,
    };
    let app = form.who.app().clone();
    let detail = app.show_ticket(&form.who.cx(), number).await?;
    if form.has_refused_files() {
        return refused_page(&form.who, number, sent, &form.refused_here()).await;
    }
    if let Some(refusal) = not_possible(&form, &detail, then) {
        return refused_page(&form.who, number, sent, &refusal).await;
    }
    if visibility == Visibility::Public
        && let Some(refusal) = unread_answer(&form, &detail).await?
    {
        return refused_page(&form.who, number, sent, &refusal).await;
    }
    let body = form.value("body").to_owned();
    let message = match app.add_message(&form.cx(), number, &body, visibility.as_text()).await {
        Ok((message, _)) => message,
        Err(error) => return refused_page(&form.who, number, sent, &form.refusal(error, &[])?).await,
    };
    for (at, file) in form.take_files().into_iter().enumerate() {
        let cx = form.cx_for(&format!("file-{at}"));
        app.attach_file(&cx, number, Some(message.id), visibility, &file.name, file.content).await?;
    }
    if let Some(action) = then {
        app.transition_ticket(&form.cx_for("then"), number, None, &transition(action, body)).await?;
    }
    let done = match (then, visibility) {
        (Some(Action::Resolve), _) => Done::TicketResolved,
        (_, Visibility::Public) => Done::MessageSent,
        (_, Visibility::Internal) => Done::NoteSaved,
    };
    Ok(see_other_saying(&routes::ticket(&number.to_string()), &Flash::Done(done)))
}

fn transition(action: Action, body: String) -> Transition {
    let transition = Transition { action: action.as_text().to_owned(), ..Transition::default() };
    match action {
        Action::Resolve => Transition { solution: Some(body), ..transition },
        _ => Transition { waiting_for: Some(WaitingFor::Requester.as_text().to_owned()), ..transition },
    }
}

/// Nothing is sent when what should follow isn't possible. A second send of the same form finds the
/// ticket resolved by the first; that is no reason to refuse.
fn not_possible(form: &StaffForm, detail: &TicketDetail, then: Option<Action>) -> Option<Refusal> {
    let action = then?;
    let done_already = match action {
        Action::Resolve => {
            detail.ticket.resolution.as_ref().is_some_and(|held| held.solution == form.value("body"))
        }
        _ => detail.ticket.waiting.is_some(),
    };
    if done_already || detail.allowed.contains(&action) {
        return None;
    }
    let banner = Banner::new(BannerKind::Danger, refusal_text(form.who.texts(), "wrongStatus"));
    Some(Refusal { state: form.state.clone(), banner: Some(banner), status: StatusCode::CONFLICT })
}

/// An answer of the requester that came while the reply was written is read first.
async fn unread_answer(form: &StaffForm, detail: &TicketDetail) -> Result<Option<Refusal>, AppError> {
    let (app, who) = (form.who.app(), &form.who);
    let Some(seen) = opaque::decode(form.value("seen")).map(MessageId) else { return Ok(None) };
    let ticket = &detail.ticket;
    let (newer, people) = app.ticket_messages(&who.cx(), ticket.number, seen, 100).await?;
    let Some(answer) = newer.iter().rev().find(|message| message.author == ticket.requester) else {
        return Ok(None);
    };
    if ticket.requester == who.actor().user {
        return Ok(None);
    }
    let name = people.get(&answer.author).map_or("", |person| person.name.as_str());
    let banner = answered_meanwhile(who.texts(), name, &who.moments().date_time(answer.created_at));
    Ok(Some(Refusal { state: form.state.clone(), banner: Some(banner), status: StatusCode::CONFLICT }))
}
