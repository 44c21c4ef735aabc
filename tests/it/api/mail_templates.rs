//! The texts of mails.

use crate::support::app::{Answer, Client, TestApp};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

const PATH: &str = "/mail-templates/answered-sv";

fn text(subject: &str, body: &str) -> Value {
    json!({ "subject": subject, "body": body })
}

async fn set(client: &Client<'_>, seen: &str, body: &Value) -> Answer {
    let request = TestRequest::put().insert_header(("If-Match", seen.to_owned())).set_json(body);
    client.ask("put", PATH, request).await
}

async fn reset(client: &Client<'_>, seen: &str) -> Answer {
    let request = TestRequest::delete().insert_header(("If-Match", seen.to_owned()));
    client.ask("delete", PATH, request).await
}

#[actix_web::test]
async fn a_text_is_changed_and_the_delivered_one_taken_back() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let shown = admin.get(PATH).await;
    assert_eq!(shown.header("etag"), "\"0\"");
    let delivered = shown.ok(200);
    assert_eq!(
        (&delivered["id"], &delivered["template"], &delivered["language"], &delivered["isChanged"]),
        (&json!("answered-sv"), &json!("answered"), &json!("sv"), &json!(false))
    );
    assert!(delivered["names"].as_array().unwrap().contains(&json!("number")));

    let changed = set(&admin, "\"0\"", &text(" Svar på {{ number }} ", "Hej {{ name }}!\r\n")).await;
    assert_eq!(changed.header("etag"), "\"1\"");
    let changed = changed.ok(200);
    assert_eq!(
        (&changed["subject"], &changed["body"], &changed["isChanged"]),
        (&json!("Svar på {{ number }}"), &json!("Hej {{ name }}!"), &json!(true))
    );
    assert_eq!(admin.get("/mail-templates/answered-en").await.ok(200)["isChanged"], false);

    assert_eq!(reset(&admin, "\"1\"").await.status.as_u16(), 204);
    // Once more changes nothing.
    assert_eq!(admin.delete(PATH).await.status.as_u16(), 204);
    let shown = admin.get(PATH).await;
    assert_eq!(shown.header("etag"), "\"2\"");
    assert_eq!(shown.ok(200)["subject"], delivered["subject"]);
    // Without a condition the last one wins.
    assert_eq!(admin.put(PATH, &text("Svar", "Hej")).await.header("etag"), "\"3\"");

    let first = admin.get(&format!("{PATH}/versions?limit=2")).await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = admin.get(&format!("{PATH}/versions?limit=2&cursor={cursor}")).await.ok(200);
    assert!(second["nextCursor"].is_null());
    let told: Vec<_> = [&first, &second]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|row| (row["version"].as_i64().unwrap(), row["subject"].as_str()))
        .collect();
    assert_eq!(told, [(3, Some("Svar")), (2, None), (1, Some("Svar på {{ number }}"))]);
    assert_eq!(first["items"][0]["changedBy"]["name"], "Adam Lund");
}

#[actix_web::test]
async fn whoever_saw_another_version_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    for future in ["\"1\"", "\"7\"", "W/\"0\"", "\"nonsense\""] {
        set(&admin, future, &text("Svar", "Hej")).await.problem(412, "stale");
    }
    set(&admin, "\"0\"", &text("Svar", "Hej")).await.ok(200);
    let stale = set(&admin, "\"0\"", &text("Annat", "Hej")).await.problem(412, "stale");
    assert_eq!(stale["version"], 1);
    reset(&admin, "\"0\"").await.problem(412, "stale");
    set(&admin, "0", &text("Annat", "Hej")).await.problem(400, "malformedHeader");
    assert_eq!(admin.get(PATH).await.ok(200)["subject"], "Svar");
}

#[actix_web::test]
async fn a_faulty_text_is_told_at_its_field() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let preview = format!("{PATH}/preview");
    let long = "å".repeat(10_001);
    for (subject, body, wrong) in [
        ("Svar", "Hej {{ name }}\n{{ password }}", &["body: unknownName"][..]),
        ("{{ losen }}", "Hej {% if name %}", &["body: syntax", "subject: unknownName"]),
        ("Svar\npå", "Hej", &["subject: severalLines"]),
        ("", " ", &["body: required", "subject: required"]),
        ("Svar", "{% if not name %}Hej{% endif %}", &["body: required"]),
        ("Svar", &long, &["body: tooLong"]),
    ] {
        admin.put(PATH, &text(subject, body)).await.wrong_fields(wrong);
        admin.post(&preview, &text(subject, body)).await.wrong_fields(wrong);
    }
    admin.put(PATH, &json!({ "title": "x" })).await.wrong_fields(&["title: unknown"]);
    let told = admin.put(PATH, &text("Svar", "Hej {{ name }}\n{{ password }}")).await.json();
    let detail = told["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains('2') && detail.contains("password"), "{detail}");
    assert_eq!(admin.put(PATH, &text("Svar", &long)).await.json()["errors"][0]["limit"], 10_000);
    assert_eq!(admin.get(PATH).await.ok(200)["version"], 0);
}

#[actix_web::test]
async fn a_text_is_looked_at_without_being_stored() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let body = text("{{ number }}: svar", "Hej {{ name }} <b>\n\nSe: {{ url }}");
    let shown = admin.post(&format!("{PATH}/preview"), &body).await.ok(200);
    assert_eq!(shown["subject"], "INC-1042: svar");
    assert!(shown["text"].as_str().unwrap().starts_with("Hej Anna Ek <b>"));
    assert!(shown["html"].as_str().unwrap().contains("Hej Anna Ek &lt;b&gt;"));
    assert_eq!(admin.get(PATH).await.ok(200)["isChanged"], false);
    assert_eq!(admin.get(&format!("{PATH}/versions")).await.ok(200)["items"], json!([]));
}

#[actix_web::test]
async fn every_text_is_listed_for_those_who_manage_mail() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let all = admin.get("/mail-templates?limit=100").await.ok(200);
    let all = all["items"].as_array().unwrap().clone();
    assert_eq!(all.len(), 24);
    let first = admin.get("/mail-templates?limit=15").await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = admin.get(&format!("/mail-templates?limit=15&cursor={cursor}")).await.ok(200);
    let both = [&first, &second].map(|page| page["items"].as_array().unwrap().clone()).concat();
    assert_eq!(both, all);
    admin.get("/mail-templates?cursor=x").await.wrong_fields(&["cursor: malformed"]);
    for unknown in ["answered", "answered-de", "nosuch-sv"] {
        admin.get(&format!("/mail-templates/{unknown}")).await.problem(404, "notFound");
    }

    let sara = app.agent().await;
    sara.get("/mail-templates").await.problem(403, "forbidden");
    sara.get(PATH).await.problem(403, "forbidden");
    sara.get(&format!("{PATH}/versions")).await.problem(403, "forbidden");
    sara.put(PATH, &text("Svar", "Hej")).await.problem(403, "forbidden");
    sara.post(&format!("{PATH}/preview"), &text("Svar", "Hej")).await.problem(403, "forbidden");
    sara.delete(PATH).await.problem(403, "forbidden");
    app.anybody().get(PATH).await.problem(401, "unauthenticated");
}
