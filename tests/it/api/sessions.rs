//! Signing in and out.

use crate::support::app::{PASSWORD, TestApp};
use arende::domain::clock::MICROS_PER_MINUTE;
use serde_json::json;

#[actix_web::test]
async fn tokens_are_given_renewed_and_taken_back() {
    let app = TestApp::new().await;
    app.person("anna.berg@example.se", &["requester"], "lillby").await;
    let body = json!({ "email": " Anna.Berg@example.se", "password": PASSWORD });
    let answer = app.anybody().post("/sessions", &body).await;
    assert_eq!(answer.header("location"), "/api/v1/sessions/current");
    let signed_in = answer.ok(201);
    assert_eq!(signed_in["tokenType"], "Bearer");
    assert_eq!(signed_in["expiresAt"], "2026-11-20T07:15:00Z");
    assert_eq!(signed_in["user"]["name"], "Anna Berg");
    assert_eq!(signed_in["user"]["roles"], json!(["requester"]));

    app.clock.advance_micros(16 * MICROS_PER_MINUTE);
    let mut anna = app.anybody();
    anna.token = signed_in["accessToken"].as_str().map(str::to_owned);
    anna.get("/sessions/current").await.problem(401, "unauthenticated");
    let refresh = json!({ "refreshToken": signed_in["refreshToken"] });
    let renewed = app.anybody().post("/sessions/refresh", &refresh).await.ok(200);
    assert_ne!(renewed["refreshToken"], signed_in["refreshToken"]);
    anna.token = renewed["accessToken"].as_str().map(str::to_owned);
    assert_eq!(anna.get("/sessions/current").await.ok(200)["user"]["email"], "anna.berg@example.se");

    assert_eq!(anna.delete("/sessions/current").await.status, 204);
    anna.get("/sessions/current").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_refresh_token_used_twice_ends_the_session() {
    let app = TestApp::new().await;
    app.person("anna.berg@example.se", &["requester"], "lillby").await;
    let body = json!({ "email": "anna.berg@example.se", "password": PASSWORD });
    let signed_in = app.anybody().post("/sessions", &body).await.ok(201);
    let stolen = json!({ "refreshToken": signed_in["refreshToken"] });
    let renewed = app.anybody().post("/sessions/refresh", &stolen).await.ok(200);
    app.anybody().post("/sessions/refresh", &stolen).await.problem(401, "unauthenticated");
    let mut anna = app.anybody();
    anna.token = renewed["accessToken"].as_str().map(str::to_owned);
    anna.get("/sessions/current").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn wrong_passwords_lock_the_address_for_a_while() {
    let app = TestApp::new().await;
    app.person("anna.berg@example.se", &["requester"], "lillby").await;
    let wrong = json!({ "email": "anna.berg@example.se", "password": "fel" });
    let first = app.anybody().post("/sessions", &wrong).await;
    first.problem(401, "wrongCredentials");
    assert_eq!(first.header("www-authenticate"), "Bearer");
    let mut last = first;
    for _ in 0..10 {
        last = app.anybody().post("/sessions", &wrong).await;
    }
    last.problem(429, "lockedOut");
    assert!(last.header("retry-after").parse::<i64>().unwrap() > 0);
    let nobody = json!({ "email": "ingen@example.se", "password": "fel" });
    app.anybody().post("/sessions", &nobody).await.problem(401, "wrongCredentials");
    let colour = json!({ "email": "anna.berg@example.se", "colour": "red" });
    app.anybody().post("/sessions", &colour).await.wrong_fields(&["colour: unknown"]);
}

#[actix_web::test]
async fn own_sessions_are_listed_and_ended() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let phone = app.sign_in("anna.berg@example.se").await;
    let sessions = anna.get("/sessions").await.ok(200)["items"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["isCurrent"] == false).unwrap();
    let path = format!("/sessions/{}", other["id"].as_str().unwrap());
    let olle = app.signed_in("olle.sten@example.se", &["requester"]).await;
    olle.delete(&path).await.problem(404, "notFound");
    assert_eq!(anna.delete(&path).await.status, 204);
    phone.get("/sessions/current").await.problem(401, "unauthenticated");
    anna.delete("/sessions/nonsense").await.problem(404, "notFound");
}
