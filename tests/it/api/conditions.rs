//! Versions and repeated requests.

use crate::support::app::TestApp;
use actix_web::test::TestRequest;
use serde_json::json;

#[actix_web::test]
async fn a_stale_version_changes_nothing() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Skrivaren").await;
    let path = format!("/tickets/{number}");
    let seen = sara.get(&path).await.header("etag").to_owned();
    let edit = |tag: &str, subject: &str| {
        TestRequest::patch()
            .insert_header(("If-Match", tag.to_owned()))
            .set_json(json!({ "subject": subject }))
    };
    let changed = sara.ask("patch", &path, edit(&seen, "Skrivaren, plan 3")).await;
    assert_ne!(changed.header("etag"), seen);
    changed.ok(200);
    let stale = sara.ask("patch", &path, edit(&seen, "Skrivaren, plan 4")).await.problem(412, "stale");
    assert_eq!(stale["version"], 2);
    for other in ["\"nonsense\"", "W/\"2\""] {
        sara.ask("patch", &path, edit(other, "Nej")).await.problem(412, "stale");
    }
    sara.ask("patch", &path, edit("2", "Nej")).await.problem(400, "malformedHeader");
    assert_eq!(sara.get(&path).await.ok(200)["subject"], "Skrivaren, plan 3");
    sara.ask("patch", &path, edit("*", "Vilken som helst")).await.ok(200);

    let take = TestRequest::post().insert_header(("If-Match", seen)).set_json(json!({ "action": "take" }));
    sara.ask("post", &format!("{path}/transitions"), take).await.problem(412, "stale");
}

#[actix_web::test]
async fn a_repeated_request_is_carried_out_once() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let file = |key: &str, subject: &str| {
        let body = json!({ "kind": "incident", "subject": subject });
        TestRequest::post().insert_header(("Idempotency-Key", key.to_owned())).set_json(body)
    };
    let first = anna.ask("post", "/tickets", file("k-1", "Datorn")).await.ok(201);
    let again = anna.ask("post", "/tickets", file("k-1", "Datorn")).await.ok(201);
    assert_eq!(first["number"], again["number"]);
    anna.ask("post", "/tickets", file("k-1", "Skärmen")).await.problem(422, "keyReused");
    let other = anna.ask("post", "/tickets", file("k-2", "Datorn")).await.ok(201);
    assert_ne!(first["number"], other["number"]);
    anna.ask("post", "/tickets", file("two words", "Datorn")).await.problem(400, "malformedHeader");

    let number = first["number"].as_str().unwrap();
    let write = || {
        let body = json!({ "body": "Hur går det?", "visibility": "public" });
        TestRequest::post().insert_header(("Idempotency-Key", "m-1")).set_json(body)
    };
    let path = format!("/tickets/{number}/messages");
    let first = anna.ask("post", &path, write()).await.ok(201);
    assert_eq!(first, anna.ask("post", &path, write()).await.ok(201));
    assert_eq!(anna.get(&path).await.ok(200)["items"].as_array().unwrap().len(), 1);

    app.clock.advance_micros(arende::domain::clock::MICROS_PER_DAY + 1);
    let anna = app.sign_in("anna.berg@example.se").await;
    let later = anna.ask("post", "/tickets", file("k-3", "Datorn")).await.ok(201);
    assert_ne!(first["number"], later["number"]);
}
