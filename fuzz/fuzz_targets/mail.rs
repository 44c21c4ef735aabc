//! Any bytes through reading, folding and judging, as the intake does it.
#![no_main]

use arende::domain::mail::{Answers, Own, RateLimits, Signer, SpamMarks, decide, questions};
use arende::mail::parse::{Limits, parse};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static OWN: LazyLock<Own> = LazyLock::new(|| Own {
    domain: "arende.example.se".to_owned(),
    addresses: vec!["servicedesk@example.se".to_owned()],
    signer: Signer::new(vec![7; 32]),
    trusted_servers: vec!["mx.example.se".to_owned()],
    max_bytes: 50 << 20,
    limits: RateLimits::default(),
    spam: SpamMarks::default(),
});

fuzz_target!(|raw: &[u8]| {
    let Ok(parsed) = parse(raw, &Limits::default()) else { return };
    let _ = questions(&parsed.mail, &OWN);
    let decision = decide(&parsed.mail, &OWN, &Answers::default());
    assert!(!decision.steps.is_empty());
    for (at, attachment) in parsed.mail.attachments.iter().enumerate() {
        let length = parsed.content(at).map(|bytes| bytes.len() as u64);
        assert_eq!(length, Some(attachment.size));
    }
    let html = parsed.mail.html.unwrap_or_default().to_ascii_lowercase();
    for tag in tags(&html) {
        assert!(!tag.starts_with("<script") && !tag.starts_with("<iframe"), "{tag}");
        // Names stand outside of quotes, and each before its value.
        let parts: Vec<&str> = tag.split('"').collect();
        for pair in parts.chunks(2) {
            let (name, value) = (pair[0].trim_start_matches('<'), pair.get(1).copied().unwrap_or_default());
            assert!(!name.contains(" on"), "{tag}");
            assert!(!(name.ends_with(" src=") && value.starts_with("http")), "{tag}");
            assert!(!(name.ends_with(" href=") && value.starts_with("javascript:")), "{tag}");
        }
    }
});

/// The tags of clean HTML, in which `<` begins nothing else outside of quotes. What stands in quotes has no quotes in it.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let mut in_quotes = false;
        let end = rest.find(|c| {
            in_quotes ^= c == '"';
            c == '>' && !in_quotes
        });
        let Some(end) = end else { break };
        tags.push(&rest[..end]);
        rest = &rest[end..];
    }
    tags
}
