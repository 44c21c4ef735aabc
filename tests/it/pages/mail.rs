//! Texts of mails, the log of outgoing mail, preferences and the link that turns digests off.

use super::browser::{Browser, Shown};
use super::run;
use crate::support::house::{self, House};
use crate::support::outbound::{self, Fate};
use arende::config::{Config, SmtpSecurity};
use arende::domain::clock::Clock as _;
use arende::domain::ticket::Origin;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

#[test]
fn an_administrator_changes_a_text_and_takes_the_delivered_one_back() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        let browser = Browser::of(&house, "Adam").await;
        browser.get("/admin/mail/templates").await.assert_says("Nytt svar").assert_says("Medföljande");
        let path = "/admin/mail/templates/answered-sv";
        let page = browser.get(path).await;
        let save = |subject: &'static str, body: &'static str| {
            [("subject", subject), ("body", body), ("action", "save")]
        };
        let refused = browser.submit(&page, path, &save("Svar", "Hej {{ name }}\n{{ lösen }}")).await;
        refused.assert_status(422).assert_says("Rad 2:");
        let saved = browser.submit(&page, path, &save("Svar på {{ number }}", "Hej {{ name }} <b>")).await;
        browser.follow(&saved).await.assert_says("Svar på {{ number }}");
        // Whoever still looks at the text before is told, and keeps what they wrote.
        let late = browser.submit(&page, path, &save("Mitt ämne", "y")).await;
        late.assert_status(409).assert_says("Någon annan ändrade det här").assert_says("value=\"Mitt ämne\"");
        browser.get("/admin/mail/templates/nosuch-sv").await.assert_status(404);
    });
}

#[test]
fn a_text_is_looked_at_before_it_is_saved() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        let browser = Browser::of(&house, "Adam").await;
        let path = "/admin/mail/templates/answered-sv";
        let page = browser.get(path).await;
        page.assert_says_nothing_of("<iframe");
        let look =
            |body: &'static str| [("subject", "Om {{ number }}"), ("body", body), ("action", "preview")];
        let looked =
            browser.submit(&page, path, &look("Hej {{ name }} <b>\n\nLäs: https://example.se/x")).await;
        looked
            .assert_status(200)
            .assert_says("Texten är inte sparad än.")
            .assert_says("Om INC-1042")
            .assert_says("value=\"Om {{ number }}\"")
            .assert_says("Hej {{ name }} &#60;b&#62;")
            // The mail's own HTML, escaped once more to stand in an attribute.
            .assert_says("sandbox=\"\"")
            .assert_says("Hej Anna Ek &#38;lt;b&#38;gt;")
            .assert_says_nothing_of("<title>Fel");
        let policy = looked.header("content-security-policy");
        assert!(policy.contains("script-src 'self'; style-src 'self' 'unsafe-inline'"), "{policy}");
        browser.get(path).await.assert_says_nothing_of("Om {{ number }}");
        browser.submit(&page, path, &look("Hej {{ lösen }}")).await.assert_status(422).assert_says("Rad 1:");
        // What was looked at can be saved as it stands.
        let saved = browser.submit(&looked, path, &[("action", "save")]).await;
        browser.follow(&saved).await.assert_says("Om {{ number }}");
    });
}

/// What the page says after "Skicka ett prov till mig".
async fn tested(house: &House) -> Shown {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    let browser = Browser::of(house, "Adam").await;
    let path = "/admin/mail/templates/answered-sv";
    let page = browser.get(path).await;
    browser.submit_holding(&page, path, "value=\"test\"", &[("action", "test")]).await
}

fn sends_by(port: u16) -> impl FnOnce(&mut Config) {
    move |config| {
        config.mail.smtp_host = "127.0.0.1".to_owned();
        config.mail.smtp_port = port;
        config.mail.smtp_security = SmtpSecurity::None;
        config.mail.from = "servicedesk@example.se".to_owned();
    }
}

#[test]
fn a_test_mail_that_does_not_go_says_why() {
    run(async {
        let said = tested(&house::open().await).await;
        said.assert_status(200).assert_says("ingen e-postserver eller avsändare är inställd");

        let nobody = house::open_with(sends_by(1)).await;
        let said = tested(&nobody).await;
        said.assert_status(200).assert_says("E-postservern gick inte att nå").assert_says("Servern säger:");

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            client.write_all(b"554 5.3.2 Closed for the day\r\n").unwrap();
        });
        let closed = house::open_with(sends_by(port)).await;
        tested(&closed).await.assert_status(200).assert_says("Closed for the day");
        server.join().unwrap();
    });
}

#[test]
fn a_test_mail_that_goes_says_where() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || takes_one_mail(&listener));
        let house = house::open_with(sends_by(port)).await;
        let said = tested(&house).await;
        said.assert_status(200).assert_says("Provet är skickat till adam@example.se.");
        said.assert_says_nothing_of("<title>Fel");
        drop(house);
        assert!(server.join().unwrap().contains("RCPT TO:<adam@example.se>"));
    });
}

/// Just enough of a mail server to take one mail. Gives what was said to it.
fn takes_one_mail(listener: &TcpListener) -> String {
    let (mut client, _) = listener.accept().unwrap();
    let mut heard = String::new();
    let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
    client.write_all(b"220 example.se\r\n").unwrap();
    let mut in_message = false;
    while let Some(Ok(line)) = lines.next() {
        heard.push_str(&line);
        heard.push('\n');
        let answer: &[u8] = match (in_message, line.as_str()) {
            (true, ".") => {
                client.write_all(b"250 Taken\r\n").unwrap();
                return heard;
            }
            (true, _) => continue,
            (false, "DATA") => {
                in_message = true;
                b"354 Go on\r\n"
            }
            (false, _) => b"250 Fine\r\n",
        };
        client.write_all(answer).unwrap();
    }
    heard
}

#[test]
fn who_runs_nothing_sees_no_mail_of_others() {
    run(async {
        let house = house::open().await;
        house.person("Anna", "requester", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Anna").await;
        for path in ["/admin/mail/templates", "/admin/mail/templates/answered-sv", "/admin/mail/outgoing"] {
            assert!(browser.get(path).await.status.is_client_error(), "{path}");
        }
        browser.get("/profile").await.assert_says_nothing_of("Inga mejl från");
    });
}

#[test]
fn a_made_up_link_turns_no_digest_off() {
    run(async {
        let house = house::open().await;
        let browser = Browser::new(&house).await;
        browser.get("/mail/digest-off/k3F9.AAAA").await.assert_status(404);
    });
}

#[test]
fn an_administrator_finds_what_was_given_up_and_sends_it_again() {
    run(async {
        let house = house::open().await;
        house.person("Adam", "administrator", &[], Origin::Workspace).await;
        house.person("Anna", "requester", &[], Origin::Portal).await;
        let browser = Browser::of(&house, "Adam").await;
        let at = house.clock.now();
        let (adam, anna) = ("adam@example.se", "anna@example.se");
        let dead = outbound::mail(&house.app, anna, None, Fate::GivenUp, at).await;
        outbound::mail(&house.app, adam, None, Fate::Went, at).await;
        let all = browser.get("/admin/mail/outgoing").await;
        all.assert_says(anna).assert_says(adam).assert_says("connection refused");
        let page = browser.get("/admin/mail/outgoing?state=dead").await;
        page.assert_says(anna).assert_says_nothing_of(adam).assert_says("Skicka igen");
        let path = format!("/admin/mail/outgoing/{dead}");
        browser.submit(&page, &path, &[("action", "nope")]).await.assert_status(422);
        let done = browser.submit(&page, &path, &[("action", "resend")]).await;
        // Back at the list as it was looked at.
        browser.follow(&done).await.assert_says("Inga mejl");
        // The same form sent twice is one decision.
        browser.submit(&page, &path, &[("action", "resend")]).await.assert_status(303);
        let page = browser.get("/admin/mail/outgoing?state=waiting").await;
        page.assert_says(anna).assert_says_nothing_of("Skicka igen");
        browser.submit(&page, &path, &[("action", "resend")]).await.assert_status(409);
        browser.get("/admin/mail/outgoing?state=nope").await.assert_status(422);
    });
}
