//! What holds for every page: proof of origin, headers, failures.

use actix_web::test::TestRequest;

use super::desk;
use super::run;
use crate::support::house::PASSWORD;

#[test]
fn pages_carry_the_headers_that_browsers_heed() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        for path in ["/", "/nothing/here", "/workspace"] {
            let page = browser.get(path).await;
            let policy = page.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(page.header("x-content-type-options"), "nosniff");
            assert_eq!(page.header("referrer-policy"), "same-origin");
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        }
    });
}

#[test]
fn static_files_are_kept_for_ever() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let css = browser.get("/").await.link("/assets/");
        let file = browser.get(&css).await;
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        let (folder, name) = css.rsplit_once('/').unwrap();
        assert_eq!(browser.get(&format!("/assets/0123/{name}")).await.header("cache-control"), "no-cache");
        browser.get(&format!("{folder}/secret.key")).await.assert_status(404);
    });
}

#[test]
fn unknown_pages_are_pages_in_the_readers_language() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        browser
            .get("/nothing")
            .await
            .assert_status(404)
            .assert_says("Sidan finns inte, eller så får du inte se den.");
        // To a requester the workspace is no place at all.
        for path in ["/workspace", "/workspace/queues/all", "/workspace/calls/new", "/workspace/search?q=a"] {
            browser.get(path).await.assert_status(404).assert_says("Sidan finns inte");
        }
        let switched = browser.get("/language/en?next=/nothing").await;
        assert_eq!(switched.header("location"), "/nothing");
        browser.follow(&switched).await.assert_says("The page does not exist, or you may not see it.");
        browser.get("/language/xx").await.assert_status(404);
    });
}

#[test]
fn a_form_from_elsewhere_is_refused_whatever_it_holds() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/order").await;
        let csrf = page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = [("csrf", csrf), ("what", "Guldtacka"), ("idempotency_key", "k")];
        for header in [("sec-fetch-site", "cross-site"), ("origin", "https://example.org")] {
            let request = TestRequest::post().uri("/order").insert_header(header).set_form(form);
            browser.carry(request).await.assert_status(403).assert_says_nothing_of("Guldtacka");
        }
        assert_eq!(browser.get("/tickets").await.html.matches("Guldtacka").count(), 0);
    });
}

#[test]
fn without_proof_the_text_comes_back_to_be_sent_by_a_press() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/order").await;
        let typed = [("csrf", "wrong"), ("what", "Bildskärm & <dator>")];
        let kept = browser.submit(&page, "/order", &typed).await;
        kept.assert_status(403).assert_says("Det är inte skickat än.");
        kept.assert_says("Bildskärm &#38; &#60;dator&#62;").assert_says_nothing_of("<dator>");
        browser.get("/tickets").await.assert_says_nothing_of("Bildskärm");
        let sent = browser.submit(&kept, "/order", &[]).await;
        browser.follow(&sent).await.assert_says("Vi har tagit emot ditt ärende REQ-1.");
    });
}

#[test]
fn text_outlives_a_session() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/order").await;
        browser.forget();
        let login = browser.submit(&page, "/order", &[("what", "Ny stol")]).await;
        login.assert_status(403).assert_says("Texten är sparad och finns kvar när du loggar in.");
        let typed = [("email", "anna@example.se"), ("password", PASSWORD)];
        let kept = browser.submit(&login, "/login", &typed).await;
        kept.assert_status(200).assert_says("Ny stol");
        let sent = browser.submit(&kept, "/order", &[]).await;
        browser.follow(&sent).await.assert_says("REQ-1");
    });
}

#[test]
fn broken_requests_are_told_apart_from_our_own_failures() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let post = |kind: &'static str, body: &'static str| {
            browser.carry(
                TestRequest::post().uri("/order").insert_header(("content-type", kind)).set_payload(body),
            )
        };
        post("application/json", "{}").await.assert_status(400);
        post("application/x-www-form-urlencoded", "what=%FF").await.assert_status(400);
        post("multipart/form-data; boundary=x", "nothing of the kind").await.assert_status(400);
        let long = "a=".to_owned() + &"x".repeat(1_200_000);
        let request = TestRequest::post().uri("/order");
        let request = request.insert_header(("content-type", "application/x-www-form-urlencoded"));
        browser.carry(request.set_payload(long)).await.assert_status(413);
        browser.carry(TestRequest::delete().uri("/order")).await.assert_status(405);
        browser.get("/tickets?cursor=abc").await.assert_status(422);
        browser.get("/tickets/INC-99999999999999999999").await.assert_status(404);
    });
}

#[test]
fn a_button_without_text_just_leads_to_the_login_and_back() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/profile").await;
        browser.forget();
        let sent = browser.submit(&page, "/logout", &[]).await;
        assert_eq!(sent.header("location"), "/login?next=%2F");
        let request = TestRequest::post()
            .uri("/logout")
            .insert_header(("host", "service.example.se"))
            .insert_header(("referer", "https://service.example.se/tickets?show=closed"))
            .set_form([("csrf", "x")]);
        let sent = browser.carry(request).await;
        assert_eq!(sent.header("location"), "/login?next=%2Ftickets%3Fshow%3Dclosed");
    });
}

#[test]
fn our_own_failure_shows_a_number_and_nothing_of_what_broke() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/report-fault").await;
        let typed = [("what", "Musen"), ("affected", "me"), ("able", "yes")];
        browser
            .upload_as("files", &form, "/report-fault", &typed, ("a.txt", "text"))
            .await
            .assert_status(303);
        let address = browser.get("/tickets/INC-2").await.link("/attachments/");
        // Somebody removes the stored files behind the product's back.
        desk.house.lose_files();
        let broken = browser.get(&address).await;
        broken
            .assert_status(500)
            .assert_says("Vi kan inte visa sidan just nu.")
            .assert_says("Felets nummer:");
        broken.assert_says_nothing_of("opening a stored file").assert_says_nothing_of("No such file");
        let id = broken.header("traceparent").split('-').nth(1).unwrap().to_owned();
        broken.assert_says(id.get(..8).unwrap());
    });
}

#[test]
fn asking_for_the_headers_alone_is_answered() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        browser
            .carry(TestRequest::default().method(actix_web::http::Method::HEAD).uri("/tickets"))
            .await
            .assert_status(200);
    });
}
