//! Watches: work that is looked for again and again as long as the program runs.

use crate::app::AppError;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// After a failure of disk or database, so that they aren't hammered.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// A watch that runs.
pub struct Watch {
    over: &'static str,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Starts one on the current runtime. `look` does what there is to do and says whether there may be more;
    /// when there isn't, it looks again after `every`. `over` names it in the log.
    pub(super) fn start<L, F>(over: &'static str, every: Duration, look: L) -> Self
    where
        L: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<bool, AppError>> + Send + 'static,
    {
        let (stop, stopped) = watch::channel(false);
        Self { over, stop, task: tokio::spawn(keep_looking(over, every, look, stopped)) }
    }

    /// Stops it after the look under way.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(watch = self.over, %error, "A watch ended badly");
        }
    }
}

async fn keep_looking<L, F>(over: &'static str, every: Duration, look: L, mut stopped: watch::Receiver<bool>)
where
    L: Fn() -> F,
    F: Future<Output = Result<bool, AppError>>,
{
    loop {
        let pause = match look().await {
            Ok(true) => Duration::ZERO,
            Ok(false) => every,
            Err(error) => {
                tracing::error!(watch = over, %error, "A watch failed; trying again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}
