//! Addresses that mail came back from, and letting mail go there again.

use crate::app::{App, AppError, Ctx};
use crate::db::bounced_addresses;
use crate::domain::access::Permission;
use crate::domain::ticket::Ticket;

pub use crate::db::bounced_addresses::BouncedAddress;

/// How many are shown; whoever has more clears some first.
const MOST_SHOWN: i64 = 200;

impl App {
    /// The latest addresses that mail came back from.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn bounced_addresses(&self, cx: &Ctx) -> Result<Vec<BouncedAddress>, AppError> {
        cx.require(Permission::MailManage)?;
        Ok(self.db().read(|conn| bounced_addresses::latest(conn, MOST_SHOWN)).await?)
    }

    /// How mail to a person came back, for staff who see the person's ticket; nothing when it arrives.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] to whoever doesn't see the inside of the ticket.
    pub async fn bounced_address(
        &self,
        cx: &Ctx,
        ticket: &Ticket,
        email: &str,
    ) -> Result<Option<BouncedAddress>, AppError> {
        cx.require_on(Permission::TicketViewInternal, ticket)?;
        let email = email.to_owned();
        Ok(self.db().point(move |conn| bounced_addresses::of(conn, &email)).await?)
    }

    /// Lets mail go to an address again.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the address isn't marked.
    pub async fn clear_bounced_address(&self, cx: &Ctx, address: &str) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let address = address.to_lowercase();
        let was_marked = self.db().write(move |tx| bounced_addresses::clear(tx, &address)).await?;
        if was_marked { Ok(()) } else { Err(AppError::NotFound) }
    }
}
