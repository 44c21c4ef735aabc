//! Administering mailboxes, mail domains and addresses that mail came back from.

use super::browser::{Browser, Shown};
use super::run;
use crate::support::house::{self, House};
use arende::db::bounced_addresses;
use arende::domain::clock::MICROS_PER_MINUTE;
use arende::domain::ticket::Origin;

const NEW: &str = "/admin/mail/mailboxes/new";
const SERVICEDESK: &str = "/admin/mail/mailboxes/servicedesk";
const CHANGE: &str = "/admin/mail/mailboxes/servicedesk/change";

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

/// Adds a mailbox at a server that nobody runs, and gives its page.
async fn with_mailbox(browser: &Browser) -> Shown {
    let new = browser.get(NEW).await;
    let typed = [
        ("name", "Servicedesk"),
        ("address", "it@example.se"),
        ("host", "localhost"),
        ("port", "1"),
        ("username", "it"),
        ("secret", "hemligheten"),
    ];
    let added = browser.submit(&new, NEW, &typed).await;
    browser.follow(&added).await
}

#[test]
fn a_mailbox_is_added_shown_and_warned_about() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        browser.get("/admin/mail").await.assert_status(200).assert_says("Ingen brevlåda är inlagd");
        let page = with_mailbox(&browser).await;
        page.assert_says("it@example.se").assert_says("localhost:1").assert_says("Har inte lästs än");
        let list = browser.get("/admin/mail").await;
        list.assert_says(SERVICEDESK).assert_says_nothing_of("behöver ses över");
        // Nobody reads it.
        house.clock.advance_micros(6 * MICROS_PER_MINUTE);
        for path in ["/admin", "/admin/mail"] {
            let page = browser.get(path).await;
            page.assert_says("En brevlåda behöver ses över").assert_says("Servicedesk: har aldrig lästs");
        }
        let off = browser.submit(&page, SERVICEDESK, &[("action", "off")]).await;
        browser.follow(&off).await.assert_says("Avstängd").assert_says("Slå på");
        browser.get("/admin").await.assert_says_nothing_of("behöver ses över");
    });
}

#[test]
fn wrong_settings_stand_at_their_fields_and_the_secret_is_shown_to_nobody() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = browser.get(NEW).await;
        let typed = [
            ("name", "Servicedesk"),
            ("address", "it"),
            ("host", "två servrar"),
            ("port", "många"),
            ("security", "none"),
            ("afterFetch", "move"),
            ("secretExpires", ""),
            ("silentAfterMinutes", "0"),
            ("secret", "hemligheten"),
        ];
        let refused = browser.submit(&new, NEW, &typed).await;
        refused
            .assert_status(422)
            .assert_says("Skriv en e-postadress, till exempel it@example.se")
            .assert_says("Skriv bara serverns namn")
            .assert_says("Skriv en port mellan 1 och 65535")
            .assert_says("Okrypterat till en annan dator måste tillåtas särskilt")
            .assert_says("Skriv kontot")
            .assert_says("Skriv vilken mapp mejlen ska flyttas till")
            .assert_says("Skriv minuter mellan 1 och 130000")
            .assert_says("value=\"två servrar\"")
            .assert_says_nothing_of("hemligheten");
        with_mailbox(&browser).await.assert_says_nothing_of("hemligheten");
        let edit = browser.get(CHANGE).await;
        edit.assert_says("value=\"localhost\"").assert_says_nothing_of("hemligheten");
        // A secret isn't sent to another server than the one it was given for.
        let moved = browser.submit(&edit, CHANGE, &[("host", "imap.example.com")]).await;
        moved.assert_status(422).assert_says("När server eller inloggningssätt ändras behövs den på nytt");
        let saved = browser.submit(&edit, CHANGE, &[("name", "Nya servicedesk")]).await;
        browser.follow(&saved).await.assert_says("Nya servicedesk");
        let stale = browser.submit(&edit, CHANGE, &[("name", "En annan")]).await;
        stale.assert_status(409).assert_says("value=\"En annan\"");
    });
}

#[test]
fn a_test_tells_each_step_in_words() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let page = with_mailbox(&browser).await;
        let tested = browser.submit(&page, SERVICEDESK, &[("action", "test")]).await;
        tested
            .assert_status(200)
            .assert_says("Så gick testet")
            .assert_says("Nå servern")
            .assert_says("Det gick inte att nå servern. Servern går inte att nå.")
            .assert_says_nothing_of("<title>Fel")
            .assert_says_nothing_of("hemligheten");
        // What can't be had back is asked about first.
        let asked = browser.submit(&page, SERVICEDESK, &[("action", "remove")]).await;
        asked.assert_status(200).assert_says("Ta bort brevlådan Servicedesk?");
        browser.get(SERVICEDESK).await.assert_status(200);
        let removed = browser.submit(&asked, SERVICEDESK, &[("action", "removeSurely")]).await;
        browser.follow(&removed).await.assert_says_nothing_of(SERVICEDESK);
        browser.get(SERVICEDESK).await.assert_status(404);
    });
}

#[test]
fn a_mailbox_that_is_handed_its_mail_needs_no_server() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = browser.get(NEW).await;
        let typed = [("name", "Servicedesk"), ("address", "it@example.se"), ("receive", "none")];
        let added = browser.submit(&new, NEW, &typed).await;
        let page = browser.follow(&added).await;
        page.assert_says("arende mail ingest --mailbox servicedesk").assert_says_nothing_of("Testa nu");
        house.clock.advance_micros(60 * MICROS_PER_MINUTE);
        browser.get("/admin").await.assert_says_nothing_of("behöver ses över");
    });
}

#[test]
fn mail_domains_come_and_go_and_bounced_addresses_are_cleared() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let page = browser.get("/admin/mail").await;
        let domains = "/admin/mail/domains";
        let wrong = [("domain", "inte en domän"), ("organisation", "sjostad")];
        let refused = browser.submit(&page, domains, &wrong).await;
        refused.assert_status(422).assert_says("Skriv en e-postdomän");
        let nobodys = [("domain", "sjostad.example"), ("organisation", "")];
        browser.submit(&page, domains, &nobodys).await.assert_status(422).assert_says("Välj organisation");
        let typed = [("domain", "@Sjostad.example"), ("organisation", "sjostad")];
        let added = browser.submit(&page, domains, &typed).await;
        let page = browser.follow(&added).await;
        page.assert_says("value=\"sjostad.example\"");
        let removed = browser.submit_holding(&page, domains, "sjostad.example", &[]).await;
        browser.follow(&removed).await.assert_says_nothing_of("value=\"sjostad.example\"");

        let now = house.app.now();
        let marked =
            house.app.db().write(move |tx| bounced_addresses::mark(tx, "bo@example.com", "5.1.1", now));
        marked.await.unwrap();
        let page = browser.get("/admin/mail").await;
        page.assert_says("bo@example.com").assert_says("5.1.1");
        let cleared = browser.submit(&page, "/admin/mail/bounced", &[]).await;
        browser.follow(&cleared).await.assert_says_nothing_of("bo@example.com");
    });
}

#[test]
fn the_mailboxes_do_not_exist_for_others() {
    run(async {
        let house = house::open().await;
        with_mailbox(&administrator(&house).await).await;
        house.person("Anna", "agent", &["servicedesk"], Origin::Workspace).await;
        let browser = Browser::of(&house, "Anna").await;
        for path in ["/admin/mail", NEW, SERVICEDESK, CHANGE] {
            browser.get(path).await.assert_status(404);
        }
    });
}
