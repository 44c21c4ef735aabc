//! Registering phone calls.

use super::browser::{Browser, Shown};
use super::desk;
use super::run;

const NEW: &str = "/workspace/calls/new";

async fn form_for(browser: &Browser, name: &str) -> Shown {
    let found = browser.get(&format!("{NEW}?q={name}")).await;
    found.assert_says("1 träff");
    browser.get(&found.link("/workspace/calls/new?person=")).await
}

#[test]
fn a_call_is_registered_and_solved_in_one_step() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let form = form_for(&browser, "anna").await;
        form.assert_says("Sjöstads kommun, anna@example.se").assert_says("INC-1 Skrivaren");
        let typed = [("subject", "Glömt lösenord"), ("solution", "Bytte lösenord."), ("then", "resolve")];
        let sent = browser.submit(&form, NEW, &typed).await;
        let twice = browser.submit(&form, NEW, &typed).await;
        assert_eq!(sent.header("location"), "/workspace/tickets/INC-2");
        assert_eq!(twice.header("location"), sent.header("location"));
        let page = browser.follow(&sent).await;
        page.assert_says("Löst</span>").assert_says("registrerade ärendet åt Anna, telefon");
        desk.browser("Anna").await.get("/tickets/INC-2").await.assert_says("Bytte lösenord.");
    });
}

#[test]
fn a_call_is_taken_or_handed_over() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Sara").await;
        let form = form_for(&browser, "anna").await;
        let taken = browser.submit(&form, NEW, &[("subject", "Nätet"), ("then", "take")]).await;
        browser.follow(&taken).await.assert_says("Servicedesk / Sara");
        let form = form_for(&browser, "anna").await;
        let typed = [("subject", "Nätet igen"), ("toGroup", "natverk"), ("then", "handOver")];
        let refused = browser.submit(&form, NEW, &typed).await;
        refused.assert_status(422).assert_says("Skriv varför").assert_says("value=\"Nätet igen\"");
        let typed = [
            ("subject", "Nätet igen"),
            ("toGroup", "natverk"),
            ("reason", "Switch"),
            ("reasonCode", "access"),
            ("then", "handOver"),
        ];
        let handed = browser.submit(&refused, NEW, &typed).await;
        browser.follow(&handed).await.assert_says("till Nätverk (andra linjen)");
    });
}

#[test]
fn what_is_missing_is_told_and_the_caller_stays() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Sara").await;
        let form = form_for(&browser, "anna").await;
        let refused =
            browser.submit(&form, NEW, &[("description", "Ringde 08.02"), ("then", "resolve")]).await;
        refused
            .assert_status(422)
            .assert_says("Skriv kort vad det gäller")
            .assert_says("Skriv hur ärendet löstes");
        refused.assert_says("Ringde 08.02</textarea>").assert_says("anna@example.se");
        browser.get(&format!("{NEW}?person=nonsense")).await.assert_status(404);
    });
}

#[test]
fn somebody_unknown_is_added_on_the_way() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Sara").await;
        let none = browser.get(&format!("{NEW}?q=Kim+Fors")).await;
        none.assert_says("0 träffar").assert_says("Ingen person passar.");
        let form = browser.get(&none.link("/workspace/calls/new-person")).await;
        form.assert_says("value=\"Kim Fors\"");
        let path = "/workspace/calls/new-person";
        let refused = browser.submit(&form, path, &[("email", "kim")]).await;
        refused.assert_status(422).assert_says("Skriv adressen som").assert_says("Välj organisation");
        let typed =
            [("email", "kim.fors@example.se"), ("organisation", "sjostad"), ("phone", "0123-45 61 22")];
        let added = browser.submit(&refused, path, &typed).await;
        browser.follow(&added).await.assert_says("Kim Fors").assert_says("0123-45 61 22");
        let again = browser.submit(&refused, path, &typed).await;
        again.assert_status(422).assert_says("Adressen används redan");
    });
}
