//! Mail that looks like a machine's or like rubbish. Much of what people send does, so their mail is set aside only on proof.

use super::Judge;
use crate::domain::mail::answers::Answers;
use crate::domain::mail::automatic::{self, Certainty};
use crate::domain::mail::log::Classification;
use crate::domain::mail::message::InboundMail;
use crate::domain::mail::own::Own;
use crate::domain::mail::questions::{Candidate, Via, named};
use crate::domain::mail::sender::{Authenticity, Standing};
use crate::domain::mail::trace::{Finding, StepName};

/// How much speaks for a person behind a mail that looks like a machine's or like rubbish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Familiarity {
    /// It answers a mail or an address that only a participant of the ticket has.
    Answers,
    /// Its sender is somebody we know.
    Known,
    /// Nothing.
    Strange,
}

impl Judge {
    /// Who writes it, as far as that can be told before it is judged. A refuted origin makes everybody a stranger.
    pub(super) fn familiarity(&self, mail: &InboundMail, own: &Own, answers: &Answers) -> Familiarity {
        if self.decision.authenticity == Authenticity::Fail {
            return Familiarity::Strange;
        }
        let takes_part = |candidate: &Candidate| {
            let asked = answers.tickets.iter().find(|answer| answer.ticket == candidate.ticket.0);
            answers.standing.is_none()
                || asked.is_some_and(|answer| self.takes_part(answer.participation, candidate.via))
        };
        let mut signed = named(mail, own).candidates.into_iter().filter(|named| named.via != Via::SubjectTag);
        if signed.any(|candidate| takes_part(&candidate)) {
            return Familiarity::Answers;
        }
        match answers.standing {
            None | Some(Standing::Unknown) => Familiarity::Strange,
            Some(Standing::Contact | Standing::Requester | Standing::Staff | Standing::Disabled) => {
                Familiarity::Known
            }
        }
    }

    /// What looks like a machine's is never answered by one. Only what surely is one's is taken for that.
    pub(super) fn machines(&mut self, mail: &InboundMail, familiarity: Familiarity) {
        let Some(sign) = automatic::sign(mail) else { return self.pass(StepName::Automatic) };
        self.decision.may_be_answered = false;
        let values = vec![sign.value];
        match sign.certainty {
            Certainty::Sure(kind) => {
                self.decision.automatic.get_or_insert(kind);
                self.settle(StepName::Automatic, Classification::AutoReply, sign.finding, values);
            }
            Certainty::Doubtful(kind) => {
                self.decision.automatic.get_or_insert(kind);
                self.note(StepName::Automatic, sign.finding, values);
                if familiarity == Familiarity::Strange {
                    self.decision.waits_for_look = true;
                    self.note(StepName::Automatic, Finding::PerhapsAutomatic, Vec::new());
                }
            }
            Certainty::Hint => self.note(StepName::Automatic, sign.finding, values),
        }
    }

    /// Filters err: only a stranger's mail is rubbish by their word alone.
    pub(super) fn spam(&mut self, mail: &InboundMail, own: &Own, familiarity: Familiarity) {
        let yes = |value: &str| value.trim().to_ascii_lowercase().starts_with("yes");
        let flag =
            ["x-spam-flag", "x-spam-status"].iter().find(|name| mail.header(name).next().is_some_and(yes));
        let scl = mail
            .header("x-ms-exchange-organization-scl")
            .next()
            .and_then(|value| value.trim().parse::<i32>().ok());
        let by_level = own.spam.scl_from.zip(scl).filter(|(from, scl)| scl >= from);
        let mark = match (flag.filter(|_| own.spam.flag), by_level) {
            (Some(name), _) => (*name).to_owned(),
            (None, Some((_, scl))) => format!("scl {scl}"),
            (None, None) => return self.pass(StepName::Spam),
        };
        self.decision.may_be_answered = false;
        if familiarity == Familiarity::Strange {
            self.settle(StepName::Spam, Classification::Spam, Finding::MarkedAsSpam, vec![mark]);
        } else {
            self.decision.waits_for_look |= familiarity == Familiarity::Known;
            self.note(StepName::Spam, Finding::MarkedAsSpam, vec![mark]);
        }
    }
}
