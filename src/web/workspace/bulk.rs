//! Taking or assigning many tickets at once; each gets its own result.

use actix_web::HttpResponse;

use crate::app::AppError;
use crate::app::tickets::{BulkAction, Transition};
use crate::domain::ticket::{Action, TicketNumber};
use crate::web::routes;
use crate::web::site::{Done, Flash, SiteError, StaffForm, local_path, see_other_saying};

/// Carries it out and goes back to the queue, which tells what became of each.
pub(super) async fn act(form: StaffForm) -> Result<HttpResponse, SiteError> {
    let back = local_path(form.value("next")).unwrap_or(routes::WORKSPACE);
    let say = |flash: Flash| Ok(see_other_saying(back, &flash));
    let transition = match Action::from_text(form.value("action")) {
        Some(Action::Take) => {
            Transition { action: Action::Take.as_text().to_owned(), ..Transition::default() }
        }
        Some(Action::Assign) => {
            let (group, assignee) = (form.given("group"), form.given("person"));
            if group.is_none() && assignee.is_none() {
                return say(Flash::Done(Done::NoTarget));
            }
            Transition {
                action: Action::Assign.as_text().to_owned(),
                group,
                assignee,
                ..Transition::default()
            }
        }
        _ => return Err(AppError::NotFound.into()),
    };
    let numbers: Vec<String> = form.state.all("ticket").map(str::to_owned).collect();
    let bulk = BulkAction { numbers, transition };
    let results = match form.who.app().bulk_transition(&form.cx(), &bulk).await {
        Ok(results) => results,
        Err(AppError::Invalid(_)) if bulk.numbers.is_empty() => return say(Flash::Done(Done::NoTickets)),
        Err(error) => return Err(error.into()),
    };
    let changed = results.iter().filter(|result| result.result.is_ok()).count();
    let failed = results
        .into_iter()
        .filter_map(|result| {
            Some((TicketNumber::parse(&result.number)?, result.result.err()?.code().to_owned()))
        })
        .collect();
    say(Flash::Bulk { changed, failed })
}
