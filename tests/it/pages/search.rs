//! Searching tickets and people.

use super::desk;
use super::run;

#[test]
fn a_number_leads_straight_to_its_ticket() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let found = browser.get("/workspace/search?q=inc-1").await;
        assert_eq!(found.header("location"), "/workspace/tickets/INC-1");
        browser.get("/workspace/search?q=INC-7").await.assert_says("Inget ärende passar sökningen.");
    });
}

#[test]
fn words_find_tickets_and_people() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren på plan 3").await;
        desk.ticket(&desk.bo, "Musen").await;
        let browser = desk.browser("Sara").await;
        browser.get("/workspace/search").await.assert_says("Sök på ärendets nummer");
        let found = browser.get("/workspace/search?q=skrivaren").await;
        found.assert_says("INC-1").assert_says_nothing_of("INC-2");
        let people = browser.get("/workspace/search?q=bo").await;
        let tickets = browser.get(&people.link("/workspace/search?requester=")).await;
        tickets.assert_says("INC-2").assert_says_nothing_of("INC-1");
        let nothing = browser.get("/workspace/search?q=%3Cscript%3E").await;
        nothing.assert_says_nothing_of("<script>").assert_says("&#60;script&#62;");
        browser.get("/workspace/search?q=...").await.assert_status(200).assert_says("Skriv minst ett ord");
    });
}
