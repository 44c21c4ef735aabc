//! Importing tickets on a page.

use arende::app::opaque;
use arende::app::outbox::ImportTickets;
use arende::domain::ids::ImportId;
use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

const GOOD: &str = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,urgency,openedAt,resolvedAt,closedAt,resolvedByLine\n\
    G-1,incident,Nyköping,rut@example.se,Skrivaren står,,phone,Skrivare,2,2,2025-03-01T08:00:00Z,2025-03-01T08:30:00Z,,1\n\
    G-2,request,Nyköping,rut@example.se,Ny skärm,,portal,Dator,3,3,2025-03-02T08:00:00Z,,,\n";

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

/// Gives the file and lets the worker carry the import out; the page before and after.
async fn import(
    house: &House,
    browser: &Browser,
    mode: &str,
    csv: &str,
) -> (super::browser::Shown, super::browser::Shown) {
    let page = browser.get("/admin/import").await;
    let begun = browser.upload(&page, "/admin/import", &[("mode", mode)], ("gammal.csv", csv)).await;
    let path = begun.header("location").to_owned();
    let waiting = browser.follow(&begun).await;
    let id = path.rsplit('/').next().unwrap();
    let import = ImportId(opaque::decode(id).unwrap());
    house.app.run_import(&ImportTickets { import }).await.unwrap();
    (waiting, browser.get(&path).await)
}

#[test]
fn a_file_is_imported_while_its_page_reloads_by_itself() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let (waiting, done) = import(&house, &browser, "import", GOOD).await;
        waiting.assert_says("Filen väntar på sin tur").assert_says("Sluta ladda om");
        assert_eq!(waiting.header("refresh"), "3");
        done.assert_says("2 ärenden är importerade.").assert_says("Nyköping");
        assert_eq!(done.header("refresh"), "");
        browser.get("/admin/import").await.assert_says("gammal.csv");
        // Once more: nothing is doubled.
        let (_, again) = import(&house, &browser, "import", GOOD).await;
        again.assert_says("0 ärenden är importerade.").assert_says("Hämtade tidigare");
    });
}

#[test]
fn reloading_can_be_stopped() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let page = browser.get("/admin/import").await;
        let begun = browser.upload(&page, "/admin/import", &[("mode", "import")], ("a.csv", GOOD)).await;
        let stopped = browser.get(&format!("{}?refresh=off", begun.header("location"))).await;
        assert_eq!(stopped.header("refresh"), "");
        stopped.assert_says("Filen väntar på sin tur").assert_says_nothing_of("Sluta ladda om");
    });
}

#[test]
fn wrong_rows_are_told_by_row_column_and_reason() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let bad = GOOD.replace("2025-03-02T08:00:00Z", "i går").replace("G-1,incident", "G-1,fel");
        let (_, refused) = import(&house, &browser, "import", &bad).await;
        refused.assert_says("Inget har importerats.").assert_says("openedAt").assert_says("i går");
        refused.assert_says("kind").assert_says("inget av de tillåtna värdena");
        let (_, checked) = import(&house, &browser, "check", GOOD).await;
        checked.assert_says("2 rader är kontrollerade och felfria.");
        let (_, unreadable) = import(&house, &browser, "import", "a,b\n1,2\n").await;
        unreadable.assert_says("Filen kan inte läsas in.");
    });
}

#[test]
fn a_form_without_a_file_asks_for_one() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let page = browser.get("/admin/import").await;
        let refused = browser.submit(&page, "/admin/import", &[("mode", "import")]).await;
        refused.assert_status(422).assert_says("id=\"file-error\"");
    });
}
