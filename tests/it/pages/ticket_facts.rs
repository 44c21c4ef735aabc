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

#[test]
fn who_changes_what_it_concerns_is_told_whose_it_is_with_the_hand_over_filled_in() {
    run(async {
        let desk = desk::open().await;
        natverk_has_managed_networks(&desk).await;
        desk.ticket(&desk.anna, "Nätet").await;
        let browser = desk.browser("Sara").await;
        let form = browser.get(FACTS).await;
        let facts = [("supportLevel", "managedWorkstation"), ("activity", "network")];
        let saved = browser.submit(&form, FACTS, &facts).await;
        let page = browser.follow(&saved).await;
        page.assert_says("Enligt ansvar och regler är det här nu ett ärende för Nätverk");
        page.assert_says("ändrade stödnivå från – till Hanterad datorarbetsplats");
        let link = page.link("/workspace/tickets/INC-1/action?action=escalate");
        let over = browser.get(&link).await;
        let action = "/workspace/tickets/INC-1/action";
        over.assert_says("Regeln ”Nätverk”");
        let done = browser.submit(&over, action, &[("reason", "Enligt ansvaret")]).await;
        done.assert_status(303);
        let page = browser.follow(&done).await;
        page.assert_says("lämnade över").assert_says_nothing_of("är det här nu ett ärende för");
    });
}

/// A rule sends networks of managed workstations to the network group.
async fn natverk_has_managed_networks(desk: &desk::Desk) {
    use arende::db::policies::{self, NewVersion, PolicyKind};
    let app = &desk.house.app;
    let group = app.directory().await.unwrap().group_by_code("natverk").unwrap().id;
    let spec = format!(
        r#"[{{"id":1,"position":1,"name":"Nätverk","isActive":true,"stop":false,
        "conditions":{{"supportLevel":"managedWorkstation","activity":"network"}},"effects":{{"group":{group}}}}}]"#
    );
    desk.minutes(1);
    let now = app.now();
    app.db()
        .write(move |tx| {
            let policy = policies::find(tx.conn(), PolicyKind::RoutingRules, "main")?.unwrap();
            let version = NewVersion {
                valid_from: now,
                is_withdrawn: false,
                spec: &spec,
                note: "",
                created_at: now,
                created_by: None,
            };
            policies::insert_version(tx, policy, &version)
        })
        .await
        .unwrap();
    desk.minutes(1);
}
