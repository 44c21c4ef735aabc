//! Writing a ticket with its events, its place in the search index and the jobs it causes: the one
//! way in which tickets change.

use super::{routing, wake};
use crate::app::AppError;
use crate::app::outbox::{self, CloseResolved, EndWait, TellPeople};
use crate::app::policies::Grounds;
use crate::db::tickets::Timers;
use crate::db::{Tx, search, ticket_events, ticket_messages, tickets};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, UserId};
use crate::domain::notify;
use crate::domain::policies::facts_of;
use crate::domain::sla::ticket_clock::{Standings, standings};
use crate::domain::ticket::{EventKind, Origin, Ticket, TicketEvent, TicketNumber, evolve};

/// Who did it, when and by which way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    pub(super) actor: Option<UserId>,
    pub(super) origin: Origin,
    pub(super) now: Instant,
}

impl Stamp {
    fn event(self, sequence: i64, kind: EventKind) -> TicketEvent {
        TicketEvent { sequence, at: self.now, actor: self.actor, origin: self.origin, kind }
    }
}

/// A ticket about to be stored for the first time, with its events so far.
pub(super) struct Fresh {
    ticket: Ticket,
    events: Vec<TicketEvent>,
    stamp: Stamp,
}

impl Fresh {
    /// Begins with the opening.
    pub(super) fn begin(opening: EventKind, stamp: Stamp) -> Result<Self, AppError> {
        let event = stamp.event(1, opening);
        let ticket = Ticket::opened(crate::domain::ids::TicketId(0), &event)
            .ok_or_else(|| AppError::internal("opening a ticket", "the first event opens none"))?;
        Ok(Self { ticket, events: vec![event], stamp })
    }

    pub(super) fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// Lets more happen to it in the same step.
    pub(super) fn then(&mut self, kinds: Vec<EventKind>) {
        for kind in kinds {
            let sequence = self.events.last().map_or(1, |event| event.sequence + 1);
            let event = self.stamp.event(sequence, kind);
            evolve(&mut self.ticket, &event);
            self.events.push(event);
        }
    }

    /// Stores it.
    pub(super) fn store(mut self, tx: &mut Tx<'_>, grounds: &Grounds) -> Result<Ticket, AppError> {
        let timers = timers(grounds, &self.ticket, &self.events, self.stamp.now);
        let id = tickets::insert(tx, &self.ticket, timers)?;
        self.ticket.id = id;
        ticket_events::append(tx, id, &self.events)?;
        let ticket = &self.ticket;
        let solution = ticket.resolution.as_ref().map_or("", |r| r.solution.as_str());
        let text = format!("{}\n{}\n{solution}", ticket.subject, ticket.description);
        search::insert(tx, id, &text, "")?;
        queue_follow_ups(tx, ticket, &self.events, grounds, self.stamp.now)?;
        Ok(self.ticket)
    }
}

/// Lets events happen to a stored ticket. Nothing is written when there are none.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    kinds: Vec<EventKind>,
    stamp: Stamp,
    grounds: &Grounds,
) -> Result<(), AppError> {
    if kinds.is_empty() {
        return Ok(());
    }
    let mut history = ticket_events::all(tx.conn(), ticket.id)?;
    // What the clocks have passed by now stands, whatever happens next.
    if tickets::wake_at(tx.conn(), ticket.id)?.is_some_and(|at| at <= stamp.now) {
        wake::record(tx, grounds, ticket, &mut history, stamp.now)?;
    }
    let told = history.len();
    let mut sequence = history.last().map_or(0, |event| event.sequence);
    let mut happen = |ticket: &mut Ticket, history: &mut Vec<TicketEvent>, kind: EventKind| {
        sequence += 1;
        let event = stamp.event(sequence, kind);
        evolve(ticket, &event);
        history.push(event);
    };
    let promise_may_change = kinds.iter().any(decides_promise);
    let route_may_change = kinds.iter().any(routing::decides_route);
    for kind in kinds {
        happen(ticket, &mut history, kind);
    }
    let mut is_advised = false;
    if route_may_change
        && ticket.status.is_open()
        && let Some(advice) = routing::advice(grounds, ticket, &history, stamp.now)
    {
        happen(ticket, &mut history, advice);
        is_advised = true;
    }
    if (promise_may_change || is_advised) && ticket.status.is_open() {
        let facts = facts_of(ticket, &grounds.directory, stamp.now);
        let to = grounds.policies.promised(&facts, named_by_rule(&history));
        if to != ticket.agreement {
            happen(ticket, &mut history, EventKind::AgreementChanged { from: ticket.agreement, to });
        }
    }
    let timers = timers(grounds, ticket, &history, stamp.now);
    let events = history.split_off(told);
    let seen = ticket.version;
    ticket.version += 1;
    tickets::update(tx, ticket, seen, timers)?;
    ticket_events::append(tx, ticket.id, &events)?;
    if events.iter().any(|event| changes_text(&event.kind)) {
        let (public, internal) = ticket_messages::searchable(tx.conn(), ticket.id)?;
        search::replace(tx, ticket.id, &public, &internal)?;
    }
    queue_follow_ups(tx, ticket, &events, grounds, stamp.now)
}

/// When queues and timers are to look at a ticket with this history. What came from another system was
/// promised there.
pub(super) fn timers(grounds: &Grounds, ticket: &Ticket, history: &[TicketEvent], now: Instant) -> Timers {
    let standings = standings(&grounds.policies, &grounds.directory, ticket.id, history, now);
    let timers = timers_of(ticket, &standings);
    // What just happened may itself have broken a promise, such as another agreement that is used up already.
    let is_watched = ticket.status.is_open() && ticket.external_id.is_none();
    if is_watched && standings.passed().iter().any(|passed| passed.at >= now) {
        Timers { wake_at: Some(now), ..timers }
    } else {
        timers
    }
}

/// The same, once the ticket's clocks are known.
pub(in crate::app) fn timers_of(ticket: &Ticket, standings: &Standings<'_>) -> Timers {
    if !ticket.status.is_open() || ticket.external_id.is_some() {
        return Timers::default();
    }
    Timers { due_at: standings.due_at(), wake_at: standings.next_wake() }
}

/// The agreement that a routing rule named, when the ticket was filed or what it concerns last changed: it
/// outlasts a change of priority.
pub(super) fn named_by_rule(history: &[TicketEvent]) -> Option<AgreementId> {
    history.iter().rev().find_map(|event| event.kind.routed())?.agreement
}

/// Whether another agreement may hold for the ticket from here.
const fn decides_promise(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::ServiceChanged { .. }
            | EventKind::SystemChanged { .. }
            | EventKind::SupportLevelChanged { .. }
            | EventKind::PriorityChanged { .. }
    )
}

/// The ticket a command is for, which nobody else changes meanwhile.
pub(super) fn locked(tx: &mut Tx<'_>, number: TicketNumber) -> Result<Ticket, AppError> {
    tickets::lock_by_number(tx, number)?.ok_or(AppError::NotFound)
}

const fn changes_text(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::SubjectChanged { .. }
            | EventKind::DescriptionChanged { .. }
            | EventKind::MessageAdded { .. }
            | EventKind::Resolved { .. }
            | EventKind::Reopened { .. }
    )
}

fn queue_follow_ups(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    events: &[TicketEvent],
    grounds: &Grounds,
    now: Instant,
) -> Result<(), AppError> {
    let told: Vec<i64> = events
        .iter()
        .filter(|event| {
            !notify::plan(ticket, event).is_empty()
                || grounds.settings.mail.smtp.is_some() && !notify::mails(ticket, event).is_empty()
        })
        .map(|event| event.sequence)
        .collect();
    if let (Some(first), Some(last)) = (told.first(), told.last()) {
        let job = TellPeople { ticket: ticket.id, first: *first, last: *last };
        outbox::queue(tx, &job, None, now, now)?;
    }
    for event in events {
        match &event.kind {
            EventKind::Resolved { .. } => {
                let job = CloseResolved { ticket: ticket.id, resolved_at: event.at };
                outbox::queue(tx, &job, None, now.plus_micros(grounds.settings.auto_close_micros), now)?;
            }
            EventKind::WaitStarted { waiting } => {
                if let Some(until) = waiting.until {
                    outbox::queue(tx, &EndWait { ticket: ticket.id, until }, None, until, now)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
