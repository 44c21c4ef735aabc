//! Queues, filters, and many tickets at once.

use super::desk;
use super::run;

#[test]
fn the_workspace_opens_at_the_own_queue() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren <i>").await;
        let browser = desk.browser("Sara").await;
        let first = browser.get("/workspace").await;
        assert_eq!(first.header("location"), "/workspace/queues/servicedesk");
        let queue = browser.follow(&first).await;
        queue.assert_says("INC-1").assert_says("Skrivaren &#60;i&#62;").assert_says("1 ärende");
        queue.assert_says("href=\"/workspace/tickets/INC-1\"").assert_says("Sjöstads kommun");
        browser.get("/workspace/queues/natverk").await.assert_says("Kön är tom.");
        browser.get("/workspace/queues/mine").await.assert_says("Kön är tom.");
        browser.get("/workspace/queues/unassigned").await.assert_says("INC-1");
        browser.get("/workspace/queues/nowhere").await.assert_status(404);
    });
}

#[test]
fn filters_stand_in_the_address() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        let none = browser.get("/workspace/queues/all?priority=1&channel=portal").await;
        none.assert_says("Inget ärende passar filtret.").assert_says("Prioritet: P1 Kritisk");
        none.assert_says("href=\"/workspace/queues/all?channel=portal\"");
        let found = browser.get("/workspace/queues/all?organisation=sjostad&status=new&sort=-openedAt").await;
        found.assert_says("INC-1").assert_says("aria-sort=\"descending\"").assert_says("1 ärende");
        browser.get("/workspace/queues/all?status=wrong").await.assert_status(422);
    });
}

#[test]
fn many_tickets_go_on_on_the_next_page() {
    run(async {
        let desk = desk::open().await;
        for n in 1..=51 {
            desk.ticket(&desk.anna, &format!("Ärende nummer {n}.")).await;
            desk.minutes(1);
        }
        let browser = desk.browser("Sara").await;
        let first = browser.get("/workspace/queues/servicedesk").await;
        first.assert_says("51 ärenden").assert_says("Ärende nummer 1.").assert_says_nothing_of("nummer 51.");
        let next = browser.get(&first.link("/workspace/queues/servicedesk?cursor=")).await;
        next.assert_says("Ärende nummer 51.").assert_says_nothing_of("Ärende nummer 1.");
    });
}

#[test]
fn each_ticket_of_many_gets_its_own_result() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        let gone = desk.ticket(&desk.anna, "Musen").await;
        let browser = desk.browser("Sara").await;
        let queue = browser.get("/workspace/queues/servicedesk").await;
        let cancel = arende::app::tickets::Transition {
            action: "cancel".to_owned(),
            reason: Some("Dubblett".to_owned()),
            ..Default::default()
        };
        desk.house.app.transition_ticket(&desk.sara, gone, None, &cancel).await.unwrap();
        let typed = [("ticket", "INC-1"), ("ticket", "INC-2"), ("ticket", "INC-77"), ("action", "take")];
        let done = browser.submit(&queue, "/workspace/bulk", &typed).await;
        assert_eq!(done.header("location"), "/workspace/queues/servicedesk");
        let told = browser.follow(&done).await;
        told.assert_says("1 av 3 ärenden ändrades. 2 gick inte.")
            .assert_says("INC-2: Det går inte i ärendets nuvarande läge.");
        browser.get("/workspace/queues/mine").await.assert_says("Servicedesk / Sara");
        let none = browser.submit(&told, "/workspace/bulk", &[("action", "take")]).await;
        browser.follow(&none).await.assert_says("Välj minst ett ärende");
        let typed = [("ticket", "INC-1"), ("action", "assign"), ("group", "arbetsplats")];
        let moved = browser.submit(&told, "/workspace/bulk", &typed).await;
        browser.follow(&moved).await.assert_says("1 ärende ändrades.");
        let nobody =
            browser.submit(&told, "/workspace/bulk", &[("ticket", "INC-1"), ("action", "assign")]).await;
        browser.follow(&nobody).await.assert_says("Välj person eller grupp");
    });
}

#[test]
fn the_load_leads_to_the_tickets_it_counts() {
    run(async {
        let desk = desk::open().await;
        desk.ticket(&desk.anna, "Skrivaren").await;
        desk.minutes(14 * 24 * 60);
        desk.ticket(&desk.anna, "Musen").await;
        let browser = desk.browser("Sara").await;
        let load = browser.get("/workspace/load").await;
        load.assert_status(200).assert_says("<caption>Grupper").assert_says("Ingen har något öppet ärende.");
        let late = load.link("/workspace/queues/servicedesk?due=overdue");
        let queue = browser.get(&late).await;
        queue.assert_says("Skrivaren").assert_says_nothing_of("Musen").assert_says("1 ärende");
        queue.assert_says("Löfte: Försenade").assert_says("försenat");
        browser
            .get("/workspace/queues/servicedesk?due=today")
            .await
            .assert_says("Inget ärende passar filtret.");
        browser.get("/workspace/queues/servicedesk?due=never").await.assert_status(422);
        // In the order of their promises, late ones first.
        let both = browser.get("/workspace/queues/servicedesk?sort=dueAt").await;
        both.assert_says("Skrivaren").assert_says("Musen").assert_says("aria-sort=\"ascending\"");
        desk.browser("Anna").await.get("/workspace/load").await.assert_status(404);
    });
}
