//! Handing a noted mail to the mail server. At least once: a worker that dies after the server took the mail
//! and before that was noted sends it again, with the same Message-ID.

use super::letter::{self, NotWritten, Written};
use crate::app::outbox::SendMail;
use crate::app::{App, AppError};
use crate::db::outbound_mails::{self, OutboundMail};
use crate::domain::clock::{Instant, MICROS_PER_HOUR, MICROS_PER_MINUTE};
use crate::domain::ids::OutboundMailId;
use crate::domain::mail::{OutboundState, Suppressed};
use crate::mail::smtp::SendError;

/// After so many failures a mail is given up: about a day.
pub(super) const MOST_ATTEMPTS: i64 = 12;
const LONGEST_DELAY: i64 = 8 * MICROS_PER_HOUR;

/// How sending ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    /// Nothing is left to do: sent, left out or given up.
    Settled,
    /// The mail server can't take it now.
    Again {
        /// Not before.
        at: Instant,
        /// Why.
        why: String,
    },
}

impl App {
    /// Sends a mail that waits.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn send_mail(&self, job: &SendMail) -> Result<Sending, AppError> {
        let id = job.mail;
        let now = self.now();
        let Some(mail) = self.db().point(move |conn| outbound_mails::by_id(conn, id)).await? else {
            return Ok(Sending::Settled);
        };
        if mail.state != OutboundState::Waiting {
            return Ok(Sending::Settled);
        }
        let Some(smtp) = self.settings().mail.smtp.clone() else {
            return self.leave_out(&mail, Suppressed::SendingOff, Vec::new()).await;
        };
        let directory = self.directory().await?;
        let (app, told) = (self.clone(), mail.clone());
        let written = self.db().read(move |conn| letter::write(&app, conn, &directory, &told, now)).await?;
        let Written { letter, gathered } = match written {
            Ok(written) => written,
            Err(NotWritten { reason, gathered }) => return self.leave_out(&mail, reason, gathered).await,
        };
        match smtp.send(&letter, now).await {
            Ok(()) => {
                metrics::counter!("arende_mails_total", "outcome" => "sent").increment(1);
                tracing::info!(
                    mail.cause = mail.cause,
                    mail.template = mail.template.as_text(),
                    "Sent a mail"
                );
                self.db()
                    .write(move |tx| {
                        for id in [id].iter().chain(&gathered) {
                            outbound_mails::mark_sent(tx, *id, &letter.subject, now)?;
                        }
                        Ok::<_, AppError>(())
                    })
                    .await?;
                Ok(Sending::Settled)
            }
            Err(error) => self.failed(mail, &error, now).await,
        }
    }

    /// With what a digest would have told: nobody may see that any more.
    async fn leave_out(
        &self,
        mail: &OutboundMail,
        reason: Suppressed,
        gathered: Vec<OutboundMailId>,
    ) -> Result<Sending, AppError> {
        let id = mail.id;
        metrics::counter!("arende_mails_total", "outcome" => "suppressed").increment(1);
        tracing::info!(mail.cause = mail.cause, reason = reason.as_text(), "Left out a mail");
        self.db()
            .write(move |tx| {
                outbound_mails::mark_suppressed(tx, id, reason.as_text())?;
                for told in &gathered {
                    outbound_mails::mark_suppressed(tx, *told, Suppressed::NoRight.as_text())?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(Sending::Settled)
    }

    async fn failed(&self, mail: OutboundMail, error: &SendError, now: Instant) -> Result<Sending, AppError> {
        let attempts = mail.attempts + 1;
        let goes_on = matches!(error, SendError::Temporary(_)) && attempts < MOST_ATTEMPTS;
        let next = goes_on.then(|| now.plus_micros(delay(attempts)));
        if next.is_none() {
            metrics::counter!("arende_mails_total", "outcome" => "dead").increment(1);
            tracing::error!(mail.cause = mail.cause, attempts, "Gave up a mail");
        }
        let text = error.to_string();
        let still_waits = self
            .db()
            .write(move |tx| Ok::<_, AppError>(outbound_mails::mark_failed(tx, &mail, &text, next)?))
            .await?;
        let next = next.filter(|_| still_waits);
        // What servers say may name an address, which stays out of the log.
        let why = "the mail server can't take the mail now".to_owned();
        Ok(next.map_or(Sending::Settled, |at| Sending::Again { at, why }))
    }
}

/// A minute after the first failure, then twice as long each time.
fn delay(attempts: i64) -> i64 {
    (MICROS_PER_MINUTE << (attempts.clamp(1, 20) - 1)).min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_about_a_day() {
        let hours: i64 = (1..MOST_ATTEMPTS).map(delay).sum::<i64>() / MICROS_PER_HOUR;
        assert_eq!(delay(1), MICROS_PER_MINUTE);
        assert!((20..=36).contains(&hours), "{hours}");
    }
}
