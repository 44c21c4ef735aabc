//! What is looked at again in the transaction that settles an answer: between judging it and this, its ticket may
//! have been solved, opened again, called off or given to somebody else. And who is to read it.

use super::facts::{participation, standing_of};
use super::settle::{Settling, verdict};
use crate::app::{AppError, Ctx};
use crate::db::{Conn, Tx, ticket_events, tickets};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::mail::{
    CandidateAnswer, Decision, Finding, InboundMail, Own, Step, StepName, TokenRead, decide,
};
use crate::domain::ticket::{ByRole, EventKind, Ticket, TicketEvent, TicketNumber, Visibility};

/// The same judged by how its tickets stand now, which nobody changes from here; nothing where they stand as
/// they did.
pub(super) fn judged_afresh(
    tx: &mut Tx<'_>,
    settling: &Settling,
    now: Instant,
) -> Result<Option<Settling>, AppError> {
    let Some((own, answers)) = &settling.judged_by else { return Ok(None) };
    let mut found = Vec::with_capacity(answers.tickets.len());
    for told in &answers.tickets {
        if let Some(ticket) = tickets::lock_by_number(tx, told.ticket)? {
            found.push(CandidateAnswer {
                ticket: told.ticket,
                participation: participation(settling.sender.as_ref(), &ticket),
                standing: standing_of(&ticket, now),
            });
        }
    }
    if found == answers.tickets {
        return Ok(None);
    }
    let mut afresh = settling.clone();
    let mut answers = answers.clone();
    answers.tickets = found;
    afresh.decision = decide(&settling.mail, own, &answers);
    afresh.verdict = verdict(&afresh.decision, &answers);
    let Decision { classification, reason, may_be_answered, steps, .. } = &afresh.decision;
    afresh.outcome.classification = *classification;
    reason.code().clone_into(&mut afresh.outcome.reason);
    afresh.outcome.is_answerable = *may_be_answered;
    afresh.understood.steps.clone_from(steps);
    afresh.judged_by = Some((own.clone(), answers));
    Ok(Some(afresh))
}

/// Who reads an answer, and for one that only staff read the step that says why.
///
/// What staff write goes to the requester when it answers what the requester has read or written. An answer to
/// anything else – a note, an assignment, a warning, or nobody knows what – may quote what is not for them.
pub(super) fn readers(
    conn: &mut Conn,
    (mail, own): (&InboundMail, &Own),
    sender: &Ctx,
    ticket: &Ticket,
) -> Result<(Visibility, Option<Step>), AppError> {
    if sender.by(ticket).role == ByRole::Requester
        || (sender.may_on(Permission::TicketReply, ticket)
            && answers_what_all_read(conn, (mail, own), ticket)?)
    {
        return Ok((Visibility::Public, None));
    }
    let values = vec![ticket.number.to_string()];
    let step = Step::noted(StepName::Threading, Finding::AnswerForStaff, values);
    Ok((Visibility::Internal, Some(step)))
}

fn answers_what_all_read(
    conn: &mut Conn,
    (mail, own): (&InboundMail, &Own),
    ticket: &Ticket,
) -> Result<bool, AppError> {
    let mut answered = told_by(mail.in_reply_to.iter(), own, ticket.number);
    if answered.is_empty() {
        // The newest stands last.
        answered = told_by(mail.references.iter().rev(), own, ticket.number);
        answered.truncate(1);
    }
    for sequence in &answered {
        let near = ticket_events::after(conn, ticket.id, (sequence - 20).max(0), 40)?;
        let Some(told) = near.iter().find(|event| event.sequence == *sequence) else { return Ok(false) };
        if !is_for_all(told, &near) {
            return Ok(false);
        }
    }
    Ok(!answered.is_empty())
}

/// The events of a ticket that the mails named told of.
fn told_by<'a>(ids: impl Iterator<Item = &'a String>, own: &Own, number: TicketNumber) -> Vec<i64> {
    ids.take(20)
        .filter_map(|id| match own.signer.read_message_id(id, &own.domain) {
            TokenRead::Ours(token) if token.ticket == number => i64::try_from(token.sequence).ok(),
            _ => None,
        })
        .collect()
}

/// Whether an answer to the mail that tells of this event is for the requester: staff are mailed there what the
/// requester has written or read. A mail shows all that was written in the step that it tells of.
pub(super) fn is_for_all(told: &TicketEvent, near: &[TicketEvent]) -> bool {
    let is_public = matches!(
        told.kind,
        EventKind::MessageAdded { visibility: Visibility::Public, .. } | EventKind::Reopened { .. }
    );
    let mut step = near.iter().filter(|event| event.at == told.at && event.actor == told.actor);
    is_public
        && !step.any(|event| {
            matches!(
                event.kind,
                EventKind::MessageAdded { visibility: Visibility::Internal, .. }
                    | EventKind::ExternalAnswered { .. }
            )
        })
}
