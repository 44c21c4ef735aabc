//! What a mail becomes. The steps are taken in order; each leaves what it found, and the first that settles the matter ends the
//! judging of what it is – which ticket it belongs to is worked out for all.

use super::answers::{Answers, Participation, TicketStanding, UnknownSender};
use super::automatic::AutomaticKind;
use super::bounce::{self, Bounce};
use super::courtesy;
use super::log::Classification;
use super::message::InboundMail;
use super::own::Own;
use super::questions::{Candidate, TicketNumberText, Via, named};
use super::sender::{Authenticity, Standing, authenticity};
use super::subject::{ForeignNumber, Subject};
use super::token::TokenRead;
use super::trace::{Finding, Step, StepName, Trace, Verdict};
use serde::{Deserialize, Serialize};

mod doubts;

/// What becomes of a mail, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// What it is.
    pub classification: Classification,
    /// What settled it.
    pub reason: Finding,
    /// What the reason is about.
    pub reason_values: Vec<String>,
    /// The ticket it belongs to.
    pub ticket: Option<TicketNumberText>,
    /// A ticket to link a new one to: it was meant, but is closed for good.
    pub related: Option<TicketNumberText>,
    /// Opens the ticket again.
    pub reopens: bool,
    /// Whether the sender may act as staff by this mail.
    pub staff_rights: bool,
    /// Whether a person must look before anything is made of it.
    pub waits_for_look: bool,
    /// Whether an automatic answer may be sent to it.
    pub may_be_answered: bool,
    /// Which kind of machine wrote it.
    pub automatic: Option<AutomaticKind>,
    /// What it reports of our messages.
    pub bounces: Vec<Bounce>,
    /// Whether the sender is who they say.
    pub authenticity: Authenticity,
    /// Other organisations' numbers in the subject.
    pub foreign_numbers: Vec<ForeignNumber>,
    /// Every step that was taken.
    pub steps: Trace,
}

/// The decision for bytes that can't be read: a person looks at them.
#[must_use]
pub fn unparsable(code: &str) -> Decision {
    let mut judge = Judge::new(Authenticity::None);
    judge.settle(StepName::Size, Classification::Unparsable, Finding::Unreadable, vec![code.to_owned()]);
    judge.decision()
}

/// Decides. The same mail and answers give the same decision.
#[must_use]
pub fn decide(mail: &InboundMail, own: &Own, answers: &Answers) -> Decision {
    let origin = authenticity(mail, own);
    let mut judge = Judge::new(origin);
    judge.mailbox(answers);
    judge.own_message(mail, own);
    judge.duplicate(mail, answers);
    judge.size(mail, own);
    judge.report(mail);
    judge.loops(mail, own, answers);
    let familiarity = judge.familiarity(mail, own, answers);
    judge.machines(mail, familiarity);
    judge.spam(mail, own, familiarity);
    judge.origin(mail);
    judge.sender(mail, answers);
    let answer = judge.threading(mail, own, answers);
    judge.finished(mail, answers, answer);
    judge.crowd(own, answers);
    judge.decision()
}

struct Judge {
    decision: Decision,
    settled: bool,
}

impl Judge {
    fn new(authenticity: Authenticity) -> Self {
        let decision = Decision {
            classification: Classification::New,
            reason: Finding::NoTicketNamed,
            reason_values: Vec::new(),
            ticket: None,
            related: None,
            reopens: false,
            staff_rights: false,
            waits_for_look: false,
            may_be_answered: true,
            automatic: None,
            bounces: Vec::new(),
            authenticity,
            foreign_numbers: Vec::new(),
            steps: Vec::new(),
        };
        Self { decision, settled: false }
    }

    fn decision(mut self) -> Decision {
        use Classification::{New, Reply};
        let written_by_people = matches!(self.decision.classification, New | Reply);
        self.decision.may_be_answered &= written_by_people && !self.decision.waits_for_look;
        self.decision
    }

    fn step(&mut self, step: StepName, verdict: Verdict, finding: Finding, values: Vec<String>) {
        self.decision.steps.push(Step { step, verdict, finding, values });
    }

    fn pass(&mut self, step: StepName) {
        self.step(step, Verdict::Passed, Finding::Nothing, Vec::new());
    }

    fn note(&mut self, step: StepName, finding: Finding, values: Vec<String>) {
        self.step(step, Verdict::Noted, finding, values);
    }

    /// Settles what the mail is, unless an earlier step did; then it is noted.
    fn settle(
        &mut self,
        step: StepName,
        classification: Classification,
        finding: Finding,
        values: Vec<String>,
    ) {
        if self.settled {
            self.note(step, finding, values);
            return;
        }
        self.settled = true;
        self.decision.classification = classification;
        self.decision.reason = finding;
        self.decision.reason_values.clone_from(&values);
        self.step(step, Verdict::Decided, finding, values);
    }

    /// Which desk it is for, nobody knows when the mailbox is misspelt.
    fn mailbox(&mut self, answers: &Answers) {
        if let Some(code) = &answers.unknown_mailbox {
            self.decision.waits_for_look = true;
            self.note(StepName::Mailbox, Finding::UnknownMailbox, vec![code.clone()]);
        }
    }

    fn own_message(&mut self, mail: &InboundMail, own: &Own) {
        let id = mail.message_id.as_deref().unwrap_or_default();
        match own.signer.read_message_id(id, &own.domain) {
            TokenRead::Ours(_) => self.settle(
                StepName::OwnMessage,
                Classification::Loop,
                Finding::OwnMessageId,
                vec![id.to_owned()],
            ),
            TokenRead::Forged => {
                self.note(StepName::OwnMessage, Finding::ForgedReference, vec![id.to_owned()]);
            }
            TokenRead::Other => self.pass(StepName::OwnMessage),
        }
    }

    fn duplicate(&mut self, mail: &InboundMail, answers: &Answers) {
        if answers.is_duplicate {
            let values = mail.message_id.iter().cloned().collect();
            self.settle(StepName::Duplicate, Classification::Loop, Finding::AlreadyTakenIn, values);
        } else {
            self.pass(StepName::Duplicate);
        }
    }

    fn size(&mut self, mail: &InboundMail, own: &Own) {
        if mail.size > own.max_bytes {
            let values = vec![mail.size.to_string(), own.max_bytes.to_string()];
            self.settle(StepName::Size, Classification::Unparsable, Finding::TooLarge, values);
        } else {
            self.pass(StepName::Size);
        }
    }

    fn report(&mut self, mail: &InboundMail) {
        let Some(found) = bounce::reported(mail) else {
            self.pass(StepName::Report);
            return;
        };
        self.decision.bounces = found.bounces;
        let classification = match found.finding {
            Finding::Receipt => {
                self.decision.automatic = Some(AutomaticKind::Reply);
                Classification::AutoReply
            }
            _ => Classification::Bounce,
        };
        self.settle(StepName::Report, classification, found.finding, found.values);
    }

    fn loops(&mut self, mail: &InboundMail, own: &Own, answers: &Answers) {
        let limits = own.limits;
        let own_from = mail.from.as_ref().filter(|mailbox| own.is_own_address(&mailbox.address));
        let own_sender = mail.sender.as_ref().filter(|mailbox| own.is_own_address(&mailbox.address));
        let mark =
            mail.header("x-arende-loop").chain(mail.header("x-loop")).find(|value| own_mark(value, own));
        let found = if let Some(mailbox) = own_from {
            (Finding::OwnAddress, mailbox.address.clone())
        } else if let Some(mark) = mark {
            (Finding::OwnMark, mark.to_owned())
        } else if mail.hops > limits.hops {
            (Finding::TooManyHops, mail.hops.to_string())
        } else if answers.same_last_hour >= limits.same_per_hour {
            (Finding::SameAgain, answers.same_last_hour.to_string())
        } else if answers.sender_last_hour >= limits.per_sender_and_hour {
            (Finding::SenderTooOften, answers.sender_last_hour.to_string())
        } else if answers.same_last_day > 0 {
            // A person may say the same again; a machine must not be answered for it again.
            self.decision.may_be_answered = false;
            self.note(StepName::Loop, Finding::SameAgain, vec![answers.same_last_day.to_string()]);
            return;
        } else if let Some(sender) = own_sender {
            // Somebody who may send as the desk, in their own name.
            self.decision.may_be_answered = false;
            self.note(StepName::Loop, Finding::OwnAddress, vec![sender.address.clone()]);
            return;
        } else {
            self.pass(StepName::Loop);
            return;
        };
        self.settle(StepName::Loop, Classification::Loop, found.0, vec![found.1]);
    }

    fn origin(&mut self, mail: &InboundMail) {
        if !mail.from_others.is_empty() {
            let authors = mail
                .from
                .iter()
                .chain(&mail.from_others)
                .map(|author| author.address.clone())
                .take(10)
                .collect();
            self.note(StepName::Authenticity, Finding::SeveralAuthors, authors);
        }
        let finding = match self.decision.authenticity {
            Authenticity::Pass => Finding::OriginConfirmed,
            Authenticity::Fail => Finding::OriginRefuted,
            Authenticity::None => Finding::OriginUnknown,
        };
        self.note(StepName::Authenticity, finding, Vec::new());
    }

    fn sender(&mut self, mail: &InboundMail, answers: &Answers) {
        let address =
            mail.from.as_ref().map(|from| from.address.clone()).filter(|address| address.contains('@'));
        let Some(address) = address else {
            self.settle(StepName::Sender, Classification::Unparsable, Finding::NoSender, Vec::new());
            return;
        };
        let origin = self.decision.authenticity;
        let finding = match answers.standing {
            None => Finding::SenderNotChecked,
            Some(Standing::Unknown) if answers.unknown_sender == UnknownSender::Wait => Finding::SenderWaits,
            Some(Standing::Unknown) => Finding::SenderUnknown,
            Some(Standing::Contact) => Finding::SenderContact,
            Some(Standing::Requester) => Finding::SenderRequester,
            Some(Standing::Staff) if origin == Authenticity::Pass => {
                self.decision.staff_rights = true;
                Finding::SenderStaff
            }
            Some(Standing::Staff) => Finding::StaffUnconfirmed,
            Some(Standing::Disabled) => Finding::SenderDisabled,
        };
        self.decision.waits_for_look |=
            matches!(finding, Finding::SenderWaits | Finding::SenderDisabled) || origin == Authenticity::Fail;
        self.note(StepName::Sender, finding, vec![address]);
    }

    /// Finds the ticket; gives back how it stands if it was asked for.
    fn threading(&mut self, mail: &InboundMail, own: &Own, answers: &Answers) -> Option<TicketStanding> {
        let named = named(mail, own);
        for forged in named.forged {
            self.note(StepName::Threading, Finding::ForgedReference, vec![forged]);
        }
        self.decision.foreign_numbers = Subject::parse(&mail.subject).foreign_numbers(&own.foreign_numbers);
        for foreign in self.decision.foreign_numbers.clone() {
            self.note(StepName::Threading, Finding::ForeignNumber, vec![foreign.number]);
        }
        for Candidate { ticket, via } in named.candidates {
            let number = ticket.0.to_string();
            let finding = match via {
                Via::SignedReference => Finding::SignedReference,
                Via::SignedAddress => Finding::SignedAddress,
                Via::SubjectTag => Finding::SubjectTag,
            };
            if answers.standing.is_none() {
                self.note(StepName::Threading, Finding::ParticipationNotChecked, vec![number.clone()]);
                return self.belongs(ticket, finding, None);
            }
            let Some(answer) = answers.tickets.iter().find(|answer| answer.ticket == ticket.0) else {
                self.note(StepName::Threading, Finding::NoSuchTicket, vec![number]);
                continue;
            };
            if self.takes_part(answer.participation, via) {
                if via == Via::SubjectTag && self.could_be_anybody(own) {
                    self.decision.related = Some(ticket);
                    self.note(StepName::Threading, Finding::TagUnconfirmed, vec![number]);
                    continue;
                }
                return self.belongs(ticket, finding, Some(answer.standing));
            }
            self.note(StepName::Threading, Finding::NotParticipant, vec![number]);
        }
        if !self.settled {
            self.settle(StepName::Threading, Classification::New, Finding::NoTicketNamed, Vec::new());
        }
        None
    }

    /// A report on our own message needs nobody to take part: the signed reference in it is enough. A sender whose
    /// origin is refuted takes part in nothing, and nobody gets the rights of staff without a confirmed origin.
    fn takes_part(&self, participation: Participation, via: Via) -> bool {
        if self.decision.classification == Classification::Bounce {
            return via == Via::SignedReference;
        }
        match (participation, self.decision.authenticity) {
            (Participation::No, _) | (_, Authenticity::Fail) => false,
            (Participation::AsParticipant, _) => true,
            (Participation::AsStaff, origin) => origin == Authenticity::Pass,
        }
    }

    /// Whether a sender's name is all there is, where it could have been confirmed: anybody who knows a number can
    /// write it into a subject, and send it to the mailbox that confirms nobody. Where no mailbox believes a server,
    /// taking part must do.
    fn could_be_anybody(&self, own: &Own) -> bool {
        own.is_any_believed && self.decision.authenticity != Authenticity::Pass
    }

    fn belongs(
        &mut self,
        ticket: TicketNumberText,
        finding: Finding,
        standing: Option<TicketStanding>,
    ) -> Option<TicketStanding> {
        let number = vec![ticket.0.to_string()];
        if standing == Some(TicketStanding::ClosedForGood) && !self.settled {
            self.decision.related = Some(ticket);
            self.settle(StepName::Threading, Classification::New, Finding::TicketClosedForGood, number);
            return None;
        }
        self.decision.ticket = Some(ticket);
        self.decision.related = None;
        self.settle(StepName::Threading, Classification::Reply, finding, number);
        standing
    }

    fn finished(&mut self, mail: &InboundMail, answers: &Answers, standing: Option<TicketStanding>) {
        let reply = self.decision.classification == Classification::Reply;
        if !reply || (answers.standing.is_some() && standing != Some(TicketStanding::Finished)) {
            return;
        }
        let thanks = courtesy::is_courtesy(&mail.new_text, mail.from.as_ref())
            && mail.attachments.iter().all(|attachment| attachment.inline);
        if standing == Some(TicketStanding::Finished) {
            self.decision.reopens = !thanks;
            self.note(
                StepName::Courtesy,
                if thanks { Finding::OnlyThanks } else { Finding::RealAnswer },
                Vec::new(),
            );
        } else if thanks {
            self.note(StepName::Courtesy, Finding::OnlyThanks, Vec::new());
        }
    }
}

impl Judge {
    /// A stranger who could be anybody, and files one ticket after the other, is perhaps a machine that answers us.
    fn crowd(&mut self, own: &Own, answers: &Answers) {
        let is_stranger = matches!(answers.standing, Some(Standing::Unknown | Standing::Contact))
            && self.decision.authenticity != Authenticity::Pass;
        let most = own.limits.stranger_tickets_per_day;
        if self.decision.classification == Classification::New
            && is_stranger
            && answers.tickets_last_day >= most
        {
            self.decision.waits_for_look = true;
            self.note(StepName::Sender, Finding::ManyTickets, vec![answers.tickets_last_day.to_string()]);
        }
    }
}

/// Our mark is the domain of our Message-IDs or an address of ours.
fn own_mark(value: &str, own: &Own) -> bool {
    let value = value.trim().trim_matches(['<', '>']);
    value.eq_ignore_ascii_case(&own.domain) || own.is_own_address(value)
}

#[cfg(test)]
mod tests;
