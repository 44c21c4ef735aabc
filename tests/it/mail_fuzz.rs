//! What the fuzz target holds every message to, over all fixtures and every answer of the database.

#[path = "../../fuzz/judged.rs"]
mod judged;

use arende::domain::mail::Finding;
use std::collections::BTreeSet;
use std::path::Path;

/// Every sender with every part in every state of a ticket, and in turn what else there is.
fn choices() -> Vec<[u8; 4]> {
    let others = [0, 0, 1, 0, 15, 16, 64, 32, 255];
    let all = (0..72_u8).map(|at| [at % 6, at / 6 % 4, at / 24]);
    all.zip(others.iter().cycle()).map(|([sender, part, stand], more)| [sender, part, stand, *more]).collect()
}

#[test]
fn every_fixture_holds_whatever_the_database_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mail");
    let mut met = BTreeSet::new();
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        let raw = std::fs::read(&file).unwrap();
        count += 1;
        for decision in judged::judged(&raw, &choices()) {
            met.extend(decision.steps.iter().map(|step| step.finding.code()));
        }
    }
    assert!(count >= 80, "{count}");
    // The ways that only answers open were gone.
    for finding in [
        Finding::NotParticipant,
        Finding::NoSuchTicket,
        Finding::TicketClosedForGood,
        Finding::OnlyThanks,
        Finding::RealAnswer,
        Finding::SenderStaff,
        Finding::StaffUnconfirmed,
        Finding::SenderWaits,
        Finding::ManyTickets,
        Finding::AlreadyTakenIn,
        Finding::SenderTooOften,
    ] {
        assert!(met.contains(finding.code()), "{}: {met:?}", finding.code());
    }
}
