//! The resolution table and the API's documentation.

use arende::app::Ctx;
use arende::app::ledger_report::LedgerQuery;
use arende::app::tickets::{AfterFiling, NewTicket};
use arende::domain::clock::MICROS_PER_HOUR;
use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

/// A ticket solved on the phone, and one that took two hours and a half.
async fn with_tickets(house: &House) -> Ctx {
    let agent = house.person("Anna", "agent", &["servicedesk"], Origin::Workspace).await;
    house.person("Rut", "requester", &[], Origin::Portal).await;
    let new = |then| NewTicket {
        kind: "incident".to_owned(),
        subject: "Skrivaren står".to_owned(),
        requester: Some("rut@example.se".to_owned()),
        then,
        ..NewTicket::default()
    };
    let at_once = AfterFiling::Resolve { solution: "Startade om".to_owned() };
    house.app.create_ticket(&agent, new(at_once)).await.unwrap();
    let later = house.app.create_ticket(&agent, new(AfterFiling::Take)).await.unwrap();
    house.clock.advance_micros(5 * MICROS_PER_HOUR / 2);
    let transition = arende::app::tickets::Transition {
        action: "resolve".to_owned(),
        solution: Some("Bytte patron".to_owned()),
        ..Default::default()
    };
    house.app.transition_ticket(&agent, later.number, None, &transition).await.unwrap();
    agent
}

#[test]
fn staff_see_table_and_chart_and_fetch_the_same_figures() {
    run(async {
        let house = house::open().await;
        with_tickets(&house).await;
        let browser = Browser::of(&house, "Anna").await;
        let page = browser.get("/workspace/reports/resolution").await;
        page.assert_status(200).assert_says("50\u{a0}% av ärendena löstes inom en timme, 2026.");
        page.assert_says("<svg").assert_says("50,0").assert_says("id=\"site-search\"");
        let csv = browser.get(&page.link("/workspace/reports/resolution.csv")).await;
        csv.assert_says("2026,2,50.0,50.0,100.0,100.0,100.0");
        assert!(csv.header("content-disposition").contains("attachment"));
        let json = browser.get(&page.link("/workspace/reports/resolution.json")).await;
        json.assert_says("\"within1h\":50.0");
        let months =
            browser.get("/workspace/reports/resolution?from=2026-03-01&to=2026-03-31&by=month").await;
        months.assert_says("2026-03");
    });
}

#[test]
fn a_wrong_question_is_answered_at_its_field() {
    run(async {
        let house = house::open().await;
        house.person("Anna", "agent", &["servicedesk"], Origin::Workspace).await;
        let browser = Browser::of(&house, "Anna").await;
        let refused = browser.get("/workspace/reports/resolution?from=i+dag&to=2026-01-01").await;
        refused.assert_status(422).assert_says("id=\"from-error\"").assert_says("value=\"i dag\"");
        let empty = browser.get("/workspace/reports/resolution").await;
        empty.assert_says("Inga ärenden löstes under den valda tiden.");
    });
}

#[test]
fn the_board_reads_figures_outside_the_workspace() {
    run(async {
        let house = house::open().await;
        with_tickets(&house).await;
        house.person("Bo", "board", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Bo").await;
        let page = browser.get("/workspace/reports/resolution").await;
        page.assert_status(200).assert_says("50\u{a0}% av ärendena").assert_says("class=\"portal");
        page.assert_says_nothing_of("id=\"site-search\"").assert_says_nothing_of("Rut");
    });
}

#[test]
fn representatives_read_their_own_organisation_only() {
    run(async {
        let house = house::open().await;
        with_tickets(&house).await;
        let other = arende::app::people::NewOrganisationInput {
            code: Some("annan".to_owned()),
            name: "Annans kommun".to_owned(),
            kind: "municipality".to_owned(),
            parent: None,
        };
        house.app.create_organisation(&Ctx::command_line(), &other).await.unwrap();
        house.representative("Karin", "annan").await;
        house.representative("Kurt", "sjostad").await;
        let karin = Browser::of(&house, "Karin").await;
        karin.get("/workspace/reports/resolution").await.assert_says("Inga ärenden löstes");
        let asked = "/workspace/reports/resolution?organisation=sjostad";
        karin.get(asked).await.assert_status(422).assert_says_nothing_of("50,0");
        karin.get(&asked.replace('?', ".csv?")).await.assert_status(422);
        let kurt = Browser::of(&house, "Kurt").await;
        kurt.get("/workspace/reports/resolution").await.assert_says("50\u{a0}% av ärendena");
    });
}

#[test]
fn requesters_have_no_figures() {
    run(async {
        let house = house::open().await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Rut").await;
        for path in ["/workspace/reports/resolution", "/workspace/reports/resolution.csv"] {
            browser.get(path).await.assert_status(404);
        }
    });
}

#[test]
fn the_api_is_documented_for_everybody() {
    run(async {
        let house = house::open().await;
        let browser = Browser::new(&house).await;
        let page = browser.get("/api/docs").await;
        page.assert_status(200).assert_says("create_ticket").assert_says("/api/v1/openapi.json");
    });
}

#[test]
fn the_hand_over_figures_say_what_the_first_line_solved() {
    run(async {
        let house = house::open().await;
        let agent = with_tickets(&house).await;
        let browser = Browser::of(&house, "Anna").await;
        let path = "/workspace/reports/ledger";
        let page = browser.get(path).await;
        page.assert_status(200).assert_says("Första linjen löste 2 av 2 ärenden själv (100\u{a0}%).");
        page.assert_says("Servicedesk").assert_says("Sjöstads kommun");
        let nothing = browser.get(&format!("{path}?from=2025-01-01&to=2025-12-31")).await;
        nothing.assert_status(200).assert_says("name=\"from\"").assert_says("value=\"2025-01-01\"");
        let wrong = browser.get(&format!("{path}?from=2024-01-01&to=2026-03-31")).await;
        wrong.assert_status(422).assert_says("id=\"to-error\"").assert_says("value=\"2024-01-01\"");
        assert!(house.app.ledger_report(&agent, &LedgerQuery::default()).await.is_err(), "no period");
        Browser::of(&house, "Rut").await.get(path).await.assert_status(404);
    });
}
