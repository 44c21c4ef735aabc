//! Whose a ticket is by what it concerns now: told above it, with the hand-over filled in.

use crate::app::tickets::Advice;
use crate::domain::policies::Policies;
use crate::domain::ticket::{Action, HandOverReason, Ticket};
use crate::web::page::Link;
use crate::web::portal::forms::REASON_MAX;
use crate::web::routing_story::RoutingStory;
use crate::web::story::Story;
use crate::web::workspace::view::AdvicePart;
use crate::web::{routes, tags};

/// The part of the page; nothing once the ticket lies where it belongs or staff decided otherwise.
pub(super) fn advice_part(
    story: &Story<'_>,
    policies: &Policies,
    number: &str,
    ticket: &Ticket,
    advice: &Advice,
) -> Option<AdvicePart> {
    if advice.is_decided || !ticket.status.is_open() {
        return None;
    }
    let t = story.t;
    let decided = Some((advice.at, advice.routed.clone()));
    let told = RoutingStory::when(t, story.directory, policies, decided.as_ref())?;
    let because = told.whole();
    let hand_over = advice.way.and_then(|way| hand_over(story, number, way, advice, &because));
    let lead = match (told.answer(), &hand_over) {
        (Some([responsible, _]), _) => responsible,
        (None, Some(_)) => t.t1("ticket-advice", "group", story.group(advice.routed.group)),
        (None, None) => return None,
    };
    Some(AdvicePart { lead, because, hand_over })
}

/// A link to the form of the action, filled in.
fn hand_over(
    story: &Story<'_>,
    number: &str,
    way: Action,
    advice: &Advice,
    because: &[String],
) -> Option<Link> {
    let group = story.directory.group(advice.routed.group)?;
    let reason = reason(because);
    let code = HandOverReason::WrongGroup.as_text();
    let to = match way {
        Action::Assign => vec![("group", group.code.as_str())],
        Action::Escalate => {
            vec![("toGroup", group.code.as_str()), ("reasonCode", code), ("reason", &reason)]
        }
        _ => vec![("reasonCode", code), ("reason", &reason)],
    };
    let given: Vec<(&str, &str)> = std::iter::once(("action", way.as_text())).chain(to).collect();
    Some(Link::new(
        routes::with_query(&routes::ticket_action(number), &given),
        format!("{}: {}", tags::action_label(story.t, way), group.name),
    ))
}

/// What decided last, as the hand-over's reason; staff may write another.
fn reason(told: &[String]) -> String {
    told.last().filter(|reason| reason.chars().count() <= REASON_MAX).cloned().unwrap_or_default()
}
