//! Editing a ticket's facts, alone and together.

use super::desk;
use super::run;

const FACTS: &str = "/workspace/tickets/INC-1/facts";
const PAGE: &str = "/workspace/tickets/INC-1";

#[test]
fn facts_are_changed_and_the_history_tells_it() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let form = browser.get(FACTS).await;
        let saved = browser.submit(&form, FACTS, &[("subject", "Skrivare på plan 3"), ("impact", "2")]).await;
        let page = browser.follow(&saved).await;
        page.assert_says("ändrade rubriken från ”Skrivaren” till ”Skrivare på plan 3”");
        page.assert_says("ändrade prioriteten från P3 Normal").assert_says("till P2 Hög");
        let form = browser.get(FACTS).await;
        let refused = browser.submit(&form, FACTS, &[("subject", " "), ("impact", "9")]).await;
        refused
            .assert_status(422)
            .assert_says("Skriv kort vad det gäller")
            .assert_says("Välj något av alternativen");
        // Nothing changed is nothing to save.
        assert_eq!(browser.submit(&form, FACTS, &[]).await.header("location"), PAGE);
    });
}

#[test]
fn different_facts_merge_by_themselves() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let (sara, omar) = (desk.browser("Sara").await, desk.browser("Omar").await);
        let (hers, his) = (sara.get(FACTS).await, omar.get(FACTS).await);
        sara.submit(&hers, FACTS, &[("impact", "1")]).await.assert_status(303);
        omar.submit(&his, FACTS, &[("subject", "Skrivare på plan 3")]).await.assert_status(303);
        let page = sara.get(PAGE).await;
        page.assert_says("Skrivare på plan 3").assert_says("1 Hela verksamheten");
    });
}

#[test]
fn for_the_same_fact_the_later_one_chooses() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let (sara, omar) = (desk.browser("Sara").await, desk.browser("Omar").await);
        let (hers, his) = (sara.get(FACTS).await, omar.get(FACTS).await);
        sara.submit(&hers, FACTS, &[("subject", "Saras <rubrik>")]).await.assert_status(303);
        let typed = [("subject", "Omars rubrik"), ("impact", "1")];
        let conflict = omar.submit(&his, FACTS, &typed).await;
        conflict.assert_status(409).assert_says("Sara ändrade ärendet").assert_says("Omars rubrik");
        conflict.assert_says("Saras &#60;rubrik&#62;");
        // As shown, what is stored stays; the other change goes along.
        omar.submit(&conflict, FACTS, &[]).await.assert_status(303);
        let page = omar.get(PAGE).await;
        page.assert_says("INC-1 Saras &#60;rubrik&#62;").assert_says("1 Hela verksamheten");
        let again = omar.submit(&conflict, FACTS, &[("subject", "Omars rubrik")]).await;
        again.assert_status(303);
        omar.get(PAGE).await.assert_says("INC-1 Omars rubrik");
    });
}
