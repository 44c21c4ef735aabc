//! Mails that go out, noted without a mail server.

use arende::app::{App, opaque};
use arende::db::outbound_mails::{self, NewOutboundMail};
use arende::db::{DbError, tickets, users};
use arende::domain::clock::Instant;
use arende::domain::ids::OutboundMailId;
use arende::domain::mail::{Suppressed, Template};
use arende::domain::ticket::TicketNumber;

/// What becomes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Waits,
    Went,
    GivenUp,
    LeftOut,
}

/// Notes a mail to somebody with an account, about a ticket; its opaque id.
pub async fn mail(app: &App, to: &str, ticket: Option<&str>, fate: Fate, at: Instant) -> String {
    let (to, number) = (to.to_owned(), ticket.map(|number| TicketNumber::parse(number).unwrap()));
    let id = app
        .db()
        .write(move |tx| {
            let user = users::by_email(tx.conn(), &to)?.unwrap();
            let ticket = number.map(|number| tickets::by_number(tx.conn(), number)).transpose()?.flatten();
            let count =
                outbound_mails::page(tx.conn(), &outbound_mails::OutboundFilter::default(), 0, 1_000)?;
            let cause = format!("test/{}", count.len());
            let new = NewOutboundMail {
                header_message_id: format!("{cause}@example.se"),
                cause,
                template: Template::Answered,
                user: user.id,
                recipient: to.clone(),
                ticket: ticket.map(|ticket| ticket.id),
                event_sequence: None,
                mailbox: None,
                suppressed: (fate == Fate::LeftOut).then(|| Suppressed::PersonCap.as_text()),
                is_digest: false,
                send_after: at,
            };
            let id = outbound_mails::insert_once(tx, &new, at)?.unwrap();
            let mail = outbound_mails::by_id(tx.conn(), id)?.unwrap();
            match fate {
                Fate::Went => outbound_mails::mark_sent(tx, id, "Nytt svar", at)?,
                Fate::GivenUp => {
                    outbound_mails::mark_failed(tx, &mail, "connection refused", None)?;
                }
                Fate::Waits | Fate::LeftOut => {}
            }
            Ok::<OutboundMailId, DbError>(id)
        })
        .await
        .unwrap();
    opaque::encode(id.get())
}
