//! The desk's policies on pages: looked at before they hold.

use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

const CHANGE: &str = "/admin/policies/calendars/servicedesk/change";

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

#[test]
fn a_calendar_is_looked_at_before_it_holds_and_can_be_taken_back() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        browser.get("/admin/policies").await.assert_says("href=\"/admin/policies/calendars\"");
        let list = browser.get("/admin/policies/calendars").await;
        list.assert_says("Servicedesk").assert_says("href=\"/admin/policies/calendars/new\"");
        let page = browser.get("/admin/policies/calendars/servicedesk?year=2026").await;
        page.assert_says("07:30–16:00").assert_says("tor 2 07:30–15:00 (Dagen före Långfredagen)");
        page.assert_says("fre 3 stängt (Långfredagen)").assert_says_nothing_of("takeBack");

        let form = browser.get(CHANGE).await;
        form.assert_says("value=\"2026-03-03\"").assert_says_nothing_of("Låt det gälla");
        let typed = [
            ("validFrom", "2026-05-01"),
            ("days", "2026-05-15 stängt\n2026-07-01 08:00–12:00"),
            ("friday", "07:30–15:00"),
            ("note", "Klämdag"),
            ("step", "preview"),
        ];
        let looked = browser.submit(&form, CHANGE, &typed).await;
        looked.assert_status(200).assert_says("Inget är sparat än").assert_says("Låt det gälla");
        looked.assert_says("fre 15 stängt (Egen dag)").assert_says("ons 1 08:00–12:00 (Egen dag)");
        browser.get("/admin/policies/calendars").await.assert_says_nothing_of("Gäller senare");

        // A second administrator who looked at the same version meanwhile.
        let kept: Vec<(&str, &str)> = typed.iter().copied().filter(|(name, _)| *name != "step").collect();
        let activated: Vec<(&str, &str)> = kept.iter().copied().chain([("step", "activate")]).collect();
        let done = browser.submit(&looked, CHANGE, &activated).await;
        let page = browser.follow(&done).await;
        page.assert_says("Gäller senare").assert_says("Klämdag").assert_says("Adam").assert_says("takeBack");
        let later: Vec<(&str, &str)> = activated
            .iter()
            .map(|(name, value)| (*name, if *name == "validFrom" { "2026-06-01" } else { value }))
            .collect();
        let stale = browser.submit(&looked, CHANGE, &later).await;
        stale.assert_status(409).assert_says("role=\"alert\"").assert_says("value=\"2026-06-01\"");

        let action = "/admin/policies/calendars/servicedesk";
        let gone = browser.submit_holding(&page, action, "takeBack", &[]).await;
        browser.follow(&gone).await.assert_says_nothing_of("Gäller senare");
    });
}

#[test]
fn what_is_wrong_with_a_calendar_stands_at_its_line() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let form = browser.get(CHANGE).await;
        let typed = [
            ("validFrom", "2026-03-02"),
            ("tuesday", "07:30–12:00, 11:00–16:00"),
            ("days", "2026-05-15 kanske"),
            ("zone", "Europe/Kumla"),
            ("step", "preview"),
        ];
        let refused = browser.submit(&form, CHANGE, &typed).await;
        refused.assert_status(422).assert_says("id=\"tuesday-error\"").assert_says("id=\"zone-error\"");
        refused.assert_says("Två öppettider överlappar på tisdag. Behåll en av dem.");
        refused.assert_says("id=\"days-error\"").assert_says("2026-05-15 kanske");
        let typed = [("validFrom", "2026-03-02"), ("step", "preview")];
        let early = browser.submit(&form, CHANGE, &typed).await;
        early.assert_status(422).assert_says("id=\"validFrom-error\"");
    });
}

#[test]
fn a_calendar_of_its_own_is_added() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = "/admin/policies/calendars/new";
        let form = browser.get(new).await;
        let nameless = browser.submit(&form, new, &[("step", "activate")]).await;
        nameless.assert_status(422).assert_says("id=\"name-error\"");
        let typed =
            [("name", "Jour"), ("saturday", "08:00–12:00"), ("holidays", "none"), ("step", "preview")];
        let looked = browser.submit(&form, new, &typed).await;
        looked.assert_says("Låt det gälla");
        let added = browser.submit(&looked, new, &[("step", "activate")]).await;
        browser.follow(&added).await.assert_says("href=\"/admin/policies/calendars/jour\"");
        let page = browser.get("/admin/policies/calendars/jour?year=2026").await;
        page.assert_says("08:00–12:00").assert_says("Öppet också på helgdagar");
    });
}

#[test]
fn those_who_work_here_read_and_others_find_nothing() {
    run(async {
        let house = house::open().await;
        house.person("Lena", "groupLead", &["servicedesk"], Origin::Workspace).await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        let lead = Browser::of(&house, "Lena").await;
        for path in ["/admin/policies", "/admin/policies/calendars"] {
            lead.get(path).await.assert_status(200).assert_says_nothing_of("calendars/new");
        }
        let page = lead.get("/admin/policies/calendars/servicedesk").await;
        page.assert_says("Levererad med Ärende").assert_says_nothing_of(CHANGE);
        lead.get(CHANGE).await.assert_status(404);
        let requester = Browser::of(&house, "Rut").await;
        requester.get("/admin/policies/calendars/servicedesk").await.assert_status(404);
    });
}
