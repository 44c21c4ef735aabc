//! The roads of domain C: three printer faults that look alike and go different ways, each with its reason.

use crate::support::app::TestApp;
use arende::db::policies::{self, NewVersion, PolicyKind};
use arende::domain::clock::{Instant, MICROS_PER_HOUR, MICROS_PER_MINUTE};
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

fn promise(ticket: &Value, metric: &str) -> Value {
    let of = |promise: &&Value| promise["metric"] == metric;
    ticket["sla"]
        .as_array()
        .unwrap()
        .iter()
        .find(of)
        .unwrap_or_else(|| panic!("no {metric}: {ticket:#}"))
        .clone()
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

    // The servicedesk answers it all the same, and the first line has solved it.
    let number = ticket["number"].as_str().unwrap();
    let sara = app.agent().await;
    app.clock.advance_micros(5 * MICROS_PER_MINUTE);
    sara.acts(number, &json!({ "action": "take" })).await;
    let answer =
        json!({ "body": "Hej! Skolans it-samordnare hjälper dig i expeditionen.", "visibility": "public" });
    sara.post(&format!("/tickets/{number}/messages"), &answer).await.ok(201);
    let solved = json!({ "action": "resolve", "solution": "Hänvisad till skolan." });
    assert_eq!(sara.acts(number, &solved).await["status"], "resolved");
    let path = format!("/tickets/{number}");
    for metric in ["firstResponse", "resolution"] {
        assert_eq!(promise(&sara.get(&path).await.ok(200), metric)["state"], "met", "{metric}");
    }
    let ledger = sara.get(&format!("{path}/ledger")).await.ok(200);
    assert_eq!(ledger["firstLineSolution"], true);
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
    let resolution = promise(&ticket, "resolution");
    // Filed on a Friday at eight: one working day later.
    assert_eq!(resolution["dueAt"], "2026-11-23T07:00:00Z");
    assert_eq!(resolution["agreement"]["code"], "base-function");
    let why = resolution["explanation"].as_array().unwrap().last().unwrap().as_str().unwrap();
    assert!(why.contains("basfunktion"), "{why}");
}

/// A supplier's group with half a working day for what it is given.
async fn supplier(app: &TestApp) {
    let admin = app.administrator().await;
    let group = json!({ "code": "skrivarservice", "name": "Skrivarservice AB", "line": "external" });
    admin.post("/groups", &group).await.ok(201);
    app.clock.advance_micros(1_000_000);
    let agreement = json!({
        "name": "Skrivarservice", "terms": {
            "kind": "underpinning", "calendar": "servicedesk",
            "conditions": { "group": "skrivarservice" },
            "promises": [{ "metric": "timeInGroup", "target": { "workingMinutes": 240 },
                "pausesOn": [], "warnAtPercent": [50], "tells": ["group"] }],
        },
    });
    admin.post("/agreements", &agreement).await.ok(201);
    app.clock.advance_micros(1_000_000);
}

/// What has passed since, and what people were told of it.
async fn goes_by(app: &TestApp, hours: i64) {
    app.clock.advance_micros(hours * MICROS_PER_HOUR);
    while app.app.wake_clocks().await.unwrap() {}
}

#[actix_web::test]
async fn a_workstations_printer_goes_to_the_supplier_waits_and_comes_back_solved() {
    let app = TestApp::new().await;
    supplier(&app).await;
    let anna = app.requester().await;
    let fault = json!({
        "kind": "incident", "subject": "Skrivaren skriver ränder", "service": "utskrift",
        "supportLevel": "managedWorkstation", "activity": "printing",
    });
    let filed = anna.post("/tickets", &fault).await.ok(201);
    let number = filed["number"].as_str().unwrap();
    let path = format!("/tickets/{number}");
    // Friday at eight and two seconds.
    assert_eq!(promise(&filed, "resolution")["dueAt"], "2026-11-23T07:00:02Z");

    let sara = app.agent().await;
    sara.acts(number, &json!({ "action": "take" })).await;
    goes_by(&app, 1).await;
    let sara = app.sign_in("sara.ek@example.se").await;
    sara.acts(number, &json!({ "action": "wait", "for": "requester" })).await;
    let waits = sara.get(&path).await.ok(200);
    assert_eq!(
        (&waits["status"], &promise(&waits, "resolution")["state"]),
        (&json!("waiting"), &json!("paused"))
    );
    goes_by(&app, 2).await;
    let anna = app.sign_in("anna.berg@example.se").await;
    let answer = json!({ "body": "Det är den på plan tre.", "visibility": "public" });
    anna.post(&format!("{path}/messages"), &answer).await.ok(201);
    let answered = anna.get(&path).await.ok(200);
    assert_eq!(
        promise(&answered, "resolution")["dueAt"],
        "2026-11-23T09:00:02Z",
        "two hours of waiting later"
    );

    let sara = app.sign_in("sara.ek@example.se").await;
    let over = json!({ "action": "escalate", "toGroup": "skrivarservice", "reason": "Trumman är sliten" });
    sara.acts(number, &over).await;
    let handed = sara.get(&path).await.ok(200);
    assert_eq!(promise(&handed, "timeInGroup")["dueAt"], "2026-11-20T14:00:02Z");
    assert_eq!(promise(&handed, "timeInGroup")["agreement"]["code"], "skrivarservice");
    let anna = app.sign_in("anna.berg@example.se").await;
    let hers = anna.get(&path).await.ok(200);
    assert!(
        hers["sla"].as_array().unwrap().iter().all(|p| p["metric"] != "timeInGroup"),
        "ours and the supplier's"
    );
    goes_by(&app, 5).await;
    let sara = app.sign_in("sara.ek@example.se").await;
    let late = sara.get(&path).await.ok(200);
    assert_eq!(promise(&late, "timeInGroup")["state"], "breached");
    assert_eq!(promise(&late, "resolution")["state"], "running", "the customer's has until Monday");

    // Monday at nine the drum is new.
    goes_by(&app, 3 * 24 - 8).await;
    let sara = app.sign_in("sara.ek@example.se").await;
    sara.acts(number, &json!({ "action": "return", "reason": "Trumman är bytt" })).await;
    sara.acts(number, &json!({ "action": "take" })).await;
    sara.acts(number, &json!({ "action": "resolve", "solution": "Leverantören bytte trumman." })).await;
    let solved = sara.get(&path).await.ok(200);
    assert_eq!(promise(&solved, "resolution")["state"], "met");
    let ledger = sara.get(&format!("{path}/ledger")).await.ok(200);
    let lines: Vec<&str> =
        ledger["stays"].as_array().unwrap().iter().map(|stay| stay["line"].as_str().unwrap()).collect();
    assert!(lines.contains(&"external"), "{lines:?}");
    assert_eq!((&ledger["handOvers"], &ledger["firstLineSolution"]), (&json!(2), &json!(false)));

    let events = sara.get(&format!("{path}/events")).await.ok(200);
    let told = |kind: &str, metric: &str| {
        let of = |event: &&Value| event["type"] == kind && event["changes"].to_string().contains(metric);
        events["items"].as_array().unwrap().iter().filter(of).count()
    };
    assert_eq!(
        (told("clockWarned", "timeInGroup"), told("clockBreached", "timeInGroup")),
        (1, 1),
        "for ever"
    );
    assert_eq!(told("clockBreached", "resolution"), 0);
    // Nobody objects.
    goes_by(&app, 15 * 24).await;
    app.app
        .close_resolved(&arende::app::outbox::CloseResolved {
            ticket: arende::domain::ids::TicketId(1),
            resolved_at: Instant::parse_rfc3339(solved["resolvedAt"].as_str().unwrap()).unwrap(),
        })
        .await
        .unwrap();
    let sara = app.sign_in("sara.ek@example.se").await;
    assert_eq!(sara.get(&path).await.ok(200)["status"], "closed");
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

    // It is late: what was broken stays broken when it is solved.
    let number = ticket["number"].as_str().unwrap();
    goes_by(&app, 30 * 24).await;
    let sara = app.agent().await;
    sara.acts(number, &json!({ "action": "take" })).await;
    sara.acts(number, &json!({ "action": "resolve", "solution": "Ny drivrutin." })).await;
    let late = sara.get(&format!("/tickets/{number}")).await.ok(200);
    assert_eq!(promise(&late, "resolution")["state"], "breached");

    let anna = app.sign_in("anna.berg@example.se").await;
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

/// Network faults of managed workstations are the network group's, and desk-default requests' terms hold.
async fn network_rule(app: &TestApp) {
    let rule = json!({
        "name": "Nätverk", "conditions": { "supportLevel": "managedWorkstation", "activity": "network" },
        "effects": { "group": "natverk", "priority": 1 },
    });
    app.clock.advance_micros(1_000_000);
    app.administrator().await.post("/routing-rules/versions", &json!({ "rules": [rule] })).await.ok(201);
    app.clock.advance_micros(1_000_000);
}

#[actix_web::test]
async fn whose_a_ticket_is_is_told_anew_when_what_it_concerns_changes() {
    let app = TestApp::new().await;
    network_rule(&app).await;
    let (agent, anna) = (app.agent().await, app.requester().await);
    let fault = json!({ "kind": "incident", "subject": "Datorn når inte nätet" });
    let filed = anna.post("/tickets", &fault).await.ok(201);
    let number = filed["number"].as_str().unwrap();
    let path = format!("/tickets/{number}");
    assert_eq!(agent.get(&path).await.ok(200)["advice"], Value::Null);

    let facts = json!({ "supportLevel": "managedWorkstation", "activity": "network" });
    let edited = agent.patch(&path, &facts).await.ok(200);
    assert_eq!((&edited["supportLevel"], &edited["activity"]), (&facts["supportLevel"], &facts["activity"]));
    assert_eq!(edited["group"]["code"], "servicedesk", "told, not moved");
    assert_eq!(edited["priority"], filed["priority"], "priority is staff's by now");
    let advice = &edited["advice"];
    assert_eq!((&advice["group"]["code"], &advice["action"]), (&json!("natverk"), &json!("escalate")));
    let because = advice["because"].to_string();
    assert!(because.contains("Nätverk") && !because.contains("P1"), "{because}");
    let seen = anna.get(&path).await.ok(200);
    assert_eq!(seen["advice"], Value::Null, "how staff share work isn't the requester's to weigh");

    let events = agent.get(&format!("{path}/events")).await.ok(200);
    let told: Vec<&str> =
        events["items"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(told, ["opened", "supportLevelChanged", "activityChanged", "routeAdvised"]);
    let hers = anna.get(&format!("{path}/events")).await.ok(200);
    assert_eq!(hers["items"].as_array().unwrap().len(), 3);

    // The same facts again are no news; nor is what staff have decided since.
    agent.patch(&path, &facts).await.ok(200);
    assert_eq!(agent.get(&format!("{path}/events")).await.ok(200)["items"].as_array().unwrap().len(), 4);
    let over = json!({ "action": "escalate", "toGroup": "natverk", "reason": "Enligt ansvaret" });
    agent.acts(number, &over).await;
    assert_eq!(agent.get(&path).await.ok(200)["advice"]["action"], Value::Null);
}

#[actix_web::test]
async fn a_party_without_a_group_here_is_told_with_where_to_turn() {
    let app = TestApp::new().await;
    let (agent, anna) = (app.agent().await, app.requester().await);
    let fault = json!({ "kind": "incident", "subject": "Det går inte att skriva ut" });
    let filed = anna.post("/tickets", &fault).await.ok(201);
    let path = format!("/tickets/{}", filed["number"].as_str().unwrap());
    let facts = json!({ "supportLevel": "pupilComputer", "activity": "printing" });
    let edited = agent.patch(&path, &facts).await.ok(200);
    let advice = &edited["advice"];
    assert_eq!(advice["turnTo"]["responsible"], "Skolan (verksamheten) ansvarar för det här.");
    assert_eq!((&advice["group"]["code"], &advice["action"]), (&json!("servicedesk"), &Value::Null));
    // Taken back: nothing but the intake group is left, and that is news.
    let none = json!({ "supportLevel": null, "activity": null });
    let edited = agent.patch(&path, &none).await.ok(200);
    assert_eq!((&edited["supportLevel"], &edited["advice"]["turnTo"]), (&Value::Null, &Value::Null));
}

#[actix_web::test]
async fn the_agreement_follows_the_support_level() {
    let app = TestApp::new().await;
    let (admin, agent, anna) = (app.administrator().await, app.agent().await, app.requester().await);
    app.clock.advance_micros(1_000_000);
    let agreement = json!({
        "name": "Elevdatorer", "terms": {
            "kind": "sla", "calendar": "servicedesk",
            "conditions": { "supportLevel": "pupilComputer" },
            "promises": [{ "metric": "resolution", "target": { "workingDays": 5 },
                "pausesOn": ["requester"], "warnAtPercent": [50], "tells": ["assignee"] }],
        },
    });
    admin.post("/agreements", &agreement).await.ok(201);
    app.clock.advance_micros(1_000_000);
    let fault = json!({ "kind": "incident", "subject": "Datorn startar inte" });
    let filed = anna.post("/tickets", &fault).await.ok(201);
    let path = format!("/tickets/{}", filed["number"].as_str().unwrap());
    let edited = agent.patch(&path, &json!({ "supportLevel": "pupilComputer" })).await.ok(200);
    let of = |ticket: &Value| {
        let promises = ticket["sla"].as_array().unwrap().clone();
        promises.iter().find(|p| p["metric"] == "resolution").unwrap()["agreement"]["code"].clone()
    };
    assert_ne!(of(&filed), "elevdatorer");
    assert_eq!(of(&edited), "elevdatorer");
}

#[actix_web::test]
async fn facts_the_matrix_does_not_know_are_refused_when_edited_too() {
    let app = TestApp::new().await;
    let (agent, anna) = (app.agent().await, app.requester().await);
    let fault = json!({ "kind": "incident", "subject": "Trasig" });
    let filed = anna.post("/tickets", &fault).await.ok(201);
    let path = format!("/tickets/{}", filed["number"].as_str().unwrap());
    let wrong = json!({ "supportLevel": "toaster", "activity": "toasting" });
    agent.patch(&path, &wrong).await.wrong_fields(&["activity: unknown", "supportLevel: unknown"]);
    agent.patch(&path, &json!({ "activity": "printing" })).await.wrong_fields(&["supportLevel: required"]);
    let both = json!({ "supportLevel": "managedWorkstation", "activity": "printing" });
    agent.patch(&path, &both).await.ok(200);
    agent.patch(&path, &json!({ "supportLevel": null })).await.wrong_fields(&["supportLevel: required"]);
}
