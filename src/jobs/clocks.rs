//! The watch over promises: every second, what is due is recorded.

use crate::app::App;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

const EVERY: Duration = Duration::from_secs(1);
/// After a failure of the database, so that it isn't hammered.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// A watch that runs.
pub struct ClockWatch {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl ClockWatch {
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
            tracing::error!(%error, "The watch over promises ended badly");
        }
    }
}

async fn watch(app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        let pause = match app.wake_clocks().await {
            Ok(true) => Duration::ZERO,
            Ok(false) => EVERY,
            Err(error) => {
                tracing::error!(%error, "Looking at due promises failed; trying again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}
