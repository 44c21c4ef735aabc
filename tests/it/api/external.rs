//! Links for suppliers without accounts.

use crate::support::app::TestApp;
use serde_json::json;

#[actix_web::test]
async fn staff_make_a_link_to_what_lies_with_a_supplier() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skrivaren").await;
    let path = format!("/tickets/{number}/external-links");
    sara.post(&path, &json!({})).await.problem(409, "notExternal");
    let over = json!({ "action": "escalate", "toGroup": "leverantor", "reason": "Trumman", "reasonCode": "supplier" });
    sara.acts(&number, &over).await;
    let link = sara.post(&path, &json!({})).await.ok(201);
    assert_eq!(link["expiresAt"], "2026-12-20T07:00:00Z");
    assert!(link["url"].as_str().unwrap().starts_with("http"));
    let token = link["url"].as_str().unwrap().split_once("/external/").unwrap().1.to_owned();

    // Who made it is told to staff; the link itself to nobody.
    let events = sara.get(&format!("/tickets/{number}/events?limit=100")).await.ok(200);
    let made = events["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&made["type"], &made["actor"]["name"]), (&json!("externalLinkCreated"), &json!("Sara Ek")));
    assert!(!events.to_string().contains(token.split('.').nth(3).unwrap()), "{events}");
    let seen = anna.get(&format!("/tickets/{number}/events?limit=100")).await.ok(200).to_string();
    assert!(!seen.contains("externalLinkCreated"));

    app.app.answer_externally(&token, "Vi kommer på måndag.").await.unwrap();
    app.app.answer_externally(&token, "Vi kommer på måndag.").await.unwrap();
    app.app.return_externally(&token, "done", "Bytte trumma.").await.unwrap();
    let events = sara.get(&format!("/tickets/{number}/events?limit=100")).await.ok(200)["items"].clone();
    let told: Vec<_> = events.as_array().unwrap().iter().rev().take(2).collect();
    assert_eq!((&told[0]["type"], &told[0]["reason"]), (&json!("returned"), &json!("Bytte trumma.")));
    assert_eq!((&told[1]["type"], &told[1]["visibility"]), (&json!("externalAnswered"), &json!("internal")));
    for event in told {
        assert_eq!((&event["actor"], &event["origin"]), (&json!(null), &json!("external")));
    }
    let ticket = sara.get(&format!("/tickets/{number}")).await.ok(200);
    assert_eq!((&ticket["group"]["code"], &ticket["status"]), (&json!("servicedesk"), &json!("assigned")));
    let ledger = sara.get(&format!("/tickets/{number}/ledger")).await.ok(200);
    assert_eq!(
        (&ledger["stays"][1]["line"], &ledger["stays"][1]["reasonCode"]),
        (&json!("external"), &json!("done"))
    );
}

#[actix_web::test]
async fn links_are_made_only_by_those_who_hand_tickets_over() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skrivaren").await;
    sara.acts(&number, &json!({ "action": "escalate", "toGroup": "leverantor", "reason": "Trumman" })).await;
    let path = format!("/tickets/{number}/external-links");
    let other = app.signed_in("olle.sten@example.se", &["requester"]).await;
    let board = app.signed_in("britta.stad@example.se", &["board"]).await;
    let administrator = app.administrator().await;
    anna.post(&path, &json!({})).await.problem(403, "forbidden");
    other.post(&path, &json!({})).await.problem(404, "notFound");
    board.post(&path, &json!({})).await.problem(404, "notFound");
    administrator.post(&path, &json!({})).await.problem(403, "forbidden");
    app.anybody().post(&path, &json!({})).await.problem(401, "unauthenticated");
    sara.post("/tickets/INC-999/external-links", &json!({})).await.problem(404, "notFound");
}
