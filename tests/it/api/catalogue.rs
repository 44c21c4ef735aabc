//! Services, systems and categories.

use crate::support::app::TestApp;
use serde_json::json;

#[actix_web::test]
async fn each_kind_is_made_found_changed_and_put_aside() {
    let app = TestApp::new().await;
    let (admin, anna) = (app.administrator().await, app.requester().await);
    for (path, name, code) in [
        ("/services", "Mobiltelefon", "mobiltelefon"),
        ("/systems", "Löner och arvoden", "loner-och-arvoden"),
        ("/categories", "Kameror", "kameror"),
    ] {
        let one = format!("{path}/{code}");
        let made = admin.post(path, &json!({ "name": name })).await;
        assert_eq!(made.header("location"), format!("/api/v1{one}"));
        assert_eq!(anna.get(&one).await.ok(200), made.ok(201));
        assert_eq!(anna.get(&format!("{path}?q={code}")).await.ok(200)["items"][0]["name"], name);
        let aside = admin.patch(&one, &json!({ "isActive": false })).await.ok(200);
        assert_eq!(aside["isActive"], false);
        let active = anna.get(&format!("{path}?active=true&q={code}")).await.ok(200);
        assert_eq!(active["items"], json!([]));
        admin.post(path, &json!({ "name": name })).await.wrong_fields(&["code: taken"]);
        admin.post(path, &json!({ "name": "" })).await.wrong_fields(&["name: required"]);
        admin.patch(&one, &json!({ "name": " " })).await.wrong_fields(&["name: required"]);
        admin.patch(&one, &json!({ "code": "annan" })).await.wrong_fields(&["code: unknown"]);
        admin.patch(&format!("{path}/nothing"), &json!({})).await.problem(404, "notFound");
        anna.get(&format!("{path}/nothing")).await.problem(404, "notFound");
        anna.post(path, &json!({ "name": "Min egen" })).await.problem(403, "forbidden");
        anna.patch(&one, &json!({ "isActive": true })).await.problem(403, "forbidden");
        app.anybody().get(path).await.problem(401, "unauthenticated");
    }
    let base = admin.post("/services", &json!({ "name": "Moln", "isBaseFunction": true })).await.ok(201);
    assert_eq!(base["isBaseFunction"], true);
    assert_eq!(
        admin.patch("/services/moln", &json!({ "isBaseFunction": false })).await.ok(200)["isBaseFunction"],
        false
    );
}
