//! Administering organisations, groups, categories, services and systems.

use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

#[test]
fn the_overview_leads_to_every_place() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let overview = browser.get("/admin").await;
        for place in [
            "people",
            "organisations",
            "groups",
            "categories",
            "services",
            "systems",
            "policies",
            "import",
            "jobs",
        ] {
            overview.assert_says(&format!("href=\"/admin/{place}\""));
            browser.get(&format!("/admin/{place}")).await.assert_status(200);
        }
    });
}

#[test]
fn organisations_stand_below_each_other() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = browser.get("/admin/organisations/new").await;
        let typed = [("name", "Skolan"), ("kind", "department"), ("parent", "sjostad")];
        let added = browser.submit(&new, "/admin/organisations/new", &typed).await;
        browser.follow(&added).await.assert_says("Sjöstads kommun › Skolan");
        let page = browser.get("/admin/organisations/skolan").await;
        page.assert_says("Förvaltning").assert_says("href=\"/admin/organisations/sjostad\"");
        let typed = [("active", "no")];
        let changed = browser.submit(&page, "/admin/organisations/skolan", &typed).await;
        browser.follow(&changed).await.assert_status(200);
        browser.get("/admin/organisations").await.assert_says("Används inte");

        let typed = [("name", "Ensam"), ("kind", "department"), ("parent", "")];
        let refused = browser.submit(&new, "/admin/organisations/new", &typed).await;
        refused.assert_status(422).assert_says("id=\"parent-error\"").assert_says("value=\"Ensam\"");
        browser.get("/admin/organisations/okand").await.assert_status(404);
    });
}

#[test]
fn groups_have_members_and_leads() {
    run(async {
        let house = house::open().await;
        house.person("Anna", "agent", &[], Origin::Workspace).await;
        let browser = administrator(&house).await;
        let new = browser.get("/admin/groups/new").await;
        let added = browser.submit(&new, "/admin/groups/new", &[("name", "Drift"), ("line", "2")]).await;
        browser.follow(&added).await.assert_says("Andra linjen");
        let members = "/admin/groups/drift/members";
        let page = browser.get("/admin/groups/drift").await;
        page.assert_says("Gruppen har inga medlemmar.");
        let typed = [("email", "Anna@example.se"), ("lead", "yes")];
        let added = browser.submit_holding(&page, members, "addMember", &typed).await;
        let page = browser.follow(&added).await;
        page.assert_says(">Anna</a>").assert_says("Gruppledare");
        // Given again without the tick she is a member like the others, once.
        let demoted =
            browser.submit_holding(&page, members, "addMember", &[("email", "anna@example.se")]).await;
        let page = browser.follow(&demoted).await;
        assert_eq!(page.html.matches(">Anna</a>").count(), 1);
        let removed = browser.submit_holding(&page, members, "removeMember", &[]).await;
        browser.follow(&removed).await.assert_says("Gruppen har inga medlemmar.");

        let typed = [("email", "okand@example.se")];
        let refused = browser.submit_holding(&page, members, "addMember", &typed).await;
        refused.assert_status(422).assert_says("id=\"member-email-error\"");
    });
}

#[test]
fn the_group_that_takes_tickets_in_stays_in_use() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let page = browser.get("/admin/groups/servicedesk").await;
        let refused = browser.submit(&page, "/admin/groups/servicedesk", &[("active", "no")]).await;
        refused.assert_status(422).assert_says("id=\"active-error\"");
    });
}

#[test]
fn categories_services_and_systems_are_kept_alike() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        for place in ["categories", "services", "systems"] {
            let new_path = format!("/admin/{place}/new");
            let new = browser.get(&new_path).await;
            let added = browser.submit(&new, &new_path, &[("name", "Larm och lås"), ("base", "yes")]).await;
            browser.follow(&added).await.assert_says("Larm och lås");
            let path = format!("/admin/{place}/larm-och-las");
            let page = browser.get(&path).await;
            let typed = [("name", "Larm, lås"), ("active", "no")];
            let changed = browser.submit(&page, &path, &typed).await;
            browser.follow(&changed).await.assert_says("value=\"Larm, lås\"");
            browser.get(&format!("/admin/{place}")).await.assert_says("Används inte");
            // The same name gives the same code, which is taken.
            let again = browser.submit(&new, &new_path, &[("name", "Larm och lås"), ("base", "no")]).await;
            again.assert_status(422).assert_says("id=\"name-error\"");
        }
    });
}
