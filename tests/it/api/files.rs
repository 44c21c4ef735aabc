//! Files on tickets.

use crate::support::app::{Answer, Client, TestApp};
use actix_web::test::TestRequest;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A form with parts, each a name, maybe a file name, and bytes.
fn form(parts: &[(&str, Option<&str>, &[u8])]) -> TestRequest {
    let mut body = Vec::new();
    for (name, file_name, bytes) in parts {
        let file_name = file_name.map_or_else(String::new, |name| format!("; filename=\"{name}\""));
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    TestRequest::post().insert_header(("Content-Type", "multipart/form-data; boundary=x")).set_payload(body)
}

async fn send(client: &Client<'_>, number: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
    client.ask("post", &format!("/tickets/{number}/attachments"), form(parts)).await
}

#[actix_web::test]
async fn a_file_comes_back_as_it_was_and_harmless() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let number = anna.files("Konstig bild").await;
    let added = send(&anna, &number, &[("file", Some("../skärm 1.png"), PNG)]).await;
    let file = added.ok(201);
    assert_eq!(
        (file["fileName"].as_str(), file["contentType"].as_str()),
        (Some("skärm 1.png"), Some("image/png"))
    );
    assert_eq!(file["size"], PNG.len());
    let path = added.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let fetched = anna.send(TestRequest::get().uri(&crate::support::app::address(&path))).await;
    assert_eq!(fetched.body, PNG);
    assert_eq!(fetched.header("content-type"), "image/png");
    assert_eq!(
        fetched.header("content-disposition"),
        "attachment; filename=\"sk_rm 1.png\"; filename*=UTF-8''sk%C3%A4rm%201.png"
    );
    assert_eq!(fetched.header("x-content-type-options"), "nosniff");
    assert!(fetched.header("content-security-policy").starts_with("sandbox"));

    let page = send(&anna, &number, &[("file", Some("sida.html"), b"<script>alert(1)</script>")]).await;
    let path = page.header("location").to_owned();
    let fetched = anna.send(TestRequest::get().uri(&path)).await;
    assert!(matches!(
        fetched.header("content-type"),
        "text/plain; charset=utf-8" | "application/octet-stream"
    ));
}

#[actix_web::test]
async fn internal_files_are_for_staff() {
    let app = TestApp::new().await;
    let (anna, sara) = (app.requester().await, app.agent().await);
    let number = anna.files("Loggar").await;
    let other = anna.files("Annat").await;
    let parts: &[(&str, Option<&str>, &[u8])] =
        &[("file", Some("logg.txt"), b"rad"), ("visibility", None, b"internal")];
    let added = send(&sara, &number, parts).await;
    assert_eq!(added.ok(201)["visibility"], "internal");
    let path = added.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    anna.get(&path).await.problem(404, "notFound");
    let list = format!("/tickets/{number}/attachments");
    assert_eq!(anna.get(&list).await.ok(200)["items"].as_array().unwrap().len(), 0);
    assert_eq!(sara.get(&list).await.ok(200)["items"][0]["uploadedBy"]["name"], "Sara Ek");
    sara.get(&path.replace(&number, &other)).await.problem(404, "notFound");
    send(&anna, &number, parts).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn what_is_no_file_is_refused() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let number = anna.files("Filer").await;
    send(&anna, &number, &[]).await.wrong_fields(&["file: required"]);
    send(&anna, &number, &[("file", Some("tom.txt"), b"")]).await.wrong_fields(&["file: required"]);
    send(&anna, &number, &[("colour", None, b"red")]).await.wrong_fields(&["colour: unknown"]);
    let word: &[(&str, Option<&str>, &[u8])] =
        &[("file", Some("a.txt"), b"a"), ("visibility", None, b"secret")];
    send(&anna, &number, word).await.wrong_fields(&["visibility: unknown"]);
    send(&anna, &number, &[("file", None, b"a")]).await.problem(400, "malformedFile");
    send(&anna, &number, &[("file", Some("a.exe"), b"MZ\x90\0")]).await.problem(415, "fileType");
    let large = vec![b'a'; 100_001];
    send(&anna, &number, &[("file", Some("stor.txt"), &large)]).await.problem(413, "tooLarge");
    let path = format!("/tickets/{number}/attachments");
    let broken = TestRequest::post()
        .insert_header(("Content-Type", "multipart/form-data; boundary=x"))
        .set_payload(&b"--x\r\nContent-Dis"[..]);
    anna.ask("post", &path, broken).await.problem(400, "malformedFile");
    anna.post(&path, &serde_json::json!({})).await.problem(415, "contentType");
    assert_eq!(anna.get(&path).await.ok(200)["items"].as_array().unwrap().len(), 0);
}

#[actix_web::test]
async fn a_file_sent_again_under_its_key_is_kept_once() {
    let app = TestApp::new().await;
    let anna = app.requester().await;
    let number = anna.files("Bild").await;
    let path = format!("/tickets/{number}/attachments");
    let send = async |bytes: &[u8]| {
        let form = form(&[("file", Some("bild.png"), bytes)]).insert_header(("Idempotency-Key", "f-1"));
        anna.ask("post", &path, form).await
    };
    let (first, again) = (send(PNG).await.ok(201), send(PNG).await.ok(201));
    assert_eq!(first, again);
    send(b"another").await.problem(422, "keyReused");
    assert_eq!(anna.get(&path).await.ok(200)["items"].as_array().unwrap().len(), 1);
}
