use super::*;
use crate::app::Ctx;
use crate::app::outbox::TellPeople;
use crate::app::testing::House;
use crate::app::tickets::{NewTicket, Transition};
use crate::db::notifications;
use crate::domain::access::Role;
use crate::domain::clock::{Clock as _, MICROS_PER_MINUTE};
use crate::domain::notify::NoticeKind;
use crate::domain::ticket::{EventKind, WaitingFor};

/// A Tuesday, 10:00 local time.
const FILED: &str = "2026-09-01T08:00:00Z";

async fn staffed(house: &House) -> (Ctx, Ctx) {
    house.organisation("norrvik", "Norrvik").await;
    let requester = house.person("anna@norrvik.example.se", Role::Requester).await;
    (requester, house.person("siv@it.example.se", Role::Agent).await)
}

/// A fault on a base function: first response within an hour, solved within a working day.
async fn filed(house: &House, requester: &Ctx) -> Ticket {
    let new = NewTicket {
        kind: "incident".to_owned(),
        subject: "Utskrifterna fastnar".to_owned(),
        service: Some("utskrift".to_owned()),
        ..NewTicket::default()
    };
    house.app.create_ticket(requester, new).await.unwrap()
}

fn clock_events(house: &House, id: TicketId) -> Vec<String> {
    let events = house.app.db().read_blocking(move |conn| ticket_events::all(conn, id)).unwrap();
    events
        .into_iter()
        .filter_map(|event| match event.kind {
            EventKind::ClockWarned { metric, percent, .. } => Some(format!("{metric} {percent} %")),
            EventKind::ClockBreached { metric, .. } => Some(format!("{metric} breached")),
            _ => None,
        })
        .collect()
}

fn timers_stored(house: &House, id: TicketId) -> Timers {
    house.app.db().read_blocking(move |conn| tickets::with_timers(conn, id)).unwrap().unwrap().1
}

async fn wake_all(house: &House) {
    while house.app.wake_clocks().await.unwrap() {}
}

#[tokio::test]
async fn warnings_and_breaches_are_recorded_once_and_people_told() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        assert_eq!(house.clock.now().to_string(), FILED);
        let ticket = filed(&house, &requester).await;
        wake_all(&house).await;
        assert_eq!(clock_events(&house, ticket.id), Vec::<String>::new());

        house.clock.advance_micros(45 * MICROS_PER_MINUTE);
        wake_all(&house).await;
        wake_all(&house).await;
        assert_eq!(clock_events(&house, ticket.id), ["firstResponse 75 %"]);

        // At the very instant it is due the promise can still be kept.
        house.clock.advance_micros(15 * MICROS_PER_MINUTE);
        wake_all(&house).await;
        assert_eq!(clock_events(&house, ticket.id).len(), 1);
        house.clock.advance_micros(1);
        wake_all(&house).await;
        assert_eq!(clock_events(&house, ticket.id), ["firstResponse 75 %", "firstResponse breached"]);

        house.app.tell_people(&TellPeople { ticket: ticket.id, first: 1, last: 9 }).await.unwrap();
        let user = agent.user();
        let told: Vec<NoticeKind> = house
            .app
            .db()
            .read_blocking(move |conn| notifications::unread(conn, user, 10))
            .unwrap()
            .into_iter()
            .map(|notice| notice.kind)
            .collect();
        assert_eq!(told, [NoticeKind::Overdue, NoticeKind::DueSoon]);
        let stored = house.app.db().read_blocking(move |conn| tickets::by_id(conn, ticket.id)).unwrap();
        assert_eq!(stored.unwrap().version, ticket.version, "nobody's page grows stale by a warning");
    }
}

#[tokio::test]
async fn workers_beside_each_other_record_nothing_twice() {
    for house in House::each().await {
        let (requester, _) = staffed(&house).await;
        let mut ids = Vec::new();
        for _ in 0..60 {
            ids.push(filed(&house, &requester).await.id);
        }
        house.clock.advance_micros(70 * MICROS_PER_MINUTE);
        let work = || async {
            // A worker that lost a race over a ticket tries again, as the watch does.
            for _ in 0..40 {
                let _ = house.app.wake_clocks().await;
            }
        };
        tokio::join!(work(), work(), work());
        wake_all(&house).await;
        for id in ids {
            assert_eq!(clock_events(&house, id), ["firstResponse 75 %", "firstResponse breached"]);
        }
    }
}

#[tokio::test]
async fn a_wait_for_the_requester_stops_the_timers_and_its_end_starts_them() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let ticket = filed(&house, &requester).await;
        let due = timers_stored(&house, ticket.id).due_at;
        assert_eq!(due, Some(Instant::parse_rfc3339("2026-09-02T08:00:00Z").unwrap()));
        let act = |action: &str| Transition {
            action: action.to_owned(),
            waiting_for: Some(WaitingFor::Requester.as_text().to_owned()),
            ..Transition::default()
        };
        for action in ["take", "wait"] {
            house.app.transition_ticket(&agent, ticket.number, None, &act(action)).await.unwrap();
        }
        assert_eq!(timers_stored(&house, ticket.id).due_at, None);
        house.clock.advance_micros(90 * MICROS_PER_MINUTE);
        house.app.transition_ticket(&agent, ticket.number, None, &act("resume")).await.unwrap();
        let due = timers_stored(&house, ticket.id).due_at;
        assert_eq!(due, Some(Instant::parse_rfc3339("2026-09-02T09:30:00Z").unwrap()));
    }
}

#[tokio::test]
async fn reconciling_mends_timers_that_were_lost() {
    for house in House::each().await {
        let (requester, _) = staffed(&house).await;
        let ticket = filed(&house, &requester).await;
        let right = timers_stored(&house, ticket.id);
        let lost = ticket.clone();
        house.app.db().write_blocking(move |tx| tickets::set_timers(tx, &lost, Timers::default())).unwrap();
        house.app.reconcile_clocks(&ReconcileClocks {}).await.unwrap();
        assert_eq!(timers_stored(&house, ticket.id), right);
    }
}

#[tokio::test]
async fn an_agreement_that_a_rule_named_outlasts_a_change_of_priority() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let named = house.app.policies().await.unwrap();
        let named = named.agreements.iter().find(|v| v.code == "desk-default-request").unwrap().clone();
        let rules = format!(
            r#"[{{"id":1,"position":1,"name":"Skrivare","isActive":true,"conditions":{{"words":["utskrifterna"]}},
            "effects":{{"agreement":{}}},"stop":false}}]"#,
            named.agreement
        );
        let now = house.app.now().plus_micros(1);
        house
            .app
            .db()
            .write_blocking(move |tx| {
                let kind = crate::db::policies::PolicyKind::RoutingRules;
                let policy = crate::db::policies::find(tx.conn(), kind, "main")?.unwrap();
                let version = crate::db::policies::NewVersion {
                    valid_from: now,
                    is_withdrawn: false,
                    spec: &rules,
                    note: "",
                    created_at: now,
                    created_by: None,
                };
                crate::db::policies::insert_version(tx, policy, &version)
            })
            .unwrap();
        // Past the time that policies are kept in memory.
        house.clock.advance_micros(MICROS_PER_MINUTE);
        let ticket = filed(&house, &requester).await;
        assert_eq!(ticket.agreement, Some(named.id));
        let urgent = crate::app::tickets::TicketPatch {
            impact: crate::app::tickets::Patch::Value(1),
            ..Default::default()
        };
        let changed = house.app.edit_ticket(&agent, ticket.number, None, &urgent).await.unwrap();
        assert_ne!(changed.priority, ticket.priority);
        assert_eq!(changed.agreement, Some(named.id));
    }
}
