//! Administering people.

use arende::domain::ticket::Origin;

use super::browser::{Browser, Shown};
use super::run;
use crate::support::house::{self, House};

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

/// Adds Berit and gives her page.
async fn with_berit(browser: &Browser) -> (String, Shown) {
    let new = browser.get("/admin/people/new").await;
    let typed = [("name", "Berit Ö"), ("email", "berit@example.se"), ("organisation", "sjostad")];
    let added = browser.submit(&new, "/admin/people/new", &typed).await;
    (added.header("location").to_owned(), browser.follow(&added).await)
}

#[test]
fn a_person_is_added_found_and_changed() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let (path, page) = with_berit(&browser).await;
        page.assert_status(200)
            .assert_says("Berit Ö")
            .assert_says("Sjöstads kommun")
            .assert_says("Beställare");
        browser.get("/admin/people?q=berit").await.assert_says("berit@example.se");
        browser.get("/admin/people?q=nobody").await.assert_says("Ingen person passar.");

        let changed =
            browser.submit_holding(&page, &path, "value=\"person\"", &[("name", "Berit Öst")]).await;
        browser.follow(&changed).await.assert_says("Berit Öst").assert_says("role=\"status\"");
    });
}

#[test]
fn roles_and_memberships_come_and_go() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let (path, page) = with_berit(&browser).await;
        let typed = [("role", "manager"), ("organisation", "sjostad")];
        let added = browser.submit_holding(&page, &path, "value=\"addRole\"", &typed).await;
        let page = browser.follow(&added).await;
        page.assert_says("manager.sjostad");
        // What everybody who works has along with their role isn't taken away by itself.
        page.assert_says_nothing_of("name=\"id\" value=\"requester\"");
        let removed = browser.submit_holding(&page, &path, "value=\"manager.sjostad\"", &[]).await;
        let page = browser.follow(&removed).await;
        page.assert_says_nothing_of("manager.sjostad");
        let removed = browser.submit_holding(&page, &path, "value=\"removeMembership\"", &[]).await;
        browser.follow(&removed).await.assert_says("Personen hör inte till någon organisation.");
    });
}

#[test]
fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = browser.get("/admin/people/new").await;
        let typed = [("name", "Berit"), ("email", "berit"), ("phone", "ring mig"), ("password", "kort")];
        let refused = browser.submit(&new, "/admin/people/new", &typed).await;
        refused.assert_status(422).assert_says("id=\"email-error\"").assert_says("id=\"phone-error\"");
        refused.assert_says("value=\"Berit\"").assert_says_nothing_of("value=\"kort\"");
        let typed = [("name", "Berit"), ("email", "adam@example.se")];
        let taken = browser.submit(&new, "/admin/people/new", &typed).await;
        taken.assert_status(422).assert_says("id=\"email-error\"");
        // A manager manages something.
        let (path, page) = with_berit(&browser).await;
        let role = [("role", "manager"), ("organisation", "")];
        let refused = browser.submit_holding(&page, &path, "value=\"addRole\"", &role).await;
        refused.assert_status(422).assert_says("id=\"role-role-error\"");
    });
}

#[test]
fn a_page_that_is_no_longer_current_overwrites_nothing() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let (path, old) = with_berit(&browser).await;
        browser.submit_holding(&old, &path, "value=\"person\"", &[("name", "Berit Ek")]).await;
        let typed = [("name", "Berit Al")];
        let refused = browser.submit_holding(&old, &path, "value=\"person\"", &typed).await;
        refused.assert_status(409).assert_says("value=\"Berit Al\"").assert_says("role=\"alert\"");
        browser.get(&path).await.assert_says("value=\"Berit Ek\"");
    });
}

#[test]
fn administrators_keep_their_own_administration() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let list = browser.get("/admin/people?q=adam").await;
        let (_, rows) = list.html.split_once("<tbody").unwrap();
        let (_, rest) = rows.split_once("href=\"").unwrap();
        let path = rest.split_once('"').unwrap().0.to_owned();
        let page = browser.get(&path).await;
        let refused = browser.submit_holding(&page, &path, "value=\"administrator\"", &[]).await;
        refused.assert_status(422);
        browser.get(&path).await.assert_says("Administratör");
    });
}

#[test]
fn the_administration_does_not_exist_for_others() {
    run(async {
        let house = house::open().await;
        house.person("Anna", "agent", &["servicedesk"], Origin::Workspace).await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        for name in ["Anna", "Rut"] {
            let browser = Browser::of(&house, name).await;
            for path in
                ["/admin", "/admin/people", "/admin/groups/servicedesk", "/admin/import", "/admin/jobs"]
            {
                browser.get(path).await.assert_status(404);
            }
        }
        let stranger = Browser::new(&house).await;
        let sent_on = stranger.get("/admin/people?q=a").await;
        sent_on.assert_status(303);
        assert_eq!(sent_on.header("location"), "/login?next=%2Fadmin%2Fpeople%3Fq%3Da");
    });
}

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = browser.get("/admin/people/new").await;
        let typed = [("name", "Mallory"), ("email", "mallory@example.se"), ("csrf", "forged")];
        browser.submit(&new, "/admin/people/new", &typed).await.assert_status(403);
        browser.get("/admin/people?q=mallory").await.assert_says("Ingen person passar.");
    });
}
