//! The watch over the mail spool: what a mail server's pipe leaves there is taken in at once.

use crate::app::App;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

const EVERY: Duration = Duration::from_millis(250);
/// After a failure of disk or database, so that they aren't hammered.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// A watch that runs.
pub struct SpoolWatch {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl SpoolWatch {
    /// Starts it on the current runtime.
    #[must_use]
    pub fn start(app: App) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(watch(app, stopped)) }
    }

    /// Stops it after the batch under way.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "The watch over the mail spool ended badly");
        }
    }
}

async fn watch(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        let pause = match app.take_in_spool().await {
            Ok(true) => Duration::ZERO,
            Ok(false) => EVERY,
            Err(error) => {
                tracing::error!(%error, "Taking in mail from the spool failed; trying again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}
