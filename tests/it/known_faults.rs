//! Faults that other products of this kind have had, tried on ours (`docs/KNOWN-FAULTS.md`).

use crate::support::app::{TestApp, address};
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// What answers whoever isn't signed in: signing in, what the API is, and how it is described.
const OPEN: &[(&str, &str)] = &[("get", "/api-info"), ("post", "/sessions"), ("post", "/sessions/refresh")];

/// The operations of the description: method and path below the base.
fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&arende::web::api::openapi_json()).unwrap();
    let methods = ["get", "post", "put", "patch", "delete"];
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        for method in operations.as_object().unwrap().keys().filter(|key| methods.contains(&key.as_str())) {
            found.push((method.clone(), path.to_owned()));
        }
    }
    assert!(found.len() > 80, "{}", found.len());
    found
}

fn request(method: &str, body: &Value) -> TestRequest {
    match method {
        "get" => TestRequest::get(),
        "post" => TestRequest::post().set_json(body),
        "put" => TestRequest::put().set_json(body),
        "patch" => TestRequest::patch().set_json(body),
        _ => TestRequest::delete(),
    }
}

/// The path with something in place of each parameter.
fn filled(path: &str, number: &str) -> String {
    let filled = path.replace("{number}", number).replace("{domain}", "norrvik.example.se");
    let parts = filled.split('/').map(|part| if part.starts_with('{') { "abc" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Bodies that are right in themselves, so that nothing but the right to the ticket can refuse them.
fn right_body(method: &str, path: &str) -> Value {
    match (method, path) {
        ("patch", "/tickets/{number}") => json!({ "subject": "Min nu" }),
        ("post", "/tickets/{number}/transitions") => json!({ "action": "close" }),
        ("post", "/tickets/{number}/messages") => json!({ "body": "Hej", "visibility": "public" }),
        ("post", "/tickets/{number}/links") => json!({ "kind": "relatesTo", "ticket": "INC-1" }),
        ("post", "/tickets/{number}/external-links") => json!({ "group": "leverantor" }),
        ("post", "/tickets/{number}/first-line-review") => json!({ "couldHaveSolved": true }),
        _ => json!({}),
    }
}

#[actix_web::test]
async fn nobody_gets_in_without_signing_in() {
    let app = TestApp::new().await;
    let number = app.requester().await.files("Skrivaren").await;
    for (method, path) in operations() {
        if OPEN.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        let asked = request(&method, &right_body(&method, &path)).uri(&address(&filled(&path, &number)));
        let answer = app.anybody().send(asked).await;
        assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text());
    }
}

#[actix_web::test]
async fn every_way_to_a_ticket_of_others_is_closed() {
    let app = TestApp::new().await;
    let number = app.requester().await.files("Skrivaren i Lillby").await;
    app.person("bo.storm@example.se", &["requester"], "storby").await;
    app.person("mia.storm@example.se", &["manager"], "storby").await;
    for email in ["bo.storm@example.se", "mia.storm@example.se"] {
        let foreign = app.sign_in(email).await;
        let of_tickets = operations().into_iter().filter(|(_, path)| path.contains("{number}"));
        let mut tried = 0;
        for (method, path) in of_tickets {
            let asked = request(&method, &right_body(&method, &path)).uri(&address(&filled(&path, &number)));
            let answer = foreign.send(asked).await;
            assert!([403, 404, 415].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.text());
            assert!(!answer.text().contains("Lillby"), "{method} {path}: {}", answer.text());
            tried += 1;
        }
        assert!(tried >= 14, "{tried}");
        let list = foreign.get("/tickets?q=Skrivaren").await.json();
        assert_eq!(list["items"], json!([]));
        assert_eq!(foreign.get("/tickets/count").await.json()["count"], 0);
    }
}

#[actix_web::test]
async fn nothing_empty_opens_anything() {
    let app = TestApp::new().await;
    let new = arende::app::people::NewPerson {
        email: "utan.losenord@example.se".to_owned(),
        name: "Utan Lösenord".to_owned(),
        phone: None,
        language: None,
        password: None,
        roles: vec![("administrator".to_owned(), None)],
        organisations: vec!["lillby".to_owned()],
    };
    app.app.create_person(&arende::app::Ctx::command_line(), &new).await.unwrap();
    for password in ["", " ", "null", "undefined"] {
        let body = json!({ "email": "utan.losenord@example.se", "password": password });
        let answer = app.anybody().post("/sessions", &body).await;
        assert!([401, 422].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    for header in ["", "Bearer", "Bearer ", "Bearer  ", "Bearer null", "Bearer .", "Basic Og=="] {
        let asked = TestRequest::get().uri(&address("/tickets")).insert_header(("Authorization", header));
        assert_eq!(app.send(asked).await.status, 401, "{header:?}");
    }
    let refresh = json!({ "refreshToken": "" });
    let answer = app.anybody().post("/sessions/refresh", &refresh).await;
    assert!([401, 422].contains(&answer.status.as_u16()), "{}", answer.text());
}

#[actix_web::test]
async fn whoever_guesses_is_slowed_down_whatever_address_they_claim() {
    let app = TestApp::new().await;
    app.person("anna.berg@example.se", &["requester"], "lillby").await;
    let guess = async |email: &str, n: usize| {
        let from = format!("203.0.113.{n}");
        let asked = TestRequest::post()
            .uri(&address("/sessions"))
            .set_json(json!({ "email": email, "password": "fel lösenord" }))
            .insert_header(("X-Forwarded-For", from.clone()))
            .insert_header(("CF-Connecting-IP", from.clone()))
            .insert_header(("Forwarded", format!("for={from}")));
        app.send(asked).await
    };
    let (known, unknown) = (guess("anna.berg@example.se", 1).await, guess("ingen@example.se", 1).await);
    let said = |answer: &Value| (answer["status"].clone(), answer["code"].clone(), answer["detail"].clone());
    assert_eq!(said(&known.json()), said(&unknown.json()));
    for n in 2..12 {
        guess("anna.berg@example.se", n).await;
        guess("ingen@example.se", n).await;
    }
    assert_eq!(guess("anna.berg@example.se", 12).await.status, 429);
    assert_eq!(guess("ingen@example.se", 12).await.status, 429);
}

#[actix_web::test]
async fn a_new_ticket_takes_nothing_along_that_the_filer_may_not_set() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let other = app.signed_in("olle.sten@example.se", &["requester"]).await;
    let secret = other.files("Olles lön").await;
    for (field, value) in [
        ("links", json!([{ "kind": "relatesTo", "ticket": secret }])),
        ("status", json!("closed")),
        ("number", json!("INC-7")),
        ("version", json!(99)),
        ("registeredBy", json!("olle.sten@example.se")),
        ("closedAt", json!("2020-01-01T00:00:00Z")),
    ] {
        let mut body = json!({ "kind": "incident", "subject": "Skrivaren" });
        body[field] = value;
        anna.post("/tickets", &body).await.wrong_fields(&[&format!("{field}: unknown")]);
    }
    for (field, value) in [
        ("requester", json!("olle.sten@example.se")),
        ("group", json!("natverk")),
        ("organisation", json!("storby")),
    ] {
        let mut body = json!({ "kind": "incident", "subject": "Skrivaren" });
        body[field] = value;
        let answer = anna.post("/tickets", &body).await;
        assert!([403, 422].contains(&answer.status.as_u16()), "{field}: {}", answer.text());
    }
    let mine = anna.files("Min").await;
    let link = json!({ "kind": "relatesTo", "ticket": secret });
    let answer = anna.post(&format!("/tickets/{mine}/links"), &link).await;
    assert!([403, 404, 422].contains(&answer.status.as_u16()), "{}", answer.text());
}

#[actix_web::test]
async fn words_that_look_like_sql_are_words() {
    let app = TestApp::new().await;
    let sara = app.agent().await;
    sara.files("Skrivaren").await;
    let tricks = [
        "' OR 1=1 --",
        "\"; DROP TABLE tickets; --",
        "') UNION SELECT password_hash FROM users --",
        "\\",
        "*",
        "NEAR(",
        "a AND (b",
        "subject:x",
        "%",
        "_",
    ];
    for trick in tricks {
        let encoded: String = trick.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let answer = sara.get(&format!("/tickets?q={encoded}")).await;
        assert!([200, 422].contains(&answer.status.as_u16()), "{trick}: {}", answer.text());
        if answer.status == 200 {
            assert_eq!(answer.json()["items"], json!([]), "{trick}");
        }
        for field in ["sort", "status", "assignee", "group", "organisation", "cursor"] {
            let answer = sara.get(&format!("/tickets?{field}={encoded}")).await;
            assert_eq!(answer.status, 422, "{field}={trick}: {}", answer.text());
        }
    }
    assert_eq!(sara.get("/tickets?q=Skrivaren").await.json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn whom_a_mail_was_hidden_from_stays_hidden() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let program = app.signed_in("intag@example.se", &["integration"]).await;
    let raw = "From: Anna Berg <anna.berg@example.se>\r\nTo: servicedesk@example.se\r\n\
               Bcc: rektor.hemlig@example.se\r\nCc: kollega@example.se\r\nSubject: Projektorn\r\n\
               Message-ID: <p1@example.se>\r\n\r\nDen \u{e4}r trasig.\r\n";
    let asked = TestRequest::post()
        .uri(&address("/intake/mail"))
        .insert_header(("Content-Type", "message/rfc822"))
        .set_payload(raw);
    assert!(program.send(asked).await.status.is_success());
    let worker = arende::jobs::kinds::registry(&app.app);
    let options = arende::jobs::engine::RunnerOptions::new("test");
    arende::jobs::engine::Runner::new(app.app.db().clone(), worker, app.clock.clone(), options)
        .run_due()
        .await;
    let number = anna.get("/tickets").await.json()["items"][0]["number"].as_str().unwrap().to_owned();
    for part in ["", "/messages", "/events", "/attachments", "/links", "/ledger"] {
        let answer = anna.get(&format!("/tickets/{number}{part}")).await;
        assert!(!answer.text().contains("hemlig"), "{part}: {}", answer.text());
    }
}

/// Every test that the document names is there.
#[test]
fn the_document_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/KNOWN-FAULTS.md")).unwrap();
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        gather(&root.join(folder), &mut sources);
    }
    let rows: Vec<&str> =
        document.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).collect();
    let named: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.split('`').skip(1).step_by(2))
        .filter(|name| name.contains('_'))
        .collect();
    assert!(rows.len() > 20 && named.len() > 25, "{} rows, {} tests", rows.len(), named.len());
    let missing: Vec<&&str> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn gather(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            gather(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
