use proptest::prelude::*;

use super::*;
use crate::domain::clock::MICROS_PER_MINUTE;
use crate::domain::text::{Body, Reason};
use crate::domain::ticket::tests::{Told, check_one, commands, people};
use crate::domain::ticket::{
    By, ByRole, Command, DecisionError, GroupRef, Status, TicketKind, WaitingFor, decide,
};

const DESK: GroupRef = GroupRef { id: GroupId(1), line: Line::First };
const NETWORK: GroupRef = GroupRef { id: GroupId(3), line: Line::Second };
const SUPPLIER: GroupRef = GroupRef { id: GroupId(4), line: Line::External };
const SARA: UserId = UserId(2);
const STAFF: By = By { user: Some(SARA), role: ByRole::Staff };

fn at(minute: i64) -> Instant {
    Instant::from_micros(minute * MICROS_PER_MINUTE)
}

fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

fn escalate(to: GroupRef, code: HandOverReason) -> Command {
    Command::Escalate { to, reason: reason("Kräver besök"), code: Some(code) }
}

fn back() -> Command {
    Command::Return { owner: DESK, reason: reason("Klart hos oss"), code: Some(HandOverReason::Done) }
}

fn resolve() -> Command {
    Command::Resolve { solution: Body::parse("Bytt").unwrap(), category: None }
}

fn reopen() -> Command {
    Command::Reopen { reason: reason("Nej") }
}

/// A ticket opened at minute 0, to which a command happens at each minute given.
fn told(commands: &[(i64, Command)]) -> Told {
    let mut told = Told::begin(TicketKind::Incident, at(0));
    for (minute, command) in commands {
        let events = decide(&told.ticket, command, STAFF, at(*minute)).unwrap();
        told.happen(events, STAFF, at(*minute));
    }
    told
}

fn ledger_of(commands: &[(i64, Command)], now: i64) -> Ledger {
    ledger(&told(commands).events, at(now))
}

#[test]
fn every_hand_over_says_who_when_and_why() {
    let ledger = ledger_of(
        &[
            (5, Command::Take { group: None }),
            (20, escalate(NETWORK, HandOverReason::OnSite)),
            (50, back()),
            (60, resolve()),
        ],
        100,
    );
    let stays: Vec<_> = ledger
        .stays
        .iter()
        .map(|stay| {
            let minutes = |instant: Instant| instant.micros() / MICROS_PER_MINUTE;
            let code = stay.hand_over.as_ref().and_then(|hand_over| hand_over.code);
            (
                stay.group.get(),
                stay.assignee,
                minutes(stay.from),
                stay.until.map(minutes),
                stay.ended_by,
                code,
            )
        })
        .collect();
    assert_eq!(
        stays,
        [
            (1, None, 0, Some(5), Some(StayEnd::Taken), None),
            (1, Some(SARA), 5, Some(20), Some(StayEnd::Escalated), Some(HandOverReason::OnSite)),
            (3, None, 20, Some(50), Some(StayEnd::Returned), Some(HandOverReason::Done)),
            (1, None, 50, Some(60), Some(StayEnd::Resolved), None),
        ]
    );
    let why =
        HandOver { by: Some(SARA), code: Some(HandOverReason::OnSite), reason: "Kräver besök".to_owned() };
    assert_eq!(ledger.stays[1].hand_over, Some(why));
    assert_eq!((ledger.hand_overs, ledger.bounces), (2, 1));
    let wall = ledger.wall_totals();
    assert_eq!(wall.whole, 60 * MICROS_PER_MINUTE);
    assert_eq!(wall.lines[&Line::Second], 30 * MICROS_PER_MINUTE);
    assert_eq!(wall.people[&Some(SARA)], 15 * MICROS_PER_MINUTE);
}

#[test]
fn resolved_time_is_nobodys_and_the_last_stay_runs_until_now() {
    let ledger = ledger_of(&[(10, resolve()), (40, reopen())], 45);
    assert_eq!(ledger.stays.len(), 2);
    assert_eq!((ledger.stays[1].from, ledger.stays[1].until), (at(40), None));
    assert_eq!(ledger.wall_totals().whole, 15 * MICROS_PER_MINUTE);
    // Time can be counted otherwise: here one for each stay.
    assert_eq!(ledger.totals(|_, _| 1).groups[&GroupId(1)], 2);
}

#[test]
fn the_same_holder_keeps_the_same_stay() {
    let wait = Command::Wait { waiting_for: WaitingFor::Requester, until: None };
    let take = || Command::Take { group: None };
    let ledger = ledger_of(&[(1, take()), (2, wait), (3, take())], 9);
    assert_eq!(ledger.stays.len(), 2);
    assert_eq!(ledger.hand_overs, 0);
}

#[test]
fn a_first_line_solution_never_left_and_never_came_back() {
    let solved = |commands: &[(i64, Command)]| ledger_of(commands, 100).first_line_solution;
    assert!(solved(&[(1, resolve())]));
    assert!(solved(&[(1, resolve()), (2, Command::Close)]));
    assert!(!solved(&[]));
    assert!(!solved(&[(1, resolve()), (2, reopen())]));
    assert!(!solved(&[(1, resolve()), (2, reopen()), (3, resolve())]));
    assert!(!solved(&[(1, escalate(NETWORK, HandOverReason::Competence)), (2, back()), (3, resolve())]));
    assert!(!solved(&[(1, Command::Cancel { reason: reason("Löste sig") })]));
}

#[test]
fn what_another_line_solved_is_reviewed_by_staff() {
    let review = Command::ReviewFirstLine { could_have_solved: true, note: Some(reason("Guiden finns")) };
    let beyond = [(1, escalate(SUPPLIER, HandOverReason::Supplier)), (2, resolve())];
    let mut told = self::told(&beyond);
    assert_eq!(ledger(&told.events, at(9)).first_line_could_have, None);
    let requester = By { role: ByRole::Requester, ..STAFF };
    let refused = Err(DecisionError::NothingToReview);
    assert_eq!(decide(&told.ticket, &review, requester, at(3)), refused);
    let events = decide(&told.ticket, &review, STAFF, at(3)).unwrap();
    assert!(events.iter().all(EventKind::is_internal));
    told.happen(events, STAFF, at(3));
    assert_eq!(told.ticket.status, Status::Resolved);
    assert_eq!(ledger(&told.events, at(9)).first_line_could_have, Some(true));
    for unfit in [&beyond[..1], &[(1, resolve())]] {
        assert_eq!(decide(&self::told(unfit).ticket, &review, STAFF, at(3)), refused);
    }
}

#[test]
fn older_events_have_no_code() {
    let old = r#"{"type":"escalated","fromGroup":1,"toGroup":3,"fromLine":"1","toLine":"2","reason":"x"}"#;
    let event: EventKind = serde_json::from_str(old).unwrap();
    assert!(matches!(event, EventKind::Escalated { code: None, .. }));
    assert_eq!(serde_json::to_string(&event).unwrap(), old);
}

/// The time a ticket was open up to now, by a stop-watch that knows nothing of holders.
fn open_micros(events: &[TicketEvent], now: Instant) -> i64 {
    let (mut total, mut running_since) = (0, None);
    for event in events {
        match event.kind {
            EventKind::Opened { .. } | EventKind::Reopened { .. } => running_since = Some(event.at),
            EventKind::Resolved { .. } | EventKind::Closed { .. } | EventKind::Cancelled { .. } => {
                total += running_since.take().map_or(0, |since| event.at.micros_since(since));
            }
            _ => {}
        }
    }
    total + running_since.map_or(0, |since| now.micros_since(since))
}

proptest! {
    #[test]
    fn stays_never_overlap_cover_the_open_time_and_add_up(
        asked in proptest::collection::vec((commands(), people(), 0..200_i64), 0..60),
        later in 0..500_i64,
    ) {
        let mut now = at(0);
        let mut told = Told::begin(TicketKind::Incident, now);
        for (command, by, minutes) in &asked {
            now = now.plus_micros(minutes * MICROS_PER_MINUTE);
            check_one(&mut told, command, *by, now)?;
        }
        now = now.plus_micros(later * MICROS_PER_MINUTE);
        let Told { ticket, events } = &told;
        let ledger = ledger(events, now);

        prop_assert_eq!(ledger.stays[0].from, ticket.opened_at);
        for pair in ledger.stays.windows(2) {
            let until = pair[0].until.ok_or_else(|| TestCaseError::fail("a stay in between lasts"))?;
            prop_assert!(pair[0].from <= until && until <= pair[1].from);
            // Between stays there is no gap but the time in which it was nobody's.
            let settled = matches!(
                pair[0].ended_by,
                Some(StayEnd::Resolved | StayEnd::Closed | StayEnd::Cancelled)
            );
            prop_assert!(settled || until == pair[1].from);
        }
        let last = ledger.stays.last().unwrap();
        prop_assert_eq!(last.until.is_none(), ticket.status.is_open());
        prop_assert_eq!((last.line, last.group, last.assignee), (ticket.line, ticket.group, ticket.assignee));

        let totals = ledger.wall_totals();
        prop_assert_eq!(totals.whole, open_micros(events, now));
        prop_assert_eq!(totals.lines.values().sum::<i64>(), totals.whole);
        prop_assert_eq!(totals.groups.values().sum::<i64>(), totals.whole);
        prop_assert_eq!(totals.people.values().sum::<i64>(), totals.whole);
        prop_assert!(ledger.bounces <= ledger.hand_overs && ledger.hand_overs < ledger.stays.len());
        if ledger.first_line_solution {
            prop_assert_eq!((ticket.reopen_count, ticket.line), (0, Line::First));
        }
    }
}
