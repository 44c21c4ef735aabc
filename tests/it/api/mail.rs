//! Mail handed over through the API, and what people make of it.

use crate::support::app::{Answer, Client, TestApp, address};
use actix_web::test::TestRequest;
use arende::app::opaque;
use arende::domain::ids::InboundMailId;
use serde_json::json;

const ALARM: &str = "From: Larm <larm@example.org>\r\nTo: it@example.se\r\nSubject: Disken full\r\n\
     Message-ID: <1@example.org>\r\nAuto-Submitted: auto-generated\r\n\r\nDisk C: 99 %\r\n";

fn message(text: &str) -> TestRequest {
    TestRequest::post().insert_header(("Content-Type", "message/rfc822")).set_payload(text.to_owned())
}

async fn hand_over(client: &Client<'_>, text: &str) -> Answer {
    client.ask("post", "/intake/mail", message(text)).await
}

/// Hands a message over and lets it be understood; its id.
async fn came(app: &TestApp, client: &Client<'_>, text: &str) -> String {
    let id = hand_over(client, text).await.ok(202)["id"].as_str().unwrap().to_owned();
    app.app.understand_mail(InboundMailId(opaque::decode(&id).unwrap())).await.unwrap();
    id
}

#[actix_web::test]
async fn a_mail_is_taken_in_once_and_told_of() {
    let app = TestApp::new().await;
    let program = app.signed_in("larm@example.se", &["integration"]).await;
    let answer = hand_over(&program, ALARM).await;
    let taken = answer.ok(202);
    assert_eq!((taken["isNew"].as_bool(), taken["state"].as_str()), (Some(true), Some("received")));
    let path = format!("/api/v1/inbound-mails/{}", taken["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), path);
    let again = hand_over(&program, ALARM).await.ok(202);
    assert_eq!((again["isNew"].as_bool(), &again["id"]), (Some(false), &taken["id"]));
    // A program hands over and reads nothing.
    program.get("/inbound-mails").await.problem(403, "forbidden");
    program.get(path.strip_prefix("/api/v1").unwrap()).await.problem(404, "notFound");
}

#[actix_web::test]
async fn what_is_no_mail_is_refused() {
    let app = TestApp::new().await;
    let program = app.signed_in("larm@example.se", &["integration"]).await;
    hand_over(&program, "").await.problem(400, "malformedRequest");
    let json = TestRequest::post().set_json(json!({}));
    program.ask("post", "/intake/mail", json).await.problem(415, "contentType");
    program
        .ask("post", "/intake/mail?mailbox=nope", message(ALARM))
        .await
        .wrong_fields(&["mailbox: unknown"]);
    let anna = app.requester().await;
    hand_over(&anna, ALARM).await.problem(403, "forbidden");
    anna.get("/inbound-mails").await.problem(403, "forbidden");
    app.anybody().ask("post", "/intake/mail", message(ALARM)).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_person_makes_a_ticket_of_it() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let id = came(&app, &admin, ALARM).await;
    let sara = app.agent().await;
    let listed = sara.get("/inbound-mails?state=held&q=disken").await.ok(200);
    assert_eq!(listed["items"][0]["id"], id.as_str());
    let path = format!("/inbound-mails/{id}");
    let shown = sara.get(&path).await.ok(200);
    assert_eq!(shown["newText"], "Disk C: 99 %");
    assert!(shown["steps"].as_array().unwrap().iter().any(|step| step["finding"] == "automaticHeader"));
    let original = sara.send(TestRequest::get().uri(&address(&format!("{path}/original")))).await;
    assert_eq!(original.body, ALARM.as_bytes());
    assert_eq!(original.header("content-type"), "message/rfc822");
    assert_eq!(original.header("x-content-type-options"), "nosniff");
    assert!(original.header("content-disposition").starts_with("attachment"));

    let transitions = format!("{path}/transitions");
    sara.post(&transitions, &json!({})).await.wrong_fields(&["action: required"]);
    sara.post(&transitions, &json!({"action": "ticket"})).await.wrong_fields(&["organisation: required"]);
    sara.post(&transitions, &json!({"action": "discard"})).await.wrong_fields(&["reason: required"]);
    let made = sara.post(&transitions, &json!({"action": "ticket", "organisation": "lillby"})).await.ok(200);
    assert_eq!((made["state"].as_str(), made["ticket"].as_str()), (Some("ticket"), Some("INC-1")));
    let refused = sara.post(&transitions, &json!({"action": "ticket"})).await.problem(409, "mailSettled");
    assert_eq!(refused["allowedActions"], json!([]));
    let ticket = sara.get("/tickets/INC-1").await.ok(200);
    assert_eq!(ticket["channel"], "email");
    // Whoever reads the ticket's notes reads the mail it came by; its requester doesn't.
    sara.get(&path).await.ok(200);
    let anna = app.requester().await;
    anna.get(&path).await.problem(404, "notFound");
    anna.get(&format!("{path}/original")).await.problem(404, "notFound");
    anna.post(&transitions, &json!({"action": "restore"})).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_repeated_request_gets_what_the_first_one_made() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let id = came(&app, &admin, ALARM).await;
    let path = format!("/inbound-mails/{id}/transitions");
    let body = json!({"action": "ticket", "organisation": "lillby"});
    let keyed = || TestRequest::post().insert_header(("Idempotency-Key", "k1")).set_json(&body);
    let first = admin.ask("post", &path, keyed()).await.ok(200);
    let again = admin.ask("post", &path, keyed()).await.ok(200);
    assert_eq!(first["ticket"], again["ticket"]);
    let wrong = json!({"action": "reply", "number": "INC-1", "visibility": "internal"});
    admin.post(&path, &wrong).await.problem(409, "mailSettled");
}

#[actix_web::test]
async fn the_log_goes_on_where_a_page_ended() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(
            came(&app, &admin, &ALARM.replace("<1@", &format!("<{n}@")).replace("99", &n.to_string())).await,
        );
    }
    ids.reverse();
    let first = admin.get("/inbound-mails?limit=2").await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = admin.get(&format!("/inbound-mails?limit=2&cursor={cursor}")).await.ok(200);
    let told: Vec<_> = [&first, &second]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|mail| mail["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(told, ids);
    assert!(second["nextCursor"].is_null());
    let paged = admin.get("/inbound-mails?limit=2&page=2").await.ok(200);
    assert_eq!(paged["items"], second["items"]);
    admin.get("/inbound-mails?state=nope").await.wrong_fields(&["state: unknown"]);
}
