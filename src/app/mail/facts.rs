//! What the database knows that decides about a message: who the sender is, and how the tickets stand that it
//! names.

use super::post::{Arrival, Post};
use crate::app::auth::Signed;
use crate::app::{App, AppError, Ctx, auth};
use crate::db::{Conn, inbound_mails, tickets, users};
use crate::domain::access::{Permission, Role};
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::ids::{InboundMailId, UserId};
use crate::domain::mail::{
    Answers, CandidateAnswer, InboundMail, Participation, Standing, TicketStanding, questions,
};
use crate::domain::people::{Directory, UserStatus};
use crate::domain::ticket::{Origin, Status, Ticket};
use sha2::{Digest, Sha256};

/// After so many days a closed ticket isn't opened again by mail: the answer is a new matter.
const REOPENED_DAYS: i64 = 30;

/// What was found out.
pub(super) struct Facts {
    /// What decides.
    pub(super) answers: Answers,
    /// The sender, as far as they may act.
    pub(super) sender: Option<Ctx>,
    /// Whose address it is, may they act or not.
    pub(super) user: Option<UserId>,
    /// Tells the same words said again.
    pub(super) text_hash: String,
    /// Tells the same message come two ways; nothing for one without a Message-ID.
    pub(super) fingerprint: Option<String>,
}

impl App {
    pub(super) fn facts(
        &self,
        conn: &mut Conn,
        directory: &Directory,
        id: InboundMailId,
        mail: &InboundMail,
        (post, arrival): (&Post, Arrival),
        now: Instant,
    ) -> Result<Facts, AppError> {
        let asked = questions(mail, &post.own);
        let fingerprint = asked.message_id.as_deref().map(|id| fingerprint(id, &asked.words));
        let is_duplicate = match &fingerprint {
            Some(fingerprint) => {
                inbound_mails::by_fingerprint(conn, fingerprint)?.is_some_and(|other| other != id)
            }
            None => false,
        };
        let user = match &asked.sender {
            Some(address) => users::by_email(conn, address)?,
            None => None,
        };
        let signed: Option<Signed> = match &user {
            Some(user) => auth::load(conn, directory, user.id, None)?,
            None => None,
        };
        let sender = signed.map(|signed| Ctx { actor: signed.actor, origin: Origin::Email, once: None });
        let standing = match (&user, &sender) {
            (None, _) => Standing::Unknown,
            (Some(user), _) if user.status != UserStatus::Active => Standing::Disabled,
            (Some(_), Some(cx)) if cx.actor.roles.iter().any(|role| Role::is_staff(*role)) => Standing::Staff,
            (Some(user), _) if user.password_hash.is_none() => Standing::Contact,
            (Some(_), _) => Standing::Requester,
        };
        let mut answers = Answers {
            is_duplicate,
            standing: Some(standing),
            unknown_sender: arrival.unknown_sender,
            ..Answers::default()
        };
        if let Some(address) = &asked.sender {
            let since = now.plus_micros(-MICROS_PER_HOUR);
            let (all, same) = inbound_mails::recent_of(conn, address, &asked.fingerprint, since, id)?;
            answers.sender_last_hour = u32::try_from(all).unwrap_or(u32::MAX);
            answers.same_last_hour = u32::try_from(same).unwrap_or(u32::MAX);
            let since = now.plus_micros(-MICROS_PER_DAY);
            let (_, same) = inbound_mails::recent_of(conn, address, &asked.fingerprint, since, id)?;
            answers.same_last_day = u32::try_from(same).unwrap_or(u32::MAX);
            let opened = inbound_mails::opened_by(conn, address, since)?;
            answers.tickets_last_day = u32::try_from(opened).unwrap_or(u32::MAX);
        }
        for candidate in &asked.candidates {
            if let Some(ticket) = tickets::by_number(conn, candidate.ticket.0)? {
                answers.tickets.push(CandidateAnswer {
                    ticket: ticket.number,
                    participation: participation(sender.as_ref(), &ticket),
                    standing: standing_of(&ticket, now),
                });
            }
        }
        Ok(Facts {
            answers,
            sender,
            user: user.map(|user| user.id),
            text_hash: asked.fingerprint,
            fingerprint,
        })
    }
}

/// Whose ticket it is takes part; staff by their rights at the ticket's desk.
pub(super) fn participation(sender: Option<&Ctx>, ticket: &Ticket) -> Participation {
    let Some(cx) = sender else { return Participation::No };
    let is_staff = cx.actor.roles.iter().any(|role| Role::is_staff(*role));
    if ticket.requester == cx.user() {
        Participation::AsParticipant
    } else if cx.may_on(Permission::TicketNote, ticket) {
        Participation::AsStaff
    } else if ticket.registered_by == cx.user() && !is_staff {
        // Staff who took a call answer as staff, for which their name on a mail isn't enough.
        Participation::AsParticipant
    } else {
        Participation::No
    }
}

/// How far a ticket is from done.
pub(super) fn standing_of(ticket: &Ticket, now: Instant) -> TicketStanding {
    match ticket.status {
        Status::New | Status::Assigned | Status::InProgress | Status::Waiting => TicketStanding::Open,
        Status::Resolved => TicketStanding::Finished,
        Status::Closed => {
            let limit = now.plus_micros(-REOPENED_DAYS * MICROS_PER_DAY);
            if ticket.closed_at.is_some_and(|closed| closed < limit) {
                TicketStanding::ClosedForGood
            } else {
                TicketStanding::Finished
            }
        }
        Status::Cancelled => TicketStanding::ClosedForGood,
    }
}

/// Two messages are the same when Message-ID and words are: scanners use one Message-ID for all they send, and
/// a message that comes to two mailboxes has other transport headers in each.
pub(super) fn fingerprint(message_id: &str, words: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(message_id.as_bytes());
    hash.update([0]);
    hash.update(words.as_bytes());
    crate::app::hex(&hash.finalize())
}
