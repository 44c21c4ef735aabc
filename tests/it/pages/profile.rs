//! The own profile.

use super::desk;
use super::run;
use crate::support::house::PASSWORD;

#[test]
fn language_and_colours_are_the_accounts() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/profile").await;
        page.assert_says("anna@example.se").assert_says("Sjöstads kommun");
        page.assert_says_nothing_of("Kortkommandon med en tangent");
        let saved = browser.submit(&page, "/profile/display", &[("language", "en"), ("theme", "dark")]).await;
        let page = browser.follow(&saved).await;
        page.assert_says("The change is saved.")
            .assert_says("data-theme=\"dark\"")
            .assert_says("lang=\"en\"");
        let elsewhere = desk.browser("Anna").await;
        elsewhere.get("/").await.assert_says("What do you need help with?");
        let refused = browser.submit(&page, "/profile/display", &[("theme", "pink")]).await;
        refused.assert_status(422);
    });
}

#[test]
fn staff_switch_their_shortcuts_off() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Sara").await;
        browser
            .get("/workspace/shortcuts")
            .await
            .assert_says("with-keys")
            .assert_says("Kortkommandon är på.");
        let page = browser.get("/profile").await;
        browser.submit(&page, "/profile/display", &[("shortcuts", "off")]).await.assert_status(303);
        browser.get("/workspace/shortcuts").await.assert_says_nothing_of("with-keys");
    });
}

#[test]
fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let elsewhere = desk.browser("Anna").await;
        let page = browser.get("/profile").await;
        let typed = [("current", "fel lösenord här"), ("new", "en helt ny lång mening")];
        let refused = browser.submit(&page, "/profile/password", &typed).await;
        refused
            .assert_status(422)
            .assert_says("Lösenordet stämmer inte")
            .assert_says_nothing_of("en helt ny");
        let short =
            browser.submit(&refused, "/profile/password", &[("current", PASSWORD), ("new", "kort")]).await;
        short.assert_status(422).assert_says("Skriv minst 12 tecken");
        let typed = [("current", PASSWORD), ("new", "en helt ny lång mening")];
        let changed = browser.submit(&page, "/profile/password", &typed).await;
        browser.follow(&changed).await.assert_says("Lösenordet är bytt.");
        assert_eq!(elsewhere.get("/").await.header("location"), "/login?next=%2F");
    });
}

#[test]
fn sessions_elsewhere_are_ended() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let elsewhere = desk.browser("Anna").await;
        let page = browser.get("/profile").await;
        page.assert_says("Den här").assert_says("Logga ut alla andra");
        let ended = browser.submit(&page, "/profile/end-other-sessions", &[]).await;
        browser.follow(&ended).await.assert_says("Inloggningen är avslutad.");
        assert_eq!(elsewhere.get("/").await.header("location"), "/login?next=%2F");
        browser.get("/").await.assert_status(200);
        // Somebody else's session is nobody's business.
        let other = desk.browser("Bo").await;
        let theirs = other.get("/profile").await;
        let csrf = theirs.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let mine = arende::app::opaque::encode(desk.anna.actor.session.unwrap().get());
        let request = actix_web::test::TestRequest::post().uri(&format!("/profile/sessions/{mine}/end"));
        other.carry(request.set_form([("csrf", csrf)])).await.assert_status(404);
    });
}
