//! The priority list on pages: decided, looked at, and its history.

use arende::app::Ctx;
use arende::app::people::NewItem;
use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::desk::{self, Desk};
use super::run;

/// An administrator of a desk with one system.
async fn administrator() -> (Desk, Browser) {
    let desk = desk::open().await;
    let system = NewItem { name: "Microsoft 365".to_owned(), ..NewItem::default() };
    desk.house.app.create_system(&Ctx::command_line(), &system).await.unwrap();
    desk.house.person("Adam", "administrator", &[], Origin::Workspace).await;
    let browser = desk.browser("Adam").await;
    (desk, browser)
}

const LIST: &str = "/admin/policies/priority-list";
const LIST_CHANGE: &str = "/admin/policies/priority-list/change";

#[test]
fn a_priority_list_is_decided_after_a_look_and_has_a_history() {
    run(async {
        let (desk, browser) = administrator().await;
        browser.get("/admin/policies").await.assert_says("href=\"/admin/policies/priority-list\"");
        browser.get(LIST).await.assert_says("Ingen prioriteringslista är beslutad.");
        let form = browser.get(LIST_CHANGE).await;
        let decided = [
            ("decidedOn", "2026-03-01"),
            ("decidedBy", "Kommundirektören"),
            ("registration", "KS 2026/114"),
            ("place-2", "1"),
            ("system-2", "microsoft-365"),
            ("class-2", "a"),
            ("note", "Första listan"),
        ];
        let step = |step| decided.into_iter().chain([("step", step)]).collect::<Vec<_>>();
        let looked = browser.submit(&form, LIST_CHANGE, &step("preview")).await;
        looked.assert_status(200).assert_says("Inget är sparat än").assert_says("Två steg");
        browser.get(LIST).await.assert_says("Ingen prioriteringslista är beslutad.");
        let done = browser.submit(&looked, LIST_CHANGE, &step("activate")).await;
        let list = browser.follow(&done).await;
        list.assert_says("KS 2026/114").assert_says("Kommundirektören").assert_says("Första listan");
        let told = list.words();
        assert!(told.contains("1 Microsoft 365 A – liv och hälsa beror på det Två steg"), "{told}");

        // The next decision starts from it.
        desk.minutes(1);
        let form = browser.get(LIST_CHANGE).await;
        let typed =
            [("decidedOn", "2026-03-02"), ("class-1", "b"), ("validFrom", "2026-04-01"), ("step", "preview")];
        let looked = browser.submit(&form, LIST_CHANGE, &typed).await;
        looked.assert_says("Var plats 1, klass A");
        let done = browser.submit(&looked, LIST_CHANGE, &[("step", "activate")]).await;
        let page = browser.follow(&done).await;
        page.assert_says("Gäller senare").assert_says("takeBack").assert_says("Två steg");
        browser.get(&page.link("/admin/policies/priority-list?version=")).await.assert_says("Ett steg");
        let gone = browser.submit_holding(&page, LIST, "takeBack", &[]).await;
        browser.follow(&gone).await.assert_says_nothing_of("Gäller senare");
    });
}

#[test]
fn what_is_wrong_with_a_priority_list_stands_at_its_row() {
    run(async {
        let (_desk, browser) = administrator().await;
        let form = browser.get(LIST_CHANGE).await;
        let empty = browser.submit(&form, LIST_CHANGE, &[("step", "activate")]).await;
        empty.assert_status(422).assert_says("id=\"decidedOn-error\"").assert_says("id=\"decidedBy-error\"");
        empty.assert_says("id=\"system-1-error\"").assert_says("Listan är tom.");
        let typed = [
            ("decidedOn", "2026-03-01"),
            ("decidedBy", "Kommundirektören"),
            ("place-1", "1"),
            ("system-1", "microsoft-365"),
            ("class-1", "a"),
            ("place-3", "1"),
            ("system-3", "microsoft-365"),
            ("class-3", "b"),
            ("step", "activate"),
        ];
        let twice = browser.submit(&form, LIST_CHANGE, &typed).await;
        twice.assert_status(422).assert_says("id=\"system-3-error\"").assert_says("id=\"place-3-error\"");
        twice.assert_says("Plats 1 är given två gånger.").assert_says_nothing_of("id=\"system-1-error\"");
        let unclassed =
            browser.submit(&form, LIST_CHANGE, &[("system-2", "microsoft-365"), ("step", "preview")]);
        unclassed.await.assert_status(422).assert_says("id=\"class-2-error\"");
    });
}
