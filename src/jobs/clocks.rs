//! The watch over promises: every second, what is due is recorded.

use super::watch::Watch;
use crate::app::App;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(1);

/// Starts it on the current runtime.
#[must_use]
pub fn watch(app: App) -> Watch {
    Watch::start("promises", EVERY, move || {
        let app = app.clone();
        async move { app.wake_clocks().await }
    })
}
