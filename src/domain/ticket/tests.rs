//! Whatever is asked of a ticket in whatever order: it only moves as the lifecycle table says, its
//! times add up, and its stored history tells the same as the ticket.

use proptest::prelude::*;

use super::*;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::ids::{
    AttachmentId, CategoryId, DeskId, GroupId, MessageId, OrganisationId, TicketId, UserId,
};
use crate::domain::text::{Body, Reason, Subject};

const REQUESTER: UserId = UserId(1);
const STAFF: [UserId; 2] = [UserId(2), UserId(3)];
const OWNER: GroupRef = GroupRef { id: GroupId(1), line: Line::First };
const GROUPS: [GroupRef; 4] = [
    OWNER,
    GroupRef { id: GroupId(2), line: Line::First },
    GroupRef { id: GroupId(3), line: Line::Second },
    GroupRef { id: GroupId(4), line: Line::External },
];

/// A ticket with the history that made it, each event as it went through its stored form.
pub(super) struct Told {
    pub(super) ticket: Ticket,
    pub(super) events: Vec<TicketEvent>,
}

impl Told {
    pub(super) fn begin(kind: TicketKind, at: Instant) -> Self {
        let opening = Opening {
            kind,
            desk: DeskId(1),
            group: OWNER,
            subject: Subject::parse("Skrivaren svarar inte").unwrap(),
            description: None,
            channel: Channel::Portal,
            requester: REQUESTER,
            registered_by: REQUESTER,
            organisation: OrganisationId(1),
            customer: OrganisationId(1),
            service: None,
            system: None,
            category: None,
            impact: Rank::LOW,
            urgency: Rank::MEDIUM,
            terms: Terms::default(),
        };
        let opened = open(&opening, TicketNumber::new(kind, 7), None);
        let event =
            TicketEvent { sequence: 1, at, actor: Some(REQUESTER), origin: Origin::Portal, kind: opened };
        Self { ticket: Ticket::opened(TicketId(9), &event).unwrap(), events: vec![event] }
    }

    pub(super) fn happen(&mut self, kinds: Vec<EventKind>, by: By, at: Instant) {
        for kind in kinds {
            let stored = serde_json::to_string(&kind).unwrap();
            let kind = serde_json::from_str(&stored).unwrap();
            let sequence = self.events.last().unwrap().sequence + 1;
            let event = TicketEvent { sequence, at, actor: by.user, origin: Origin::Workspace, kind };
            evolve(&mut self.ticket, &event);
            self.events.push(event);
        }
    }

    fn replayed(&self) -> Ticket {
        let mut ticket = Ticket::opened(self.ticket.id, &self.events[0]).unwrap();
        for event in &self.events[1..] {
            evolve(&mut ticket, event);
        }
        ticket
    }
}

/// The time a history was open up to its last resolution, found the slow way: by walking it with a
/// stop-watch that knows nothing of [`evolve`].
fn open_micros_of(events: &[TicketEvent]) -> i64 {
    let (mut total, mut running_since) = (0, Some(events[0].at));
    for event in events {
        match event.kind {
            EventKind::Resolved { .. } | EventKind::Closed { .. } => {
                total += running_since.take().map_or(0, |since| event.at.micros_since(since));
            }
            EventKind::Reopened { .. } => running_since = Some(event.at),
            _ => {}
        }
    }
    total
}

pub(super) fn people() -> impl Strategy<Value = By> {
    prop_oneof![
        Just(By { user: Some(REQUESTER), role: ByRole::Requester }),
        proptest::sample::select(STAFF.as_slice())
            .prop_map(|user| By { user: Some(user), role: ByRole::Staff }),
    ]
}

pub(super) fn commands() -> impl Strategy<Value = Command> {
    let group = || proptest::sample::select(GROUPS.as_slice());
    let reason = || Reason::parse("Därför").unwrap();
    let visibility = || proptest::sample::select(Visibility::ALL);
    prop_oneof![
        proptest::option::of(group()).prop_map(|group| Command::Take { group }),
        (group(), proptest::option::of(proptest::sample::select(STAFF.as_slice())))
            .prop_map(|(group, assignee)| Command::Assign { group, assignee }),
        group().prop_map(move |to| Command::Escalate {
            to,
            reason: reason(),
            code: Some(HandOverReason::Competence),
        }),
        Just(Command::Return { owner: OWNER, reason: reason(), code: None }),
        any::<bool>().prop_map(move |could_have_solved| Command::ReviewFirstLine {
            could_have_solved,
            note: Some(reason()),
        }),
        (proptest::sample::select(WaitingFor::ALL), proptest::option::of(0..500_i64)).prop_map(
            |(waiting_for, until)| Command::Wait {
                waiting_for,
                until: until.map(|minutes| Instant::from_micros(minutes * MICROS_PER_MINUTE)),
            }
        ),
        Just(Command::Resume),
        proptest::option::of(Just(CategoryId(5)))
            .prop_map(|category| Command::Resolve { solution: Body::parse("Bytt").unwrap(), category }),
        Just(Command::Close),
        Just(Command::Reopen { reason: reason() }),
        Just(Command::Cancel { reason: reason() }),
        (1..=3_i64, 1..=3_i64).prop_map(|(impact, urgency)| Command::Edit(Edit {
            impact: Rank::new(impact),
            urgency: Rank::new(urgency),
            subject: Subject::parse("Skrivaren på plan 3").ok(),
            ..Edit::default()
        })),
        visibility().prop_map(|visibility| Command::AddMessage { message: MessageId(3), visibility }),
        visibility().prop_map(|visibility| Command::AddAttachment {
            attachment: AttachmentId(4),
            name: "bild.png".to_owned(),
            visibility,
        }),
        proptest::sample::select(SystemAction::ALL).prop_map(Command::System),
    ]
}

/// What the table says of a command that moves the ticket: where to, or not at all.
fn step_of(command: &Command) -> Option<Step> {
    match command {
        Command::System(action) => Some(Step::System(*action)),
        other => other.action().map(Step::Person),
    }
}

pub(super) fn check_one(
    told: &mut Told,
    command: &Command,
    by: By,
    now: Instant,
) -> Result<(), TestCaseError> {
    let before = told.ticket.clone();
    let cell = step_of(command).and_then(|step| rule(before.kind, before.status, step));
    let guarded = cell.and_then(|rule| rule.guard).is_none_or(|guard| guard_holds(&before, guard, by));
    let by = if matches!(command, Command::System(_)) { By { user: None, role: ByRole::System } } else { by };
    match decide(&before, command, by, now) {
        Err(DecisionError::WrongStatus { .. }) => {
            prop_assert!(cell.is_none() || !guarded, "{command:?} refused from {}", before.status);
        }
        // The command's own terms, or a ticket that is settled.
        Err(_) => {}
        Ok(events) if events.is_empty() => {}
        Ok(events) => {
            told.happen(events, by, now);
            if let Some(step) = step_of(command) {
                let cell = cell.ok_or_else(|| TestCaseError::fail(format!("{step:?} is in no cell")))?;
                prop_assert!(guarded, "{:?} doesn't hold", cell.guard);
                prop_assert_eq!(told.ticket.status, cell.to);
            } else if told.ticket.status != before.status {
                // An answer that was waited for is the one thing besides the steps that moves a ticket.
                let step = Step::System(SystemAction::AnswerArrived);
                let answered = rule(before.kind, before.status, step).map(|rule| rule.to);
                prop_assert_eq!(answered, Some(told.ticket.status));
            }
        }
    }
    Ok(())
}

/// What holds of a ticket at any time.
fn check_sense(ticket: &Ticket) -> Result<(), TestCaseError> {
    prop_assert_eq!(ticket.priority, priority_of(ticket.impact, ticket.urgency));
    prop_assert_eq!(ticket.waiting.is_some(), ticket.status == Status::Waiting);
    prop_assert_eq!(ticket.resolution.is_some(), ticket.resolved_at.is_some());
    prop_assert_eq!(ticket.owner_group, OWNER.id);
    let group = GROUPS.iter().find(|group| group.id == ticket.group).unwrap();
    prop_assert_eq!(group.line, ticket.line, "the line is its group's");
    match ticket.status {
        Status::New | Status::Assigned | Status::InProgress | Status::Waiting => {
            prop_assert_eq!((ticket.resolved_at, ticket.closed_at), (None, None));
        }
        Status::Resolved => {
            prop_assert!(ticket.resolved_at.is_some());
            prop_assert_eq!(ticket.closed_at, None);
        }
        Status::Closed => prop_assert!(ticket.resolved_at.is_some() && ticket.closed_at.is_some()),
        Status::Cancelled => {
            prop_assert_eq!(ticket.resolved_at, None);
            prop_assert!(ticket.closed_at.is_some());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_sequence_of_commands_keeps_the_table_the_times_and_the_history(
        kind in proptest::sample::select(TicketKind::ALL),
        asked in proptest::collection::vec((commands(), people(), 0..200_i64), 1..60),
    ) {
        let mut now = Instant::from_micros(0);
        let mut told = Told::begin(kind, now);
        for (command, by, minutes) in &asked {
            now = now.plus_micros(minutes * MICROS_PER_MINUTE);
            check_one(&mut told, command, *by, now)?;
            check_sense(&told.ticket)?;
            prop_assert_eq!(told.ticket.open_micros, open_micros_of(&told.events));
            prop_assert_eq!(&told.replayed(), &told.ticket);
        }
        let sequences: Vec<i64> = told.events.iter().map(|event| event.sequence).collect();
        prop_assert_eq!(sequences, (1..=i64::try_from(told.events.len()).unwrap()).collect::<Vec<_>>());
        // Events never count commands: that is the version, and the version is the store's.
        prop_assert_eq!(told.ticket.version, 1);
        let first = told.events.iter().find(|event| event.kind == EventKind::FirstResponded);
        prop_assert_eq!(told.ticket.first_response_at, first.map(|event| event.at));
    }
}
