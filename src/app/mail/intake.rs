//! Mail that a program hands over through the API.

use super::Taken;
use crate::app::tickets::Incoming;
use crate::app::{App, AppError, Ctx, FieldProblem};
use crate::db::{inbound_mails, mailboxes};
use crate::domain::access::Permission;
use crate::domain::mail::{InboundSource, InboundState};

impl App {
    /// Takes in a message that has arrived whole, for the mailbox of that code; how it stands, which for one that
    /// came before may be anything.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] when there is no such mailbox; those of
    /// [`App::take_in_mail`].
    pub async fn hand_over_mail(
        &self,
        cx: &Ctx,
        mailbox: Option<&str>,
        incoming: Incoming,
    ) -> Result<(Taken, InboundState), AppError> {
        cx.require(Permission::MailIntake)?;
        let mailbox = match mailbox {
            None => None,
            Some(code) => {
                let found = self.db().point(mailboxes::codes).await?.get(code).copied();
                Some(found.ok_or_else(|| AppError::field("mailbox", FieldProblem::Unknown))?)
            }
        };
        let taken = self.take_in_mail(mailbox, InboundSource::Rest, incoming).await?;
        let record = self.db().point(move |conn| inbound_mails::by_id(conn, taken.id)).await?;
        Ok((taken, record.map_or(InboundState::Received, |record| record.state)))
    }
}
