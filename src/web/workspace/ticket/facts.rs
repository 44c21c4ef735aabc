//! Editing the facts. Two people who change different facts both get their way; for a fact that both
//! changed, the later one chooses.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::choices::classification;
use super::parsed;
use crate::app::AppError;
use crate::app::tickets::{Patch, TicketDetail, TicketPatch};
use crate::domain::people::Directory;
use crate::domain::routing::{ActivityCode, Matrix, SupportLevelCode};
use crate::domain::ticket::{Ticket, TicketNumber};
use crate::i18n::{Arg, Texts};
use crate::web::concerns::Concerns;
use crate::web::form::{Field, Form, FormState};
use crate::web::page::{Link, Section};
use crate::web::pages::{Conflict, ConflictPage, WorkspaceFormPage};
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SiteError, Staff, StaffForm, html_with, see_other, see_other_saying,
    show_errors,
};
use crate::web::workspace::forms::{self, FACTS};
use crate::web::{routes, tags};

/// Saving is tried anew this often when others keep changing other facts.
const ATTEMPTS: usize = 3;
const MOST_EVENTS: i64 = 2_000;

/// The form with the facts as they stand.
pub(in crate::web::workspace) async fn show(
    who: Staff,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let detail = who.app().show_ticket(&who.cx(), parsed(&number)?).await?;
    if !detail.may_edit {
        return Ok(see_other(&routes::ticket(&detail.ticket.number.to_string())));
    }
    edit_page(&who, &detail, None).await
}

/// Saves what was changed.
pub(in crate::web::workspace) async fn save(
    form: StaffForm,
    number: web::Path<String>,
) -> Result<HttpResponse, SiteError> {
    let number = parsed(&number)?;
    let (app, who) = (form.who.app(), &form.who);
    let mut changes = changes(&form);
    let mut version = form.version();
    let path = routes::ticket(&number.to_string());
    for _ in 0..ATTEMPTS {
        if changes.is_empty() {
            return Ok(see_other(&path));
        }
        match app.edit_ticket(&form.cx(), number, version, &patch(&changes)).await {
            Ok(_) => return Ok(see_other_saying(&path, &Flash::Done(Done::Saved))),
            Err(AppError::Stale { .. }) => {
                let detail = app.show_ticket(&who.cx(), number).await?;
                let now = state_of(&detail.ticket, &*app.directory().await?);
                changes.retain(|change| change.mine != now.value(change.fact));
                if changes.iter().any(|change| change.was != now.value(change.fact)) {
                    return conflict_page(who, &detail, &changes, &now).await;
                }
                version = Some(detail.ticket.version);
            }
            Err(error) => {
                let refusal = form.refusal(error, &[])?;
                let detail = app.show_ticket(&who.cx(), number).await?;
                return edit_page(who, &detail, Some(&refusal)).await;
            }
        }
    }
    Err(AppError::Unavailable("others keep changing the ticket").into())
}

/// A fact as it was on the page, and as it is wanted.
struct Change {
    fact: &'static str,
    was: String,
    mine: String,
}

fn changes(form: &ProtectedForm) -> Vec<Change> {
    FACTS
        .into_iter()
        .filter(|fact| form.state.all(fact).next().is_some())
        .map(|fact| Change {
            fact,
            was: form.value(&format!("was-{fact}")).to_owned(),
            mine: form.value(fact).to_owned(),
        })
        .filter(|change| change.was != change.mine)
        .collect()
}

fn patch(changes: &[Change]) -> TicketPatch {
    let mut patch = TicketPatch::default();
    for Change { fact, mine, .. } in changes {
        let text = || Patch::Value(mine.clone());
        // What is no number is out of range.
        let rank = || Patch::Value(mine.parse().unwrap_or(0));
        match *fact {
            "subject" => patch.subject = text(),
            "category" => patch.category = text(),
            "service" => patch.service = text(),
            "system" => patch.system = text(),
            "supportLevel" => patch.support_level = text(),
            "activity" => patch.activity = text(),
            "impact" => patch.impact = rank(),
            _ => patch.urgency = rank(),
        }
    }
    patch
}

/// The facts as the form holds them.
fn state_of(ticket: &Ticket, directory: &Directory) -> FormState {
    let code = |found: Option<&String>| found.cloned().unwrap_or_default();
    FormState::of([
        ("subject", ticket.subject.clone()),
        ("category", code(ticket.category.and_then(|id| directory.category(id)).map(|found| &found.code))),
        ("service", code(ticket.service.and_then(|id| directory.service(id)).map(|found| &found.code))),
        ("system", code(ticket.system.and_then(|id| directory.system(id)).map(|found| &found.code))),
        ("supportLevel", ticket.support_level.as_ref().map_or("", SupportLevelCode::as_str).to_owned()),
        ("activity", ticket.activity.as_ref().map_or("", ActivityCode::as_str).to_owned()),
        ("impact", ticket.impact.get().to_string()),
        ("urgency", ticket.urgency.get().to_string()),
    ])
}

async fn edit_page(
    who: &Staff,
    detail: &TicketDetail,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let (directory, policies) = (who.app().directory().await?, who.app().policies().await?);
    let now = state_of(&detail.ticket, &directory);
    let was = refusal.map(|refusal| {
        FormState::of(FACTS.map(|fact| (fact, refusal.state.value(&format!("was-{fact}")).to_owned())))
    });
    let state = refusal.map_or(&now, |refusal| &refusal.state);
    let number = detail.ticket.number.to_string();
    let version = refusal.and_then(|refusal| refusal.state.value("version").parse().ok());
    let form = forms::facts(
        t,
        state,
        was.as_ref().unwrap_or(&now),
        &number,
        version.unwrap_or(detail.ticket.version),
        classification(&directory),
        Concerns::new(t, &directory, policies.matrix.at(who.app().now())),
    );
    let mut page = who.page(t.t1("ticket-edit-title", "number", &number), Section::Queues);
    page.back = Some(Link::new(routes::ticket(&number), format!("{number} {}", detail.ticket.subject)));
    if let Some(refusal) = refusal {
        show_errors(&mut page, refusal, [&form]);
    }
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    html_with(status, &WorkspaceFormPage { page, lead: None, form })
}

async fn conflict_page(
    who: &Staff,
    detail: &TicketDetail,
    changes: &[Change],
    now: &FormState,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let (directory, policies) = (who.app().directory().await?, who.app().policies().await?);
    let matrix = policies.matrix.at(who.app().now());
    let number = detail.ticket.number.to_string();
    let (both, mine): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.was != now.value(change.fact));
    let word = |fact: &str, value: &str| reading(t, &directory, matrix, fact, value);
    let conflicts = both
        .iter()
        .map(|change| {
            let stored = now.value(change.fact);
            Conflict {
                name: change.fact.to_owned(),
                label: label(t, change.fact).to_owned(),
                yours: (change.mine.clone(), word(change.fact, &change.mine)),
                now: (stored.to_owned(), word(change.fact, stored)),
            }
        })
        .collect();
    // What is sent again starts from what is stored now.
    let mut fields: Vec<Field> = mine.iter().map(|change| Field::hidden(change.fact, &change.mine)).collect();
    fields.extend(
        changes.iter().map(|change| Field::hidden(&format!("was-{}", change.fact), now.value(change.fact))),
    );
    let form = Form::new("conflict", routes::ticket_facts(&number), t.t("conflict-save"))
        .fields(fields)
        .version(detail.ticket.version)
        .cancel(Link::new(routes::ticket(&number), t.t("form-cancel")));
    let lead = lead(who, detail.ticket.number).await?;
    let page = who.page(t.t("conflict-title"), Section::Queues);
    html_with(StatusCode::CONFLICT, &ConflictPage { page, lead, conflicts, form })
}

/// "Sara ändrade ärendet i dag 14.02 medan du skrev."
async fn lead(who: &Staff, number: TicketNumber) -> Result<String, AppError> {
    let t = who.texts();
    let (events, people) = who.app().ticket_events(&who.cx(), number, 0, MOST_EVENTS).await?;
    let last = events.last();
    let name = last
        .and_then(|event| event.actor)
        .and_then(|actor| people.get(&actor))
        .map_or_else(|| t.t("event-by-itself"), |person| person.name.as_str());
    let when = last.map_or_else(String::new, |event| who.moments().date_time(event.at));
    Ok(t.tr("conflict-lead", &[("who", Arg::Text(name)), ("when", Arg::Text(&when))]))
}

fn label<'t>(t: &'t Texts, fact: &str) -> &'t str {
    match fact {
        "subject" => t.t("field-subject"),
        "category" => t.t("field-category"),
        "service" => t.t("field-service"),
        "system" => t.t("field-system"),
        "supportLevel" => t.t("field-support-level"),
        "activity" => t.t("field-task"),
        "impact" => t.t("field-impact"),
        _ => t.t("field-urgency"),
    }
}

/// A value in words.
fn reading(t: &Texts, directory: &Directory, matrix: Option<&Matrix>, fact: &str, value: &str) -> String {
    let name = match fact {
        "subject" => return value.to_owned(),
        "category" => directory.category_by_code(value).map(|found| found.name.as_str()),
        "service" => directory.service_by_code(value).map(|found| found.name.as_str()),
        "system" => directory.system_by_code(value).map(|found| found.name.as_str()),
        "supportLevel" => SupportLevelCode::parse(value)
            .ok()
            .and_then(|code| matrix?.level_name(&code))
            .map(|name| name.in_language(t.locale())),
        "activity" => ActivityCode::parse(value)
            .ok()
            .and_then(|code| matrix?.activity_name(&code))
            .map(|name| name.in_language(t.locale())),
        "impact" => value.parse().ok().map(|rank| tags::impact_label(t, rank)),
        _ => value.parse().ok().map(|rank| tags::urgency_label(t, rank)),
    };
    name.unwrap_or_else(|| t.t("choice-none")).to_owned()
}
