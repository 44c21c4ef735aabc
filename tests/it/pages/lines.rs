//! The way through the lines on a ticket's page, and the judgement of the first line.

use super::browser::Browser;
use super::desk::{self, Desk};
use super::run;
use arende::app::tickets::Transition;
use arende::domain::ticket::TicketNumber;

const PAGE: &str = "/workspace/tickets/INC-1";
const REVIEW: &str = "/workspace/tickets/INC-1/review";
const REVIEWS: &str = "/workspace/reviews";

async fn hand_over(desk: &Desk, number: TicketNumber) {
    let over = Transition {
        action: "escalate".to_owned(),
        to_group: Some("natverk".to_owned()),
        reason: Some("Switchen <svarar> inte".to_owned()),
        reason_code: Some("onSite".to_owned()),
        ..Transition::default()
    };
    desk.house.app.transition_ticket(&desk.sara, number, None, &over).await.unwrap();
}

async fn solve(desk: &Desk, number: TicketNumber) {
    let resolve = Transition {
        action: "resolve".to_owned(),
        solution: Some("Bytte port.".to_owned()),
        ..Transition::default()
    };
    desk.house.app.transition_ticket(&desk.sara, number, None, &resolve).await.unwrap();
}

/// Sara's browser on a ticket that the second line has solved.
async fn solved_beyond(desk: &Desk) -> Browser {
    let number = desk.ticket(&desk.anna, "Skrivaren").await;
    desk.minutes(30);
    hand_over(desk, number).await;
    desk.minutes(90);
    solve(desk, number).await;
    desk.browser("Sara").await
}

#[test]
fn a_page_shows_the_way_once_there_is_one() {
    run(async {
        let desk = desk::open().await;
        let number = desk.ticket(&desk.anna, "Skrivaren").await;
        let browser = desk.browser("Sara").await;
        browser.get(PAGE).await.assert_says_nothing_of("Väg genom linjerna");
        desk.minutes(30);
        hand_over(&desk, number).await;
        desk.minutes(90);
        let page = browser.get(PAGE).await;
        page.assert_says("Väg genom linjerna").assert_says("Ärendet har lämnats över 1 gång.");
        page.assert_says("Kräver besök på plats: Switchen &#60;svarar&#62; inte");
        page.assert_says("1\u{a0}tim 30\u{a0}min").assert_says("Ligger kvar").assert_says("Andra linjen");
    });
}

#[test]
fn what_another_line_solved_is_judged_on_its_page() {
    run(async {
        let desk = desk::open().await;
        let browser = solved_beyond(&desk).await;
        browser.get(REVIEWS).await.assert_says("INC-1 Skrivaren").assert_says("Inte bedömt");
        let page = browser.get(PAGE).await;
        let refused = browser.submit(&page, REVIEW, &[("note", "En guide")]).await;
        refused.assert_status(422).assert_says("En guide").assert_says("id=\"error-summary\"");
        let judged =
            browser.submit(&refused, REVIEW, &[("couldHaveSolved", "yes"), ("note", "En guide")]).await;
        let page = browser.follow(&judged).await;
        page.assert_says("bedömde att första linjen hade kunnat lösa ärendet").assert_says("En guide");
        page.assert_says("Första linjen hade kunnat lösa ärendet.");
        browser.get(REVIEWS).await.assert_says_nothing_of("Inte bedömt");
    });
}

#[test]
fn the_list_of_reviews_is_for_those_who_judge_and_reaches_thirty_days_back() {
    run(async {
        let desk = desk::open().await;
        let browser = solved_beyond(&desk).await;
        browser.get("/workspace/queues/mine").await.assert_says("href=\"/workspace/reviews\"");
        desk.browser("Anna").await.get(REVIEWS).await.assert_status(404);
        desk.minutes(29 * 24 * 60);
        let browser = desk.browser("Sara").await;
        browser.get(REVIEWS).await.assert_says("INC-1");
        browser.get(&format!("{REVIEWS}?cursor=x")).await.assert_status(422);
        desk.minutes(2 * 24 * 60);
        let browser = desk.browser("Sara").await;
        browser.get(REVIEWS).await.assert_says_nothing_of("INC-1").assert_says("Inga ärenden har lösts");
    });
}

#[test]
fn many_reviews_are_read_page_by_page() {
    run(async {
        let desk = desk::open().await;
        for _ in 0..51 {
            let number = desk.ticket(&desk.anna, "Skrivaren").await;
            hand_over(&desk, number).await;
            solve(&desk, number).await;
        }
        let browser = desk.browser("Sara").await;
        let first = browser.get(REVIEWS).await;
        first.assert_says(">INC-51 ").assert_says(">INC-2 ").assert_says_nothing_of(">INC-1 ");
        let second = browser.get(&first.link("/workspace/reviews?cursor=")).await;
        second.assert_says(">INC-1 ").assert_says_nothing_of(">INC-2 ");
    });
}
