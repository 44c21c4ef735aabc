//! Messages, history and links of tickets.

use crate::support::app::TestApp;
use serde_json::{Value, json};

#[actix_web::test]
async fn messages_are_read_by_those_they_are_for() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Mötesrummet").await;
    let path = format!("/tickets/{number}/messages");
    let public = sara.post(&path, &json!({ "body": "Vilken våning?", "visibility": "public" })).await;
    assert_eq!(public.ok(201)["author"]["name"], "Sara Ek");
    assert!(!public.header("etag").is_empty());
    sara.post(&path, &json!({ "body": "Ring vaktmästaren", "visibility": "internal" })).await.ok(201);
    let bodies = |list: &Value| -> Vec<String> {
        list["items"].as_array().unwrap().iter().map(|row| row["body"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(bodies(&anna.get(&path).await.ok(200)), ["Vilken våning?"]);
    let first = sara.get(&format!("{path}?limit=1")).await.ok(200);
    assert_eq!(bodies(&first), ["Vilken våning?"]);
    let next = format!("{path}?limit=1&cursor={}", first["nextCursor"].as_str().unwrap());
    let second = sara.get(&next).await.ok(200);
    assert_eq!(
        (bodies(&second), &second["nextCursor"]),
        (vec!["Ring vaktmästaren".to_owned()], &Value::Null)
    );
    assert_eq!(bodies(&sara.get(&format!("{path}?limit=1&page=2")).await.ok(200)), ["Ring vaktmästaren"]);

    let note = json!({ "body": "Hemligt", "visibility": "internal" });
    anna.post(&path, &note).await.problem(403, "forbidden");
    let wrong = json!({ "body": " ", "visibility": "secret" });
    anna.post(&path, &wrong).await.wrong_fields(&["body: required", "visibility: unknown"]);
    anna.get(&format!("{path}?cursor=x")).await.wrong_fields(&["cursor: malformed"]);
}

#[actix_web::test]
async fn history_tells_who_did_what() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Nätet är långsamt").await;
    sara.acts(&number, &json!({ "action": "take" })).await;
    sara.acts(
        &number,
        &json!({ "action": "escalate", "toGroup": "natverk", "reason": "Switchen", "reasonCode": "onSite" }),
    )
    .await;
    let note = json!({ "body": "Switch 4", "visibility": "internal" });
    sara.post(&format!("/tickets/{number}/messages"), &note).await.ok(201);
    let path = format!("/tickets/{number}/events");
    let events = sara.get(&path).await.ok(200)["items"].as_array().unwrap().clone();
    let types: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["opened", "taken", "escalated", "messageAdded"]);
    assert_eq!(events[0]["actor"]["email"], "anna.berg@example.se");
    assert!(
        events[0]["changes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "field": "subject", "from": null, "to": "Nätet är långsamt" }))
    );
    assert_eq!(
        events[1]["changes"][0],
        json!({ "field": "assignee", "from": null, "to": "sara.ek@example.se" })
    );
    assert_eq!(
        events[2]["changes"],
        json!([{ "field": "group", "from": "servicedesk", "to": "natverk" }, { "field": "line", "from": "1", "to": "2" }, { "field": "reasonCode", "from": null, "to": "onSite" }])
    );
    assert_eq!((&events[2]["reason"], &events[2]["origin"]), (&json!("Switchen"), &json!("api")));
    let seen = anna.get(&path).await.ok(200)["items"].as_array().unwrap().len();
    assert_eq!(seen, 3);
    let page = anna.get(&format!("{path}?limit=2")).await.ok(200);
    let rest = anna.get(&format!("{path}?cursor={}", page["nextCursor"].as_str().unwrap())).await.ok(200);
    assert_eq!(rest["items"][0]["type"], "escalated");
    anna.get(&format!("{path}?limit=200")).await.wrong_fields(&["limit: outOfRange"]);
}

#[actix_web::test]
async fn links_are_made_seen_from_both_ends_and_taken_away() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let (first, second) = (anna.files("Ett").await, anna.files("Två").await);
    let path = format!("/tickets/{first}/links");
    let body = json!({ "kind": "duplicates", "ticket": second });
    let link = sara.post(&path, &body).await.ok(201);
    assert_eq!(link["ticket"], json!({ "number": second, "subject": "Två", "status": "new" }));
    sara.post(&path, &body).await.problem(409, "exists");
    let other = sara.get(&format!("/tickets/{second}/links")).await.ok(200)["items"][0].clone();
    assert_eq!((&other["isFrom"], &other["ticket"]["number"]), (&json!(false), &json!(first)));
    let one = format!("{path}/{}", link["id"].as_str().unwrap());
    anna.delete(&one).await.problem(403, "forbidden");
    assert_eq!(sara.delete(&one).await.status, 204);
    sara.delete(&one).await.problem(404, "notFound");
    assert_eq!(sara.get(&path).await.ok(200)["items"], json!([]));
    let itself = json!({ "kind": "relatesTo", "ticket": first });
    sara.post(&path, &itself).await.problem(409, "linkToItself");
    let wrong = json!({ "kind": "loves", "ticket": "INC-x" });
    sara.post(&path, &wrong).await.wrong_fields(&["kind: unknown", "ticket: unknown"]);
    anna.post(&path, &body).await.problem(403, "forbidden");
}
