//! Mailboxes and mail domains.

use crate::support::app::TestApp;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

fn new() -> Value {
    json!({ "name": "Servicedesk", "address": "it@example.se", "host": "localhost", "port": 1,
        "username": "it", "secret": "hemligheten" })
}

#[actix_web::test]
async fn mailboxes_are_made_changed_and_removed_and_their_secret_never_comes_out() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let made = admin.post("/mailboxes", &new()).await;
    assert_eq!(made.header("location"), "/api/v1/mailboxes/servicedesk");
    let mailbox = made.ok(201);
    assert_eq!(
        (&mailbox["hasSecret"], &mailbox["heartbeat"], &mailbox["desk"]["code"], &mailbox["receive"]),
        (&json!(true), &json!("ok"), &json!("it"), &json!("imap"))
    );
    let path = "/mailboxes/servicedesk";
    let shown = admin.get(path).await;
    assert_eq!(shown.header("etag"), made.header("etag"));
    assert_eq!(shown.ok(200), mailbox);
    assert_eq!(admin.get("/mailboxes?limit=1").await.ok(200)["items"], json!([mailbox]));
    admin.post("/mailboxes", &new()).await.wrong_fields(&["name: taken"]);
    let mut same_address = new();
    same_address["name"] = json!("En annan");
    admin.post("/mailboxes", &same_address).await.wrong_fields(&["address: taken"]);

    let change =
        json!({ "silentAfterMinutes": 240, "secretExpires": "2027-05-31", "organisation": "lillby" });
    let request =
        TestRequest::patch().insert_header(("If-Match", shown.header("etag").to_owned())).set_json(&change);
    let changed = admin.ask("patch", path, request).await;
    assert_ne!(changed.header("etag"), shown.header("etag"));
    let changed = changed.ok(200);
    assert_eq!(
        (&changed["silentAfterMinutes"], &changed["organisation"]["code"], &changed["host"]),
        (&json!(240), &json!("lillby"), &json!("localhost"))
    );
    let stale = TestRequest::patch().insert_header(("If-Match", "\"1\"")).set_json(&change);
    admin.ask("patch", path, stale).await.problem(412, "stale");
    let emptied = json!({ "silentAfterMinutes": null, "secretExpires": null, "organisation": null });
    let emptied = admin.patch(path, &emptied).await.ok(200);
    assert_eq!(
        (&emptied["silentAfterMinutes"], &emptied["secretExpires"], &emptied["organisation"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    // A secret isn't sent to another server than the one it was given for.
    admin.patch(path, &json!({ "host": "imap.example.com" })).await.wrong_fields(&["secret: required"]);

    let tested = admin.post("/mailboxes/servicedesk/tests", &json!({})).await;
    for answer in [&made, &shown, &tested, &admin.get("/mailboxes").await] {
        assert!(!answer.text().contains("hemligheten"), "{}", answer.text());
    }
    let tested = tested.ok(200);
    assert_eq!(tested["passed"], false);
    assert_eq!(
        (&tested["steps"][0]["step"], &tested["steps"][0]["fault"]),
        (&json!("connect"), &json!("unreachable"))
    );
    assert_eq!(admin.delete(path).await.status, 204);
    admin.get(path).await.problem(404, "notFound");
    admin.delete(path).await.problem(404, "notFound");
    admin.patch(path, &json!({})).await.problem(404, "notFound");
    admin.post("/mailboxes/servicedesk/tests", &json!({})).await.problem(404, "notFound");
}

#[actix_web::test]
async fn every_bad_setting_is_named() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let wrong = json!({ "address": "it", "host": "två servrar", "port": 70_000, "security": "none",
        "auth": "xoauth2", "tokenUrl": "http://login.example.com", "clientId": "x", "afterFetch": "move",
        "moveTo": "INBOX", "foreignNumbers": ["#"], "silentAfterMinutes": 0, "desk": "nowhere" });
    admin.post("/mailboxes", &wrong).await.wrong_fields(&[
        "address: malformed",
        "desk: unknown",
        "foreignNumbers: malformed",
        "host: malformed",
        "moveTo: notAllowed",
        "name: required",
        "port: outOfRange",
        "secret: required",
        "security: notAllowed",
        "silentAfterMinutes: outOfRange",
        "tokenUrl: malformed",
        "username: required",
    ]);
    let words = json!({ "name": "It", "address": "it@example.se", "receive": "pop3", "auth": "secret",
        "secretExpires": "i morgon" });
    admin.post("/mailboxes", &words).await.wrong_fields(&[
        "auth: unknown",
        "receive: unknown",
        "secretExpires: malformed",
    ]);
    // Where mail is handed over there is no server to tell of.
    let handed_over = json!({ "name": "It", "address": "it@example.se", "receive": "none" });
    let made = admin.post("/mailboxes", &handed_over).await.ok(201);
    assert_eq!((&made["hasSecret"], &made["heartbeat"]), (&json!(false), &json!("ok")));
    let tested = admin.post("/mailboxes/it/tests", &json!({})).await.ok(200);
    assert_eq!(tested, json!({ "passed": true, "steps": [], "messages": null }));
}

#[actix_web::test]
async fn mail_domains_belong_to_organisations() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let path = "/mail-domains/Lillby.example";
    let made = admin.put(path, &json!({ "organisation": "lillby" })).await;
    assert_eq!(made.header("location"), "/api/v1/mail-domains/lillby.example");
    let lillby = json!({ "domain": "lillby.example",
        "organisation": { "code": "lillby", "name": "Lillby kommun" } });
    assert_eq!(made.ok(201), lillby);
    assert_eq!(admin.get("/mail-domains").await.ok(200)["items"], json!([lillby]));
    let moved = admin.put(path, &json!({ "organisation": "storby" })).await.ok(200);
    assert_eq!(moved["organisation"]["code"], "storby");
    admin.put(path, &json!({ "organisation": "nowhere" })).await.wrong_fields(&["organisation: unknown"]);
    assert_eq!(admin.delete(path).await.status, 204);
    admin.delete(path).await.problem(404, "notFound");
}

#[actix_web::test]
async fn only_those_who_manage_mail_see_mailboxes() {
    let app = TestApp::new().await;
    let (agent, anna) = (app.agent().await, app.requester().await);
    for one in [&agent, &anna] {
        one.get("/mailboxes").await.problem(403, "forbidden");
        one.post("/mailboxes", &new()).await.problem(403, "forbidden");
        one.get("/mailboxes/it").await.problem(403, "forbidden");
        one.patch("/mailboxes/it", &json!({})).await.problem(403, "forbidden");
        one.delete("/mailboxes/it").await.problem(403, "forbidden");
        one.post("/mailboxes/it/tests", &json!({})).await.problem(403, "forbidden");
        one.get("/mail-domains").await.problem(403, "forbidden");
        let body = json!({ "organisation": "lillby" });
        one.put("/mail-domains/lillby.example", &body).await.problem(403, "forbidden");
        one.delete("/mail-domains/lillby.example").await.problem(403, "forbidden");
    }
    app.anybody().get("/mailboxes").await.problem(401, "unauthenticated");
}
