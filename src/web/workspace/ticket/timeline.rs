//! Messages and events in the order they came.

use crate::app::tickets::{Attachment, Message};
use crate::domain::ticket::{EventKind, Ticket, TicketEvent};
use crate::web::components::EventView;
use crate::web::story::Story;
use crate::web::workspace::view::TimelineItem;

/// The description, then each message where its event stands, with what happened between them folded.
pub(super) fn timeline(
    story: &Story<'_>,
    ticket: &Ticket,
    messages: &[Message],
    events: &[TicketEvent],
    files: &[Attachment],
) -> Vec<TimelineItem> {
    let mut items: Vec<TimelineItem> =
        story.description(ticket, files).map(TimelineItem::Message).into_iter().collect();
    let mut between: Vec<EventView> = Vec::new();
    let mut told = vec![false; messages.len()];
    for event in events {
        if let Some(answer) = story.external_answer(event) {
            fold(story, &mut items, &mut between);
            items.push(TimelineItem::Message(answer));
            continue;
        }
        let EventKind::MessageAdded { message: id, .. } = event.kind else {
            between.push(story.event(event));
            continue;
        };
        let Some(at) = messages.iter().position(|message| message.id == id) else { continue };
        fold(story, &mut items, &mut between);
        if let (Some(message), Some(told)) = (messages.get(at), told.get_mut(at)) {
            *told = true;
            items.push(TimelineItem::Message(story.message(at, message, ticket, files)));
        }
    }
    fold(story, &mut items, &mut between);
    // A message that no event tells of is shown all the same.
    for (at, message) in messages.iter().enumerate().filter(|(at, _)| told.get(*at) == Some(&false)) {
        items.push(TimelineItem::Message(story.message(at, message, ticket, files)));
    }
    items
}

fn fold(story: &Story<'_>, items: &mut Vec<TimelineItem>, between: &mut Vec<EventView>) {
    if !between.is_empty() {
        let label = story.t.t1("ticket-events", "count", between.len());
        items.push(TimelineItem::Events { label, events: std::mem::take(between) });
    }
}
