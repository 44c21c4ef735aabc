use super::*;
use crate::app::Ctx;
use crate::app::outbox::TellPeople;
use crate::app::testing::House;
use crate::app::tickets::{Because, NewTicket, Patch, TicketPatch, Transition};
use crate::db::notifications;
use crate::domain::access::Role;
use crate::domain::clock::{Clock as _, MICROS_PER_DAY, MICROS_PER_MINUTE};
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

fn act(action: &str) -> Transition {
    Transition {
        action: action.to_owned(),
        waiting_for: Some(WaitingFor::Requester.as_text().to_owned()),
        ..Transition::default()
    }
}

fn marks(house: &House, id: TicketId) -> usize {
    house.app.db().read_blocking(move |conn| clock_marks::recorded(conn, &[id])).unwrap().len()
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
async fn what_the_clocks_passed_before_anybody_acted_stands() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let [edited, solved] = [filed(&house, &requester).await, filed(&house, &requester).await];
        house.clock.advance_micros(70 * MICROS_PER_MINUTE);
        let urgent = TicketPatch { impact: Patch::Value(1), ..TicketPatch::default() };
        house.app.edit_ticket(&agent, edited.number, None, &urgent).await.unwrap();
        for act in [act("take"), Transition { solution: Some("Rensade kön.".to_owned()), ..act("resolve") }]
        {
            house.app.transition_ticket(&agent, solved.number, None, &act).await.unwrap();
        }
        for ticket in [&edited, &solved] {
            let passed = ["firstResponse 75 %", "firstResponse breached"];
            assert_eq!(clock_events(&house, ticket.id)[..2], passed, "before any worker");
            wake_all(&house).await;
            assert_eq!(clock_events(&house, ticket.id)[..2], passed);
            assert_eq!(marks(&house, ticket.id), clock_events(&house, ticket.id).len());
        }
    }
}

#[tokio::test]
async fn an_agreement_that_is_used_up_when_it_comes_is_broken_then() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let fault = NewTicket {
            kind: "incident".to_owned(),
            subject: "Utskrifterna fastnar".to_owned(),
            ..NewTicket::default()
        };
        let ticket = house.app.create_ticket(&requester, fault).await.unwrap();
        house.clock.advance_micros(2 * MICROS_PER_DAY);
        wake_all(&house).await;
        let resolution = |events: Vec<String>| -> Vec<String> {
            events.into_iter().filter(|event| event.starts_with("resolution")).collect()
        };
        assert!(!resolution(clock_events(&house, ticket.id)).contains(&"resolution breached".to_owned()));
        let on_base = TicketPatch { service: Patch::Value("utskrift".to_owned()), ..TicketPatch::default() };
        house.app.edit_ticket(&agent, ticket.number, None, &on_base).await.unwrap();
        wake_all(&house).await;
        assert!(resolution(clock_events(&house, ticket.id)).contains(&"resolution breached".to_owned()));
        assert_eq!(marks(&house, ticket.id), clock_events(&house, ticket.id).len());
    }
}

#[tokio::test]
async fn staff_and_workers_beside_each_other_lose_nothing() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let mut filed_tickets = Vec::new();
        for _ in 0..40 {
            filed_tickets.push(filed(&house, &requester).await);
        }
        house.clock.advance_micros(70 * MICROS_PER_MINUTE);
        let work = || async {
            for _ in 0..20 {
                house.app.wake_clocks().await.unwrap();
            }
        };
        let staff = async {
            for ticket in filed_tickets.iter().rev() {
                house.app.transition_ticket(&agent, ticket.number, None, &act("take")).await.unwrap();
            }
        };
        tokio::join!(work(), staff, work());
        wake_all(&house).await;
        for ticket in &filed_tickets {
            assert_eq!(clock_events(&house, ticket.id), ["firstResponse 75 %", "firstResponse breached"]);
        }
    }
}

#[tokio::test]
async fn a_ticket_that_cant_be_read_keeps_no_other_waiting() {
    for house in House::each().await {
        let (requester, _) = staffed(&house).await;
        let [spoilt, sound] = [filed(&house, &requester).await, filed(&house, &requester).await];
        let TicketId(id) = spoilt.id;
        house.execute(&format!(
            r#"UPDATE ticket_events SET data = '{{"nonsense":1}}' WHERE ticket_id = {id}"#
        ));
        house.clock.advance_micros(70 * MICROS_PER_MINUTE);
        wake_all(&house).await;
        assert_eq!(clock_events(&house, sound.id), ["firstResponse 75 %", "firstResponse breached"]);
        assert!(timers_stored(&house, spoilt.id).wake_at > Some(house.app.now()), "looked at again later");

        house.app.db().write_blocking(move |tx| tickets::set_timers(tx, &sound, Timers::default())).unwrap();
        house.app.reconcile_clocks(&ReconcileClocks {}).await.unwrap();
        assert!(timers_stored(&house, TicketId(id + 1)).wake_at.is_some());
    }
}

#[tokio::test]
async fn a_mark_that_was_never_recorded_is_found_by_reconciling() {
    for house in House::each().await {
        let (requester, _) = staffed(&house).await;
        let ticket = filed(&house, &requester).await;
        house.clock.advance_micros(70 * MICROS_PER_MINUTE);
        let (id, lost) = (ticket.id, ticket);
        house
            .app
            .db()
            .write_blocking(move |tx| {
                let later = lost.opened_at.plus_micros(MICROS_PER_DAY);
                tickets::set_timers(tx, &lost, Timers { due_at: Some(later), wake_at: Some(later) })
            })
            .unwrap();
        wake_all(&house).await;
        assert_eq!(clock_events(&house, id), Vec::<String>::new());
        house.app.reconcile_clocks(&ReconcileClocks {}).await.unwrap();
        wake_all(&house).await;
        assert_eq!(clock_events(&house, id), ["firstResponse 75 %", "firstResponse breached"]);
    }
}

#[tokio::test]
async fn the_lead_is_told_and_for_a_supplier_the_lead_of_the_owner() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let lead = house.person("lena@it.example.se", Role::Agent).await;
        let administrator = house.person("root@it.example.se", Role::Administrator).await;
        let directory = house.app.fresh_directory().await.unwrap();
        let intake = directory.groups.iter().find(|group| group.is_intake).unwrap().code.clone();
        let members = [("siv@it.example.se".to_owned(), false), ("lena@it.example.se".to_owned(), true)];
        house.app.set_group_members(&administrator, &intake, &members).await.unwrap();
        let supplier = crate::app::people::NewGroupInput {
            code: Some("leverantor".to_owned()),
            name: "Leverantören".to_owned(),
            line: "external".to_owned(),
            desk: None,
        };
        house.app.create_group(&administrator, &supplier).await.unwrap();
        let own = filed(&house, &requester).await;
        let with_supplier = filed(&house, &requester).await;
        for act in [
            act("take"),
            Transition {
                to_group: Some("leverantor".to_owned()),
                reason: Some("Trasig fixeringsenhet.".to_owned()),
                ..act("escalate")
            },
        ] {
            house.app.transition_ticket(&agent, with_supplier.number, None, &act).await.unwrap();
        }
        house.clock.advance_micros(2 * MICROS_PER_DAY);
        wake_all(&house).await;
        let told = |who: &Ctx| {
            let user = who.user();
            let mut told: Vec<(String, NoticeKind)> = house
                .app
                .db()
                .read_blocking(move |conn| notifications::unread(conn, user, 20))
                .unwrap()
                .into_iter()
                .map(|notice| (notice.number.clone(), notice.kind))
                .filter(|(_, kind)| matches!(kind, NoticeKind::Overdue | NoticeKind::DueSoon))
                .collect();
            told.sort_by_key(|(number, kind)| (number.clone(), kind.as_text()));
            told
        };
        for ticket in [own.id, with_supplier.id] {
            house.app.tell_people(&TellPeople { ticket, first: 1, last: 20 }).await.unwrap();
        }
        let (soon, late) = (NoticeKind::DueSoon, NoticeKind::Overdue);
        let of = |ticket: &Ticket, kinds: &[NoticeKind]| -> Vec<(String, NoticeKind)> {
            kinds.iter().map(|kind| (ticket.number.to_string(), *kind)).collect()
        };
        let both_promises = [soon, soon, late, late];
        assert_eq!(told(&lead), [of(&own, &both_promises), of(&with_supplier, &both_promises)].concat());
        assert_eq!(
            told(&agent),
            of(&own, &[soon, late]),
            "the group is told of the first response, its lead of all"
        );
    }
}

#[tokio::test]
async fn a_wait_for_the_requester_stops_the_timers_and_its_end_starts_them() {
    for house in House::each().await {
        let (requester, agent) = staffed(&house).await;
        let ticket = filed(&house, &requester).await;
        let due = timers_stored(&house, ticket.id).due_at;
        assert_eq!(due, Some(Instant::parse_rfc3339("2026-09-02T08:00:00Z").unwrap()));
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
        let told = house.app.grounding(&ticket, false).await.unwrap().promises;
        assert!(!told.is_empty() && told.iter().all(|promise| promise.because == Because::Rule), "{told:?}");
        let urgent = crate::app::tickets::TicketPatch {
            impact: crate::app::tickets::Patch::Value(1),
            ..Default::default()
        };
        let changed = house.app.edit_ticket(&agent, ticket.number, None, &urgent).await.unwrap();
        assert_ne!(changed.priority, ticket.priority);
        assert_eq!(changed.agreement, Some(named.id));
    }
}
