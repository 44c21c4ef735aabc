//! Organisations, groups and people.

use crate::support::app::{PASSWORD, TestApp};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

#[actix_web::test]
async fn organisations_form_trees() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    let body = json!({ "name": "Ängens skola", "kind": "unit", "parent": "lillby-skola" });
    let made = admin.post("/organisations", &body).await;
    assert_eq!(made.header("location"), "/api/v1/organisations/angens-skola");
    let made = made.ok(201);
    assert_eq!(
        (&made["customer"]["code"], &made["parent"]["code"]),
        (&json!("lillby"), &json!("lillby-skola"))
    );
    assert_eq!(anna.get("/organisations/angens-skola").await.ok(200), made);
    let found = anna.get("/organisations?q=skol&limit=1").await.ok(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert!(found["nextCursor"].is_string());
    let closed = json!({ "isActive": false, "name": "Ängens gamla skola" });
    let closed = admin.patch("/organisations/angens-skola", &closed).await.ok(200);
    assert_eq!((&closed["isActive"], &closed["name"]), (&json!(false), &json!("Ängens gamla skola")));
    admin
        .post("/organisations", &json!({ "name": "Lös enhet", "kind": "unit" }))
        .await
        .wrong_fields(&["parent: required"]);
    admin.post("/organisations", &json!({ "name": "", "kind": "club", "code": "Å" })).await.wrong_fields(&[
        "code: malformed",
        "kind: unknown",
        "name: required",
    ]);
    anna.post("/organisations", &body).await.problem(403, "forbidden");
    admin.patch("/organisations/nowhere", &json!({})).await.problem(404, "notFound");
    anna.get("/organisations/nowhere").await.problem(404, "notFound");
}

#[actix_web::test]
async fn groups_get_members() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    app.agent().await;
    let made = admin.post("/groups", &json!({ "name": "Servrar", "line": "2" })).await.ok(201);
    assert_eq!((&made["code"], &made["desk"]["code"]), (&json!("servrar"), &json!("it")));
    let body = json!({ "members": [{ "person": "sara.ek@example.se", "isLead": true }] });
    let members = admin.put("/groups/servrar/members", &body).await.ok(200);
    assert_eq!(members["items"][0]["isLead"], true);
    assert_eq!(admin.get("/groups/servrar/members").await.ok(200), members);
    assert_eq!(
        admin.patch("/groups/servrar", &json!({ "name": "Servrar och lagring" })).await.ok(200)["line"],
        "2"
    );
    assert_eq!(anna.get("/groups/servrar").await.ok(200)["name"], "Servrar och lagring");
    assert_eq!(anna.get("/groups?q=lagring").await.ok(200)["items"].as_array().unwrap().len(), 1);
    let unknown = json!({ "members": [{ "person": "ingen@example.se" }] });
    admin.put("/groups/servrar/members", &unknown).await.problem(422, "invalid");
    admin
        .put("/groups/servrar/members", &json!({ "members": [7] }))
        .await
        .wrong_fields(&["members: wrongType"]);
    admin
        .patch("/groups/servicedesk", &json!({ "isActive": false }))
        .await
        .wrong_fields(&["isActive: notAllowed"]);
    admin.post("/groups", &json!({ "name": "X", "line": "9" })).await.wrong_fields(&["line: unknown"]);
    anna.put("/groups/servrar/members", &body).await.problem(403, "forbidden");
    anna.get("/groups/servrar/members").await.problem(403, "forbidden");
    admin.get("/groups/nowhere/members").await.problem(404, "notFound");
}

#[actix_web::test]
async fn accounts_are_made_found_and_changed() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    let body = json!({
        "email": "maja.holm@example.se", "name": "Maja Holm", "password": PASSWORD, "language": "en",
        "roles": [{ "role": "organisationRepresentative", "organisation": "storby" }], "organisations": ["storby"],
    });
    let made = admin.post("/users", &body).await;
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let maja = made.ok(201);
    assert_eq!((&maja["status"], &maja["hasPassword"]), (&json!("active"), &json!(true)));
    let role = json!({ "role": "organisationRepresentative", "organisation": { "code": "storby", "name": "Storby kommun" } });
    assert!(maja["roles"].as_array().unwrap().contains(&role), "{maja}");
    let shown = admin.get(&path).await;
    assert_eq!(shown.header("etag"), made.header("etag"));
    let found = admin.get("/users?q=holm").await.ok(200);
    assert_eq!(found["items"][0]["email"], "maja.holm@example.se");

    let change = TestRequest::patch()
        .insert_header(("If-Match", shown.header("etag").to_owned()))
        .set_json(json!({ "phone": "0123-45 67 89", "roles": [{ "role": "requester" }] }));
    let changed = admin.ask("patch", &path, change).await;
    assert_ne!(changed.header("etag"), shown.header("etag"));
    assert_eq!(changed.ok(200)["phone"], "0123-45 67 89");
    let stale = TestRequest::patch().insert_header(("If-Match", "\"1\"")).set_json(json!({ "phone": null }));
    admin.ask("patch", &path, stale).await.problem(412, "stale");
    assert_eq!(admin.patch(&path, &json!({ "phone": null })).await.ok(200)["phone"], Value::Null);

    let wrong = json!({ "email": "maja", "name": "", "password": "kort", "roles": [{ "role": "king" }], "organisations": ["x"] });
    let told = admin.post("/users", &wrong).await.problem(422, "invalid");
    let fields: Vec<_> =
        told["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert!(
        ["email", "name", "roles", "organisations"].iter().all(|field| fields.contains(&json!(field))),
        "{told}"
    );
    admin.post("/users", &body).await.wrong_fields(&["email: taken"]);
    admin.patch(&path, &json!({ "status": "gone" })).await.wrong_fields(&["status: unknown"]);
    anna.post("/users", &body).await.problem(403, "forbidden");
    anna.get("/users").await.problem(403, "forbidden");
    anna.patch(&path, &json!({})).await.problem(403, "forbidden");
    admin.get("/users/nonsense").await.problem(404, "notFound");
    admin.get("/users?limit=0").await.wrong_fields(&["limit: outOfRange"]);
}
