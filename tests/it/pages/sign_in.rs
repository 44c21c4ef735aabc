//! Signing in and out.

use super::browser::Browser;
use super::desk::{self};
use super::run;
use crate::support::house::{self, PASSWORD};

#[test]
fn the_cookie_is_kept_from_scripts_and_other_sites() {
    run(async {
        let desk = desk::open().await;
        let browser = Browser::new(&desk.house).await;
        let login = browser.get("/login?next=/tickets").await;
        let typed = [("email", "anna@example.se"), ("password", PASSWORD)];
        let shown = browser.submit(&login, "/login", &typed).await;
        shown.assert_status(303);
        assert_eq!(shown.header("location"), "/tickets");
        let cookie = shown
            .headers
            .get_all("set-cookie")
            .map(|cookie| cookie.to_str().unwrap().to_owned())
            .find(|cookie| cookie.starts_with("arende="))
            .unwrap();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    });
}

#[test]
fn each_login_begins_a_session_of_its_own() {
    run(async {
        let desk = desk::open().await;
        let first = desk.browser("Anna").await;
        let second = desk.browser("Anna").await;
        assert_ne!(first.cookie("arende"), second.cookie("arende"));
        let page = first.get("/").await;
        let out = first.submit(&page, "/logout", &[]).await;
        first.follow(&out).await.assert_says("Du är utloggad.");
        assert_eq!(first.get("/").await.header("location"), "/login?next=%2F");
        second.get("/").await.assert_status(200);
    });
}

#[test]
fn staff_begin_in_the_workspace_and_requesters_in_the_portal() {
    run(async {
        let desk = desk::open().await;
        for (name, landing) in [("sara", "/workspace"), ("anna", "/")] {
            let browser = Browser::new(&desk.house).await;
            let login = browser.get("/login").await;
            let email = format!("{name}@example.se");
            let shown = browser.submit(&login, "/login", &[("email", &email), ("password", PASSWORD)]).await;
            assert_eq!(shown.header("location"), landing);
        }
        // The portal stays within reach of staff.
        desk.browser("Sara").await.get("/").await.assert_says("Vad behöver du hjälp med?");
    });
}

#[test]
fn a_wrong_password_keeps_the_address_and_never_the_password() {
    run(async {
        let desk = desk::open().await;
        let browser = Browser::new(&desk.house).await;
        let login = browser.get("/login").await;
        let typed = [("email", "anna@example.se"), ("password", "alldeles fel lösenord")];
        let shown = browser.submit(&login, "/login", &typed).await;
        shown.assert_status(422).assert_says("E-postadressen eller lösenordet stämmer inte");
        shown.assert_says("value=\"anna@example.se\"").assert_says_nothing_of("alldeles fel");
        let empty = browser.submit(&shown, "/login", &[("email", ""), ("password", "")]).await;
        empty.assert_status(422).assert_says("Skriv e-postadressen").assert_says("<title>Fel: ");
    });
}

#[test]
fn guessing_is_answered_with_a_wait() {
    run(async {
        let desk = desk::open().await;
        let browser = Browser::new(&desk.house).await;
        let mut shown = browser.get("/login").await;
        for _ in 0..6 {
            let typed = [("email", "anna@example.se"), ("password", "fel")];
            shown = browser.submit(&shown, "/login", &typed).await;
        }
        shown.assert_status(429).assert_says("sekunder och försök igen");
    });
}

#[test]
fn a_login_without_our_proof_is_not_tried() {
    run(async {
        let desk = desk::open().await;
        let browser = Browser::new(&desk.house).await;
        let login = browser.get("/login").await;
        let typed = [("email", "anna@example.se"), ("password", PASSWORD), ("csrf", "x")];
        let shown = browser.submit(&login, "/login", &typed).await;
        shown.assert_status(403).assert_says("Logga in igen").assert_says("value=\"anna@example.se\"");
        assert_eq!(browser.cookie("arende"), "");
    });
}

#[test]
fn nobody_is_sent_to_other_servers() {
    run(async {
        let desk = desk::open().await;
        for next in ["//example.org", "https://example.org/", "/%5Cexample.org"] {
            let browser = Browser::new(&desk.house).await;
            let login = browser.get(&format!("/login?next={next}")).await;
            let typed = [("email", "anna@example.se"), ("password", PASSWORD)];
            let location = browser.submit(&login, "/login", &typed).await.header("location").to_owned();
            assert_eq!(location, "/", "{next}");
        }
    });
}

#[test]
fn the_first_visit_tells_how_to_make_the_first_account() {
    run(async {
        let house = house::open().await;
        let browser = Browser::new(&house).await;
        let start = browser.get("/").await;
        browser.follow(&start).await.assert_says("Kom igång med Ärende").assert_says("arende user add");
    });
}
