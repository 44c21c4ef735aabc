use super::*;
use crate::domain::mail::{Answers, Own, RateLimits, Signer, SpamMarks, decide};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Judges as the intake does, so that nothing on the way can fall.
fn judged(raw: &[u8]) -> Option<InboundMail> {
    let own = Own {
        domain: "arende.example.se".to_owned(),
        addresses: vec!["servicedesk@example.se".to_owned()],
        signer: Signer::new(vec![7; 32]),
        trusted_servers: vec![],
        is_any_believed: false,
        max_bytes: 50 << 20,
        limits: RateLimits::default(),
        spam: SpamMarks::default(),
        foreign_numbers: Vec::new(),
    };
    let parsed = match parse(raw, &Limits::default()) {
        Ok(parsed) => parsed,
        Err(error) => {
            assert_ne!(error, Unparsable::ReaderFailed);
            return None;
        }
    };
    assert!(!decide(&parsed.mail, &own, &Answers::default()).steps.is_empty());
    for (at, attachment) in parsed.mail.attachments.iter().enumerate() {
        assert_eq!(usize::try_from(attachment.size).unwrap(), parsed.content(at).unwrap().len());
    }
    Some(parsed.mail)
}

#[test]
fn hostile_messages_take_little_time() {
    let nested: String =
        (0..10_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let inside = "Content-Type: message/rfc822\n\n".repeat(10_000);
    let one_deep = format!(
        "From: a@example.se\nContent-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\n\nx\n".repeat(100_000)
    );
    let words = format!("From: a@example.se\nSubject: {}\n\nx", "=?utf-8?Q?a".repeat(50_000));
    let addresses = format!("From: a@example.se\nTo: {}\n\nx", "(((a,<\"".repeat(50_000));
    let headers = format!("From: a@example.se\n{}\nx", "X: y\n".repeat(2_000_000));
    let html =
        format!("From: a@example.se\nContent-Type: text/html\n\n{}", "<b id=1><table></b><p>".repeat(50_000));
    let comments =
        format!("From: a@example.se\nContent-Type: text/html\n\n{}", "<!--<a href=\"".repeat(80_000));
    let quotes = format!("From: a@example.se\n\n{}", "Den 1 skrev\n> x\n".repeat(100_000));
    let params = format!("From: a@example.se\nContent-Type: a/b; {}\n\nx", "x*1*=a''%41;".repeat(20_000));
    for raw in [
        format!("From: a@example.se\n{nested}"),
        format!("From: a@example.se\n{inside}"),
        one_deep,
        words,
        addresses,
        headers,
        html,
        comments,
        quotes,
        params,
    ] {
        let begun = Instant::now();
        let mail = judged(raw.as_bytes()).unwrap();
        let start: String = raw.chars().skip(19).take(40).collect();
        assert!(begun.elapsed() < Duration::from_secs(8), "{start}: {:?}", begun.elapsed());
        assert!(mail.attachments.len() <= 501);
    }
}

#[test]
fn attachments_are_decoded_when_asked_for() {
    let raw = b"From: a@example.se\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\nContent-Type: image/png; name=x.png\nContent-Transfer-Encoding: base64\n\nSGVqIQ==\n--b--\n";
    let parsed = parse(raw, &Limits::default()).unwrap();
    assert_eq!(parsed.content(0).unwrap().as_ref(), b"Hej!");
    assert_eq!(parsed.content(1), None);
}

#[test]
fn what_is_no_mail_is_said_to_be_none() {
    let error = |raw: &[u8]| parse(raw, &Limits::default()).unwrap_err();
    assert_eq!(error(b" \n"), Unparsable::Empty);
    assert_eq!(error(b"hej alla"), Unparsable::NoHeaders);
    assert_eq!(error(b"x: y\n\nz"), Unparsable::NoHeaders);
    assert_eq!(error(&[0xff; 3000]), Unparsable::NoHeaders);
    let small = Limits { bytes: 3, ..Limits::default() };
    assert_eq!(parse(b"From: a", &small).unwrap_err(), Unparsable::TooLarge(3));
}

proptest! {
    #[test]
    fn nothing_makes_it_fall(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let mut raw = b"From: a@example.se\n".to_vec();
        raw.extend_from_slice(&bytes);
        judged(&raw);
        judged(&bytes);
    }

    #[test]
    fn no_mixture_makes_it_fall(pieces in proptest::collection::vec(prop_oneof![
        Just("From: "), Just("a@example.se"), Just("\r\n"), Just("\n"), Just("\r"), Just("Content-Type: "), Just("multipart/mixed; boundary=b"), Just("--b"), Just("--b--"),
        Just("text/html"), Just("text/plain; charset=utf-7; format=flowed"), Just("message/delivery-status"), Just("Content-Transfer-Encoding: base64"), Just("application/ms-tnef"),
        Just("eJ8+IgEA"), Just("begin 644 x"), Just("end"), Just("=?utf-8?Q?=C3?="), Just("<"), Just(">"), Just("\""), Just("("), Just(":"), Just(";"), Just(" "), Just("å"), Just("\0"),
        Just("BEGIN:VEVENT"), Just("DTSTART:20261119T1"), Just("text/calendar"), Just("> "), Just("-- "), Just("filename*0*=utf-8''%C3"), Just("Content-Disposition: attachment; "),
    ], 0..60)) {
        judged(pieces.concat().as_bytes());
    }
}
