//! Lists, search, counts and queues.

use crate::support::app::{Client, TestApp};
use serde_json::{Value, json};

fn numbers(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

async fn filed(anna: &Client<'_>, count: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for n in 0..count {
        numbers.push(anna.files(&format!("Skrivare {n}")).await);
    }
    numbers
}

#[actix_web::test]
async fn pages_and_cursors_give_every_ticket_once() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let all = filed(&anna, 7).await;
    let mut seen = Vec::new();
    let mut path = "/tickets?limit=3&sort=openedAt".to_owned();
    loop {
        let page = anna.get(&path).await.ok(200);
        seen.extend(numbers(&page).into_iter().map(str::to_owned));
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/tickets?limit=3&sort=openedAt&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, all);
    let third = anna.get("/tickets?limit=3&sort=openedAt&page=3").await.ok(200);
    assert_eq!(numbers(&third), [all[6].as_str()]);
    assert_eq!(third["nextCursor"], Value::Null);
}

#[actix_web::test]
async fn filters_and_words_narrow_the_list() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let all = filed(&anna, 3).await;
    sara.acts(&all[0], &json!({ "action": "take" })).await;
    sara.acts(&all[1], &json!({ "action": "resolve", "solution": "Tonern var slut" })).await;
    for (query, expected) in [
        ("assignee=me", vec![&all[0]]),
        ("assignee=none&open=true", vec![&all[2]]),
        ("status=resolved,closed", vec![&all[1]]),
        ("requester=anna.berg@example.se&kind=incident&status=new", vec![&all[2]]),
        ("organisation=lillby&group=servicedesk&line=1&status=inProgress", vec![&all[0]]),
        ("openedBefore=2026-11-20T07:00:00Z", vec![]),
        ("q=tonern", vec![&all[1]]),
    ] {
        let list = sara.get(&format!("/tickets?{query}")).await.ok(200);
        assert_eq!(numbers(&list), expected, "{query}");
    }
    let by_number = sara.get(&format!("/tickets?q={}", all[2].to_lowercase())).await.ok(200);
    assert_eq!(numbers(&by_number), [&all[2]]);
    let count = sara.get("/tickets/count?open=true").await.ok(200);
    assert_eq!(count, json!({ "count": 2, "isCapped": false }));
    sara.get("/tickets/count?limit=1").await.wrong_fields(&["limit: unknown"]);
    let other = app.signed_in("olle.sten@example.se", &["requester"]).await;
    assert_eq!(other.get("/tickets/count").await.ok(200)["count"], 0);
    app.anybody().get("/tickets").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn queues_count_open_and_unassigned() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let all = filed(&anna, 3).await;
    sara.acts(&all[0], &json!({ "action": "take" })).await;
    app.clock.advance_micros(2 * arende::domain::clock::MICROS_PER_SECOND);
    let queues = sara.get("/queues").await.ok(200);
    assert_eq!(queues["mine"], 1);
    let own = queues["items"].as_array().unwrap().iter().find(|queue| queue["isOwn"] == true).unwrap();
    assert_eq!(own["group"]["code"], "servicedesk");
    assert_eq!((&own["open"], &own["unassigned"]), (&json!(3), &json!(2)));
    anna.get("/queues").await.problem(403, "forbidden");
    sara.get("/queues?limit=0").await.wrong_fields(&["limit: outOfRange"]);
}

#[actix_web::test]
async fn news_are_told_until_seen() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skärmen").await;
    sara.acts(&number, &json!({ "action": "resolve", "solution": "Bytte kabel" })).await;
    assert_eq!(anna.get("/notifications").await.ok(200)["items"], json!([]));
    let event = anna.get(&format!("/tickets/{number}/events")).await.ok(200);
    let last = event["items"].as_array().unwrap().len();
    let parsed = arende::domain::ticket::TicketNumber::parse(&number).unwrap();
    let cx = arende::app::Ctx::command_line();
    let ticket = app.app.show_ticket(&cx, parsed).await.unwrap().ticket.id;
    let job = arende::app::outbox::TellPeople { ticket, first: 1, last: i64::try_from(last).unwrap() };
    app.app.tell_people(&job).await.unwrap();
    let news = anna.get("/notifications").await.ok(200)["items"].clone();
    assert_eq!(news[0]["kind"], "resolved");
    assert_eq!(news[0]["ticket"], number.as_str());
    anna.get("/notifications?page=0").await.wrong_fields(&["page: outOfRange"]);
    app.anybody().get("/notifications").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn what_is_late_and_what_is_due_today_are_lists_of_their_own() {
    let app = TestApp::new().await;
    let (anna, _) = (app.requester().await, app.agent().await);
    let day = 24 * arende::domain::clock::MICROS_PER_HOUR;
    let late = anna.files("Skrivaren").await;
    let solved = anna.files("Musen").await;
    app.clock.advance_micros(3 * day);
    // Filed on a Monday morning, due on the next one; the first two on Friday.
    let later = app.sign_in("anna.berg@example.se").await.files("Skärmen").await;
    app.clock.advance_micros(4 * day - 1);
    let sara = app.sign_in("sara.ek@example.se").await;
    let listed = async |query: &str| numbers(&sara.get(query).await.ok(200)).join(" ");
    assert_eq!(listed("/tickets?due=today&sort=dueAt").await, format!("{late} {solved}"));
    assert_eq!(listed("/tickets?due=overdue").await, "");
    app.clock.advance_micros(1);
    assert_eq!(
        listed("/tickets?due=overdue&sort=dueAt").await,
        format!("{late} {solved}"),
        "due this instant"
    );
    assert_eq!(listed("/tickets?due=today").await, "");
    sara.acts(&solved, &json!({ "action": "resolve", "solution": "Bytte batteri" })).await;
    assert_eq!(listed("/tickets?due=overdue").await, late);
    assert_eq!(listed("/tickets?open=true&sort=dueAt").await, format!("{late} {later}"));
    assert_eq!(sara.get("/tickets/count?due=overdue").await.ok(200)["count"], 1);
    sara.get("/tickets?due=soon").await.wrong_fields(&["due: unknown"]);
    sara.get("/tickets?due=overdue&open=false").await.wrong_fields(&["due: notAllowed"]);
}
