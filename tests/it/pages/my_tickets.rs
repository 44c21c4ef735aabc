//! The requester's own tickets.

use arende::app::tickets::Transition;

use super::desk::{self, Desk};
use super::run;

async fn resolve(desk: &Desk, number: arende::domain::ticket::TicketNumber) {
    let resolve = Transition {
        action: "resolve".to_owned(),
        solution: Some("Bytte kabel.".to_owned()),
        ..Transition::default()
    };
    desk.house.app.transition_ticket(&desk.sara, number, None, &resolve).await.unwrap();
}

#[test]
fn other_peoples_tickets_do_not_exist() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Annas ärende").await;
        let bo = desk.browser("Bo").await;
        bo.get("/tickets").await.assert_says_nothing_of("Annas ärende");
        for path in
            ["/tickets/INC-1", "/tickets/INC-1/receipt", "/tickets/INC-1/reopen", "/tickets/INC-1/cancel"]
        {
            bo.get(path).await.assert_status(404).assert_says_nothing_of("Annas ärende");
        }
        let order = bo.get("/order").await;
        let csrf = order.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        for path in ["/tickets/INC-1/messages", "/tickets/INC-1/close"] {
            let form = [("csrf", csrf), ("body", "Hej")];
            let request = actix_web::test::TestRequest::post().uri(path).set_form(form);
            bo.carry(request).await.assert_status(404);
        }
    });
}

#[test]
fn notes_among_staff_are_nowhere_on_the_page() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        let app = &desk.house.app;
        app.add_message(&desk.sara, number, "Hemlig anteckning", "internal").await.unwrap();
        app.add_message(&desk.sara, number, "Hej Anna!", "public").await.unwrap();
        let page = desk.browser("Anna").await.get("/tickets/INC-1").await;
        page.assert_says("Hej Anna!").assert_says_nothing_of("Hemlig").assert_says_nothing_of("intern");
        // Not even to staff who look at it as a requester would.
        let seen_by_staff = desk.browser("Sara").await.get("/tickets/INC-1").await;
        assert_eq!(seen_by_staff.header("location"), "/workspace/tickets/INC-1");
    });
}

#[test]
fn a_reply_is_added_once_with_its_file() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/tickets/INC-1").await;
        let path = "/tickets/INC-1/messages";
        let file = ("felkod.txt", "E-117");
        for _ in 0..2 {
            let sent =
                browser.upload_as("files", &page, path, &[("body", "Nu blinkar den rött.")], file).await;
            browser.follow(&sent).await.assert_says("Svaret är skickat.");
        }
        let page = browser.get("/tickets/INC-1").await;
        page.assert_says_nothing_of("Svaret är skickat.");
        assert_eq!(page.html.matches("Nu blinkar den rött.").count(), 1);
        assert_eq!(page.html.matches("href=\"/attachments/").count(), 1);
        let refused = browser.submit(&page, path, &[("body", "  ")]).await;
        refused.assert_status(422).assert_says("Skriv ett meddelande");
    });
}

#[test]
fn a_solved_ticket_is_confirmed_or_opened_again() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        resolve(&desk, number).await;
        let browser = desk.browser("Anna").await;
        let page = browser.get("/tickets/INC-1").await;
        page.assert_says("Det fungerar nu").assert_says("Bytte kabel.");
        let ask = browser.get("/tickets/INC-1/reopen").await;
        let refused = browser.submit(&ask, "/tickets/INC-1/reopen", &[("reason", "")]).await;
        refused.assert_status(422).assert_says("Skriv varför");
        let sent = browser.submit(&refused, "/tickets/INC-1/reopen", &[("reason", "Samma fel.")]).await;
        browser.follow(&sent).await.assert_says("Ärendet är öppnat igen.").assert_says("Samma fel.");
        resolve(&desk, number).await;
        let page = browser.get("/tickets/INC-1").await;
        let closed = browser.submit(&page, "/tickets/INC-1/close", &[]).await;
        browser.follow(&closed).await.assert_says("Ärendet är stängt.");
        browser.get("/tickets?show=closed").await.assert_says("Skrivaren");
        browser.get("/tickets").await.assert_says_nothing_of("Skrivaren");
        // A second press finds it closed and says so.
        let again = browser.submit(&page, "/tickets/INC-1/close", &[("reason", "x")]).await;
        again.assert_status(409).assert_says("Det går inte i ärendets nuvarande läge.");
    });
}

#[test]
fn help_no_longer_needed_is_said_with_a_reason() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Anna").await;
        let ask = browser.get("/tickets/INC-1/cancel").await;
        let sent = browser.submit(&ask, "/tickets/INC-1/cancel", &[("reason", "Löste sig.")]).await;
        browser.follow(&sent).await.assert_says("Ärendet är avbrutet.");
        assert_eq!(browser.get("/tickets/INC-1/cancel").await.header("location"), "/tickets/INC-1");
    });
}

#[test]
fn long_lists_go_on_on_the_next_page() {
    run(async {
        let desk = desk::open().await;
        for n in 1..=21 {
            desk.ticket(&desk.anna, &format!("Ärende nummer {n}.")).await;
            desk.minutes(1);
        }
        let browser = desk.browser("Anna").await;
        let first = browser.get("/tickets").await;
        first.assert_says("Ärende nummer 21.").assert_says_nothing_of("Ärende nummer 1.");
        let next = browser.get(&first.link("/tickets?cursor=")).await;
        next.assert_says("Ärende nummer 1.").assert_says("Till första sidan");
    });
}

#[test]
fn the_start_page_tells_what_is_new_until_it_is_read() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        desk.house.app.add_message(&desk.sara, number, "Hej!", "public").await.unwrap();
        let told =
            arende::app::outbox::TellPeople { ticket: arende::domain::ids::TicketId(1), first: 1, last: 10 };
        desk.house.app.tell_people(&told).await.unwrap();
        let browser = desk.browser("Anna").await;
        browser.get("/").await.assert_says("Nytt svar: Skrivaren");
        browser.get("/tickets/INC-1").await;
        browser.get("/").await.assert_says_nothing_of("Nytt svar");
    });
}
