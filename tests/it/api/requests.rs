//! Requests that are wrong in themselves, and what every answer carries.

use crate::support::app::TestApp;
use actix_web::test::TestRequest;
use serde_json::json;

fn body(bytes: &'static [u8]) -> TestRequest {
    TestRequest::post().insert_header(("Content-Type", "application/json")).set_payload(bytes)
}

#[actix_web::test]
async fn bodies_that_are_no_json_are_refused() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let ask = async |request| anna.ask("post", "/tickets", request).await;
    let problem = ask(body(b"{\"kind\": incident}")).await.problem(400, "malformedJson");
    assert!(problem["detail"].as_str().unwrap().contains("rad 1, tecken 10"), "{problem}");
    ask(body(b"")).await.problem(400, "malformedJson");
    ask(body(b"{\"subject\":\"\xff\"}")).await.problem(400, "invalidUtf8");
    ask(body(b"[]")).await.wrong_fields(&[": wrongType"]);
    ask(body(b"{\"kind\":1,\"colour\":2,\"subject\":\"a\"}"))
        .await
        .wrong_fields(&["colour: unknown", "kind: wrongType"]);
    ask(body(b"{\"kind\":\"incident\",\"kind\":\"request\"}")).await.wrong_fields(&["kind: repeated"]);
    let nul = json!({ "kind": "incident", "subject": "a\u{0}b" });
    anna.post("/tickets", &nul).await.wrong_fields(&["subject: controlCharacter"]);
    let form = TestRequest::post().set_form([("kind", "incident")]);
    ask(form).await.problem(415, "contentType");
    let packed = body(b"{}").insert_header(("Content-Encoding", "gzip"));
    ask(packed).await.problem(415, "contentType");
    let huge = body(b"").set_payload(vec![b' '; 1024 * 1024 + 1]);
    ask(huge).await.problem(413, "tooLarge");
}

#[actix_web::test]
async fn queries_name_what_they_do_not_know() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    anna.get("/tickets?colour=red&limit=many").await.wrong_fields(&["colour: unknown", "limit: wrongType"]);
    anna.get("/tickets?limit=101&page=0").await.wrong_fields(&["limit: outOfRange", "page: outOfRange"]);
    anna.get("/tickets?limit=1&limit=2").await.wrong_fields(&["limit: repeated"]);
    anna.get("/tickets?q=%ff").await.problem(400, "invalidUtf8");
    anna.get("/tickets?cursor=nonsense").await.wrong_fields(&["cursor: malformed"]);
    anna.get("/tickets?status=new,old&priority=5&openedFrom=yesterday&assignee=nobody@example.se")
        .await
        .wrong_fields(&[
            "assignee: unknown",
            "openedFrom: malformed",
            "priority: unknown",
            "status: unknown",
        ]);
}

#[actix_web::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let app = TestApp::new().await;
    let nobody = app.anybody();
    nobody.get("/nothing").await.problem(404, "notFound");
    let wrong = nobody.delete("/tickets").await;
    wrong.problem(405, "methodNotAllowed");
    assert_eq!(wrong.header("allow"), "GET, POST");
    let outside = app.send(TestRequest::get().uri("/elsewhere")).await;
    outside.problem(404, "notFound");
}

#[actix_web::test]
async fn problems_speak_the_callers_language() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let swedish = anna.get("/tickets/INC-999").await.problem(404, "notFound");
    assert_eq!(swedish["title"], "Finns inte");
    assert_eq!(swedish["instance"], "/api/v1/tickets/INC-999");
    assert_eq!(swedish["type"], "/api/docs#notFound");
    let english = TestRequest::get().insert_header(("Accept-Language", "en-GB,en;q=0.9"));
    assert_eq!(anna.ask("get", "/tickets/INC-999", english).await.json()["title"], "Not found");
    let cx = arende::app::Ctx::command_line();
    let people = app.app.list_people(&cx, "anna", None, None, None).await.unwrap();
    let patch = arende::app::people::PersonPatch {
        language: arende::app::tickets::Patch::Value("en".to_owned()),
        ..Default::default()
    };
    let id = arende::app::opaque::encode(people.items[0].id.get());
    app.app.update_person(&cx, &id, None, &patch).await.unwrap();
    assert_eq!(anna.get("/tickets/INC-999").await.json()["title"], "Not found");
}

#[actix_web::test]
async fn a_trace_goes_on_through_every_answer() {
    let app = TestApp::new().await;
    let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let request = TestRequest::get().insert_header(("traceparent", given));
    let answer = app.anybody().ask("get", "/tickets", request).await;
    let problem = answer.problem(401, "unauthenticated");
    assert_eq!(problem["requestId"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let (first, second) = (app.anybody().get("/api-info").await, app.anybody().get("/api-info").await);
    assert_ne!(first.header("traceparent"), second.header("traceparent"));
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    assert_eq!(first.header("cache-control"), "no-store");
    assert_eq!(first.ok(200)["apiStatus"], "active");
}

#[actix_web::test]
async fn the_description_is_served() {
    let app = TestApp::new().await;
    let served = app.send(TestRequest::get().uri("/api/v1/openapi.json")).await.ok(200);
    assert_eq!(&served, arende::web::api::openapi_document());
}

#[actix_web::test]
async fn health_tells_whether_the_server_can_work() {
    let app = TestApp::new().await;
    let ask = async |path: &str| app.send(TestRequest::get().uri(path)).await;
    assert_eq!(ask("/health/live").await.ok(200)["status"], "live");
    let ready = ask("/health/ready").await.ok(200);
    assert_eq!(ready, json!({ "status": "ready", "checks": { "database": true, "schema": true } }));
    ask("/metrics").await.problem(404, "notFound");
    let page = ask("/health/live").await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
}
