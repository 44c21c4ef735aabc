//! Texts of mails, the log of outgoing mail, preferences and the link that turns digests off.

use super::browser::Browser;
use super::run;
use crate::support::house;
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
