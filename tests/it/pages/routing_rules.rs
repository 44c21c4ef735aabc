//! Routing rules on pages: tried on the past, then in force.

use arende::domain::ticket::Origin;

use super::browser::{Browser, Shown};
use super::desk::{self, Desk};
use super::run;

const DAY: i64 = 24 * 60;

const RULES: &str = "/admin/policies/rules";
const LIST: &str = "/admin/policies/priority-list";
const LIST_CHANGE: &str = "/admin/policies/priority-list/change";
const NEW_RULE: &str = "/admin/policies/rules/new";

async fn administrator(desk: &Desk) -> Browser {
    desk.house.person("Adam", "administrator", &[], Origin::Workspace).await;
    desk.browser("Adam").await
}

/// Where the link that says this leads.
fn link_of(page: &Shown, label: &str) -> String {
    let (before, _) = page.html.split_once(&format!(">{label}</a>")).unwrap();
    let (_, href) = before.rsplit_once("href=\"").unwrap();
    href.trim_end_matches('"').to_owned()
}

/// Stores a rule at once and gives the list.
async fn add_rule(desk: &Desk, browser: &Browser, typed: &[(&str, &str)]) -> Shown {
    desk.minutes(1);
    let form = browser.get(NEW_RULE).await;
    let typed: Vec<(&str, &str)> = typed.iter().copied().chain([("step", "activate")]).collect();
    let done = browser.submit(&form, NEW_RULE, &typed).await;
    browser.follow(&done).await
}

#[test]
fn a_rule_is_tried_on_the_last_quarter_before_it_holds() {
    run(async {
        let desk = desk::open().await;
        for subject in ["Skol-wifi fungerar inte", "Wifi är segt", "E-posten startar inte"] {
            desk.ticket(&desk.anna, subject).await;
        }
        let browser = administrator(&desk).await;
        browser.get("/admin/policies").await.assert_says("href=\"/admin/policies/rules\"");
        browser.get(RULES).await.assert_says("Det finns inga regler.").assert_says(NEW_RULE);
        let form = browser.get(NEW_RULE).await;
        form.assert_says("Pröva på ärenden som varit").assert_says_nothing_of("Låt det gälla");
        let typed =
            [("name", "Trådlöst"), ("words", "wifi\nnät*"), ("group", "natverk"), ("step", "preview")];
        // The quarter before has no tickets.
        let empty = browser.submit(&form, NEW_RULE, &typed).await;
        empty.assert_status(200).assert_says("2025-10-01 – 2025-12-31");
        empty.assert_says("Inga ärenden kom in under perioden").assert_says("Låt det gälla");

        desk.minutes(60 * DAY);
        let browser = desk.browser("Adam").await;
        let form = browser.get(NEW_RULE).await;
        let tried = browser.submit(&form, NEW_RULE, &typed).await;
        tried.assert_says("2026-01-01 – 2026-03-31").assert_says("Inget är sparat än");
        let told = tried.words();
        assert!(told.contains("Prövade ärenden 3 Hade fått en annan grupp 2"), "{told}");
        assert!(told.contains("Servicedesk Nätverk 2"), "{told}");
        tried.assert_says("href=\"/workspace/tickets/INC-1\"");
        browser.get(RULES).await.assert_says("Det finns inga regler.");

        let stored = [("note", "Nät till nätgruppen"), ("step", "activate")];
        let done = browser.submit(&tried, NEW_RULE, &stored).await;
        let list = browser.follow(&done).await;
        let told = list.words();
        assert!(told.contains("1. Trådlöst Texten har något av orden wifi, nät* Grupp Nätverk"), "{told}");
        assert!(told.contains("Nät till nätgruppen Adam"), "{told}");
        let number = desk.ticket(&desk.anna, "Wifi igen").await;
        browser.get(&format!("/workspace/tickets/{number}")).await.assert_says("Nätverk");
    });
}

#[test]
fn rules_are_moved_rested_and_removed_by_new_versions() {
    run(async {
        let desk = desk::open().await;
        let browser = administrator(&desk).await;
        add_rule(&desk, &browser, &[("name", "Första"), ("setPriority", "2"), ("kinds", "incident")]).await;
        let list =
            add_rule(&desk, &browser, &[("name", "Andra"), ("group", "natverk"), ("words", "nät")]).await;
        assert!(list.words().contains("1. Första"), "{}", list.words());

        desk.minutes(1);
        let moved = browser.submit_holding(&list, RULES, "value=\"down\"", &[("part", "down")]).await;
        moved.assert_status(200).assert_says("Ändra regeln Första").assert_says("Låt det gälla");
        let action = moved.action("rule");
        let done = browser.submit(&moved, &action, &[("step", "activate")]).await;
        let list = browser.follow(&done).await;
        assert!(list.words().contains("2. Första Typen är felanmälan"), "{}", list.words());

        desk.minutes(1);
        let change = browser.get(&link_of(&list, "1. Andra")).await;
        change.assert_says("Ändra regeln Andra");
        let action = change.action("rule");
        let done = browser.submit(&change, &action, &[("state", "resting"), ("step", "activate")]).await;
        browser.follow(&done).await.assert_says("Vilar");

        // A version to come: what it holds is shown beside, and nothing slips in before it.
        desk.minutes(1);
        let change = browser.get(&action).await;
        let removed = [("state", "removed"), ("validFrom", "2026-05-01"), ("step", "activate")];
        let done = browser.submit(&change, &action, &removed).await;
        let list = browser.follow(&done).await;
        list.assert_says("Gäller senare").assert_says("takeBack").assert_says("2. Första");
        list.assert_says("Regler från 1\u{a0}maj").assert_says("1. Första");
        browser.get(&action).await.assert_status(404);
        let change = browser.get(&link_of(&list, "1. Första")).await;
        change.assert_says("value=\"2026-05-02\"");
        let action = change.action("rule");
        let early = browser.submit(&change, &action, &[("validFrom", ""), ("step", "activate")]).await;
        early.assert_status(422).assert_says("En senare version börjar gälla 2026-05-01");

        let past = browser.get(&list.link("/admin/policies/rules?version=")).await;
        past.assert_says("Regler från").assert_says_nothing_of("value=\"up\"");
        let gone = browser.submit_holding(&list, RULES, "takeBack", &[]).await;
        browser.follow(&gone).await.assert_says_nothing_of("Gäller senare");
    });
}

#[test]
fn what_is_wrong_with_a_rule_stands_at_its_field() {
    run(async {
        let desk = desk::open().await;
        let browser = administrator(&desk).await;
        let form = browser.get(NEW_RULE).await;
        let nothing = browser.submit(&form, NEW_RULE, &[("words", "wifi\n*"), ("step", "preview")]).await;
        nothing.assert_status(422).assert_says("id=\"name-error\"").assert_says("id=\"group-error\"");
        nothing.assert_says("Regeln bestämmer ingenting.").assert_says("id=\"words-error\"");
        let typed = [
            ("name", "Bakvänd"),
            ("group", "natverk"),
            ("highest", "4"),
            ("lowest", "1"),
            ("step", "preview"),
        ];
        let backwards = browser.submit(&form, NEW_RULE, &typed).await;
        backwards.assert_status(422).assert_says("id=\"highest-error\"");
        let past = [("name", "Sen"), ("group", "natverk"), ("validFrom", "2026-02-01"), ("step", "preview")];
        let past = browser.submit(&form, NEW_RULE, &past).await;
        past.assert_status(422).assert_says("id=\"validFrom-error\"");

        let range = |at, to| [("highest", at), ("lowest", at), ("setPriority", to)];
        let up: Vec<(&str, &str)> = [("name", "Upp")].into_iter().chain(range("3", "2")).collect();
        add_rule(&desk, &browser, &up).await;
        let down: Vec<(&str, &str)> =
            [("name", "Ner"), ("step", "preview")].into_iter().chain(range("2", "3")).collect();
        desk.minutes(1);
        let form = browser.get(NEW_RULE).await;
        let looping = browser.submit(&form, NEW_RULE, &down).await;
        looping.assert_status(422).assert_says("Upp: Reglerna ändrar fram och tillbaka: Upp, Ner.");

        // A rule that another stops is told of, but may be stored.
        add_rule(
            &desk,
            &browser,
            &[("name", "Allt"), ("group", "natverk"), ("words", "nät*"), ("stop", "yes")],
        )
        .await;
        desk.minutes(1);
        let form = browser.get(NEW_RULE).await;
        let typed = [("name", "Aldrig"), ("group", "natverk"), ("words", "nätet"), ("step", "preview")];
        browser.submit(&form, NEW_RULE, &typed).await.assert_says("”Aldrig” används aldrig, för ”Allt”");
    });
}

#[test]
fn staff_find_what_is_decided_in_the_navigation_and_change_nothing() {
    run(async {
        let desk = desk::open().await;
        desk.house.person("Lena", "groupLead", &["servicedesk"], Origin::Workspace).await;
        let lead = desk.browser("Lena").await;
        lead.get("/admin").await.assert_status(404);
        lead.get("/workspace/shortcuts")
            .await
            .assert_says("<a href=\"/admin/policies\">Regler och avtal</a>");
        for path in [RULES, LIST] {
            lead.get(path)
                .await
                .assert_status(200)
                .assert_says_nothing_of("<form method=\"post\" action=\"/admin");
        }
        for path in [NEW_RULE, LIST_CHANGE, "/admin/policies/rules/x/change"] {
            lead.get(path).await.assert_status(404);
        }
        // Administrators have it among the places of the administration.
        let admin = administrator(&desk).await;
        admin.get("/workspace/shortcuts").await.assert_says_nothing_of("href=\"/admin/policies\"");
    });
}
