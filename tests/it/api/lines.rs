//! A ticket's way through the lines, and the judgement afterwards.

use crate::support::app::TestApp;
use arende::domain::clock::MICROS_PER_MINUTE;
use serde_json::{Value, json};

/// A ticket that the network group has had and given back, and that the servicedesk has solved.
async fn there_and_back(app: &TestApp) -> String {
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Nätet är långsamt").await;
    app.clock.advance_micros(10 * MICROS_PER_MINUTE);
    sara.acts(&number, &json!({ "action": "take" })).await;
    // Access tokens last a quarter of an hour.
    app.clock.advance_micros(20 * MICROS_PER_MINUTE);
    let sara = app.sign_in("sara.ek@example.se").await;
    let over =
        json!({ "action": "escalate", "toGroup": "natverk", "reason": "Switchen", "reasonCode": "access" });
    sara.acts(&number, &over).await;
    // To Monday 08.00: the desk closes at 16.00 and opens at 07.30.
    app.clock.advance_micros((3 * 24 * 60 - 30) * MICROS_PER_MINUTE);
    let sara = app.sign_in("sara.ek@example.se").await;
    sara.acts(&number, &json!({ "action": "return", "reason": "Bytte port", "reasonCode": "done" })).await;
    number
}

#[actix_web::test]
async fn the_ledger_tells_who_had_a_ticket_when_and_why() {
    let app = TestApp::new().await;
    let number = there_and_back(&app).await;
    let sara = app.sign_in("sara.ek@example.se").await;
    let path = format!("/tickets/{number}/ledger");
    let ledger = sara.get(&path).await.ok(200);
    let told = |stay: &Value| {
        (
            stay["line"].as_str().unwrap().to_owned(),
            stay["assignee"]["name"].as_str().unwrap_or("-").to_owned(),
            stay["endedBy"].as_str().unwrap_or("-").to_owned(),
            stay["elapsedMinutes"].as_i64().unwrap(),
            stay["workingMinutes"].as_i64().unwrap(),
        )
    };
    let stays: Vec<_> = ledger["stays"].as_array().unwrap().iter().map(told).collect();
    let stay = |line: &str, who: &str, end: &str, elapsed: i64, working: i64| {
        (line.to_owned(), who.to_owned(), end.to_owned(), elapsed, working)
    };
    assert_eq!(
        stays,
        [
            stay("1", "-", "taken", 10, 10),
            stay("1", "Sara Ek", "escalated", 20, 20),
            // Friday 08.30–16.00 and Monday 07.30–08.00.
            stay("2", "-", "returned", 4_290, 480),
            stay("1", "-", "-", 0, 0),
        ]
    );
    let handed = &ledger["stays"][1];
    assert_eq!((&handed["reasonCode"], &handed["reason"]), (&json!("access"), &json!("Switchen")));
    assert_eq!((&ledger["handOvers"], &ledger["bounces"]), (&json!(2), &json!(1)));
    assert_eq!((&ledger["firstLineSolution"], &ledger["firstLineCouldHave"]), (&json!(false), &json!(null)));
    let totals = &ledger["totals"];
    assert_eq!((&totals["elapsedMinutes"], &totals["workingMinutes"]), (&json!(4_320), &json!(510)));
    for by in ["lines", "groups", "people"] {
        let sum: i64 =
            totals[by].as_array().unwrap().iter().map(|row| row["workingMinutes"].as_i64().unwrap()).sum();
        assert_eq!(sum, 510, "{by}");
    }
    assert_eq!(totals["people"][1]["person"]["name"], "Sara Ek");

    // How staff work is staff's; of what one may not see there is nothing.
    app.sign_in("anna.berg@example.se").await.get(&path).await.problem(403, "forbidden");
    app.signed_in("olle.sten@example.se", &["requester"]).await.get(&path).await.problem(404, "notFound");
    sara.get("/tickets/INC-999/ledger").await.problem(404, "notFound");
}

#[actix_web::test]
async fn staff_judge_whether_the_first_line_could_have_solved_it() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skrivaren").await;
    let path = format!("/tickets/{number}/first-line-review");
    let could = json!({ "couldHaveSolved": true, "note": "Med en guide." });
    sara.post(&path, &could).await.problem(409, "nothingToReview");
    let over = json!({ "action": "escalate", "toGroup": "natverk", "reason": "Switchen" });
    sara.acts(&number, &over).await;
    sara.acts(&number, &json!({ "action": "resolve", "solution": "Startade om." })).await;

    sara.post(&path, &json!({ "note": "x".repeat(2_001) }))
        .await
        .wrong_fields(&["couldHaveSolved: required", "note: tooLong"]);
    anna.post(&path, &could).await.problem(403, "forbidden");
    let other = app.signed_in("olle.sten@example.se", &["requester"]).await;
    other.post(&path, &could).await.problem(404, "notFound");

    sara.post(&path, &could).await.ok(200);
    let event = sara.get(&format!("/tickets/{number}/events?limit=100")).await.ok(200)["items"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!((&event["type"], &event["reason"]), (&json!("firstLineReviewed"), &json!("Med en guide.")));
    let ledger = sara.get(&format!("/tickets/{number}/ledger")).await.ok(200);
    assert_eq!(ledger["firstLineCouldHave"], json!(true));
    // The requester isn't told how staff judge each other's work.
    let seen = anna.get(&format!("/tickets/{number}/events?limit=100")).await.ok(200);
    assert!(seen["items"].as_array().unwrap().iter().all(|event| event["type"] != "firstLineReviewed"));
}
