//! Reporting a fault and ordering.

use super::desk;
use super::run;

const FAULT: [(&str, &str); 4] = [
    ("what", "Skrivaren <b>står</b>"),
    ("description", "Den blinkar.\n<script>alert(1)</script>"),
    ("affected", "several"),
    ("able", "no"),
];

#[test]
fn a_fault_gets_a_number_and_the_priority_of_its_answers() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/report-fault").await;
        let sent = browser.submit(&form, "/report-fault", &FAULT).await;
        assert_eq!(sent.header("location"), "/tickets/INC-1/receipt");
        let receipt = browser.follow(&sent).await;
        receipt.assert_says("Vi har tagit emot ditt ärende INC-1.").assert_says("P2 Hög");
        receipt.assert_says("Skrivaren &#60;b&#62;står&#60;/b&#62;");
        let ticket = browser.get("/tickets/INC-1").await;
        ticket.assert_says("&#60;script&#62;alert(1)").assert_says_nothing_of("<script>alert");
        browser.get("/").await.assert_says("Mina ärenden (1 öppet)");
    });
}

#[test]
fn what_is_missing_is_told_and_what_was_typed_stays() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/report-fault").await;
        let typed = [("what", " "), ("description", "Allt är trasigt"), ("affected", "me")];
        let refused = browser.submit(&form, "/report-fault", &typed).await;
        refused.assert_status(422).assert_says("Rätta 2 fel").assert_says("<title>Fel: Anmäl ett fel");
        refused.assert_says("Skriv kort vad det gäller").assert_says("Välj om du kan arbeta");
        refused.assert_says("Allt är trasigt</textarea>").assert_says("value=\"me\" checked");
        let sent = browser.submit(&refused, "/report-fault", &FAULT).await;
        sent.assert_status(303);
    });
}

#[test]
fn a_double_press_files_one_ticket() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/report-fault").await;
        let first = browser.submit(&form, "/report-fault", &FAULT).await;
        let second = browser.submit(&form, "/report-fault", &FAULT).await;
        assert_eq!(first.header("location"), second.header("location"));
        // Another text from the same page is another ticket.
        let other: Vec<_> = FAULT
            .iter()
            .map(|(name, value)| if *name == "what" { ("what", "Musen") } else { (*name, *value) })
            .collect();
        let third = browser.submit(&form, "/report-fault", &other).await;
        assert_eq!(third.header("location"), "/tickets/INC-2/receipt");
    });
}

#[test]
fn files_come_along_and_are_handed_out_safely() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/report-fault").await;
        let file = ("../skärm.html", "<script>alert(1)</script>");
        let sent = browser.upload_as("files", &form, "/report-fault", &FAULT, file).await;
        sent.assert_status(303);
        let twice = browser.upload_as("files", &form, "/report-fault", &FAULT, file).await;
        assert_eq!(twice.header("location"), sent.header("location"));
        let ticket = browser.get("/tickets/INC-1").await;
        assert_eq!(ticket.html.matches("href=\"/attachments/").count(), 1);
        let address = ticket.link("/attachments/");
        let fetched = browser.get(&address).await;
        assert_eq!(fetched.html, file.1);
        assert!(fetched.header("content-disposition").starts_with("attachment;"));
        assert!(fetched.header("content-security-policy").contains("sandbox"));
        assert_eq!(fetched.header("x-content-type-options"), "nosniff");
        assert!(!fetched.header("content-type").contains("html"), "{}", fetched.header("content-type"));
        desk.browser("Bo").await.get(&address).await.assert_status(404);
    });
}

#[test]
fn a_file_that_is_not_taken_leaves_the_form_as_it_was() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/order").await;
        let program = ("spel.exe", "MZ\u{0}\u{0}program");
        let refused = browser.upload_as("files", &form, "/order", &[("what", "Ny mus")], program).await;
        refused.assert_status(422).assert_says("Filen är ett program").assert_says("value=\"Ny mus\"");
        let large = "å".repeat(11_000_000);
        let refused =
            browser.upload_as("files", &refused, "/order", &[("what", "Ny mus")], ("a.txt", &large)).await;
        refused.assert_status(422).assert_says("Filen är större än").assert_says("value=\"Ny mus\"");
        browser.get("/tickets").await.assert_says("Du har inga öppna ärenden.");
    });
}

#[test]
fn an_order_is_a_request() {
    run(async {
        let desk = desk::open().await;
        let browser = desk.browser("Anna").await;
        let form = browser.get("/order").await;
        let sent = browser.submit(&form, "/order", &[("what", "Ny bildskärm")]).await;
        browser.follow(&sent).await.assert_says("REQ-1").assert_says("Beställning");
        let refused = browser.submit(&form, "/order", &[("what", &"å".repeat(201))]).await;
        refused.assert_status(422).assert_says("Skriv högst 200 tecken");
    });
}
