use super::*;

pub(in crate::mail) fn letter() -> Letter {
    let who =
        |name: &str, address: &str| Correspondent { name: name.to_owned(), address: address.to_owned() };
    Letter {
        from: who("Servicedesk Öst", "servicedesk@example.se"),
        to: who("Åsa Öberg", "asa@example.se"),
        reply_to: Some("servicedesk+inc-1042.abc@example.se".to_owned()),
        subject: "[INC-1042] Nytt svar: Skrivaren krånglar".to_owned(),
        text: "Hej Åsa!\n\n> Prova igen.\n\nLäs och svara: https://arende.example.se/t/1\n".to_owned(),
        language: "sv",
        date: Instant::parse_rfc3339("2026-11-20T13:05:12Z").unwrap(),
        message_id: "inc-1042.7.k3.sig@example.se".to_owned(),
        in_reply_to: Some("inc-1042.2.k3.sig@example.se".to_owned()),
        references: vec!["CAF=x@gmail.com".to_owned(), "inc-1042.2.k3.sig@example.se".to_owned()],
        automatic: Automatic::Generated,
        unsubscribe: None,
        site: "https://arende.example.se".to_owned(),
    }
}

fn written(letter: &Letter) -> String {
    String::from_utf8(compose(letter).unwrap().formatted()).unwrap()
}

fn headers(letter: &Letter) -> Vec<String> {
    let text = written(letter).replace("\r\n ", " ");
    text.split("\r\n\r\n").next().unwrap().split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_mail_has_the_headers_that_keep_threads_together_and_machines_quiet() {
    let headers = headers(&letter());
    for expected in [
        "To: =?utf-8?b?w4VzYSDDlmJlcmc=?= <asa@example.se>",
        "Reply-To: servicedesk+inc-1042.abc@example.se",
        "Message-ID: <inc-1042.7.k3.sig@example.se>",
        "In-Reply-To: <inc-1042.2.k3.sig@example.se>",
        "References: <CAF=x@gmail.com> <inc-1042.2.k3.sig@example.se>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "Content-Language: sv",
        "X-Arende-Loop: example.se",
        "Date: Fri, 20 Nov 2026 13:05:12 +0000",
        "MIME-Version: 1.0",
    ] {
        assert!(headers.iter().any(|header| header == expected), "{expected} in {headers:#?}");
    }
    assert!(!headers.iter().any(|header| header.starts_with("List-") || header.starts_with("Precedence")));
}

#[test]
fn text_and_html_say_the_same() {
    let text = written(&letter());
    assert_eq!(text.matches("Content-Type: text/plain; charset=utf-8").count(), 1);
    assert_eq!(text.matches("Content-Type: text/html; charset=utf-8").count(), 1);
    assert!(text.contains("Content-Type: multipart/alternative"));
}

#[test]
fn acknowledgement_has_nobody_to_come_back_to() {
    let letter = Letter { automatic: Automatic::Replied, ..letter() };
    let message = compose(&letter).unwrap();
    assert!(message.envelope().from().is_none());
    assert!(headers(&letter).contains(&"Auto-Submitted: auto-replied".to_owned()));
    assert!(compose(&self::letter()).unwrap().envelope().from().is_some());
    let named = named_envelope(&letter).unwrap();
    assert_eq!(named.from().map(ToString::to_string).as_deref(), Some("servicedesk@example.se"));
    assert_eq!(named.to(), message.envelope().to());
}

#[test]
fn one_press_turns_a_digest_off() {
    let url = "https://arende.example.se/mail/unsubscribe/k3.sig";
    let letter = Letter { unsubscribe: Some(url.to_owned()), ..letter() };
    let headers = headers(&letter);
    assert!(headers.contains(&format!("List-Unsubscribe: <{url}>")), "{headers:#?}");
    assert!(headers.contains(&"List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned()));
}

#[test]
fn nothing_in_a_mail_can_begin_a_header() {
    let evil = "x\r\nBcc: alla@example.se\r\n\r\nHej\u{85}\u{2028}\0";
    let names = |headers: Vec<String>| -> Vec<String> {
        headers.iter().map(|header| header.split(':').next().unwrap().to_owned()).collect()
    };
    let mut letter = letter();
    let expected = names(headers(&letter));
    letter.subject = evil.to_owned();
    letter.from.name = evil.to_owned();
    letter.to.name = evil.to_owned();
    letter.references = vec![format!("a@b>\r\nBcc: x"), "good@example.se".to_owned()];
    letter.in_reply_to = Some("good@example.se".to_owned());
    assert_eq!(names(headers(&letter)), expected);
    letter.in_reply_to = Some(evil.to_owned());
    assert!(!names(headers(&letter)).contains(&"In-Reply-To".to_owned()));
    for address in ["a@example.se\r\nBcc: b@example.se", "a@example.se>, <b@example.se"] {
        letter.to.address = address.to_owned();
        assert!(compose(&letter).is_err());
    }
}
