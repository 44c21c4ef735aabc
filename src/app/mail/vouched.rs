//! Whether somebody vouches for who filed a ticket by mail. Nobody does for a stranger whose origin no believed server
//! confirms: the answer may go to somebody who never wrote, so that it must carry nothing of what the mail said, and
//! a machine may be behind it that answers every answer.

use super::understood_of;
use crate::app::AppError;
use crate::db::{Conn, inbound_mails};
use crate::domain::mail::Finding;
use crate::domain::ticket::{Channel, Ticket};

/// Whether a ticket came from somebody known or confirmed; one that a person made of a mail did.
pub(super) fn is_vouched_for(conn: &mut Conn, ticket: &Ticket) -> Result<bool, AppError> {
    if ticket.channel != Channel::Email {
        return Ok(true);
    }
    let Some(record) = inbound_mails::opening(conn, ticket.id)? else { return Ok(true) };
    let vouches = |finding: Finding| {
        matches!(
            finding,
            Finding::OriginConfirmed
                | Finding::SenderRequester
                | Finding::SenderStaff
                | Finding::StaffUnconfirmed
        )
    };
    let is_known = understood_of(&record).steps.iter().any(|step| vouches(step.finding));
    Ok(is_known || record.handled_by.is_some())
}
