//! The resolution table and imports.

use crate::support::app::{TestApp, address};
use actix_web::test::TestRequest;
use serde_json::json;

const TABLE: &str = "/reports/resolution?from=2026-01-01&to=2026-12-31&by=year";

#[actix_web::test]
async fn the_resolution_table_comes_as_json_and_csv() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let board = app.signed_in("britta.stad@example.se", &["board"]).await;
    for subject in ["Ett", "Två", "Tre"] {
        let number = anna.files(subject).await;
        sara.acts(&number, &json!({ "action": "resolve", "solution": "Klart" })).await;
        app.clock.advance_micros(arende::domain::clock::MICROS_PER_MINUTE);
    }
    let table = board.get(TABLE).await.ok(200);
    assert_eq!(table["items"][0]["period"], "2026");
    assert_eq!((&table["items"][0]["tickets"], &table["items"][0]["within1h"]), (&json!(3), &json!(100.0)));
    let csv = "period,tickets,within1h,within2h,within1d,within3d,within1w\r\n2026,3,100.0,100.0,100.0,100.0,100.0\r\n";
    assert_eq!(board.get(&format!("{TABLE}&format=csv")).await.text(), csv);
    let accepting = TestRequest::get().insert_header(("Accept", "text/csv"));
    assert_eq!(board.ask("get", TABLE, accepting).await.text(), csv);
    board.get("/reports/resolution?by=week&format=pdf").await.wrong_fields(&["format: unknown"]);
    board.get("/reports/resolution?from=2026-13-01&by=week").await.wrong_fields(&[
        "by: unknown",
        "from: malformed",
        "to: required",
    ]);
    anna.get(TABLE).await.problem(403, "forbidden");
}

fn csv(text: &'static str) -> TestRequest {
    TestRequest::post().insert_header(("Content-Type", "text/csv")).set_payload(text)
}

const FILE: &str = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,urgency,\
    openedAt,resolvedAt,closedAt,resolvedByLine\n\
    A-1,incident,Lillby kommun,per.ny@example.se,Skrivaren,,phone,Skrivare,3,2,2025-03-01T08:00:00Z,2025-03-01T08:30:00Z,\
    2025-03-02T08:00:00Z,1\n";

#[actix_web::test]
async fn an_import_is_begun_and_asked_for() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    let begun = admin.ask("post", "/imports/tickets?fileName=gamla.csv", csv(FILE)).await;
    let import = begun.ok(202);
    assert_eq!((&import["state"], &import["fileName"]), (&json!("queued"), &json!("gamla.csv")));
    let path = begun.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let id =
        arende::domain::ids::ImportId(arende::app::opaque::decode(import["id"].as_str().unwrap()).unwrap());
    app.app.run_import(&arende::app::outbox::ImportTickets { import: id }).await.unwrap();
    let done = admin.get(&path).await.ok(200);
    assert_eq!((&done["state"], &done["summary"]["imported"]), (&json!("done"), &json!(1)), "{done}");
    assert_eq!(admin.get("/imports").await.ok(200)["items"][0]["id"], import["id"]);
    anna.get("/imports").await.problem(403, "forbidden");
    anna.get(&path).await.problem(403, "forbidden");
    anna.ask("post", "/imports/tickets", csv(FILE)).await.problem(403, "forbidden");
    admin.get("/imports/nonsense").await.problem(404, "notFound");
}

#[actix_web::test]
async fn what_is_no_import_is_refused() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    admin.ask("post", "/imports/tickets", csv("")).await.wrong_fields(&["body: required"]);
    admin.ask("post", "/imports/tickets?dryRun=maybe", csv(FILE)).await.wrong_fields(&["dryRun: wrongType"]);
    let json = TestRequest::post().uri(&address("/imports/tickets")).set_json(json!({}));
    admin.send(json).await.problem(415, "contentType");
    let large =
        TestRequest::post().insert_header(("Content-Type", "text/csv")).set_payload(vec![b'a'; 1_000_001]);
    admin.ask("post", "/imports/tickets", large).await.problem(413, "tooLarge");
    let repeated = || csv(FILE).insert_header(("Idempotency-Key", "import-1"));
    let first = admin.ask("post", "/imports/tickets", repeated()).await.ok(202);
    let again = admin.ask("post", "/imports/tickets", repeated()).await.ok(202);
    assert_eq!(first["id"], again["id"]);
}

#[actix_web::test]
async fn load_counts_what_lies_with_whom_and_the_ledgers_add_up() {
    let app = TestApp::new().await;
    let agent = app.agent().await;
    let (kept, handed) = (agent.files("Skrivaren").await, agent.files("Nätet").await);
    agent.acts(&kept, &serde_json::json!({ "action": "take" })).await;
    let over = serde_json::json!({ "action": "escalate", "toGroup": "natverk", "reason": "Kräver besök" });
    app.clock.advance_micros(600_000_000);
    agent.acts(&handed, &over).await;
    let load = agent.get("/reports/load").await.ok(200);
    let of = |code: &str| {
        load["items"].as_array().unwrap().iter().find(|held| held["group"]["code"] == code).unwrap().clone()
    };
    let (desk, network) = (of("servicedesk"), of("natverk"));
    assert_eq!((&desk["total"]["open"], &desk["people"][0]["load"]["open"]), (&1.into(), &1.into()));
    assert_eq!((&network["total"]["open"], &network["unassigned"]["open"]), (&1.into(), &1.into()));
    app.requester().await.get("/reports/load").await.problem(403, "forbidden");

    agent.acts(&kept, &serde_json::json!({ "action": "resolve", "solution": "Startade om" })).await;
    let report = agent.get("/reports/ledger?from=2026-11-01&to=2026-11-30").await.ok(200);
    assert_eq!((&report["tickets"], &report["firstLineTickets"]), (&1.into(), &1.into()));
    assert_eq!(report["lines"][0]["elapsedMinutes"], 10);
    agent.get("/reports/ledger?from=2025-01-01&to=2026-11-30").await.wrong_fields(&["to: outOfRange"]);
}
