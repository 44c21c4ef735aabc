//! Reporting a fault and ordering: plain words become impact and urgency here.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::forms;
use crate::app::tickets::{AfterFiling, NewTicket};
use crate::domain::people::Directory;
use crate::domain::ticket::{TicketKind, Visibility};
use crate::i18n::Texts;
use crate::web::concerns::Concerns;
use crate::web::form::{Choice, Form, FormState};
use crate::web::page::{Link, Section};
use crate::web::pages::PortalFormPage;
use crate::web::routes;
use crate::web::site::{ProtectedForm, Refusal, SignedIn, SiteError, html_with, see_other, show_errors};

/// What the page calls the fields of a new ticket.
const NAMES: [(&str, &str); 3] = [("subject", "what"), ("impact", "affected"), ("urgency", "able")];

/// What is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filed {
    Fault,
    Order,
}

/// The empty form for a fault.
pub(super) async fn show_fault(who: SignedIn) -> Result<HttpResponse, SiteError> {
    empty(&who, Filed::Fault).await
}

/// The empty form for an order.
pub(super) async fn show_order(who: SignedIn) -> Result<HttpResponse, SiteError> {
    empty(&who, Filed::Order).await
}

/// Files a fault.
pub(super) async fn report_fault(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let new = NewTicket {
        kind: TicketKind::Incident.as_text().to_owned(),
        impact: Some(impact(form.value("affected"))),
        urgency: Some(urgency(form.value("able"))),
        ..plain(&form)
    };
    file(form, Filed::Fault, new).await
}

/// Files an order.
pub(super) async fn order(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    let new = NewTicket { kind: TicketKind::Request.as_text().to_owned(), ..plain(&form) };
    file(form, Filed::Order, new).await
}

/// What a press on "the whole workplace" means; an unanswered question is no rank, so that it is
/// refused with the others.
fn impact(affected: &str) -> i64 {
    match affected {
        "workplace" => 1,
        "several" => 2,
        "me" | "unknown" => 3,
        _ => 0,
    }
}

fn urgency(able: &str) -> i64 {
    match able {
        "no" => 1,
        "partly" => 2,
        "yes" => 3,
        _ => 0,
    }
}

fn plain(form: &ProtectedForm) -> NewTicket {
    NewTicket {
        subject: form.value("what").to_owned(),
        description: form.given("description"),
        service: form.given("service"),
        support_level: form.given("supportLevel"),
        activity: form.given("activity"),
        system: form.given("system"),
        organisation: form.given("organisation"),
        then: AfterFiling::Nothing,
        ..NewTicket::default()
    }
}

async fn file(mut form: ProtectedForm, filed: Filed, new: NewTicket) -> Result<HttpResponse, SiteError> {
    if form.has_refused_files() {
        return refused(&form.who, filed, &form.refused_here()).await;
    }
    let app = form.who.app().clone();
    let ticket = match app.create_ticket(&form.cx(), new).await {
        Ok(ticket) => ticket,
        Err(error) => return refused(&form.who, filed, &form.refusal(error, &NAMES)?).await,
    };
    for (at, file) in std::mem::take(&mut form.files).into_iter().enumerate() {
        let cx = form.cx_for(&format!("file-{at}"));
        app.attach_file(&cx, ticket.number, None, Visibility::Public, &file.name, file.content).await?;
    }
    Ok(see_other(&routes::receipt(&ticket.number.to_string())))
}

async fn empty(who: &SignedIn, filed: Filed) -> Result<HttpResponse, SiteError> {
    page(who, filed, StatusCode::OK, None).await
}

async fn refused(who: &SignedIn, filed: Filed, refusal: &Refusal) -> Result<HttpResponse, SiteError> {
    page(who, filed, refusal.status, Some(refusal)).await
}

async fn page(
    who: &SignedIn,
    filed: Filed,
    status: StatusCode,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let directory = who.app().directory().await?;
    let t = who.texts();
    let no_answers = FormState::default();
    let state = refusal.map_or(&no_answers, |refusal| &refusal.state);
    let policies = who.app().policies().await?;
    let concerns = Concerns::new(t, &directory, policies.matrix.at(who.app().now()));
    let form = form(t, filed, state, &directory, concerns, who);
    let title = match filed {
        Filed::Fault => t.t("report-fault-title"),
        Filed::Order => t.t("order-title"),
    };
    let mut page = who.page(title, Section::None);
    page.back = Some(Link::new(routes::START, t.t("back-to-start")));
    if let Some(refusal) = refusal {
        show_errors(&mut page, refusal, [&form]);
    }
    let after = (filed == Filed::Fault).then(|| t.t1("fault-after", "phone", &page.desk.phone));
    html_with(status, &PortalFormPage { page, lead: None, form, after })
}

fn form(
    t: &Texts,
    filed: Filed,
    state: &FormState,
    directory: &Directory,
    concerns: Concerns,
    who: &SignedIn,
) -> Form {
    let systems = directory
        .systems
        .iter()
        .filter(|system| system.is_active)
        .map(|system| Choice::new(&system.code, &system.name))
        .collect();
    let organisations = who
        .actor()
        .organisations
        .iter()
        .filter_map(|id| directory.organisation(*id))
        .filter(|organisation| organisation.is_active)
        .map(|organisation| Choice::new(&organisation.code, &organisation.name))
        .collect();
    match filed {
        Filed::Fault => forms::report_fault(t, state, concerns, systems, organisations),
        Filed::Order => forms::order(t, state, systems, organisations),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::{Rank, priority_of};

    fn priority(affected: &str, able: &str) -> Option<i64> {
        let (impact, urgency) = (Rank::new(impact(affected))?, Rank::new(urgency(able))?);
        Some(priority_of(impact, urgency).get())
    }

    #[test]
    fn plain_answers_become_priorities() {
        assert_eq!(priority("workplace", "no"), Some(1));
        assert_eq!(priority("several", "partly"), Some(2));
        assert_eq!(priority("me", "no"), Some(3));
        assert_eq!(priority("unknown", "yes"), Some(4));
        assert_eq!(priority("", "yes"), None);
        assert_eq!(priority("me", "<b>"), None);
    }
}
