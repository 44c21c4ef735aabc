//! Mail on pages: what waits for a look, why, and what is made of it.

use super::browser::Browser;
use super::desk::{self, Desk};
use super::run;
use arende::app::opaque;
use arende::db::bounced_addresses;
use arende::domain::mail::InboundSource;
use arende::domain::ticket::Origin;

const HOSTILE: &str = "From: Larm <larm@example.org>\r\nTo: it@example.se\r\nSubject: <b>Disken</b> full\r\n\
     Message-ID: <1@example.org>\r\nAuto-Submitted: auto-generated\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
     <p>Disk C: 99 %</p><script>alert(1)</script><img src=https://x.example/p.gif>\r\n";

async fn came(desk: &Desk, text: &str) -> String {
    let app = &desk.house.app;
    let mut incoming = app.begin_mail().unwrap();
    incoming.write(text.as_bytes()).unwrap();
    let taken = app.take_in_mail(None, InboundSource::Rest, incoming).await.unwrap();
    app.understand_mail(taken.id).await.unwrap();
    opaque::encode(taken.id.get())
}

async fn sara_on(desk: &Desk) -> (Browser, String) {
    let id = came(desk, HOSTILE).await;
    (desk.browser("Sara").await, format!("/workspace/mail/{id}"))
}

#[test]
fn what_waits_is_listed_with_why_and_counted_in_the_navigation() {
    run(async {
        let desk = desk::open().await;
        let (sara, path) = sara_on(&desk).await;
        let list = sara.get("/workspace/mail").await;
        list.assert_status(200).assert_says("E-post (1)").assert_says("Brevhuvudet säger att en maskin");
        let page = sara.get(&path).await;
        page.assert_says("Steg 6: Har en maskin skrivit det?").assert_says("Disk C: 99 %");
        assert!(page.header("content-security-policy").contains("frame-src 'self'"));
    });
}

#[test]
fn the_frame_may_do_nothing() {
    run(async {
        let desk = desk::open().await;
        let (sara, path) = sara_on(&desk).await;
        let frame = sara.get(&format!("{path}/html")).await;
        frame.assert_status(200).assert_says("Disk C: 99 %");
        frame.assert_says_nothing_of("<script").assert_says_nothing_of("x.example");
        let policy = frame.header("content-security-policy");
        assert!(policy.starts_with("sandbox allow-popups") && !policy.contains("allow-scripts"), "{policy}");
        assert!(policy.contains("default-src 'none'") && policy.contains("img-src data:"), "{policy}");
        assert_eq!(frame.header("x-content-type-options"), "nosniff");
        assert_eq!(frame.header("referrer-policy"), "no-referrer");
        assert_eq!(frame.header("cross-origin-resource-policy"), "same-origin");
        let original = sara.get(&format!("{path}/original")).await;
        assert_eq!(original.header("content-type"), "message/rfc822");
        assert!(original.header("content-disposition").starts_with("attachment"));
    });
}

#[test]
fn a_ticket_is_made_and_says_how_it_came() {
    run(async {
        let desk = desk::open().await;
        let (sara, path) = sara_on(&desk).await;
        let page = sara.get(&path).await;
        let action = format!("{path}/action");
        let none = [("action", "ticket"), ("organisation", ""), ("email", "larm@example.org")];
        let refused = sara.submit(&page, &action, &none).await;
        refused.assert_status(422).assert_says("Disk C: 99 %");
        let codes = desk.house.app.directory().await.unwrap();
        let organisation = codes.organisations[0].code.clone();
        let typed =
            [("action", "ticket"), ("email", "larm@example.org"), ("organisation", organisation.as_str())];
        let made = sara.submit(&page, &action, &typed).await;
        made.assert_status(303);
        let ticket = sara.follow(&made).await;
        ticket.assert_says("E-post · varför?").assert_says(&format!("{path}#why"));
        let again = sara.submit(&page, &action, &typed).await;
        assert!(matches!(again.status.as_u16(), 303 | 409), "{}", again.status);
        sara.get("/workspace/mail").await.assert_says("Inga mejl väntar.");
    });
}

/// Staff see the supplier's number and that the requester isn't reached by mail; the requester sees neither.
#[test]
fn a_ticket_tells_others_numbers_and_that_mail_comes_back() {
    run(async {
        let desk = desk::open().await;
        let anna = desk.anna.user();
        let email = desk.house.app.people(&[anna]).await.unwrap()[&anna].email.clone();
        let raw = format!(
            "From: {email}\r\nTo: it@example.se\r\nSubject: VB: [SUP-4711] Skrivaren\r\n\
             Message-ID: <2@example.org>\r\n\r\nSe nedan.\r\n"
        );
        came(&desk, &raw).await;
        let sara = desk.browser("Sara").await;
        let page = sara.get("/workspace/tickets/INC-1").await;
        page.assert_status(200)
            .assert_says("Andras ärendenummer")
            .assert_says_nothing_of("tar inte emot mejl");
        let now = desk.house.app.now();
        let address = email.clone();
        let mark = move |tx: &mut arende::db::Tx<'_>| bounced_addresses::mark(tx, &address, "5.1.1", now);
        desk.house.app.db().write(mark).await.unwrap();
        let page = sara.get("/workspace/tickets/INC-1").await;
        page.assert_says(&format!("{email} tar inte emot mejl sedan"))
            .assert_says("adressen finns inte (5.1.1)");
        let own = desk.browser("Anna").await.get("/tickets/INC-1").await;
        own.assert_status(200).assert_says_nothing_of("tar inte emot mejl");
        own.assert_says_nothing_of("Andras ärendenummer");
    });
}

#[test]
fn a_mail_that_is_thrown_away_can_be_taken_back() {
    run(async {
        let desk = desk::open().await;
        let (sara, path) = sara_on(&desk).await;
        let page = sara.get(&path).await;
        let action = format!("{path}/action");
        let away = sara.submit(&page, &action, &[("action", "discard"), ("reason", "Bara larm")]).await;
        let page = sara.follow(&away).await;
        page.assert_says("Mejlet är slängt.").assert_says("Bara larm");
        let back = sara.submit(&page, &action, &[("action", "restore")]).await;
        sara.follow(&back).await.assert_says("Väntar på en titt");
    });
}

#[test]
fn rights_hold_on_every_page() {
    run(async {
        let desk = desk::open().await;
        let (sara, path) = sara_on(&desk).await;
        desk.house.person("Adam", "administrator", &[], Origin::Workspace).await;
        let adam = desk.browser("Adam").await;
        adam.get("/admin/mail/incoming?q=disken").await.assert_status(200).assert_says("larm@example.org");
        adam.get("/admin/mail/incoming?q=skrivare").await.assert_says("Inga mejl stämmer");
        sara.get("/admin/mail/incoming").await.assert_status(404);
        let anna = desk.browser("Anna").await;
        for page in ["", "/html", "/original", "/file?place=0"] {
            anna.get(&format!("{path}{page}")).await.assert_status(404);
        }
        anna.get("/workspace/mail").await.assert_status(404);
        anna.get("/admin/mail/incoming").await.assert_status(404);
    });
}
