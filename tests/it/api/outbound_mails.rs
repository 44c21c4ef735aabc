//! The log of mails that go out.

use crate::support::app::TestApp;
use crate::support::outbound::{self, Fate};
use actix_web::test::TestRequest;
use arende::domain::clock::{Clock as _, MICROS_PER_HOUR};
use serde_json::{Value, json};

const ANNA: &str = "anna.berg@example.se";
const ADAM: &str = "adam.lund@example.se";

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|mail| mail["id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_log_is_filtered_and_goes_on_where_a_page_ended() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    let number = anna.files("Skrivaren").await;
    let at = app.clock.now();
    let waits = outbound::mail(&app.app, ANNA, Some(&number), Fate::Waits, at).await;
    let went = outbound::mail(&app.app, ANNA, Some(&number), Fate::Went, at).await;
    let dead = outbound::mail(&app.app, ADAM, None, Fate::GivenUp, at).await;
    let left_out = outbound::mail(&app.app, ADAM, Some(&number), Fate::LeftOut, at).await;

    let all = admin.get("/outbound-mails").await.ok(200);
    assert_eq!(ids(&all), [&left_out, &dead, &went, &waits]);
    let first = admin.get("/outbound-mails?limit=3").await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = admin.get(&format!("/outbound-mails?limit=3&cursor={cursor}")).await.ok(200);
    assert_eq!((ids(&second), &second["nextCursor"]), (vec![waits.as_str()], &Value::Null));
    assert_eq!(admin.get("/outbound-mails?limit=3&page=2").await.ok(200), second);
    for (query, expected) in [
        ("state=waiting", vec![&waits]),
        ("state=sent", vec![&went]),
        ("state=dead", vec![&dead]),
        ("state=suppressed", vec![&left_out]),
        (&format!("ticket={number}"), vec![&left_out, &went, &waits]),
        (&format!("q={}", number.to_lowercase()), vec![&left_out, &went, &waits]),
        ("q=Anna.Berg@example.se", vec![&went, &waits]),
        ("q=anna.berg@example.se&state=sent", vec![&went]),
        ("ticket=INC-999", vec![]),
    ] {
        let found = admin.get(&format!("/outbound-mails?{query}")).await.ok(200);
        assert_eq!(ids(&found), expected, "{query}");
    }
    let wrong = ["state: unknown", "ticket: unknown"];
    admin.get("/outbound-mails?state=nope&ticket=nope").await.wrong_fields(&wrong);
    admin.get("/outbound-mails?cursor=nope").await.wrong_fields(&["cursor: malformed"]);

    let shown = admin.get(&format!("/outbound-mails/{left_out}")).await.ok(200);
    assert_eq!(shown, all["items"][0]);
    assert_eq!(
        (&shown["reason"], &shown["ticket"], &shown["allowedActions"]),
        (&json!("personCap"), &json!(number), &json!([]))
    );
    admin.get("/outbound-mails/k3G7QAe5").await.problem(404, "notFound");
    anna.get("/outbound-mails").await.problem(403, "forbidden");
    anna.get(&format!("/outbound-mails/{waits}")).await.problem(403, "forbidden");
    app.agent().await.get("/outbound-mails").await.problem(403, "forbidden");
}

#[actix_web::test]
async fn what_was_given_up_is_sent_again_or_never() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    let at = app.clock.now();
    let id = outbound::mail(&app.app, ANNA, None, Fate::GivenUp, at).await;
    let path = format!("/outbound-mails/{id}/transitions");
    admin.post(&path, &json!({})).await.wrong_fields(&["action: required"]);
    admin.post(&path, &json!({ "action": "again" })).await.wrong_fields(&["action: unknown"]);
    anna.post(&path, &json!({ "action": "resend" })).await.problem(403, "forbidden");
    let nowhere = "/outbound-mails/k3G7QAe5/transitions";
    admin.post(nowhere, &json!({ "action": "resend" })).await.problem(404, "notFound");

    app.clock.advance_micros(MICROS_PER_HOUR / 6);
    let before = admin.get(&format!("/outbound-mails/{id}")).await.ok(200);
    assert_eq!((&before["attempts"], &before["lastError"]), (&json!(1), &json!("connection refused")));
    assert_eq!(before["allowedActions"], json!(["resend", "giveUp"]));
    let again = admin.post(&path, &json!({ "action": "resend" })).await.ok(200);
    assert_eq!(
        (&again["state"], &again["attempts"], &again["sendAfter"]),
        (&json!("waiting"), &json!(0), &json!("2026-11-20T07:10:00Z"))
    );
    let refused = admin.post(&path, &json!({ "action": "resend" })).await.problem(409, "mailSettled");
    assert_eq!(refused["allowedActions"], json!(["giveUp"]));
    let never = admin.post(&path, &json!({ "action": "giveUp" })).await.ok(200);
    assert_eq!((&never["state"], &never["reason"]), (&json!("suppressed"), &json!("givenUp")));
    for action in ["resend", "giveUp"] {
        let refused = admin.post(&path, &json!({ "action": action })).await.problem(409, "mailSettled");
        assert_eq!(refused["allowedActions"], json!([]));
    }
}

#[actix_web::test]
async fn a_repeated_decision_is_made_once() {
    let app = TestApp::new().await;
    let (admin, _) = (app.administrator().await, app.requester().await);
    let id = outbound::mail(&app.app, ANNA, None, Fate::GivenUp, app.clock.now()).await;
    let path = format!("/outbound-mails/{id}/transitions");
    let keyed = |action: &str| {
        TestRequest::post().insert_header(("Idempotency-Key", "k1")).set_json(json!({ "action": action }))
    };
    let first = admin.ask("post", &path, keyed("resend")).await.ok(200);
    assert_eq!(admin.ask("post", &path, keyed("resend")).await.ok(200), first);
    admin.ask("post", &path, keyed("giveUp")).await.problem(422, "keyReused");
}
