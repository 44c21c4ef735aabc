//! Filing, reading, changing and moving tickets.

use crate::support::app::TestApp;
use serde_json::json;

#[actix_web::test]
async fn a_ticket_goes_from_filing_to_closing() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let filed =
        anna.post("/tickets", &json!({ "kind": "incident", "subject": "E-posten startar inte" })).await;
    let ticket = filed.ok(201);
    let number = ticket["number"].as_str().unwrap();
    assert_eq!(filed.header("location"), format!("/api/v1/tickets/{number}"));
    assert_eq!(filed.header("etag"), "\"1\"");
    assert_eq!(ticket["status"], "new");
    assert_eq!(ticket["channel"], "api");
    assert_eq!(ticket["organisation"]["code"], "lillby");
    assert_eq!(ticket["openedAt"], crate::support::app::START);
    assert_eq!(ticket["allowedActions"], json!(["close", "cancel"]));
    let promised: Vec<_> =
        ticket["sla"].as_array().unwrap().iter().map(|p| (&p["metric"], &p["dueAt"])).collect();
    assert_eq!(
        promised,
        [
            (&json!("firstResponse"), &json!("2026-11-23T07:00:00Z")),
            (&json!("resolution"), &json!("2026-11-27T07:00:00Z")),
        ]
    );

    let taken = sara.acts(number, &json!({ "action": "take" })).await;
    assert_eq!(taken["assignee"]["email"], "sara.ek@example.se");
    let handed = json!({ "action": "escalate", "toGroup": "natverk", "reason": "Switchen svarar inte" });
    let handed = sara.acts(number, &handed).await;
    assert_eq!((&handed["line"], &handed["ownerGroup"]["code"]), (&json!("2"), &json!("servicedesk")));
    let waiting = json!({ "action": "wait", "for": "supplier", "until": "2026-11-23T08:00:00+01:00" });
    let waiting = sara.acts(number, &waiting).await;
    assert_eq!(waiting["waiting"], json!({ "for": "supplier", "until": "2026-11-23T07:00:00Z" }));
    sara.acts(number, &json!({ "action": "resume" })).await;
    sara.acts(number, &json!({ "action": "return", "reason": "Porten är hel igen" })).await;
    let resolved = json!({ "action": "resolve", "solution": "Bytte port.", "category": "natverk" });
    let resolved = sara.acts(number, &resolved).await;
    assert_eq!(resolved["resolution"]["solution"], "Bytte port.");
    assert_eq!(resolved["resolution"]["by"]["name"], "Sara Ek");
    let closed = anna.acts(number, &json!({ "action": "close" })).await;
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["allowedActions"], json!(["reopen"]));
    assert_eq!(anna.get(&format!("/tickets/{number}")).await.ok(200), closed);
}

#[actix_web::test]
async fn staff_registers_and_resolves_in_one_step() {
    let app = TestApp::new().await;
    app.requester().await;
    let sara = app.agent().await;
    let body = json!({
        "kind": "request", "subject": "Nytt lösenord", "channel": "phone", "requester": "anna.berg@example.se",
        "category": "konto-och-losenord", "impact": 3, "urgency": 1, "solution": "Återställde lösenordet.",
    });
    let ticket = sara.post("/tickets", &body).await.ok(201);
    assert_eq!(ticket["status"], "resolved");
    assert_eq!(ticket["requester"]["name"], "Anna Berg");
    assert_eq!(ticket["registeredBy"]["name"], "Sara Ek");
    assert_eq!(ticket["priority"], 3);
    assert!(ticket["number"].as_str().unwrap().starts_with("REQ-"));
}

#[actix_web::test]
async fn every_wrong_field_of_a_new_ticket_is_told() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let wrong = json!({
        "kind": "wish", "subject": " ", "impact": 4, "service": "tidresor", "channel": "brev",
        "organisation": "storby", "description": "x".repeat(20_001),
    });
    anna.post("/tickets", &wrong).await.wrong_fields(&[
        "channel: unknown",
        "description: tooLong",
        "impact: outOfRange",
        "kind: unknown",
        "organisation: notAllowed",
        "service: unknown",
        "subject: required",
    ]);
    let not_filed = anna.post("/tickets", &json!({ "kind": "problem", "subject": "Varför?" })).await;
    not_filed.wrong_fields(&["kind: notAllowed"]);
    let board = app.signed_in("britta.stad@example.se", &["board"]).await;
    let body = json!({ "kind": "incident", "subject": "Nej" });
    board.post("/tickets", &body).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn others_tickets_do_not_exist() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let number = anna.files("Min skrivare").await;
    let other = app.signed_in("olle.sten@example.se", &["requester"]).await;
    for path in ["", "/messages", "/attachments", "/events", "/links"] {
        other.get(&format!("/tickets/{number}{path}")).await.problem(404, "notFound");
    }
    other.patch(&format!("/tickets/{number}"), &json!({ "subject": "Min" })).await.problem(404, "notFound");
    let close = json!({ "action": "close" });
    other.post(&format!("/tickets/{number}/transitions"), &close).await.problem(404, "notFound");
    for unknown in ["INC-999", "XYZ-1", "1", "%ff"] {
        anna.get(&format!("/tickets/{unknown}")).await.problem(404, "notFound");
    }
}

#[actix_web::test]
async fn fields_are_changed_emptied_and_left_alone() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skrivaren").await;
    let path = format!("/tickets/{number}");
    let change = json!({ "category": "skrivare", "impact": 1, "urgency": 1, "description": "Plan 3" });
    let changed = sara.patch(&path, &change).await.ok(200);
    assert_eq!((&changed["priority"], &changed["category"]["code"]), (&json!(1), &json!("skrivare")));
    let emptied = sara.patch(&path, &json!({ "category": null })).await.ok(200);
    assert_eq!((&emptied["category"], &emptied["description"]), (&json!(null), &json!("Plan 3")));
    let wrong = json!({ "subject": null, "urgency": 0, "system": "finns-inte" });
    sara.patch(&path, &wrong).await.wrong_fields(&[
        "subject: required",
        "system: unknown",
        "urgency: outOfRange",
    ]);
    anna.patch(&path, &json!({ "impact": 1 })).await.problem(403, "forbidden");
    sara.acts(&number, &json!({ "action": "cancel", "reason": "Fel skrivare" })).await;
    let settled = sara.patch(&path, &json!({ "subject": "Ny" })).await.problem(409, "settled");
    assert_eq!(settled["allowedActions"], json!([]));
}

#[actix_web::test]
async fn what_the_state_forbids_comes_with_what_it_allows() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skärmen").await;
    let path = format!("/tickets/{number}/transitions");
    let refused = sara.post(&path, &json!({ "action": "resume" })).await.problem(409, "wrongStatus");
    assert_eq!(refused["allowedActions"], json!(["take", "assign", "escalate", "wait", "resolve", "cancel"]));
    let escalate = json!({ "action": "escalate", "toGroup": "servicedesk", "reason": " " });
    sara.post(&path, &escalate).await.wrong_fields(&["reason: required"]);
    let codeless =
        json!({ "action": "escalate", "toGroup": "natverk", "reason": "x", "reasonCode": "boredom" });
    sara.post(&path, &codeless).await.wrong_fields(&["reasonCode: unknown"]);
    let past = json!({ "action": "wait", "for": "planned", "until": "2026-11-19T08:00:00Z" });
    sara.post(&path, &past).await.wrong_fields(&["until: passed"]);
    sara.post(&path, &json!({ "action": "dance" })).await.wrong_fields(&["action: unknown"]);
    sara.post(&path, &json!({ "action": "resolve" })).await.wrong_fields(&["solution: required"]);
    anna.post(&path, &json!({ "action": "take" })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn many_tickets_get_a_result_each() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let (first, second) = (anna.files("Ett").await, anna.files("Två").await);
    sara.acts(&second, &json!({ "action": "cancel", "reason": "Dubblett" })).await;
    let body = json!({ "action": "take", "tickets": [first, second, "INC-999"] });
    let results = sara.post("/tickets/bulk-transitions", &body).await.ok(200)["results"].clone();
    assert_eq!(results[0]["ticket"]["status"], "inProgress");
    assert_eq!(results[1]["problem"]["code"], "wrongStatus");
    assert_eq!(results[2]["problem"]["status"], 404);
    let none = json!({ "action": "take", "tickets": [] });
    sara.post("/tickets/bulk-transitions", &none).await.wrong_fields(&["tickets: required"]);
}
