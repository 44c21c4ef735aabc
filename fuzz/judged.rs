//! What has to hold of every message, whatever the database answers: for the fuzz target, and for a test that goes over
//! all fixtures (`tests/it/mail_fuzz.rs`).

use arende::domain::mail::{
    Answers, Authenticity, CandidateAnswer, Classification, Decision, Own, Participation, Questions,
    RateLimits, Signer, SpamMarks, Standing, TicketStanding, UnknownSender, decide, questions,
};
use arende::mail::parse::{Limits, parse};
use std::sync::LazyLock;

/// Knows the marks in `tests/fixtures/mail`.
static OWN: LazyLock<Own> = LazyLock::new(|| Own {
    domain: "arende.example.se".to_owned(),
    addresses: vec!["servicedesk@example.se".to_owned()],
    signer: Signer::new(b"fixtures-of-the-mail-tests-secret-1".to_vec()),
    trusted_servers: vec!["mx.example.se".to_owned()],
    is_any_believed: true,
    max_bytes: 50 << 20,
    limits: RateLimits::default(),
    spam: SpamMarks::default(),
    foreign_numbers: vec!["Ticket##".to_owned(), "Sak #".to_owned(), "AB#-#/#".to_owned()],
});

/// Reads a message and judges it once for each choice of answers; what comes out agrees with itself and with them.
pub fn judged(raw: &[u8], choices: &[[u8; 4]]) -> Vec<Decision> {
    let Ok(parsed) = parse(raw, &Limits::default()) else { return Vec::new() };
    let asked = questions(&parsed.mail, &OWN);
    let judge = |choice: &[u8; 4]| {
        let answers = answers(&asked, *choice);
        let decision = decide(&parsed.mail, &OWN, &answers);
        hold(&decision, &answers);
        decision
    };
    let decisions = choices.iter().map(judge).collect();
    for (at, attachment) in parsed.mail.attachments.iter().enumerate() {
        let length = parsed.content(at).map(|bytes| bytes.len());
        assert_eq!(length, usize::try_from(attachment.size).ok());
    }
    let html = parsed.mail.html.as_deref().unwrap_or_default().to_ascii_lowercase();
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
    decisions
}

/// Standing of the sender, participation and standing of each ticket, how much came before.
fn answers(asked: &Questions, [sender, part, stand, more]: [u8; 4]) -> Answers {
    let tickets = asked.candidates.iter().zip(0_u8..).filter_map(|(candidate, at)| {
        let participation = match part.wrapping_add(at) % 4 {
            0 => return None,
            1 => Participation::No,
            2 => Participation::AsParticipant,
            _ => Participation::AsStaff,
        };
        let standing = match stand.wrapping_add(at) % 3 {
            0 => TicketStanding::Open,
            1 => TicketStanding::Finished,
            _ => TicketStanding::ClosedForGood,
        };
        Some(CandidateAnswer { ticket: candidate.ticket.0, participation, standing })
    });
    Answers {
        is_duplicate: more % 16 == 15,
        standing: match sender % 6 {
            0 => None,
            1 => Some(Standing::Unknown),
            2 => Some(Standing::Contact),
            3 => Some(Standing::Requester),
            4 => Some(Standing::Staff),
            _ => Some(Standing::Disabled),
        },
        tickets: tickets.collect(),
        sender_last_hour: if more & 16 == 0 { 0 } else { 30 },
        same_last_hour: u32::from(more >> 6),
        same_last_day: u32::from(more >> 6),
        tickets_last_day: if more & 32 == 0 { 0 } else { 5 },
        unknown_sender: if more % 2 == 0 { UnknownSender::TakeIn } else { UnknownSender::Wait },
        unknown_mailbox: (stand % 32 == 31).then(|| "hr-dsek".to_owned()),
    }
}

fn hold(decision: &Decision, answers: &Answers) {
    assert!(!decision.steps.is_empty());
    let is_confirmed = decision.authenticity == Authenticity::Pass;
    assert!(!decision.staff_rights || (is_confirmed && answers.standing == Some(Standing::Staff)));
    let by_person = matches!(decision.classification, Classification::New | Classification::Reply);
    assert!(!decision.may_be_answered || (by_person && !decision.waits_for_look));
    assert!(decision.classification != Classification::Reply || decision.ticket.is_some());
    let answer =
        decision.ticket.and_then(|number| answers.tickets.iter().find(|answer| answer.ticket == number.0));
    if let Some(answer) = answer
        && answers.standing.is_some()
        && decision.classification != Classification::Bounce
    {
        assert_ne!(answer.participation, Participation::No);
        assert!(answer.participation != Participation::AsStaff || is_confirmed);
        assert_ne!(decision.authenticity, Authenticity::Fail);
    }
    if decision.reopens {
        assert_eq!(decision.classification, Classification::Reply);
        assert_eq!(answer.map(|answer| answer.standing), Some(TicketStanding::Finished));
    }
}

/// The tags of clean HTML, in which `<` begins nothing else outside of quotes. What stands in quotes has no quotes in it.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        let mut in_quotes = false;
        let end = from.find(|c| {
            in_quotes ^= c == '"';
            c == '>' && !in_quotes
        });
        let Some((tag, after)) = end.and_then(|end| from.split_at_checked(end)) else { break };
        tags.push(tag);
        rest = after;
    }
    tags
}
