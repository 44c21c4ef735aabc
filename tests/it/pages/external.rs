//! A supplier without an account: what a signed link shows, takes, and when it ends.

use super::browser::{Browser, Shown};
use super::desk::{self, Desk};
use super::run;
use arende::app::Ctx;
use arende::app::people::NewGroupInput;
use arende::app::tickets::Transition;
use arende::domain::ticket::TicketNumber;

const PAGE: &str = "/workspace/tickets/INC-1";
const LINKS: &str = "/workspace/tickets/INC-1/external-links";
const MESSAGES: &str = "/workspace/tickets/INC-1/messages";

/// A ticket that lies with the supplier, with a public and an internal message; Sara's browser.
async fn with_supplier(desk: &Desk) -> (TicketNumber, Browser) {
    let new = NewGroupInput {
        code: Some("skrivarbolaget".to_owned()),
        name: "Skrivarbolaget".to_owned(),
        line: "external".to_owned(),
        desk: None,
    };
    desk.house.app.create_group(&Ctx::command_line(), &new).await.unwrap();
    let number = desk.ticket(&desk.anna, "Skrivaren <b>").await;
    desk.house.app.add_message(&desk.sara, number, "Vilken våning?", "public").await.unwrap();
    desk.house.app.add_message(&desk.sara, number, "Hemlig anteckning", "internal").await.unwrap();
    hand_over(desk, number).await;
    (number, desk.browser("Sara").await)
}

async fn hand_over(desk: &Desk, number: TicketNumber) {
    let over = Transition {
        action: "escalate".to_owned(),
        to_group: Some("skrivarbolaget".to_owned()),
        reason: Some("Trumman är slut".to_owned()),
        ..Transition::default()
    };
    desk.house.app.transition_ticket(&desk.sara, number, None, &over).await.unwrap();
}

/// Makes a link on the ticket's page and gives its path.
async fn link(sara: &Browser) -> String {
    let page = sara.get(PAGE).await;
    page.assert_says("Skapa länk till leverantören");
    let made = sara.submit(&page, LINKS, &[]).await;
    let page = sara.follow(&made).await;
    page.assert_says("Länken till leverantören är skapad.")
        .assert_says("skapade en länk till Skrivarbolaget");
    page.link("/external/")
}

#[track_caller]
fn assert_unseen(shown: &Shown) {
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(shown.header("referrer-policy"), "no-referrer");
    assert!(shown.header("x-robots-tag").contains("noindex"));
}

#[test]
fn a_link_shows_what_the_work_takes_and_nothing_else() {
    run(async {
        let desk = desk::open().await;
        let (_, sara) = with_supplier(&desk).await;
        let page = sara.get(PAGE).await;
        let sent = [("body", "Se bilden")];
        let file = sara.upload_as("files", &page, MESSAGES, &sent, ("logg.txt", "rad ett")).await;
        let page = sara.follow(&file).await;
        let noted = [("body", "Avtalet"), ("visibility", "internal")];
        let file = sara.upload_as("files", &page, MESSAGES, &noted, ("avtal.txt", "hemligt")).await;
        let internal = sara.follow(&file).await;
        let internal = internal.html.split("avtal.txt").next().unwrap();
        let internal = internal.rsplit_once("/attachments/").unwrap().1.split('"').next().unwrap().to_owned();
        desk.ticket(&desk.bo, "Ett annat ärende").await;

        let path = link(&sara).await;
        let supplier = Browser::new(&desk.house).await;
        let shown = supplier.get(&path).await;
        shown.assert_status(200).assert_says("INC-1").assert_says("Skrivaren &#60;b&#62;");
        shown.assert_says("Det blinkar bara.").assert_says("Vilken våning?").assert_says("Anna");
        shown.assert_says("Ärendet ligger hos Skrivarbolaget.");
        for secret in
            ["Hemlig anteckning", "anna@example.se", "avtal.txt", "Ett annat ärende", "Trumman är slut"]
        {
            shown.assert_says_nothing_of(secret);
        }
        assert_unseen(&shown);

        let file = supplier.get(&shown.link(&format!("{path}/file"))).await;
        file.assert_status(200);
        assert_eq!(file.html, "rad ett");
        assert_unseen(&file);
        supplier.get(&format!("{path}/file?id={internal}")).await.assert_status(404);
        supplier.get(&format!("/attachments/{internal}")).await.assert_status(303);
    });
}

#[test]
fn a_supplier_answers_and_hands_back() {
    run(async {
        let desk = desk::open().await;
        let (number, sara) = with_supplier(&desk).await;
        let path = link(&sara).await;
        let supplier = Browser::new(&desk.house).await;
        let (answers, back) = (format!("{path}/answers"), format!("{path}/return"));
        let page = supplier.get(&path).await;
        supplier
            .submit(&page, &answers, &[("body", " ")])
            .await
            .assert_status(422)
            .assert_says("error-summary");
        let sent = supplier.submit(&page, &answers, &[("body", "Vi kommer <på måndag>")]).await;
        supplier.follow(&sent).await.assert_says("Vi kommer &#60;på måndag&#62;").assert_says("ert svar");
        let staff = sara.get(PAGE).await;
        staff.assert_says("Skrivarbolaget").assert_says("via länken till leverantören");
        // The answer is the desk's: its requester doesn't read it.
        desk.browser("Anna").await.get("/tickets/INC-1").await.assert_says_nothing_of("på måndag");

        let page = supplier.get(&path).await;
        let none = supplier.submit(&page, &back, &[("reasonCode", "done"), ("account", "")]).await;
        none.assert_status(422).assert_says("error-summary");
        let wrong = supplier.submit(&page, &back, &[("reasonCode", "workload"), ("account", "Nej")]).await;
        wrong.assert_status(422);
        let done =
            supplier.submit(&page, &back, &[("reasonCode", "done"), ("account", "Bytte trumma.")]).await;
        supplier.follow(&done).await.assert_status(200).assert_says("Tack, ärendet är tillbaka");
        let again =
            supplier.submit(&page, &back, &[("reasonCode", "done"), ("account", "Bytte trumma.")]).await;
        again.assert_status(410);
        supplier.get(&path).await.assert_status(410).assert_says("Länken gäller inte längre");
        let staff = sara.get(PAGE).await;
        staff.assert_says("<b>Skrivarbolaget</b> lämnade tillbaka från Skrivarbolaget till Servicedesk");
        staff.assert_says("gruppens del är klar").assert_says("Bytte trumma.");
        staff.assert_says_nothing_of("Skapa länk till leverantören");
        // It stays over when the ticket comes again; a new link holds.
        hand_over(&desk, number).await;
        supplier.get(&path).await.assert_status(410);
        let second = link(&sara).await;
        let page = supplier.get(&second).await;
        let typed = [("reasonCode", "other"), ("account", "Modellen är för gammal.")];
        let cannot = supplier.submit(&page, &format!("{second}/return"), &typed).await;
        cannot.assert_status(303);
        sara.get(PAGE).await.assert_says("– annat").assert_says("Modellen är för gammal.");
    });
}

#[test]
fn forged_and_old_links_lead_nowhere() {
    run(async {
        let desk = desk::open().await;
        let (_, sara) = with_supplier(&desk).await;
        let path = link(&sara).await;
        let supplier = Browser::new(&desk.house).await;
        let (unsigned, _) = path.rsplit_once('.').unwrap();
        let other = if path.ends_with('A') { "E" } else { "A" };
        let forged = [
            "/external/x".to_owned(),
            format!("{path}{other}"),
            unsigned.to_owned(),
            path.replacen('.', ".k", 1),
            format!("{unsigned}.AAAA"),
        ];
        let mut told = Vec::new();
        for forged in &forged {
            let shown = supplier.get(forged).await;
            shown.assert_status(404).assert_says("Länken leder ingenstans").assert_says("0123-45 67 00");
            assert_unseen(&shown);
            told.push(shown.html.split("<main").nth(1).unwrap().to_owned());
            supplier.get(&format!("{forged}/file?id=x")).await.assert_status(404);
        }
        assert!(told.iter().all(|page| *page == told[0]), "forgeries can be told apart");

        desk.minutes(30 * 24 * 60 - 1);
        supplier.get(&path).await.assert_status(200);
        desk.minutes(1);
        let over = supplier.get(&path).await;
        over.assert_status(410).assert_says("Länken gäller inte längre").assert_says("0123-45 67 00");
        assert_unseen(&over);
    });
}

#[test]
fn a_settled_ticket_ends_its_links() {
    run(async {
        let desk = desk::open().await;
        let (number, sara) = with_supplier(&desk).await;
        let path = link(&sara).await;
        let supplier = Browser::new(&desk.house).await;
        let page = supplier.get(&path).await;
        let cancel = Transition {
            action: "cancel".to_owned(),
            reason: Some("Behövs inte".to_owned()),
            ..Transition::default()
        };
        desk.house.app.transition_ticket(&desk.sara, number, None, &cancel).await.unwrap();
        supplier.get(&path).await.assert_status(410);
        let late = supplier.submit(&page, &format!("{path}/answers"), &[("body", "Hej")]).await;
        late.assert_status(410);
    });
}

#[test]
fn an_answer_without_proof_comes_back_to_be_sent_again() {
    run(async {
        let desk = desk::open().await;
        let (_, sara) = with_supplier(&desk).await;
        let path = link(&sara).await;
        let supplier = Browser::new(&desk.house).await;
        let page = supplier.get(&path).await;
        supplier.forget();
        let answers = format!("{path}/answers");
        let back = supplier.submit(&page, &answers, &[("body", "Vi kommer i dag")]).await;
        back.assert_status(403).assert_says("Vi kommer i dag").assert_says("skicka det en gång till");
        let sent = supplier.submit(&back, &answers, &[("body", "Vi kommer i dag")]).await;
        supplier.follow(&sent).await.assert_says("ert svar");
    });
}
