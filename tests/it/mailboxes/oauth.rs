//! Signing in by access token: a scripted server and a place where tokens are given.

use crate::support::app::TestApp;
use arende::app::mail::{MailboxChange, NewMailbox};
use arende::app::{Ctx, Secret};
use arende::domain::mail::{MailFault, MailSecurity, MailboxAuth, MailboxSpec, TestStep};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

/// Gives a token to whoever sends the right secret; gives its own port.
async fn token_endpoint() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            let mut piece = [0_u8; 4096];
            loop {
                let read = stream.read(&mut piece).await.unwrap();
                asked.extend(&piece[..read]);
                if read == 0 || asked.windows(6).any(|window| window == b"scope=") {
                    break;
                }
            }
            let asked = String::from_utf8_lossy(&asked).into_owned();
            let is_right = asked.contains("client_secret=hemlighet") && asked.contains("client_id=arende");
            let (status, body) = if is_right {
                ("200 OK", r#"{"token_type":"Bearer","expires_in":3599,"access_token":"tok3n"}"#)
            } else {
                ("401 Unauthorized", r#"{"error":"invalid_client","error_description":"AADSTS7000215"}"#)
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    port
}

/// Lets in whoever shows the token for the shared mailbox, in the manner of Exchange Online.
async fn imap_server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                stream.write_all(b"* OK ready\r\n").await.unwrap();
                let mut line = String::new();
                while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
                    let said = line.trim_end().to_owned();
                    line.clear();
                    let (tag, command) = said.split_once(' ').unwrap();
                    let answer = if command == "AUTHENTICATE XOAUTH2" {
                        stream.write_all(b"+ \r\n").await.unwrap();
                        stream.read_line(&mut line).await.unwrap();
                        let shown = STANDARD.decode(line.trim_end()).unwrap();
                        line.clear();
                        if shown == b"user=servicedesk@example.se\x01auth=Bearer tok3n\x01\x01" {
                            format!("{tag} OK AUTHENTICATE completed.\r\n")
                        } else {
                            // The refusal as a challenge, which wants an empty answer.
                            stream.write_all(b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n").await.unwrap();
                            stream.read_line(&mut line).await.unwrap();
                            assert_eq!(line, "\r\n");
                            line.clear();
                            format!("{tag} NO AUTHENTICATE failed.\r\n")
                        }
                    } else if command == "CAPABILITY" {
                        format!("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n")
                    } else if command.starts_with("SELECT") {
                        format!(
                            "* 7 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\n* OK [UIDNEXT 12] ok\r\n\
                             {tag} OK [READ-WRITE] done\r\n"
                        )
                    } else {
                        format!("{tag} OK done\r\n")
                    };
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    port
}

#[actix_web::test]
async fn a_token_opens_the_shared_mailbox_and_refusals_are_told_apart() {
    let house = TestApp::new().await;
    let (token_port, imap_port) = (token_endpoint().await, imap_server().await);
    let spec = MailboxSpec {
        host: "127.0.0.1".to_owned(),
        port: imap_port,
        security: MailSecurity::None,
        auth: MailboxAuth::Xoauth2,
        username: "servicedesk@example.se".to_owned(),
        token_url: format!("http://127.0.0.1:{token_port}/tenant/oauth2/v2.0/token"),
        client_id: "arende".to_owned(),
        ..MailboxSpec::default()
    };
    let somebody = MailboxSpec { username: "annan@example.se".to_owned(), ..spec.clone() };
    for (name, spec, secret, expected, messages) in [
        ("ratt", spec.clone(), "hemlighet", (TestStep::Folder, None), Some(7)),
        ("fel", spec, "gissning", (TestStep::Token, Some(MailFault::Token)), None),
        ("annan", somebody, "hemlighet", (TestStep::SignIn, Some(MailFault::SignIn)), None),
    ] {
        let settings = MailboxChange {
            name: name.to_owned(),
            address: format!("{name}@example.se"),
            spec,
            secret: Some(Secret::new(secret)),
            ..MailboxChange::default()
        };
        let new = NewMailbox { code: None, settings };
        let code = house.app.create_mailbox(&Ctx::command_line(), &new).await.unwrap();
        let test = house.app.test_mailbox(&Ctx::command_line(), &code).await.unwrap();
        let last = test.steps.last().unwrap();
        let told = (last.step, last.failed.as_ref().map(|(fault, _)| *fault));
        assert_eq!((told, test.messages), (expected, messages), "{name}: {test:?}");
        assert!(!format!("{test:?}").contains(secret));
    }
}
