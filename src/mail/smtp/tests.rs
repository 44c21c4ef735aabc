use super::*;
use crate::mail::compose::tests::letter;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

const NOW: Instant = Instant::from_micros(1_790_000_000_000_000);

/// A server that answers each command with what `script` has for it, else with 250.
async fn scripted(script: &'static [(&'static str, &'static str)]) -> Smtp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let answer = |command: &str| {
                let found = script.iter().find(|(begins, _)| command.starts_with(begins));
                let usual = match command {
                    "greeting" => "220 ready",
                    "DATA" => "354 go on",
                    _ => "250 ok",
                };
                format!("{}\r\n", found.map_or(usual, |(_, answer)| *answer))
            };
            stream.write_all(answer("greeting").as_bytes()).await.unwrap();
            let mut line = String::new();
            let mut in_data = false;
            while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
                let command = line.trim_end().to_owned();
                line.clear();
                if in_data && command != "." {
                    continue;
                }
                in_data = command == "DATA";
                if stream.write_all(answer(&command).as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    Smtp::new(settings("127.0.0.1", port, Security::Plain, Auth::None))
}

fn settings(host: &str, port: u16, security: Security, auth: Auth) -> SmtpSettings {
    SmtpSettings { host: host.to_owned(), port, security, auth, authorities: None, null_sender: true }
}

#[tokio::test]
async fn only_a_refusal_of_the_mail_itself_is_for_good() {
    for (script, is_for_good) in [
        (&[("RCPT", "550 5.1.1 No such user")][..], true),
        (&[("RCPT", "550 no such user")], true),
        (&[("RCPT", "452 4.2.2 Mailbox full")], false),
        (&[("RCPT", "554 5.7.1 Relay access denied")], false),
        (&[("MAIL", "553 5.1.8 Sender address rejected")], false),
        (&[("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender")], false),
        (&[("greeting", "554 5.3.2 No service here")], false),
        (&[("greeting", "554 go away")], false),
        (&[("EHLO", "502 what"), ("HELO", "502 what")], false),
        (&[(".", "552 5.3.4 Message too big")], true),
        (&[(".", "554 5.6.0 Content not understood")], true),
        (&[(".", "451 4.3.0 Later")], false),
    ] {
        let error = scripted(script).await.send(&letter(), NOW).await.unwrap_err();
        assert_eq!(matches!(error, SendError::Permanent(_)), is_for_good, "{script:?}: {error}");
    }
    scripted(&[]).await.send(&letter(), NOW).await.unwrap();
}

/// Ports with STARTTLS and with TLS from the first byte, both asking for a password, and who vouches for them.
fn encrypted() -> Option<(u16, u16, Vec<u8>)> {
    #[expect(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
    let told = std::env::var("ARENDE_TEST_SMTP_TLS");
    let Ok(told) = told else {
        println!(
            "LEFT OUT: a mail server that encrypts, since ARENDE_TEST_SMTP_TLS is not set. ./test runs it."
        );
        return None;
    };
    let mut parts = told.splitn(3, ',');
    let mut next = || parts.next().unwrap();
    let (starttls, tls) = (next().parse().unwrap(), next().parse().unwrap());
    Some((starttls, tls, std::fs::read(next()).unwrap()))
}

#[tokio::test]
async fn an_encrypting_server_is_trusted_through_its_authority_and_asked_for_by_password() {
    let Some((starttls, tls, pem)) = encrypted() else { return };
    for (port, security) in [(starttls, Security::StartTls), (tls, Security::Tls)] {
        let with = |password: &str, authorities: Option<Authorities>| {
            let auth = Auth::Password { username: "arende".to_owned(), password: password.to_owned() };
            Smtp::new(SmtpSettings { authorities, ..settings("localhost", port, security, auth) })
        };
        let authority = || Some(Authorities::from_pem(&pem).unwrap());
        with("hemligt", authority()).send(&letter(), NOW).await.unwrap();
        let wrong = with("fel", authority()).send(&letter(), NOW).await.unwrap_err();
        assert!(matches!(&wrong, SendError::Temporary(said) if said.contains("535")), "{wrong}");
        let untrusted = with("hemligt", None).send(&letter(), NOW).await.unwrap_err();
        assert!(
            matches!(&untrusted, SendError::Temporary(said) if said.contains("certificate")),
            "{untrusted}"
        );
    }
}

#[tokio::test]
async fn nothing_goes_out_plainly_where_encryption_is_asked_for() {
    let plain = scripted(&[]).await;
    let port = plain.settings.port;
    let smtp = Smtp::new(settings("127.0.0.1", port, Security::StartTls, Auth::None));
    let error = smtp.send(&letter(), NOW).await.unwrap_err();
    assert!(matches!(&error, SendError::Temporary(said) if said.contains("STARTTLS")), "{error}");
}

#[test]
fn a_file_without_a_certificate_vouches_for_nobody() {
    for pem in [&b""[..], b"hej", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let built = Authorities::from_pem(pem).and_then(|authorities| {
            let settings = settings("localhost", 465, Security::Tls, Auth::None);
            let smtp = Smtp::new(SmtpSettings { authorities: Some(authorities), ..settings });
            smtp.build("").map(|_| ()).map_err(|error| error.to_string())
        });
        assert!(built.is_err(), "{}", String::from_utf8_lossy(pem));
    }
}
