//! What the database knows about a message: who sent it, and how the tickets stand that it names.

use super::sender::Standing;
use crate::domain::ticket::TicketNumber;
use serde::{Deserialize, Serialize};

/// What the database answered to [`super::Questions`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// A message with this Message-ID was taken in before.
    pub is_duplicate: bool,
    /// Who the sender is; nothing when nobody could be asked.
    pub standing: Option<Standing>,
    /// How the tickets stand that were asked for. One that isn't named isn't there – unless nobody could be asked.
    pub tickets: Vec<CandidateAnswer>,
    /// Messages from the sender within the last hour, this one not counted.
    pub sender_last_hour: u32,
    /// Messages with the same fingerprint within the last hour, this one not counted.
    pub same_last_hour: u32,
    /// Messages with the same fingerprint within the last day, this one not counted.
    pub same_last_day: u32,
    /// Tickets that mail from the sender opened within the last day.
    pub tickets_last_day: u32,
    /// What the mailbox does with strangers.
    pub unknown_sender: UnknownSender,
    /// The code of a mailbox that there isn't, for which it was handed over.
    pub unknown_mailbox: Option<String>,
}

/// How a ticket stands that a mail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CandidateAnswer {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Whether the sender takes part.
    pub participation: Participation,
    /// Whether it is finished.
    pub standing: TicketStanding,
}

/// As whom a sender takes part in a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Participation {
    /// Not at all.
    No,
    /// As requester, as one who follows it, or as supplier.
    AsParticipant,
    /// By their rights as staff.
    AsStaff,
}

/// Whether a ticket is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketStanding {
    /// Being worked on.
    Open,
    /// Solved or closed; an answer opens it again.
    Finished,
    /// Closed for good; an answer becomes a new ticket that refers to it.
    ClosedForGood,
}

/// What a mailbox does with mail from strangers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UnknownSender {
    /// They become contacts.
    #[default]
    TakeIn,
    /// Their mail waits for a look.
    Wait,
}
