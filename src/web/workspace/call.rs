//! Registering a phone call: find who calls, see what they have open, file and deal with it in one step.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::forms;
use super::ticket::classification;
use super::view::{CallPage, Caller, FoundPerson};
use crate::app::people::PersonView;
use crate::app::tickets::{AfterFiling, NewTicket, TicketQuery};
use crate::app::{AppError, opaque};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::domain::ticket::{Channel, Line, TicketKind};
use crate::web::concerns::Concerns;
use crate::web::form::{Choice, FormState};
use crate::web::page::{Link, Page, Section};
use crate::web::routes;
use crate::web::site::{
    Done, Flash, Refusal, SiteError, Staff, StaffForm, html, html_with, see_other_saying, show_errors,
};

const MOST_FOUND: i64 = 20;
const MOST_OPEN: i64 = 10;

/// Whom to search for, or who was picked.
#[derive(Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
    person: Option<String>,
}

/// The search, or the form for whoever was picked.
pub(super) async fn show(who: Staff, asked: web::Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::TicketCreateOnBehalf)?;
    let Asked { q, person } = asked.into_inner();
    if let Some(id) = person.filter(|id| !id.is_empty()) {
        let state =
            FormState::of([("kind", TicketKind::Incident.as_text()), ("impact", "3"), ("urgency", "2")]);
        return html(&call_page(&who, &id, &state).await?);
    }
    let query = q.unwrap_or_default().trim().to_owned();
    let found = if query.is_empty() { None } else { Some(people(&who, &query, MOST_FOUND).await?) };
    let new_contact = found.is_some().then(|| routes::with_query(routes::NEW_CONTACT, &[("name", &query)]));
    html(&CallPage {
        page: page(&who),
        found: found.map(|found| {
            let directory = found.1;
            let link = |id: &str| routes::with_query(routes::NEW_CALL, &[("person", id)]);
            found.0.iter().map(|person| found_person(person, &directory, link)).collect()
        }),
        query,
        caller: None,
        new_contact_href: new_contact,
        form: None,
    })
}

/// Files the ticket and does what the button says.
pub(super) async fn register(form: StaffForm) -> Result<HttpResponse, SiteError> {
    let text = |name: &str| form.value(name).to_owned();
    let (then, done) = match form.value("then") {
        "resolve" => (AfterFiling::Resolve { solution: text("solution") }, Done::TicketResolved),
        "take" => (AfterFiling::Take, Done::Added),
        "handOver" => {
            let reason_code = form.given("reasonCode");
            let (to_group, reason) = (text("toGroup"), text("reason"));
            (AfterFiling::Escalate { to_group, reason, reason_code }, Done::Added)
        }
        _ => (AfterFiling::Nothing, Done::Added),
    };
    let new = NewTicket {
        kind: text("kind"),
        subject: text("subject"),
        description: form.given("description"),
        channel: Some(Channel::Phone.as_text().to_owned()),
        requester: Some(text("person")),
        service: form.given("service"),
        support_level: form.given("supportLevel"),
        activity: form.given("activity"),
        system: form.given("system"),
        category: form.given("category"),
        // What is no number is out of range.
        impact: Some(form.value("impact").parse().unwrap_or(0)),
        urgency: Some(form.value("urgency").parse().unwrap_or(0)),
        then,
        ..NewTicket::default()
    };
    match form.who.app().create_ticket(&form.cx(), new).await {
        Ok(ticket) => {
            let path = routes::ticket(&ticket.number.to_string());
            Ok(see_other_saying(&path, &Flash::Done(done)))
        }
        Err(error) => {
            let refusal: Refusal = form.refusal(error, &[("requester", "person")])?;
            let mut shown = call_page(&form.who, form.value("person"), &refusal.state).await?;
            let forms: Vec<_> = shown.form.iter().cloned().collect();
            show_errors(&mut shown.page, &refusal, &forms);
            html_with(refusal.status, &shown)
        }
    }
}

fn page(who: &Staff) -> Page {
    who.page(who.texts().t("call-title"), Section::Queues)
}

async fn call_page(who: &Staff, id: &str, state: &FormState) -> Result<CallPage, SiteError> {
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let person = app.person(&cx, id).await?;
    let directory = app.directory().await?;
    let query = TicketQuery {
        requester: Some(id.to_owned()),
        open: Some(true),
        limit: Some(MOST_OPEN),
        ..TicketQuery::default()
    };
    let open = app.list_tickets(&cx, &query).await?.listing.items;
    let policies = who.app().policies().await?;
    let concerns = Concerns::new(t, &directory, policies.matrix.at(who.app().now()));
    let mut choices = classification(&directory);
    choices.escalation_groups = directory
        .groups
        .iter()
        .filter(|group| group.is_active && group.line != Line::First)
        .map(|group| Choice::new(&group.code, &group.name))
        .collect();
    Ok(CallPage {
        page: page(who),
        query: String::new(),
        found: None,
        caller: Some(Caller {
            details: details(&person, &directory),
            name: person.name,
            change_href: routes::NEW_CALL.to_owned(),
            open: open
                .iter()
                .map(|row| Link::new(routes::ticket(&row.number), format!("{} {}", row.number, row.subject)))
                .collect(),
        }),
        new_contact_href: None,
        form: Some(forms::call(t, state, id, choices, concerns)),
    })
}

/// People whose name, address or phone number the words fit.
pub(super) async fn people(
    who: &Staff,
    query: &str,
    limit: i64,
) -> Result<(Vec<PersonView>, std::sync::Arc<Directory>), AppError> {
    let found = who.app().list_people(&who.cx(), query, None, None, Some(limit)).await?;
    Ok((found.items, who.app().directory().await?))
}

/// A person with a link that `link` makes of the opaque id.
pub(super) fn found_person(
    person: &PersonView,
    directory: &Directory,
    link: impl Fn(&str) -> String,
) -> FoundPerson {
    FoundPerson {
        href: link(&opaque::encode(person.id.get())),
        name: person.name.clone(),
        details: details(person, directory),
    }
}

/// "Skolan i Lillby, Lillby kommun, 0123-45 61 22, anna.ek@example.se".
fn details(person: &PersonView, directory: &Directory) -> String {
    let organisation = person.organisations.first().and_then(|id| directory.organisation(*id));
    let customer = organisation
        .filter(|found| found.customer != found.id)
        .and_then(|found| directory.organisation(found.customer));
    let parts = [
        organisation.map(|found| found.name.as_str()),
        customer.map(|found| found.name.as_str()),
        person.phone.as_deref(),
        Some(person.email.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
