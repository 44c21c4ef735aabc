//! Texts of mails, the log of outgoing mail, preferences and the link that turns digests off.

use super::browser::Browser;
use super::run;
use crate::support::house;
use crate::support::outbound::{self, Fate};
use arende::domain::clock::Clock as _;
use arende::domain::ticket::Origin;

#[test]
fn an_administrator_changes_a_text_and_takes_the_delivered_one_back() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        let browser = Browser::of(&house, "Adam").await;
        browser.get("/admin/mail/templates").await.assert_says("Nytt svar").assert_says("Medföljande");
        let path = "/admin/mail/templates/answered-sv";
        let page = browser.get(path).await;
        let save = |subject: &'static str, body: &'static str| {
            [("subject", subject), ("body", body), ("action", "save")]
        };
        let refused = browser.submit(&page, path, &save("Svar", "Hej {{ name }}\n{{ lösen }}")).await;
        refused.assert_status(422).assert_says("Rad 2:");
        let saved = browser.submit(&page, path, &save("Svar på {{ number }}", "Hej {{ name }} <b>")).await;
        browser.follow(&saved).await.assert_says("Svar på {{ number }}");
        let preview = browser.get(&format!("{path}/preview")).await;
        preview.assert_says("Hej Anna Ek &lt;b&gt;");
        assert!(preview.header("content-security-policy").contains("sandbox"));
        // Whoever still looks at the text before is told.
        browser.submit(&page, path, &save("x", "y")).await.assert_status(409);
        browser.get("/admin/mail/templates/nosuch-sv").await.assert_status(404);
    });
}

#[test]
fn who_runs_nothing_sees_no_mail_of_others() {
    run(async {
        let house = house::open().await;
        house.person("Anna", "requester", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Anna").await;
        for path in ["/admin/mail/templates", "/admin/mail/templates/answered-sv", "/admin/mail/outgoing"] {
            assert!(browser.get(path).await.status.is_client_error(), "{path}");
        }
        browser.get("/profile").await.assert_says_nothing_of("Inga mejl från");
    });
}

#[test]
fn a_made_up_link_turns_no_digest_off() {
    run(async {
        let house = house::open().await;
        let browser = Browser::new(&house).await;
        browser.get("/mail/digest-off/k3F9.AAAA").await.assert_status(404);
    });
}

#[test]
fn an_administrator_finds_what_was_given_up_and_sends_it_again() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        house.person("Anna", "requester", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Adam").await;
        let at = house.clock.now();
        let (adam, anna) = ("adam@example.se", "anna@example.se");
        let dead = outbound::mail(&house.app, anna, None, Fate::GivenUp, at).await;
        outbound::mail(&house.app, adam, None, Fate::Went, at).await;
        let all = browser.get("/admin/mail/outgoing").await;
        all.assert_says(anna).assert_says(adam).assert_says("connection refused");
        let page = browser.get("/admin/mail/outgoing?state=dead").await;
        page.assert_says(anna).assert_says_nothing_of(adam).assert_says("Skicka igen");
        let path = format!("/admin/mail/outgoing/{dead}");
        browser.submit(&page, &path, &[("action", "nope")]).await.assert_status(422);
        let done = browser.submit(&page, &path, &[("action", "resend")]).await;
        // Back at the list as it was looked at.
        browser.follow(&done).await.assert_says("Inga mejl");
        // The same form sent twice is one decision.
        browser.submit(&page, &path, &[("action", "resend")]).await.assert_status(303);
        let page = browser.get("/admin/mail/outgoing?state=waiting").await;
        page.assert_says(anna).assert_says_nothing_of("Skicka igen");
        browser.submit(&page, &path, &[("action", "resend")]).await.assert_status(409);
        browser.get("/admin/mail/outgoing?state=nope").await.assert_status(422);
    });
}
