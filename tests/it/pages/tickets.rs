//! A ticket as staff work it.

use super::desk;
use super::run;

const PAGE: &str = "/workspace/tickets/INC-1";
const ACTION: &str = "/workspace/tickets/INC-1/action";
const MESSAGES: &str = "/workspace/tickets/INC-1/messages";

#[test]
fn a_ticket_is_taken_assigned_handed_over_and_solved() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren <b>").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        page.assert_says("INC-1 Skrivaren &#60;b&#62;").assert_says("Det blinkar bara.").assert_says("Anna");
        let taken = browser.submit_holding(&page, ACTION, "value=\"take\"", &[]).await;
        let page = browser.follow(&taken).await;
        page.assert_says("Ärendet är ändrat.").assert_says("tog ärendet").assert_says("Servicedesk / Sara");
        let typed = [("toGroup", "natverk"), ("reason", "")];
        let refused = browser.submit_holding(&page, ACTION, "value=\"escalate\"", &typed).await;
        refused.assert_status(422).assert_says("Skriv varför").assert_says("value=\"natverk\" selected");
        let typed = [("toGroup", "natverk"), ("reason", "Kräver <besök>"), ("reasonCode", "onSite")];
        let handed = browser.submit_holding(&refused, ACTION, "value=\"escalate\"", &typed).await;
        let page = browser.follow(&handed).await;
        page.assert_says("lämnade över från Servicedesk till Nätverk (andra linjen) – kräver besök på plats");
        page.assert_says("Kräver &#60;besök&#62;").assert_says("Ägs av");
        let omar = desk.browser("Omar").await;
        let page = omar.get(PAGE).await;
        let solved =
            omar.submit_holding(&page, ACTION, "value=\"resolve\"", &[("solution", "Bytte switch.")]).await;
        omar.follow(&solved).await.assert_says("Ärendet är löst.").assert_says("Bytte switch.");
    });
}

#[test]
fn a_person_of_another_group_gets_the_ticket_in_that_group() {
    run(async {
        let desk = desk::open().await;
        desk.house.person("Eva", "agent", &["arbetsplats"], arende::domain::ticket::Origin::Workspace).await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        page.assert_says("Eva (IT arbetsplats)").assert_says_nothing_of(">Omar");
        let option = page.html.split("<option value=\"").find(|rest| rest.contains(">Eva (")).unwrap();
        let eva = option.split('"').next().unwrap();
        let given = browser.submit_holding(&page, ACTION, "value=\"assign\"", &[("person", eva)]).await;
        let page = browser.follow(&given).await;
        page.assert_says("ändrade ansvarig från Servicedesk till IT arbetsplats / Eva");
    });
}

#[test]
fn an_action_on_an_old_page_does_not_happen() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        desk.house.app.add_message(&desk.anna, number, "Det löste sig!", "public").await.unwrap();
        let stale = browser.submit_holding(&page, ACTION, "value=\"cancel\"", &[("reason", "x")]).await;
        stale.assert_status(409).assert_says("har ändrats sedan du öppnade sidan");
        browser.get(PAGE).await.assert_says("Nytt</span>");
    });
}

#[test]
fn waiting_takes_a_date_and_refuses_what_is_none() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        let waits = "value=\"wait\"";
        let typed = [("for", "planned"), ("until", "i övermorgon")];
        let refused = browser.submit_holding(&page, ACTION, waits, &typed).await;
        refused.assert_status(422).assert_says("Skriv datumet som 2026-11-26");
        let typed = [("for", "planned"), ("until", "2026-03-01")];
        let passed = browser.submit_holding(&page, ACTION, waits, &typed).await;
        passed.assert_status(422).assert_says("Välj en tid som inte har varit");
        let typed = [("for", "planned"), ("until", "2026-03-10")];
        let waiting = browser.submit_holding(&page, ACTION, waits, &typed).await;
        browser
            .follow(&waiting)
            .await
            .assert_says("lät ärendet vänta på planerad tid till 10\u{a0}mars kl.\u{a0}07.30");
    });
}

#[test]
fn replies_and_notes_say_who_reads_them() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        page.assert_says("Svar – Anna kan läsa det").assert_says("bara personal kan läsa den");
        let noted = browser
            .submit_holding(&page, MESSAGES, "value=\"internal\"", &[("body", "Gammal skrivare.")])
            .await;
        let page = browser.follow(&noted).await;
        page.assert_says("Anteckningen är sparad.").assert_says("message-note");
        let public = "value=\"public\"";
        let empty = browser.submit_holding(&page, MESSAGES, public, &[("body", "")]).await;
        empty.assert_status(422).assert_says("Skriv ett meddelande");
        let typed = [("body", "Starta om den."), ("then", "wait")];
        let asked = browser.submit_holding(&page, MESSAGES, public, &typed).await;
        browser.follow(&asked).await.assert_says("Svaret är skickat.").assert_says("Väntar</span>");
        let typed = [("body", "Nu är den bytt."), ("then", "resolve")];
        let page = browser.get(PAGE).await;
        for _ in 0..2 {
            let solved = browser.submit_holding(&page, MESSAGES, public, &typed).await;
            browser.follow(&solved).await.assert_says("Ärendet är löst.");
        }
        let seen = desk.browser("Anna").await.get("/tickets/INC-1").await;
        seen.assert_says("Nu är den bytt.").assert_says_nothing_of("Gammal skrivare.");
    });
}

#[test]
fn an_answer_that_came_meanwhile_is_read_before_the_reply_is_sent() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let page = browser.get(PAGE).await;
        desk.house.app.add_message(&desk.anna, number, "Nu fungerar den!", "public").await.unwrap();
        let public = "value=\"public\"";
        let stopped =
            browser.submit_holding(&page, MESSAGES, public, &[("body", "Vi kommer i morgon.")]).await;
        stopped.assert_status(409).assert_says("Anna svarade").assert_says("Nu fungerar den!");
        stopped.assert_says("Vi kommer i morgon.</textarea>");
        let sent = browser.submit_holding(&stopped, MESSAGES, public, &[("body", "Vad bra!")]).await;
        browser.follow(&sent).await.assert_says("Vad bra!").assert_says_nothing_of("Vi kommer i morgon.");
    });
}

#[test]
fn tickets_are_linked_and_parted() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        desk.ticket(&desk.bo, "Samma skrivare").await;
        let browser = desk.browser("Sara").await;
        let links = "/workspace/tickets/INC-1/links";
        let page = browser.get(PAGE).await;
        let unknown = browser.submit(&page, links, &[("relation", "duplicates"), ("target", "INC-9")]).await;
        unknown.assert_status(422).assert_says("Det finns inget ärende med det numret");
        let linked = browser.submit(&page, links, &[("relation", "duplicates"), ("target", "inc-2")]).await;
        let page = browser.follow(&linked).await;
        page.assert_says("Samma sak som").assert_says("Samma skrivare").assert_says("länkade till INC-2");
        browser.get("/workspace/tickets/INC-2").await.assert_says("Samma sak är anmäld i");
        let parted = browser.submit_holding(&page, links, "name=\"remove\"", &[]).await;
        browser.follow(&parted).await.assert_says_nothing_of("Samma skrivare");
    });
}

#[test]
fn a_desk_sees_its_own_tickets_only_through_its_rights() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let anna = desk.browser("Anna").await;
        anna.get(PAGE).await.assert_status(404).assert_says_nothing_of("Skrivaren");
        let browser = desk.browser("Sara").await;
        for path in
            ["/workspace/tickets/INC-2", "/workspace/tickets/nonsense", "/workspace/tickets/INC-2/facts"]
        {
            browser.get(path).await.assert_status(404);
        }
        // The board reads figures, never a ticket.
        desk.house.person("Nina", "board", &[], arende::domain::ticket::Origin::Portal).await;
        desk.browser("Nina").await.get(PAGE).await.assert_status(404);
    });
}
