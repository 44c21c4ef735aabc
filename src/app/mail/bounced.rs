//! Addresses that mail came back from, and letting mail go there again.

use crate::app::{App, AppError, Ctx};
use crate::db::bounced_addresses;
use crate::domain::access::Permission;

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
