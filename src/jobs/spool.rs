//! The watch over the mail spool: what a mail server's pipe leaves there is taken in at once.

use super::watch::Watch;
use crate::app::App;
use std::time::Duration;

const EVERY: Duration = Duration::from_millis(250);

/// Starts it on the current runtime.
#[must_use]
pub fn watch(app: App) -> Watch {
    Watch::start("mail spool", EVERY, move || {
        let app = app.clone();
        async move { app.take_in_spool().await }
    })
}
