//! The roads of domain C: three printer faults that look alike and go different ways, each with its reason.

use crate::support::app::TestApp;
use arende::db::policies::{self, NewVersion, PolicyKind};
use arende::domain::clock::Instant;
use serde_json::{Value, json};

const LIST: &str = r#"{"decidedOn":"2026-10-01","decidedBy":"Kommundirektören","entries":[{"system":1,"place":1,"class":"a"}]}"#;

/// The municipal management decides that the first system comes first.
async fn decided(app: &TestApp) {
    app.app
        .db()
        .write(|tx| {
            let now = Instant::from_micros(0);
            let policy = policies::insert(tx, PolicyKind::PriorityList, "main", "Prioriteringslista", now)?;
            let version = NewVersion {
                valid_from: now,
                is_withdrawn: false,
                spec: LIST,
                note: "KS 2026/17",
                created_at: now,
                created_by: None,
            };
            policies::insert_version(tx, policy, &version)
        })
        .await
        .unwrap();
}

fn said(ticket: &Value) -> String {
    let sentences: Vec<&str> =
        ticket["routing"].as_array().unwrap().iter().map(|sentence| sentence.as_str().unwrap()).collect();
    sentences.join(" ")
}

#[actix_web::test]
async fn a_pupils_printout_is_the_schools_and_the_pupil_is_told_so() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let fault = json!({
        "kind": "incident", "subject": "Det går inte att skriva ut", "service": "utskrift",
        "supportLevel": "pupilComputer", "activity": "printing",
    });
    let ticket = anna.post("/tickets", &fault).await.ok(201);
    assert_eq!(ticket["group"]["code"], "servicedesk", "never in a black hole");
    assert_eq!(ticket["turnTo"]["responsible"], "Skolan (verksamheten) ansvarar för det här.");
    assert!(ticket["turnTo"]["reason"].as_str().unwrap().contains("skolan"), "{ticket:#}");
    assert!(said(&ticket).contains("har ingen grupp här"), "{}", said(&ticket));
}

#[actix_web::test]
async fn a_managed_workstations_printout_is_its_and_a_base_function() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let fault = json!({
        "kind": "incident", "subject": "Det går inte att skriva ut", "service": "utskrift",
        "supportLevel": "managedWorkstation", "activity": "printing",
    });
    let ticket = anna.post("/tickets", &fault).await.ok(201);
    assert_eq!((&ticket["group"]["code"], &ticket["turnTo"]), (&json!("servicedesk"), &Value::Null));
    let resolution =
        ticket["sla"].as_array().unwrap().iter().find(|p| p["metric"] == "resolution").unwrap().clone();
    // Filed on a Friday at eight: one working day later.
    assert_eq!(resolution["dueAt"], "2026-11-23T07:00:00Z");
    assert_eq!(resolution["agreement"]["code"], "base-function");
    let why = resolution["explanation"].as_array().unwrap().last().unwrap().as_str().unwrap();
    assert!(why.contains("basfunktion"), "{why}");
}

#[actix_web::test]
async fn a_society_critical_systems_printout_is_raised_by_the_decided_list() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let system = admin.post("/systems", &json!({ "code": "journal", "name": "Journalsystem" })).await;
    system.ok(201);
    decided(&app).await;
    let anna = app.requester().await;
    let fault = json!({
        "kind": "incident", "subject": "Det går inte att skriva ut", "system": "journal",
        "impact": 3, "urgency": 3,
    });
    let ticket = anna.post("/tickets", &fault).await.ok(201);
    assert_eq!(ticket["priority"], 2, "class A raises a low priority two steps");
    let why = said(&ticket);
    assert!(why.contains("plats 1") && why.contains("2026-10-01 av Kommundirektören"), "{why}");

    let order = json!({ "kind": "request", "subject": "Ny skrivare", "system": "journal", "impact": 3, "urgency": 3 });
    assert_eq!(anna.post("/tickets", &order).await.ok(201)["priority"], 4, "what is ordered isn't raised");
}

#[actix_web::test]
async fn what_the_matrix_does_not_know_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let fault =
        json!({ "kind": "incident", "subject": "Trasig", "supportLevel": "toaster", "activity": "printing" });
    anna.post("/tickets", &fault).await.wrong_fields(&["supportLevel: unknown"]);
    let fault = json!({ "kind": "incident", "subject": "Trasig", "activity": "printing" });
    anna.post("/tickets", &fault).await.wrong_fields(&["supportLevel: required"]);
}
