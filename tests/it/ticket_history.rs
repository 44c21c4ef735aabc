//! A stored ticket is the fold of its stored events, whatever has been done to it and by whom.

use arende::app::tickets::{NewTicket, Patch, TicketPatch, Transition};
use arende::app::{App, AppError, Ctx};
use arende::db::{ticket_events, tickets};
use arende::domain::clock::MICROS_PER_MINUTE;
use arende::domain::ticket::{Action, Origin, Ticket, TicketEvent, TicketNumber, evolve};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::house::{self, House};

/// One thing that somebody tries.
#[derive(Debug, Clone)]
enum Attempt {
    Move(Box<Transition>),
    Edit { impact: i64, urgency: i64, subject: &'static str },
    Message { visibility: &'static str },
}

fn attempts() -> impl Strategy<Value = Attempt> {
    let group = || proptest::option::of(proptest::sample::select(vec!["servicedesk", "drift", "leverantor"]));
    let transition = (
        proptest::sample::select(Action::ALL),
        group(),
        proptest::option::of(Just("me")),
        proptest::sample::select(vec!["requester", "supplier", "planned"]),
    )
        .prop_map(|(action, group, assignee, waiting_for)| Transition {
            action: action.as_text().to_owned(),
            group: group.map(ToOwned::to_owned),
            assignee: assignee.map(ToOwned::to_owned),
            to_group: Some(group.unwrap_or("drift").to_owned()),
            reason: Some("Rätt kunskap finns där".to_owned()),
            reason_code: Some("competence".to_owned()),
            waiting_for: Some(waiting_for.to_owned()),
            until: Some("2026-12-24T12:00:00Z".to_owned()),
            solution: Some("Bytte patron".to_owned()),
            category: Some("skrivare".to_owned()),
        });
    prop_oneof![
        4 => transition.prop_map(|transition| Attempt::Move(Box::new(transition))),
        1 => (1..=3_i64, 1..=3_i64, proptest::sample::select(vec!["Skrivaren står", "Skrivaren piper"]))
            .prop_map(|(impact, urgency, subject)| Attempt::Edit { impact, urgency, subject }),
        1 => proptest::sample::select(vec!["public", "internal"])
            .prop_map(|visibility| Attempt::Message { visibility }),
    ]
}

struct People {
    requester: Ctx,
    agent: Ctx,
}

#[test]
fn stored_tickets_are_the_fold_of_their_events() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (house, people) = runtime.block_on(async {
        let house = house::open().await;
        for (code, line) in [("drift", "2"), ("leverantor", "external")] {
            let group = arende::app::people::NewGroupInput {
                code: Some(code.to_owned()),
                name: code.to_owned(),
                line: line.to_owned(),
                desk: None,
            };
            house.app.create_group(&Ctx::command_line(), &group).await.unwrap();
        }
        let requester = house.person("Rut", "requester", &[], Origin::Portal).await;
        let agent = house.person("Anna", "agent", &["servicedesk"], Origin::Workspace).await;
        (house, People { requester, agent })
    });
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let tried = proptest::collection::vec((attempts(), any::<bool>(), 0..300_i64), 1..20);
    TestRunner::new(config)
        .run(&tried, |tried| runtime.block_on(live_through(&house, &people, &tried)))
        .unwrap();
}

async fn live_through(
    house: &House,
    people: &People,
    tried: &[(Attempt, bool, i64)],
) -> Result<(), TestCaseError> {
    let new = NewTicket {
        kind: "incident".to_owned(),
        subject: "Skrivaren svarar inte".to_owned(),
        ..NewTicket::default()
    };
    let mut ticket = house.app.create_ticket(&people.requester, new).await.unwrap();
    for (attempt, by_staff, minutes) in tried {
        house.clock.advance_micros(minutes * MICROS_PER_MINUTE);
        let cx = if *by_staff { &people.agent } else { &people.requester };
        match carry_out(&house.app, cx, ticket.number, attempt).await {
            Ok(after) => {
                let risen = after.version - ticket.version;
                prop_assert!(risen == 0 || risen == 1, "one command, {risen} versions");
                prop_assert!(risen == 1 || after == ticket, "changed without a new version");
                ticket = after;
            }
            Err(AppError::Refused { .. } | AppError::Forbidden | AppError::Invalid(_)) => {}
            Err(error) => return Err(TestCaseError::fail(format!("{attempt:?}: {error}"))),
        }
        let (row, events) = stored(&house.app, ticket.number).await;
        prop_assert_eq!(&row, &ticket, "what was answered is what is stored");
        let sequences: Vec<i64> = events.iter().map(|event| event.sequence).collect();
        prop_assert_eq!(sequences, (1..).take(events.len()).collect::<Vec<i64>>());
        let mut folded = Ticket::opened(row.id, &events[0]).unwrap();
        events[1..].iter().for_each(|event| evolve(&mut folded, event));
        // The version counts commands, which events don't tell.
        folded.version = row.version;
        prop_assert_eq!(folded, row);
    }
    Ok(())
}

async fn carry_out(app: &App, cx: &Ctx, number: TicketNumber, attempt: &Attempt) -> Result<Ticket, AppError> {
    match attempt {
        Attempt::Move(transition) => app.transition_ticket(cx, number, None, transition).await,
        Attempt::Edit { impact, urgency, subject } => {
            let patch = TicketPatch {
                subject: Patch::Value((*subject).to_owned()),
                impact: Patch::Value(*impact),
                urgency: Patch::Value(*urgency),
                ..TicketPatch::default()
            };
            app.edit_ticket(cx, number, None, &patch).await
        }
        Attempt::Message { visibility } => {
            app.add_message(cx, number, "Hör av dig", visibility).await.map(|(_, ticket)| ticket)
        }
    }
}

async fn stored(app: &App, number: TicketNumber) -> (Ticket, Vec<TicketEvent>) {
    app.db()
        .read(move |conn| {
            let ticket = tickets::by_number(conn, number)?.unwrap();
            let events = ticket_events::all(conn, ticket.id)?;
            Ok::<_, arende::db::DbError>((ticket, events))
        })
        .await
        .unwrap()
}
